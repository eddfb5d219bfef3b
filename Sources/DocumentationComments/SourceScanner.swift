// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What a file of Swift is made of, as far as documentation comments and declarations need it.
enum SourceToken: Equatable {
    /// A keyword, or a name with the backquotes that it may have.
    case word(String)

    /// One character that is no part of a name.
    case symbol(UInt8)

    /// The text of a `///` line or of a `/** */` block, without its marks.
    case comment(String)

    /// A string, a number, a regular expression: something that holds no declaration.
    case literal

    /// `#if`, `#else`, `#elseif` or `#endif`.
    case directive(String)

    /// The end of a line.
    case newline
}

/// Divides a file of Swift into tokens.
///
/// It knows what must not be taken for code: comments, which nest, and strings with their interpolations, in one line and
/// in many, raw ones included.
struct SourceScanner {
    private let bytes: [UInt8]
    private var index = 0
    private var tokens: [SourceToken] = []

    init(_ text: String) { bytes = Array(text.utf8) }

    static func tokens(_ text: String) -> [SourceToken] {
        var scanner = SourceScanner(text)
        scanner.scan(until: nil)
        return scanner.tokens
    }

    private func byte(_ distance: Int = 0) -> UInt8? {
        index + distance < bytes.count ? bytes[index + distance] : nil
    }

    private func starts(with text: StaticString) -> Bool {
        guard index + text.utf8CodeUnitCount <= bytes.count else { return false }
        return (0..<text.utf8CodeUnitCount).allSatisfy { bytes[index + $0] == text.utf8Start[$0] }
    }

    /// Reads to the end, or to the parenthesis that closes an interpolation.
    private mutating func scan(until closing: UInt8?) {
        var depth = 0
        while let next = byte() {
            if next == UInt8(ascii: "\n") {
                tokens.append(.newline)
                index += 1
            } else if next == 0x20 || next == 0x09 || next == 0x0D {
                index += 1
            } else if starts(with: "//") {
                lineComment()
            } else if starts(with: "/*") {
                blockComment()
            } else if next == UInt8(ascii: "#") {
                number()
            } else if next == UInt8(ascii: "\"") {
                string(hashes: 0)
            } else if Self.isNameStart(next) || next == UInt8(ascii: "`") {
                tokens.append(.word(name()))
            } else if Self.isDigit(next) {
                while let digit = byte(), Self.isNameStart(digit) || Self.isDigit(digit) { index += 1 }
                tokens.append(.literal)
            } else {
                if next == UInt8(ascii: "(") { depth += 1 }
                if next == UInt8(ascii: ")") {
                    if depth == 0, closing == next { return }
                    depth -= 1
                }
                tokens.append(.symbol(next))
                index += 1
            }
        }
    }

    private static func isNameStart(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || (byte | 0x20) &- 0x61 < 26 || byte >= 0x80
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    private mutating func name() -> String {
        if byte() == UInt8(ascii: "`") {
            let start = index
            index += 1
            while let next = byte(), next != UInt8(ascii: "`"), next != UInt8(ascii: "\n") { index += 1 }
            index = min(index + 1, bytes.count)
            return String(decoding: bytes[start..<index], as: UTF8.self)
        }
        let start = index
        while let next = byte(), Self.isNameStart(next) || Self.isDigit(next) { index += 1 }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    // MARK: Comments

    private mutating func lineComment() {
        let isDocumentation = starts(with: "///") && !starts(with: "////")
        let start = index + 3
        while let next = byte(), next != UInt8(ascii: "\n") { index += 1 }
        guard isDocumentation else { return }
        var line = bytes[min(start, index)..<index]
        if line.first == 0x20 { line = line.dropFirst() }
        if line.last == 0x0D { line = line.dropLast() }
        tokens.append(.comment(String(decoding: line, as: UTF8.self)))
    }

    private mutating func blockComment() {
        let isDocumentation = starts(with: "/**") && !starts(with: "/**/") && !starts(with: "/***")
        let start = index + 3
        var depth = 0
        while index < bytes.count {
            if starts(with: "/*") {
                depth += 1
                index += 2
            } else if starts(with: "*/") {
                depth -= 1
                index += 2
                if depth == 0 { break }
            } else {
                index += 1
            }
        }
        guard isDocumentation else { return }
        let end = max(start, index - 2)
        tokens.append(.comment(Self.block(String(decoding: bytes[min(start, end)..<end], as: UTF8.self))))
    }

    /// A block without the asterisks at the starts of its lines.
    private static func block(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> Substring in
            var line = line.drop { $0 == " " || $0 == "\t" }
            while line.last == " " || line.last == "\r" { line = line.dropLast() }
            if line.first == "*" { line = line.dropFirst() }
            return line.first == " " ? line.dropFirst() : line
        }
        let from = lines.firstIndex { !$0.isEmpty } ?? lines.endIndex
        let to = lines.lastIndex { !$0.isEmpty } ?? lines.startIndex
        return from <= to && from < lines.endIndex ? lines[from...to].joined(separator: "\n") : ""
    }

    // MARK: Literals

    /// What begins with a number sign: a raw string, a regular expression, a directive or a macro.
    private mutating func number() {
        var hashes = 0
        while byte(hashes) == UInt8(ascii: "#") { hashes += 1 }
        if byte(hashes) == UInt8(ascii: "\"") {
            index += hashes
            return string(hashes: hashes)
        }
        if byte(hashes) == UInt8(ascii: "/") {
            index += hashes
            return regularExpression(hashes: hashes)
        }
        index += hashes
        let word = name()
        switch word {
        case "if", "else", "elseif", "endif": tokens.append(.directive(word))
        default: tokens.append(.literal)
        }
    }

    private mutating func regularExpression(hashes: Int) {
        index += 1
        while index < bytes.count, !(byte() == UInt8(ascii: "/") && isFollowed(by: hashes, after: 1)) { index += 1 }
        index += 1 + hashes
        tokens.append(.literal)
    }

    private func isFollowed(by hashes: Int, after distance: Int) -> Bool {
        (0..<hashes).allSatisfy { byte(distance + $0) == UInt8(ascii: "#") }
    }

    private mutating func string(hashes: Int) {
        let quote = UInt8(ascii: "\"")
        let isLong = byte(1) == quote && byte(2) == quote
        index += isLong ? 3 : 1
        while let next = byte() {
            if next == UInt8(ascii: "\\"), isFollowed(by: hashes, after: 1) {
                index += 1 + hashes
                if byte() == UInt8(ascii: "(") {
                    index += 1
                    interpolation()
                }
                index += 1
            } else if next == quote, !isLong || (byte(1) == quote && byte(2) == quote),
                isFollowed(by: hashes, after: isLong ? 3 : 1)
            {
                index += (isLong ? 3 : 1) + hashes
                break
            } else if next == UInt8(ascii: "\n"), !isLong {
                // A string of one line ends there, whatever it was.
                break
            } else {
                index += 1
            }
        }
        tokens.append(.literal)
    }

    /// Skips the code of an interpolation, which may hold strings of its own.
    private mutating func interpolation() {
        let count = tokens.count
        scan(until: UInt8(ascii: ")"))
        tokens.removeLast(tokens.count - count)
    }
}
