// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// Puts the parts of an app together: prefixes in front of paths, outer middlewares in front of inner ones.
struct Assembly {
    var builder = RouterBuilder<RouteEndpoint>()
    private(set) var outside: [RouteScope: RouteEndpoint] = [:]
    private(set) var rootOutside = Assembly.makeOutside([], ErrorHandlers().inside(ErrorHandlers()))

    init(serverName: String?) { builder.serverName = serverName }

    /// Where a part stands in the whole.
    private struct Place {
        var prefix: PathPattern?
        var name: String?
        var options = RouteOptions()
        var middleware: [any Middleware] = []
        var errors = ErrorHandlers()
        var scope: RouteScope?
        var notes: [RouteDescriber] = []
    }

    mutating func add(_ routes: Routes) throws {
        var place = Place()
        place.middleware = routes.middleware
        place.errors = routes.errors.inside(place.errors)
        try SetupError.check(place.middleware)
        rootOutside = Self.makeOutside(place.middleware, place.errors)
        try add(routes, place)
    }

    private mutating func add(_ routes: Routes, _ place: Place) throws {
        for declaration in routes.declarations { try add(declaration, place) }
        for child in routes.children {
            var inner = place
            inner.prefix = try Self.join(place.prefix, child.path)
            inner.name = Self.join(place.name, child.name)
            inner.options.host = child.options.host ?? place.options.host
            inner.options.subdomain = child.options.subdomain ?? place.options.subdomain
            inner.middleware += child.routes.middleware
            inner.errors = child.routes.errors.inside(place.errors)
            inner.notes += child.notes
            try SetupError.check(inner.middleware)
            if let prefix = inner.prefix, Self.ownsItsPath(child) {
                let scope = builder.addScope(inner.name ?? "", at: prefix, options: inner.options)
                inner.scope = scope
                outside[scope] = Self.makeOutside(inner.middleware, inner.errors)
            }
            try add(child.routes, inner)
        }
    }

    /// Whether a part answers for what is missing below its path.
    ///
    /// One at the very place of the part around it does not: several could be there, and a guard of one would stand
    /// before the mistakes of all.
    private static func ownsItsPath(_ child: Routes.Child) -> Bool {
        !child.path.hasSameBytes(as: "/") || child.options.host != nil || child.options.subdomain != nil
    }

    private mutating func add(_ declaration: Routes.Declaration, _ place: Place) throws {
        let settings = declaration.settings
        let pattern = try Self.join(place.prefix, declaration.path) ?? PathPattern(parsing: declaration.path)
        var options = settings.options
        options.host = options.host ?? place.options.host
        options.subdomain = options.subdomain ?? place.options.subdomain
        if !settings.middleware.isEmpty { try SetupError.check(place.middleware + settings.middleware) }
        try Self.checkCount(declaration, pattern, options)
        let name = settings.name.map { Self.join(place.name, $0) ?? $0 }
        let endpoint = RouteEndpoint(
            pattern: pattern.description, name: name, blueprint: place.name,
            middleware: place.middleware + settings.middleware, now: declaration.now, later: declaration.later,
            errors: place.errors, bodyLimit: settings.bodyLimit, describe: Self.describer(declaration, place))
        builder.add(
            pattern, methods: declaration.methods, types: declaration.types, name: name.map { RouteName($0) },
            scope: place.scope, options: options, value: endpoint)
    }

    /// A handler that takes some values and not all has most likely forgotten one, and the others would be shifted.
    private static func checkCount(
        _ declaration: Routes.Declaration, _ pattern: PathPattern, _ options: RouteOptions
    ) throws {
        let host = options.host ?? options.subdomain
        let variables = (host?.segment.variables ?? []) + pattern.variables
        guard !declaration.types.isEmpty, declaration.types.count < variables.count else { return }
        let methods = declaration.methods.isAny ? "any method" : declaration.methods.names.joined(separator: "|")
        try VariableTypes.check(
            declaration.types, of: variables, in: "\(methods) \(host?.description ?? "")\(pattern)", isExact: true)
    }

    /// What the handler says, then the middlewares in front of it, then the parts around it and the route itself.
    private static func describer(_ declaration: Routes.Declaration, _ place: Place) -> RouteDescriber {
        { operation in
            declaration.describe(&operation)
            for middleware in place.middleware + declaration.settings.middleware {
                middleware.describe(in: &operation)
            }
            for note in place.notes + declaration.settings.notes { note(&operation) }
        }
    }

    private static func makeOutside(_ middleware: [any Middleware], _ errors: ErrorHandlers) -> RouteEndpoint {
        RouteEndpoint(
            pattern: "", middleware: middleware,
            later: { request in try request[Unrouted.Key.self].response(to: request) }, errors: errors)
    }

    private static func join(_ prefix: PathPattern?, _ path: String) throws -> PathPattern? {
        let pattern = try PathPattern(parsing: path)
        return try prefix?.appending(pattern) ?? pattern
    }

    private static func join(_ outer: String?, _ inner: String?) -> String? {
        guard let outer, !outer.isEmpty else { return inner }
        guard let inner, !inner.isEmpty else { return outer }
        return "\(outer).\(inner)"
    }
}
