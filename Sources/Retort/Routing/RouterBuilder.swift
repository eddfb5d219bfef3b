// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Collects routes and freezes them into a ``Router``.
///
///     var routes = RouterBuilder<Handler>()
///     routes.add("/posts/{id}", types: [Int.self], name: "post.show", value: show)
///     let router = try routes.freeze()
///
/// The order in which routes are added means nothing.
public struct RouterBuilder<Value: Sendable>: Sendable {
    /// The domain that subdomains belong to, such as `example.com`.
    public var serverName: String? {
        get { plan.serverName }
        set { plan.serverName = newValue }
    }

    /// Whether a slash at the end of a path counts.
    ///
    /// See ``RouteOptions/strictSlashes``.
    public var strictSlashes: Bool {
        get { plan.strictSlashes }
        set { plan.strictSlashes = newValue }
    }

    /// Whether `//` in a request is redirected to `/`, if that is a path that some route answers.
    public var mergesSlashes: Bool {
        get { plan.mergesSlashes }
        set { plan.mergesSlashes = newValue }
    }

    /// Whether `OPTIONS` is answered with the methods of the path.
    public var automaticOptions: Bool {
        get { plan.automaticOptions }
        set { plan.automaticOptions = newValue }
    }

    /// Whether a path whose values are the defaults of another route of the same name is redirected to that one.
    public var redirectsDefaults: Bool {
        get { plan.redirectsDefaults }
        set { plan.redirectsDefaults = newValue }
    }

    private var plan = RoutePlan()
    private var values: [Value] = []

    /// Creates a builder without routes.
    public init() {}

    /// Adds a part of the tree of paths that somebody owns, so that what no route answers there can be answered by
    /// them.
    ///
    /// - Parameters:
    ///   - name: The dotted name of the blueprint.
    ///   - prefix: Where it starts; a slash at the end does not count.
    ///   - options: Its host or subdomain; the rest is not used.
    /// - Returns: The scope, for routes and for the answers of the router.
    public mutating func addScope(
        _ name: String, at prefix: PathPattern, options: RouteOptions = RouteOptions()
    ) -> RouteScope {
        let scope = RouteScope(index: Int32(truncatingIfNeeded: plan.scopes.count), name: name)
        plan.scopes.append((scope, prefix, options))
        return scope
    }

    /// Adds a route.
    ///
    /// - Parameters:
    ///   - pattern: The path.
    ///   - methods: The methods it answers. `HEAD` comes with `GET`, unless another route answers it.
    ///   - types: The types of the values: variables of the host, variables of the path, defaults. Those that are
    ///     missing
    ///     are `String`, or ``RestOfPath`` for the rest of a path.
    ///   - name: The name by which URLs are written. Several routes can share one.
    ///   - scope: The blueprint that the route belongs to.
    ///   - options: What else there is to say.
    ///   - value: What the router gives back when the route matches.
    /// - Returns: The place of the route.
    @discardableResult
    public mutating func add(
        _ pattern: PathPattern, methods: RouteMethods = [.get], types: [any PathValue.Type] = [],
        name: RouteName? = nil, scope: RouteScope? = nil, options: RouteOptions = RouteOptions(), value: Value
    ) -> RouteID {
        values.append(value)
        return append(
            RouteDeclaration(
                pattern: pattern, methods: methods, types: types, name: name, scope: scope, options: options,
                target: .value(Int32(truncatingIfNeeded: values.count - 1))))
    }

    /// Adds a path that is redirected to the URL of a named route with the same values.
    ///
    /// - Parameters:
    ///   - pattern: The path.
    ///   - name: The name of the route that is meant.
    ///   - types: The types of the values, as in ``add(_:methods:types:name:scope:options:value:)``.
    ///   - methods: The methods it answers.
    ///   - scope: The blueprint that the path belongs to.
    ///   - options: What else there is to say.
    /// - Returns: The place of the route.
    @discardableResult
    public mutating func addAlias(
        _ pattern: PathPattern, of name: RouteName, types: [any PathValue.Type] = [], methods: RouteMethods = [.get],
        scope: RouteScope? = nil, options: RouteOptions = RouteOptions()
    ) -> RouteID {
        append(
            RouteDeclaration(
                pattern: pattern, methods: methods, types: types, name: name, scope: scope, options: options,
                target: .alias))
    }

    /// Adds a path that is redirected to another path.
    ///
    /// - Parameters:
    ///   - pattern: The path.
    ///   - target: The other path, with variables of the first or none.
    ///   - types: The types of the values, as in ``add(_:methods:types:name:scope:options:value:)``.
    ///   - methods: The methods it answers.
    ///   - scope: The blueprint that the path belongs to.
    ///   - options: What else there is to say.
    /// - Returns: The place of the route.
    @discardableResult
    public mutating func addRedirect(
        _ pattern: PathPattern, to target: PathPattern, types: [any PathValue.Type] = [], methods: RouteMethods = .any,
        scope: RouteScope? = nil, options: RouteOptions = RouteOptions()
    ) -> RouteID {
        append(
            RouteDeclaration(
                pattern: pattern, methods: methods, types: types, name: nil, scope: scope, options: options,
                target: .redirect(target)))
    }

    /// Adds a path for which URLs are written and which answers nothing, such as that of a content network.
    ///
    /// - Parameters:
    ///   - pattern: The path.
    ///   - name: The name by which URLs are written.
    ///   - types: The types of the values, as in ``add(_:methods:types:name:scope:options:value:)``.
    ///   - options: What else there is to say.
    /// - Returns: The place of the route.
    @discardableResult
    public mutating func addBuildOnly(
        _ pattern: PathPattern, name: RouteName, types: [any PathValue.Type] = [],
        options: RouteOptions = RouteOptions()
    ) -> RouteID {
        append(
            RouteDeclaration(
                pattern: pattern, methods: [.get], types: types, name: name, scope: nil, options: options,
                target: .buildOnly))
    }

    /// Checks all routes against each other and makes the router.
    ///
    /// - Returns: A router that never changes.
    /// - Throws: ``RoutingError`` with a sentence that names the routes in question.
    public func freeze() throws -> Router<Value> {
        Router(table: try RouteTable(plan), values: values)
    }

    private mutating func append(_ declaration: RouteDeclaration) -> RouteID {
        plan.declarations.append(declaration)
        return RouteID(index: Int32(truncatingIfNeeded: plan.declarations.count - 1))
    }
}

/// What a builder has collected.
struct RoutePlan: Sendable {
    var serverName: String?
    var strictSlashes = true
    var mergesSlashes = true
    var automaticOptions = true
    var redirectsDefaults = true
    var declarations: [RouteDeclaration] = []
    var scopes: [(scope: RouteScope, prefix: PathPattern, options: RouteOptions)] = []
}

/// A route as it was added.
struct RouteDeclaration: Sendable {
    var pattern: PathPattern
    var methods: RouteMethods
    var types: [any PathValue.Type]
    var name: RouteName?
    var scope: RouteScope?
    var options: RouteOptions
    var target: RouteTarget
}

/// What happens when a route matches.
enum RouteTarget: Sendable {
    /// The value at this place is given back.
    case value(Int32)
    /// The URL of the named route is the answer.
    case alias
    /// Another path is the answer.
    case redirect(PathPattern)
    /// The route does not match.
    case buildOnly
}
