// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import RetortServer

/// Something that stands between the server and the handlers.
///
///     struct Timing: Middleware {
///         func handle(_ request: Request, next: Next) async throws -> Response {
///             let start = ContinuousClock.now
///             var response = try await next(request)
///             response.headers[.serverTiming] = "app;dur=\((ContinuousClock.now - start) / .milliseconds(1))"
///             return response
///         }
///     }
///
/// `next` always comes back with a response: an error that the handler or a middleware behind throws has become one, and
/// is in its `Response.failure`. So headers and logs are right for errors too.
public protocol Middleware: Sendable {
    /// Handles a request, usually by passing it on.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - next: The rest of the way to the handler.
    /// - Returns: The response.
    /// - Throws: An error that becomes the answer.
    func handle(_ request: Request, next: Next) async throws -> Response

    /// Describes for documents what the middleware asks of requests and answers by itself, when somebody asks for them.
    ///
    /// - Parameter operation: An operation that the middleware stands before.
    func describe(in operation: inout OperationDescription)
}

/// The rest of the way to a handler.
public struct Next: Sendable {
    let endpoint: RouteEndpoint
    let index: Int

    /// Passes a request on.
    ///
    /// - Parameter request: The request, changed or not.
    /// - Returns: The response of what comes behind.
    /// - Throws: Nothing: what is thrown behind has become a response. The declaration leaves room for more.
    public func callAsFunction(_ request: Request) async throws -> Response { await run(request) }

    /// The rest of the way, where each error becomes a response at once, for the middlewares outside to see.
    func run(_ request: Request) async -> Response {
        guard index < endpoint.middleware.count else { return await endpoint.answer(request) }
        let next = Next(endpoint: endpoint, index: index + 1)
        do {
            return try await endpoint.middleware[index].handle(request, next: next)
        } catch {
            return await endpoint.errors.response(to: error, request)
        }
    }
}

/// A middleware made of a closure.
struct ClosureMiddleware: Middleware {
    let body: @Sendable (Request, Next) async throws -> Response

    func handle(_ request: Request, next: Next) async throws -> Response { try await body(request, next) }
}

/// Looks at a request before its handler, and may answer in its place.
struct BeforeHook: Middleware {
    let body: @Sendable (Request) async throws -> (any ResponseConvertible)?

    func handle(_ request: Request, next: Next) async throws -> Response {
        if let early = try await body(request) { return try await early.answer(request) }
        return try await next(request)
    }
}

/// Changes every response.
struct AfterHook: Middleware {
    let body: @Sendable (Request, inout Response) async throws -> Void

    func handle(_ request: Request, next: Next) async throws -> Response {
        var response = try await next(request)
        try await body(request, &response)
        return response
    }
}

/// Cleans up behind every request, whatever became of it.
struct TeardownHook: Middleware {
    let body: @Sendable (Request, (any Error)?) async -> Void

    func handle(_ request: Request, next: Next) async throws -> Response {
        do {
            let response = try await next(request)
            await body(request, response.failure)
            return response
        } catch {
            await body(request, error)
            throw error
        }
    }
}
