// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Questions that protocols ask of one byte. No table of Unicode is involved, which is the point.
extension UInt8 {
    /// Whether the byte is `0`–`9`.
    package var isASCIIDigit: Bool { self &- 0x30 < 10 }

    /// Whether the byte is `A`–`Z` or `a`–`z`.
    package var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }

    /// The byte with `A`–`Z` turned into `a`–`z`.
    package var asciiLowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }

    /// Whether the byte may stand in a token.
    ///
    /// Source: RFC 9110 §5.6.2.
    package var isTokenByte: Bool {
        // One bit for each of the 128 ASCII bytes: letters, digits and !#$%&'*+-.^_`|~
        let low: UInt64 = 0x03FF_6CFA_0000_0000
        let high: UInt64 = 0x57FF_FFFF_C7FF_FFFE
        if self < 64 { return (low >> UInt64(self)) & 1 == 1 }
        return self < 128 && (high >> UInt64(self & 63)) & 1 == 1
    }

    /// The value of a hexadecimal digit, or nil.
    package var hexDigitValue: UInt8? {
        if isASCIIDigit { return self &- 0x30 }
        let letter = (self | 0x20) &- 0x61
        return letter < 6 ? letter &+ 10 : nil
    }

    /// Space or horizontal tab: the optional whitespace of HTTP.
    ///
    /// Source: RFC 9110 §5.6.3.
    package var isHTTPWhitespace: Bool { self == 0x20 || self == 0x09 }
}

extension StringProtocol {
    /// Whether both texts have the same bytes when `A`–`Z` count as `a`–`z`.
    package func equalsIgnoringASCIICase(_ other: some StringProtocol) -> Bool {
        utf8.elementsEqual(other.utf8) { $0.asciiLowercased == $1.asciiLowercased }
    }

    /// Whether both texts have the same bytes.
    ///
    /// `==` would also accept other spellings of the same characters.
    package func hasSameBytes(as other: some StringProtocol) -> Bool { utf8.elementsEqual(other.utf8) }

    /// The text with `A`–`Z` turned into `a`–`z` and every other byte left alone.
    package var asciiLowercased: String { String(decoding: utf8.map(\.asciiLowercased), as: UTF8.self) }
}
