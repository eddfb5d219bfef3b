// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortServer
import RetortWire

/// The session of a request, as the middleware for sessions sets it.
enum SessionKey: RequestKey {
    static let defaultValue: Session? = nil
}

extension Request {
    /// What is remembered about the visitor.
    ///
    /// A session that is kept on the server is read from its store when it is asked for first.
    ///
    /// - Throws: ``HTTPError`` with status 500 without the middleware for sessions; an error of the store.
    public var session: Session {
        get async throws {
            guard let session = self[SessionKey.self] else {
                throw HTTPError.missing("a Session", line: "app.use(.sessions(secret: …))", for: self)
            }
            try await session.load()
            return session
        }
    }
}

extension Session: RequestArgument {
    /// Finds the session of a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The session, which is the same for all who ask during the request.
    /// - Throws: ``HTTPError`` with status 500 without the middleware for sessions; an error of the store.
    public static func make(from request: Request, path: inout PathValues) async throws -> Session {
        try await request.session
    }
}

extension HTTPError {
    /// Something was asked for that a middleware would have brought.
    ///
    /// In debug the client learns how to mend it.
    static func missing(_ what: String, line: String, for request: Request) -> HTTPError {
        let place = request.pattern.map { " of \($0)" } ?? ""
        let error = SetupError(
            "A handler\(place) asks for \(what), and no middleware brings it. Add the line \(line) before the routes.")
        return HTTPError(.internalServerError, request.app.isDebug ? error.message : nil, underlying: error)
    }
}
