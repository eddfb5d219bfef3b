// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension HTTPDate: CustomStringConvertible {
    /// The 29 bytes of the date in the one form that is to be sent.
    ///
    /// No memory is allocated, so that the `Date` field of each answer may come from here.
    ///
    /// Source: RFC 9110 §5.6.7, IMF-fixdate.
    public var bytes: InlineArray<29, UInt8> {
        let parts = parts
        var result = InlineArray<29, UInt8>(repeating: 0x20)
        Self.write("MonTueWedThuFriSatSun", part: parts.weekday, at: 0, of: &result)
        result[3] = UInt8(ascii: ",")
        Self.write(parts.day, at: 5, of: &result)
        Self.write("JanFebMarAprMayJunJulAugSepOctNovDec", part: parts.month - 1, at: 8, of: &result)
        Self.write(parts.year / 100, at: 12, of: &result)
        Self.write(parts.year % 100, at: 14, of: &result)
        Self.write(parts.hour, at: 17, of: &result)
        result[19] = UInt8(ascii: ":")
        Self.write(parts.minute, at: 20, of: &result)
        result[22] = UInt8(ascii: ":")
        Self.write(parts.second, at: 23, of: &result)
        Self.write("GMT", part: 0, at: 26, of: &result)
        return result
    }

    /// Appends the 29 bytes of the date to others.
    ///
    /// - Parameter output: The bytes to extend.
    public func append(to output: inout [UInt8]) {
        let bytes = bytes
        bytes.span.withUnsafeBufferPointer { output.append(contentsOf: $0) }
    }

    /// The date in the one form that is to be sent, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
    public var headerValue: String {
        let bytes = bytes
        return bytes.span.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    /// The date in the one form that is to be sent.
    public var description: String { headerValue }

    private static func write(_ number: Int, at index: Int, of bytes: inout InlineArray<29, UInt8>) {
        bytes[index] = 0x30 &+ UInt8(truncatingIfNeeded: number / 10)
        bytes[index + 1] = 0x30 &+ UInt8(truncatingIfNeeded: number % 10)
    }

    /// Writes one of the three-letter names that stand one behind the other.
    private static func write(_ names: StaticString, part: Int, at index: Int, of bytes: inout InlineArray<29, UInt8>) {
        names.withUTF8Buffer { names in
            for offset in 0..<3 { bytes[index + offset] = names[part * 3 + offset] }
        }
    }
}
