// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes
public import RetortServer

/// Something that takes routes, middlewares, hooks, error handlers and blueprints: an ``App``, or a part of one.
public protocol RouteCollection {
    /// What was added so far.
    var routes: Routes { get set }
}

extension RouteCollection {
    // MARK: Middlewares and hooks

    /// Adds middlewares, outermost first.
    ///
    /// - Parameter middleware: The middlewares.
    public mutating func use(_ middleware: any Middleware...) { routes.middleware += middleware }

    /// Adds a middleware that is a closure.
    ///
    /// - Parameter middleware: Handles a request, usually by passing it on.
    public mutating func use(_ middleware: @escaping @Sendable (Request, Next) async throws -> Response) {
        routes.middleware.append(ClosureMiddleware(body: middleware))
    }

    /// Calls a function before each handler of this part.
    ///
    /// What it returns, if anything, is the answer in its place.
    ///
    /// - Parameter hook: Looks at the request.
    public mutating func before(_ hook: @escaping @Sendable (Request) async throws -> (any ResponseConvertible)?) {
        routes.middleware.append(BeforeHook(body: hook))
    }

    /// Calls a function with each response of this part, which it may change.
    ///
    /// - Parameter hook: Changes the response.
    public mutating func after(_ hook: @escaping @Sendable (Request, inout Response) async throws -> Void) {
        routes.middleware.append(AfterHook(body: hook))
    }

    /// Calls a function behind each request of this part, whatever became of it.
    ///
    /// - Parameter hook: Cleans up. It gets the error, if there was one.
    public mutating func teardown(_ hook: @escaping @Sendable (Request, (any Error)?) async -> Void) {
        routes.middleware.append(TeardownHook(body: hook))
    }

    // MARK: Errors

    /// Answers the errors of one status in this part, 404 and 405 included.
    ///
    /// - Parameters:
    ///   - status: The status.
    ///   - handler: Makes the answer, whose status is its own to set.
    public mutating func onError<Output: ResponseConvertible>(
        _ status: HTTPResponse.Status, _ handler: @escaping @Sendable (HTTPError, Request) async throws -> Output
    ) {
        routes.errors.byStatus[status.code] = { error, request in try await handler(HTTPError(error), request) }
    }

    /// Answers the errors of one type in this part.
    ///
    /// - Parameters:
    ///   - type: The type of the errors.
    ///   - handler: Makes the answer.
    public mutating func onError<Failure: Error, Output: ResponseConvertible>(
        _ type: Failure.Type, _ handler: @escaping @Sendable (Failure, Request) async throws -> Output
    ) {
        routes.errors.byType.append { error, request in
            guard let error = error as? Failure else { return nil }
            return try await handler(error, request)
        }
    }

    // MARK: Parts

    /// Adds a blueprint at a path.
    ///
    /// - Parameters:
    ///   - blueprint: The blueprint.
    ///   - path: Where it starts. It owns what lies below, and answers 404 and 405 there; at `/` it does so only when it
    ///     has a host or a subdomain of its own.
    ///   - name: The first part of the names of its routes; nil for the blueprint's own.
    ///   - traits: The host or subdomain of the whole blueprint.
    public mutating func mount(
        _ blueprint: some Blueprint, at path: String = "/", name: String? = nil, _ traits: RouteTrait...
    ) {
        var part = Routes()
        blueprint.routes(&part)
        routes.add(part, path, name ?? blueprint.name, traits)
    }

    /// Adds routes that share a prefix and middlewares.
    ///
    /// - Parameters:
    ///   - path: The prefix.
    ///   - middleware: Middlewares in front of these routes.
    ///   - fill: Adds the routes.
    public mutating func group(_ path: String, _ middleware: any Middleware..., fill: (inout Routes) -> Void) {
        var part = Routes()
        part.middleware = middleware
        fill(&part)
        routes.add(part, path, nil, [])
    }
}
