// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The beginning of a piece of markup, with its open elements closed.
///
/// Tags and comments do not count; a character reference counts as one character. Takes time linear in the markup, and
/// remembers at most ``mostOpen`` elements.
///
/// Source: Django, built-in template filters `truncatewords_html` and `truncatechars_html`.
struct MarkupTruncation {
    /// The unit that is counted.
    enum Unit { case words, characters }

    /// The most elements that are open at once; markup that is nested deeper is cut there.
    static let mostOpen = 1_000

    private static let void: Set<String> = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    ]

    private var open: [String] = []
    private var left: Int
    private let unit: Unit
    private var isInWord = false

    /// Cuts markup.
    ///
    /// - Parameters:
    ///   - markup: The markup.
    ///   - count: The most words or characters; with characters the ellipsis is one of them.
    ///   - unit: What is counted.
    /// - Returns: The markup, cut and closed where it has more.
    static func truncate(_ markup: String, _ count: Int, _ unit: Unit) -> String {
        guard count > 0 else { return "" }
        var state = MarkupTruncation(left: count, unit: unit)
        return state.run(Array(markup.utf8), markup)
    }

    private init(left: Int, unit: Unit) {
        self.left = left
        self.unit = unit
    }

    private mutating func run(_ bytes: [UInt8], _ markup: String) -> String {
        var index = 0
        // Where to cut if one more unit follows: behind the last word, or before the last character.
        var cut = 0
        var openAtCut: [String] = []
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "<") {
                index = tag(bytes, index)
                guard open.count <= Self.mostOpen else { break }
                continue
            }
            let end = unitEnd(bytes, index)
            let isSpace = bytes[index] == 0x20 || (0x09...0x0D).contains(bytes[index])
            if unit == .words, isSpace {
                isInWord = false
            } else if unit == .characters || !isInWord {
                if left == 0 { return close(bytes[..<cut], openAtCut) }
                isInWord = true
                left -= 1
                if unit == .characters, left == 0 {
                    cut = index
                    openAtCut = open
                }
            }
            index = end
            if unit == .words, isInWord, left == 0 {
                cut = index
                openAtCut = open
            }
        }
        return index < bytes.count ? close(bytes[..<index], open.dropLast()) : markup
    }

    private func close(_ kept: ArraySlice<UInt8>, _ open: some BidirectionalCollection<String>) -> String {
        let text = String(decoding: kept, as: UTF8.self) + (unit == .words ? " …" : "…")
        return text + open.reversed().map { "</\($0)>" }.joined()
    }

    /// Where the character, or the reference to one, that starts at an index ends.
    private func unitEnd(_ bytes: [UInt8], _ index: Int) -> Int {
        if bytes[index] == UInt8(ascii: "&") {
            let limit = min(bytes.count, index + 12)
            var end = index + 1
            while end < limit, bytes[end] != UInt8(ascii: ";"), isWordByte(bytes[end]) || bytes[end] == 0x23 {
                end += 1
            }
            if end < limit, bytes[end] == UInt8(ascii: ";") { return end + 1 }
        }
        var end = index + 1
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        return end
    }

    private func isWordByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
    }

    /// Reads a tag or a comment, and notes which element it opens or closes.
    private mutating func tag(_ bytes: [UInt8], _ start: Int) -> Int {
        if bytes[start...].starts(with: "<!--".utf8) {
            var end = start + 4
            while end < bytes.count {
                if bytes[end] == UInt8(ascii: ">"), bytes[end - 1] == 0x2D, bytes[end - 2] == 0x2D { return end + 1 }
                end += 1
            }
            return end
        }
        var end = start + 1
        let isClosing = end < bytes.count && bytes[end] == UInt8(ascii: "/")
        if isClosing { end += 1 }
        let nameStart = end
        while end < bytes.count, isWordByte(bytes[end]) || bytes[end] == 0x2D { end += 1 }
        let name = String(decoding: bytes[nameStart..<end].map { $0 | 0x20 }, as: UTF8.self)
        var quote: UInt8?
        while end < bytes.count {
            let byte = bytes[end]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                break
            }
            end += 1
        }
        let isEmpty = end > start && bytes[end - 1] == UInt8(ascii: "/")
        guard !name.isEmpty, name.utf8.first != UInt8(ascii: "-") else { return min(end + 1, bytes.count) }
        if isClosing {
            if let index = open.lastIndex(of: name) { open.removeSubrange(index...) }
        } else if !isEmpty, !Self.void.contains(name) {
            open.append(name)
        }
        return min(end + 1, bytes.count)
    }
}
