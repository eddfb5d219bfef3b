// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Reads a catalog as people write it, line by line.
struct POReader {
    /// A text with its translations, and where it begins.
    struct Entry {
        var message: Catalog.Message
        var line: Int
    }

    private enum Part: Hashable {
        case context, id, plural, translation
        case form(Int)

        var name: String {
            switch self {
            case .context: "msgctxt"
            case .id: "msgid"
            case .plural: "msgid_plural"
            case .translation: "msgstr"
            case .form(let number): "msgstr[\(number)]"
            }
        }
    }

    private let bytes: [UInt8]
    private let file: String?
    private var line = 0
    /// The parts of the entry that is read, with their lines.
    private var parts: [(part: Part, text: [UInt8], line: Int)] = []
    private var isFuzzy = false
    private var result: [Entry] = []
    private var seen: [MessageKey: Int] = [:]

    init(_ bytes: [UInt8], file: String?) {
        // A mark of the byte order says nothing in UTF-8.
        self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        self.file = file
    }

    mutating func entries() throws -> [Entry] {
        guard bytes.count <= Catalog.mostBytes else {
            throw CatalogError(.limit, "The catalog has more than \(Catalog.mostBytes) bytes.", file: file)
        }
        for text in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            line += 1
            try read(text.drop(while: Self.isSpace))
        }
        try finish()
        return result
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private func error(_ message: String, _ code: CatalogError.Code = .syntax, at line: Int? = nil) -> CatalogError {
        CatalogError(code, message, file: file, line: line ?? self.line)
    }

    /// Whether the entry that is read has a translation, so that what follows is another entry.
    private var isComplete: Bool {
        switch parts.last?.part {
        case .translation?, .form?: true
        default: false
        }
    }

    private mutating func read(_ text: ArraySlice<UInt8>) throws {
        guard let first = text.first else { return }
        if first == UInt8(ascii: "#") {
            if isComplete { try finish() }
            // "#," has the flags of what follows; "#~" is obsolete, and everything else is for people.
            if text.dropFirst().first == UInt8(ascii: ",") {
                let flags = String(decoding: text.dropFirst(2), as: UTF8.self).split(separator: ",")
                if flags.contains(where: { $0.filter { !$0.isWhitespace } == "fuzzy" }) { isFuzzy = true }
            }
            return
        }
        if first == UInt8(ascii: "\"") {
            guard !parts.isEmpty else { throw error("In front of this text stands no keyword such as msgid.") }
            parts[parts.count - 1].text += try strings(text)
            return
        }
        let (part, rest) = try keyword(text)
        if isComplete, part == .context || part == .id { try finish() }
        try check(order: part)
        parts.append((part, try strings(rest), line))
    }

    private func keyword(_ text: ArraySlice<UInt8>) throws -> (Part, ArraySlice<UInt8>) {
        let end = text.firstIndex { !(0x61...0x7A).contains($0) && $0 != UInt8(ascii: "_") } ?? text.endIndex
        let rest = text[end...]
        switch String(decoding: text[..<end], as: UTF8.self) {
        case "msgctxt": return (.context, rest)
        case "msgid": return (.id, rest)
        case "msgid_plural": return (.plural, rest)
        case "msgstr":
            guard rest.first == UInt8(ascii: "[") else { return (.translation, rest) }
            guard let close = rest.firstIndex(of: UInt8(ascii: "]")),
                let number = Int(String(decoding: rest[(end + 1)..<close], as: UTF8.self)),
                (0..<PluralRule.mostForms).contains(number)
            else { throw error("Behind msgstr stands the number of a form, such as [0].") }
            return (.form(number), rest[(close + 1)...])
        case "domain": throw error("Several domains in one file are not read; make a file of each.")
        default:
            let word = String(decoding: text.prefix(20), as: UTF8.self)
            throw error("A line begins with a keyword such as msgid, a text in quotes or #, not with \"\(word)\".")
        }
    }

    private func check(order part: Part) throws {
        let last = parts.last?.part
        let fits =
            switch part {
            case .context: last == nil
            case .id: last == nil || last == .context
            case .plural, .translation: last == .id
            case .form(0): last == .plural
            case .form(let number): last == .form(number - 1)
            }
        guard fits else {
            throw error("\(part.name) does not belong behind \(last?.name ?? "the entry before it").")
        }
    }

    // MARK: Texts

    /// One or more texts in quotes up to the end of the line.
    private func strings(_ text: ArraySlice<UInt8>) throws -> [UInt8] {
        var rest = text.drop(while: Self.isSpace)
        guard !rest.isEmpty else { throw error("A text in quotes is missing.") }
        var result: [UInt8] = []
        while let first = rest.first {
            guard first == UInt8(ascii: "\"") else { throw error("Between texts in quotes stands something else.") }
            rest = try string(rest.dropFirst(), &result).drop(while: Self.isSpace)
        }
        return result
    }

    /// Reads up to the closing quote, and gives what stands behind it.
    private func string(_ text: ArraySlice<UInt8>, _ result: inout [UInt8]) throws -> ArraySlice<UInt8> {
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return text[index...]
            case UInt8(ascii: "\\"): try escape(text, &index, &result)
            default: result.append(byte)
            }
        }
        throw error("The text has no closing quote on its line.")
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "n"): 0x0A, UInt8(ascii: "t"): 0x09, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "a"): 0x07,
        UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "v"): 0x0B, UInt8(ascii: "\\"): 0x5C,
        UInt8(ascii: "\""): 0x22,
    ]

    private func escape(_ text: ArraySlice<UInt8>, _ index: inout Int, _ result: inout [UInt8]) throws {
        guard index < text.endIndex else { throw error("The text ends behind a backslash.") }
        if let byte = Self.escapes[text[index]] {
            index += 1
            return result.append(byte)
        }
        let isHex = text[index] == UInt8(ascii: "x")
        if isHex { index += 1 }
        let digits = text[index...].prefix(isHex ? 2 : 3).prefix { byte in
            isHex ? UInt8.hexDigits.contains(byte) : (0x30...0x37).contains(byte)
        }
        guard let number = UInt8(String(decoding: digits, as: UTF8.self), radix: isHex ? 16 : 8) else {
            let found = String(decoding: text[index...].prefix(1), as: UTF8.self)
            throw error("\"\\\(isHex ? "x" : "")\(found)\" is no escape. A backslash is written \"\\\\\".")
        }
        index += digits.count
        result.append(number)
    }

    private func text(_ part: (part: Part, text: [UInt8], line: Int)) throws -> String {
        // Both stand between texts in compiled catalogs.
        guard !part.text.contains(0), !part.text.contains(4) else {
            throw error("The text of \(part.part.name) has a byte 0 or 4, which catalogs cannot have.", at: part.line)
        }
        guard let text = String(validating: part.text, as: UTF8.self) else {
            throw error("The text of \(part.part.name) is no UTF-8.", .charset, at: part.line)
        }
        return text
    }

    // MARK: Entries

    private mutating func finish() throws {
        guard let start = parts.first?.line else { return }
        defer {
            parts = []
            isFuzzy = false
        }
        guard isComplete else { throw error("The entry of line \(start) has no msgstr.") }
        var message = Catalog.Message(id: "", forms: [])
        for part in parts {
            switch part.part {
            case .context: message.context = try text(part)
            case .id: message.id = try text(part)
            case .plural: message.plural = try text(part)
            case .translation, .form: message.forms.append(try text(part))
            }
        }
        let key = MessageKey(message.context, message.id)
        if let first = seen.updateValue(start, forKey: key) {
            let what = message.id.isEmpty ? "The header" : "\"\(message.id.prefix(60))\""
            throw error("\(what) is defined twice, first in line \(first).", .duplicate, at: start)
        }
        let isHeader = message.id.isEmpty && message.context == nil
        guard isHeader || !isFuzzy, message.forms.first?.isEmpty == false else { return }
        result.append(Entry(message: message, line: start))
    }
}

extension UInt8 {
    fileprivate static let hexDigits = Set("0123456789abcdefABCDEF".utf8)
}
