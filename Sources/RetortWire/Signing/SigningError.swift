// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The refusal of a signed value.
///
/// The code says why, and how far the value may be believed: only after `signatureExpired`, `badTimestamp` and
/// `badPayload` was the signature a good one.
public struct SigningError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Why a signed value was refused.
    public enum Code: String, Hashable, Sendable {
        /// The text has not the form of a signed value.
        case badData = "bad-data"
        /// The signature is that of another key, salt or value.
        case badSignature = "bad-signature"
        /// The signature is good, but the time behind it is missing or malformed.
        case badTimestamp = "bad-timestamp"
        /// The signature is good, but too old, or made in the future.
        case signatureExpired = "signature-expired"
        /// The signature is good, but what it covers cannot be decoded.
        case badPayload = "bad-payload"
    }

    /// Why the value was refused.
    public var code: Code

    /// One sentence that is safe to send to the client.
    public var message: String

    /// The bytes in front of the signature and time, if there were any.
    ///
    /// Do not act on them: anybody may have written them, unless ``isSignatureValid``.
    public var unsafePayload: [UInt8]?

    /// The time in the value in seconds since 1970, if there was one.
    ///
    /// As unsafe as the payload.
    public var unsafeTimestamp: Int64?

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: Why the value was refused.
    ///   - message: One sentence that is safe to send to the client.
    ///   - unsafePayload: The bytes in front of the signature and time.
    ///   - unsafeTimestamp: The time in the value in seconds since 1970.
    public init(
        _ code: Code, _ message: String, unsafePayload: [UInt8]? = nil, unsafeTimestamp: Int64? = nil
    ) {
        self.code = code
        self.message = message
        self.unsafePayload = unsafePayload
        self.unsafeTimestamp = unsafeTimestamp
    }

    /// Whether the signature itself was good, so that the payload is the one that was signed.
    public var isSignatureValid: Bool { code != .badData && code != .badSignature }

    /// The same refusal as every parser of this library reports it, without the payload.
    public var wireError: WireError { WireError(WireError.Code(code.rawValue), message) }

    /// The code, then the sentence.
    public var description: String { "\(code.rawValue): \(message)" }
}
