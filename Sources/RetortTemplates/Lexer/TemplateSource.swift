// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The text of a template, with LF as its only line end.
final class TemplateSource: Sendable {
    /// The longest template, in bytes.
    static let mostBytes = 8 << 20

    let name: String?
    let bytes: [UInt8]

    /// Takes a text.
    ///
    /// - Parameters:
    ///   - text: The text of the template.
    ///   - name: What it is called; nil for one that was made of a text.
    ///   - keepsTrailingNewline: Whether a line end at the end is kept.
    /// - Throws: ``TemplateError`` with `.limit` for a template that is too long.
    init(_ text: String, name: String?, keepsTrailingNewline: Bool) throws {
        guard text.utf8.count <= Self.mostBytes else {
            throw TemplateError(.limit, "The template has more than \(Self.mostBytes) bytes.")
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var isAfterCR = false
        for byte in text.utf8 {
            if byte == 0x0A, isAfterCR {
                isAfterCR = false
                continue
            }
            isAfterCR = byte == 0x0D
            bytes.append(isAfterCR ? 0x0A : byte)
        }
        if !keepsTrailingNewline, bytes.last == 0x0A { bytes.removeLast() }
        self.name = name
        self.bytes = bytes
    }

    /// The place of a position, with its line.
    func place(_ position: Position) -> TemplateError.Place {
        let offset = min(max(0, Int(position.offset)), bytes.count)
        let start = bytes[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let end = bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count
        let column = String(decoding: bytes[start..<offset], as: UTF8.self).unicodeScalars.count + 1
        let line = String(decoding: bytes[start..<min(end, start + 400)], as: UTF8.self)
        return TemplateError.Place(template: name, line: Int(position.line), column: column, source: line)
    }

    /// An error at a position.
    func error(_ message: String, _ position: Position, _ code: TemplateError.Code = .syntax) -> TemplateError {
        var error = TemplateError(code, message)
        error.places = [place(position)]
        return error
    }
}
