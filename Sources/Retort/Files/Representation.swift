// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore
import RetortServer
import RetortWire

/// Bytes that are ready to be sent, in memory or in an open file, with all that is to be said about them.
struct Representation: Sendable {
    enum Content: Sendable {
        case bytes(ByteBuffer)
        case file(OpenFile)
    }

    /// What is said beside the bytes.
    struct Description: Sendable {
        var contentType: String
        var etag: ETag?
        var lastModified: HTTPDate?
        var cacheControl: ResponseCacheControl?
        var disposition: ContentDisposition?
        var contentCoding: String?
        var variesByEncoding = false
    }

    let content: Content
    let size: Int64
    let contentType: String
    private let etag: ETag?
    private let lastModified: HTTPDate?

    /// The fields of an answer with bytes, without the content type.
    private let fields: HTTPFields

    /// The fields of an answer that says only that nothing has changed.
    private let fieldsWithoutContent: HTTPFields

    init(_ content: Content, size: Int64, _ about: Description) {
        self.content = content
        self.size = size
        contentType = about.contentType
        etag = about.etag
        lastModified = about.lastModified
        var fields = HTTPFields()
        if let etag { fields[.eTag] = etag.headerValue }
        if let lastModified { fields[.lastModified] = lastModified.headerValue }
        if let cacheControl = about.cacheControl { fields[.cacheControl] = cacheControl.headerValue }
        if about.variesByEncoding { fields[.vary] = "accept-encoding" }
        fieldsWithoutContent = fields
        fields[.acceptRanges] = "bytes"
        if let coding = about.contentCoding { fields[.contentEncoding] = coding }
        if let disposition = about.disposition { fields[.contentDisposition] = disposition.headerValue }
        // The type is that of the name. A browser must not find another one in bytes that a user has sent.
        fields[.xContentTypeOptions] = "nosniff"
        self.fields = fields
    }

    /// The answer to a request: the whole, a part of it, or that the client has it already.
    ///
    /// Source: RFC 9110 §13.2.2, §14.2.
    func response(to request: Request) throws -> Response {
        guard request.server.head.hasConditionsOrRange, request.method == .get || request.method == .head else {
            return whole
        }
        let headers = request.headers
        let outcome = Preconditions(headers).evaluate(method: request.method, tag: etag, lastModified: lastModified)
        switch outcome {
        case .proceed: return whole
        case .notModified: return Response(status: .notModified, headers: fieldsWithoutContent)
        case .preconditionFailed:
            throw HTTPError(.preconditionFailed, "The file has changed.", headers: fieldsWithoutContent)
        case .partial: return try part(headers[.range, as: RangeRequest.self])
        }
    }

    private var whole: Response {
        var response = Response(body(0..<size), contentType: contentType)
        response.fields = fields
        return response
    }

    private func part(_ request: RangeRequest?) throws -> Response {
        switch request?.resolve(length: size) ?? .whole {
        case .whole: return whole
        case .parts(let parts):
            // Several parts may be answered with the whole, and no client is known that is worse off with it.
            guard parts.count == 1, let range = parts.first, let header = ContentRange(range, length: size) else {
                return whole
            }
            var response = Response(body(range), contentType: contentType, status: .partialContent)
            response.fields = fields
            response.fields[.contentRange] = header.headerValue
            return response
        case .unsatisfiable:
            throw HTTPError(
                .rangeNotSatisfiable, "The file has \(size) bytes, and none of them was asked for.",
                headers: [.contentRange: "bytes */\(size)"])
        }
    }

    private func body(_ range: Range<Int64>) -> ResponseBody {
        switch content {
        case .bytes(let buffer):
            if range.count == buffer.readableBytes { return .buffer(buffer) }
            let start = buffer.readerIndex + Int(range.lowerBound)
            return buffer.getSlice(at: start, length: range.count).map { .buffer($0) } ?? .empty
        case .file(let file):
            return range.isEmpty ? .empty : .file(file, offset: Int(range.lowerBound), count: range.count)
        }
    }
}

extension RequestHead {
    /// Whether there may be a precondition or a range, seen without making any text.
    var hasConditionsOrRange: Bool {
        for slot in slots {
            let name = slot.name
            guard name.count >= 5 else { continue }
            switch bytes[name.lowerBound] | 0x20 {
            case UInt8(ascii: "i") where bytes[name.lowerBound + 2] == UInt8(ascii: "-"): return true
            case UInt8(ascii: "r") where name.count == 5: return true
            default: continue
            }
        }
        return false
    }
}
