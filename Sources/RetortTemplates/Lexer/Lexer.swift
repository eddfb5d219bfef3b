// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Cuts the text of a template into tokens.
///
/// It walks once over the bytes, outside of tags from one delimiter to the next. White space is settled here: what
/// reaches the parser as data is printed as it is.
struct Lexer {
    let source: TemplateSource
    let syntax: TemplateSyntax
    let bytes: [UInt8]
    var index = 0
    var line = 1
    var tokens: [Token] = []

    /// Whether the last token ended a line, so that what follows stands at the beginning of one.
    private var isLineStart = true
    private let openings: [Opening]
    private let blockStart: [UInt8]
    let blockEnd: [UInt8]
    let variableEnd: [UInt8]
    private let commentEnd: [UInt8]
    private let isFirstByte: [Bool]

    /// What may stand behind data.
    private enum OpeningKind: Int { case block = 0, comment, lineComment, lineStatement, variable }

    private struct Opening {
        var kind: OpeningKind
        var text: [UInt8]
    }

    init(_ source: TemplateSource, _ syntax: TemplateSyntax) throws {
        self.source = source
        self.syntax = syntax
        bytes = source.bytes
        blockStart = Array(syntax.blockStart.utf8)
        blockEnd = Array(syntax.blockEnd.utf8)
        variableEnd = Array(syntax.variableEnd.utf8)
        commentEnd = Array(syntax.commentEnd.utf8)
        let delimiters = [
            syntax.blockStart, syntax.blockEnd, syntax.variableStart, syntax.variableEnd, syntax.commentStart,
            syntax.commentEnd,
        ]
        guard !delimiters.contains(""), syntax.lineStatementPrefix != "", syntax.lineCommentPrefix != "" else {
            throw TemplateError(.syntax, "A delimiter of the template syntax is empty.")
        }
        var openings = [
            Opening(kind: .comment, text: Array(syntax.commentStart.utf8)), Opening(kind: .block, text: blockStart),
            Opening(kind: .variable, text: Array(syntax.variableStart.utf8)),
        ]
        if let prefix = syntax.lineStatementPrefix {
            openings.append(Opening(kind: .lineStatement, text: Array(prefix.utf8)))
        }
        if let prefix = syntax.lineCommentPrefix {
            openings.append(Opening(kind: .lineComment, text: Array(prefix.utf8)))
        }
        // The longer one counts where two begin alike.
        self.openings = openings.sorted { ($0.text.count, $0.kind.rawValue) > ($1.text.count, $1.kind.rawValue) }
        var isFirst = [Bool](repeating: false, count: 256)
        for opening in openings { isFirst[Int(opening.text[0])] = true }
        isFirstByte = isFirst
    }

    /// The tokens of a template, ending with one of kind `.end`.
    ///
    /// - Throws: ``TemplateError`` with `.syntax`.
    static func tokens(_ source: TemplateSource, _ syntax: TemplateSyntax) throws -> [Token] {
        var lexer = try Lexer(source, syntax)
        try lexer.run()
        return lexer.tokens
    }

    private mutating func run() throws {
        while index < bytes.count {
            let start = index
            guard let (opening, place) = nextOpening() else {
                addData(bytes[start...])
                index = bytes.count
                break
            }
            try open(opening, at: place, data: start)
        }
        tokens.append(Token(kind: .end, text: "", at: position))
    }

    var position: Position { Position(line: Int32(clamping: line), offset: Int32(clamping: index)) }

    func error(_ message: String, _ at: Position? = nil) -> TemplateError { source.error(message, at ?? position) }

    /// Moves on, counting lines.
    mutating func advance(to end: Int) {
        while index < end {
            if bytes[index] == 0x0A { line += 1 }
            index += 1
        }
    }

    func has(_ text: [UInt8], at place: Int) -> Bool {
        guard place + text.count <= bytes.count else { return false }
        for offset in text.indices where bytes[place + offset] != text[offset] { return false }
        return true
    }

    private func nextOpening() -> (Opening, Int)? {
        var place = index
        let usesLines = syntax.lineStatementPrefix != nil || syntax.lineCommentPrefix != nil
        while place < bytes.count {
            if usesLines || isFirstByte[Int(bytes[place])] {
                for opening in openings where matches(opening, place) != nil { return (opening, place) }
            }
            place += 1
        }
        return nil
    }

    /// Where the text of an opening ends if it stands at a place.
    private func matches(_ opening: Opening, _ place: Int) -> Int? {
        var text = place
        switch opening.kind {
        case .lineStatement:
            guard place == 0 || bytes[place - 1] == 0x0A else { return nil }
            while text < bytes.count, [0x20, 0x09, 0x0B].contains(bytes[text]) { text += 1 }
        case .lineComment:
            guard place == 0 || bytes[place - 1] == 0x0A || !bytes[place - 1].isTemplateSpace else { return nil }
            while text < bytes.count, bytes[text].isTemplateSpace, bytes[text] != 0x0A { text += 1 }
        default: break
        }
        return has(opening.text, at: text) ? text + opening.text.count : nil
    }

    private mutating func open(_ opening: Opening, at place: Int, data start: Int) throws {
        var end = matches(opening, place) ?? place
        var sign: UInt8 = 0
        if opening.kind != .lineComment, end < bytes.count, bytes[end] == 0x2D || bytes[end] == 0x2B {
            sign = bytes[end]
            end += 1
        }
        addData(trimmed(bytes[start..<place], sign: sign, strips: opening.kind != .variable))
        advance(to: place)
        let at = position
        if opening.kind == .block, let rawEnd = rawBegin(after: end) {
            advance(to: rawEnd)
            isLineStart = index > 0 && bytes[index - 1] == 0x0A
            return try raw(at)
        }
        advance(to: end)
        switch opening.kind {
        case .comment: try comment(at)
        case .lineComment:
            advance(to: bytes[index...].firstIndex(of: 0x0A) ?? bytes.count)
            isLineStart = false
        case .variable:
            tokens.append(Token(kind: .variableBegin, text: "", at: at))
            try tag(.variable)
        case .block:
            tokens.append(Token(kind: .blockBegin, text: "", at: at))
            try tag(.block)
        case .lineStatement:
            tokens.append(Token(kind: .blockBegin, text: "", at: at))
            try tag(.line)
        }
    }

    /// Data without the white space that the tag behind it swallows.
    private func trimmed(_ data: ArraySlice<UInt8>, sign: UInt8, strips: Bool) -> ArraySlice<UInt8> {
        if sign == 0x2D { return data[..<(data.lastIndex { !$0.isTemplateSpace }.map { $0 + 1 } ?? data.startIndex)] }
        guard sign != 0x2B, strips, syntax.lstripBlocks else { return data }
        let lastLine = data.lastIndex(of: 0x0A).map { $0 + 1 }
        guard lastLine != nil || isLineStart else { return data }
        let start = lastLine ?? data.startIndex
        return data[start...].allSatisfy(\.isTemplateSpace) ? data[..<start] : data
    }

    private mutating func addData(_ data: ArraySlice<UInt8>) {
        guard !data.isEmpty else { return }
        tokens.append(Token(kind: .data, text: text(of: data), at: position))
    }

    /// The text of data, with its line ends as they are to be written.
    private func text(of data: ArraySlice<UInt8>) -> String {
        guard syntax.newlineSequence != "\n", data.contains(0x0A) else { return String(decoding: data, as: UTF8.self) }
        let lines = data.split(separator: 0x0A, omittingEmptySubsequences: false)
        return lines.map { String(decoding: $0, as: UTF8.self) }.joined(separator: syntax.newlineSequence)
    }

    // MARK: Ends

    enum TagKind { case block, variable, line }

    /// Where the end of a tag leads if it stands here.
    func tagEnd(_ kind: TagKind) -> Int? {
        switch kind {
        case .variable:
            if bytes[index] == 0x2D, has(variableEnd, at: index + 1) { return skipSpace(index + 1 + variableEnd.count) }
            return has(variableEnd, at: index) ? index + variableEnd.count : nil
        case .block: return end(blockEnd, at: index)
        case .line:
            let end = skipSpace(index, exceptLineEnd: true)
            guard end == bytes.count || bytes[end] == 0x0A else { return nil }
            // Empty lines behind belong to the end of the statement.
            let next = skipSpace(end)
            if next == bytes.count { return next }
            return (bytes[..<next].lastIndex(of: 0x0A) ?? end) + 1
        }
    }

    /// Where an end of a statement or comment leads, with the white space that it swallows.
    private func end(_ text: [UInt8], at place: Int) -> Int? {
        guard place < bytes.count else { return nil }
        if bytes[place] == 0x2B, has(text, at: place + 1) { return place + 1 + text.count }
        if bytes[place] == 0x2D, has(text, at: place + 1) { return skipSpace(place + 1 + text.count) }
        guard has(text, at: place) else { return nil }
        let after = place + text.count
        return syntax.trimBlocks && after < bytes.count && bytes[after] == 0x0A ? after + 1 : after
    }

    func skipSpace(_ place: Int, exceptLineEnd: Bool = false) -> Int {
        var place = place
        while place < bytes.count, bytes[place].isTemplateSpace, !(exceptLineEnd && bytes[place] == 0x0A) { place += 1 }
        return place
    }

    mutating func close(_ end: Int) {
        advance(to: end)
        isLineStart = end > 0 && bytes[end - 1] == 0x0A
    }

    // MARK: Comments and raw text

    private mutating func comment(_ at: Position) throws {
        var place = index
        while place < bytes.count {
            if let end = end(commentEnd, at: place) { return close(end) }
            place += 1
        }
        throw error("Missing end of comment tag", at)
    }

    private func rawBegin(after start: Int) -> Int? {
        let word = skipSpace(start)
        guard has(Array("raw".utf8), at: word) else { return nil }
        let end = skipSpace(word + 3)
        if end < bytes.count, bytes[end] == 0x2D, has(blockEnd, at: end + 1) {
            return skipSpace(end + 1 + blockEnd.count)
        }
        return has(blockEnd, at: end) ? end + blockEnd.count : nil
    }

    private mutating func raw(_ at: Position) throws {
        var place = index
        while place < bytes.count {
            if bytes[place] == blockStart[0], has(blockStart, at: place) {
                var word = place + blockStart.count
                let sign: UInt8 = word < bytes.count && (bytes[word] == 0x2D || bytes[word] == 0x2B) ? bytes[word] : 0
                if sign != 0 { word += 1 }
                word = skipSpace(word)
                if has(Array("endraw".utf8), at: word), let end = end(blockEnd, at: skipSpace(word + 6)) {
                    addData(trimmed(bytes[index..<place], sign: sign, strips: true))
                    return close(end)
                }
            }
            place += 1
        }
        throw error("Missing end of raw directive", at)
    }
}

extension UInt8 {
    /// Whether the byte is white space of ASCII, as Python strips it.
    @inline(__always)
    var isTemplateSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) || (0x1C...0x1F).contains(self) }
}
