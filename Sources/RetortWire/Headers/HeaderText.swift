// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Quoting and the comma-separated lists that most header fields are made of.
///
/// All of it works on bytes, in linear time, and refuses texts longer than a limit.
public enum HeaderText {
    /// The number of bytes past which a parser of a header value does not look at it: 10,000.
    public static let defaultLimit = 10_000

    /// Puts a text into double quotes unless it is a token.
    ///
    /// `"` and `\` get a backslash before them. A control byte other than the tab becomes a space, because no quoting
    /// can carry it.
    ///
    /// - Parameters:
    ///   - text: The text to write.
    ///   - allowingToken: Whether a text of token bytes only stays without quotes.
    /// - Returns: A token or a quoted string.
    ///
    /// Source: RFC 9110 §5.6.4.
    public static func quoted(_ text: String, allowingToken: Bool = true) -> String {
        if allowingToken, !text.utf8.isEmpty, text.utf8.allSatisfy(\.isTokenByte) { return text }
        var bytes: [UInt8] = [UInt8(ascii: "\"")]
        bytes.reserveCapacity(text.utf8.count + 2)
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(printable(byte))
        }
        bytes.append(UInt8(ascii: "\""))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Takes the double quotes off a text, and the backslash off each byte behind one.
    ///
    /// - Parameter text: The text; it stays as it is where it does not begin and end with a quote.
    /// - Returns: The text that was quoted.
    ///
    /// Source: RFC 9110 §5.6.4.
    public static func unquoted(_ text: String) -> String {
        let slice = ArraySlice(text.utf8)
        return isQuoted(slice) ? unquoted(slice).fieldText : text
    }

    /// Parses items separated by commas.
    ///
    /// An item that is quoted as a whole loses its quotes; quotes inside an item stay. Empty items are left out.
    ///
    /// - Parameters:
    ///   - text: The header value.
    ///   - limit: The greatest length in bytes.
    /// - Returns: The items; none where a quote is left open or the text is too long.
    ///
    /// Source: RFC 9110 §5.6.1.
    public static func parseList(_ text: String, limit: Int = defaultLimit) -> [String] {
        guard let slice = text.fieldSlice(limit: limit) else { return [] }
        return items(of: slice).map { unquoted($0).fieldText }
    }

    /// Writes items separated by commas, each quoted where it is no token.
    ///
    /// - Parameter items: The items.
    /// - Returns: The header value.
    public static func printList(_ items: some Sequence<String>) -> String {
        items.map { quoted($0) }.joined(separator: ", ")
    }
}

extension HeaderText {
    /// The byte, or a space in the place of a control byte.
    static func printable(_ byte: UInt8) -> UInt8 { (byte < 0x20 && byte != 0x09) || byte == 0x7F ? 0x20 : byte }

    /// The text with a space in the place of each control byte.
    package static func printable(_ text: String) -> String {
        guard text.utf8.contains(where: { printable($0) != $0 }) else { return text }
        return String(decoding: text.utf8.map { printable($0) }, as: UTF8.self)
    }

    /// Whether the slice begins and ends with a quote, which are two.
    static func isQuoted(_ slice: FieldSlice) -> Bool {
        slice.count >= 2 && slice.first == UInt8(ascii: "\"") && slice.last == UInt8(ascii: "\"")
    }

    /// The slice without its quotes and escapes, or the slice itself where it is not quoted.
    static func unquoted(_ slice: FieldSlice) -> FieldSlice {
        guard isQuoted(slice) else { return slice }
        let inner = slice.dropFirst().dropLast()
        guard inner.contains(UInt8(ascii: "\\")) else { return inner }
        var result: [UInt8] = []
        result.reserveCapacity(inner.count)
        var index = inner.startIndex
        while index < inner.endIndex {
            // A backslash at the very end has nothing behind it and stays.
            if inner[index] == UInt8(ascii: "\\"), index + 1 < inner.endIndex { index += 1 }
            result.append(inner[index])
            index += 1
        }
        return result[...]
    }

    /// The trimmed items between the commas, still quoted; none where a quote is left open.
    static func items(of slice: FieldSlice) -> [FieldSlice] {
        var result: [FieldSlice] = []
        var start = slice.startIndex
        var index = start
        var isQuoted = false
        func item(to end: Int) {
            let item = slice[start..<end].fieldTrimmed
            if !item.isEmpty { result.append(item) }
        }
        while index < slice.endIndex {
            switch slice[index] {
            case UInt8(ascii: "\\") where isQuoted: index += 1
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: ",") where !isQuoted:
                item(to: index)
                start = index + 1
            default: break
            }
            index += 1
        }
        guard !isQuoted else { return [] }
        item(to: slice.endIndex)
        return result
    }
}
