// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RetortWire

/// A route as its pattern, its traits and the types of its handler describe it.
public struct RouteDescription: Sendable {
    /// The path, with the prefixes of the blueprints around it.
    public var pattern: PathPattern

    /// The hosts that the route answers; nil for all.
    public var host: HostPattern?

    /// The name by which URLs are built.
    public var name: RouteName?

    /// The dotted name of the blueprint; nil outside of blueprints with a name.
    public var blueprint: String?

    /// Whether the route answers WebSocket handshakes.
    public var isWebSocket: Bool

    /// Whether the route answers all methods, of which the usual ones are described.
    public var takesAnyMethod: Bool

    /// What each method takes and answers.
    public var operations: [OperationDescription]
}

/// An app as it describes itself.
public struct AppDescription: Sendable {
    /// The name of the program.
    public var name: String

    /// One line that says what the program is; empty without one.
    public var summary: String

    /// The version of the program; nil for one without versions.
    public var version: String?

    /// The routes in the order in which they were added, those of a part before those of the parts inside it.
    public var routes: [RouteDescription]

    /// The schemas that they refer to.
    public var schemas: SchemaTable
}

extension App {
    /// Describes every route of the app by the types of its handler.
    ///
    /// Nothing of this is done for requests: it is the handlers' types that are asked, when somebody calls this.
    ///
    /// - Returns: The description.
    /// - Throws: ``RoutingError`` and ``SetupError`` for an app that could not run.
    public func describe() throws -> AppDescription { try freeze().context.describe() }
}

/// Makes the description of an app when it is asked for.
struct AppDescriber: Sendable {
    let name: String
    let summary: String
    let version: String?
    let router: Router<RouteEndpoint>

    func describe() -> AppDescription {
        var schemas = SchemaTable()
        var routes: [RouteDescription] = []
        for info in router.routes.sorted(by: { $0.id.index < $1.id.index }) where info.kind == .handler {
            guard let endpoint = router.value(of: info.id) else { continue }
            routes.append(describe(info, endpoint, &schemas))
        }
        return AppDescription(name: name, summary: summary, version: version, routes: routes, schemas: schemas)
    }

    /// The methods that a route for any method is described by.
    private static let usualMethods: [RouteMethod] = [.get, .post, .put, .patch, .delete]

    private func describe(
        _ info: RouteInfo, _ endpoint: RouteEndpoint, _ schemas: inout SchemaTable
    ) -> RouteDescription {
        let comesWithGet = info.methods.contains(.get)
        let methods =
            info.methods.isAny
            ? Self.usualMethods
            : info.methods.names.filter { $0 != "HEAD" || !comesWithGet }.compactMap { RouteMethod($0) }
        let rest = info.pattern.takesRest ? info.pattern.variableNames.last : nil
        let inHost = info.host?.variableNames.count ?? 0
        let variables = info.variables.enumerated().map { index, variable in
            PathVariable(
                name: variable.name, takesRest: !variable.isDefault && variable.name == rest,
                isInPath: index >= inHost && !variable.isDefault)
        }
        var operations: [OperationDescription] = []
        for method in methods {
            guard let method = HTTPRequest.Method(method.name) else { continue }
            var operation = OperationDescription(method, variables: variables, schemas: schemas)
            operation.id = endpoint.name
            if let blueprint = endpoint.blueprint { operation.tags = [blueprint] }
            if let limit = endpoint.bodyLimit { operation.extensions["x-retort-body-limit"] = JSONValue(limit) }
            endpoint.describe(&operation)
            // What the handler does not ask for by type stands in the path all the same.
            while !operation.variables.isEmpty { operation.addPathVariable(String.self) }
            operation.dropAssumptions()
            schemas = operation.schemas
            operation.schemas = SchemaTable()
            operations.append(operation)
        }
        return RouteDescription(
            pattern: info.pattern, host: info.host, name: info.name, blueprint: endpoint.blueprint,
            isWebSocket: info.isWebSocket, takesAnyMethod: info.methods.isAny, operations: operations)
    }
}
