// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Signed and dated JSON as plain text.
public typealias TimedSerializer = TimedSignedSerializer<PlainPayload>
/// Signed and dated JSON that may stand in links and cookies.
public typealias URLSafeTimedSerializer = TimedSignedSerializer<URLSafePayload>

/// Any `Codable` value as a signed text that expires.
///
///     let serializer = try URLSafeTimedSerializer(keys: keys, salt: "password-reset")
///     let text = try serializer.dump(["user": 42])
///     let reset = try serializer.load([String: Int].self, from: text, maxAge: .seconds(3600))
///
/// Source: ItsDangerous 2.2, `TimedSerializer` and `URLSafeTimedSerializer`.
public struct TimedSignedSerializer<Format: PayloadFormat>: Sendable {
    /// The most bytes of JSON that ``load(_:from:maxAge:)`` accepts.
    ///
    /// The default is 1 MiB.
    public var jsonLimit = 1 << 20

    /// The signer that signs, then those that only verify.
    private let signers: [TimestampSigner]

    /// Creates a serializer.
    ///
    /// - Parameters:
    ///   - keys: The secret keys; the newest signs, all verify.
    ///   - salt: The purpose. A value that was signed for one purpose is worth nothing for another.
    ///   - options: Derivation, hash function and separator of new signatures.
    ///   - fallbacks: Settings of older signatures that still verify, tried in this order.
    ///   - clock: Where the time comes from.
    /// - Throws: ``WireError`` as ``Signer/init(keys:salt:options:)`` does.
    public init(
        keys: SecretKeys, salt: String = "itsdangerous", options: Signer.Options = Signer.Options(),
        fallbacks: [Signer.Options] = [], clock: UnixClock = .system
    ) throws {
        signers = try ([options] + fallbacks).map {
            try TimestampSigner(keys: keys, salt: salt, options: $0, clock: clock)
        }
    }

    /// Writes and signs a value and the present time.
    ///
    /// - Parameter value: Any value that encodes to JSON.
    /// - Returns: The signed text.
    /// - Throws: `EncodingError` when the value has no JSON form, ``WireError`` when memory is short.
    public func dump(_ value: some Encodable) throws -> String {
        try dump(json: SerializedJSON.encode(value, Format.jsonStyle))
    }

    /// Signs JSON text as it is, and the present time.
    ///
    /// - Parameter json: UTF-8 text, which is not checked.
    /// - Returns: The signed text.
    /// - Throws: ``WireError`` when memory is short.
    public func dump(json: [UInt8]) throws -> String {
        guard let signer = signers.first else { return "" }
        return String(decoding: try signer.sign(bytes: Format.encode(json)), as: UTF8.self)
    }

    /// Verifies and reads a value.
    ///
    /// - Parameters:
    ///   - type: The type of the value.
    ///   - text: What ``dump(_:)`` gave.
    ///   - maxAge: The age in whole seconds up to which it is good; nil for any.
    /// - Returns: The value.
    /// - Throws: ``SigningError``: `badData`, `badSignature`, `badTimestamp`, `signatureExpired`, or `badPayload` when
    ///   the signed JSON is no such value.
    public func load<Value: Decodable>(
        _ type: Value.Type = Value.self, from text: String, maxAge: Duration? = nil
    ) throws -> Value {
        try SerializedJSON.decode(type, try loadJSON(from: text, maxAge: maxAge).json, limit: jsonLimit)
    }

    /// Verifies a text and gives its JSON.
    ///
    /// - Parameters:
    ///   - text: What ``dump(_:)`` gave.
    ///   - maxAge: The age in whole seconds up to which it is good; nil for any.
    /// - Returns: UTF-8 text, not parsed, and when it was signed, in seconds since 1970.
    /// - Throws: ``SigningError``: `badData`, `badSignature`, `badTimestamp`, `signatureExpired` or `badPayload`.
    public func loadJSON(from text: String, maxAge: Duration? = nil) throws -> (json: [UInt8], signedAt: Int64) {
        let bytes = Array(text.utf8)
        let found = try firstSuccess(of: signers) { try $0.unsign(bytes: bytes, maxAge: maxAge) }
        return (try Format.decode(found.value, limit: jsonLimit), found.signedAt)
    }

    /// Reads a value even under a bad or old signature, to look into what somebody sent.
    ///
    /// Do not act on the answer.
    ///
    /// - Parameters:
    ///   - type: The type of the value.
    ///   - text: Any text.
    ///   - maxAge: The age in whole seconds up to which it is good; nil for any.
    /// - Returns: Whether the text was good in every respect, and the value where it could be read at all.
    public func loadUnsafely<Value: Decodable>(
        _ type: Value.Type = Value.self, from text: String, maxAge: Duration? = nil
    ) -> (isAccepted: Bool, value: Value?) {
        do {
            return (true, try load(type, from: text, maxAge: maxAge))
        } catch {
            let payload = (error as? SigningError)?.unsafePayload
            return (false, payload.flatMap { SerializedJSON.unsafeValue(type, $0, Format.self, limit: jsonLimit) })
        }
    }
}
