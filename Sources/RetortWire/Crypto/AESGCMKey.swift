// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import CCrypto

/// A 256-bit key that seals bytes with AES in Galois/Counter Mode: secret, and changed by nobody.
///
/// One key may seal 2³² messages with random nonces before two of them are likely enough to meet.
///
/// Source: NIST SP 800-38D.
public struct AESGCMKey: Sendable {
    /// The length of a key in bytes.
    public static let keySize = 32
    /// The length of a nonce in bytes.
    public static let nonceSize = 12
    /// The length in bytes of the tag that follows the sealed bytes.
    public static let tagSize = 16

    private let key: [UInt8]

    /// Creates a key.
    ///
    /// - Parameter key: 32 secret bytes, random or derived with ``HKDF``.
    /// - Throws: ``WireError`` with `cryptoFailed` when the length is another.
    public init(_ key: [UInt8]) throws {
        guard key.count == Self.keySize else {
            throw WireError.crypto("use a key of \(key.count) bytes for AES-256")
        }
        self.key = key
    }

    /// Seals bytes.
    ///
    /// - Parameters:
    ///   - plaintext: The bytes to hide.
    ///   - nonce: 12 bytes, never twice for one key; random ones from ``SecureRandom`` will do.
    ///   - context: Bytes that are not hidden and not part of the result, but have to be the same when it is opened.
    /// - Returns: As many bytes as the plaintext has, then the tag of 16 bytes.
    /// - Throws: ``WireError`` with `cryptoFailed` when the nonce has another length or memory is short.
    public func seal(_ plaintext: [UInt8], nonce: [UInt8], authenticating context: [UInt8] = []) throws -> [UInt8] {
        try run(nonce, encrypting: true) { work in
            guard let length = Int32(exactly: plaintext.count), feed(context, to: work) else {
                throw WireError.crypto("seal \(plaintext.count) bytes")
            }
            let total = plaintext.count + Self.tagSize
            return try [UInt8](unsafeUninitializedCapacity: total) { output, count in
                var written: Int32 = 0
                guard let start = output.baseAddress,
                    length == 0 || EVP_EncryptUpdate(work, start, &written, plaintext, length) == 1,
                    EVP_EncryptFinal_ex(work, start + plaintext.count, &written) == 1,
                    EVP_CIPHER_CTX_ctrl(
                        work, EVP_CTRL_AEAD_GET_TAG, Int32(Self.tagSize), start + plaintext.count) == 1
                else { throw WireError.crypto("seal \(plaintext.count) bytes") }
                count = total
            }
        }
    }

    /// Opens what ``seal(_:nonce:authenticating:)`` has made.
    ///
    /// - Parameters:
    ///   - sealed: The sealed bytes with the tag at the end.
    ///   - nonce: The nonce that they were sealed with.
    ///   - context: The context that they were sealed with.
    /// - Returns: The plaintext.
    /// - Throws: ``WireError`` with `authenticationFailed` when a byte, the nonce, the context or the key is another.
    public func open(_ sealed: [UInt8], nonce: [UInt8], authenticating context: [UInt8] = []) throws -> [UInt8] {
        let length = sealed.count - Self.tagSize
        guard length >= 0, let updateLength = Int32(exactly: length) else { throw Self.notAuthentic }
        return try run(nonce, encrypting: false) { work in
            var tag = Array(sealed.suffix(Self.tagSize))
            guard feed(context, to: work),
                EVP_CIPHER_CTX_ctrl(work, EVP_CTRL_AEAD_SET_TAG, Int32(Self.tagSize), &tag) == 1
            else { throw WireError.crypto("open \(length) bytes") }
            // One byte more than needed, so that the final call has an address even when nothing is inside.
            return try [UInt8](unsafeUninitializedCapacity: length + 1) { output, count in
                var written: Int32 = 0
                guard let start = output.baseAddress,
                    updateLength == 0 || EVP_DecryptUpdate(work, start, &written, sealed, updateLength) == 1,
                    EVP_DecryptFinal_ex(work, start + length, &written) == 1
                else { throw Self.notAuthentic }
                count = length
            }
        }
    }

    private static var notAuthentic: WireError {
        WireError(.authenticationFailed, "The sealed data was changed, or belongs to another key.")
    }

    private func run<Result>(
        _ nonce: [UInt8], encrypting: Bool, _ body: (OpaquePointer) throws -> Result
    ) throws -> Result {
        guard nonce.count == Self.nonceSize else {
            throw WireError.crypto("use a nonce of \(nonce.count) bytes for AES-GCM")
        }
        guard let cipher = Self.cipher, let work = EVP_CIPHER_CTX_new() else {
            throw WireError.crypto("provide AES-256-GCM")
        }
        defer { EVP_CIPHER_CTX_free(work) }
        guard EVP_CipherInit_ex2(work, cipher, key, nonce, encrypting ? 1 : 0, nil) == 1 else {
            throw WireError.crypto("start AES-256-GCM")
        }
        return try body(work)
    }

    private func feed(_ context: [UInt8], to work: OpaquePointer) -> Bool {
        guard !context.isEmpty else { return true }
        guard let length = Int32(exactly: context.count) else { return false }
        var written: Int32 = 0
        return EVP_CipherUpdate(work, nil, &written, context, length) == 1
    }

    // Immutable and counted by reference inside the library, so every thread may use it.
    nonisolated(unsafe) private static let cipher = EVP_CIPHER_fetch(nil, "AES-256-GCM", nil)
}
