// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Bytes read eight at a time.
///
/// Valid only inside the closure that lent the memory.
struct PathBytes {
    let start: UnsafePointer<UInt8>
    let count: Int

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let tops: UInt64 = 0x8080_8080_8080_8080

    @inline(__always)
    subscript(index: Int) -> UInt8 {
        precondition(index >= 0 && index < count)
        return start[index]
    }

    /// The next eight bytes as a little-endian number.
    ///
    /// Behind the end there are zeros.
    @inline(__always)
    func word(at index: Int) -> UInt64 {
        let left = count &- index
        if left >= 8 {
            return UInt64(littleEndian: UnsafeRawPointer(start + index).loadUnaligned(as: UInt64.self))
        }
        if count >= 8, left > 0 {
            let last = UInt64(littleEndian: UnsafeRawPointer(start + (count &- 8)).loadUnaligned(as: UInt64.self))
            return last &>> UInt64(8 &* (8 &- left))
        }
        return shortWord(at: index)
    }

    /// Less than eight bytes, read as two that overlap: what both hold is the same.
    @inline(__always)
    private func shortWord(at index: Int) -> UInt64 {
        let left = count &- index
        let place = UnsafeRawPointer(start + index)
        if left >= 4 {
            let low = UInt64(UInt32(littleEndian: place.loadUnaligned(as: UInt32.self)))
            let high = UInt64(UInt32(littleEndian: (place + (left &- 4)).loadUnaligned(as: UInt32.self)))
            return low | high &<< UInt64(8 &* (left &- 4))
        }
        if left >= 2 {
            let low = UInt64(UInt16(littleEndian: place.loadUnaligned(as: UInt16.self)))
            let high = UInt64(UInt16(littleEndian: (place + (left &- 2)).loadUnaligned(as: UInt16.self)))
            return low | high &<< UInt64(8 &* (left &- 2))
        }
        return left == 1 ? UInt64(start[index]) : 0
    }

    /// A word in which some byte is zero exactly where it has its top bit.
    @inline(__always)
    private static func zeros(in word: UInt64) -> UInt64 { (word &- ones) & ~word & tops }

    @inline(__always)
    private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
        return product ^ (product &>> 32)
    }

    /// Finds where the segment ends, and its hash, in one pass.
    @inline(__always)
    func segment(at first: Int, separator: UInt8) -> (end: Int, hash: UInt64) {
        let wanted = UInt64(separator) &* Self.ones
        var hash: UInt64 = 0
        var index = first
        while index < count {
            let word = word(at: index)
            let found = Self.zeros(in: word ^ wanted)
            var length = found == 0 ? 8 : found.trailingZeroBitCount &>> 3
            length = min(length, count &- index)
            if length == 8 {
                hash = Self.mix(hash, word)
                index &+= 8
                continue
            }
            if length > 0 {
                hash = Self.mix(hash, word & ((1 &<< UInt64(8 &* length)) &- 1))
                index &+= length
            }
            break
        }
        return (index, Self.mix(hash, UInt64(truncatingIfNeeded: index &- first)))
    }

    /// The hash of everything, and whether the bytes are ASCII without `%` and NUL, so that they need no decoding.
    @inline(__always)
    func whole() -> (hash: UInt64, isPlain: Bool) {
        let percent = UInt64(UInt8(ascii: "%")) &* Self.ones
        var hash: UInt64 = 0
        var odd: UInt64 = 0
        var index = 0
        while index < count {
            let word = word(at: index)
            let left = count &- index
            hash = Self.mix(hash, word)
            // Spaces behind the end, so that the zeros there are not taken for NUL.
            let text = left >= 8 ? word : word | (0x2020_2020_2020_2020 &<< UInt64(8 &* left))
            odd |= (text & Self.tops) | Self.zeros(in: text) | Self.zeros(in: text ^ percent)
            index &+= 8
        }
        return (Self.mix(hash, UInt64(truncatingIfNeeded: count)), odd == 0)
    }

    /// Whether `length` bytes from `first` on are those at `literal`, behind which seven more can be read.
    @inline(__always)
    func hasBytes(_ literal: UnsafePointer<UInt8>, at first: Int, length: Int) -> Bool {
        var offset = 0
        while offset < length {
            let left = length &- offset
            let known = UnsafeRawPointer(literal + offset).loadUnaligned(as: UInt64.self)
            let differences = word(at: first &+ offset) ^ UInt64(littleEndian: known)
            if left >= 8 {
                if differences != 0 { return false }
            } else if differences &<< UInt64(8 &* (8 &- left)) != 0 {
                return false
            }
            offset &+= 8
        }
        return true
    }

    @inline(__always)
    func buffer(_ first: Int, _ end: Int) -> UnsafeBufferPointer<UInt8> {
        precondition(first >= 0 && first <= end && end <= count)
        return UnsafeBufferPointer(start: start + first, count: end &- first)
    }
}

extension PathBytes {
    /// The bytes of a buffer, or nil for one without memory.
    @inline(__always)
    init?(_ buffer: UnsafeBufferPointer<UInt8>) {
        guard let start = buffer.baseAddress else { return nil }
        self.init(start: start, count: buffer.count)
    }

}

extension Array where Element == UInt8 {
    /// Lends the bytes.
    @inline(__always)
    func withPathBytes<Result>(_ body: (PathBytes) throws -> Result) rethrows -> Result? {
        try withUnsafeBufferPointer { try PathBytes($0).map(body) }
    }
}
