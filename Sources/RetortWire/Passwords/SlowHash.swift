// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import CCrypto

/// The slow functions of the cryptographic library.
///
/// Their costs were checked before.
enum SlowHash {
    /// As many bytes as a digest has.
    static func pbkdf2(
        _ password: [UInt8], _ salt: [UInt8], _ hash: HashFunction, _ iterations: Int
    ) throws -> [UInt8] {
        let method = try hash.implementation()
        guard let rounds = Int32(exactly: iterations) else { throw WireError.crypto("count the rounds of PBKDF2") }
        return try fill(hash.digestSize, "compute PBKDF2") { output in
            password.withUnsafeBytes { password in
                PKCS5_PBKDF2_HMAC(
                    password.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: password.count), salt,
                    Int32(clamping: salt.count), rounds, method, Int32(hash.digestSize),
                    output)
            }
        }
    }

    /// 64 bytes, as everybody stores.
    static func scrypt(
        _ password: [UInt8], _ salt: [UInt8], _ cost: Int, _ blockSize: Int, _ parallelism: Int
    ) throws -> [UInt8] {
        // What the algorithm itself uses, and a little for the library.
        let memory = 128 * UInt64(blockSize) * (UInt64(cost) + UInt64(parallelism) + 4)
        return try fill(64, "compute scrypt") { output in
            password.withUnsafeBytes { password in
                EVP_PBE_scrypt(
                    password.baseAddress?.assumingMemoryBound(to: CChar.self), password.count, salt, salt.count,
                    UInt64(cost), UInt64(blockSize), UInt64(parallelism), memory, output, 64)
            }
        }
    }

    private static func fill(
        _ count: Int, _ what: String, _ body: (UnsafeMutablePointer<UInt8>) -> Int32
    ) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { output, filled in
            guard let start = output.baseAddress, body(start) == 1 else { throw WireError.crypto(what) }
            filled = count
        }
    }
}
