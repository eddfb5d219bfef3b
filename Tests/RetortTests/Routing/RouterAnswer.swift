// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

@testable import Retort

/// A colour, as an enumeration in a path.
enum Color: String, PathValue { case red, green, blue }

/// A number that stands for a floor.
enum Floor: Int, PathValue { case ground = 0, first = 1, attic = 9 }

/// The type that a short name in a table stands for.
func pathTypes(_ names: String) -> [any PathValue.Type] {
    names.split(separator: " ").map { name -> any PathValue.Type in
        switch name {
        case "int": Int.self
        case "uint": UInt.self
        case "double": Double.self
        case "bool": Bool.self
        case "color": Color.self
        case "floor": Floor.self
        case "rest": RestOfPath.self
        default: String.self
        }
    }
}

/// A route as tables of tests write it: the value it gives, its path, its types.
typealias Rule = (value: String, path: PathPattern, types: String)

extension Router<String> {
    /// A router for `GET` routes, each named by its value.
    init(_ rules: [Rule], _ change: (inout RouterBuilder<String>) -> Void = { _ in }) throws {
        var builder = RouterBuilder<String>()
        change(&builder)
        for rule in rules {
            builder.add(rule.path, types: pathTypes(rule.types), name: RouteName(rule.value), value: rule.value)
        }
        self = try builder.freeze()
    }

    /// The answer in one line: `show 42`, `308 /a/`, `405 GET, HEAD`, `404`, `400`.
    func answer(
        _ path: String, _ method: RouteMethod = .get, host: String = "", isWebSocket: Bool = false
    ) -> String {
        describe(match(method, path, host: host, isWebSocket: isWebSocket))
    }

    func describe(_ match: RouteMatch<String>) -> String {
        switch match {
        case .found(let value, _, let values):
            values.isEmpty ? value : value + " " + values.texts.joined(separator: " ")
        case .redirect(let location): "308 \(location)"
        case .options(let allowed, let scope): "200 \(allowed)" + name(scope)
        case .methodNotAllowed(let allowed, let scope): "405 \(allowed)" + name(scope)
        case .webSocketMismatch(let scope): "400 WebSocket" + name(scope)
        case .notFound(let scope): "404" + name(scope)
        case .badPath(let error): "\(error.status)"
        }
    }

    private func name(_ scope: RouteScope?) -> String { scope.map { " @\($0.name)" } ?? "" }
}
