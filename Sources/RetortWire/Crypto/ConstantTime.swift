// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import CCrypto

/// Comparison of secrets that does not tell by its duration where they differ.
public enum ConstantTime {
    /// Whether two secrets have the same bytes.
    ///
    /// The time depends on the lengths alone, which are not secret.
    ///
    /// - Parameters:
    ///   - left: One secret.
    ///   - right: The other.
    /// - Returns: Whether lengths and bytes agree.
    public static func areEqual(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Bool {
        left.withContiguousBytes { left in
            right.withContiguousBytes { right in
                left.count == right.count
                    && (left.isEmpty || CRYPTO_memcmp(left.baseAddress, right.baseAddress, left.count) == 0)
            }
        }
    }

    /// Whether two secret texts have the same UTF-8 bytes.
    ///
    /// - Parameters:
    ///   - left: One secret.
    ///   - right: The other.
    /// - Returns: Whether the bytes agree; other spellings of the same characters do not count as equal.
    public static func areEqual(_ left: some StringProtocol, _ right: some StringProtocol) -> Bool {
        areEqual(left.utf8, right.utf8)
    }
}
