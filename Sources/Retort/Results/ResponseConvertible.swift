// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import RetortServer

/// A value that can be the answer to a request.
///
/// Handlers return such values: a text, `HTML`, `JSON`, `Redirect`, `File`, a `Response` itself, or an app's own type.
public protocol ResponseConvertible: Sendable {
    /// Makes the response.
    ///
    /// A value whose response takes waiting, such as a file's, gives a response with a streamed body, or answers in
    /// ``laterResponse(to:)``.
    ///
    /// - Parameter request: The request that is answered, for example to see what the client accepts.
    /// - Returns: The response.
    /// - Throws: An error that becomes the answer instead.
    func response(to request: Request) throws -> Response

    /// Makes the response when that takes waiting.
    ///
    /// - Parameter request: The request that is answered.
    /// - Returns: The response, or nil when ``response(to:)`` makes it.
    /// - Throws: An error that becomes the answer instead.
    func laterResponse(to request: Request) async throws -> Response?

    /// Whether ``laterResponse(to:)`` makes the response.
    var needsWaiting: Bool { get }

    /// Describes the answers for documents, when somebody asks for them.
    ///
    /// - Parameter operation: Takes the answers.
    static func describeResult(in operation: inout OperationDescription)
}

extension ResponseConvertible {
    /// The response takes no waiting.
    ///
    /// - Parameter request: The request that is answered.
    /// - Returns: Nil.
    /// - Throws: Nothing.
    public func laterResponse(to request: Request) async throws -> Response? { nil }

    /// The response takes no waiting.
    public var needsWaiting: Bool { false }

    /// Makes the response, by waiting where it takes that.
    @inlinable
    func answer(_ request: Request) async throws -> Response {
        if needsWaiting, let response = try await laterResponse(to: request) { return response }
        return try response(to: request)
    }
}

extension Response: ResponseConvertible {
    /// The response itself.
    ///
    /// - Parameter request: The request that is answered.
    /// - Returns: The response.
    public func response(to request: Request) -> Response { self }
}

extension String: ResponseConvertible {
    /// The text as `text/plain` in UTF-8.
    ///
    /// - Parameter request: The request that is answered.
    /// - Returns: The response.
    public func response(to request: Request) -> Response {
        Response(.text(self), contentType: "text/plain; charset=utf-8")
    }
}

extension Optional: ResponseConvertible where Wrapped: ResponseConvertible {
    /// The value's response, and status 404 for nil.
    ///
    /// - Parameter request: The request that is answered.
    /// - Returns: The response.
    /// - Throws: ``HTTPError`` with status 404 for nil.
    public func response(to request: Request) throws -> Response {
        guard let self else { throw HTTPError(.notFound) }
        return try self.response(to: request)
    }

    /// The value's response where it takes waiting.
    ///
    /// - Parameter request: The request that is answered.
    /// - Returns: The response, or nil when it takes no waiting.
    /// - Throws: What the value throws.
    public func laterResponse(to request: Request) async throws -> Response? {
        try await self?.laterResponse(to: request)
    }

    /// Whether the value's response takes waiting.
    public var needsWaiting: Bool { self?.needsWaiting ?? false }
}

/// Markup of which every part is meant to be markup.
public struct HTML: ResponseConvertible, ExpressibleByStringLiteral {
    /// The markup.
    public var text: String

    /// Creates a page from markup.
    ///
    /// Text from outside must have been escaped before.
    ///
    /// - Parameter text: The markup.
    public init(_ text: String) { self.text = text }

    /// Creates a page from a literal.
    ///
    /// - Parameter value: The markup.
    public init(stringLiteral value: String) { text = value }

    /// The markup as `text/html` in UTF-8.
    ///
    /// - Parameter request: The request that is answered.
    /// - Returns: The response.
    public func response(to request: Request) -> Response {
        Response(.text(text), contentType: "text/html; charset=utf-8")
    }
}

/// Bytes with a content type.
public struct Bytes: ResponseConvertible {
    /// The bytes.
    public var bytes: [UInt8]

    /// What they are, such as `image/png`.
    public var contentType: String

    /// Creates a result of bytes.
    ///
    /// - Parameters:
    ///   - bytes: The bytes.
    ///   - contentType: What they are.
    public init(_ bytes: [UInt8], contentType: String = "application/octet-stream") {
        self.bytes = bytes
        self.contentType = contentType
    }

    /// The bytes.
    ///
    /// - Parameter request: The request that is answered.
    /// - Returns: The response.
    public func response(to request: Request) -> Response { Response(.bytes(bytes), contentType: contentType) }
}

/// Nothing: status 204 and no body.
public struct NoContent: ResponseConvertible {
    /// Creates a result without a body.
    public init() {}

    /// An empty response with status 204.
    ///
    /// - Parameter request: The request that is answered.
    /// - Returns: The response.
    public func response(to request: Request) -> Response { Response(status: .noContent) }
}
