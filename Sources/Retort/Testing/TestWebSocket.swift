// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
public import RetortServer
public import RetortWire
import Synchronization

/// A test's end of a WebSocket.
///
/// Messages, pongs and the close are taken from the connection only while a call waits for them. Every wait has the
/// client's deadline.
public final class TestWebSocket: Sendable {
    private struct State: ~Copyable {
        var socket: WebSocketConnectionState
        var messages: [WebSocketMessage] = []
        var pongs: [[UInt8]] = []
        var end: (code: WebSocketCloseCode, reason: String)?
        var failure: WireError?
    }

    /// What was agreed when the WebSocket was opened: the subprotocol, the compression and the fields of the answer.
    public let agreement: WebSocketAgreement

    private let connection: RawConnection
    private let deadline: Duration
    private let state: Mutex<State>

    init(_ connection: RawConnection, _ agreement: WebSocketAgreement, deadline: Duration) {
        self.connection = connection
        self.agreement = agreement
        self.deadline = deadline
        state = Mutex(
            State(socket: WebSocketConnectionState(role: .client, compression: agreement.compression)))
    }

    /// Why the server has closed; nil while it has not, as far as was read.
    public var closeCode: WebSocketCloseCode? { state.withLock { $0.end?.code } }

    /// The words that came with ``closeCode``.
    public var closeReason: String? { state.withLock { $0.end?.reason } }

    // MARK: Sending

    /// Sends a text.
    ///
    /// - Parameter text: The message.
    /// - Throws: `WireError` when the WebSocket is closing; ``TestClientError`` when the server takes no more bytes.
    public func send(_ text: String) async throws { try await send { try $0.send(text: text, output: &$1) } }

    /// Sends bytes.
    ///
    /// - Parameter bytes: The message.
    /// - Throws: `WireError` when the WebSocket is closing; ``TestClientError`` when the server takes no more bytes.
    public func send(_ bytes: [UInt8]) async throws { try await send { try $0.send(binary: bytes, output: &$1) } }

    /// Sends a ping, and waits for its pong.
    ///
    /// Messages that come before it are kept.
    ///
    /// - Parameter payload: At most 125 bytes.
    /// - Throws: ``TestClientError`` with `deadline` when no pong comes, with `webSocket` when the server closes instead.
    public func ping(_ payload: [UInt8] = []) async throws {
        try await send { try $0.sendPing(payload, output: &$1) }
        try await Unstructured.run(within: deadline, "The answer to a ping") {
            while !self.takePong(payload) {
                guard try await self.readMore() else {
                    throw TestClientError(.webSocket, "The server closed instead of answering a ping.")
                }
            }
        }
    }

    /// Sends bytes that need not be frames, to test what the server makes of them.
    ///
    /// - Parameter bytes: The bytes.
    /// - Throws: ``TestClientError`` when the server takes no more bytes.
    public func sendRaw(_ bytes: [UInt8]) async throws { try await connection.send(bytes) }

    private func send(_ write: (inout WebSocketConnectionState, inout [UInt8]) throws -> Void) async throws {
        // Handed over inside the lock, so that two senders cannot exchange their places: compression would not stand it.
        let sent = try state.withLock { state in
            var output: [UInt8] = []
            try write(&state.socket, &output)
            return connection.enqueue(output)
        }
        try await Unstructured.run(within: deadline, "Sending") {
            do {
                try await sent.get()
            } catch {
                throw TestClientError(.connectionFailed, "The server takes no more bytes.", underlying: error)
            }
        }
    }

    // MARK: Receiving

    /// Waits for the next message.
    ///
    /// - Returns: The message, or nil when the server has closed.
    /// - Throws: ``TestClientError`` with `deadline`, or with `webSocket` when the server breaks the protocol.
    public func receive() async throws -> WebSocketMessage? {
        try await Unstructured.run(within: deadline, "The next message") {
            while true {
                if let message = self.takeMessage() { return message }
                guard try await self.readMore() else { return nil }
            }
        }
    }

    /// Waits for the next message, which has to be a text.
    ///
    /// - Returns: The text, or nil when the server has closed.
    /// - Throws: ``TestClientError`` with `webSocket` for a binary message, and as ``receive()``.
    public func receiveText() async throws -> String? {
        guard let message = try await receive() else { return nil }
        guard let text = message.text else {
            throw TestClientError(.webSocket, "A binary message of \(message.bytes.count) bytes came, not a text.")
        }
        return text
    }

    /// The messages of the server.
    ///
    /// The sequence ends when it closes.
    public var messages: Messages { Messages(socket: self) }

    private func takeMessage() -> WebSocketMessage? {
        state.withLock { $0.messages.isEmpty ? nil : $0.messages.removeFirst() }
    }

    private func takePong(_ payload: [UInt8]) -> Bool {
        state.withLock { state in
            guard let place = state.pongs.firstIndex(of: payload) else { return false }
            state.pongs.removeFirst(place + 1)
            return true
        }
    }

    /// Waits for bytes and takes them in; answers false when the WebSocket is over.
    private func readMore() async throws -> Bool {
        guard state.withLock({ $0.end == nil }) else { return false }
        let piece = try await connection.nextPiece()
        let failure = state.withLock { state -> WireError? in
            take(piece, &state)
            return state.failure
        }
        if let failure { throw TestClientError(.webSocket, "The server broke the protocol.", underlying: failure) }
        return true
    }

    private func take(_ piece: [UInt8]?, _ state: inout State) {
        var events: [WebSocketEvent] = []
        var output: [UInt8] = []
        if let piece {
            state.socket.receive(piece.span, output: &output) { events.append($0) }
        } else if let end = state.socket.receiveEnd() {
            events = [end]
        }
        for event in events {
            switch event {
            case .text(let text): state.messages.append(.text(text))
            case .binary(let bytes): state.messages.append(.binary(bytes))
            case .pong(let payload): state.pongs.append(payload)
            case .ping: break
            case .close(let code, let reason): state.end = (code, reason)
            case .failure(let code, let error):
                state.end = (code, error.message)
                state.failure = error
            }
        }
        if !output.isEmpty { connection.enqueue(output) }
    }

    // MARK: Closing

    /// Closes, and waits until the server has agreed.
    ///
    /// Messages that come before that are kept.
    ///
    /// - Parameters:
    ///   - code: Why.
    ///   - reason: Why in words, of which 123 bytes are sent at most.
    /// - Throws: ``TestClientError`` with `deadline` when the server does not agree.
    public func close(_ code: WebSocketCloseCode = .normal, reason: String = "") async throws {
        try await send { try $0.close(code, reason: reason, output: &$1) }
        try await Unstructured.run(within: deadline, "Closing the WebSocket") {
            while try await self.readMore() {}
        }
        connection.close()
    }

    /// Goes away without a word.
    public func disconnect() { connection.close() }

    /// The messages of the server in the order in which they come.
    public struct Messages: AsyncSequence, Sendable {
        let socket: TestWebSocket

        /// Starts receiving.
        ///
        /// - Returns: The messages.
        public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(socket: socket) }

        /// Receives one message after another.
        public struct AsyncIterator: AsyncIteratorProtocol {
            let socket: TestWebSocket

            /// Waits for the next message.
            ///
            /// - Returns: The message, or nil when the server has closed.
            /// - Throws: ``TestClientError``, as ``TestWebSocket/receive()``.
            public mutating func next() async throws -> WebSocketMessage? { try await socket.receive() }
        }
    }
}
