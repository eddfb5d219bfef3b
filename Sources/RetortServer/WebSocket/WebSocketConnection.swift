// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// A connection that has become a WebSocket.
final class WebSocketConnection {
    var wantsBytes: Bool { true }
    func receive(_ bytes: ByteBuffer) {}
    func connectionClosed() {}
    func goAway() {}
}

extension Connection {
    func runWebSocket(_ upgrade: WebSocketUpgrade, _ response: Response) async {}
}
