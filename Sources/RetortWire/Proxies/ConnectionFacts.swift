// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What a server knows of a request beside its head: who asked, and under which address.
public struct ConnectionFacts: Hashable, Sendable {
    /// The address of the client, or nil where there is none, as with a Unix socket.
    public var clientAddress: String?

    /// The scheme, such as `https`.
    public var scheme: String

    /// The value of the `Host` header, or nil where the client sent none.
    public var hostHeader: String?

    /// The name or address under which the server is reached.
    public var serverName: String

    /// The port under which the server is reached, or nil where there is none.
    public var serverPort: Int?

    /// The path under which the application is mounted: empty, or beginning with `/`.
    public var rootPath: String

    /// Creates facts.
    ///
    /// - Parameters:
    ///   - clientAddress: The address of the client.
    ///   - scheme: The scheme, such as `https`.
    ///   - hostHeader: The value of the `Host` header.
    ///   - serverName: The name or address under which the server is reached.
    ///   - serverPort: The port under which the server is reached, `1...65535`.
    ///   - rootPath: The path under which the application is mounted.
    public init(
        clientAddress: String? = nil, scheme: String = "http", hostHeader: String? = nil, serverName: String = "",
        serverPort: Int? = nil, rootPath: String = ""
    ) {
        self.clientAddress = clientAddress
        self.scheme = scheme
        self.hostHeader = hostHeader
        self.serverName = serverName
        self.serverPort = serverPort
        self.rootPath = rootPath
    }
}
