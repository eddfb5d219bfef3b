// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What was learnt on the way to no route.
@usableFromInline
struct RouteMisses {
    /// A bit for each method of the routes whose path matched.
    var allowed: UInt64 = 0
    /// The deepest scope on the way, or -1.
    var scope: Int32 = -1
    var scopeDepth: Int32 = -1
    /// Whether `OPTIONS` was asked, and some path that matched answers it with its methods.
    var answersOptions = false
    /// Whether a path matched that takes only WebSocket requests, or only others.
    var webSocketMismatch = false
}

/// One attempt to follow a path from segment to segment.
///
/// At each place the literal is followed first, then the segments with variables in their order; what leads nowhere is
/// taken back. Each node of the tree has one way to it, so that no node is visited twice and the work is bounded by the
/// number of routes times the length of the path. The depth of the calls is that of the longest pattern.
///
/// It holds no references, because counting them would cost more than the matching.
struct RouteWalk {
    /// Nothing ends here; go on elsewhere.
    static let none: Int32 = -1
    /// The path lacks a slash at its end; stop.
    static let slashMissing: Int32 = -2

    let routes: UnsafePointer<FrozenRoutes>
    let path: PathBytes
    /// What divides segments: a slash in bytes as they came, NUL in decoded ones, where a slash is part of a segment.
    let separator: UInt8
    let isWebSocket: Bool
    /// The number of the method; see ``MethodCodes``.
    let method: Int32
    let captures: UnsafeMutableBufferPointer<CaptureRange>
    var captured = 0
    var budget: Int
    var misses: RouteMisses

    init(
        _ routes: UnsafePointer<FrozenRoutes>, _ path: PathBytes, separator: UInt8, _ request: RouteRequest,
        captures: UnsafeMutableBufferPointer<CaptureRange>, misses: RouteMisses
    ) {
        self.routes = routes
        self.path = path
        self.separator = separator
        self.method = request.method
        self.isWebSocket = request.isWebSocket
        self.captures = captures
        self.misses = misses
        // See SegmentShape: far above what sensible paths need, and linear in the length.
        self.budget = 8_192 + 32 * path.count
    }

    /// Follows the path from a root to a route, `none` or `slashMissing`.
    mutating func run(from root: Int32) -> Int32 {
        captured = 0
        return walk(root, 1, 0)
    }

    /// Follows the path from a node, with the next segment at `position`; behind the last one that is `count + 1`.
    private mutating func walk(_ index: Int32, _ position: Int, _ depth: Int32) -> Int32 {
        let node = routes.pointee.nodes[index]
        if node.scope >= 0, depth > misses.scopeDepth {
            misses.scope = node.scope
            misses.scopeDepth = depth
        }
        if position > path.count { return end(at: node) }
        let (end, hash) = path.segment(at: position, separator: separator)
        if end == position { return walkEmptySegment(node, position, depth) }
        if end &- position <= Int(node.longestLiteral) {
            let child = routes.pointee.literals.child(of: index, hash: hash, path, position, end)
            if child >= 0 {
                let result = walk(child, end &+ 1, depth &+ 1)
                if result != Self.none { return result }
            }
        }
        if node.firstEdge < node.endEdge { return walkEdges(node, position, end, depth) }
        return Self.none
    }

    /// Follows `//`, or the slash at the end.
    private mutating func walkEmptySegment(_ node: FrozenRoutes.Node, _ position: Int, _ depth: Int32) -> Int32 {
        if node.slashChild >= 0 {
            let result = walk(node.slashChild, position &+ 1, depth &+ 1)
            if result != Self.none { return result }
        }
        // A slash too many at the end, which some routes do not mind.
        guard position == path.count, node.leaf >= 0 else { return Self.none }
        let route = routes.pointee.route(of: node.leaf, method, isWebSocket: isWebSocket)
        if route >= 0, !routes.pointee.facts[route].strictSlashes { return route }
        noteLenient(node.leaf)
        return Self.none
    }

    /// Follows the segments with variables.
    private mutating func walkEdges(_ node: FrozenRoutes.Node, _ position: Int, _ end: Int, _ depth: Int32) -> Int32 {
        // No variable takes `.` or `..`, which mean something else than they say.
        if path[position] == UInt8(ascii: "."), DotSegments.isOne(path.buffer(position, end)) { return Self.none }
        let first = captured
        var place = node.firstEdge
        while place < node.endEdge {
            let edge = routes.pointee.edges[place]
            place &+= 1
            guard captures(edge, position, end) else { continue }
            let next = edge.kind == .rest ? path.count : end
            let result = walk(edge.child, next &+ 1, depth &+ 1)
            if result != Self.none { return result }
            captured = first
        }
        return Self.none
    }

    /// Whether the segment, or all that is left, fits; if so, its values are captured.
    @inline(__always)
    private mutating func captures(_ edge: FrozenRoutes.Edge, _ position: Int, _ end: Int) -> Bool {
        switch edge.kind {
        case .text: break
        case .typed:
            guard routes.pointee.types[edge.detail].accepts(path.buffer(position, end).span) else { return false }
        case .shape: return capturesShape(edge, position, end)
        case .rest: return capturesRest(routes.pointee.shapes[edge.detail], position, end)
        }
        captures[captured] = CaptureRange(position, end)
        captured &+= 1
        return true
    }

    private mutating func capturesShape(_ edge: FrozenRoutes.Edge, _ position: Int, _ end: Int) -> Bool {
        let room = UnsafeMutableBufferPointer(rebasing: captures[captured...])
        let isMatch = routes.pointee.shapes[edge.detail].match(
            path.buffer(position, end), into: room, offset: position, budget: &budget)
        if isMatch { captured &+= Int(edge.variables) }
        return isMatch
    }

    /// Captures all that is left, if it starts with the literal and the type accepts it.
    private mutating func capturesRest(_ shape: SegmentShape, _ position: Int, _ end: Int) -> Bool {
        guard let type = shape.parts.first?.type, end &- position >= shape.prefix.count else { return false }
        for offset in shape.prefix.indices where path[position + offset] != shape.prefix[offset] { return false }
        let first = position + shape.prefix.count
        guard first < path.count, path[first] != separator, path[first] != UInt8(ascii: "/") else { return false }
        let rest = path.buffer(first, path.count)
        if DotSegments.hide(in: rest.span, separator: separator) { return false }
        if type != RestOfPath.self, type != String.self, type != Substring.self {
            guard accepts(type, rest) else { return false }
        }
        captures[captured] = CaptureRange(first, path.count)
        captured &+= 1
        return true
    }

    /// Asks a type of somebody else, who expects slashes between the segments.
    private func accepts(_ type: any PathValue.Type, _ rest: UnsafeBufferPointer<UInt8>) -> Bool {
        if separator == UInt8(ascii: "/") { return type.accepts(rest.span) }
        let joined = rest.map { $0 == separator ? UInt8(ascii: "/") : $0 }
        return type.accepts(joined.span)
    }

    /// The route that ends here, or the one that would if the path had a slash at its end.
    private mutating func end(at node: FrozenRoutes.Node) -> Int32 {
        if node.leaf >= 0 {
            let route = routes.pointee.route(of: node.leaf, method, isWebSocket: isWebSocket)
            if route >= 0 { return route }
            note(node.leaf)
        }
        return node.slashChild >= 0 ? endWithSlash(routes.pointee.nodes[node.slashChild].leaf) : Self.none
    }

    private mutating func endWithSlash(_ leaf: Int32) -> Int32 {
        guard leaf >= 0 else { return Self.none }
        let route = routes.pointee.route(of: leaf, method, isWebSocket: isWebSocket)
        if route >= 0 { return routes.pointee.facts[route].strictSlashes ? Self.slashMissing : route }
        let asksOptions = !isWebSocket && method == Int32(RouteMethod.options.code)
        let facts = routes.pointee.leaves[leaf]
        if asksOptions, facts.answersOptions, !facts.hasLenientRoutes { return Self.slashMissing }
        noteLenient(leaf)
        return Self.none
    }

    /// Remembers what a leaf answers instead.
    private mutating func note(_ leaf: Int32) {
        note(routes.pointee.leaves[leaf], routes.pointee.leaves[leaf].methods)
    }

    /// Remembers what those routes of a leaf answer instead that do not mind a slash more or less.
    private mutating func noteLenient(_ leaf: Int32) {
        let facts = routes.pointee.leaves[leaf]
        if facts.hasLenientRoutes { note(facts, facts.lenientMethods) }
    }

    private mutating func note(_ facts: FrozenRoutes.Leaf, _ methods: UInt64) {
        if isWebSocket || !facts.hasPlainRoutes {
            misses.webSocketMismatch = true
            return
        }
        misses.allowed |= methods
        if facts.answersOptions, method == Int32(RouteMethod.options.code) { misses.answersOptions = true }
    }
}
