// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

package import HTTPTypes
package import NIOCore
import Synchronization

/// The writing end of a request's body that comes over no connection, as a test's client needs it.
package final class BodyFeed: Sendable {
    private let stream: BodyStream
    private let room = Room()

    /// The reading end.
    package let body: RequestBody

    /// Whether the handler has asked for the body.
    package var isWanted: Bool { stream.isWanted }

    /// Creates a body of which nothing has come yet.
    ///
    /// - Parameters:
    ///   - length: The number of bytes that the head announces; nil for a chunked body.
    ///   - limit: Most bytes that reading gives before it throws.
    package init(length: Int?, limit: Int?) {
        let room = room
        stream = BodyStream { room.release() }
        body = RequestBody(stream, length: length, limit: limit)
    }

    /// Hands over bytes, and waits while the handler has too many of them.
    ///
    /// - Parameter bytes: The next bytes of the body.
    /// - Throws: ``WriteError`` when nobody reads any more; `CancellationError` when the task is cancelled.
    package func write(_ bytes: ByteBuffer) async throws {
        try Task.checkCancellation()
        stream.push(bytes, size: bytes.readableBytes)
        try await room.wait { !stream.isFull }
    }

    /// Waits until the handler asks for the body, as a client does that has announced it first.
    ///
    /// - Throws: ``WriteError`` when nobody will read it; `CancellationError` when the task is cancelled.
    package func waitUntilWanted() async throws { try await room.wait { stream.isWanted } }

    /// The body is complete.
    ///
    /// - Parameter trailers: The fields behind a chunked body.
    package func finish(trailers: HTTPFields = HTTPFields()) { stream.finish(trailers: trailers) }

    /// The body breaks off.
    ///
    /// - Parameter error: What the reader gets.
    package func fail(_ error: any Error) { stream.fail(error) }

    /// Nobody reads any more.
    package func discard() {
        stream.discard()
        room.close()
    }
}

/// The wait for room in a queue.
private final class Room: Sendable {
    private struct State {
        var waiters: [CheckedContinuation<Void, any Error>] = []
        var isClosed = false
    }

    private let state = Mutex(State())

    func wait(until hasRoom: () -> Bool) async throws {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let result = state.withLock { state -> Result<Void, any Error>? in
                    if state.isClosed { return .failure(WriteError.clientHasGone) }
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if hasRoom() { return .success(()) }
                    state.waiters.append(continuation)
                    return nil
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            release(.failure(CancellationError()))
        }
    }

    func release(_ result: Result<Void, any Error> = .success(())) {
        let waiters = state.withLock { state in
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume(with: result) }
    }

    func close() {
        state.withLock { $0.isClosed = true }
        release(.failure(WriteError.clientHasGone))
    }
}
