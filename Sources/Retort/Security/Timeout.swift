// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes
public import RetortServer

/// Gives up on handlers that take too long.
///
/// It is added as `.timeout(…)`.
///
/// The handler is cancelled, and the answer is sent once it has returned: a handler that does not notice cancellation
/// is waited for. The time counts up to the response; a body that is streamed after it may take longer.
public struct Timeout: Middleware {
    private enum Outcome {
        case response(Response)
        case isLate
        case clientHasGone
    }

    private let duration: Duration
    private let status: HTTPResponse.Status

    init(_ duration: Duration, _ status: HTTPResponse.Status) {
        self.duration = duration
        self.status = status
    }

    /// Passes the request on, and cancels what takes too long.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - next: The rest of the way to the handler.
    /// - Returns: The response.
    /// - Throws: ``HTTPError`` with status 503, or another that was chosen, when the time is over.
    public func handle(_ request: Request, next: Next) async throws -> Response {
        try await withThrowingTaskGroup(of: Outcome.self) { group in
            group.addTask { .response(try await next(request)) }
            group.addTask { [duration] in
                do {
                    try await Task.sleep(for: duration)
                    return .isLate
                } catch {
                    return .clientHasGone
                }
            }
            while let outcome = try await group.next() {
                switch outcome {
                case .response(let response):
                    group.cancelAll()
                    return response
                case .isLate:
                    group.cancelAll()
                    throw HTTPError(status, "The server took too long. Try again in a moment.", code: "timeout")
                case .clientHasGone: continue
                }
            }
            throw CancellationError()
        }
    }
}

extension Middleware where Self == Timeout {
    /// Gives up on handlers that take too long.
    ///
    /// - Parameters:
    ///   - duration: The longest time from the request to the response.
    ///   - status: The status of the answer then: 503, or 504 for an app that itself waits for other servers.
    /// - Returns: The middleware.
    public static func timeout(_ duration: Duration, status: HTTPResponse.Status = .serviceUnavailable) -> Timeout {
        Timeout(duration, status)
    }
}
