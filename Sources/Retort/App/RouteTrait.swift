// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Something said about a route beside its path and its handler.
///
///     app.get("/reports/{id}", .name("report"), .bodyLimit(64_000)) { (id: Int) in … }
public struct RouteTrait: Sendable {
    let apply: @Sendable (inout RouteSettings) -> Void

    init(_ apply: @escaping @Sendable (inout RouteSettings) -> Void) { self.apply = apply }

    /// Gives the route a name, by which URLs are built.
    ///
    /// Inside a blueprint it follows the blueprint's own and a dot.
    ///
    /// - Parameter name: The name.
    /// - Returns: The trait.
    public static func name(_ name: String) -> RouteTrait { RouteTrait { $0.name = name } }

    /// Lets the route take bodies of another size than the app's.
    ///
    /// - Parameter bytes: Most bytes. Passing it is status 413.
    /// - Returns: The trait.
    public static func bodyLimit(_ bytes: Int) -> RouteTrait { RouteTrait { $0.bodyLimit = max(bytes, 0) } }

    /// Puts middlewares in front of this route alone, behind those of its blueprint and of the app.
    ///
    /// - Parameter middleware: The middlewares, outermost first.
    /// - Returns: The trait.
    public static func middleware(_ middleware: any Middleware...) -> RouteTrait {
        RouteTrait { $0.middleware += middleware }
    }

    /// Answers only on some hosts.
    ///
    /// Variables of the host come before those of the path.
    ///
    /// - Parameter host: The host, such as `api.example.com` or `{user}.example.com`.
    /// - Returns: The trait.
    public static func host(_ host: HostPattern) -> RouteTrait { RouteTrait { $0.options.host = host } }

    /// Answers only on some subdomains of the app's server name.
    ///
    /// - Parameter subdomain: The subdomain, such as `api` or `{user}`.
    /// - Returns: The trait.
    public static func subdomain(_ subdomain: HostPattern) -> RouteTrait {
        RouteTrait { $0.options.subdomain = subdomain }
    }

    /// Says whether a slash at the end of the path counts.
    ///
    /// - Parameter strict: Whether it counts.
    /// - Returns: The trait.
    public static func strictSlashes(_ strict: Bool) -> RouteTrait {
        RouteTrait { $0.options.strictSlashes = strict }
    }

    /// Gives values to variables that stand in other routes of the same name, to which this one is the canonical URL.
    ///
    /// - Parameter defaults: The values.
    /// - Returns: The trait.
    public static func defaults(_ defaults: RouteDefault...) -> RouteTrait {
        RouteTrait { $0.options.defaults += defaults }
    }
}

/// What is said about one route.
struct RouteSettings: Sendable {
    var name: String?
    var bodyLimit: Int?
    var middleware: [any Middleware] = []
    var options = RouteOptions()
    var notes: [RouteDescriber] = []
}
