// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import CCrypto

/// A cryptographic hash function of the SHA family.
///
/// SHA-1 is here because formats of the field use it inside HMAC, where its collisions do no harm. Choose SHA-256 for
/// anything new.
///
/// Source: FIPS 180-4.
public enum HashFunction: String, CaseIterable, Hashable, Sendable {
    /// 20 bytes.
    case sha1
    /// 32 bytes.
    case sha256
    /// 48 bytes.
    case sha384
    /// 64 bytes.
    case sha512

    /// The length of a digest in bytes.
    public var digestSize: Int {
        switch self {
        case .sha1: 20
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    /// The length in bytes of the block that the function works on, which HMAC pads its key to.
    var blockSize: Int {
        switch self {
        case .sha1, .sha256: 64
        case .sha384, .sha512: 128
        }
    }

    /// The digest of some bytes.
    ///
    /// - Parameter bytes: The bytes to hash, of any length.
    /// - Returns: ``digestSize`` bytes.
    /// - Throws: ``WireError`` with `cryptoFailed` when the system's policy has switched the function off.
    public func digest(of bytes: some Collection<UInt8>) throws -> [UInt8] {
        let method = try implementation()
        let size = digestSize
        return try bytes.withContiguousBytes { input in
            try [UInt8](unsafeUninitializedCapacity: size) { output, count in
                guard EVP_Digest(input.baseAddress, input.count, output.baseAddress, nil, method, nil) == 1 else {
                    throw WireError.crypto("compute \(rawValue)")
                }
                count = size
            }
        }
    }

    /// The library's implementation, looked up once for the process.
    func implementation() throws -> OpaquePointer {
        let found =
            switch self {
            case .sha1: Implementations.sha1
            case .sha256: Implementations.sha256
            case .sha384: Implementations.sha384
            case .sha512: Implementations.sha512
            }
        guard let found else { throw WireError.crypto("provide \(rawValue)") }
        return found
    }
}

/// The implementations, fetched when first used and kept: a look-up by name costs more than a short digest.
///
/// They are immutable and counted by reference inside the library, so every thread may use them.
private enum Implementations {
    nonisolated(unsafe) static let sha1 = EVP_MD_fetch(nil, "SHA1", nil)
    nonisolated(unsafe) static let sha256 = EVP_MD_fetch(nil, "SHA256", nil)
    nonisolated(unsafe) static let sha384 = EVP_MD_fetch(nil, "SHA384", nil)
    nonisolated(unsafe) static let sha512 = EVP_MD_fetch(nil, "SHA512", nil)
}
