// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The checksum of ZIP and PNG, which finds bytes that have changed.
///
/// Source: ISO/IEC 3309; eight bytes at a time as in Kounavis and Berry, "A Systematic Approach to Building High
/// Performance, Software-based, CRC Generators", 2005.
enum Checksum {
    /// Eight tables of 256 numbers: what a byte does when so many more bytes follow it.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            var value = UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
            tables[byte] = value
        }
        for index in 256..<8 * 256 {
            let previous = tables[index - 256]
            tables[index] = previous >> 8 ^ tables[Int(previous & 255)]
        }
        return tables
    }()

    /// The checksum of bytes.
    ///
    /// - Parameter bytes: Any bytes.
    /// - Returns: The same number for the same bytes.
    /// - Complexity: O(*n*), about a second for a gigabyte.
    static func of(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        tables.withUnsafeBufferPointer { tables in
            var value = UInt32.max
            var offset = 0
            while offset + 8 <= bytes.count {
                let low = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self) ^ value
                let high = bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)
                value =
                    tables[7 * 256 + Int(low & 255)] ^ tables[6 * 256 + Int(low >> 8 & 255)]
                    ^ tables[5 * 256 + Int(low >> 16 & 255)] ^ tables[4 * 256 + Int(low >> 24)]
                value ^=
                    tables[3 * 256 + Int(high & 255)] ^ tables[2 * 256 + Int(high >> 8 & 255)]
                    ^ tables[256 + Int(high >> 16 & 255)] ^ tables[Int(high >> 24)]
                offset += 8
            }
            while offset < bytes.count {
                value = value >> 8 ^ tables[Int((value ^ UInt32(bytes[offset])) & 255)]
                offset += 1
            }
            return ~value
        }
    }
}
