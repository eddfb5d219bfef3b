// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A part of an app: its routes, middlewares, hooks, error handlers and the parts inside it.
///
/// An ``App`` is one, and a ``Blueprint`` fills one. The order of routes means nothing; middlewares and hooks run in
/// the order in which they were added, those of the outer part first.
public struct Routes: Sendable {
    /// A route as it was declared.
    struct Declaration: Sendable {
        var path: String
        var methods: RouteMethods
        var types: [any PathValue.Type]
        var settings: RouteSettings
        var now: RouteEndpoint.NowHandler?
        var later: RouteEndpoint.LaterHandler
        var describe: RouteDescriber
    }

    /// Another part inside this one.
    struct Child: Sendable {
        var path: String
        var name: String?
        var options: RouteOptions
        var notes: [RouteDescriber]
        var routes: Routes
    }

    var declarations: [Declaration] = []
    var children: [Child] = []
    var middleware: [any Middleware] = []
    var errors = ErrorHandlers()
    var templateFolders: [String] = []

    /// The folders of templates of this part and of those inside it.
    var allTemplateFolders: [String] { templateFolders + children.flatMap(\.routes.allTemplateFolders) }

    init() {}

    mutating func add(_ part: Routes, _ path: String, _ name: String?, _ traits: [RouteTrait]) {
        var settings = RouteSettings()
        for trait in traits { trait.apply(&settings) }
        var part = part
        part.middleware = settings.middleware + part.middleware
        children.append(
            Child(path: path, name: name, options: settings.options, notes: settings.notes, routes: part))
    }

    mutating func declare(
        _ methods: RouteMethods, _ path: String, _ types: [any PathValue.Type], _ traits: [RouteTrait],
        describe: @escaping RouteDescriber, now: RouteEndpoint.NowHandler? = nil,
        later: @escaping RouteEndpoint.LaterHandler
    ) {
        var settings = RouteSettings()
        for trait in traits { trait.apply(&settings) }
        declarations.append(
            Declaration(
                path: path, methods: methods, types: types, settings: settings, now: now, later: later,
                describe: describe))
    }
}

extension Routes: RouteCollection {
    /// The routes themselves.
    public var routes: Routes {
        get { self }
        set { self = newValue }
    }
}
