// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Logging
public import RetortServer
public import RetortWire

/// Remembers visitors from request to request.
///
/// It is added as `.sessions(…)`.
///
/// The cookie is opened, or the store asked, when somebody looks at the session; other requests pay for neither.
public struct SessionMiddleware: CheckedMiddleware {
    /// The fewest bytes of a secret.
    static let leastSecretBytes = 16

    let backend: Result<SessionBackend, SetupError>
    let options: SessionOptions
    let clock: UnixClock

    init(_ backend: Result<SessionBackend, SetupError>, _ options: SessionOptions, _ clock: UnixClock) {
        self.backend = backend
        self.options = options
        self.clock = clock
    }

    /// Passes the request on with its session, and saves the session.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - next: The rest of the way to the handler.
    /// - Returns: The response, with a cookie where the session was changed.
    /// - Throws: An error of the store; in debug also `WireError` when the session does not fit into its cookie.
    public func handle(_ request: Request, next: Next) async throws -> Response {
        let session = Session(try backend.get(), cookieName: options.cookieName, request: request)
        var request = request
        request[SessionKey.self] = session
        var response = try await next(request)
        await session.tellListeners(request)
        do {
            try await session.save(into: &response, request, options, clock)
        } catch let error as WireError where error.code == .sessionTooLarge || error.code == .malformedSessionJSON {
            request.log.error("the session was not saved", metadata: ["reason": "\(error.message)"])
            // While the app is being written a lost session shall be noticed at once.
            if request.app.isDebug { throw error }
        }
        return response
    }

    /// Refuses secrets that are too short, and options that browsers would punish.
    ///
    /// - Parameter outer: The middlewares in front of this one.
    /// - Throws: ``SetupError``.
    public func check(behind outer: [any Middleware]) throws {
        _ = try backend.get()
        try options.check()
    }
}

extension Middleware where Self == SessionMiddleware {
    /// Sessions in a cookie, which visitors can neither read nor change.
    ///
    ///     app.use(.sessions(secret: configuration.secret))
    ///
    /// - Parameters:
    ///   - secret: A long random text that nobody else knows, as `SecretKeys.makeSecret()` makes it; 16 bytes or more.
    ///   - fallbacks: Secrets that were used before, oldest first. Sessions that they wrote are still read.
    ///   - format: How the session is written.
    ///   - options: The cookie and the lifetime.
    ///   - clock: Where the time comes from.
    /// - Returns: The middleware. A secret that is too short stops the app when it starts.
    public static func sessions(
        secret: String, fallbacks: [String] = [], format: SessionFormat = .encrypted,
        options: SessionOptions = SessionOptions(), clock: UnixClock = .system
    ) -> SessionMiddleware {
        let backend = Result { () throws(SetupError) in
            try SessionBackend.cookie(
                secret: secret, fallbacks: fallbacks, format: format, lifetime: options.lifetime, clock: clock)
        }
        return SessionMiddleware(backend, options, clock)
    }

    /// Sessions on the server.
    ///
    /// The cookie holds a random name.
    ///
    ///     app.use(.sessions(store: InMemorySessionStore()))
    ///
    /// - Parameters:
    ///   - store: Where the sessions are kept.
    ///   - options: The cookie and the lifetime.
    ///   - clock: Where the time comes from.
    /// - Returns: The middleware.
    public static func sessions(
        store: some SessionStore, options: SessionOptions = SessionOptions(), clock: UnixClock = .system
    ) -> SessionMiddleware {
        SessionMiddleware(.success(.store(store)), options, clock)
    }
}

extension SessionBackend {
    fileprivate static func cookie(
        secret: String, fallbacks: [String], format: SessionFormat, lifetime: Duration, clock: UnixClock
    ) throws(SetupError) -> SessionBackend {
        for text in [secret] + fallbacks { try SetupError.checkSecret(text, of: ".sessions(secret:)") }
        let keys = SecretKeys(secret, fallbacks: fallbacks)
        do {
            switch format {
            case .encrypted:
                return .encrypted(try EncryptedSessionCookie(keys: keys, lifetime: lifetime, clock: clock))
            case .flaskCompatible:
                return .flask(try FlaskSessionCookie(keys: keys, lifetime: lifetime, clock: clock))
            }
        } catch {
            throw SetupError("The sessions cannot be set up: \(error)")
        }
    }
}

extension SetupError {
    /// Refuses a secret that could be guessed.
    static func checkSecret(_ secret: String, of owner: String) throws(SetupError) {
        guard secret.utf8.count >= SessionMiddleware.leastSecretBytes else {
            throw SetupError(
                "A secret of \(owner) has \(secret.utf8.count) bytes, and "
                    + "\(SessionMiddleware.leastSecretBytes) are the fewest. Make one with SecretKeys.makeSecret() "
                    + "and keep it out of the source code.")
        }
    }
}

extension SecretKeys {
    /// Makes a secret that nobody can guess.
    ///
    /// - Returns: 43 letters, digits, `-` and `_`, which stand for 32 random bytes.
    /// - Throws: `WireError` with `cryptoFailed` when the system has no randomness.
    public static func makeSecret() throws -> String { try SecureRandom.token(byteCount: 32) }
}
