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

    /// How the app listens, and its limits.
    public var server = ServerConfiguration()

    /// The listeners to what happens.
    public var events = Events()

    /// Where the app reports what happens.
    public var log = Logger(label: "retort")

    /// Whether answers to failures may tell how the app works inside.
    public var isDebug = false

    /// The domain that subdomains belong to, such as `example.com`; nil where no route names a subdomain.
    public var serverName: String?

    /// Creates an app without routes.
    public init() {}

    /// Checks the whole app and makes what answers requests.
    ///
    /// - Returns: What answers requests, and never changes.
    /// - Throws: ``RoutingError`` with a sentence for each kind of mistake: two routes for one path, a handler whose
    ///   arguments do not fit its path, a malformed pattern; ``SetupError`` for a middleware that cannot work.
    package func freeze() throws -> FrozenApp { try FrozenApp(self) }

    /// Serves until the process is told to stop.
    ///
    /// - Throws: ``RoutingError`` when the routes contradict each other, ``SetupError`` when a middleware cannot work,
    ///   `ServerError` when an address cannot be opened.
    public func run() async throws {
        try await Server(try freeze(), configuration: server, log: log).run()
    }
}
