// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Text that is HTML: it is printed as it is.
///
/// It is no `String`, and nothing turns one into it by chance: markup comes from a literal, from ``init(_:)`` or from
/// ``escaping(_:)``.
public struct SafeHTML: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The markup.
    public let html: String

    /// Takes a text for markup.
    ///
    /// - Parameter html: The markup. Whatever it holds from outside must have been escaped before.
    public init(_ html: String) { self.html = html }

    /// Creates markup from a literal.
    ///
    /// - Parameter value: The markup.
    public init(stringLiteral value: String) { html = value }

    /// Makes markup that shows a text.
    ///
    /// - Parameter text: The text.
    /// - Returns: The text with `&`, `<`, `>`, `'` and `"` as character references.
    public static func escaping(_ text: String) -> SafeHTML {
        guard text.utf8.contains(where: HTMLEscape.isSpecial) else { return SafeHTML(text) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + text.utf8.count / 4 + 16)
        for byte in text.utf8 {
            if let reference = HTMLEscape.reference(byte) {
                bytes.append(contentsOf: reference.utf8)
            } else {
                bytes.append(byte)
            }
        }
        return SafeHTML(String(decoding: bytes, as: UTF8.self))
    }

    /// The markup.
    public var description: String { html }
}

/// The five characters that mean something in HTML.
enum HTMLEscape {
    @inline(__always)
    static func isSpecial(_ byte: UInt8) -> Bool {
        // All five lie between 0x22 and 0x3E.
        guard byte &- 0x22 <= 0x1C else { return false }
        return byte == 0x26 || byte == 0x3C || byte == 0x3E || byte == 0x27 || byte == 0x22
    }

    /// Whether one of eight bytes is special.
    @inline(__always)
    static func hasSpecial(_ bytes: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        // With one bit set `&` and `'` are the same, and so are `<` and `>`. A byte that is looked for becomes zero.
        let first = (bytes | ones) ^ (ones &* 0x27)
        let second = (bytes | ones &* 0x02) ^ (ones &* 0x3E)
        let third = bytes ^ (ones &* 0x22)
        // Taking one from a zero sets its highest bit, which was not set before.
        let found = (first &- ones) & ~first | (second &- ones) & ~second | (third &- ones) & ~third
        return found & (ones &* 0x80) != 0
    }

    /// What stands for a byte: up to five bytes, as they lie in memory, and how many.
    @inline(__always)
    static func packed(_ byte: UInt8) -> (bytes: UInt64, count: Int) {
        guard isSpecial(byte) else { return (UInt64(byte).littleEndian, 1) }
        // Read from right to left: `&amp;`, `&lt;`, `&gt;`, `&#39;`, `&#34;`.
        return switch byte {
        case 0x26: (UInt64(0x3B_706D_6126).littleEndian, 5)
        case 0x3C: (UInt64(0x3B74_6C26).littleEndian, 4)
        case 0x3E: (UInt64(0x3B74_6726).littleEndian, 4)
        case 0x27: (UInt64(0x3B_3933_2326).littleEndian, 5)
        default: (UInt64(0x3B_3433_2326).littleEndian, 5)
        }
    }

    static func reference(_ byte: UInt8) -> String? {
        switch byte {
        case 0x26: "&amp;"
        case 0x3C: "&lt;"
        case 0x3E: "&gt;"
        case 0x27: "&#39;"
        case 0x22: "&#34;"
        default: nil
        }
    }
}
