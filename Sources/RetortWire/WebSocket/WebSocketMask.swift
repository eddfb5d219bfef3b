// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The four bytes that a client combines with its payload by exclusive or.
///
/// The mask keeps its place: what is masked in pieces comes out as if it had been masked at once.
///
/// Source: RFC 6455 §5.3.
public struct WebSocketMask: Hashable, Sendable {
    // The byte that is due next is the lowest one.
    private var key: UInt32

    /// Creates a mask from its bytes in the order of the wire.
    ///
    /// - Parameters:
    ///   - first: The byte for the payload's first byte.
    ///   - second: The byte for the payload's second byte.
    ///   - third: The byte for the payload's third byte.
    ///   - fourth: The byte for the payload's fourth byte.
    public init(_ first: UInt8, _ second: UInt8, _ third: UInt8, _ fourth: UInt8) {
        key = UInt32(first) | UInt32(second) << 8 | UInt32(third) << 16 | UInt32(fourth) << 24
    }

    /// Creates a mask from 32 random bits.
    init(randomBits: UInt32) { key = randomBits }

    /// The mask that changes nothing.
    static let none = WebSocketMask(randomBits: 0)

    /// Masks or unmasks bytes in place, and moves on by as many bytes.
    ///
    /// - Parameter bytes: The next bytes of the payload.
    /// - Returns: Whether all the bytes, as they are afterwards, are ASCII.
    /// - Complexity: O(n), a word of 64 bytes at a time.
    @discardableResult
    public mutating func apply(to bytes: inout MutableSpan<UInt8>) -> Bool {
        let key = advance(by: bytes.count)
        return bytes.withUnsafeMutableBytes { buffer in
            guard let base = buffer.baseAddress else { return true }
            return Self.combine(UnsafeRawPointer(base), base, buffer.count, key)
        }
    }

    /// Appends bytes masked or unmasked, and moves on by as many bytes.
    ///
    /// - Parameters:
    ///   - bytes: The next bytes of the payload.
    ///   - output: The bytes to append to.
    /// - Returns: Whether all the appended bytes are ASCII.
    @discardableResult
    mutating func append(_ bytes: Span<UInt8>, to output: inout [UInt8]) -> Bool {
        let key = advance(by: bytes.count)
        var isASCII = true
        output.append(addingCapacity: bytes.count) { room in
            room.withUnsafeMutableBufferPointer { target, initializedCount in
                bytes.withUnsafeBufferPointer { source in
                    guard let from = source.baseAddress, let to = target.baseAddress else { return }
                    let count = min(source.count, target.count &- initializedCount)
                    isASCII = Self.combine(UnsafeRawPointer(from), to + initializedCount, count, key)
                    initializedCount &+= count
                }
            }
        }
        return isASCII
    }

    /// Writes the four bytes in the order of the wire.
    func appendKey(to output: inout [UInt8]) {
        var rest = key
        for _ in 0..<4 {
            output.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    /// Turns the mask to where it is due after so many bytes, and answers where it was.
    @inline(__always)
    private mutating func advance(by count: Int) -> UInt32 {
        let current = key
        let bits = UInt32(truncatingIfNeeded: count & 3) &* 8
        key = current &>> bits | (bits == 0 ? 0 : current &<< (32 &- bits))
        return current
    }

    /// Combines `count` bytes at `source` with the key into `target`, which may be the same place.
    ///
    /// Pointers, because a block of 64 bytes has no checked store; both callers take the count from the buffers.
    @inline(__always)
    private static func combine(
        _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ count: Int, _ key: UInt32
    ) -> Bool {
        let word = (UInt64(key) << 32 | UInt64(key)).littleEndian
        let wide = SIMD8<UInt64>(repeating: word)
        var seenWide = SIMD8<UInt64>(repeating: 0)
        var offset = 0
        while count &- offset >= 64 {
            let block = source.loadUnaligned(fromByteOffset: offset, as: SIMD8<UInt64>.self) ^ wide
            seenWide |= block
            target.storeBytes(of: block, toByteOffset: offset, as: SIMD8<UInt64>.self)
            offset &+= 64
        }
        let half = seenWide.lowHalf | seenWide.highHalf
        let quarter = half.lowHalf | half.highHalf
        var seen = quarter.x | quarter.y
        while count &- offset >= 8 {
            let block = source.loadUnaligned(fromByteOffset: offset, as: UInt64.self) ^ word
            seen |= block
            target.storeBytes(of: block, toByteOffset: offset, as: UInt64.self)
            offset &+= 8
        }
        var rest = key
        while offset < count {
            let byte = source.load(fromByteOffset: offset, as: UInt8.self) ^ UInt8(truncatingIfNeeded: rest)
            seen |= UInt64(byte)
            target.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
            rest = rest &>> 8 | rest &<< 24
            offset &+= 1
        }
        return seen & 0x8080_8080_8080_8080 == 0
    }
}
