// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes

/// What both ends of a WebSocket agreed on while they opened it.
public struct WebSocketAgreement: Hashable, Sendable {
    /// The fields of the answer with status 101.
    public var fields: HTTPFields

    /// The protocol that is spoken in the messages, or nil when none was agreed.
    public var subprotocol: String?

    /// How messages are compressed, or nil when they are not.
    public var compression: PermessageDeflate?
}

/// A server's side of opening a WebSocket: it checks the request and writes the answer.
///
/// Source: RFC 6455 §4.2.
public struct WebSocketHandshake: Hashable, Sendable {
    /// The protocols that the server speaks in its messages, best first.
    public var subprotocols: [String]

    /// How messages may be compressed, or nil for not at all.
    public var compression: PermessageDeflate?

    /// Which pages may open a WebSocket.
    public var origins: WebSocketOriginPolicy

    /// Creates the side of a server.
    ///
    /// - Parameters:
    ///   - subprotocols: The protocols that the server speaks in its messages, best first.
    ///   - compression: How messages may be compressed, or nil for not at all.
    ///   - origins: Which pages may open a WebSocket.
    public init(
        subprotocols: [String] = [], compression: PermessageDeflate? = nil, origins: WebSocketOriginPolicy = .sameHost
    ) {
        self.subprotocols = subprotocols
        self.compression = compression
        self.origins = origins
    }

    /// Whether a request asks to become a WebSocket: its `Upgrade` names it.
    ///
    /// The rest may still be wrong.
    ///
    /// - Parameter fields: The fields of the request.
    /// - Returns: Whether ``accept(method:authority:fields:)`` should decide about the request.
    public static func isRequested(by fields: HTTPFields) -> Bool {
        WebSocketFieldValues.list(fields, .upgrade).contains { $0.equalsIgnoringASCIICase("websocket") }
    }

    /// Checks a request and agrees on the connection.
    ///
    /// - Parameters:
    ///   - method: The method of the request.
    ///   - authority: The value of `Host`, for the check of the origin; nil when there is none.
    ///   - fields: The fields of the request.
    /// - Returns: The fields of the answer, and what was agreed.
    /// - Throws: ``WireError`` with `webSocketHandshake` (400, or 426 when the request does not ask for a WebSocket),
    ///   `webSocketVersion` (426) or `webSocketOrigin` (403). An unknown subprotocol or extension is not an error.
    public func accept(
        method: HTTPRequest.Method, authority: String?, fields: HTTPFields
    ) throws -> WebSocketAgreement {
        let key = try Self.checkedKey(method, fields)
        let origin = fields[values: .origin]
        guard origin.count <= 1, origins.permits(origin: origin.first, authority: authority) else {
            throw WireError(.webSocketOrigin, "A page of this origin may not open a WebSocket here.", status: 403)
        }
        var answer: HTTPFields = [
            .upgrade: "websocket", .connection: "Upgrade", .secWebSocketAccept: try WebSocketKey.accept(for: key),
        ]
        let offered = WebSocketFieldValues.list(fields, .secWebSocketProtocol)
        let subprotocol = subprotocols.first { known in offered.contains { $0.hasSameBytes(as: known) } }
        if let subprotocol { answer[.secWebSocketProtocol] = subprotocol }
        guard let offers = WebSocketFieldValues.extensions(fields) else {
            throw WireError(.webSocketHandshake, "Sec-WebSocket-Extensions is not a list of extensions.")
        }
        let chosen = compression?.accept(offers)
        if let chosen { answer[.secWebSocketExtensions] = chosen.entry }
        return WebSocketAgreement(fields: answer, subprotocol: subprotocol, compression: chosen?.agreement)
    }

    /// The fields that belong to the refusal of a handshake, beside its text.
    ///
    /// - Parameter error: What ``accept(method:authority:fields:)`` has thrown.
    /// - Returns: For status 426 the protocol and the version that would be accepted, otherwise nothing.
    public static func refusalFields(for error: WireError) -> HTTPFields {
        guard error.status == 426 else { return [:] }
        return [.upgrade: "websocket", .connection: "Upgrade", .secWebSocketVersion: "13"]
    }

    private static func checkedKey(_ method: HTTPRequest.Method, _ fields: HTTPFields) throws -> String {
        guard isRequested(by: fields) else {
            throw WireError(.webSocketHandshake, "This address speaks only WebSocket.", status: 426)
        }
        guard method == .get else {
            throw WireError(.webSocketHandshake, "A WebSocket is opened with GET.")
        }
        let connection = WebSocketFieldValues.list(fields, .connection)
        guard connection.contains(where: { $0.equalsIgnoringASCIICase("upgrade") }) else {
            throw WireError(.webSocketHandshake, "Connection does not name Upgrade.")
        }
        let version = fields[values: .secWebSocketVersion]
        guard version.count == 1, version[0].hasSameBytes(as: "13") else {
            throw WireError(.webSocketVersion, "Sec-WebSocket-Version has to be 13.", status: 426)
        }
        let keys = fields[values: .secWebSocketKey]
        guard keys.count == 1, WebSocketKey.isValid(keys[0]) else {
            throw WireError(.webSocketHandshake, "Sec-WebSocket-Key has to be 16 bytes in base64.")
        }
        return keys[0]
    }
}

/// Lists in the fields of a handshake.
enum WebSocketFieldValues {
    /// The members of a comma-separated list over all fields of the name, without spaces around and without empty ones.
    static func list(_ fields: HTTPFields, _ name: HTTPField.Name) -> [Substring] {
        fields[values: name].flatMap { value in
            value.utf8.split(separator: UInt8(ascii: ",")).compactMap { part in
                let start = part.drop(while: \.isHTTPWhitespace)
                let length = start.reversed().drop(while: \.isHTTPWhitespace).count
                return length == 0 ? nil : Substring(start.prefix(length))
            }
        }
    }

    /// The entries of `Sec-WebSocket-Extensions`, or nil when they do not follow the grammar.
    static func extensions(_ fields: HTTPFields) -> [WebSocketExtension]? {
        WebSocketExtension.parse(fields[values: .secWebSocketExtensions].joined(separator: ","))
    }
}
