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
