// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Sessions in signed cookies, byte for byte those of Flask.
///
/// An application in Flask and one in Swift that share a secret key share their visitors' sessions, which lets a site
/// move over route by route. The contents are signed but not hidden: everybody can read their own cookie. New
/// applications use ``EncryptedSessionCookie``.
///
/// The format is an ``URLSafeTimedSerializer`` of tagged JSON with the salt `cookie-session`, keys derived by HMAC,
/// and SHA-1 inside.
///
/// Source: Flask 3.1, `SecureCookieSessionInterface`.
public struct FlaskSessionCookie: Sendable {
    /// How old a cookie may be.
    ///
    /// The default is 31 days, as Flask's `PERMANENT_SESSION_LIFETIME`.
    public var lifetime: Duration
    /// The most characters that a cookie may have, read or written.
    ///
    /// The default is 4093, which all browsers keep.
    public var maximumLength = 4093
    /// The most bytes of JSON that a compressed cookie may inflate to.
    ///
    /// The default is 64 KiB.
    public var inflatedLimit = 64 * 1024

    private let signer: TimestampSigner

    /// Creates a reader and writer of cookies.
    ///
    /// - Parameters:
    ///   - keys: Flask's `SECRET_KEY_FALLBACKS`, then its `SECRET_KEY`.
    ///   - lifetime: How old a cookie may be.
    ///   - salt: The salt of the signature.
    ///   - hash: The hash function of the signature.
    ///   - clock: Where the time comes from.
    /// - Throws: ``WireError`` with `secretKeyMissing` without a key and `cryptoFailed` when SHA-1 is switched off.
    public init(
        keys: SecretKeys, lifetime: Duration = .seconds(31 * 86_400), salt: String = "cookie-session",
        hash: HashFunction = .sha1, clock: UnixClock = .system
    ) throws {
        self.lifetime = lifetime
        signer = try TimestampSigner(
            keys: keys, salt: salt, options: Signer.Options(keyDerivation: .hmac, hash: hash), clock: clock)
    }

    /// Writes a session.
    ///
    /// - Parameter session: The session; not marked as accessed by this.
    /// - Returns: The value of the cookie, of letters, digits, `-`, `_` and `.`.
    /// - Throws: ``WireError`` with `sessionTooLarge` past ``maximumLength``, and `malformedSessionJSON` when the
    ///   contents nest more than 100 deep.
    public func write(_ session: SessionData) throws -> String {
        let json = try session.taggedJSON()
        let cookie = try signer.sign(bytes: URLSafePayload.encode(json))
        guard cookie.count <= maximumLength else { throw WireError.sessionTooLarge(cookie.count, maximumLength) }
        return String(decoding: cookie, as: UTF8.self)
    }

    /// Reads a session.
    ///
    /// - Parameter cookie: The value of the cookie, if the request had one.
    /// - Returns: The session; a new and empty one when the cookie is missing, forged, too old or damaged.
    public func read(_ cookie: String?) -> SessionData {
        guard let cookie, let session = try? readOrThrow(cookie) else { return SessionData() }
        return session
    }

    /// Reads a session, with a reason when that fails, for logs and tests.
    ///
    /// - Parameter cookie: The value of the cookie.
    /// - Returns: The session.
    /// - Throws: ``SigningError`` as ``TimedSignedSerializer/load(_:from:maxAge:)`` does.
    public func readOrThrow(_ cookie: String) throws -> SessionData {
        guard cookie.utf8.count <= maximumLength else {
            throw SigningError(.badData, "The session cookie is too long.")
        }
        let payload = try signer.unsign(bytes: Array(cookie.utf8), maxAge: lifetime).value
        do {
            let json = try URLSafePayload.decode(payload, limit: inflatedLimit)
            return try SessionData(taggedJSON: json, limit: inflatedLimit)
        } catch let error as WireError {
            throw SigningError(.badPayload, error.message)
        }
    }
}

extension WireError.Code {
    /// A session does not fit into a cookie.
    public static let sessionTooLarge = WireError.Code("session-too-large")
}

extension WireError {
    static func sessionTooLarge(_ count: Int, _ limit: Int) -> WireError {
        WireError(
            .sessionTooLarge,
            "The session cookie would have \(count) characters, and \(limit) are allowed. Keep large values elsewhere.",
            status: 500)
    }
}
