// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What a frame carries.
///
/// Source: RFC 6455 §5.2.
public enum WebSocketOpcode: UInt8, Hashable, Sendable {
    /// The next part of a message that an earlier frame began.
    case continuation = 0x0
    /// A text message, or its first part.
    case text = 0x1
    /// A binary message, or its first part.
    case binary = 0x2
    /// The wish to close.
    case close = 0x8
    /// A question whether the peer is there.
    case ping = 0x9
    /// The answer to a ping.
    case pong = 0xA

    /// Whether the frame speaks about the connection and may stand between the parts of a message.
    public var isControl: Bool { rawValue & 0x8 != 0 }
}

/// Which end of the connection one is.
///
/// Clients mask what they send, and servers do not.
public enum WebSocketRole: Hashable, Sendable {
    /// The end that opened the connection.
    case client
    /// The end that accepted it.
    case server
}
