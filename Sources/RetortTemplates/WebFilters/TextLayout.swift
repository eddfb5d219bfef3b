// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Paragraphs, line numbers, columns: what is done with the lines and words of a text.
///
/// Every function works on text that is escaped already or that holds no markup; none escapes. Source: Django, built-in
/// template filters.
enum TextLayout {
    /// The lines of a text, whose ends are LF, CR or CRLF.
    static func lines(_ text: String) -> [Substring] {
        var result: [Substring] = []
        let bytes = text.utf8
        var start = bytes.startIndex
        var index = start
        while index < bytes.endIndex {
            let byte = bytes[index]
            let after = bytes.index(after: index)
            guard byte == 0x0A || byte == 0x0D else {
                index = after
                continue
            }
            result.append(text[start..<index])
            index = byte == 0x0D && after < bytes.endIndex && bytes[after] == 0x0A ? bytes.index(after: after) : after
            start = index
        }
        result.append(text[start...])
        return result
    }

    /// Each end of a line becomes `<br>`.
    static func lineBreaksBR(_ text: String) -> String { lines(text).joined(separator: "<br>") }

    /// Lines become paragraphs where empty lines part them, and `<br>` elsewhere.
    static func lineBreaks(_ text: String) -> String {
        var paragraphs: [[Substring]] = [[]]
        for line in lines(text) {
            if line.isEmpty {
                if paragraphs.last?.isEmpty == false { paragraphs.append([]) }
            } else {
                paragraphs[paragraphs.count - 1].append(line)
            }
        }
        if paragraphs.last?.isEmpty == true, paragraphs.count > 1 { paragraphs.removeLast() }
        return paragraphs.map { "<p>\($0.joined(separator: "<br>"))</p>" }.joined(separator: "\n\n")
    }

    /// Each line with its number in front, as wide as the last one.
    static func lineNumbers(_ text: String) -> String {
        let lines = lines(text)
        let width = "\(lines.count)".utf8.count
        return lines.enumerated().map { index, line in
            let number = "\(index + 1)"
            return String(repeating: "0", count: width - number.utf8.count) + number + ". " + line
        }.joined(separator: "\n")
    }

    /// The first words, joined by single spaces, with an ellipsis where some are missing.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - count: The most words.
    /// - Returns: The words; nothing when none may stay.
    static func truncateWords(_ text: String, _ count: Int) -> String {
        guard count > 0 else { return "" }
        var words: [Substring] = []
        for word in text.unicodeScalars.split(whereSeparator: \.properties.isWhitespace) {
            if words.count == count { return words.joined(separator: " ") + " …" }
            words.append(Substring(word))
        }
        return words.joined(separator: " ")
    }

    /// The first characters, of which the last is an ellipsis where some are missing.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - count: The most characters, the ellipsis among them.
    /// - Returns: The text; nothing when none may stay.
    static func truncateCharacters(_ text: String, _ count: Int) -> String {
        guard count > 0 else { return "" }
        var left = count
        var cut = text.startIndex
        for index in text.indices {
            if left == 1 { cut = index }
            if left == 0 { return text[..<cut] + "…" }
            left -= 1
        }
        return text
    }

    /// The text with spaces in front or behind until it has so many characters.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - width: The characters that it should have, at most 10,000.
    ///   - isLeft: Whether the text stands at the left.
    /// - Returns: The padded text.
    static func justify(_ text: String, _ width: Int, left isLeft: Bool) -> String {
        let missing = min(width, 10_000) - text.count
        guard missing > 0 else { return text }
        let space = String(repeating: " ", count: missing)
        return isLeft ? text + space : space + text
    }

    /// The text with its first character as a capital.
    static func capitalizeFirst(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    /// The text without any occurrence of another.
    static func cut(_ text: String, _ part: String) -> String {
        guard !part.isEmpty else { return text }
        let needle = Array(part.utf8)
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == needle[0], bytes[index...].starts(with: needle) {
                index += needle.count
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// A backslash in front of quotes and backslashes.
    static func addSlashes(_ text: String) -> String {
        var result: [UInt8] = []
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                result.append(UInt8(ascii: "\\"))
            }
            result.append(byte)
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The text for a string of JavaScript: everything that could end it or the script is written as `\uXXXX`.
    static func escapeScript(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", "'", "\"", "<", ">", "&", "=", "-", ";", "`", "\u{2028}", "\u{2029}": append(scalar, to: &result)
            default:
                if scalar.value < 0x20 { append(scalar, to: &result) } else { result.unicodeScalars.append(scalar) }
            }
        }
        return result
    }

    private static func append(_ scalar: Unicode.Scalar, to text: inout String) {
        let hex = String(scalar.value, radix: 16, uppercase: true)
        text += "\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex
    }
}
