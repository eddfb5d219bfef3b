// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes
public import NIOCore

/// Writes the body of a streamed response.
///
/// A call returns when the bytes are on their way or when the client has made room, so a slow client slows the
/// writer instead of filling the memory.
public struct BodyWriter: Sendable {
    package protocol Sink: Sendable {
        func write(_ bytes: ByteBuffer) async throws
        func setTrailers(_ trailers: HTTPFields) async
    }

    private let sink: any Sink

    package init(_ sink: any Sink) { self.sink = sink }

    /// Writes bytes.
    ///
    /// - Parameter bytes: The next bytes of the body.
    /// - Throws: `CancellationError` or ``WriteError`` when the client has gone.
    public func write(_ bytes: ByteBuffer) async throws {
        guard bytes.readableBytes > 0 else { return }
        try await sink.write(bytes)
    }

    /// Writes a text as UTF-8.
    ///
    /// - Parameter text: The next part of the body.
    /// - Throws: `CancellationError` or ``WriteError`` when the client has gone.
    public func write(_ text: String) async throws { try await write(ByteBuffer(string: text)) }

    /// Writes bytes.
    ///
    /// - Parameter bytes: The next bytes of the body.
    /// - Throws: `CancellationError` or ``WriteError`` when the client has gone.
    public func write(_ bytes: [UInt8]) async throws { try await write(ByteBuffer(bytes: bytes)) }

    /// Sets the fields that follow a chunked body.
    ///
    /// They are sent after the writing function has returned.
    ///
    /// - Parameter trailers: The fields.
    public func setTrailers(_ trailers: HTTPFields) async { await sink.setTrailers(trailers) }
}

/// A failure to send a body to its client.
public enum WriteError: Error, Hashable, Sendable {
    /// The client has closed the connection.
    case clientHasGone

    /// The body has more bytes than the length that was announced.
    case longerThanAnnounced
}
