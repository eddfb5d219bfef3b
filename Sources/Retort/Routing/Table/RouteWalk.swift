// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What was learnt on the way to no route.
@usableFromInline
struct RouteMisses {
    /// The methods of the routes whose path matched.
    var allowed: RouteMethods = []
    /// Whether `OPTIONS` was asked, and some path that matched answers it with its methods.
    var answersOptions = false
    /// Whether a path matched that takes only WebSocket requests, or only others.
    var webSocketMismatch = false
    /// The deepest scope on the way, or -1.
    var scope: Int32 = -1
    var scopeDepth = -1
}

/// One attempt to follow a path from segment to segment.
///
/// At each place the literal is followed first, then the segments with variables in their order; what leads nowhere is
/// taken back. Each node of the tree has one way to it, so that no node is visited twice and the work is bounded by the
/// number of routes times the length of the path.
struct RouteWalk {
    enum End: Int32 {
        /// Nothing ends here; go on elsewhere.
        case none = -1
        /// The path lacks a slash at its end; stop.
        case slashMissing = -2
    }

    let table: RouteTable
    let path: PathBytes
    /// What divides segments: a slash in bytes as they came, NUL in decoded ones, where a slash is part of a segment.
    let separator: UInt8
    let method: RouteMethod
    let isWebSocket: Bool
    let captures: UnsafeMutableBufferPointer<CaptureRange>
    var captured = 0
    var budget: Int
    var misses: RouteMisses

    init(
        _ table: RouteTable, _ path: PathBytes, separator: UInt8, method: RouteMethod, isWebSocket: Bool,
        captures: UnsafeMutableBufferPointer<CaptureRange>, misses: RouteMisses
    ) {
        self.table = table
        self.path = path
        self.separator = separator
        self.method = method
        self.isWebSocket = isWebSocket
        self.captures = captures
        self.misses = misses
        // See SegmentShape: far above what sensible paths need, and linear in the length.
        self.budget = 8_192 + 32 * path.count
    }

    /// Follows the path from a root.
    ///
    /// - Returns: The route, or one of ``End``.
    mutating func run(from root: Int32) -> Int32 {
        captured = 0
        return walk(root, 1, 0)
    }

    /// Follows the path from a node, with the next segment at `position`; behind the last one that is `count + 1`.
    private mutating func walk(_ index: Int32, _ position: Int, _ depth: Int) -> Int32 {
        let node = table.nodes[Int(index)]
        if node.scope >= 0, depth > misses.scopeDepth {
            misses.scope = node.scope
            misses.scopeDepth = depth
        }
        if position > path.count { return end(at: node) }
        let (end, hash) = path.segment(at: position, separator: separator)
        if end == position {
            return walkEmptySegment(node, position, depth)
        }
        if end &- position <= Int(node.longestLiteral) {
            let child = table.literals.child(of: index, hash: hash, path, position, end)
            if child >= 0 {
                let result = walk(child, end &+ 1, depth &+ 1)
                if result != End.none.rawValue { return result }
            }
        }
        if node.dynamicStart < node.dynamicEnd { return walkDynamic(node, position, end, depth) }
        return End.none.rawValue
    }

    /// Follows `//`, or the slash at the end.
    private mutating func walkEmptySegment(_ node: RouteTable.Node, _ position: Int, _ depth: Int) -> Int32 {
        if node.slashChild >= 0 {
            let result = walk(node.slashChild, position &+ 1, depth &+ 1)
            if result != End.none.rawValue { return result }
        }
        // A slash too many at the end, which some routes do not mind.
        guard position == path.count, node.leaf >= 0 else { return End.none.rawValue }
        let route = slot(node.leaf)
        if route >= 0, !table.facts[Int(route)].strictSlashes { return route }
        return End.none.rawValue
    }

    /// Follows the segments with variables.
    private mutating func walkDynamic(_ node: RouteTable.Node, _ position: Int, _ end: Int, _ depth: Int) -> Int32 {
        // No variable takes `.` or `..`, which mean something else than they say.
        if path[position] == UInt8(ascii: "."), end &- position <= 2, DotSegments.isOne(path.buffer(position, end).span) {
            return End.none.rawValue
        }
        let first = captured
        for place in Int(node.dynamicStart)..<Int(node.dynamicEnd) {
            let edge = table.edges[place]
            var result = End.none.rawValue
            switch edge.kind {
            case .text:
                captures[captured] = CaptureRange(position, end)
                captured &+= 1
                result = walk(edge.child, end &+ 1, depth &+ 1)
            case .typed:
                guard table.types[Int(edge.detail)].accepts(path.buffer(position, end).span) else { continue }
                captures[captured] = CaptureRange(position, end)
                captured &+= 1
                result = walk(edge.child, end &+ 1, depth &+ 1)
            case .shape:
                let room = UnsafeMutableBufferPointer(rebasing: captures[captured...])
                let isMatch = table.shapes[Int(edge.detail)].match(
                    path.buffer(position, end), into: room, offset: position, budget: &budget)
                guard isMatch else { continue }
                captured &+= Int(edge.variables)
                result = walk(edge.child, end &+ 1, depth &+ 1)
            case .rest:
                guard takesRest(table.shapes[Int(edge.detail)], position, end) else { continue }
                result = walk(edge.child, path.count &+ 1, depth &+ 1)
            }
            if result != End.none.rawValue { return result }
            captured = first
        }
        return End.none.rawValue
    }

    /// Captures all that is left, if it starts with the literal and the type accepts it.
    private mutating func takesRest(_ shape: SegmentShape, _ position: Int, _ end: Int) -> Bool {
        guard let type = shape.parts.first?.type, end &- position >= shape.prefix.count else { return false }
        for offset in shape.prefix.indices where path[position + offset] != shape.prefix[offset] { return false }
        let first = position + shape.prefix.count
        guard first < path.count, path[first] != separator, path[first] != UInt8(ascii: "/"),
            !DotSegments.hide(in: path.buffer(first, path.count).span, separator: separator)
        else { return false }
        if type != RestOfPath.self, type != String.self, type != Substring.self {
            guard accepts(type, first) else { return false }
        }
        captures[captured] = CaptureRange(first, path.count)
        captured &+= 1
        return true
    }

    /// Asks a type of somebody else, who expects slashes between the segments.
    private func accepts(_ type: any PathValue.Type, _ first: Int) -> Bool {
        let bytes = path.buffer(first, path.count)
        if separator == UInt8(ascii: "/") { return type.accepts(bytes.span) }
        let joined = bytes.map { $0 == separator ? UInt8(ascii: "/") : $0 }
        return type.accepts(joined.span)
    }

    /// The route that ends here, or the one that would if the path had a slash at its end.
    private mutating func end(at node: RouteTable.Node) -> Int32 {
        if node.leaf >= 0 {
            let route = slot(node.leaf)
            if route >= 0 { return route }
        }
        guard node.slashChild >= 0 else { return End.none.rawValue }
        let leaf = table.nodes[Int(node.slashChild)].leaf
        guard leaf >= 0 else { return End.none.rawValue }
        let route = table.route(of: leaf, method, isWebSocket)
        if route >= 0 { return table.facts[Int(route)].strictSlashes ? End.slashMissing.rawValue : route }
        let answers = !isWebSocket && method == .options && table.leaves[Int(leaf)].answersOptions
        return answers ? End.slashMissing.rawValue : End.none.rawValue
    }

    /// The route of a leaf for this request, or -1 after a note of what there is instead.
    private mutating func slot(_ leaf: Int32) -> Int32 {
        let route = table.route(of: leaf, method, isWebSocket)
        if route < 0 { note(table.leaves[Int(leaf)]) }
        return route
    }

    private mutating func note(_ leaf: RouteTable.Leaf) {
        if isWebSocket || !leaf.hasPlainRoutes {
            misses.webSocketMismatch = true
            return
        }
        misses.allowed.formUnion(leaf.methods)
        if leaf.answersOptions, method == .options { misses.answersOptions = true }
    }
}

extension RouteTable {
    /// The route of a leaf for a request, or -1.
    @inline(__always)
    func route(of leaf: Int32, _ method: RouteMethod, _ isWebSocket: Bool) -> Int32 {
        let base = Int(leaf) &* Self.slotCount
        if isWebSocket { return slots[base &+ Self.webSocketSlot] }
        if method.code < RouteMethod.otherCode {
            let route = slots[base &+ Int(method.code)]
            if route >= 0 { return route }
        } else if let route = leaves[Int(leaf)].customMethods[method.name] {
            return route
        }
        return slots[base &+ Self.anySlot]
    }
}
