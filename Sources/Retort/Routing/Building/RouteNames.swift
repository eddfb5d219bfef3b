// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// The routes by their names.
struct RouteNames: Sendable {
    /// The places of the routes of a name, in the order in which they are tried for building: those with more values
    /// first, of those the ones with more defaults, then in the order of registration.
    let routes: [String: [Int32]]

    init(_ records: [RouteRecord]) {
        var routes: [String: [Int32]] = [:]
        for record in records where !record.isAlias {
            if let name = record.name { routes[name.text, default: []].append(record.id) }
        }
        self.routes = routes.mapValues { ids in
            ids.sorted { left, right in
                let (a, b) = (records[Int(left)], records[Int(right)])
                return (-a.variables.count, -a.defaults.count, left) < (-b.variables.count, -b.defaults.count, right)
            }
        }
    }

    /// The routes of the same name and the same values that have some of them as defaults and come before this one:
    /// if the values are equal, theirs is the canonical URL.
    func canonical(for record: RouteRecord, in records: [RouteRecord]) -> [RouteRecord] {
        guard let name = record.name, let ids = routes[name.text] else { return [] }
        let names = Set(record.variables.map(\.name))
        return ids.prefix { $0 != record.id }.map { records[Int($0)] }.filter { other in
            !other.defaults.isEmpty && !other.isBuildOnly && other.isWebSocket == record.isWebSocket
                && Set(other.variables.map(\.name)) == names
        }
    }

    func facts(of record: RouteRecord, in records: [RouteRecord], redirectsDefaults: Bool) -> RouteFacts {
        var value: Int32 = -1
        var mayRedirect = false
        switch record.target {
        case .value(let place):
            value = place
            mayRedirect = redirectsDefaults && !canonical(for: record, in: records).isEmpty
        case .alias, .redirect: mayRedirect = true
        case .buildOnly: break
        }
        return RouteFacts(
            value: value, endsWithRest: record.pattern.takesRest,
            isSimple: !mayRedirect && record.defaults.isEmpty && value >= 0,
            strictSlashes: record.strictSlashes, mergesSlashes: record.mergesSlashes, mayRedirect: mayRedirect)
    }
}

/// Checks that aliases and redirections lead somewhere.
enum RedirectChecks {
    static func check(_ records: [RouteRecord], _ names: RouteNames) throws(RoutingError) {
        for record in records {
            switch record.target {
            case .alias: try checkAlias(record, records, names)
            case .redirect(let target):
                let missing = target.variableNames.filter { name in !record.variables.contains { $0.name == name } }
                if !missing.isEmpty {
                    throw RoutingError(
                        .brokenTarget,
                        "\(record.pattern) is redirected to \(target), and has no value for "
                            + "\(missing.joined(separator: ", ")). Use the names of its own variables.")
                }
            case .value, .buildOnly: break
            }
        }
    }

    private static func checkAlias(
        _ alias: RouteRecord, _ records: [RouteRecord], _ names: RouteNames
    ) throws(RoutingError) {
        let name = alias.name?.text ?? ""
        guard let targets = names.routes[name] else {
            let guess = NameSuggestion.closest(to: name, among: names.routes.keys).map { " Did you mean \($0)?" } ?? ""
            throw RoutingError(
                .brokenTarget, "\(alias.pattern) is an alias of \(name), and no route has that name.\(guess)")
        }
        let own = Set(alias.variables.map(\.name))
        let isReachable = targets.contains { id in
            let target = records[Int(id)]
            let needed = target.variables.dropLast(target.defaults.count)
            return needed.allSatisfy { own.contains($0.name) }
        }
        if !isReachable {
            throw RoutingError(
                .brokenTarget,
                "\(alias.pattern) is an alias of \(name), and lacks values that its URL needs. Use the same variables.")
        }
    }
}
