// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import RetortWire

/// Sessions as a test edits them.
///
/// The middleware that keeps an app's sessions conforms to it.
package protocol SessionEditing: Sendable {
    /// The name of the cookie.
    var cookieName: String { get }

    /// Reads the session that a cookie stands for.
    ///
    /// - Parameter cookie: The value of the cookie; nil when the visitor has none.
    /// - Returns: The session; a new one when the cookie is missing or stands for none.
    /// - Throws: What the store throws.
    func session(for cookie: String?) async throws -> SessionData

    /// Writes a session back.
    ///
    /// - Parameters:
    ///   - session: The session.
    ///   - cookie: The value of the cookie that it was read with.
    /// - Returns: The cookie to keep, which deletes itself when the session is empty.
    /// - Throws: What the store throws.
    func cookie(for session: SessionData, replacing cookie: String?) async throws -> SetCookie
}

extension Routes {
    /// The sessions of an app: those of the app itself, else of the first part that has some.
    var sessions: (any SessionEditing)? {
        middleware.lazy.compactMap { $0 as? any SessionEditing }.first
            ?? children.lazy.compactMap { $0.routes.sessions }.first
    }
}

extension TestClient {
    /// Edits the session of this visitor, as if an earlier request had done so.
    ///
    ///     try await client.editSession { $0["user_id"] = 42 }
    ///
    /// - Parameter edit: Reads and changes the session.
    /// - Returns: What the closure returns.
    /// - Throws: ``TestClientError`` with `noSessions` when the app has no sessions; what its store throws, and what the
    ///   closure throws.
    @discardableResult
    public func editSession<Result>(_ edit: (inout SessionData) async throws -> Result) async throws -> Result {
        guard let sessions = backend.sessions else {
            throw TestClientError(
                .noSessions, "The app has no sessions. Give it some with `app.use(.sessions(secret: …))`.")
        }
        let old = cookies.cookies(for: target(baseURL), now: .now)
            .first { $0.name.hasSameBytes(as: sessions.cookieName) }?.value
        var session = try await sessions.session(for: old)
        let result = try await edit(&session)
        try keep(try await sessions.cookie(for: session, replacing: old))
        return result
    }
}
