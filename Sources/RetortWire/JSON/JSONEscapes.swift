// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The escapes within strings, and the bytes of UTF-8.
///
/// Source: RFC 8259 §7, RFC 3629 §4.
enum JSONEscapes {
    /// The length of the escape at an index, which holds the backslash, or nil when it is not one.
    ///
    /// A surrogate counts only together with its other half, because a `String` cannot hold it alone.
    static func length(_ text: UnsafePointer<UInt8>, _ index: Int, _ end: Int) -> Int? {
        guard index + 1 < end else { return nil }
        switch text[index + 1] {
        case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: return 2
        case 0x75:
            guard let unit = unit(text, index, end) else { return nil }
            guard unit & 0xF800 == 0xD800 else { return 6 }
            guard unit < 0xDC00, let second = self.unit(text, index + 6, end), second & 0xFC00 == 0xDC00 else {
                return nil
            }
            return 12
        default: return nil
        }
    }

    /// The number of an escape such as `\u00e9`, or nil.
    private static func unit(_ text: UnsafePointer<UInt8>, _ index: Int, _ end: Int) -> UInt32? {
        guard index + 6 <= end, text[index] == 0x5C, text[index + 1] == 0x75 else { return nil }
        var value: UInt32 = 0
        for offset in 2..<6 {
            guard let digit = text[index + offset].hexDigitValue else { return nil }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    /// Writes the text of a string without its escapes, which must be valid, and answers its length.
    ///
    /// The target needs as many bytes as the source has: no escape is shorter than what it stands for.
    static func remove(
        _ source: UnsafeBufferPointer<UInt8>, into target: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        guard let text = source.baseAddress else { return 0 }
        var written = 0
        var index = 0
        while index < source.count {
            let byte = text[index]
            guard byte == 0x5C, let length = length(text, index, source.count) else {
                target[written] = byte
                written += 1
                index += 1
                continue
            }
            var scalar = simple(text[index + 1])
            if length > 2 { scalar = unit(text, index, source.count) ?? 0xFFFD }
            if length == 12 {
                let low = unit(text, index + 6, source.count) ?? 0xDC00
                scalar = 0x10000 + ((scalar & 0x3FF) << 10 | low & 0x3FF)
            }
            for unit in UTF8.encode(Unicode.Scalar(scalar) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter {
                target[written] = unit
                written += 1
            }
            index += length
        }
        return written
    }

    /// The string that these bytes between quotation marks stand for.
    static func string(_ source: UnsafeBufferPointer<UInt8>) -> String {
        String(unsafeUninitializedCapacity: source.count) { remove(source, into: $0) }
    }

    private static func simple(_ letter: UInt8) -> UInt32 {
        switch letter {
        case 0x62: 0x08
        case 0x66: 0x0C
        case 0x6E: 0x0A
        case 0x72: 0x0D
        case 0x74: 0x09
        default: UInt32(letter)
        }
    }

    /// The length of the character outside ASCII at an index, or nil when it is not UTF-8.
    @inline(__always)
    static func characterLength(_ text: UnsafePointer<UInt8>, _ index: Int, _ end: Int) -> Int? {
        let lead = text[index]
        let rest = end &- index
        @inline(__always) func follows(_ offset: Int) -> Bool { text[index &+ offset] & 0xC0 == 0x80 }
        switch lead {
        case 0xC2...0xDF:
            return rest >= 2 && follows(1) ? 2 : nil
        case 0xE0...0xEF:
            guard rest >= 3, follows(1), follows(2) else { return nil }
            // No longer spelling than needed, and no surrogates.
            if lead == 0xE0, text[index &+ 1] < 0xA0 { return nil }
            if lead == 0xED, text[index &+ 1] > 0x9F { return nil }
            return 3
        case 0xF0...0xF4:
            guard rest >= 4, follows(1), follows(2), follows(3) else { return nil }
            if lead == 0xF0, text[index &+ 1] < 0x90 { return nil }
            if lead == 0xF4, text[index &+ 1] > 0x8F { return nil }
            return 4
        default:
            return nil
        }
    }
}
