// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Logging
import RetortServer

/// What becomes of errors in one part of an app: its own handlers first, then those of the part around it.
package struct ErrorHandlers: Sendable {
    typealias Handler = @Sendable (any Error, Request) async throws -> (any ResponseConvertible)?

    /// Handlers by the status of the answer.
    var byStatus: [Int: Handler] = [:]

    /// Handlers by the type of the error, in the order of registration.
    ///
    /// Each answers nil for other types.
    var byType: [Handler] = []

    /// Those of this part of the app, then of the one around it, and so on to the app.
    private var chain: [ErrorHandlers] = []

    /// These handlers, with others to fall back on.
    func inside(_ outer: ErrorHandlers) -> ErrorHandlers {
        var result = self
        var own = self
        own.chain = []
        result.chain = [own] + outer.chain
        return result
    }

    /// Makes the answer to an error.
    func response(to error: any Error, _ request: Request) async -> Response {
        // Whoever handles errors of the type wants the one inside.
        let error = (error as? MissingValue)?.httpError ?? error
        let known = HTTPError(error)
        do {
            if let handled = try await handled(error, known, request) {
                var response = handled
                response.failure = error
                return response
            }
        } catch let second {
            request.log.error("an error handler failed", metadata: ["error": "\(second)"])
            return await plain(second, HTTPError(second), request)
        }
        return await plain(error, known, request)
    }

    private func handled(_ error: any Error, _ known: HTTPError, _ request: Request) async throws -> Response? {
        for part in chain {
            for handler in part.byType {
                if let result = try await handler(error, request) { return try await result.answer(request) }
            }
            // A handler of a type has foreseen the error; a page for a status has not, and must not hide it.
            if let handler = part.byStatus[known.status.code] {
                await report(error, known, request)
                if let result = try await handler(known, request) { return try await result.answer(request) }
            }
        }
        return nil
    }

    /// The answer where no handler wants the error.
    private func plain(_ error: any Error, _ known: HTTPError, _ request: Request) async -> Response {
        await report(error, known, request)
        var response = ErrorResponse.make(known, to: request)
        response.failure = error
        return response
    }
}

extension ErrorHandlers {
    /// Tells the log and the listeners of an error that is the server's fault.
    private func report(_ error: any Error, _ known: HTTPError, _ request: Request) async {
        guard known.status.code >= 500, !(error is CancellationError) else { return }
        request.log.error(
            "request failed",
            metadata: [
                "error": "\(LogText.escaped(String(describing: known.underlying ?? error)))",
                "method": "\(request.method.rawValue)", "path": "\(LogText.escaped(request.path))",
            ])
        await request.app.events.send(RequestFailed(request: request, error: error))
    }
}
