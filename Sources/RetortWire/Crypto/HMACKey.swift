// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import CCrypto

/// A key that authenticates messages with HMAC.
///
/// The two blocks that depend on the key alone are hashed once, when the key is made, so that a short message costs
/// about a microsecond. Keep the value and use it from any thread.
///
/// Source: RFC 2104.
public final class HMACKey: Sendable {
    /// The hash function inside.
    public let hash: HashFunction

    // Both are only ever copied from after `init`, and copying reads: no lock is needed.
    nonisolated(unsafe) private let inner: OpaquePointer
    nonisolated(unsafe) private let outer: OpaquePointer

    /// Creates a key.
    ///
    /// - Parameters:
    ///   - key: The secret bytes; one that is longer than a block of the hash function is hashed first.
    ///   - hash: The hash function.
    /// - Throws: ``WireError`` with `cryptoFailed` when the function is switched off or memory is short.
    public init(_ key: some Collection<UInt8>, hash: HashFunction = .sha256) throws {
        self.hash = hash
        var block = key.count > hash.blockSize ? try hash.digest(of: key) : Array(key)
        block.append(contentsOf: repeatElement(0, count: hash.blockSize - block.count))
        let method = try hash.implementation()
        inner = try Self.context(method, block.map { $0 ^ 0x36 })
        do {
            outer = try Self.context(method, block.map { $0 ^ 0x5C })
        } catch {
            EVP_MD_CTX_free(inner)
            throw error
        }
        block.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
    }

    deinit {
        EVP_MD_CTX_free(inner)
        EVP_MD_CTX_free(outer)
    }

    /// The authentication code of a message.
    ///
    /// - Parameter message: The bytes to authenticate, of any length.
    /// - Returns: As many bytes as the hash function's digest has.
    /// - Throws: ``WireError`` with `cryptoFailed` when memory is short.
    public func authenticationCode(for message: some Collection<UInt8>) throws -> [UInt8] {
        try message.withContiguousBytes { try code($0) }
    }

    /// Whether a code is that of a message, found in a time that does not depend on where they differ.
    ///
    /// - Parameters:
    ///   - code: The code that came with the message.
    ///   - message: The bytes it is said to authenticate.
    /// - Returns: False also when the length of the code is wrong.
    /// - Throws: ``WireError`` with `cryptoFailed` when memory is short.
    public func isValid(
        _ code: some Collection<UInt8>, for message: some Collection<UInt8>
    ) throws -> Bool {
        ConstantTime.areEqual(code, try authenticationCode(for: message))
    }

    private func code(_ message: UnsafeBufferPointer<UInt8>) throws -> [UInt8] {
        let size = hash.digestSize
        guard let work = EVP_MD_CTX_new() else { throw WireError.crypto("allocate memory") }
        defer { EVP_MD_CTX_free(work) }
        return try [UInt8](unsafeUninitializedCapacity: size) { output, count in
            guard EVP_MD_CTX_copy_ex(work, inner) == 1,
                EVP_DigestUpdate(work, message.baseAddress, message.count) == 1,
                EVP_DigestFinal_ex(work, output.baseAddress, nil) == 1,
                EVP_MD_CTX_copy_ex(work, outer) == 1,
                EVP_DigestUpdate(work, output.baseAddress, size) == 1,
                EVP_DigestFinal_ex(work, output.baseAddress, nil) == 1
            else { throw WireError.crypto("compute an HMAC") }
            count = size
        }
    }

    private static func context(_ method: OpaquePointer, _ block: [UInt8]) throws -> OpaquePointer {
        guard let context = EVP_MD_CTX_new() else { throw WireError.crypto("allocate memory") }
        guard EVP_DigestInit_ex2(context, method, nil) == 1, EVP_DigestUpdate(context, block, block.count) == 1 else {
            EVP_MD_CTX_free(context)
            throw WireError.crypto("start an HMAC")
        }
        return context
    }
}
