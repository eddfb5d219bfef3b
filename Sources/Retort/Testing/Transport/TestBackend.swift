// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import RetortServer
import Synchronization

/// The app that a client and its copies test, with its server once one is needed.
final class TestBackend: Sendable {
    let inProcess: InProcessTransport
    let sessions: (any SessionEditing)?
    private let serverName: String?
    private let frozen: FrozenApp
    private let configuration: ServerConfiguration
    private let log: Logger
    private let socket = Mutex<SocketTransport?>(nil)

    init(_ app: App) throws {
        frozen = try app.freeze()
        log = app.log
        serverName = app.serverName
        inProcess = InProcessTransport(responder: frozen, limits: app.server.limits)
        sessions = app.routes.sessions
        var configuration = app.server
        configuration.addresses = [.tcp(host: "127.0.0.1", port: 0)]
        configuration.workers = 1
        configuration.gracePeriod = min(configuration.gracePeriod, .seconds(5))
        self.configuration = configuration
    }

    /// Whether a host is the app's own by its server name.
    func owns(_ host: String) -> Bool {
        guard let serverName else { return false }
        return host == serverName || host.hasSuffix("." + serverName)
    }

    func transport(_ transport: TestClient.Transport) -> any ExchangeTransport {
        transport == .inProcess ? inProcess : sockets
    }

    /// The server and the connections to it.
    ///
    /// The server starts when the first connection is asked for.
    var sockets: SocketTransport {
        socket.withLock { socket in
            if let socket { return socket }
            let made = SocketTransport(LazyServer(frozen, configuration, log))
            socket = made
            return made
        }
    }

    func stop() async {
        let running = socket.withLock { socket in
            defer { socket = nil }
            return socket
        }
        await running?.close()
    }
}
