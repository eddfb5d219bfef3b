// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Signed JSON as plain text, such as `{"id": 5}.K1Lh…`.
public typealias Serializer = SignedSerializer<PlainPayload>
/// Signed JSON that may stand in links and cookies.
public typealias URLSafeSerializer = SignedSerializer<URLSafePayload>

/// Any `Codable` value as a signed text.
///
///     struct Invitation: Codable { var team: Int, role: String }
///     let serializer = try URLSafeSerializer(keys: keys, salt: "invitation")
///     let text = try serializer.dump(Invitation(team: 7, role: "editor"))
///     let invitation = try serializer.load(Invitation.self, from: text)
///
/// `Date` is written as an HTTP date, to the second, `UUID` in lower-case letters, and `[UInt8]` as base64.
///
/// Source: ItsDangerous 2.2, `Serializer` and `URLSafeSerializer`.
public struct SignedSerializer<Format: PayloadFormat>: Sendable {
    /// The most bytes of JSON that ``load(_:from:)`` accepts.
    ///
    /// The default is 1 MiB.
    public var jsonLimit = 1 << 20

    /// The signer that signs, then those that only verify.
    private let signers: [Signer]

    /// Creates a serializer.
    ///
    /// - Parameters:
    ///   - keys: The secret keys; the newest signs, all verify.
    ///   - salt: The purpose. A value that was signed for one purpose is worth nothing for another.
    ///   - options: Derivation, hash function and separator of new signatures.
    ///   - fallbacks: Settings of older signatures that still verify, tried in this order.
    /// - Throws: ``WireError`` as ``Signer/init(keys:salt:options:)`` does.
    public init(
        keys: SecretKeys, salt: String = "itsdangerous", options: Signer.Options = Signer.Options(),
        fallbacks: [Signer.Options] = []
    ) throws {
        signers = try ([options] + fallbacks).map { try Signer(keys: keys, salt: salt, options: $0) }
    }

    /// Writes and signs a value.
    ///
    /// - Parameter value: Any value that encodes to JSON.
    /// - Returns: The signed text.
    /// - Throws: `EncodingError` when the value has no JSON form, ``WireError`` when memory is short.
    public func dump(_ value: some Encodable) throws -> String {
        try dump(json: SerializedJSON.encode(value, Format.jsonStyle))
    }

    /// Signs JSON text as it is.
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
    /// - Returns: The value.
    /// - Throws: ``SigningError``: `badData`, `badSignature`, or `badPayload` when the signed JSON is no such value.
    public func load<Value: Decodable>(_ type: Value.Type = Value.self, from text: String) throws -> Value {
        try SerializedJSON.decode(type, try loadJSON(from: text), limit: jsonLimit)
    }

    /// Verifies a text and gives its JSON.
    ///
    /// - Parameter text: What ``dump(_:)`` gave.
    /// - Returns: UTF-8 text, not parsed.
    /// - Throws: ``SigningError``: `badData`, `badSignature` or `badPayload`.
    public func loadJSON(from text: String) throws -> [UInt8] {
        let bytes = Array(text.utf8)
        let payload = try firstSuccess(of: signers) { try $0.unsign(bytes: bytes) }
        return try Format.decode(payload, limit: jsonLimit)
    }

    /// Reads a value even under a bad signature, to look into what somebody sent.
    ///
    /// Do not act on the answer.
    ///
    /// - Parameters:
    ///   - type: The type of the value.
    ///   - text: Any text.
    /// - Returns: Whether the signature was good, and the value where it could be read at all.
    public func loadUnsafely<Value: Decodable>(
        _ type: Value.Type = Value.self, from text: String
    ) -> (isSignatureValid: Bool, value: Value?) {
        do {
            return (true, try load(type, from: text))
        } catch {
            let payload = (error as? SigningError)?.unsafePayload
            return (
                (error as? SigningError)?.isSignatureValid ?? false,
                payload.flatMap { SerializedJSON.unsafeValue(type, $0, Format.self, limit: jsonLimit) }
            )
        }
    }
}

/// The answer of the first signer that has one, or the error of the last.
///
/// An expired signature is a good one, so it ends the search.
func firstSuccess<Signer, Answer>(of signers: [Signer], _ body: (Signer) throws -> Answer) throws -> Answer {
    var last: any Error = SigningError(.badSignature, "The signature does not match the value.")
    for signer in signers {
        do {
            return try body(signer)
        } catch {
            last = error
            if (error as? SigningError)?.code == .signatureExpired { break }
        }
    }
    throw last
}
