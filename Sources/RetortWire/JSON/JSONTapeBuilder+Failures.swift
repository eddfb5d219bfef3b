// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension JSONTapeBuilder {
    /// A failure at the place where the builder stands.
    func syntax(_ expected: String) -> JSONDecodingFailure {
        failure(.jsonSyntax, expected: expected, found: JSONPlace.describe(text, index, end))
    }

    /// A failure of a limit.
    func limit(_ expected: String) -> JSONDecodingFailure {
        failure(.jsonLimit, expected: expected, found: "more of them")
    }

    private func failure(_ code: WireError.Code, expected: String, found: String) -> JSONDecodingFailure {
        let (line, column) = JSONPlace.lineAndColumn(text, index)
        return JSONDecodingFailure(
            code, path: path(), expected: expected, found: found, byteOffset: index, line: line, column: column,
            status: 400)
    }

    /// The path to where the builder stands.
    private func path() -> String {
        var path = ""
        for frame in depth > 0 ? frames + [frame] : [] where frame.count > 0 {
            if frame.isObject {
                JSONPath.append(key: keyText(frame.lastKey), to: &path)
            } else {
                JSONPath.append(index: frame.count - 1, to: &path)
            }
        }
        return path
    }

    private func keyText(_ index: Int) -> String {
        guard index < tape.count else { return "" }
        return String(decoding: tape.keyBytes(tape.entries[index], text), as: UTF8.self)
    }
}

/// Describes places of a text for people.
enum JSONPlace {
    /// The line and the column in bytes of an offset, both counted from 1.
    static func lineAndColumn(_ text: UnsafePointer<UInt8>, _ offset: Int) -> (line: Int, column: Int) {
        var line = 1
        var start = 0
        for index in 0..<offset where text[index] == 0x0A {
            line += 1
            start = index + 1
        }
        return (line, offset - start + 1)
    }

    /// What stands at an offset, in words.
    static func describe(_ text: UnsafePointer<UInt8>, _ offset: Int, _ end: Int) -> String {
        guard offset < end else { return "the end of the text" }
        let byte = text[offset]
        if byte > 0x20, byte < 0x7F { return "`\(Character(Unicode.Scalar(byte)))`" }
        if byte == 0x20 { return "a space" }
        if byte == 0x0A || byte == 0x0D { return "the end of the line" }
        let digits = String(byte, radix: 16, uppercase: true)
        return "the byte 0x\(digits.utf8.count == 1 ? "0" : "")\(digits)"
    }
}
