// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import NIOCore

/// What is known about the connection that a request came over.
public struct ConnectionInfo: Sendable {
    /// The address of the other side of the socket; nil for a request that came over none.
    ///
    /// Behind a proxy this is the proxy.
    public let peer: SocketAddress?

    /// The address at which the server was reached.
    public let local: SocketAddress?

    /// Whether the connection is encrypted.
    public let isSecure: Bool

    /// Creates the facts of a connection.
    ///
    /// - Parameters:
    ///   - peer: The address of the other side.
    ///   - local: The address at which the server was reached.
    ///   - isSecure: Whether the connection is encrypted.
    public init(peer: SocketAddress? = nil, local: SocketAddress? = nil, isSecure: Bool = false) {
        self.peer = peer
        self.local = local
        self.isSecure = isSecure
    }
}
