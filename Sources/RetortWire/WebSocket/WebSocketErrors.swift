// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension WireError.Code {
    /// A request or an answer does not open a WebSocket as the standard wants it.
    public static let webSocketHandshake = WireError.Code("websocket-handshake")
    /// A request asks for a version of the WebSocket protocol other than 13.
    ///
    /// The status is 426.
    public static let webSocketVersion = WireError.Code("websocket-version")
    /// A page of another origin tried to open a WebSocket.
    ///
    /// The status is 403.
    public static let webSocketOrigin = WireError.Code("websocket-origin")
    /// A frame breaks the protocol.
    ///
    /// The connection closes with 1002.
    public static let webSocketProtocol = WireError.Code("websocket-protocol")
    /// A text message or the reason of a close is not UTF-8.
    ///
    /// The connection closes with 1007.
    public static let webSocketInvalidText = WireError.Code("websocket-invalid-text")
    /// A compressed message cannot be decompressed.
    ///
    /// The connection closes with 1007.
    public static let webSocketInvalidData = WireError.Code("websocket-invalid-data")
    /// A frame or a message passes its limit.
    ///
    /// The connection closes with 1009.
    public static let webSocketTooLarge = WireError.Code("websocket-too-large")
    /// A frame cannot be sent: the connection is closing, or the frame would break the protocol.
    public static let webSocketCannotSend = WireError.Code("websocket-cannot-send")
}

extension WebSocketCloseCode {
    /// The code that tells the peer why its bytes were refused.
    init(reporting error: WireError) {
        switch error.code {
        case .webSocketInvalidText, .webSocketInvalidData: self = .invalidPayload
        case .webSocketTooLarge: self = .messageTooBig
        case .compressionFailed: self = .internalError
        default: self = .protocolError
        }
    }
}
