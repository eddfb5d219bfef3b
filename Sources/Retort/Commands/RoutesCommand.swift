// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import RetortWire

/// `routes`: lists what the app answers.
struct RoutesCommand: AsyncParsableCommand {
    enum Order: String, ExpressibleByArgument, CaseIterable {
        case match, path, name, methods
    }

    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "routes", abstract: "Lists the routes.")
    }

    @Option(help: "The order: match is the one in which routes are tried.")
    var sort = Order.path

    @Flag(help: "Lists HEAD too where it comes with GET.")
    var allMethods = false

    @Flag(help: "Writes JSON.")
    var json = false

    func run() async throws {
        let context = try CommandContext.running()
        let routes = ordered(try context.app.freeze().routes)
        let terminal = context.terminal
        if json {
            let values = routes.map(object)
            terminal.print(try JSONValue.array(values).text(JSONOptions(isIndented: true)))
        } else if routes.isEmpty {
            terminal.print("There are no routes.")
        } else {
            var table = TextTable(["METHODS", "PATH", "NAME", "HOST"])
            for route in routes {
                table.add([
                    route.isWebSocket ? "WEBSOCKET" : methods(route).joined(separator: ", "), path(route),
                    route.name?.description ?? "", route.host?.description ?? "",
                ])
            }
            for line in table.lines(terminal) { terminal.print(line) }
        }
    }

    private func methods(_ route: RouteInfo) -> [String] {
        if route.methods.isAny { return ["*"] }
        return route.methods.names.filter { allMethods || $0 != "HEAD" || !route.methods.contains(.get) }
    }

    private func path(_ route: RouteInfo) -> String {
        switch route.kind {
        case .redirect(let target): "\(route.pattern) -> \(target)"
        default: route.pattern.description
        }
    }

    private func object(_ route: RouteInfo) -> JSONValue {
        .object([
            "methods": .array(methods(route).map { .string($0) }),
            "path": .string(route.pattern.description),
            "name": route.name.map { .string($0.description) } ?? .null,
            "host": route.host.map { .string($0.description) } ?? .null,
            "webSocket": .bool(route.isWebSocket),
            "variables": .array(
                route.variables.map { .object(["name": .string($0.name), "type": .string($0.type)]) }),
        ])
    }

    private func ordered(_ routes: [RouteInfo]) -> [RouteInfo] {
        switch sort {
        case .match: routes
        case .path: routes.sorted { Self.precedes($0, $1, \.pattern.description) }
        case .name: routes.sorted { Self.precedes($0, $1) { $0.name?.description ?? "\u{7F}" } }
        case .methods: routes.sorted { Self.precedes($0, $1, \.methods.description) }
        }
    }

    /// By a text, then by path and methods, always on bytes.
    private static func precedes(_ left: RouteInfo, _ right: RouteInfo, _ text: (RouteInfo) -> String) -> Bool {
        let left = [text(left), left.pattern.description, left.methods.description].map { Array($0.utf8) }
        let right = [text(right), right.pattern.description, right.methods.description].map { Array($0.utf8) }
        for (left, right) in zip(left, right) where left != right { return left.lexicographicallyPrecedes(right) }
        return false
    }
}
