// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// The tree of segments while routes are put together.
///
/// Frozen, it becomes arrays in a ``RouteTable``.
final class RouteTree {
    /// A segment with variables: its literals and the types between them.
    struct DynamicKey: Hashable {
        enum Piece: Hashable {
            case literal([UInt8])
            case type(ObjectIdentifier)
        }
        var pieces: [Piece]
        var takesRest: Bool
    }

    struct Dynamic {
        var key: DynamicKey
        var rank: SegmentRank
        var segment: PatternSegment
        var types: [any PathValue.Type]
        var tree: RouteTree
    }

    var literals: [[UInt8]: RouteTree] = [:]
    var dynamics: [Dynamic] = []
    var routes: [Int32] = []
    var scope: Int32 = -1

    /// The tree behind these segments; what is missing is made.
    func tree(behind segments: ArraySlice<PatternSegment>, types: ArraySlice<any PathValue.Type>) -> RouteTree {
        guard let segment = segments.first else { return self }
        let count = segment.variables.count
        let next = child(for: segment, types: Array(types.prefix(count)))
        return next.tree(behind: segments.dropFirst(), types: types.dropFirst(count))
    }

    private func child(for segment: PatternSegment, types: [any PathValue.Type]) -> RouteTree {
        if let literal = segment.literal {
            if let child = literals[literal] { return child }
            let child = RouteTree()
            literals[literal] = child
            return child
        }
        var left = types[...]
        let pieces = segment.pieces.map { piece -> DynamicKey.Piece in
            switch piece {
            case .literal(let bytes): .literal(bytes)
            case .variable: .type(ObjectIdentifier(left.popFirst() ?? String.self))
            }
        }
        let key = DynamicKey(pieces: pieces, takesRest: segment.takesRest)
        if let known = dynamics.first(where: { $0.key == key }) { return known.tree }
        let child = RouteTree()
        dynamics.append(
            Dynamic(
                key: key, rank: SegmentRank(segment, types: types), segment: segment, types: types, tree: child))
        return child
    }

    /// Puts the dynamic children of all levels into the order in which they are tried.
    func sort() {
        dynamics.sort { $0.rank < $1.rank }
        for child in literals.values { child.sort() }
        for dynamic in dynamics { dynamic.tree.sort() }
    }
}

/// How early a segment with variables is tried: more literals first, longer literals first, more variables first, then
/// the weights of the types.
///
/// What is left over is decided by the text, so that the order of registration never counts.
struct SegmentRank: Comparable {
    private let numbers: [Int]
    private let text: [UInt8]

    init(_ segment: PatternSegment, types: [any PathValue.Type]) {
        var lengths: [Int] = []
        var text: [UInt8] = []
        var left = types[...]
        for piece in segment.pieces {
            switch piece {
            case .literal(let bytes):
                lengths.append(-bytes.count)
                text += bytes
            case .variable:
                text.append(0)
                text += String(describing: left.popFirst() ?? String.self).utf8
            }
        }
        numbers = [-lengths.count] + lengths + [-types.count] + types.map { $0.pathWeight }
        self.text = text
    }

    static func < (left: SegmentRank, right: SegmentRank) -> Bool {
        if left.numbers != right.numbers { return left.numbers.lexicographicallyPrecedes(right.numbers) }
        return left.text.lexicographicallyPrecedes(right.text)
    }
}

/// Refuses routes that answer the same requests.
struct RouteConflicts {
    private var owners: [String: RouteRecord] = [:]

    /// Remembers a route, or throws when another one has its place.
    mutating func add(_ route: RouteRecord) throws(RoutingError) {
        let verbs = route.isWebSocket ? ["websocket"] : route.methods.isAny ? ["*"] : route.methods.names
        for verb in verbs {
            let key = "\(verb) \(Self.shape(route))"
            guard let other = owners[key] else {
                owners[key] = route
                continue
            }
            let sameTypes = zip(route.types, other.types).allSatisfy { $0 == $1 }
            if sameTypes {
                throw RoutingError(
                    .duplicateRoute,
                    "Two routes answer the same requests: \(other.label) and \(route.label). Remove one, or give it "
                        + "another path or method.")
            }
            throw RoutingError(
                .shadowedRoute,
                "Of the routes \(other.label) with \(Self.types(other)) and \(route.label) with "
                    + "\(Self.types(route)) one would never be reached, because both take the same text. "
                    + "Give one a literal, or use one type.")
        }
    }

    private static func types(_ route: RouteRecord) -> String {
        route.types.map { "\($0)" }.joined(separator: ", ")
    }

    /// The pattern with classes of types instead of names.
    ///
    /// Two routes with the same shape meet the same paths.
    private static func shape(_ route: RouteRecord) -> String {
        var types = route.types[...]
        func text(_ segment: PatternSegment) -> String {
            segment.pieces.map { piece in
                switch piece {
                case .literal: return PatternText.text(PatternSegment(pieces: [piece]))
                case .variable(let variable):
                    let name = className(types.popFirst() ?? String.self)
                    return variable.takesRest ? "{\(name)...}" : "{\(name)}"
                }
            }.joined()
        }
        let host = route.host.map { text($0.segment) } ?? "*"
        return host + route.pattern.segments.map { "/" + text($0) }.joined()
    }

    /// One name for types that accept the same text, or nearly so.
    private static func className(_ type: any PathValue.Type) -> String {
        if type is any FixedWidthInteger.Type { return "integer" }
        if type is any BinaryFloatingPoint.Type { return "number" }
        if type == String.self || type == Substring.self || type == RestOfPath.self { return "text" }
        return String(reflecting: type)
    }
}
