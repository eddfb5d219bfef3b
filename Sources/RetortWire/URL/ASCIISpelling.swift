// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension ASCIISpelling {
    /// The ASCII text of which the character is only another form, or nil.
    ///
    /// Letters with marks have none, because something would be lost.
    static func form(of scalar: Unicode.Scalar) -> String? {
        switch scalar.value {
        case 0xFF01...0xFF5E:
            // Wide forms of ASCII.
            return text(scalar.value - 0xFEE0)
        case 0x1D400...0x1D6A3 where scalar.properties.generalCategory != .unassigned:
            // Thirteen alphabets for mathematics, each with capital and small letters.
            let letter = (scalar.value - 0x1D400) % 52
            return text(letter < 26 ? 0x41 + letter : 0x61 + letter - 26)
        case 0x1D7CE...0x1D7FF:
            return text(0x30 + (scalar.value - 0x1D7CE) % 10)
        default:
            return scalar.isASCII ? text(scalar.value) : formIndex[scalar.value]
        }
    }

    /// What is left in ASCII when the marks of a letter are taken away, or nil.
    static func base(of scalar: Unicode.Scalar) -> String? { baseIndex[scalar.value] }

    private static let formIndex = index(forms, words: formsOfWords)
    private static let baseIndex = index(bases, words: basesOfWords)

    private static func text(_ value: UInt32) -> String {
        String(decoding: CollectionOfOne(UInt8(truncatingIfNeeded: value)), as: UTF8.self)
    }

    private static func index(_ letters: [Row], words: [Row]) -> [UInt32: String] {
        var result: [UInt32: String] = [:]
        for row in letters {
            for (offset, scalar) in row.text.description.unicodeScalars.enumerated() where scalar.isASCII {
                result[row.first + UInt32(offset)] = text(scalar.value)
            }
        }
        for row in words {
            let parts = row.text.description.utf8.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
            for (offset, word) in parts.enumerated() where !word.isEmpty {
                result[row.first + UInt32(offset)] = String(Substring(word))
            }
        }
        return result
    }
}
