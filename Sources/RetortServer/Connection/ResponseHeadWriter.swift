// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore

/// Writes the parts of a response's head.
///
/// Source: RFC 9112 §4, §5.
enum ResponseHeadWriter {
    static func writeStatus(_ status: HTTPResponse.Status, _ out: inout ByteBuffer) {
        if status.code == 200 {
            out.writeStaticString("HTTP/1.1 200 OK\r\n")
            return
        }
        out.writeStaticString("HTTP/1.1 ")
        // Three digits, whatever the application made of the number.
        out.writeString(String(min(max(status.code, 100), 999)))
        out.writeStaticString(" ")
        out.writeString(status.reasonPhrase)
        out.writeStaticString("\r\n")
    }

    static func writeFields(_ response: Response, _ out: inout ByteBuffer) {
        if let mediaType = response.mediaType {
            out.writeStaticString("content-type: ")
            writeValue(mediaType, &out)
            out.writeStaticString("\r\n")
        }
        for field in response.fields { writeField(field, &out) }
    }

    static func writeField(_ field: HTTPField, _ out: inout ByteBuffer) {
        switch field.name {
        // The server alone knows how the body is framed and what becomes of the connection.
        case .contentLength, .transferEncoding, .connection, .date: return
        default: break
        }
        out.writeString(field.name.canonicalName)
        out.writeStaticString(": ")
        out.writeString(field.value)
        out.writeStaticString("\r\n")
    }

    /// A value that did not pass through `HTTPField`, whose bytes are therefore checked here.
    private static func writeValue(_ value: String, _ out: inout ByteBuffer) {
        if value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) {
            out.writeString(value)
        } else {
            out.writeBytes(value.utf8.map { $0 >= 0x20 && $0 != 0x7F ? $0 : 0x20 })
        }
    }

    static func writeLength(_ length: Int, _ out: inout ByteBuffer) {
        out.writeStaticString("content-length: ")
        out.writeString(String(length))
        out.writeStaticString("\r\n")
    }
}
