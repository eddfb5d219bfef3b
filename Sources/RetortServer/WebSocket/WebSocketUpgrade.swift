// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The answer to a WebSocket handshake: what runs on the connection once it has been upgraded.
package struct WebSocketUpgrade: Sendable {
    package init() {}
}
