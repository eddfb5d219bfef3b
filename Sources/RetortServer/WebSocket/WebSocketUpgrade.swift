// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

package import RetortWire

/// The answer to a WebSocket handshake that was accepted: what runs on the connection once it has been upgraded.
package struct WebSocketUpgrade: Sendable {
    /// What client and server have agreed on.
    let agreement: WebSocketAgreement

    /// Most bytes of a message; nil for the server's limit.
    let messageLimit: Int?

    /// Talks to the client.
    ///
    /// The connection closes when it returns.
    let run: @Sendable (WebSocket) async throws -> Void

    package init(
        _ agreement: WebSocketAgreement, messageLimit: Int? = nil,
        run: @escaping @Sendable (WebSocket) async throws -> Void
    ) {
        self.agreement = agreement
        self.messageLimit = messageLimit
        self.run = run
    }
}
