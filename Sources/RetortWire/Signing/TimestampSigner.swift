// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A signer that also signs when it did so, for values that expire.
///
/// The format is that of ItsDangerous: value, separator, the seconds since 1970 as big-endian bytes without leading
/// zeros in base64url, separator, signature of all that.
///
///     let signer = try TimestampSigner(keys: keys, salt: "password-reset")
///     let token = try signer.sign("42")
///     let user = try signer.unsign(token, maxAge: .seconds(3600))
///
/// Source: ItsDangerous 2.2, `TimestampSigner`.
public struct TimestampSigner: Sendable {
    /// The signer of value and time.
    public let signer: Signer
    /// Where the time comes from.
    public let clock: UnixClock

    /// Creates a signer.
    ///
    /// - Parameters:
    ///   - keys: The secret keys; the newest signs, all verify.
    ///   - salt: The purpose. A value that was signed for one purpose is worth nothing for another.
    ///   - options: Derivation, hash function and separator.
    ///   - clock: Where the time comes from.
    /// - Throws: ``WireError`` as ``Signer/init(keys:salt:options:)`` does.
    public init(
        keys: SecretKeys, salt: String = "itsdangerous.Signer", options: Signer.Options = Signer.Options(),
        clock: UnixClock = .system
    ) throws {
        signer = try Signer(keys: keys, salt: salt, options: options)
        self.clock = clock
    }

    /// Signs a text and the present time.
    ///
    /// - Parameter value: The text.
    /// - Returns: The text, the time and the signature.
    /// - Throws: ``WireError`` with `cryptoFailed` when memory is short.
    public func sign(_ value: String) throws -> String {
        String(decoding: try sign(bytes: Array(value.utf8)), as: UTF8.self)
    }

    /// Signs bytes and the present time.
    ///
    /// - Parameter value: The bytes.
    /// - Returns: The bytes, the time and the signature.
    /// - Throws: ``WireError`` with `cryptoFailed` when memory is short.
    public func sign(bytes value: [UInt8]) throws -> [UInt8] {
        try signer.sign(bytes: value + signer.separator + Self.encode(clock.now))
    }

    /// Takes a signed text apart.
    ///
    /// - Parameters:
    ///   - signed: What ``sign(_:)`` gave.
    ///   - maxAge: The age in whole seconds up to which it is good; nil for any.
    /// - Returns: The text that was signed.
    /// - Throws: ``SigningError``: `badData`, `badSignature`, `badTimestamp` or `signatureExpired`.
    public func unsign(_ signed: String, maxAge: Duration? = nil) throws -> String {
        String(decoding: try unsign(bytes: Array(signed.utf8), maxAge: maxAge).value, as: UTF8.self)
    }

    /// Takes signed bytes apart.
    ///
    /// - Parameters:
    ///   - signed: What ``sign(bytes:)`` gave.
    ///   - maxAge: The age in whole seconds up to which it is good; nil for any.
    /// - Returns: The bytes that were signed, and when, in seconds since 1970.
    /// - Throws: ``SigningError``: `badData`, `badSignature`, `badTimestamp` or `signatureExpired`.
    public func unsign(
        bytes signed: [UInt8], maxAge: Duration? = nil
    ) throws -> (value: [UInt8], signedAt: Int64) {
        let (value, signedAt) = try splitTime(of: try verified(signed))
        if let maxAge, !clock.allows(signedAt, maxAge: maxAge) {
            throw SigningError(
                .signatureExpired, "The signature has expired.", unsafePayload: value, unsafeTimestamp: signedAt)
        }
        return (value, signedAt)
    }

    /// Whether a text carries a good signature that is young enough.
    ///
    /// - Parameters:
    ///   - signed: What ``sign(_:)`` gave.
    ///   - maxAge: The age in whole seconds up to which it is good; nil for any.
    /// - Returns: False for everything else.
    public func isValid(_ signed: String, maxAge: Duration? = nil) -> Bool {
        (try? unsign(bytes: Array(signed.utf8), maxAge: maxAge)) != nil
    }

    /// Value and time under a good signature.
    ///
    /// An error for a bad one knows both apart, where that is possible.
    private func verified(_ signed: [UInt8]) throws -> [UInt8] {
        do {
            return try signer.unsign(bytes: signed)
        } catch var error as SigningError {
            if let payload = error.unsafePayload, let (value, time) = try? splitTime(of: payload) {
                error.unsafePayload = value
                error.unsafeTimestamp = time
            }
            throw error
        }
    }

    private func splitTime(of bytes: [UInt8]) throws -> (value: [UInt8], time: Int64) {
        guard let parts = signer.split(bytes[...]) else {
            throw SigningError(.badTimestamp, "The signed value has no time.", unsafePayload: bytes)
        }
        let value = Array(parts.value)
        guard let time = Self.decode(parts.last) else {
            throw SigningError(.badTimestamp, "The time of the signed value is malformed.", unsafePayload: value)
        }
        return (value, time)
    }

    /// The seconds as big-endian bytes without leading zeros, in base64url.
    static func encode(_ seconds: Int64) -> [UInt8] {
        let bytes = withUnsafeBytes(of: seconds.bigEndian) { Array($0.drop { $0 == 0 }) }
        return Base64.encodedBytes(bytes, alphabet: .urlSafe, padding: false)
    }

    /// The seconds, or nil for more than eight bytes and for times that no clock shows.
    static func decode(_ text: some Collection<UInt8>) -> Int64? {
        guard text.count <= 11, let bytes = Base64.decode(text, alphabet: .urlSafe, padding: .forbidden) else {
            return nil
        }
        guard bytes.count <= 8 else { return nil }
        return Int64(exactly: bytes.reduce(0 as UInt64) { $0 << 8 | UInt64($1) })
    }
}
