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

    init(_ head: ResponseHead, pipe: BytePipe, feed: BodyFeed?, tasks: [Task<Void, Never>], trailers: Trailers) {
        self.head = head
        self.pipe = pipe
        self.feed = feed
        self.tasks = tasks
        box = trailers
    }

    deinit { close() }

    func next() async throws -> ByteBuffer? { try await pipe.next() }

    var trailers: HTTPFields { box.value }

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
struct FeedSink: BodyWriter.Sink {
    let feed: BodyFeed
    let trailers = Trailers()

    func write(_ bytes: ByteBuffer) async throws { try await feed.write(bytes) }

    func setTrailers(_ trailers: HTTPFields) async { self.trailers.value = trailers }
}
