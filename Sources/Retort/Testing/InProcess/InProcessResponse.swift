// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore
import RetortServer
import Synchronization

/// An answer from the app in the same process.
final class InProcessResponse: IncomingResponse {
    let head: ResponseHead
    private let pipe: BytePipe
    private let feed: BodyFeed?
    private let tasks: [Task<Void, Never>]
    private let box: Trailers
    private let isOver = Mutex(false)

    init(_ head: ResponseHead, pipe: BytePipe, feed: BodyFeed?, tasks: [Task<Void, Never>], trailers: Trailers) {
        self.head = head
        self.pipe = pipe
        self.feed = feed
        self.tasks = tasks
        box = trailers
    }

    deinit { close() }

    func next() async throws -> ByteBuffer? {
        let piece = try await pipe.next()
        if piece == nil { isOver.withLock { $0 = true } }
        return piece
    }

    /// The writer may be far ahead of the reader.
    var trailers: HTTPFields { isOver.withLock { $0 } ? box.value : HTTPFields() }

    func close() {
        pipe.close()
        feed?.fail(InProcessWork.incomplete)
        feed?.discard()
        for task in tasks { task.cancel() }
    }
}

/// Fields that are set once a body is written.
final class Trailers: Sendable {
    private let fields = Mutex(HTTPFields())

    var value: HTTPFields {
        get { fields.withLock { $0 } }
        set { fields.withLock { $0 = newValue } }
    }
}

/// The writing end of a response's body.
final class InProcessSink: BodyWriter.Sink {
    private let pipe: BytePipe
    private let trailers: Trailers?
    private let left: Mutex<Int?>

    init(pipe: BytePipe, trailers: Trailers?, length: Int?) {
        self.pipe = pipe
        self.trailers = trailers
        left = Mutex(length)
    }

    /// Whether as many bytes came as the head announced.
    var isComplete: Bool { left.withLock { $0 ?? 0 } == 0 }

    func write(_ bytes: ByteBuffer) async throws {
        try left.withLock { left in
            guard let announced = left else { return }
            guard bytes.readableBytes <= announced else { throw WriteError.longerThanAnnounced }
            left = announced - bytes.readableBytes
        }
        try await pipe.write(bytes)
    }

    func setTrailers(_ trailers: HTTPFields) async { self.trailers?.value = trailers }
}

/// The writing end of a request's body.
final class FeedSink: BodyWriter.Sink {
    let trailers = Trailers()
    private let feed: BodyFeed
    private let written = Mutex(0)

    init(feed: BodyFeed) { self.feed = feed }

    /// The bytes so far.
    var count: Int { written.withLock { $0 } }

    func write(_ bytes: ByteBuffer) async throws {
        // The server reads no more than the head has announced.
        let most = feed.body.length ?? .max
        let fitting = written.withLock { written in
            let fitting = min(bytes.readableBytes, most - written)
            written += fitting
            return fitting
        }
        guard let piece = bytes.getSlice(at: bytes.readerIndex, length: fitting), fitting > 0 else { return }
        try await feed.write(piece)
    }

    func setTrailers(_ trailers: HTTPFields) async { self.trailers.value = trailers }
}
