// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Everything that is known of a frozen route.
struct RouteRecord: Sendable {
    let id: Int32
    let pattern: PathPattern
    let host: HostPattern?
    /// Variables of the host, variables of the path, defaults.
    let variables: [PatternVariable]
    /// One type for each variable.
    let types: [any PathValue.Type]
    let defaults: [RouteDefault]
    /// As declared, without `HEAD` and `OPTIONS` that come by themselves.
    let methods: RouteMethods
    let name: RouteName?
    let scope: RouteScope?
    let target: RouteTarget
    let isWebSocket: Bool
    let strictSlashes: Bool
    let mergesSlashes: Bool
    let automaticOptions: Bool

    init(_ declaration: RouteDeclaration, id: Int32, plan: RoutePlan) throws(RoutingError) {
        let options = declaration.options
        self.id = id
        self.mergesSlashes = options.mergesSlashes ?? plan.mergesSlashes
        self.pattern = mergesSlashes ? declaration.pattern.merged : declaration.pattern
        self.host = try Self.host(options, plan.serverName, pattern)
        self.defaults = options.defaults
        let own = (host?.segment.variables ?? []) + pattern.variables
        self.variables = own + defaults.map { PatternVariable(name: $0.name, takesRest: false) }
        let place = Self.label(declaration.methods, options.isWebSocket, host, pattern, declaration.name)
        try VariableTypes.check(declaration.types, of: variables, in: place, isExact: false)
        var types = declaration.types
        for index in types.count..<variables.count {
            let isRestOfPath = pattern.takesRest && index == own.count - 1
            types.append(isRestOfPath ? RestOfPath.self : String.self)
        }
        self.types = types
        self.methods = declaration.methods
        self.name = declaration.name
        self.scope = declaration.scope
        self.target = declaration.target
        self.isWebSocket = options.isWebSocket
        self.strictSlashes = options.strictSlashes ?? plan.strictSlashes
        self.automaticOptions = options.automaticOptions ?? plan.automaticOptions
        try check(place)
    }

    var isBuildOnly: Bool { if case .buildOnly = target { true } else { false } }

    var isAlias: Bool { if case .alias = target { true } else { false } }

    /// `GET /posts/{id} (post.show)`, as errors name the route.
    var label: String { Self.label(methods, isWebSocket, host, pattern, name) }

    /// Whether a request with this method would come here.
    func answers(_ method: RouteMethod) -> Bool {
        methods.contains(method) || (method == .head && methods.contains(.get))
            || (method == .options && automaticOptions)
    }

    private static func label(
        _ methods: RouteMethods, _ isWebSocket: Bool, _ host: HostPattern?, _ pattern: PathPattern, _ name: RouteName?
    ) -> String {
        let verb = isWebSocket ? "WebSocket" : methods.isAny ? "any method" : methods.names.joined(separator: "|")
        return "\(verb) \(host?.description ?? "")\(pattern)\(name.map { " (\($0))" } ?? "")"
    }

    private static func host(
        _ options: RouteOptions, _ serverName: String?, _ pattern: PathPattern
    ) throws(RoutingError) -> HostPattern? {
        guard let subdomain = options.subdomain else { return options.host }
        if options.host != nil {
            throw RoutingError(.contradiction, "\(pattern) has a host and a subdomain. Keep one of them.")
        }
        guard let serverName else {
            throw RoutingError(
                .contradiction,
                "\(pattern) has the subdomain \(subdomain), and the server name is not known. Set serverName.")
        }
        do {
            return try subdomain.appending(domain: serverName)
        } catch {
            throw error as? RoutingError ?? RoutingError(.malformedPattern, "\(error)")
        }
    }

    private func check(_ place: String) throws(RoutingError) {
        if methods.isEmpty, !isWebSocket {
            throw RoutingError(.contradiction, "\(place) answers no method. Give it one, or .any.")
        }
        if variables.count > PatternScanner.mostVariables {
            throw RoutingError(.limitExceeded, "\(place) has more than \(PatternScanner.mostVariables) variables.")
        }
        var names: Set<String> = []
        for variable in variables where !names.insert(variable.name).inserted {
            throw RoutingError(
                .contradiction,
                "\(place) has the variable \(variable.name) twice, in its host, its path or its defaults. "
                    + "Give one of them another name.")
        }
        if pattern.takesRest, !defaults.isEmpty {
            throw RoutingError(
                .contradiction,
                "\(place) takes the rest of the path and has defaults. Let the handler fill them in.")
        }
        for (value, type) in zip(defaults, types.suffix(defaults.count)) where !type.accepts(value.text.utf8.span) {
            throw RoutingError(
                .typeMismatch, "\(place) has the default \(value.name) \"\(value.text)\", which is no \(type).")
        }
    }
}

/// What matching needs of a route, in few bytes.
struct RouteFacts {
    /// The place of its value, or -1.
    var value: Int32
    var endsWithRest: Bool
    /// Whether a match needs nothing but its captured values.
    var isSimple: Bool
    var strictSlashes: Bool
    var mergesSlashes: Bool
    /// Whether a match may end in a redirection: an alias, a redirect, or a path that has a canonical one.
    var mayRedirect: Bool
}
