// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension ETag {
    /// Creates a tag from content with a fast hash of 128 bits.
    ///
    /// The hash tells versions of a resource apart. It is no protection against somebody who makes two contents with
    /// one hash on purpose; where that matters, use ``init(digest:isWeak:)`` with SHA-256.
    ///
    /// - Parameters:
    ///   - content: The bytes of the content.
    ///   - isWeak: Whether the tag is weak.
    ///
    /// - Complexity: Linear in the length, some bytes per nanosecond.
    public init(hashing content: Span<UInt8>, isWeak: Bool = false) {
        self.init(unchecked: ContentHash.hexadecimal(of: content), isWeak: isWeak)
    }

    /// Creates a tag from content with a fast hash of 128 bits.
    ///
    /// - Parameters:
    ///   - content: The bytes of the content.
    ///   - isWeak: Whether the tag is weak.
    public init(hashing content: [UInt8], isWeak: Bool = false) { self.init(hashing: content.span, isWeak: isWeak) }

    /// Creates a tag from a digest that was made elsewhere, such as one of SHA-256.
    ///
    /// - Parameters:
    ///   - digest: The bytes of the digest, which are written in hexadecimal digits.
    ///   - isWeak: Whether the tag is weak.
    public init(digest: some Sequence<UInt8>, isWeak: Bool = false) {
        self.init(unchecked: Self.hexadecimal(digest), isWeak: isWeak)
    }

    /// Creates a tag for a file from what is known without reading it.
    ///
    /// - Parameters:
    ///   - modified: When the file was changed, in nanoseconds since 1970.
    ///   - size: Its length in bytes.
    ///   - path: Its path, of which only a hash becomes visible.
    public init(fileModified modified: Int64, size: Int64, path: String) {
        let bytes = Array(path.utf8)
        let place = ContentHash.hexadecimal(of: bytes.span).prefix(16)
        let time = String(modified, radix: 16)
        let length = String(size, radix: 16)
        self.init(unchecked: "\(time)-\(length)-\(place)", isWeak: false)
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let written = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: written, as: UTF8.self)
    }
}

/// A hash of 128 bits: two lanes, each of which multiplies 16 bytes with its own state and folds the product.
private struct ContentHash {
    private var first: UInt64 = 0x9E37_79B9_7F4A_7C15
    private var second: UInt64 = 0xC2B2_AE3D_27D4_EB4F

    static func hexadecimal(of content: Span<UInt8>) -> String {
        var hash = ContentHash()
        content.withUnsafeBytes { bytes in
            var index = 0
            while bytes.count - index >= 16 {
                hash.mix(
                    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)),
                    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index + 8, as: UInt64.self)))
                index += 16
            }
            var low: UInt64 = 0
            var high: UInt64 = 0
            for place in 0..<(bytes.count - index) {
                let byte = UInt64(bytes[index + place]) << UInt64(place % 8 * 8)
                if place < 8 { low |= byte } else { high |= byte }
            }
            hash.mix(low, high)
        }
        // The length tells contents apart that differ in zero bytes at their end.
        hash.mix(UInt64(content.count), 0x1656_67B1_9E37_79F9)
        hash.mix(hash.second, hash.first)
        return padded(hash.first) + padded(hash.second)
    }

    private mutating func mix(_ low: UInt64, _ high: UInt64) {
        let old = first
        first = Self.fold(low ^ first, high ^ 0xA076_1D64_78BD_642F) ^ second
        second = Self.fold(high ^ second, low ^ 0xE703_7ED1_A0B4_28DB) &+ old
    }

    private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        // The operands are mixed in again, so that a factor of zero does not swallow the other one.
        return product.high ^ product.low ^ (left &+ (right << 32 | right >> 32))
    }

    private static func padded(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
