// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A signer of texts: it appends a signature, and takes back only what it signed itself.
///
/// The value stays readable. The format is that of ItsDangerous: value, separator, and an HMAC in base64url without
/// padding. Keys are derived once, when the signer is made; keep it.
///
///     let signer = try Signer(keys: "a long random text", salt: "newsletter")
///     let link = try signer.sign("ada@example.org")
///     let address = try signer.unsign(link)
///
/// Source: ItsDangerous 2.2, `Signer`.
public struct Signer: Sendable {
    /// How a signing key is made of a secret key and a salt.
    public enum KeyDerivation: String, CaseIterable, Hashable, Sendable {
        /// The hash of salt, the word `signer` and key.
        case djangoConcat = "django-concat"
        /// The hash of salt and key.
        case concat
        /// The HMAC of the salt under the key: the best of the four.
        case hmac
        /// The secret key itself; the salt is not used.
        case none
    }

    /// The settings that both sides have to agree on.
    public struct Options: Hashable, Sendable {
        /// How signing keys are made.
        public var keyDerivation: KeyDerivation
        /// The hash function of the derivation and of the signature.
        public var hash: HashFunction
        /// The text between value and signature: at least one character must not occur in signatures.
        public var separator: String

        /// Creates settings; the defaults are those of ItsDangerous.
        ///
        /// - Parameters:
        ///   - keyDerivation: How signing keys are made.
        ///   - hash: The hash function of the derivation and of the signature.
        ///   - separator: The text between value and signature.
        public init(
            keyDerivation: KeyDerivation = .djangoConcat, hash: HashFunction = .sha1, separator: String = "."
        ) {
            self.keyDerivation = keyDerivation
            self.hash = hash
            self.separator = separator
        }
    }

    /// The settings.
    public let options: Options

    /// The signing keys, newest first; there is at least one.
    private let keys: [HMACKey]
    let separator: [UInt8]

    /// Creates a signer.
    ///
    /// - Parameters:
    ///   - keys: The secret keys; the newest signs, all verify.
    ///   - salt: The purpose. A value that was signed for one purpose is worth nothing for another.
    ///   - options: Derivation, hash function and separator.
    /// - Throws: ``WireError`` with `secretKeyMissing` without a key, `invalidSeparator` when the separator
    ///   may occur in a signature, and `cryptoFailed` when the hash function is switched off.
    public init(keys: SecretKeys, salt: String = "itsdangerous.Signer", options: Options = Options()) throws {
        separator = Array(options.separator.utf8)
        // One byte that no signature has is enough: the last separator is then the one before the signature.
        guard separator.contains(where: { !Self.isSignatureByte($0) }) else {
            throw WireError(
                .invalidSeparator, "A separator needs a character other than letters, digits, '-', '_' and '='.",
                status: 500)
        }
        self.options = options
        self.keys = try keys.newestFirst().map { secret in
            try HMACKey(Self.derive(secret, Array(salt.utf8), options), hash: options.hash)
        }
    }

    /// Signs a text.
    ///
    /// - Parameter value: The text, which may contain the separator.
    /// - Returns: The text, the separator and the signature.
    /// - Throws: ``WireError`` with `cryptoFailed` when memory is short.
    public func sign(_ value: String) throws -> String {
        String(decoding: try sign(bytes: Array(value.utf8)), as: UTF8.self)
    }

    /// Signs bytes.
    ///
    /// - Parameter value: The bytes.
    /// - Returns: The bytes, the separator and the signature.
    /// - Throws: ``WireError`` with `cryptoFailed` when memory is short.
    public func sign(bytes value: [UInt8]) throws -> [UInt8] {
        try value + separator + Base64.encodedBytes(signature(of: value), alphabet: .urlSafe, padding: false)
    }

    /// The signature of bytes under the newest key, not yet in base64.
    ///
    /// - Parameter value: The bytes.
    /// - Returns: As many bytes as the hash function's digest has.
    /// - Throws: ``WireError`` with `cryptoFailed` when memory is short.
    public func signature(of value: [UInt8]) throws -> [UInt8] {
        guard let newest = keys.first else { return [] }
        return try newest.authenticationCode(for: value)
    }

    /// Takes a signed text apart.
    ///
    /// - Parameter signed: What ``sign(_:)`` gave.
    /// - Returns: The text that was signed.
    /// - Throws: ``SigningError`` with `badData` when there is no signature and `badSignature` when it is wrong.
    public func unsign(_ signed: String) throws -> String {
        // A text cut before a separator, which is a text too, is always valid.
        String(decoding: try unsign(bytes: Array(signed.utf8)), as: UTF8.self)
    }

    /// Takes signed bytes apart.
    ///
    /// - Parameter signed: What ``sign(bytes:)`` gave.
    /// - Returns: The bytes that were signed.
    /// - Throws: ``SigningError`` with `badData` when there is no signature and `badSignature` when it is wrong.
    public func unsign(bytes signed: [UInt8]) throws -> [UInt8] {
        guard let parts = split(signed[...]) else {
            throw SigningError(.badData, "The signed value has no signature.")
        }
        let value = Array(parts.value)
        guard
            let signature = Base64.decode(parts.last, alphabet: .urlSafe, padding: .forbidden),
            // Newest first, as most values are young.
            try keys.contains(where: { try $0.isValid(signature, for: value) })
        else {
            throw SigningError(.badSignature, "The signature does not match the value.", unsafePayload: value)
        }
        return value
    }

    /// Whether a text carries a good signature.
    ///
    /// - Parameter signed: What ``sign(_:)`` gave.
    /// - Returns: False for everything else.
    public func isValid(_ signed: String) -> Bool { (try? unsign(bytes: Array(signed.utf8))) != nil }

    /// Splits at the last separator.
    func split(_ bytes: ArraySlice<UInt8>) -> (value: ArraySlice<UInt8>, last: ArraySlice<UInt8>)? {
        var start = bytes.endIndex - separator.count
        while start >= bytes.startIndex {
            if bytes[start..<start + separator.count].elementsEqual(separator) {
                return (bytes[..<start], bytes[(start + separator.count)...])
            }
            start -= 1
        }
        return nil
    }

    private static func derive(_ secret: [UInt8], _ salt: [UInt8], _ options: Options) throws -> [UInt8] {
        switch options.keyDerivation {
        case .djangoConcat: try options.hash.digest(of: salt + Array("signer".utf8) + secret)
        case .concat: try options.hash.digest(of: salt + secret)
        case .hmac: try HMACKey(secret, hash: options.hash).authenticationCode(for: salt)
        case .none: secret
        }
    }

    private static func isSignatureByte(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "=")
    }
}

extension WireError.Code {
    /// A separator could be taken for a part of the signature.
    public static let invalidSeparator = WireError.Code("invalid-separator")
}
