// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension UnsafeBufferPointer<UInt8> {
    /// The position of the first line feed at or after `start`, found by the C library's vector code.
    func firstLineFeed(from start: Int) -> Int? {
        guard start < count, let base = baseAddress else { return nil }
        guard let found = memchr(base + start, 0x0A, count - start) else { return nil }
        return UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - base
    }

    /// Whether the bytes of a range, with `A`–`Z` in lower case, are these.
    func equals(_ range: Range<Int>, _ lowercased: StaticString) -> Bool {
        guard range.count == lowercased.utf8CodeUnitCount else { return false }
        let other = lowercased.utf8Start
        for offset in 0..<range.count where self[range.lowerBound + offset].asciiLowercased != other[offset] {
            return false
        }
        return true
    }

    /// A range without the spaces and tabs at its two ends.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var lower = range.lowerBound
        var upper = range.upperBound
        while lower < upper, self[lower].isHTTPWhitespace { lower += 1 }
        while upper > lower, self[upper - 1].isHTTPWhitespace { upper -= 1 }
        return lower..<upper
    }
}
