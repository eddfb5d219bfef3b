// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore

/// Writes the parts of a response's head into memory that is there already.
///
/// A head has a dozen parts of a few bytes. To ask a growing buffer for room for each of them costs several times as
/// much as to copy them, so the room is counted first. A part that did not fit would stop the process.
///
/// Source: RFC 9112 §4, §5.
struct ResponseHeadWriter {
    private let memory: UnsafeMutableRawBufferPointer

    /// The number of bytes written so far.
    private(set) var count = 0

    /// Room for the status line without its phrase, for framing and for the connection.
    private static let fixedSpace = 128

    init(_ memory: UnsafeMutableRawBufferPointer) { self.memory = memory }

    /// As many bytes as the head of a response can need at most.
    static func space(for response: Response, dateLine: [UInt8]) -> Int {
        var space = fixedSpace + dateLine.count + response.status.reasonPhrase.utf8.count
        if let mediaType = response.mediaType { space += mediaType.utf8.count + 16 }
        if !response.fields.isEmpty { space += self.space(for: response.fields) }
        return space
    }

    /// As many bytes as header lines can need at most, with a blank line.
    static func space(for fields: HTTPFields) -> Int {
        fields.reduce(16) { $0 + $1.name.canonicalName.utf8.count + $1.value.utf8.count + 4 }
    }

    mutating func writeStatus(_ status: HTTPResponse.Status) {
        if status.code == 200 {
            write("HTTP/1.1 200 OK\r\n")
            return
        }
        write("HTTP/1.1 ")
        // Three digits, whatever the application made of the number.
        writeDecimal(min(max(status.code, 100), 999))
        write(" ")
        writeText(status.reasonPhrase)
        write("\r\n")
    }

    mutating func writeFields(_ response: Response) {
        if let mediaType = response.mediaType {
            write("content-type: ")
            writeUnchecked(mediaType)
            write("\r\n")
        }
        if !response.fields.isEmpty {
            for field in response.fields { writeField(field) }
        }
    }

    mutating func writeField(_ field: HTTPField) {
        switch field.name {
        // The server alone knows how the body is framed and what becomes of the connection.
        case .contentLength, .transferEncoding, .connection, .date: return
        default: break
        }
        writeText(field.name.canonicalName)
        write(": ")
        writeText(field.value)
        write("\r\n")
    }

    mutating func writeLength(_ length: Int) {
        write("content-length: ")
        writeDecimal(length)
        write("\r\n")
    }

    /// A value that did not pass through `HTTPField`: what no value may hold becomes a space.
    private mutating func writeUnchecked(_ value: String) {
        let start = count
        writeText(value)
        for index in start..<count where memory[index] < 0x20 || memory[index] == 0x7F { memory[index] = 0x20 }
    }

    // MARK: Bytes

    mutating func write(_ text: StaticString) {
        write(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func writeText(_ text: String) {
        var text = text
        text.withUTF8 { write(UnsafeRawBufferPointer($0)) }
    }

    mutating func writeBytes(_ bytes: [UInt8]) { bytes.withUnsafeBytes { write($0) } }

    @inline(__always)
    private mutating func write(_ bytes: UnsafeRawBufferPointer) {
        UnsafeMutableRawBufferPointer(rebasing: memory[count..<(count + bytes.count)]).copyMemory(from: bytes)
        count += bytes.count
    }

    private mutating func writeDecimal(_ number: Int) {
        var rest = number.magnitude
        var digits = 1
        while case let next = rest / 10, next > 0 {
            rest = next
            digits += 1
        }
        rest = number.magnitude
        for index in stride(from: count + digits - 1, through: count, by: -1) {
            memory[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        count += digits
    }
}
