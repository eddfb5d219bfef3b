// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Text in letters, digits and hyphens that may stand in a URL.
///
/// Source: Django, built-in template filter `slugify`.
enum Slug {
    /// The text in small ASCII letters, digits, underscores and single hyphens.
    ///
    /// Letters with marks become plain ones; what has no plain form is left out. `Crème brûlée!` is `creme-brulee`.
    ///
    /// - Parameter text: The text.
    /// - Returns: The slug, which may be empty.
    static func slug(_ text: String) -> String {
        var bytes: [UInt8] = []
        var isGap = false
        for scalar in text.unicodeScalars {
            if scalar == "-" || scalar.properties.isWhitespace {
                isGap = true
                continue
            }
            for byte in plain(scalar) {
                if isGap, !bytes.isEmpty { bytes.append(UInt8(ascii: "-")) }
                isGap = false
                bytes.append(byte)
            }
        }
        let isEdge = { (byte: UInt8) in byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") }
        let end = bytes.lastIndex { !isEdge($0) }.map { $0 + 1 } ?? 0
        return String(decoding: bytes[..<end].drop(while: isEdge), as: UTF8.self)
    }

    /// The letters of ASCII that a character is written with in its stead.
    private static func plain(_ scalar: Unicode.Scalar) -> [UInt8] {
        if scalar.isASCII {
            let byte = UInt8(truncatingIfNeeded: scalar.value)
            switch byte {
            case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "_"): return [byte]
            case 0x41...0x5A: return [byte | 0x20]
            default: return []
            }
        }
        switch scalar {
        case "ß", "ẞ": return Array("ss".utf8)
        case "æ", "Æ": return Array("ae".utf8)
        case "œ", "Œ": return Array("oe".utf8)
        default: return letter(scalar)
        }
    }

    /// The letter in the name of a character such as `LATIN SMALL LETTER E WITH ACUTE`.
    ///
    /// The names never change, and say more than a table of decompositions: that of `ł` has none.
    private static func letter(_ scalar: Unicode.Scalar) -> [UInt8] {
        guard let name = scalar.properties.name else { return [] }
        var words = name.utf8.split(separator: UInt8(ascii: " "))[...]
        if words.first?.elementsEqual("FULLWIDTH".utf8) == true { words = words.dropFirst() }
        guard let script = words.first, script.elementsEqual("LATIN".utf8) else { return [] }
        let rest = words.dropFirst(2)
        guard let kind = rest.first, kind.elementsEqual("LETTER".utf8), let letter = rest.dropFirst().first,
            letter.count == 1, let byte = letter.first, (0x41...0x5A).contains(byte)
        else { return [] }
        return [byte | 0x20]
    }
}
