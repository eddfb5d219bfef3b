// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Something that the peer did.
public enum WebSocketEvent: Hashable, Sendable {
    /// A whole text message came.
    case text(String)
    /// A whole binary message came.
    case binary([UInt8])
    /// A ping came with this payload, at most 125 bytes. Its answer is already in the output.
    case ping([UInt8])
    /// A pong came with this payload, asked for or not. There is nothing to do.
    case pong([UInt8])
    /// The connection closes, and no event follows.
    ///
    /// The code is ``WebSocketCloseCode/noStatus`` when the peer's Close had none, and
    /// ``WebSocketCloseCode/abnormal`` when the transport ended without a Close. The Close that answers the peer's is
    /// already in the output.
    case close(WebSocketCloseCode, reason: String)
    /// The peer broke the protocol or passed a limit, and no event follows.
    ///
    /// A Close with this code is already in the output, unless one was sent before.
    case failure(WebSocketCloseCode, WireError)
}
