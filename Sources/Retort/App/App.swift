// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import Logging
public import RetortServer

/// A web application: a value that is set up and then run.
///
///     var app = App()
///     app.get("/") { "Hello, World!" }
///     try await app.run()
///
/// Setting up changes the value; ``run()`` serves a frozen copy, so nothing changes while requests are answered.
public struct App: RouteCollection, Sendable {
    /// The routes, middlewares and error handlers.
    public var routes = Routes()

    /// What `--help` and messages call the program.
    public var name = ProgramName.current

    /// One line for `--help` that says what the program is.
    public var summary = ""

    /// What `--version` prints; nil for a program without versions.
    public var version: String?

    /// How the app is set up in code.
    ///
    /// What its configuration says counts more.
    public var settings = Settings()

    /// What the app is told from outside: by the command line, the environment and files.
    public var configuration = AppConfiguration()

    /// Where the templates of pages come from, and what they can use.
    public var templates = PageTemplates()

    /// The app's own commands.
    public var commands = AppCommands()

    /// What happens around serving.
    public internal(set) var lifecycle = Lifecycle()

    /// The listeners to what happens.
    public var events = Events()

    /// Where the app reports what happens.
    public var log = Logger(label: "retort")

    /// Creates an app without routes.
    public init() {}

    /// Checks the whole app and makes what answers requests.
    ///
    /// - Returns: What answers requests, and never changes.
    /// - Throws: ``RoutingError`` with a sentence for each kind of mistake: two routes for one path, a handler whose
    ///   arguments do not fit its path, a malformed pattern; ``SetupError`` for a middleware that cannot work.
    package func freeze() throws -> FrozenApp { try FrozenApp(self) }
}

extension App {
    /// How the app listens, and its limits.
    public var server: ServerConfiguration {
        get { settings.server }
        set { settings.server = newValue }
    }

    /// Whether answers to failures may tell how the app works inside.
    public var isDebug: Bool {
        get { settings.isDebug }
        set { settings.isDebug = newValue }
    }

    /// The domain that subdomains belong to, such as `example.com`; nil where no route names a subdomain.
    public var serverName: String? {
        get { settings.serverName }
        set { settings.serverName = newValue }
    }
}
