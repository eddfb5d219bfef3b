// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The items of a header value that is a list.
enum ListValue {
    /// The items between the commas that stand outside quotes.
    ///
    /// - Parameter value: The value of the header.
    /// - Returns: The items without surrounding quotes and spaces. Empty ones are left out; there is none at all
    ///   where a quoted string is not closed.
    ///
    /// Source: RFC 9110 §5.6.1.
    static func items(_ value: String) -> [String] {
        var items: [String] = []
        var start = value.utf8.startIndex
        var isQuoted = false
        var isEscaped = false
        for index in value.utf8.indices {
            let byte = value.utf8[index]
            if isEscaped {
                isEscaped = false
            } else if isQuoted, byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if byte == UInt8(ascii: ","), !isQuoted {
                append(value[start..<index], to: &items)
                start = value.utf8.index(after: index)
            }
        }
        guard !isQuoted else { return [] }
        append(value[start...], to: &items)
        return items
    }

    private static func append(_ item: Substring, to items: inout [String]) {
        let trimmed = item.trimmingHTTPWhitespace
        if !trimmed.isEmpty { items.append(unquoted(trimmed)) }
    }

    /// The text of a quoted string, or the text itself where it is none.
    ///
    /// Source: RFC 9110 §5.6.4.
    static func unquoted(_ text: Substring) -> String {
        let bytes = text.utf8
        guard bytes.count >= 2, bytes.first == UInt8(ascii: "\""), bytes.last == UInt8(ascii: "\"") else {
            return String(text)
        }
        var result: [UInt8] = []
        var isEscaped = false
        for byte in bytes.dropFirst().dropLast() {
            if !isEscaped, byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else {
                isEscaped = false
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension Substring {
    /// The text without spaces and tabs at its ends.
    ///
    /// Source: RFC 9110 §5.6.3.
    var trimmingHTTPWhitespace: Substring {
        guard let first = utf8.firstIndex(where: { !$0.isHTTPWhitespace }),
            let last = utf8.lastIndex(where: { !$0.isHTTPWhitespace })
        else { return "" }
        return self[first...last]
    }
}
