// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Makes links of what looks like an address in a text that is escaped already.
///
/// Takes time linear in the text: each word is looked at once.
///
/// Source: Jinja, filter `urlize`.
struct LinkFinder {
    let limit: Int?
    let rel: String
    let target: String?
    let schemes: [String]

    /// The longest word that is taken for an address, in bytes.
    static let mostBytes = 2_048

    func markup(_ text: String) -> String {
        var result = ""
        var word = ""
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace {
                result += word.isEmpty ? "" : link(word)
                word = ""
                result.unicodeScalars.append(scalar)
            } else {
                word.unicodeScalars.append(scalar)
            }
        }
        return result + (word.isEmpty ? "" : link(word))
    }

    private func link(_ word: String) -> String {
        guard word.utf8.count <= Self.mostBytes else { return word }
        var middle = word[...]
        var head = ""
        var tail = ""
        let openings = ["(", "<", "&lt;"]
        while let opening = openings.first(where: { middle.hasPrefix($0) }) {
            head += opening
            middle = middle.dropFirst(opening.count)
        }
        let endings = [")", ">", ".", ",", "\n", "&gt;"]
        while let ending = endings.first(where: { middle.hasSuffix($0) }) {
            tail = ending + tail
            middle = middle.dropLast(ending.count)
        }
        // What was opened inside the address is closed inside it.
        for (open, close) in [("(", ")"), ("<", ">"), ("&lt;", "&gt;")] {
            var missing = occurrences(of: open, in: middle) - occurrences(of: close, in: middle)
            while missing > 0, tail.hasPrefix(close) || tail.contains(close) {
                guard let range = firstRange(of: close, in: tail) else { break }
                middle += tail[..<range.upperBound]
                tail = String(tail[range.upperBound...])
                missing -= 1
            }
        }
        return head + anchor(String(middle)) + tail
    }

    private func occurrences(of part: String, in text: Substring) -> Int {
        var count = 0
        var rest = text
        while let range = firstRange(of: part, in: String(rest)) {
            count += 1
            rest = rest.dropFirst(String(rest)[..<range.upperBound].count)
        }
        return count
    }

    private func firstRange(of part: String, in text: String) -> Range<String.Index>? {
        guard let place = TextSearch.find(Array(part.utf8), in: Array(text.utf8), from: 0) else { return nil }
        let start = text.utf8.index(text.startIndex, offsetBy: place)
        return start..<text.utf8.index(start, offsetBy: part.utf8.count)
    }

    private func anchor(_ text: String) -> String {
        let hasScheme = text.hasPrefix("https://") || text.hasPrefix("http://")
        if HostPattern(text).isAddress { return element(hasScheme ? text : "https://" + text, text) }
        if text.hasPrefix("mailto:"), isMail(text.dropFirst(7)) {
            return "<a href=\"\(text)\">\(text.dropFirst(7))</a>"
        }
        if !text.hasPrefix("www."), !text.contains(":"), isMail(text[...]) {
            return "<a href=\"mailto:\(text)\">\(text)</a>"
        }
        if schemes.contains(where: { text.hasPrefix($0) && text.utf8.count > $0.utf8.count }) {
            return element(text, text)
        }
        return text
    }

    private func element(_ address: String, _ text: String) -> String {
        var shown = text
        if let limit, text.unicodeScalars.count > max(0, limit) {
            shown = String(String.UnicodeScalarView(text.unicodeScalars.prefix(max(0, limit)))) + "..."
        }
        let rel = rel.isEmpty ? "" : " rel=\"\(SafeHTML.escaping(self.rel).html)\""
        let target = target.map { " target=\"\(SafeHTML.escaping($0).html)\"" } ?? ""
        return "<a href=\"\(address)\"\(rel)\(target)>\(shown)</a>"
    }

    /// Whether a text has a name, an at sign, and a host with a dot.
    private func isMail(_ text: Substring) -> Bool {
        guard let at = text.utf8.lastIndex(of: UInt8(ascii: "@")), at > text.startIndex else { return false }
        let host = text[text.utf8.index(after: at)...].utf8
        guard let first = host.first, HostPattern.isWord(first), let dot = host.lastIndex(of: UInt8(ascii: ".")) else {
            return false
        }
        let last = host[host.index(after: dot)...]
        return dot > host.startIndex && !last.isEmpty && last.allSatisfy(HostPattern.isWord)
            && host.allSatisfy { HostPattern.isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
    }
}

/// What a link to a page looks like: a host with its scheme, or one that begins with `www` or ends well known.
private struct HostPattern {
    private let text: String
    private static let endings = ["com", "net", "int", "edu", "gov", "org", "info", "mil"]

    init(_ text: String) { self.text = text.lowercased() }

    static func isWord(_ byte: UInt8) -> Bool {
        byte == 0x5F || byte >= 0x80 || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
    }

    var isAddress: Bool {
        for scheme in ["https://", "http://"] where text.hasPrefix(scheme) {
            return isHost(text.dropFirst(scheme.count))
        }
        if text.hasPrefix("www."), isHost(text.dropFirst(4)) { return true }
        let (labels, isComplete) = labels(text[...])
        guard isComplete, labels.count >= 2, let last = labels.last, Self.endings.contains(String(last)) else {
            return false
        }
        return labels.dropLast().allSatisfy { (2...63).contains($0.utf8.count) }
    }

    private func isHost(_ rest: Substring) -> Bool {
        if rest.hasPrefix("[") {
            guard let end = rest.firstIndex(of: "]") else { return false }
            let inside = rest[rest.index(after: rest.startIndex)..<end]
            return inside.contains(":")
                && inside.utf8.allSatisfy { $0 == 0x3A || (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
                && isEnd(rest[rest.index(after: end)...])
        }
        let (labels, isComplete) = labels(rest)
        guard isComplete, let last = labels.last else { return false }
        if labels.count == 4,
            labels.allSatisfy({ (1...3).contains($0.utf8.count) && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        {
            return true
        }
        if last.hasPrefix("xn--") { return (6...63).contains(last.utf8.count) }
        return (2...63).contains(last.utf8.count) && last.utf8.allSatisfy { (0x61...0x7A).contains($0) }
    }

    /// The parts of a host, and whether a port, a path or nothing follows.
    private func labels(_ rest: Substring) -> ([Substring], Bool) {
        let host = rest.utf8.prefix { Self.isWord($0) || $0 == 0x2D || $0 == 0x25 || $0 == 0x2E }
        let labels = Substring(host).split(separator: ".", omittingEmptySubsequences: false)
        return (labels, !labels.contains("") && isEnd(rest[host.endIndex...]))
    }

    private func isEnd(_ rest: Substring) -> Bool {
        var rest = rest
        if rest.hasPrefix(":") {
            let port = rest.dropFirst().utf8.prefix { (0x30...0x39).contains($0) }
            guard (1...5).contains(port.count) else { return false }
            rest = rest[port.endIndex...]
        }
        return rest.isEmpty || rest.hasPrefix("/") || rest.hasPrefix("?") || rest.hasPrefix("#")
    }
}
