// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Derivation of keys for many purposes from one secret.
///
/// It is for secrets that cannot be guessed. A password needs ``PasswordHasher``, which is slow on purpose.
///
/// Source: RFC 5869.
public enum HKDF {
    /// A key for one purpose.
    ///
    /// - Parameters:
    ///   - secret: The secret bytes, 16 or better 32 random ones.
    ///   - salt: Bytes that need not be secret, or none.
    ///   - info: The name of the purpose. Fields of changing length in it need their lengths in front.
    ///   - count: The length of the key in bytes, at most 255 digests.
    ///   - hash: The hash function.
    /// - Returns: `count` bytes.
    /// - Throws: ``WireError`` with `cryptoFailed` when the count is out of range.
    public static func deriveKey(
        from secret: some Collection<UInt8>, salt: some Collection<UInt8> = [UInt8](),
        info: some Collection<UInt8>, count: Int, hash: HashFunction = .sha256
    ) throws -> [UInt8] {
        try expand(extract(from: secret, salt: salt, hash: hash), info: info, count: count)
    }

    /// The first step: turns a secret into a key that ``expand(_:info:count:)`` can use many times.
    ///
    /// - Parameters:
    ///   - secret: The secret bytes.
    ///   - salt: Bytes that need not be secret, or none.
    ///   - hash: The hash function.
    /// - Returns: The pseudorandom key.
    /// - Throws: ``WireError`` with `cryptoFailed` when the hash function is switched off.
    public static func extract(
        from secret: some Collection<UInt8>, salt: some Collection<UInt8> = [UInt8](),
        hash: HashFunction = .sha256
    ) throws -> HMACKey {
        // HMAC pads a short key with zeros, so no salt is the same as the salt of zeros that the RFC asks for.
        try HMACKey(HMACKey(salt, hash: hash).authenticationCode(for: secret), hash: hash)
    }

    /// The second step: a key for one purpose.
    ///
    /// - Parameters:
    ///   - key: What ``extract(from:salt:hash:)`` gave.
    ///   - info: The name of the purpose. Fields of changing length in it need their lengths in front.
    ///   - count: The length of the key in bytes, at most 255 digests.
    /// - Returns: `count` bytes.
    /// - Throws: ``WireError`` with `cryptoFailed` when the count is out of range.
    public static func expand(_ key: HMACKey, info: some Collection<UInt8>, count: Int) throws -> [UInt8] {
        guard count >= 0, count <= 255 * key.hash.digestSize else {
            throw WireError.crypto("derive a key of \(count) bytes")
        }
        var output: [UInt8] = []
        var block: [UInt8] = []
        var number: UInt8 = 1
        while output.count < count {
            block = try key.authenticationCode(for: block + info + [number])
            output += block
            number &+= 1
        }
        return Array(output.prefix(count))
    }
}
