// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Routes of any method. The forms for one method, such as ``RouteCollection/get(_:_:use:)``, stand on these.
extension RouteCollection {
    /// Answers requests of some methods at a path.
    ///
    /// A handler that is not `async` runs without a task. Values of the path come by position, everything else by type.
    ///
    /// - Parameters:
    ///   - methods: The methods.
    ///   - path: The path, with variables in braces: `/posts/{id}`, `/files/{path...}`.
    ///   - traits: What else there is to say about the route.
    ///   - handler: A function of typed arguments.
    public mutating func on<each A: RequestArgument, Output: ResponseConvertible>(
        _ methods: RouteMethods, _ path: String, _ traits: [RouteTrait] = [],
        use handler: @escaping @Sendable (repeat each A) throws -> Output
    ) {
        routes.declare(
            methods, path, HandlerAdapter.pathTypes(repeat (each A).self), traits,
            describe: HandlerAdapter.describer(repeat (each A).self, as: Output.self),
            now: HandlerAdapter.now(handler) { $0 }, later: HandlerAdapter.later(handler) { $0 })
    }

    /// Answers requests of some methods at a path, with a handler that waits.
    ///
    /// - Parameters:
    ///   - methods: The methods.
    ///   - path: The path, with variables in braces: `/posts/{id}`, `/files/{path...}`.
    ///   - traits: What else there is to say about the route.
    ///   - handler: A function of typed arguments.
    public mutating func on<each A: RequestArgument, Output: ResponseConvertible>(
        _ methods: RouteMethods, _ path: String, _ traits: [RouteTrait] = [],
        use handler: @escaping @concurrent @Sendable (repeat each A) async throws -> Output
    ) {
        routes.declare(
            methods, path, HandlerAdapter.pathTypes(repeat (each A).self), traits,
            describe: HandlerAdapter.describer(repeat (each A).self, as: Output.self),
            later: HandlerAdapter.waiting(handler) { $0 })
    }

    /// Answers requests of some methods at a path with a value that is written as JSON.
    ///
    /// - Parameters:
    ///   - methods: The methods.
    ///   - path: The path, with variables in braces: `/posts/{id}`, `/files/{path...}`.
    ///   - traits: What else there is to say about the route.
    ///   - handler: A function of typed arguments.
    @_disfavoredOverload
    public mutating func on<each A: RequestArgument, Output: Encodable & Sendable>(
        _ methods: RouteMethods, _ path: String, _ traits: [RouteTrait] = [],
        use handler: @escaping @Sendable (repeat each A) throws -> Output
    ) {
        routes.declare(
            methods, path, HandlerAdapter.pathTypes(repeat (each A).self), traits,
            describe: HandlerAdapter.describer(repeat (each A).self, as: EncodedResult<Output>.self),
            now: HandlerAdapter.now(handler) { EncodedResult($0) },
            later: HandlerAdapter.later(handler) { EncodedResult($0) })
    }

    /// Answers requests of some methods at a path with a value that is written as JSON, from a handler that waits.
    ///
    /// - Parameters:
    ///   - methods: The methods.
    ///   - path: The path, with variables in braces: `/posts/{id}`, `/files/{path...}`.
    ///   - traits: What else there is to say about the route.
    ///   - handler: A function of typed arguments.
    @_disfavoredOverload
    public mutating func on<each A: RequestArgument, Output: Encodable & Sendable>(
        _ methods: RouteMethods, _ path: String, _ traits: [RouteTrait] = [],
        use handler: @escaping @concurrent @Sendable (repeat each A) async throws -> Output
    ) {
        routes.declare(
            methods, path, HandlerAdapter.pathTypes(repeat (each A).self), traits,
            describe: HandlerAdapter.describer(repeat (each A).self, as: EncodedResult<Output>.self),
            later: HandlerAdapter.waiting(handler) { EncodedResult($0) })
    }
}
