// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortServer

/// What a request comes to: the middlewares on its way, and the handler at its end.
package final class RouteEndpoint: Sendable {
    /// Runs the handler without a task.
    typealias NowHandler = @Sendable (Request) throws -> Response

    /// Runs the handler in a task.
    typealias LaterHandler = @Sendable (Request) async throws -> Response

    /// The pattern of the path with the prefixes of its blueprints; empty for answers to paths without a route.
    let pattern: String

    /// The name by which URLs are built.
    let name: String?

    /// The dotted name of the blueprint; nil outside of blueprints with a name.
    let blueprint: String?

    let middleware: [any Middleware]

    /// Present when the handler is not `async`.
    ///
    /// It throws `NeedsWaiting` when an argument or the result takes waiting.
    let now: NowHandler?

    let later: LaterHandler
    let errors: ErrorHandlers
    let bodyLimit: Int?

    /// Describes the route when somebody asks for that, which no request does.
    let describe: RouteDescriber

    init(
        pattern: String, name: String? = nil, blueprint: String? = nil, middleware: [any Middleware],
        now: NowHandler? = nil, later: @escaping LaterHandler, errors: ErrorHandlers, bodyLimit: Int? = nil,
        describe: @escaping RouteDescriber = { _ in }
    ) {
        self.pattern = pattern
        self.name = name
        self.blueprint = blueprint
        self.middleware = middleware
        self.now = now
        self.later = later
        self.errors = errors
        self.bodyLimit = bodyLimit
        self.describe = describe
    }

    /// The way through the middlewares to the handler.
    ///
    /// What a middleware throws becomes a response too.
    func run(_ request: Request) async -> Response {
        if middleware.isEmpty { return await answer(request) }
        return await Next(endpoint: self, index: 0).run(request)
    }

    /// The handler alone.
    func answer(_ request: Request) async -> Response {
        do {
            return try await later(request)
        } catch {
            return await errors.response(to: error, request)
        }
    }
}
