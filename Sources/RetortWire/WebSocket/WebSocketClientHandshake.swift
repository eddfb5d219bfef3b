// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes

/// A client's side of opening a WebSocket: it writes the request and checks the answer.
///
/// Source: RFC 6455 §4.1.
public struct WebSocketClientHandshake: Hashable, Sendable {
    /// The nonce of this connection: sixteen random bytes in base64.
    public let key: String

    /// The protocols that the client can speak in its messages, best first.
    public let subprotocols: [String]

    /// How messages may be compressed, or nil for not at all.
    public let compression: PermessageDeflate?

    /// Creates the side of a client, for one connection.
    ///
    /// - Parameters:
    ///   - subprotocols: The protocols that the client can speak in its messages, best first; tokens.
    ///   - compression: How messages may be compressed, or nil for not at all.
    public init(subprotocols: [String] = [], compression: PermessageDeflate? = nil) {
        self.init(key: WebSocketKey.random(), subprotocols: subprotocols, compression: compression)
    }

    init(key: String, subprotocols: [String], compression: PermessageDeflate?) {
        self.key = key
        self.subprotocols = subprotocols
        self.compression = compression
    }

    /// The fields of the request, beside `Host`.
    ///
    /// Its method is GET.
    public var fields: HTTPFields {
        var result: HTTPFields = [
            .upgrade: "websocket", .connection: "Upgrade", .secWebSocketVersion: "13", .secWebSocketKey: key,
        ]
        if !subprotocols.isEmpty { result[.secWebSocketProtocol] = subprotocols.joined(separator: ", ") }
        if let compression { result[.secWebSocketExtensions] = compression.offer }
        return result
    }

    /// Checks the server's answer.
    ///
    /// - Parameters:
    ///   - status: The status of the answer, 101 when the server agrees.
    ///   - answer: The fields of the answer.
    /// - Returns: What was agreed.
    /// - Throws: ``WireError`` with `webSocketHandshake` when the server refuses, proves nothing, or chooses what was
    ///   not offered.
    public func verify(status: Int, fields answer: HTTPFields) throws -> WebSocketAgreement {
        guard status == 101 else {
            throw Self.refused("The server answers with status \(status) instead of 101.")
        }
        let upgrade = WebSocketFieldValues.list(answer, .upgrade)
        guard upgrade.count == 1, upgrade[0].equalsIgnoringASCIICase("websocket") else {
            throw Self.refused("The server's Upgrade is not websocket.")
        }
        let connection = WebSocketFieldValues.list(answer, .connection)
        guard connection.contains(where: { $0.equalsIgnoringASCIICase("upgrade") }) else {
            throw Self.refused("The server's Connection does not name Upgrade.")
        }
        let proofs = answer[values: .secWebSocketAccept]
        guard proofs.count == 1, proofs[0].hasSameBytes(as: try WebSocketKey.accept(for: key)) else {
            throw Self.refused("The server's Sec-WebSocket-Accept does not fit the key.")
        }
        let chosen = answer[values: .secWebSocketProtocol]
        guard chosen.count <= 1, chosen.allSatisfy({ one in subprotocols.contains { $0.hasSameBytes(as: one) } })
        else {
            throw Self.refused("The server chose a subprotocol that was not offered.")
        }
        return WebSocketAgreement(
            fields: answer, subprotocol: chosen.first, compression: try agreedCompression(answer))
    }

    private func agreedCompression(_ answer: HTTPFields) throws -> PermessageDeflate? {
        guard let entries = WebSocketFieldValues.extensions(answer), entries.count <= 1 else {
            throw Self.refused("The server's Sec-WebSocket-Extensions cannot be read.")
        }
        guard let entry = entries.first else { return nil }
        guard let agreement = compression?.agree(entry) else {
            throw Self.refused("The server chose an extension that was not offered.")
        }
        return agreement
    }

    private static func refused(_ message: String) -> WireError {
        WireError(.webSocketHandshake, message, status: 502)
    }
}
