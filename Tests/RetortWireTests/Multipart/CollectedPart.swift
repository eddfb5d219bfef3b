// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

@testable import RetortWire

/// A part as a test compares it.
struct CollectedPart: Hashable {
    var name = ""
    var filename: String?
    var contentType: String?
    var headers: [String] = []
    var data: [UInt8] = []
    var isComplete = false

    var text: String { String(decoding: data, as: UTF8.self) }
}

/// Keeps every part, however its data was cut.
struct PartCollector: MultipartSink {
    var parts: [CollectedPart] = []
    var chunks = 0

    mutating func beginPart(_ part: MultipartPart) throws {
        parts.append(
            CollectedPart(
                name: part.name, filename: part.filename, contentType: part.contentType,
                headers: part.headers.map { "\($0.name.rawName): \($0.value)" }))
    }

    mutating func receiveData(_ bytes: Span<UInt8>) throws {
        chunks += 1
        precondition(!bytes.isEmpty && !parts.isEmpty)
        bytes.withUnsafeBufferPointer { parts[parts.count - 1].data.append(contentsOf: $0) }
    }

    mutating func endPart() throws { parts[parts.count - 1].isComplete = true }
}

/// Reads a body that comes in these pieces.
func parts(
    of pieces: [[UInt8]], boundary: String = "foo", limits: FormLimits = FormLimits()
) throws -> [CollectedPart] {
    var parser = MultipartParser(boundary: try MultipartBoundary(boundary), limits: limits)
    var sink = PartCollector()
    for piece in pieces { try parser.push(piece, to: &sink) }
    try parser.finish(to: &sink)
    return sink.parts
}

/// Reads a body that comes at once.
func parts(
    of body: String, boundary: String = "foo", limits: FormLimits = FormLimits()
) throws -> [CollectedPart] {
    try parts(of: [Array(body.utf8)], boundary: boundary, limits: limits)
}

/// The code of the error that reading a body ends with.
func codeOfError(
    _ body: String, boundary: String = "foo", limits: FormLimits = FormLimits()
) -> (code: WireError.Code, status: Int)? {
    do {
        _ = try parts(of: body, boundary: boundary, limits: limits)
        return nil
    } catch {
        return (error as? WireError).map { ($0.code, $0.status) }
    }
}

/// A body with one field of this disposition and no data.
func body(disposition: String, _ more: String = "") -> String {
    "--foo\r\nContent-Disposition: form-data; \(disposition)\r\n\(more)\r\n\r\n--foo--\r\n"
}
