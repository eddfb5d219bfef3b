// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What is known of a route, as the `routes` command lists it.
public struct RouteInfo: Sendable, CustomStringConvertible {
    /// A value that the route gives.
    public struct Variable: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// The name of its type.
        public let type: String
        /// Whether it comes from the defaults of the route and not from its host or path.
        public let isDefault: Bool
    }

    /// What happens when the route matches.
    public enum Kind: Sendable, Hashable {
        /// A handler answers.
        case handler
        /// The URL of the route with the same name is the answer.
        case alias
        /// Another path is the answer.
        case redirect(to: PathPattern)
        /// The route never matches; URLs are written for it.
        case buildOnly
    }

    /// The place of the route.
    public let id: RouteID
    /// The methods that it answers, with `HEAD` where that comes with `GET`.
    public let methods: RouteMethods
    /// The host pattern; nil for all hosts.
    public let host: HostPattern?
    /// The path.
    public let pattern: PathPattern
    /// The name by which URLs are written.
    public let name: RouteName?
    /// The blueprint that the route belongs to.
    public let scope: RouteScope?
    /// Whether the route takes WebSocket requests.
    public let isWebSocket: Bool
    /// What happens when the route matches.
    public let kind: Kind
    /// The values in the order in which a handler takes them.
    public let variables: [Variable]

    init(_ record: RouteRecord) {
        id = RouteID(index: record.id)
        var methods = record.methods
        if methods.contains(.get), !methods.isAny { methods.insert(.head) }
        self.methods = methods
        host = record.host
        pattern = record.pattern
        name = record.name
        scope = record.scope
        isWebSocket = record.isWebSocket
        switch record.target {
        case .value: kind = .handler
        case .alias: kind = .alias
        case .redirect(let target): kind = .redirect(to: target)
        case .buildOnly: kind = .buildOnly
        }
        let own = record.variables.count - record.defaults.count
        variables = record.variables.indices.map { index in
            Variable(name: record.variables[index].name, type: "\(record.types[index])", isDefault: index >= own)
        }
    }

    /// `GET, HEAD /posts/{id} (post.show)`.
    public var description: String {
        let verb = isWebSocket ? "WebSocket" : methods.description
        return "\(verb) \(host?.description ?? "")\(pattern)\(name.map { " (\($0))" } ?? "")"
    }
}
