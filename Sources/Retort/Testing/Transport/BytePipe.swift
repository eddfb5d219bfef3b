// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import RetortServer
import Synchronization

/// Bytes from a writer to a reader.
///
/// A writer that is too fast waits; there is one reader at a time.
final class BytePipe: Sendable {
    private struct State {
        var pieces = CircularBuffer<ByteBuffer>()
        var buffered = 0
        var end: Result<Void, any Error>?
        var isClosed = false
        var reader: CheckedContinuation<ByteBuffer?, any Error>?
        var writers: [CheckedContinuation<Void, any Error>] = []
    }

    private let state = Mutex(State())

    /// From so many waiting bytes on, writers wait: as many as a socket takes by itself.
    static let highMark = 65_536

    // MARK: The writer's side

    /// Hands over bytes without waiting for room; answers whether anybody may still read them.
    @discardableResult
    func push(_ bytes: ByteBuffer) -> Bool {
        let (reader, isOpen) = state.withLock { state -> (CheckedContinuation<ByteBuffer?, any Error>?, Bool) in
            guard !state.isClosed, state.end == nil else { return (nil, false) }
            if let reader = state.reader {
                state.reader = nil
                return (reader, true)
            }
            state.pieces.append(bytes)
            state.buffered += bytes.readableBytes
            return (nil, true)
        }
        reader?.resume(returning: bytes)
        return isOpen
    }

    /// Hands over bytes, and waits while there are too many.
    func write(_ bytes: ByteBuffer) async throws {
        try Task.checkCancellation()
        guard push(bytes) else { throw WriteError.clientHasGone }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let result = state.withLock { state -> Result<Void, any Error>? in
                    if state.isClosed { return .failure(WriteError.clientHasGone) }
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if state.buffered < Self.highMark { return .success(()) }
                    state.writers.append(continuation)
                    return nil
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            releaseWriters(.failure(CancellationError()))
        }
    }

    /// Says that nothing more comes, and why when that is a failure.
    func finish(_ end: Result<Void, any Error> = .success(())) {
        let reader = state.withLock { state -> CheckedContinuation<ByteBuffer?, any Error>? in
            guard state.end == nil else { return nil }
            state.end = end
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume(with: end.map { nil })
    }

    // MARK: The reader's side

    /// The next bytes, or nil at the end.
    ///
    /// `whenEmpty` is called when there are none yet.
    func next(whenEmpty: () -> Void = {}) async throws -> ByteBuffer? {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                if take(continuation) { whenEmpty() }
            }
        } onCancel: {
            let reader = state.withLock { state in
                defer { state.reader = nil }
                return state.reader
            }
            reader?.resume(throwing: CancellationError())
        }
    }

    /// Answers whether the continuation waits.
    private func take(_ continuation: CheckedContinuation<ByteBuffer?, any Error>) -> Bool {
        let (result, writers) = state.withLock {
            state -> (Result<ByteBuffer?, any Error>?, [CheckedContinuation<Void, any Error>]) in
            if let piece = state.pieces.popFirst() {
                state.buffered -= piece.readableBytes
                guard state.buffered < Self.highMark else { return (.success(piece), []) }
                defer { state.writers = [] }
                return (.success(piece), state.writers)
            }
            if let end = state.end { return (end.map { nil }, []) }
            if Task.isCancelled || state.isClosed { return (.failure(CancellationError()), []) }
            guard state.reader == nil else {
                return (.failure(TestClientError(.badRequest, "The body is being read by two readers.")), [])
            }
            state.reader = continuation
            return (nil, [])
        }
        for writer in writers { writer.resume() }
        guard let result else { return true }
        continuation.resume(with: result)
        return false
    }

    /// Says that nobody reads any more.
    func close() {
        let reader = state.withLock { state -> CheckedContinuation<ByteBuffer?, any Error>? in
            state.isClosed = true
            state.pieces.removeAll()
            state.buffered = 0
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume(throwing: CancellationError())
        releaseWriters(.failure(WriteError.clientHasGone))
    }

    private func releaseWriters(_ result: Result<Void, any Error>) {
        let writers = state.withLock { state in
            defer { state.writers = [] }
            return state.writers
        }
        for writer in writers { writer.resume(with: result) }
    }
}
