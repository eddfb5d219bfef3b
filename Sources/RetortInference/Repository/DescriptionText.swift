// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The small part of YAML in which models are described: keys with a scalar, a list in brackets, or a block of indented
/// keys with one of these.
///
/// What is outside that part is refused with its line, never guessed at.
///
/// Source: YAML 1.2, of which every such text has the same meaning.
struct DescriptionText {
    indirect enum Value: Hashable {
        case scalar(String)
        case list([String])
        case block([String: Value])
    }

    let values: [String: Value]

    init(_ text: String) throws {
        var top: [String: Value] = [:]
        var block: (key: String, indent: Int, values: [String: Value])?
        func close() {
            if let open = block { top[open.key] = .block(open.values) }
            block = nil
        }
        // By bytes: to Swift, a carriage return and a line feed are one character.
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let content = try Self.withoutComment(Substring(line), number: index + 1)
            guard let first = content.firstIndex(where: { $0 != " " }) else { continue }
            let indent = content[..<first].utf8.count
            let (key, value) = try Self.pair(content[first...], number: index + 1)
            if indent == 0 {
                close()
                guard top[key] == nil else { throw Self.error(index + 1, "repeats '\(key)'") }
                if let value { top[key] = value } else { block = (key, 0, [:]) }
            } else {
                guard block != nil, block?.indent == 0 || block?.indent == indent else {
                    throw Self.error(index + 1, "is indented otherwise than those before")
                }
                guard let value else { throw Self.error(index + 1, "opens a block within a block") }
                guard block?.values[key] == nil else { throw Self.error(index + 1, "repeats '\(key)'") }
                block?.indent = indent
                block?.values[key] = value
            }
        }
        close()
        values = top
    }

    private static func error(_ line: Int, _ what: String) -> InferenceError {
        InferenceError(.invalidDescription, "Line \(line) of the description \(what).")
    }

    private static func withoutComment(_ line: Substring, number: Int) throws -> Substring {
        guard line.utf8.allSatisfy({ $0 >= 32 || $0 == 13 }) else {
            throw error(number, "has a tab or another control character; indent with spaces")
        }
        var end = line.startIndex
        var before: Character = " "
        while end < line.endIndex, !(line[end] == "#" && before == " ") {
            before = line[end]
            line.formIndex(after: &end)
        }
        return line[..<end].trimmed
    }

    private static func pair(_ text: Substring, number: Int) throws -> (String, Value?) {
        guard let colon = text.firstIndex(of: ":") else { throw error(number, "has no colon behind a key") }
        let key = String(text[..<colon].trimmed)
        let isWord = key.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
                || byte == UInt8(ascii: "/")
                || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
                || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
        }
        guard !key.isEmpty, isWord else { throw error(number, "has a key of other than letters, digits and _-./") }
        let rest = text[text.index(after: colon)...]
        guard rest.isEmpty || rest.first == " " else { throw error(number, "has no space behind the colon") }
        let value = rest.drop { $0 == " " }
        if value.isEmpty { return (key, nil) }
        if value.first == "[" {
            guard value.last == "]", value.count >= 2 else { throw error(number, "opens a list and does not close it") }
            let inside = value.dropFirst().dropLast()
            if inside.trimmed.drop(while: { $0 == " " }).isEmpty { return (key, .list([])) }
            return (
                key,
                .list(
                    try inside.split(separator: ",", omittingEmptySubsequences: false).map {
                        try scalar($0.drop { $0 == " " }.trimmed, number: number)
                    })
            )
        }
        return (key, .scalar(try scalar(value, number: number)))
    }

    private static func scalar(_ text: Substring, number: Int) throws -> String {
        if let quote = text.first, quote == "\"" || quote == "'" {
            guard text.count >= 2, text.last == quote else {
                throw error(number, "opens a quotation and does not close it")
            }
            let inside = text.dropFirst().dropLast()
            guard !inside.contains(quote), !inside.contains("\\") else {
                throw error(number, "has a quotation or a backslash within a quotation")
            }
            return String(inside)
        }
        guard let first = text.first, !"&*!|>%@`{}[],?-".contains(first) || text.isNumber else {
            throw error(number, "has a value that is neither a word, a number, a quotation nor a list in brackets")
        }
        return String(text)
    }
}

extension Substring {
    /// Without spaces at the end.
    fileprivate var trimmed: Substring {
        var end = endIndex
        while end > startIndex, self[index(before: end)] == " " || self[index(before: end)] == "\r" {
            formIndex(before: &end)
        }
        return self[..<end]
    }

    fileprivate var isNumber: Bool { Double(self) != nil }
}
