// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// How a server listens, and how long it takes to stop.
public struct ServerConfiguration: Sendable {
    /// Where to listen.
    ///
    /// Several addresses are served alike.
    public var addresses: [ListenAddress]

    /// The number of event loops, each a thread; nil for one for each core that the process may use.
    public var workers: Int?

    /// Limits on what one client may cost.
    public var limits = ServerLimits()

    /// Connections that wait to be accepted.
    public var backlog = 1_024

    /// How long requests at work may take once the server has been told to stop.
    ///
    /// Then they are cancelled.
    public var gracePeriod: Duration = .seconds(25)

    /// How long the code of a request may run without waiting before it is named in the log; nil not to look.
    ///
    /// Looking costs a little for each request. It is for debugging.
    public var slowHandlerTime: Duration?

    /// Creates a configuration.
    ///
    /// - Parameter addresses: Where to listen.
    public init(addresses: [ListenAddress] = [.tcp(host: "127.0.0.1", port: 8000)]) { self.addresses = addresses }
}
