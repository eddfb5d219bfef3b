// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import RetortServer
import RetortWire

/// Who sent a request, and under which address it was meant for this server.
///
/// These are facts of the connection until a middleware for trusted proxies replaces them with those of the client.
public struct RequestOrigin: Sendable {
    /// The address of the client as a trusted proxy gives it; nil without one. ``address`` is what most code wants.
    public var forwardedAddress: String?

    /// `http` or `https`.
    public var scheme: String

    /// The host and, where it is not the scheme's own, the port; empty when HTTP/1.0 left it out.
    public var host: String

    /// What a proxy has cut off from the front of every path; empty without one. It does not end with a slash.
    public var rootPath = ""

    init(_ request: ServerRequest) {
        // Text is made of the address when somebody asks; most requests never do.
        connection = request.connection
        forwardedAddress = nil
        scheme = request.connection.isSecure ? "https" : "http"
        host = request.head.authority ?? ""
    }

    private let connection: ConnectionInfo

    /// The client's address without a port, from a trusted proxy or else from the socket; nil without a socket.
    public var address: String? { forwardedAddress ?? connection.peer?.ipAddress }

    /// Whether the client's side of the way is encrypted.
    public var isSecure: Bool { scheme.hasSameBytes(as: "https") }
}
