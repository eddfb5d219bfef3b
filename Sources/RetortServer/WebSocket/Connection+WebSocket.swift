// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Logging
import NIOCore
import RetortWire

extension Connection {
    /// Turns the connection into a WebSocket, and runs its handler to the end.
    ///
    /// To be called on the event loop.
    @concurrent
    func runWebSocket(_ upgrade: WebSocketUpgrade, _ response: Response) async {
        let socket = WebSocketConnection(self, upgrade)
        exchange.keepsAlive = true
        deadline = .max
        timer = .none
        writeHead(response)
        phase = .upgraded(socket)
        setTimer(.webSocket, shared.limits.webSocketPing)
        flushOut()
        if !isProcessing { process() }
        resumeReading()
        do {
            try await upgrade.run(WebSocket(socket, subprotocol: upgrade.agreement.subprotocol))
            await socket.close(.normal, "")
        } catch is CancellationError {
            await socket.close(.goingAway, "")
        } catch WriteError.clientHasGone {
            // The client closed while something was being sent to it: a way to go.
        } catch {
            shared.log.error("WebSocket handler failed", metadata: ["error": "\(error)"])
            await socket.close(.internalError, "")
        }
    }

    /// The WebSocket is over: send what is left, then close in good order.
    func closeWebSocket() {
        guard case .upgraded = phase else { return }
        closeGently()
    }
}
