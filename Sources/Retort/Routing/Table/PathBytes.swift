// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Bytes read eight at a time. Valid only inside the closure that lent the memory.
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

    /// The next eight bytes as a little-endian number. Behind the end there are zeros.
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

    private func shortWord(at index: Int) -> UInt64 {
        var word: UInt64 = 0
        var shift: UInt64 = 0
        var place = index
        while place < count {
            word |= UInt64(start[place]) &<< shift
            shift &+= 8
            place &+= 1
        }
        return word
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

    /// Whether the bytes from `first` are these. Both must have `length` bytes there.
    @inline(__always)
    func hasBytes(_ other: PathBytes, otherFirst: Int, at first: Int, length: Int) -> Bool {
        var offset = 0
        while offset < length {
            let left = length &- offset
            let mask: UInt64 = left >= 8 ? .max : (1 &<< UInt64(8 &* left)) &- 1
            if (word(at: first &+ offset) ^ other.word(at: otherFirst &+ offset)) & mask != 0 { return false }
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
