// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes
public import RetortWire

/// An answer that a test got.
public struct TestResponse: Sendable {
    /// The status, such as `.ok`.
    ///
    /// Two are equal when their numbers are.
    public let status: HTTPResponse.Status

    /// The headers as the server sends them, `Date` and `Content-Length` among them.
    public let headers: HTTPFields

    /// The bytes of the body; none for an answer to HEAD.
    public let bytes: [UInt8]

    /// The fields behind a chunked body.
    public let trailers: HTTPFields

    /// The URL that gave this answer, which a redirect makes another than the one that was asked.
    public let url: URLReference

    /// The redirects that led here, the first one first; none without `followRedirects`.
    public internal(set) var history: [TestResponse] = []

    /// The error behind an answer that reports one, where the app runs in the process of the test; nil over a socket.
    public let failure: (any Error)?

    init(_ head: ResponseHead, bytes: [UInt8], trailers: HTTPFields = HTTPFields(), url: URLReference) {
        status = head.status
        headers = head.headers
        failure = head.failure
        self.bytes = bytes
        self.trailers = trailers
        self.url = url
    }

    /// The body as UTF-8.
    ///
    /// Bytes that are not become U+FFFD.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The body as JSON.
    ///
    /// - Parameters:
    ///   - type: The type of the value, `JSONValue` for any.
    ///   - options: How dates and keys are written.
    /// - Returns: The value.
    /// - Throws: `JSONDecodingFailure` when the body is not JSON, or not of this shape.
    public func json<Value: Decodable>(
        _ type: Value.Type = Value.self, options: JSONOptions = JSONOptions()
    ) throws -> Value {
        try JSONCoding.decode(type, from: bytes, options: options)
    }

    /// The first value of a header.
    ///
    /// - Parameter name: The name.
    /// - Returns: The value, or nil when the header is absent.
    public func header(_ name: HTTPField.Name) -> String? { headers[values: name].first }

    /// The cookies that this answer sets or deletes, in the order of their lines.
    public var cookies: [SetCookie] { headers[values: .setCookie].compactMap { SetCookie(headerValue: $0) } }

    /// The cookie of a name that this answer sets or deletes.
    ///
    /// - Parameter name: The name, compared byte by byte.
    /// - Returns: The first of that name, or nil.
    public func cookie(_ name: String) -> SetCookie? { cookies.first { $0.name.hasSameBytes(as: name) } }
}

extension TestResponse: CustomStringConvertible {
    /// The status line, the headers and the beginning of the body, as a failing test shows them.
    public var description: String {
        let fields = headers.map { "\($0.name.canonicalName): \($0.value)\n" }.joined()
        let most = 2_000
        let body = bytes.count > most ? String(decoding: bytes.prefix(most), as: UTF8.self) + "…" : text
        return "\(status.code) \(status.reasonPhrase)\n\(fields)\n\(body)"
    }
}
