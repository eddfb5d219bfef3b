// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import CZlib

/// Checksums that find accidents, not attacks.
public enum Checksum {
    /// The CRC-32 of gzip, ZIP and PNG.
    ///
    /// - Parameters:
    ///   - bytes: The next bytes.
    ///   - previous: The checksum of the bytes before them; 0 at the start.
    /// - Returns: The checksum of all bytes so far.
    ///
    /// Source: RFC 1952 §8.
    public static func crc32(_ bytes: some Collection<UInt8>, continuing previous: UInt32 = 0) -> UInt32 {
        bytes.withContiguousBytes { input in
            guard let start = input.baseAddress else { return previous }
            return UInt32(truncatingIfNeeded: CZlib.crc32_z(UInt(previous), start, z_size_t(input.count)))
        }
    }

    /// The Adler-32 of zlib, and of Werkzeug's console and Flask's static files.
    ///
    /// - Parameters:
    ///   - bytes: The next bytes.
    ///   - previous: The checksum of the bytes before them; 1 at the start.
    /// - Returns: The checksum of all bytes so far.
    ///
    /// Source: RFC 1950 §8.2.
    public static func adler32(_ bytes: some Collection<UInt8>, continuing previous: UInt32 = 1) -> UInt32 {
        bytes.withContiguousBytes { input in
            guard let start = input.baseAddress else { return previous }
            return UInt32(truncatingIfNeeded: CZlib.adler32_z(UInt(previous), start, z_size_t(input.count)))
        }
    }
}
