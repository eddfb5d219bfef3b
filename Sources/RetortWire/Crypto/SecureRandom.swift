// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import CCrypto

/// Random bytes and texts that nobody can guess.
public enum SecureRandom {
    /// Random bytes.
    ///
    /// - Parameter count: How many, 0 or more. 16 cannot be guessed; 32 leave a margin.
    /// - Returns: That many bytes.
    /// - Throws: ``WireError`` with `cryptoFailed` when the count is negative or the system has no randomness.
    public static func bytes(_ count: Int) throws -> [UInt8] {
        guard count >= 0, let length = Int32(exactly: count) else {
            throw WireError.crypto("make \(count) random bytes")
        }
        return try [UInt8](unsafeUninitializedCapacity: count) { output, filled in
            guard length == 0 || RAND_bytes(output.baseAddress, length) == 1 else {
                throw WireError.crypto("make random bytes")
            }
            filled = count
        }
    }

    /// A random text of letters, digits, `-` and `_`, which may stand in URLs, cookies and headers.
    ///
    /// - Parameter byteCount: The random bytes in it, 0 or more; the text is a third longer.
    /// - Returns: base64url without padding: 43 characters for 32 bytes.
    /// - Throws: ``WireError`` with `cryptoFailed` when the system has no randomness.
    public static func token(byteCount: Int = 32) throws -> String {
        Base64.encode(try bytes(byteCount), alphabet: .urlSafe, padding: false)
    }

    /// A random text of letters and digits.
    ///
    /// - Parameter length: The characters, 0 or more; each is worth 5.95 bits.
    /// - Returns: ASCII letters and digits, all equally likely.
    /// - Throws: ``WireError`` with `cryptoFailed` when the system has no randomness.
    public static func alphanumeric(_ length: Int) throws -> String {
        let characters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)
        var text: [UInt8] = []
        while text.count < length {
            // Bytes of 248 and more are thrown away: 248 is the last multiple of 62, and a remainder would favour `a`.
            for byte in try bytes(length - text.count) where byte < 248 {
                text.append(characters[Int(byte) % characters.count])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
