// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore
import RetortWire
import Synchronization

/// The bytes of a request's body on their way to its handler.
typealias BodyStream = InboundQueue<ByteBuffer>

/// Pieces on their way from a connection to its handler: of a body, or messages of a WebSocket.
///
/// The connection puts pieces in and stops reading from the socket above a mark; the handler takes them out, and
/// the connection reads on. One reader at a time.
final class InboundQueue<Piece: Sendable>: Sendable {
    private struct State {
        var pieces: [(piece: Piece, size: Int)] = []
        var first = 0
        var bufferedBytes = 0
        var isFinished = false
        var failure: (any Error)?
        var waiter: UnsafeContinuation<Piece?, any Error>?
        var isWanted = false
        var trailers = HTTPFields()
    }

    private let state = Mutex(State())

    /// Called when the handler has room for more; may be called from any thread.
    private let onDemand: @Sendable () -> Void

    /// Above so many buffered bytes the connection stops reading from the socket.
    private static var highMark: Int { 262_144 }

    init(onDemand: @escaping @Sendable () -> Void) { self.onDemand = onDemand }

    /// The fields behind a chunked body, once it has ended.
    var trailers: HTTPFields { state.withLock { $0.trailers } }

    /// Whether the handler has asked for the body.
    var isWanted: Bool { state.withLock { $0.isWanted } }

    /// Whether the buffer is full.
    var isFull: Bool { state.withLock { $0.bufferedBytes >= Self.highMark } }

    // MARK: The connection's side

    func push(_ piece: Piece, size: Int) {
        let waiter = state.withLock { state -> UnsafeContinuation<Piece?, any Error>? in
            guard !state.isFinished else { return nil }
            if let waiter = state.waiter {
                state.waiter = nil
                return waiter
            }
            state.pieces.append((piece, size))
            state.bufferedBytes += size
            return nil
        }
        waiter?.resume(returning: piece)
    }

    func finish(trailers: HTTPFields = HTTPFields()) {
        let waiter = state.withLock { state -> UnsafeContinuation<Piece?, any Error>? in
            guard !state.isFinished else { return nil }
            state.isFinished = true
            state.trailers = trailers
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: nil)
    }

    func fail(_ error: any Error) {
        let waiter = state.withLock { state -> UnsafeContinuation<Piece?, any Error>? in
            guard !state.isFinished else { return nil }
            state.isFinished = true
            state.failure = error
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(throwing: error)
    }

    /// From here on pieces are dropped: the handler is done.
    ///
    /// Who reads on all the same gets a `CancellationError`.
    func discard() {
        state.withLock { state in
            state.pieces = []
            state.first = 0
            state.bufferedBytes = 0
        }
        fail(CancellationError())
    }

    // MARK: The handler's side

    private enum Step {
        case resume(Piece?)
        case fail(any Error)
        case wait
    }

    func next() async throws -> Piece? {
        try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                take(continuation)
            }
        } onCancel: {
            fail(CancellationError())
        }
    }

    private func take(_ continuation: UnsafeContinuation<Piece?, any Error>) {
        let (step, asks) = state.withLock { state -> (Step, Bool) in
            let isFirst = !state.isWanted
            state.isWanted = true
            if state.first < state.pieces.count {
                let (piece, size) = state.pieces[state.first]
                state.first += 1
                let wasFull = state.bufferedBytes >= Self.highMark
                state.bufferedBytes -= size
                if state.first == state.pieces.count || state.first >= 64 {
                    state.pieces.removeFirst(state.first)
                    state.first = 0
                }
                return (.resume(piece), isFirst || wasFull && state.bufferedBytes < Self.highMark)
            }
            if let failure = state.failure { return (.fail(failure), false) }
            if state.isFinished { return (.resume(nil), false) }
            guard state.waiter == nil else {
                return (
                    .fail(
                        WireError(
                            .bodyReadTwice, "The body or the messages are being read by two readers.", status: 500)),
                    false
                )
            }
            state.waiter = continuation
            return (.wait, isFirst)
        }
        if asks { onDemand() }
        switch step {
        case .resume(let piece): continuation.resume(returning: piece)
        case .fail(let error): continuation.resume(throwing: error)
        case .wait: break
        }
    }
}
