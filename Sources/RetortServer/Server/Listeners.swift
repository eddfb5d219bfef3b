// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import RetortWire
import Synchronization

/// The open addresses of a server.
struct Listeners {
    private let channels: [any Channel]

    /// Where the server can be reached, with the ports that the system chose.
    let addresses: [ListenAddress]

    static func open(
        _ configuration: ServerConfiguration, group: MultiThreadedEventLoopGroup, loops: LoopContexts
    ) async throws -> Listeners {
        var channels: [any Channel] = []
        var addresses: [ListenAddress] = []
        for address in configuration.addresses {
            do {
                let channel = try await bind(address, configuration, group: group, loops: loops)
                channels.append(channel)
                addresses.append(actual(address, channel))
            } catch {
                for channel in channels { try? await channel.close().get() }
                throw ServerError(address: address, underlying: error)
            }
        }
        return Listeners(channels: channels, addresses: addresses)
    }

    /// Accepts no more connections.
    func close() async {
        for channel in channels { try? await channel.close().get() }
    }

    /// How large the buffer is into which a connection reads, by what it has read before.
    ///
    /// A connection keeps its buffer while it is idle, so it begins with one that just fits the head of a browser.
    private static var readSizes: AdaptiveRecvByteBufferAllocator {
        AdaptiveRecvByteBufferAllocator(minimum: 256, initial: 1_024, maximum: 131_072)
    }

    private static func bind(
        _ address: ListenAddress, _ configuration: ServerConfiguration, group: MultiThreadedEventLoopGroup,
        loops: LoopContexts
    ) async throws -> any Channel {
        let most = configuration.limits.connections
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: Int32(clamping: configuration.backlog))
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(.recvAllocator, value: readSizes)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try setUp(channel, loops, most) }
            }
        switch address {
        case .tcp(let host, let port):
            return
                try await bootstrap
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                .bind(host: host, port: port).get()
        case .unix(let path):
            return try await bootstrap.bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true).get()
        }
    }

    private static func setUp(_ channel: any Channel, _ loops: LoopContexts, _ most: Int) throws {
        guard let context = loops[channel.eventLoop] else { return }
        let count = loops.connectionCount.add(1, ordering: .relaxed).newValue
        channel.closeFuture.whenComplete { _ in loops.connectionCount.subtract(1, ordering: .relaxed) }
        let info = ConnectionInfo(peer: channel.remoteAddress, local: channel.localAddress)
        let connection = Connection(shared: context, info: info)
        if count > most { connection.turnAway() }
        try channel.pipeline.syncOperations.addHandler(connection)
    }

    private static func actual(_ address: ListenAddress, _ channel: any Channel) -> ListenAddress {
        guard case .tcp(let host, _) = address, let port = channel.localAddress?.port else { return address }
        return .tcp(host: host, port: port)
    }
}
