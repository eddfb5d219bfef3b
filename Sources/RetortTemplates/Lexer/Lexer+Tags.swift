// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What stands inside of tags: names, numbers, texts and signs.
extension Lexer {
    /// The signs, the longer ones first.
    private static let signs: [[UInt8]] = [
        "//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<", "=",
        ".", ":", "|", ",", ";",
    ].map { Array($0.utf8) }

    /// Reads a tag up to its end.
    mutating func tag(_ kind: TagKind) throws {
        var brackets: [UInt8] = []
        while index < bytes.count {
            if brackets.isEmpty, let end = tagEnd(kind) {
                let ending: Token.Kind = kind == .variable ? .variableEnd : .blockEnd
                tokens.append(Token(kind: ending, text: "", at: position))
                return close(end)
            }
            let byte = bytes[index]
            if byte.isTemplateSpace {
                advance(to: index + 1)
            } else if byte == 0x22 || byte == 0x27, let end = stringEnd() {
                try string(end)
            } else if (0x30...0x39).contains(byte) {
                try number()
            } else if byte == 0x5F || byte >= 0x80 || (0x41...0x5A).contains(byte & 0xDF) {
                try name()
            } else {
                try sign(&brackets)
            }
        }
        // At the end of the template a line statement is complete.
        if kind == .line, brackets.isEmpty { tokens.append(Token(kind: .blockEnd, text: "", at: position)) }
    }

    private mutating func sign(_ brackets: inout [UInt8]) throws {
        guard let sign = Self.signs.first(where: { has($0, at: index) }) else {
            throw error("unexpected char '\(character(at: index))' at \(index)")
        }
        let text = String(decoding: sign, as: UTF8.self)
        switch text {
        case "(": brackets.append(UInt8(ascii: ")"))
        case "[": brackets.append(UInt8(ascii: "]"))
        case "{": brackets.append(UInt8(ascii: "}"))
        case ")", "]", "}":
            guard let expected = brackets.popLast() else { throw error("unexpected '\(text)'") }
            guard expected == sign[0] else {
                throw error("unexpected '\(text)', expected '\(Character(Unicode.Scalar(expected)))'")
            }
        default: break
        }
        tokens.append(Token(kind: .op, text: text, at: position))
        advance(to: index + sign.count)
    }

    private func character(at place: Int) -> String {
        var end = place + 1
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        return String(decoding: bytes[place..<end], as: UTF8.self)
    }

    private mutating func name() throws {
        var end = index
        while end < bytes.count, bytes[end].isNameByte { end += 1 }
        let text = String(decoding: bytes[index..<end], as: UTF8.self)
        guard text.isIdentifier else { throw error("Invalid character in identifier") }
        tokens.append(Token(kind: .name, text: text, at: position))
        advance(to: end)
    }

    // MARK: Numbers

    private mutating func number() throws {
        let at = position
        let isPart = tokens.last?.isOperator(".") == true && tokens.last.map { Int($0.at.offset) == index - 1 } == true
        if !isPart, let end = floatEnd() {
            let text = String(decoding: bytes[index..<end].filter { $0 != 0x5F }, as: UTF8.self)
            tokens.append(Token(kind: .float, text: text, value: .float(Double(text) ?? .infinity), at: at))
            advance(to: end)
            return
        }
        let (end, radix, digits) = integer()
        let text = String(decoding: bytes[index..<end], as: UTF8.self)
        guard let value = try Int(digits, radix: radix).map({ TemplateValue.int($0) }) ?? large(digits, radix) else {
            throw error("The number \(text) is too large.")
        }
        tokens.append(Token(kind: .integer, text: value.representation, value: value, at: at))
        advance(to: end)
    }

    private func large(_ digits: String, _ radix: Int) throws -> TemplateValue? {
        guard radix == 10 else { return nil }
        do { return try BigInteger.parse(digits.utf8, isNegative: false) } catch { return nil }
    }

    private func digitsEnd(_ start: Int, _ isDigit: (UInt8) -> Bool) -> Int {
        var end = start
        while end < bytes.count {
            if isDigit(bytes[end]) {
                end += 1
            } else if bytes[end] == 0x5F, end + 1 < bytes.count, isDigit(bytes[end + 1]), end > start || start > index {
                end += 1
            } else {
                break
            }
        }
        return end
    }

    private func floatEnd() -> Int? {
        let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
        var end = digitsEnd(index, isDigit)
        var isFloat = false
        if end + 1 < bytes.count, bytes[end] == 0x2E, isDigit(bytes[end + 1]) {
            end = digitsEnd(end + 1, isDigit)
            isFloat = true
        }
        if end < bytes.count, bytes[end] | 0x20 == UInt8(ascii: "e") {
            var power = end + 1
            if power < bytes.count, bytes[power] == 0x2B || bytes[power] == 0x2D { power += 1 }
            if power < bytes.count, isDigit(bytes[power]) { return digitsEnd(power, isDigit) }
        }
        return isFloat ? end : nil
    }

    private func integer() -> (end: Int, radix: Int, digits: String) {
        let forms: [(UInt8, Int)] = [(UInt8(ascii: "x"), 16), (UInt8(ascii: "o"), 8), (UInt8(ascii: "b"), 2)]
        if bytes[index] == 0x30, index + 2 < bytes.count,
            let radix = forms.first(where: { $0.0 == bytes[index + 1] | 0x20 })?.1
        {
            let isDigit = { (byte: UInt8) in Character(Unicode.Scalar(byte)).hexDigitValue.map { $0 < radix } ?? false }
            let end = digitsEnd(index + 2, isDigit)
            if end > index + 2 { return (end, radix, text(index + 2, end)) }
        }
        let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
        var end = digitsEnd(index, isDigit)
        // A zero in front ends the number, unless there are only zeros.
        if bytes[index] == 0x30 { end = digitsEnd(index) { $0 == 0x30 } }
        return (end, 10, text(index, end))
    }

    private func text(_ start: Int, _ end: Int) -> String {
        String(decoding: bytes[start..<end].filter { $0 != 0x5F }, as: UTF8.self)
    }

    // MARK: Texts

    private func stringEnd() -> Int? {
        var end = index + 1
        while end < bytes.count {
            if bytes[end] == bytes[index] { return end }
            end += bytes[end] == 0x5C ? 2 : 1
        }
        return nil
    }

    private mutating func string(_ end: Int) throws {
        let at = position
        var text = String.UnicodeScalarView()
        let newline = syntax.newlineSequence
        var scalars = Array(String(decoding: bytes[(index + 1)..<end], as: UTF8.self).unicodeScalars)[...]
        while let scalar = scalars.popFirst() {
            if scalar == "\n" {
                text.append(contentsOf: newline.unicodeScalars)
            } else if scalar == "\\" {
                try escape(&scalars, into: &text)
            } else {
                text.append(scalar)
            }
        }
        tokens.append(Token(kind: .string, text: String(text), at: at))
        advance(to: end + 1)
    }

    /// Reads what stands behind a backslash.
    ///
    /// Source: Python, string and bytes literals.
    private func escape(_ scalars: inout ArraySlice<Unicode.Scalar>, into text: inout String.UnicodeScalarView) throws {
        guard let scalar = scalars.popFirst() else { return }
        switch scalar {
        case "\n": break
        case "\\", "'", "\"": text.append(scalar)
        case "a": text.append("\u{7}")
        case "b": text.append("\u{8}")
        case "f": text.append("\u{C}")
        case "n": text.append("\n")
        case "r": text.append("\r")
        case "t": text.append("\t")
        case "v": text.append("\u{B}")
        case "0"..."7":
            var code = scalar.value - 48
            var count = 1
            while count < 3, let digit = scalars.first, ("0"..."7").contains(digit) {
                code = code * 8 + digit.value - 48
                scalars.removeFirst()
                count += 1
            }
            if let scalar = Unicode.Scalar(code) { text.append(scalar) }
        case "x": text.append(try hex(&scalars, 2))
        case "u": text.append(try hex(&scalars, 4))
        case "U": text.append(try hex(&scalars, 8))
        default:
            text.append("\\")
            text.append(scalar)
        }
    }

    private func hex(_ scalars: inout ArraySlice<Unicode.Scalar>, _ count: Int) throws -> Unicode.Scalar {
        let digits = String(String.UnicodeScalarView(scalars.prefix(count)))
        scalars = scalars.dropFirst(count)
        guard digits.utf8.count == count, digits.utf8.first != 0x2B, digits.utf8.first != 0x2D,
            let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code)
        else { throw error("The text has an escape that is no character: \\\(digits)") }
        return scalar
    }
}

extension UInt8 {
    /// Whether the byte may be part of a name.
    fileprivate var isNameByte: Bool {
        self == 0x5F || self >= 0x80 || (0x30...0x39).contains(self) || (0x41...0x5A).contains(self & 0xDF)
    }
}
