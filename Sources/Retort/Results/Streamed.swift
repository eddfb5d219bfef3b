// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import NIOCore
public import RetortServer
import RetortWire

/// A body that is sent while it is made, at the pace of the client.
///
///     app.get("/numbers") {
///         Streamed { body in
///             for number in 1...1_000_000 { try await body.write("\(number)\n") }
///         }
///     }
///
/// When making it fails, the connection is closed before the end, so that the client sees that something is missing.
public struct Streamed: ResponseConvertible {
    /// What the body is.
    public var contentType: String

    /// The number of bytes, where it is known.
    public var length: Int?

    private let write: @Sendable (BodyWriter) async throws -> Void

    /// Creates a body from a function that writes it.
    ///
    /// - Parameters:
    ///   - contentType: What the body is.
    ///   - length: The number of bytes, where it is known.
    ///   - write: Writes the body. It is cancelled when the client goes.
    public init(
        contentType: String = "text/plain; charset=utf-8", length: Int? = nil,
        _ write: @escaping @Sendable (BodyWriter) async throws -> Void
    ) {
        self.contentType = contentType
        self.length = length
        self.write = write
    }

    /// Creates a body from texts.
    ///
    /// - Parameters:
    ///   - texts: The texts, which are sent one behind the other.
    ///   - contentType: What the body is.
    public init<Texts: AsyncSequence & Sendable>(_ texts: Texts, contentType: String = "text/plain; charset=utf-8")
    where Texts.Element: StringProtocol {
        self.init(contentType: contentType) { writer in
            for try await text in texts { try await writer.write(ByteBuffer(bytes: text.utf8)) }
        }
    }

    /// Creates a body from pieces of bytes.
    ///
    /// - Parameters:
    ///   - pieces: The bytes, which are sent one piece behind the other.
    ///   - contentType: What the body is.
    ///   - length: The number of bytes, where it is known.
    public init<Pieces: AsyncSequence & Sendable>(
        _ pieces: Pieces, contentType: String = "application/octet-stream", length: Int? = nil
    ) where Pieces.Element: Sequence<UInt8> {
        self.init(contentType: contentType, length: length) { writer in
            for try await piece in pieces { try await writer.write(ByteBuffer(bytes: piece)) }
        }
    }

    /// Creates a body from buffers, which are not copied.
    ///
    /// - Parameters:
    ///   - buffers: The bytes, which are sent one buffer behind the other.
    ///   - contentType: What the body is.
    ///   - length: The number of bytes, where it is known.
    public init<Buffers: AsyncSequence & Sendable>(
        _ buffers: Buffers, contentType: String = "application/octet-stream", length: Int? = nil
    ) where Buffers.Element == ByteBuffer {
        self.init(contentType: contentType, length: length) { writer in
            for try await buffer in buffers { try await writer.write(buffer) }
        }
    }

    /// Makes the response.
    ///
    /// - Parameter request: The request that is answered.
    /// - Returns: The response.
    public func response(to request: Request) -> Response {
        Response(.stream(length: length, write), contentType: contentType)
    }
}

/// Values that are sent one by one, each as JSON in a line of its own.
///
///     app.get("/rows") { JSONLines(table.rows()) }
public struct JSONLines<Values: AsyncSequence & Sendable>: ResponseConvertible where Values.Element: Encodable {
    private let values: Values

    /// Creates a result from values.
    ///
    /// - Parameter values: The values.
    public init(_ values: Values) { self.values = values }

    /// Makes the response.
    ///
    /// - Parameter request: The request that is answered.
    /// - Returns: A response of type `application/jsonl`.
    public func response(to request: Request) -> Response {
        let values = values
        return Response(
            .stream { writer in
                for try await value in values {
                    var line = try JSONCoding.encode(value)
                    line.append(UInt8(ascii: "\n"))
                    try await writer.write(line)
                }
            }, contentType: "application/jsonl")
    }
}
