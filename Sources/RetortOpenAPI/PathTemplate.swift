// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import RetortWire

/// A pattern as a path of OpenAPI.
struct PathTemplate {
    /// The path, such as `/files/{path}`.
    let text: String

    /// The path without the names of its variables: two with one shape are the same to OpenAPI.
    let shape: String

    private let variables: [String]

    init(_ pattern: PathPattern) {
        variables = pattern.variableNames
        let bytes = Array(pattern.description.utf8)
        var text: [UInt8] = []
        var shape: [UInt8] = []
        var isVariable = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let isDoubled = index + 1 < bytes.count && bytes[index + 1] == byte
            index += 1
            if !isVariable, isDoubled, byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") {
                // OpenAPI has no way to write a brace that is no variable, but URLs have.
                index += 1
                text += Self.encoded(byte)
                shape += Self.encoded(byte)
            } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") {
                isVariable = byte == UInt8(ascii: "{")
                text.append(byte)
                shape.append(byte)
            } else if isVariable {
                if byte != UInt8(ascii: ".") { text.append(byte) }
            } else {
                let part = Self.isPlain(byte) ? [byte] : Self.encoded(byte)
                text += part
                shape += part
            }
        }
        self.text = String(decoding: text, as: UTF8.self)
        self.shape = String(decoding: shape, as: UTF8.self)
    }

    /// The names of another template's variables, by what they are called in this one.
    func names(of other: PathTemplate) -> [String: String] {
        Dictionary(zip(other.variables, variables)) { first, _ in first }
    }

    /// A pattern without the dots of variables that take several labels.
    static func withoutDots(_ pattern: String) -> String {
        var result: [UInt8] = []
        var isVariable = false
        for byte in pattern.utf8 {
            if byte == UInt8(ascii: "{") { isVariable = true }
            if byte == UInt8(ascii: "}") { isVariable = false }
            if !isVariable || byte != UInt8(ascii: ".") { result.append(byte) }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Whether a byte stands for itself in a path.
    ///
    /// Source: RFC 3986 §3.3.
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || "-._~!$&'()*+,;=:@/".utf8.contains(byte)
    }

    private static func encoded(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
}
