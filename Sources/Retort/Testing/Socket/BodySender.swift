// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore
import RetortServer
import Synchronization

/// Sends the body of a request while its answer may already be coming.
final class BodySender: Sendable {
    private struct State {
        var task: Task<Void, Never>?
        var isComplete = false
        var failure: (any Error)?
    }

    private let connection: RawConnection
    private let body: TestBody.Content
    private let state = Mutex(State())

    init(_ connection: RawConnection, _ body: TestBody.Content) {
        self.connection = connection
        self.body = body
    }

    /// Whether the body has been sent as a whole.
    var isComplete: Bool { state.withLock { $0.isComplete } }

    /// What the test's own writer has thrown.
    ///
    /// That the server takes no more bytes is none: it may answer all the same.
    var failure: (any Error)? { state.withLock { $0.failure } }

    /// Whether a function writes the body, so that it cannot be sent twice.
    var isStream: Bool {
        if case .stream = body { true } else { false }
    }

    /// Sends the head, and the body behind it unless that waits for `100 Continue`.
    func start(with head: [UInt8], waits: Bool) {
        switch body {
        case .none:
            state.withLock { $0.isComplete = true }
            connection.enqueue(head)
        case .bytes(let bytes) where !waits:
            send(head + bytes)
        case .bytes: connection.enqueue(head)
        case .stream:
            connection.enqueue(head)
            if !waits { goOn() }
        }
    }

    /// Sends the body that has waited.
    func goOn() {
        switch body {
        case .none: break
        case .bytes(let bytes): send(bytes)
        case .stream(let length, let write):
            run { [connection] in
                let sink = SocketBodySink(connection: connection, isChunked: length == nil)
                try await write(BodyWriter(sink))
                if length == nil { try await sink.finish() }
            }
        }
    }

    func cancel() { state.withLock { $0.task }?.cancel() }

    private func send(_ bytes: [UInt8]) {
        run { [connection] in try await connection.write(ByteBuffer(bytes: bytes)) }
    }

    private func run(_ work: @escaping @Sendable () async throws -> Void) {
        guard state.withLock({ $0.task == nil }) else { return }
        let task = Unstructured.start { [weak self] in
            do {
                try await work()
                self?.state.withLock { $0.isComplete = true }
            } catch {
                self?.failed(error)
            }
        }
        state.withLock { $0.task = task }
    }

    private func failed(_ error: any Error) {
        guard !(error is CancellationError), (error as? TestClientError)?.code != .connectionFailed else { return }
        state.withLock { $0.failure = error }
        // Whoever waits for the answer learns of it, and so does the server.
        connection.close()
    }
}

/// The writing end of a request's body on a connection.
struct SocketBodySink: BodyWriter.Sink {
    let connection: RawConnection
    let isChunked: Bool
    private let trailers = Trailers()

    init(connection: RawConnection, isChunked: Bool) {
        self.connection = connection
        self.isChunked = isChunked
    }

    func write(_ bytes: ByteBuffer) async throws {
        try Task.checkCancellation()
        guard isChunked else { return try await connection.write(bytes) }
        var chunk = ByteBuffer(string: String(bytes.readableBytes, radix: 16) + "\r\n")
        chunk.writeImmutableBuffer(bytes)
        chunk.writeString("\r\n")
        try await connection.write(chunk)
    }

    func setTrailers(_ trailers: HTTPFields) async { self.trailers.value = trailers }

    /// Sends the last chunk and the trailers.
    func finish() async throws {
        var end = ByteBuffer(string: "0\r\n")
        for field in trailers.value { end.writeString("\(field.name.rawName): \(field.value)\r\n") }
        end.writeString("\r\n")
        try await connection.write(end)
    }
}
