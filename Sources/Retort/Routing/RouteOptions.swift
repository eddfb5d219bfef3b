// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The name of a route, by which URLs are written: `post.show`.
///
/// Names that are used often can be members: `extension RouteName { static let post: Self = "post.show" }`.
public struct RouteName: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The text, with dots between the names of blueprints and the last part.
    public let text: String

    /// Creates a name.
    ///
    /// - Parameter text: The text.
    public init(_ text: String) { self.text = text }

    /// Creates a name that stands in the source.
    ///
    /// - Parameter value: The text.
    public init(stringLiteral value: String) { self.text = value }

    /// The text.
    public var description: String { text }
}

/// A part of the tree of paths that belongs to somebody, such as a blueprint, who answers what no route does.
public struct RouteScope: Hashable, Sendable {
    /// Its place among the scopes of its router.
    let index: Int32

    /// The dotted name of the blueprint.
    public let name: String
}

/// The place of a route among the routes of its router.
public struct RouteID: Hashable, Sendable {
    let index: Int32
}

/// A value that a route has without a variable in its path.
public struct RouteDefault: Sendable {
    /// The name of the variable in the other routes of the same name.
    public var name: String

    /// Its text here.
    public var text: String

    /// Creates a default.
    ///
    /// - Parameters:
    ///   - name: The name of the variable in the other routes of the same name.
    ///   - value: Its value here.
    public init(_ name: String, _ value: some PathValue) {
        self.name = name
        self.text = value.pathText
    }
}

/// What a route can have beside its methods, path and types.
public struct RouteOptions: Sendable {
    /// The hosts that the route answers; nil for all.
    public var host: HostPattern?

    /// The subdomains of the router's server name that the route answers; nil for all hosts.
    public var subdomain: HostPattern?

    /// Whether a slash at the end of the path counts.
    ///
    /// If it does, `/a/` for the route `/a` is not found, and `/a` for the route `/a/` is redirected. If not, both are
    /// the same. Nil takes the setting of the router.
    public var strictSlashes: Bool?

    /// Whether `//` in a request is redirected to `/`.
    ///
    /// Nil takes the setting of the router.
    public var mergesSlashes: Bool?

    /// Whether `OPTIONS` is answered with the methods.
    ///
    /// Nil takes the setting of the router.
    public var automaticOptions: Bool?

    /// Whether the route takes WebSocket requests, and only those.
    public var isWebSocket = false

    /// Values of variables that stand in the paths of other routes of the same name.
    ///
    /// `/users/` with the default page 1 beside `/users/page/{page}` answers page 1, and `/users/page/1` is redirected.
    public var defaults: [RouteDefault] = []

    /// Creates options that leave everything to the router.
    public init() {}
}
