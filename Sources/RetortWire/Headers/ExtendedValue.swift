// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A value that names its character set and is percent-encoded: `UTF-8'en'%E2%82%AC`.
///
/// Source: RFC 8187 §3.2.
struct ExtendedValue {
    /// The name of the character set in lower case; may be empty.
    let charset: String

    /// The percent-encoded bytes.
    let encoded: FieldSlice

    /// Parses the three parts, or returns nil where the bytes do not have that form.
    init?(_ bytes: FieldSlice) {
        let quote = UInt8(ascii: "'")
        let (charset, rest) = bytes.fieldSplit(quote)
        guard let rest, charset.allSatisfy(\.isTokenByte) else { return nil }
        let (language, encoded) = rest.fieldSplit(quote)
        guard let encoded, language.allSatisfy(\.isTokenByte), encoded.isFieldToken else { return nil }
        self.charset = String(decoding: charset.map(\.asciiLowercased), as: UTF8.self)
        self.encoded = encoded
    }

    /// The text, or the still encoded one where the character set is not among the safe ones.
    func decoded() -> String { Self.decode(encoded, charset: charset) ?? encoded.fieldText }

    /// Decodes percent-encoded bytes, or returns nil where the character set is not ASCII, UTF-8 or ISO-8859-1.
    ///
    /// More character sets are not wanted: senders of today use these three, and others were a way around filters.
    static func decode(_ encoded: FieldSlice, charset: String) -> String? {
        switch charset {
        case "utf-8": return String(decoding: PercentCoding.decode(encoded), as: UTF8.self)
        case "ascii", "us-ascii":
            return text(of: encoded) { $0 < 0x80 ? Unicode.Scalar($0) : "\u{FFFD}" }
        case "iso-8859-1":
            return text(of: encoded) { Unicode.Scalar($0) }
        default: return nil
        }
    }

    /// The text for a character set of one byte per character.
    ///
    /// What was not percent-encoded is UTF-8 already.
    private static func text(of encoded: FieldSlice, _ scalar: (UInt8) -> Unicode.Scalar) -> String {
        var result = ""
        var index = encoded.startIndex
        while index < encoded.endIndex {
            if encoded[index] == UInt8(ascii: "%"), index + 2 < encoded.endIndex,
                let high = encoded[index + 1].hexDigitValue, let low = encoded[index + 2].hexDigitValue
            {
                result.unicodeScalars.append(scalar(high << 4 | low))
                index += 3
            } else {
                let end = encoded[(index + 1)...].firstIndex(of: UInt8(ascii: "%")) ?? encoded.endIndex
                result += encoded[index..<end].fieldText
                index = end
            }
        }
        return result
    }

    /// Encodes a text as UTF-8 with this form.
    ///
    /// Source: RFC 8187 §3.2.1, attr-char.
    static func encode(_ text: String) -> String { "UTF-8''" + PercentCoding.encode(text.utf8, safe: "!#$&+^`|") }
}
