// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes
public import NIOCore
public import RetortWire

extension WireError.Code {
    /// A body is larger than the limit.
    public static let bodyTooLarge = WireError.Code("body-too-large")

    /// A body that can be read once was read by two readers.
    public static let bodyReadTwice = WireError.Code("body-read-twice")

    /// The client went away before its body was complete.
    public static let bodyIncomplete = WireError.Code("body-incomplete")

    /// The client took too long to send its body.
    public static let bodyTimeout = WireError.Code("body-timeout")
}

/// The body of a request: there already when it was small, else a stream with back-pressure.
///
/// A handler that stops reading stops the client from sending. A stream can be read once.
public struct RequestBody: Sendable {
    enum Source: Sendable {
        case buffered(ByteBuffer)
        case stream(BodyStream, length: Int?)
    }

    let source: Source

    /// Bytes that were read from the stream and put back in front of it.
    private var unreadBytes: ByteBuffer?

    /// Most bytes that reading gives before it throws; nil for no limit.
    public var limit: Int?

    /// A body of no bytes.
    public static var empty: RequestBody { RequestBody(ByteBuffer()) }

    /// Creates a body of bytes that are here.
    ///
    /// - Parameters:
    ///   - bytes: The whole body.
    ///   - limit: Most bytes that reading gives before it throws.
    public init(_ bytes: ByteBuffer, limit: Int? = nil) {
        source = .buffered(bytes)
        self.limit = limit
    }

    init(_ stream: BodyStream, length: Int?, limit: Int?) {
        source = .stream(stream, length: length)
        self.limit = limit
    }

    /// The number of bytes where it is known before the end; a chunked body does not say.
    public var length: Int? {
        switch source {
        case .buffered(let bytes): bytes.readableBytes
        case .stream(_, let length): length
        }
    }

    /// Whether the body is known to have no bytes.
    public var isEmpty: Bool { length == 0 }

    /// The fields behind a chunked body; empty until the body has been read to its end.
    public var trailers: HTTPFields {
        if case .stream(let stream, _) = source { return stream.trailers }
        return HTTPFields()
    }

    /// The whole body when it is here already and within the limit, without waiting.
    package var buffered: ByteBuffer? {
        guard case .buffered(let bytes) = source, bytes.readableBytes <= limit ?? .max else { return nil }
        return bytes
    }

    /// Reads the whole body.
    ///
    /// - Returns: The bytes.
    /// - Throws: `WireError` with `.bodyTooLarge` (413), `.bodyIncomplete` (400) or `.bodyTimeout` (408);
    ///   `CancellationError` when the client has gone.
    public func collect() async throws -> ByteBuffer { try await collect(upTo: .max) }

    /// Reads the whole body, with a bound of its own.
    ///
    /// The bound is no optional: SwiftNIO has a function of this name for every sequence of buffers, whose error knows no
    /// status, and which would be the better match.
    ///
    /// - Parameter most: Most bytes, when that is less than ``limit``.
    /// - Returns: The bytes.
    /// - Throws: As ``collect()``.
    public func collect(upTo most: Int) async throws -> ByteBuffer {
        var bounded = self
        bounded.limit = Swift.min(limit ?? .max, most)
        if let bytes = bounded.buffered { return bytes }
        var whole = ByteBuffer()
        if let length = bounded.length, length <= bounded.limit ?? .max { whole.reserveCapacity(length) }
        for try await piece in bounded { whole.writeImmutableBuffer(piece) }
        return whole
    }

    /// Reads the whole body into an array, for work that takes arrays: a large one is copied once instead of twice.
    ///
    /// - Parameter most: Most bytes, when that is less than ``limit``.
    /// - Returns: The bytes.
    /// - Throws: As ``collect(upTo:)``.
    public func bytes(upTo most: Int? = nil) async throws -> [UInt8] {
        var bounded = self
        bounded.limit = Swift.min(limit ?? .max, most ?? .max)
        if let bytes = bounded.buffered { return Array(bytes.readableBytesView) }
        var whole: [UInt8] = []
        if let length = bounded.length, length <= bounded.limit ?? .max { whole.reserveCapacity(length) }
        for try await piece in bounded { whole.append(contentsOf: piece.readableBytesView) }
        return whole
    }

    /// The same body for another reader, with what one reader has taken from its stream put back.
    ///
    /// - Parameter bytes: Every byte that was read so far.
    /// - Returns: A body that gives these bytes and then the rest.
    package func unread(_ bytes: ByteBuffer) -> RequestBody {
        guard case .stream = source, bytes.readableBytes > 0 else { return self }
        var body = self
        body.unreadBytes = bytes
        return body
    }

    static func tooLarge(_ limit: Int) -> WireError {
        WireError(.bodyTooLarge, "The body has more than \(limit) bytes.", status: 413)
    }
}

extension RequestBody: AsyncSequence {
    /// Gives the pieces of a body in the order in which they arrive.
    public struct AsyncIterator: AsyncIteratorProtocol, Sendable {
        private let source: Source
        private let limit: Int
        private var count = 0
        private var isDone = false
        private var unreadBytes: ByteBuffer?

        init(_ body: RequestBody) {
            source = body.source
            unreadBytes = body.unreadBytes
            limit = body.limit ?? .max
        }

        /// Waits for the next piece.
        ///
        /// - Returns: At least one byte, or nil at the end.
        /// - Throws: `WireError` with `.bodyTooLarge` (413), `.bodyIncomplete` (400) or `.bodyTimeout` (408).
        public mutating func next() async throws -> ByteBuffer? {
            guard !isDone else { return nil }
            let piece: ByteBuffer?
            switch source {
            case .buffered(let bytes):
                isDone = true
                piece = bytes.readableBytes == 0 ? nil : bytes
            case .stream(let stream, let length):
                // A body that says it is too large is refused before its first byte is asked for.
                if let length, length > limit { throw RequestBody.tooLarge(limit) }
                if let bytes = unreadBytes {
                    unreadBytes = nil
                    piece = bytes
                } else {
                    piece = try await stream.next()
                }
            }
            guard let piece else {
                isDone = true
                return nil
            }
            count += piece.readableBytes
            guard count <= limit else { throw RequestBody.tooLarge(limit) }
            return piece
        }
    }

    /// Starts reading.
    ///
    /// - Returns: The pieces in the order in which they arrive.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(self) }
}
