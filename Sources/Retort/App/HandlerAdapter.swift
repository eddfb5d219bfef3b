// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortServer

/// Makes handlers of one shape out of the functions that apps write.
///
/// What waits is a local function and no closure: a closure changes its executor before it begins, which costs a lock.
enum HandlerAdapter {
    /// A function that is not `async`: without a task when nothing takes waiting.
    static func now<each A: RequestArgument, Output, Result: ResponseConvertible>(
        _ handler: @escaping @Sendable (repeat each A) throws -> Output,
        as result: @escaping @Sendable (Output) -> Result
    ) -> RouteEndpoint.NowHandler {
        { request in
            var path = request.pathValues
            let output = result(
                try handler(repeat try NeedsWaiting.unless((each A).makeNow(from: request, path: &path))))
            if output.needsWaiting { throw WaitingResult(output: output) }
            return try output.response(to: request)
        }
    }

    /// The same function in a task, for arguments that take waiting.
    static func later<each A: RequestArgument, Output, Result: ResponseConvertible>(
        _ handler: @escaping @Sendable (repeat each A) throws -> Output,
        as result: @escaping @Sendable (Output) -> Result
    ) -> RouteEndpoint.LaterHandler {
        @Sendable func run(_ request: Request) async throws -> Response {
            var path = request.pathValues
            let output = try handler(repeat try await (each A).make(from: request, path: &path))
            return try await result(output).answer(request)
        }
        return run
    }

    /// A function that is `async`.
    static func waiting<each A: RequestArgument, Output, Result: ResponseConvertible>(
        _ handler: @escaping @concurrent @Sendable (repeat each A) async throws -> Output,
        as result: @escaping @Sendable (Output) -> Result
    ) -> RouteEndpoint.LaterHandler {
        @Sendable func run(_ request: Request) async throws -> Response {
            var path = request.pathValues
            let output = try await handler(repeat try await (each A).make(from: request, path: &path))
            return try await result(output).answer(request)
        }
        return run
    }

    /// The types of the arguments that come from the path, from left to right.
    static func pathTypes<each A: RequestArgument>(_ types: repeat (each A).Type) -> [any PathValue.Type] {
        var result: [any PathValue.Type] = []
        for type in repeat each types {
            if let pathType = type.pathType { result.append(pathType) }
        }
        return result
    }
}

/// Thrown inside when a handler has run without a task and its result, such as a file, takes waiting.
struct WaitingResult: Error {
    let output: any ResponseConvertible
}
