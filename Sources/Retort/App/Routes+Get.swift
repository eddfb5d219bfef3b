// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Routes of the method GET.
extension RouteCollection {
    /// Answers GET requests at a path.
    ///
    /// HEAD is answered too.
    ///
    /// A handler that is not `async` runs without a task. Values of the path come by position, everything else by type.
    ///
    /// - Parameters:
    ///   - path: The path, with variables in braces: `/posts/{id}`, `/files/{path...}`.
    ///   - traits: What else there is to say about the route.
    ///   - handler: A function of typed arguments.
    public mutating func get<each A: RequestArgument, Output: ResponseConvertible>(
        _ path: String, _ traits: RouteTrait..., use handler: @escaping @Sendable (repeat each A) throws -> Output
    ) {
        on([.get], path, traits, use: handler)
    }

    /// Answers GET requests at a path, with a handler that waits.
    ///
    /// - Parameters:
    ///   - path: The path, with variables in braces: `/posts/{id}`, `/files/{path...}`.
    ///   - traits: What else there is to say about the route.
    ///   - handler: A function of typed arguments.
    public mutating func get<each A: RequestArgument, Output: ResponseConvertible>(
        _ path: String, _ traits: RouteTrait...,
        use handler: @escaping @concurrent @Sendable (repeat each A) async throws -> Output
    ) {
        on([.get], path, traits, use: handler)
    }

    /// Answers GET requests at a path with a handler of the whole request, whose type need not be written.
    ///
    /// - Parameters:
    ///   - path: The path, with variables in braces: `/posts/{id}`, `/files/{path...}`.
    ///   - traits: What else there is to say about the route.
    ///   - handler: A function of typed arguments.
    public mutating func get<Output: ResponseConvertible>(
        _ path: String, _ traits: RouteTrait..., use handler: @escaping @Sendable (Request) async throws -> Output
    ) {
        on([.get], path, traits, use: handler)
    }

    /// Answers GET requests at a typed route, whose values need no types in the handler.
    ///
    /// - Parameters:
    ///   - route: The route, from which URLs are built too.
    ///   - traits: What else there is to say about the route.
    ///   - handler: A function of the route's values.
    public mutating func get<each P: PathValue, Output: ResponseConvertible>(
        _ route: Route<repeat each P>, _ traits: RouteTrait...,
        use handler: @escaping @concurrent @Sendable (repeat each P) async throws -> Output
    ) {
        on([.get], route.description, traits, use: handler)
    }

    /// Answers GET requests at a path with a value that is written as JSON.
    ///
    /// - Parameters:
    ///   - path: The path, with variables in braces: `/posts/{id}`, `/files/{path...}`.
    ///   - traits: What else there is to say about the route.
    ///   - handler: A function of typed arguments.
    @_disfavoredOverload
    public mutating func get<each A: RequestArgument, Output: Encodable & Sendable>(
        _ path: String, _ traits: RouteTrait..., use handler: @escaping @Sendable (repeat each A) throws -> Output
    ) {
        on([.get], path, traits, use: handler)
    }

    /// Answers GET requests at a path with a value that is written as JSON, from a handler that waits.
    ///
    /// - Parameters:
    ///   - path: The path, with variables in braces: `/posts/{id}`, `/files/{path...}`.
    ///   - traits: What else there is to say about the route.
    ///   - handler: A function of typed arguments.
    @_disfavoredOverload
    public mutating func get<each A: RequestArgument, Output: Encodable & Sendable>(
        _ path: String, _ traits: RouteTrait...,
        use handler: @escaping @concurrent @Sendable (repeat each A) async throws -> Output
    ) {
        on([.get], path, traits, use: handler)
    }
}
