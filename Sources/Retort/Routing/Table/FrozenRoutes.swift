// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// An array that never changes and is read without reference counting, which would cost more than the reading.
///
/// Its indices come from the compiler of the routes and never from a request. They are checked in debug builds.
struct FrozenArray<Element> {
    private let start: UnsafePointer<Element>
    private let count: Int

    /// Copies the elements into memory that stays until `deallocate()`.
    init(_ elements: [Element]) {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(elements.count, 1))
        for (index, element) in elements.enumerated() { (memory + index).initialize(to: element) }
        start = UnsafePointer(memory)
        count = elements.count
    }

    @inline(__always)
    subscript(index: Int32) -> Element {
        unsafeAddress {
            assert(index >= 0 && index < count)
            return start + Int(index)
        }
    }

    func deallocate() {
        let memory = UnsafeMutablePointer(mutating: start)
        memory.deinitialize(count: count)
        memory.deallocate()
    }

    /// Where an element and those behind it are.
    @inline(__always)
    func address(of index: Int32) -> UnsafePointer<Element> {
        assert(index >= 0 && index < count)
        return start + Int(index)
    }
}

/// What matching reads, flat and without references.
struct FrozenRoutes {
    /// A place in the tree of segments.
    struct Node {
        /// The longest literal that leads on, or -1.
        var longestLiteral: Int32 = -1
        /// The place behind an empty segment, or -1.
        var slashChild: Int32 = -1
        var firstEdge: Int32 = 0
        var endEdge: Int32 = 0
        /// What ends here, or -1.
        var leaf: Int32 = -1
        var scope: Int32 = -1
    }

    /// A way on through a segment with variables.
    struct Edge {
        enum Kind: UInt8 {
            /// The whole segment, any text.
            case text
            /// The whole segment, if the type accepts it.
            case typed
            /// Literals and variables.
            case shape
            /// A literal, then all that is left.
            case rest
        }
        var kind: Kind
        /// The place in `types` or `shapes`.
        var detail: Int32
        var child: Int32
        /// The number of variables.
        var variables: Int32
    }

    /// What ends at a node.
    struct Leaf {
        /// A bit for each method; see ``MethodCodes``.
        var methods: UInt64 = 0
        var answersOptions = false
        var hasPlainRoutes = false
        /// The methods of the routes that take the path with a slash at its end and without.
        var lenientMethods: UInt64 = 0
        /// Whether there are such routes.
        var hasLenientRoutes = false
    }

    let nodes: FrozenArray<Node>
    let edges: FrozenArray<Edge>
    let leaves: FrozenArray<Leaf>
    /// For each leaf a route for each method, then one for all other methods, then one for WebSocket; or -1.
    let slots: FrozenArray<Int32>
    let slotCount: Int32
    let facts: FrozenArray<RouteFacts>
    let types: FrozenArray<any PathValue.Type>
    let shapes: FrozenArray<SegmentShape>
    /// Segments, by the node that they lead on from.
    let literals: LiteralTable
    /// Whole encoded paths without variables, by the root that they start from.
    let paths: LiteralTable

    func deallocate() {
        nodes.deallocate()
        edges.deallocate()
        leaves.deallocate()
        slots.deallocate()
        facts.deallocate()
        types.deallocate()
        shapes.deallocate()
        literals.deallocate()
        paths.deallocate()
    }

    /// The route of a leaf for a method or for WebSocket, or -1.
    @inline(__always)
    func route(of leaf: Int32, _ method: Int32, isWebSocket: Bool) -> Int32 {
        let first = leaf &* slotCount
        if isWebSocket { return slots[first &+ slotCount &- 1] }
        if method >= 0 {
            let route = slots[first &+ method]
            if route >= 0 { return route }
        }
        return slots[first &+ slotCount &- 2]
    }
}

/// Numbers for all methods that routes of a router answer: the well-known ones, then the others as they come.
struct MethodCodes: Sendable {
    /// The most methods of one router: they must fit a 64-bit set.
    static let most = 64

    private(set) var others: [String] = []

    /// The number of methods.
    var count: Int { Int(RouteMethod.otherCode) + others.count }

    init(_ records: [RouteRecord]) throws(RoutingError) {
        for name in records.lazy.flatMap(\.methods.others) where !others.contains(name) { others.append(name) }
        if count > Self.most {
            throw RoutingError(.limitExceeded, "The routes of an app answer at most \(Self.most) different methods.")
        }
    }

    /// The number of a method, or -1 when no route asks for it by name.
    @inline(__always)
    func code(of method: RouteMethod) -> Int32 {
        method.code < RouteMethod.otherCode ? Int32(method.code) : otherCode(of: method)
    }

    private func otherCode(of method: RouteMethod) -> Int32 {
        guard let place = others.firstIndex(of: method.name) else { return -1 }
        return Int32(RouteMethod.otherCode) + Int32(truncatingIfNeeded: place)
    }

    /// A bit for each method of a set.
    func bits(_ methods: RouteMethods) -> UInt64 {
        methods.others.reduce(UInt64(methods.bits)) { bits, name in
            others.firstIndex(of: name).map { bits | 1 << UInt64($0 + Int(RouteMethod.otherCode)) } ?? bits
        }
    }

    /// The set of the bits.
    func methods(_ bits: UInt64) -> RouteMethods {
        var result = RouteMethods(bits: UInt16(truncatingIfNeeded: bits & 0x3FF), others: [])
        for (place, name) in others.enumerated() where bits & 1 << UInt64(place + Int(RouteMethod.otherCode)) != 0 {
            result.formUnion(RouteMethods(bits: 0, others: [name]))
        }
        return result
    }
}
