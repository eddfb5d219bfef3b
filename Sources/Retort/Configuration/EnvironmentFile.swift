// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// A file of environment variables, such as `.env`.
///
///     # A comment
///     PLAIN=text up to the end of the line  # or up to a comment
///     export SINGLE='as it is, $ and \ too'
///     DOUBLE="with \n, \t, \" and \\, and over
///     several lines"
///
/// Nothing is expanded: a `$` is a `$`. The last of equal names counts.
struct EnvironmentFile {
    private(set) var entries: [String: ConfigurationLayer.Entry] = [:]

    /// Lines that are no assignment.
    private(set) var skippedLines: [Int] = []

    private let bytes: [UInt8]
    private var index = 0
    private var line = 1

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - bytes: The contents in UTF-8.
    ///   - name: How messages call the file.
    /// - Throws: ``ConfigurationError`` with `.malformedFile` when a quotation mark has no end.
    init(_ bytes: [UInt8], name: String) throws {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
        while index < bytes.count { try readLine(name) }
    }

    private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func readLine(_ file: String) throws {
        let start = line
        skipBlanks()
        switch byte {
        case nil, UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "#"): return skipLine()
        default: break
        }
        var name = takeName()
        if name.hasSameBytes(as: "export"), byte == 0x20 || byte == 0x09 {
            skipBlanks()
            name = takeName()
        }
        skipBlanks()
        guard !name.isEmpty, byte == UInt8(ascii: "=") else {
            skippedLines.append(start)
            return skipLine()
        }
        index += 1
        skipBlanks()
        guard let value = takeValue() else {
            throw ConfigurationError(
                .malformedFile, "\(file) line \(start): the quotation mark behind \(name)= has no end. Add it.")
        }
        entries[name] = ConfigurationLayer.Entry(content: .text(value), line: start)
    }

    private mutating func skipBlanks() {
        while byte == 0x20 || byte == 0x09 { index += 1 }
    }

    private mutating func skipLine() {
        while let byte {
            index += 1
            if byte == UInt8(ascii: "\n") {
                line += 1
                return
            }
        }
    }

    private mutating func takeName() -> String {
        let start = index
        while let byte, byte.isASCIILetter || byte == UInt8(ascii: "_") || (byte.isASCIIDigit && index > start) {
            index += 1
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    /// The value and the rest of its line; nil when a quotation mark has no end.
    private mutating func takeValue() -> String? {
        switch byte {
        case UInt8(ascii: "'"): return takeQuoted(escapes: false)
        case UInt8(ascii: "\""): return takeQuoted(escapes: true)
        default: return takePlain()
        }
    }

    private mutating func takePlain() -> String {
        let start = index
        var end = index
        while let byte, byte != UInt8(ascii: "\n") {
            // A comment needs white space before it, so that a value may contain the sign.
            if byte == UInt8(ascii: "#"), index == start || isBlank(bytes[index - 1]) { break }
            index += 1
            if !isBlank(byte) { end = index }
        }
        skipLine()
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    private mutating func takeQuoted(escapes: Bool) -> String? {
        let mark = bytes[index]
        var value: [UInt8] = []
        index += 1
        while let byte {
            index += 1
            if byte == mark {
                skipLine()
                return String(decoding: value, as: UTF8.self)
            }
            if byte == UInt8(ascii: "\n") { line += 1 }
            if escapes, byte == UInt8(ascii: "\\"), let next = self.byte, let plain = Self.escape(next) {
                index += 1
                value.append(plain)
            } else {
                value.append(byte)
            }
        }
        return nil
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

    private static func escape(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "$"): byte
        default: nil
        }
    }
}
