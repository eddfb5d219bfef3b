// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// Turns records into the arrays of a ``RouteTable``.
struct RouteCompiler {
    let records: [RouteRecord]
    let methods: MethodCodes
    var nodes: [FrozenRoutes.Node] = []
    var edges: [FrozenRoutes.Edge] = []
    var leaves: [FrozenRoutes.Leaf] = []
    var slots: [Int32] = []
    var types: [any PathValue.Type] = []
    var shapes: [SegmentShape] = []
    var literals: [(parent: Int32, text: [UInt8], child: Int32)] = []
    var paths: [(parent: Int32, text: [UInt8], child: Int32)] = []
    var anyHost: Int32 = -1
    var hosts: HostTable?
    var order: [Int32] = []

    init(_ records: [RouteRecord], _ methods: MethodCodes) {
        self.records = records
        self.methods = methods
    }

    /// The places of a leaf: one for each method, one for all methods, one for WebSocket.
    private var slotCount: Int { methods.count + 2 }

    /// Copies everything into memory that stays.
    func frozen(_ facts: [RouteFacts]) -> FrozenRoutes {
        FrozenRoutes(
            nodes: FrozenArray(nodes), edges: FrozenArray(edges), leaves: FrozenArray(leaves),
            slots: FrozenArray(slots), slotCount: Int32(truncatingIfNeeded: slotCount), facts: FrozenArray(facts),
            types: FrozenArray(types), shapes: FrozenArray(shapes),
            literals: LiteralTable(literals) { $0.segment(at: 0, separator: UInt8(ascii: "/")).hash },
            paths: LiteralTable(paths) { $0.whole().hash })
    }

    /// The trees of all hosts, by host pattern and types.
    private struct HostTree {
        var host: HostPattern?
        var key: [RouteTree.DynamicKey.Piece]
        var rank: SegmentRank
        var types: [any PathValue.Type]
        var tree: RouteTree
    }

    mutating func compile(_ plan: RoutePlan) throws(RoutingError) {
        var trees: [HostTree] = []
        for record in records where !record.isBuildOnly {
            let hostCount = record.host?.segment.variables.count ?? 0
            let tree = Self.tree(for: record.host, types: Array(record.types.prefix(hostCount)), in: &trees)
            tree.tree(behind: record.pattern.segments[...], types: record.types.dropFirst(hostCount))
                .routes.append(record.id)
        }
        for (scope, prefix, options) in plan.scopes {
            let declaration = RouteDeclaration(
                pattern: prefix, methods: .any, types: [], name: nil, scope: nil, options: options, target: .buildOnly)
            let record = try RouteRecord(declaration, id: -1, plan: plan)
            let tree = Self.tree(for: record.host, types: [], in: &trees)
            var segments = record.pattern.segments[...]
            if segments.last?.pieces.isEmpty == true { segments.removeLast() }
            tree.tree(behind: segments, types: []).scope = scope.index
        }
        trees.sort { ($0.host == nil ? 1 : 0, $0.rank) < ($1.host == nil ? 1 : 0, $1.rank) }
        for host in trees { compile(host) }
    }

    private static func tree(
        for host: HostPattern?, types: [any PathValue.Type], in trees: inout [HostTree]
    ) -> RouteTree {
        var left = types[...]
        let pieces = host?.segment.pieces ?? []
        let key = pieces.map { piece -> RouteTree.DynamicKey.Piece in
            switch piece {
            case .literal(let bytes): .literal(bytes)
            case .variable(let variable):
                // The name stands for the extent here: `{a}` and `{a...}` differ, `{a}` and `{b}` do not.
                .type(ObjectIdentifier(variable.takesRest ? RestOfPath.self : left.popFirst() ?? String.self))
            }
        }
        if let known = trees.first(where: { ($0.host == nil) == (host == nil) && $0.key == key }) { return known.tree }
        let tree = RouteTree()
        let rank = SegmentRank(host?.segment ?? PatternSegment(pieces: []), types: types)
        trees.append(HostTree(host: host, key: key, rank: rank, types: types, tree: tree))
        return tree
    }

    private mutating func compile(_ host: HostTree) {
        host.tree.sort()
        let root = add(host.tree, path: [])
        guard let pattern = host.host else {
            anyHost = root
            return
        }
        var table = hosts ?? HostTable()
        if let literal = pattern.segment.literal {
            table.exact[literal] = root
        } else {
            let shape = SegmentShape(pattern.segment, types: host.types[...], barrier: UInt8(ascii: "."))
            table.patterns.append((shape, root))
        }
        hosts = table
    }

    /// Adds a tree and all below it.
    ///
    /// `path` is the encoded path up to here, or nil when a variable stands in it.
    private mutating func add(_ tree: RouteTree, path: [UInt8]?, root: Int32? = nil) -> Int32 {
        let index = Int32(truncatingIfNeeded: nodes.count)
        let root = root ?? index
        nodes.append(FrozenRoutes.Node())
        var node = FrozenRoutes.Node()
        node.scope = tree.scope
        if !tree.routes.isEmpty {
            node.leaf = addLeaf(tree.routes)
            if let path { paths.append((root, path, node.leaf)) }
        }
        for (text, child) in tree.literals.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            var longer = path
            longer?.append(UInt8(ascii: "/"))
            if var extended = longer {
                URLText.append(text, keeping: .segment, to: &extended)
                longer = extended
            }
            let place = add(child, path: longer, root: root)
            if text.isEmpty {
                node.slashChild = place
            } else {
                literals.append((index, text, place))
                node.longestLiteral = max(node.longestLiteral, Int32(truncatingIfNeeded: text.count))
            }
        }
        let children = tree.dynamics.map { edge(to: $0, root: root) }
        node.firstEdge = Int32(truncatingIfNeeded: edges.count)
        edges += children
        node.endEdge = Int32(truncatingIfNeeded: edges.count)
        nodes[Int(index)] = node
        return index
    }

    private mutating func edge(to dynamic: RouteTree.Dynamic, root: Int32) -> FrozenRoutes.Edge {
        let child = add(dynamic.tree, path: nil, root: root)
        let count = Int32(truncatingIfNeeded: dynamic.types.count)
        if dynamic.segment.pieces.count == 1, !dynamic.segment.takesRest {
            let type = dynamic.types.first ?? String.self
            if type == String.self || type == Substring.self {
                return FrozenRoutes.Edge(kind: .text, detail: -1, child: child, variables: count)
            }
            types.append(type)
            let place = Int32(truncatingIfNeeded: types.count - 1)
            return FrozenRoutes.Edge(kind: .typed, detail: place, child: child, variables: count)
        }
        shapes.append(SegmentShape(dynamic.segment, types: dynamic.types[...]))
        let place = Int32(truncatingIfNeeded: shapes.count - 1)
        let kind: FrozenRoutes.Edge.Kind = dynamic.segment.takesRest ? .rest : .shape
        return FrozenRoutes.Edge(kind: kind, detail: place, child: child, variables: count)
    }

    /// Adds what ends at a node: one route for each method.
    private mutating func addLeaf(_ routes: [Int32]) -> Int32 {
        var slots = [Int32](repeating: -1, count: slotCount)
        var leaf = FrozenRoutes.Leaf()
        var answersAny = false
        let sorted = routes.sorted { left, right in
            let (a, b) = (records[Int(left)].methods.bits, records[Int(right)].methods.bits)
            return (a.trailingZeroBitCount, left) < (b.trailingZeroBitCount, right)
        }
        for id in sorted {
            let record = records[Int(id)]
            order.append(id)
            leaf.hasLenientRoutes = leaf.hasLenientRoutes || !record.strictSlashes
            if record.isWebSocket {
                slots[slotCount - 1] = id
                continue
            }
            leaf.hasPlainRoutes = true
            leaf.answersOptions = leaf.answersOptions || record.automaticOptions
            answersAny = answersAny || record.methods.isAny
            if record.methods.isAny { slots[slotCount - 2] = id }
            let bits = methods.bits(record.methods)
            leaf.methods |= bits
            if !record.strictSlashes { leaf.lenientMethods |= bits }
            for code in 0..<methods.count where bits & 1 << UInt64(code) != 0 { slots[code] = id }
        }
        let get = Int(RouteMethod.get.code)
        let head = Int(RouteMethod.head.code)
        let options = UInt64(1) << UInt64(RouteMethod.options.code)
        if slots[head] < 0, slots[get] >= 0 {
            slots[head] = slots[get]
            leaf.methods |= 1 << UInt64(head)
            if leaf.lenientMethods & 1 << UInt64(get) != 0 { leaf.lenientMethods |= 1 << UInt64(head) }
        }
        if answersAny || leaf.methods & options != 0 { leaf.answersOptions = false }
        if leaf.answersOptions {
            leaf.methods |= options
            if leaf.lenientMethods != 0 { leaf.lenientMethods |= options }
        }
        self.slots += slots
        leaves.append(leaf)
        return Int32(truncatingIfNeeded: leaves.count - 1)
    }
}
