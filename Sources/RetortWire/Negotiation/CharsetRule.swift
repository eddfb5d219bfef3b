// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Character sets, which have several names each.
///
/// For `Accept-Charset`, which browsers no longer send.
///
/// Source: RFC 9110 §12.5.2.
public enum CharsetRule: AcceptRule {
    /// One name of the character set, in lower case.
    public static func key(of text: ArraySlice<UInt8>) -> AcceptKey {
        let lowercased = text.map(\.asciiLowercased)
        let squeezed = lowercased.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") && $0 != 0x20 }
        return AcceptKey(names[squeezed] ?? lowercased)
    }

    /// The usual names without hyphens, each with the one name that stands for all.
    private static let names: [[UInt8]: [UInt8]] = {
        let groups: [[String]] = [
            ["utf8", "u8", "utf", "cp65001"],
            ["usascii", "ascii", "646", "iso646us", "ansix3.41968", "cp367", "ibm367", "us"],
            ["iso88591", "latin1", "latin", "l1", "8859", "88591", "cp819", "ibm819"],
            ["iso88592", "latin2", "l2"],
            ["iso885915", "latin9", "l9"],
            ["utf16", "u16"],
            ["utf32", "u32"],
            ["windows1250", "cp1250", "1250"],
            ["windows1251", "cp1251", "1251"],
            ["windows1252", "cp1252", "1252"],
            ["shiftjis", "sjis", "csshiftjis"],
            ["eucjp", "ujis"],
            ["gb2312", "chinese", "euccn"],
            ["big5", "csbig5"],
            ["koi8r", "cskoi8r"],
        ]
        var result: [[UInt8]: [UInt8]] = [:]
        for group in groups {
            for name in group { result[Array(name.utf8)] = group.first.map { Array($0.utf8) } }
        }
        return result
    }()
}

/// What a client asks for with `Accept-Charset`.
public typealias AcceptedCharsets = Accept<CharsetRule>
