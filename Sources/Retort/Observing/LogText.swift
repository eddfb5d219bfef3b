// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Text from outside, made safe for a line of a log.
enum LogText {
    /// The text without what could begin a line of its own, move the cursor or turn the direction of writing.
    ///
    /// Such characters become `\u{…}`, and a backslash becomes two, so that nobody can write such an escape himself.
    ///
    /// - Parameters:
    ///   - text: Any text.
    ///   - quoting: Whether double quotes get a backslash too, for formats that put the text in quotes.
    ///   - limit: The most characters; what follows is replaced by `…`.
    /// - Returns: The text, or one that is longer by the escapes.
    static func escaped(_ text: String, quoting: Bool = false, limit: Int = 2_048) -> String {
        let isPlain: (UInt8) -> Bool = { 0x20..<0x7F ~= $0 && $0 != 0x5C && !(quoting && $0 == 0x22) }
        guard text.utf8.count > limit || !text.utf8.allSatisfy(isPlain) else { return text }
        var result = ""
        for (count, scalar) in text.unicodeScalars.enumerated() {
            guard count < limit else { return result + "…" }
            if scalar == "\\" || quoting && scalar == "\"" {
                result += "\\"
                result.unicodeScalars.append(scalar)
            } else if isHarmful(scalar) {
                result += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // Control characters of ASCII and of ISO 8859-1, among them the line ends and the escape of terminals.
        case 0..<0x20, 0x7F..<0xA0: true
        // Line and paragraph separators; marks that turn the direction of writing.
        case 0x2028, 0x2029, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
