// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import NIOCore

/// The body of a response.
public struct ResponseBody: Sendable {
    package enum Content: Sendable {
        case empty
        case text(String)
        case bytes([UInt8])
        case buffer(ByteBuffer)
        case file(OpenFile, offset: Int, count: Int)
        case stream(length: Int?, @Sendable (BodyWriter) async throws -> Void)
        case webSocket(WebSocketUpgrade)
    }

    package var content: Content

    package init(_ content: Content) { self.content = content }

    /// No bytes.
    public static var empty: ResponseBody { ResponseBody(.empty) }

    /// The UTF-8 bytes of a text.
    ///
    /// - Parameter text: The text.
    /// - Returns: The body.
    public static func text(_ text: String) -> ResponseBody { ResponseBody(.text(text)) }

    /// Bytes.
    ///
    /// - Parameter bytes: The whole body.
    /// - Returns: The body.
    public static func bytes(_ bytes: [UInt8]) -> ResponseBody { ResponseBody(.bytes(bytes)) }

    /// Bytes in a buffer of SwiftNIO, which are not copied.
    ///
    /// - Parameter buffer: The whole body.
    /// - Returns: The body.
    public static func buffer(_ buffer: ByteBuffer) -> ResponseBody { ResponseBody(.buffer(buffer)) }

    /// A part of an open file, which the kernel copies to the socket.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - offset: The first byte.
    ///   - count: The number of bytes.
    /// - Returns: The body.
    public static func file(_ file: OpenFile, offset: Int, count: Int) -> ResponseBody {
        ResponseBody(.file(file, offset: offset, count: count))
    }

    /// Bytes that a function writes while the client reads, at the client's pace.
    ///
    /// When the function throws, the connection is closed before the end, so that the client sees that the body is
    /// not complete.
    ///
    /// - Parameters:
    ///   - length: The number of bytes where it is known; otherwise the body is sent in chunks.
    ///   - write: Writes the body. It runs after the head has been sent, and is cancelled when the client goes.
    /// - Returns: The body.
    public static func stream(
        length: Int? = nil, _ write: @escaping @Sendable (BodyWriter) async throws -> Void
    ) -> ResponseBody {
        ResponseBody(.stream(length: length, write))
    }

    /// The number of bytes where it is known before the body is sent.
    public var length: Int? {
        switch content {
        case .empty: 0
        case .text(let text): text.utf8.count
        case .bytes(let bytes): bytes.count
        case .buffer(let buffer): buffer.readableBytes
        case .file(_, _, let count): count
        case .stream(let length, _): length
        case .webSocket: 0
        }
    }
}
