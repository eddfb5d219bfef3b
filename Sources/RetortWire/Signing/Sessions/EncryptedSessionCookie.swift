// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Sessions in sealed cookies: visitors can neither read nor change them.
///
/// ## Format
///
/// The cookie is `1.` and, in base64url without padding:
///
///     key id        4 bytes   tells which secret key sealed it
///     time          8 bytes   seconds since 1970, big-endian
///     nonce        12 bytes   random
///     sealed data   n bytes   tagged JSON under AES-256-GCM
///     tag          16 bytes
///
/// The label is `retort-session-1`, the length of the purpose in four bytes, and the purpose. HKDF-SHA-256 extracts a
/// key from each secret with the label as salt; expanded with `id` it gives the key id, and expanded with `key` and
/// the time the key of the cookie. So every second has a key of its own, and random nonces do not run out however
/// many cookies are written. Label, key id and time are authenticated with the data.
///
/// The JSON is not compressed: the length of compressed data tells something about what it says.
///
/// Source: RFC 5869, NIST SP 800-38D.
public struct EncryptedSessionCookie: Sendable {
    /// How old a cookie may be.
    ///
    /// The default is 31 days.
    public var lifetime: Duration
    /// The most characters that a cookie may have, read or written.
    ///
    /// The default is 4093, which all browsers keep.
    public var maximumLength = 4093
    /// How far in the future a cookie may be dated, for servers whose clocks differ.
    ///
    /// The default is one minute.
    public var leeway: Duration = .seconds(60)

    private struct Key: Sendable {
        let id: [UInt8]
        let root: HMACKey
    }

    private static let prefix = Array("1.".utf8)
    private static let idSize = 4
    private static let timeSize = 8
    private static let headSize = idSize + timeSize + AESGCMKey.nonceSize

    private let label: [UInt8]
    private let keys: [Key]
    private let clock: UnixClock

    /// Creates a reader and writer of cookies.
    ///
    /// - Parameters:
    ///   - keys: The secret keys; the newest seals, all open.
    ///   - purpose: What the cookies are for. Those of one purpose are worth nothing for another.
    ///   - lifetime: How old a cookie may be.
    ///   - clock: Where the time comes from.
    /// - Throws: ``WireError`` with `secretKeyMissing` without a key.
    public init(
        keys: SecretKeys, purpose: String = "session", lifetime: Duration = .seconds(31 * 86_400),
        clock: UnixClock = .system
    ) throws {
        let name = Array(purpose.utf8)
        let length = withUnsafeBytes(of: UInt32(truncatingIfNeeded: name.count).bigEndian) { Array($0) }
        let label = Array("retort-session-1".utf8) + length + name
        self.label = label
        self.lifetime = lifetime
        self.clock = clock
        self.keys = try keys.newestFirst().map { secret in
            let root = try HKDF.extract(from: secret, salt: label)
            return Key(id: try HKDF.expand(root, info: "id".utf8, count: Self.idSize), root: root)
        }
    }

    /// Writes a session.
    ///
    /// - Parameter session: The session; not marked as accessed by this.
    /// - Returns: The value of the cookie, of letters, digits, `-`, `_` and `.`.
    /// - Throws: ``WireError`` with `sessionTooLarge` past ``maximumLength``, `malformedSessionJSON` when the contents
    ///   nest more than 100 deep, and `cryptoFailed` when the system has no randomness.
    public func write(_ session: SessionData) throws -> String {
        let json = try session.taggedJSON()
        let length = Self.prefix.count + ((Self.headSize + json.count + AESGCMKey.tagSize) * 4 + 2) / 3
        guard length <= maximumLength else { throw WireError.sessionTooLarge(length, maximumLength) }
        guard let key = keys.first else { throw WireError.crypto("find a key") }
        let time = withUnsafeBytes(of: clock.now.bigEndian) { Array($0) }
        let nonce = try SecureRandom.bytes(AESGCMKey.nonceSize)
        let sealed = try cookieKey(key, time).seal(json, nonce: nonce, authenticating: label + key.id + time)
        let body = Base64.encodedBytes(key.id + time + nonce + sealed, alphabet: .urlSafe, padding: false)
        return String(decoding: Self.prefix + body, as: UTF8.self)
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
    /// - Throws: ``SigningError``: `badData` when it is too long or of another form, `badSignature` when it was changed
    ///   or no key fits, `signatureExpired`, or `badPayload`.
    public func readOrThrow(_ cookie: String) throws -> SessionData {
        let body = try decoded(cookie)
        let id = Array(body[..<Self.idSize])
        let time = Array(body[Self.idSize..<Self.idSize + Self.timeSize])
        let seconds = Int64(truncatingIfNeeded: time.reduce(0 as UInt64) { $0 << 8 | UInt64($1) })
        let json = try open(body, id, time)
        // Only now: before, anybody could have written the time.
        guard clock.allows(seconds, maxAge: lifetime, leeway: leeway.components.seconds) else {
            throw SigningError(.signatureExpired, "The session has expired.", unsafeTimestamp: seconds)
        }
        do {
            return try SessionData(taggedJSON: json, limit: maximumLength)
        } catch let error as WireError {
            throw SigningError(.badPayload, error.message)
        }
    }

    private func decoded(_ cookie: String) throws -> [UInt8] {
        let text = cookie.utf8
        guard text.count <= maximumLength, text.starts(with: Self.prefix),
            let body = Base64.decode(text.dropFirst(Self.prefix.count), alphabet: .urlSafe, padding: .forbidden),
            body.count >= Self.headSize + AESGCMKey.tagSize
        else { throw SigningError(.badData, "The session cookie is too long or of another form.") }
        return body
    }

    private func open(_ body: [UInt8], _ id: [UInt8], _ time: [UInt8]) throws -> [UInt8] {
        let nonce = Array(body[(Self.idSize + Self.timeSize)..<Self.headSize])
        let sealed = Array(body[Self.headSize...])
        // Two keys may have the same id by chance, so each that fits is tried.
        for key in keys where key.id == id {
            do {
                return try cookieKey(key, time).open(sealed, nonce: nonce, authenticating: label + id + time)
            } catch let error as WireError where error.code == .authenticationFailed {
                continue
            }
        }
        throw SigningError(.badSignature, "The session was changed, or sealed with a key that is not known.")
    }

    private func cookieKey(_ key: Key, _ time: [UInt8]) throws -> AESGCMKey {
        try AESGCMKey(HKDF.expand(key.root, info: Array("key".utf8) + time, count: AESGCMKey.keySize))
    }
}
