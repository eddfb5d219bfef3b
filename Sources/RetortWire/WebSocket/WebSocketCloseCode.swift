// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Why a WebSocket closes, as a number that both sides can read.
///
/// Source: RFC 6455 §7.4 and the IANA WebSocket Close Code Number Registry.
public struct WebSocketCloseCode: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The number on the wire.
    public var rawValue: UInt16

    /// Creates a code from its number.
    ///
    /// Whether it may be sent is for ``canBeSent`` to say.
    ///
    /// - Parameter rawValue: The number; 3000 to 3999 are registered by libraries, 4000 to 4999 are free for any use.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// 1000: what the connection was opened for is done.
    public static let normal = WebSocketCloseCode(rawValue: 1000)
    /// 1001: the server shuts down, or the browser left the page.
    public static let goingAway = WebSocketCloseCode(rawValue: 1001)
    /// 1002: a frame broke the protocol.
    public static let protocolError = WebSocketCloseCode(rawValue: 1002)
    /// 1003: a kind of message came that the endpoint does not take, such as binary where it wants text.
    public static let unsupportedData = WebSocketCloseCode(rawValue: 1003)
    /// 1005: the peer's Close carried no code.
    ///
    /// Never on the wire.
    public static let noStatus = WebSocketCloseCode(rawValue: 1005)
    /// 1006: the transport ended without a Close.
    ///
    /// Never on the wire.
    public static let abnormal = WebSocketCloseCode(rawValue: 1006)
    /// 1007: the bytes of a message do not fit its kind, such as text that is not UTF-8.
    public static let invalidPayload = WebSocketCloseCode(rawValue: 1007)
    /// 1008: a message breaks a rule of the application.
    public static let policyViolation = WebSocketCloseCode(rawValue: 1008)
    /// 1009: a message is larger than the endpoint takes.
    public static let messageTooBig = WebSocketCloseCode(rawValue: 1009)
    /// 1010: the client needs an extension that the server did not agree to.
    public static let missingExtension = WebSocketCloseCode(rawValue: 1010)
    /// 1011: the server met an error of its own.
    public static let internalError = WebSocketCloseCode(rawValue: 1011)
    /// 1012: the server restarts.
    public static let serviceRestart = WebSocketCloseCode(rawValue: 1012)
    /// 1013: the server is overloaded.
    public static let tryAgainLater = WebSocketCloseCode(rawValue: 1013)
    /// 1014: a gateway got an invalid answer from the server behind it.
    public static let badGateway = WebSocketCloseCode(rawValue: 1014)

    /// Whether the code may stand in a Close frame.
    ///
    /// Reserved numbers may not, nor those that only report to the application (1005, 1006, 1015).
    public var canBeSent: Bool {
        switch rawValue {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }

    /// The number in decimal digits.
    public var description: String { String(rawValue) }
}
