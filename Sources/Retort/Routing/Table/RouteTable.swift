// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// Frozen routes, read by all requests and never written.
@usableFromInline
final class RouteTable: Sendable {
    let records: [RouteRecord]
    let methods: MethodCodes
    /// Memory of this table, freed with it.
    nonisolated(unsafe) let frozen: UnsafePointer<FrozenRoutes>
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
        let methods = try MethodCodes(records)
        var compiler = RouteCompiler(records, methods)
        try compiler.compile(plan)
        self.names = names
        self.records = records
        self.methods = methods
        self.anyHost = compiler.anyHost
        self.hosts = compiler.hosts
        self.scopes = plan.scopes.map(\.scope)
        self.order = compiler.order + records.filter(\.isBuildOnly).map(\.id)
        let facts = records.map { names.facts(of: $0, in: records, redirectsDefaults: plan.redirectsDefaults) }
        let memory = UnsafeMutablePointer<FrozenRoutes>.allocate(capacity: 1)
        memory.initialize(to: compiler.frozen(facts))
        frozen = UnsafePointer(memory)
    }

    deinit {
        frozen.pointee.deallocate()
        frozen.deallocate()
    }
}

/// The roots of routes that belong to hosts.
struct HostTable: Sendable {
    var exact: [[UInt8]: Int32] = [:]
    var patterns: [(shape: SegmentShape, root: Int32)] = []

    /// Every root that answers a host, with the values of its variables, most exact first.
    func roots(for host: String, anyHost: Int32) -> [(root: Int32, values: [String])] {
        var result: [(root: Int32, values: [String])] = []
        let bytes = Array(host.utf8)
        if let root = exact[bytes] { result.append((root, [])) }
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
