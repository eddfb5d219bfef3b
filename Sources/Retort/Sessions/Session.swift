// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import RetortServer
public import RetortWire
import Synchronization

/// What is remembered about one visitor from request to request.
///
///     app.use(.sessions(secret: secret))
///     app.post("/cart/{item}") { (session: Session, item: Int) in
///         session["cart"] = (session["cart", as: [Int].self] ?? []) + [item]
///         return "There are \(session["cart", as: [Int].self]?.count ?? 0) things in your cart."
///     }
///
/// All holders of one request's session see the same contents. They are saved once the handler has returned, so what
/// is changed while a body is being streamed is lost, which the log says.
public final class Session: Sendable {
    /// The contents, and what has happened to them.
    struct State {
        var data = SessionData()
        var isLoaded = false

        /// The name of a session that is kept on the server.
        var id: SessionID?

        /// Whether the session gets another name when it is saved.
        var isRegenerated = false

        /// Whether the answer is already on its way.
        var isSaved = false

        /// The messages that this request has taken out, by which they can be asked for again.
        var takenFlashes: [FlashMessage]?

        /// The messages that this request has put in, of which the listeners are told.
        var newFlashes: [FlashMessage] = []
    }

    let state = Mutex(State())
    let backend: SessionBackend
    let cookieName: String
    private let server: ServerRequest
    private let app: AppContext

    init(_ backend: SessionBackend, cookieName: String, request: Request) {
        self.backend = backend
        self.cookieName = cookieName
        server = request.server
        app = request.app
    }

    /// Looks at or changes the contents in one step, which no other holder can interrupt.
    ///
    /// - Parameter body: What to do with the contents. It must not use the session itself.
    /// - Returns: What the function returns.
    /// - Throws: What the function throws.
    public func update<Result: Sendable>(_ body: (inout SessionData) throws -> Result) rethrows -> Result {
        try withState { try body(&$0.data) }
    }

    /// The same with everything else that is known about the session.
    func withState<Result: Sendable>(_ body: (inout State) throws -> Result) rethrows -> Result {
        let (result, isLost) = try state.withLock { state in
            if !state.isLoaded {
                state.isLoaded = true
                state.data = cookies.lazy.compactMap { self.backend.read($0) }.first ?? SessionData()
            }
            guard state.isSaved else { return (try body(&state), false) }
            state.data.isModified = false
            return (try body(&state), state.data.isModified)
        }
        if isLost {
            app.log.warning("a session was changed after it had been saved: do it before the handler returns")
        }
        return result
    }

    /// The values of the cookie.
    ///
    /// There are several when they were set for several paths or domains.
    var cookies: [String] { server.cookies.all(cookieName) }

    /// Reads a session that is kept on the server.
    ///
    /// Those in cookies are read when somebody looks at them.
    func load() async throws {
        guard case .store(let store) = backend, !state.withLock({ $0.isLoaded }) else { return }
        let id = cookies.lazy.compactMap { SessionID($0) }.first
        // A name that the store does not know is not taken over: a visitor may have been given it by an attacker.
        guard let id, let data = try await store.load(id) else {
            state.withLock { $0.isLoaded = true }
            return
        }
        state.withLock { state in
            state.isLoaded = true
            state.data = data
            state.id = id
        }
    }
}

/// Where the contents of sessions are.
enum SessionBackend: Sendable {
    case encrypted(EncryptedSessionCookie)
    case flask(FlaskSessionCookie)
    case store(any SessionStore)

    /// The session in a cookie, or nil when there is none that could be believed.
    func read(_ cookie: String) -> SessionData? {
        switch self {
        case .encrypted(let format): try? format.readOrThrow(cookie)
        case .flask(let format): try? format.readOrThrow(cookie)
        case .store: nil
        }
    }
}
