// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import Retort

/// An echo server against the package `websockets` of Python, case by case as the Autobahn test suite has them.
///
/// The cases are in `Tests/Peers/websocket_peer.py`: groups 1–7, 9, 10 and 12.
@Suite(.timeLimit(.minutes(3))) struct WebSocketPeerTests {
    @Test func everyCaseIsAnsweredAsTheProtocolSays() async throws {
        var app = App()
        app.webSocket(
            "/echo", handshake: WebSocketHandshake(compression: PermessageDeflate()), messageLimit: 16 * 1_024 * 1_024
        ) { (socket: WebSocket) async throws in
            for try await message in socket.messages { try await socket.send(message) }
        }
        let server = try await TestServer.start(try app.freeze())
        guard case .tcp(_, let port) = server.address else { return }
        let (code, output) = try await Peer.run(["Tests/Peers/websocket_peer.py", "ws://127.0.0.1:\(port)/echo"])
        await server.stop()
        #expect(code == 0, "\(output)")
        #expect(output.contains(" passed, 0 failed"), "\(output)")
    }
}
