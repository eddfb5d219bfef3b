// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// Frozen routes: flat arrays that are read by all requests and never written.
@usableFromInline
final class RouteTable: Sendable {
    /// A place in the tree of segments.
    struct Node: Sendable {
        /// The longest literal that leads on, or -1.
        var longestLiteral: Int32 = -1
        /// The place behind an empty segment, or -1.
        var slashChild: Int32 = -1
        var dynamicStart: Int32 = 0
        var dynamicEnd: Int32 = 0
        /// What ends here, or -1.
        var leaf: Int32 = -1
        var scope: Int32 = -1
    }

    /// A way on through a segment with variables.
    struct Edge: Sendable {
        enum Kind: UInt8, Sendable {
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
    struct Leaf: Sendable {
        var methods: RouteMethods
        var customMethods: [String: Int32]
        var answersOptions: Bool
        var hasPlainRoutes: Bool
    }

    /// For each leaf a route for each well-known method, then one for all other methods, then one for WebSocket; or -1.
    static let slotCount = 12
    static let anySlot = 10
    static let webSocketSlot = 11

    let records: [RouteRecord]
    let facts: [RouteFacts]
    let nodes: [Node]
    let edges: [Edge]
    let leaves: [Leaf]
    let slots: [Int32]
    let types: [any PathValue.Type]
    let shapes: [SegmentShape]
    /// Segments, by the node that they lead on from.
    let literals: LiteralTable
    /// Whole encoded paths without variables, by the root that they start from.
    let paths: LiteralTable
    /// The root of the routes for all hosts, or -1.
    let anyHost: Int32
    let hosts: HostTable?
    let scopes: [RouteScope]
    /// The routes in the order in which they are tried, then those that only build.
    let order: [Int32]
    let names: RouteNames

    init(_ plan: RoutePlan) throws(RoutingError) {
        let limit = 1_000_000
        if plan.declarations.count > limit {
            throw RoutingError(.limitExceeded, "A router takes at most \(limit) routes.")
        }
        var records: [RouteRecord] = []
        var conflicts = RouteConflicts()
        for (index, declaration) in plan.declarations.enumerated() {
            let record = try RouteRecord(declaration, id: Int32(truncatingIfNeeded: index), plan: plan)
            if !record.isBuildOnly { try conflicts.add(record) }
            records.append(record)
        }
        let names = RouteNames(records)
        try RedirectChecks.check(records, names)
        var compiler = RouteCompiler(records)
        try compiler.compile(plan)
        self.names = names
        self.records = records
        self.facts = records.map { names.facts(of: $0, in: records, redirectsDefaults: plan.redirectsDefaults) }
        self.nodes = compiler.nodes
        self.edges = compiler.edges
        self.leaves = compiler.leaves
        self.slots = compiler.slots
        self.types = compiler.types
        self.shapes = compiler.shapes
        self.literals = LiteralTable(compiler.literals) { $0.segment(at: 0, separator: UInt8(ascii: "/")).hash }
        self.paths = LiteralTable(compiler.paths) { $0.whole().hash }
        self.anyHost = compiler.anyHost
        self.hosts = compiler.hosts
        self.scopes = plan.scopes.map(\.scope)
        self.order = compiler.order + records.filter(\.isBuildOnly).map(\.id)
    }
}

/// The roots of routes that belong to hosts.
struct HostTable: Sendable {
    var exact: [String: Int32] = [:]
    var patterns: [(shape: SegmentShape, root: Int32)] = []

    /// Every root that answers a host, with the values of its variables, most exact first.
    func roots(for host: String, anyHost: Int32) -> [(root: Int32, values: [String])] {
        var result: [(root: Int32, values: [String])] = []
        if let root = exact[host] { result.append((root, [])) }
        let bytes = Array(host.utf8)
        var budget = 4_096 + 16 * bytes.count
        for (shape, root) in patterns {
            if let values = Self.values(shape, bytes, &budget) { result.append((root, values)) }
        }
        if anyHost >= 0 { result.append((anyHost, [])) }
        return result
    }

    private static func values(_ shape: SegmentShape, _ bytes: [UInt8], _ budget: inout Int) -> [String]? {
        withUnsafeTemporaryAllocation(of: CaptureRange.self, capacity: PatternScanner.mostVariables) { captures in
            let isMatch = bytes.withUnsafeBufferPointer {
                shape.match($0, into: captures, offset: 0, budget: &budget)
            }
            guard isMatch else { return nil }
            return shape.parts.indices.map { index in
                let range = captures[index]
                return String(decoding: bytes[Int(range.first)..<Int(range.end)], as: UTF8.self)
            }
        }
    }
}
