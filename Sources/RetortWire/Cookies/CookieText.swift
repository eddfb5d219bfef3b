// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// How the value of a cookie is written where it has bytes that a cookie may not have.
///
/// It stands in double quotes, with a backslash before `"` and `\` and three octal digits behind one for every other
/// byte. Browsers keep such a value as it is.
enum CookieText {
    /// Takes the quotes and escapes off a value; one without quotes stays as it is.
    static func decoded(_ value: FieldSlice) -> String {
        guard HeaderText.isQuoted(value) else { return value.fieldText }
        let inner = value.dropFirst().dropLast()
        guard inner.contains(UInt8(ascii: "\\")) else { return inner.fieldText }
        var result: [UInt8] = []
        result.reserveCapacity(inner.count)
        var index = inner.startIndex
        while index < inner.endIndex {
            if inner[index] == UInt8(ascii: "\\"), let byte = octal(inner[(index + 1)...]) {
                result.append(byte)
                index += 4
                continue
            }
            if inner[index] == UInt8(ascii: "\\"), index + 1 < inner.endIndex { index += 1 }
            result.append(inner[index])
            index += 1
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Writes a value, in quotes where it has a byte that may not stand in a cookie.
    static func encoded(_ value: String) -> String {
        guard !value.utf8.allSatisfy(isPlain) else { return value }
        var result: [UInt8] = [UInt8(ascii: "\"")]
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): result += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: ","), UInt8(ascii: ";"), 0x00..<0x20, 0x7F...0xFF:
                result += [UInt8(ascii: "\\"), 0x30 + (byte >> 6), 0x30 + (byte >> 3 & 7), 0x30 + (byte & 7)]
            default: result.append(byte)
            }
        }
        result.append(UInt8(ascii: "\""))
        return String(decoding: result, as: UTF8.self)
    }

    /// Every visible ASCII byte but `"`, `,`, `;` and `\`.
    ///
    /// Source: RFC 6265 §4.1.1, cookie-octet.
    static func isPlain(_ byte: UInt8) -> Bool {
        (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: ",")
            && byte != UInt8(ascii: ";") && byte != UInt8(ascii: "\\")
    }

    private static func octal(_ slice: FieldSlice) -> UInt8? {
        let digits = slice.prefix(3)
        guard digits.count == 3, let first = digits.first, (0x30...0x33).contains(first),
            digits.allSatisfy({ (0x30...0x37).contains($0) })
        else { return nil }
        return digits.reduce(0) { $0 << 3 | ($1 & 7) }
    }
}
