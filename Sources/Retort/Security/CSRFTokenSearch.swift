// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore
import RetortServer
import RetortWire

/// Looks for the token in a request.
///
/// What it reads of the body is put back for the handler.
struct CSRFTokenSearch {
    let options: CSRFOptions

    /// The token in the header, or else in a form field of the body; nil where there is none.
    func token(in request: inout Request) async throws -> String? {
        if let token = request.header(options.headerName) { return token }
        guard let type = request.header(.contentType) else { return nil }
        let essence = type.utf8.prefix { $0 != UInt8(ascii: ";") && !$0.isHTTPWhitespace }
        let name = String(decoding: essence, as: UTF8.self)
        if name.equalsIgnoringASCIICase("application/x-www-form-urlencoded") { return try await inFields(&request) }
        if name.equalsIgnoringASCIICase("multipart/form-data") { return try await inParts(&request, type) }
        return nil
    }

    /// Searches an urlencoded body, whose fields can only be told apart once it is complete.
    private func inFields(_ request: inout Request) async throws -> String? {
        let bytes = try await request.body.collect()
        request.body = request.body.unread(bytes)
        let fields = try bytes.withUnsafeReadableBytes { try MultiDict(urlEncoded: $0) }
        return fields[options.fieldName]
    }

    /// Reads a multipart body up to the field with the token.
    private func inParts(_ request: inout Request, _ contentType: String) async throws -> String? {
        var parser = MultipartParser(boundary: try MultipartBoundary(contentType: contentType))
        var sink = TokenSink(fieldName: options.fieldName)
        var seen = ByteBuffer()
        for try await piece in request.body {
            seen.writeImmutableBuffer(piece)
            try piece.withUnsafeReadableBytes {
                try parser.push($0.bindMemory(to: UInt8.self).span, to: &sink)
            }
            guard sink.token == nil, !parser.isComplete, seen.readableBytes < options.searchedBytes else { break }
        }
        request.body = request.body.unread(seen)
        return sink.token
    }
}

/// Takes the value of one field out of a multipart body.
private struct TokenSink: MultipartSink {
    let fieldName: String
    private(set) var token: String?
    private var bytes: [UInt8] = []
    private var isField = false

    /// Tokens are shorter; the rest of a longer field is not kept.
    private static let mostBytes = 256

    init(fieldName: String) { self.fieldName = fieldName }

    mutating func beginPart(_ part: MultipartPart) {
        isField = token == nil && part.filename == nil && part.name.hasSameBytes(as: fieldName)
        bytes = []
    }

    mutating func receiveData(_ data: Span<UInt8>) {
        guard isField, bytes.count < Self.mostBytes else { return }
        data.withUnsafeBufferPointer { bytes.append(contentsOf: $0.prefix(Self.mostBytes)) }
    }

    mutating func endPart() {
        if isField { token = String(decoding: bytes, as: UTF8.self) }
        isField = false
    }
}
