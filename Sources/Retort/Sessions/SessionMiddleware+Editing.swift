// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

package import RetortWire

/// Sessions outside of requests, as tests edit them.
extension SessionMiddleware: SessionEditing {
    /// The name of the cookie.
    package var cookieName: String { options.cookieName }

    /// Reads the session that a cookie stands for.
    ///
    /// - Parameter cookie: The value of the cookie; nil when the visitor has none.
    /// - Returns: The session; a new one when the cookie is missing or stands for none.
    /// - Throws: What the store throws.
    package func session(for cookie: String?) async throws -> SessionData {
        guard let cookie else { return SessionData() }
        guard case .store(let store) = try backend.get() else { return try backend.get().read(cookie) ?? SessionData() }
        guard let id = SessionID(cookie) else { return SessionData() }
        return try await store.load(id) ?? SessionData()
    }

    /// Writes a session back.
    ///
    /// - Parameters:
    ///   - session: The session.
    ///   - cookie: The value of the cookie that it was read with.
    /// - Returns: The cookie to keep, which deletes itself when the session is empty.
    /// - Throws: What the store throws.
    package func cookie(for session: SessionData, replacing cookie: String?) async throws -> SetCookie {
        let isSecure = options.security == .always
        let old = cookie.flatMap { SessionID($0) }
        guard !session.members.isEmpty else {
            if case .store(let store) = try backend.get(), let old { try await store.delete(old) }
            return options.deletion(isSecure: isSecure)
        }
        let value: String
        switch try backend.get() {
        case .encrypted(let format): value = try format.write(session)
        case .flask(let format): value = try format.write(session)
        case .store(let store):
            let id = try old ?? SessionID.random()
            try await store.save(session, id: id, lifetime: options.lifetime, isNew: true)
            value = id.text
        }
        return options.cookie(value, isPermanent: session.isPermanent, isSecure: isSecure, now: clock.now)
    }
}
