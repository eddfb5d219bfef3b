// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import RetortServer
import RetortWire

/// Who sent a request, and under which address it was meant for this server.
///
/// These are facts of the connection until a middleware for trusted proxies replaces them with those of the client.
public struct RequestOrigin: Sendable {
    private let server: ServerRequest

    /// What a middleware has put in place of the facts of the connection; nil while there is nothing.
    private var corrected: Corrected?

    private struct Corrected: Sendable {
        var address: String?
        var scheme: String?
        var host: String?
        var rootPath = ""
    }

    init(_ server: ServerRequest) { self.server = server }

    /// The client's address without a port, from a trusted proxy or else from the socket; nil without a socket.
    public var address: String? {
        get { corrected?.address ?? server.connection.peer?.ipAddress }
        set { change { $0.address = newValue } }
    }

    /// `http` or `https`.
    public var scheme: String {
        get { corrected?.scheme ?? (server.connection.isSecure ? "https" : "http") }
        set { change { $0.scheme = newValue } }
    }

    /// The host and, where it is not the scheme's own, the port; empty when HTTP/1.0 left it out.
    public var host: String {
        get { corrected?.host ?? server.head.authority ?? "" }
        set { change { $0.host = newValue } }
    }

    /// What a proxy has cut off from the front of every path; empty without one.
    ///
    /// It does not end with a slash.
    public var rootPath: String {
        get { corrected?.rootPath ?? "" }
        set { change { $0.rootPath = newValue } }
    }

    /// Whether the client's side of the way is encrypted.
    public var isSecure: Bool { scheme.hasSameBytes(as: "https") }

    private mutating func change(_ body: (inout Corrected) -> Void) {
        var facts = corrected ?? Corrected()
        body(&facts)
        corrected = facts
    }
}
