// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Logging
import NIOCore
import RetortWire
import Synchronization

/// A connection that has become a WebSocket: bytes to messages and back, pings, and the closing handshake.
///
/// `@unchecked Sendable`: what is not guarded by a lock of its own is touched on the event loop only.
final class WebSocketConnection: @unchecked Sendable {
    /// The two hold each other until the channel is inactive.
    private let connection: Connection
    private let loop: any EventLoop
    private let executor: LoopExecutor

    /// A box, because the state cannot be copied and a class member would be checked at every access.
    private var state: WebSocketConnectionState
    private var isAwaitingPong = false
    private var isOver = false
    private let code = Mutex<WebSocketCloseCode?>(nil)
    private let pingPause: Duration

    /// The messages on their way to the handler.
    let inbound: InboundQueue<WebSocketMessage>

    /// How long the client may take to answer our close.
    static let closingTime: Duration = .seconds(5)

    init(_ connection: Connection, _ upgrade: WebSocketUpgrade) {
        self.connection = connection
        let shared = connection.shared
        loop = shared.loop
        executor = shared.pool.executor
        pingPause = shared.limits.webSocketPing
        let most = upgrade.messageLimit ?? shared.limits.webSocketMessageBytes
        state = WebSocketConnectionState(
            role: .server, limits: WebSocketLimits(frameLength: most, messageLength: most),
            compression: upgrade.agreement.compression)
        let loop = shared.loop
        inbound = InboundQueue { [weak connection] in
            loop.execute { [weak connection] in connection?.resumeReading() }
        }
    }

    /// Why the client has closed.
    var closeCode: WebSocketCloseCode? { code.withLock { $0 } }

    var wantsBytes: Bool { !inbound.isFull }

    // MARK: On the event loop

    func receive(_ bytes: ByteBuffer) {
        guard !isOver else { return }
        isAwaitingPong = false
        if case .open = state.phase { connection.setTimer(.webSocket, pingPause) }
        var output: [UInt8] = []
        state.receive(bytes.readableBytesUInt8Span, output: &output) { event in
            switch event {
            case .text(let text): inbound.push(.text(text), size: text.utf8.count + 64)
            case .binary(let bytes): inbound.push(.binary(bytes), size: bytes.count + 64)
            case .close(let code, _): ended(code)
            case .failure(let code, let error):
                connection.shared.log.debug("WebSocket failed", metadata: ["error": "\(error)"])
                ended(code)
            case .ping, .pong: break
            }
        }
        write(output)
        if state.shouldCloseTransport { finish() }
    }

    /// The socket is gone.
    func connectionClosed() {
        isOver = true
        if state.receiveEnd() != nil { ended(.abnormal) }
        inbound.finish()
    }

    /// The server stops.
    func goAway() { startClosing(.goingAway, "") }

    /// Nothing has come for a while: ask, and close when the last question was not answered.
    func pauseIsOver() {
        guard case .open = state.phase, !isAwaitingPong else { return finish() }
        isAwaitingPong = true
        var output: [UInt8] = []
        try? state.sendPing([], output: &output)
        write(output)
        connection.setTimer(.webSocket, pingPause)
    }

    func startClosing(_ code: WebSocketCloseCode, _ reason: String) {
        guard !isOver, case .open = state.phase else { return }
        var output: [UInt8] = []
        try? state.close(code, reason: reason, output: &output)
        write(output)
        isAwaitingPong = true
        connection.setTimer(.webSocket, Self.closingTime)
    }

    private func ended(_ code: WebSocketCloseCode) {
        self.code.withLock { if $0 == nil { $0 = code } }
        inbound.finish()
    }

    /// The closing handshake is over, or will not come.
    private func finish() {
        guard !isOver else { return }
        isOver = true
        inbound.finish()
        connection.closeWebSocket()
    }

    private func write(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        connection.append { $0.writeBytes(bytes) }
        if !connection.isProcessing { connection.flushOut() }
    }

    private func sendNow(_ message: WebSocketMessage) throws {
        guard !isOver, case .open = state.phase else { throw WriteError.clientHasGone }
        var output: [UInt8] = []
        switch message {
        case .text(let text): try state.send(text: text, output: &output)
        case .binary(let bytes): try state.send(binary: bytes, output: &output)
        }
        write(output)
    }

    // MARK: From handlers

    @concurrent
    func send(_ message: WebSocketMessage) async throws {
        try Task.checkCancellation()
        if loop.inEventLoop {
            try sendNow(message)
            try await connection.waitUntilWritable()
        } else {
            try await withTaskExecutorPreference(executor) { try await send(message) }
        }
    }

    @concurrent
    func close(_ code: WebSocketCloseCode, _ reason: String) async {
        if loop.inEventLoop {
            startClosing(code, reason)
        } else {
            loop.execute { self.startClosing(code, reason) }
        }
    }
}
