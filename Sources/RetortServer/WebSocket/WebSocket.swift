// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import RetortWire

/// A message of a WebSocket.
public enum WebSocketMessage: Hashable, Sendable {
    /// Text in UTF-8.
    case text(String)

    /// Bytes.
    case binary([UInt8])

    /// The text; nil for a binary message.
    public var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    /// The bytes of either kind.
    public var bytes: [UInt8] {
        switch self {
        case .text(let text): Array(text.utf8)
        case .binary(let bytes): bytes
        }
    }
}

/// A connection on which both sides send messages whenever they like.
///
///     app.webSocket("/echo") { socket in
///         for try await message in socket.messages { try await socket.send(message) }
///     }
///
/// Pings are answered, and idle clients are asked whether they are still there. Several tasks may send; one receives.
///
/// Source: RFC 6455.
public struct WebSocket: Sendable {
    private let connection: WebSocketConnection

    /// The subprotocol that client and server have agreed on; nil for none.
    public let subprotocol: String?

    init(_ connection: WebSocketConnection, subprotocol: String?) {
        self.connection = connection
        self.subprotocol = subprotocol
    }

    /// The messages of the client.
    ///
    /// The sequence ends when either side closes.
    ///
    /// A client that sends faster than its messages are taken is slowed down.
    public var messages: Messages { Messages(queue: connection.inbound) }

    /// Why the client has closed; nil while it has not.
    public var closeCode: WebSocketCloseCode? { connection.closeCode }

    /// Sends a text.
    ///
    /// - Parameter text: The message.
    /// - Throws: ``WriteError`` when the connection is closed; `CancellationError` when the task is cancelled.
    public func send(_ text: String) async throws { try await connection.send(.text(text)) }

    /// Sends bytes.
    ///
    /// - Parameter bytes: The message.
    /// - Throws: ``WriteError`` when the connection is closed; `CancellationError` when the task is cancelled.
    public func send(_ bytes: [UInt8]) async throws { try await connection.send(.binary(bytes)) }

    /// Sends a message.
    ///
    /// - Parameter message: The message.
    /// - Throws: ``WriteError`` when the connection is closed; `CancellationError` when the task is cancelled.
    public func send(_ message: WebSocketMessage) async throws { try await connection.send(message) }

    /// Starts to close.
    ///
    /// The messages end when the client has agreed.
    ///
    /// - Parameters:
    ///   - code: Why.
    ///   - reason: Why in words, of which 123 bytes are sent at most.
    public func close(_ code: WebSocketCloseCode = .normal, reason: String = "") async {
        await connection.close(code, reason)
    }

    /// The messages of a client in the order in which they come.
    public struct Messages: AsyncSequence, Sendable {
        let queue: InboundQueue<WebSocketMessage>

        /// Starts receiving.
        ///
        /// - Returns: The messages.
        public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(queue: queue) }

        /// Receives one message after another.
        public struct AsyncIterator: AsyncIteratorProtocol {
            let queue: InboundQueue<WebSocketMessage>

            /// Waits for the next message.
            ///
            /// - Returns: The message, or nil when the connection is closed.
            /// - Throws: `CancellationError` when the task is cancelled.
            public mutating func next() async throws -> WebSocketMessage? { try await queue.next() }
        }
    }
}
