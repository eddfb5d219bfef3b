// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import Logging
import NIOCore
import NIOPosix

/// An HTTP server: sockets on one side, a responder on the other.
public struct Server: Sendable {
    /// How the server listens.
    public var configuration: ServerConfiguration

    private let responder: any Responder
    private let log: Logger

    /// Creates a server.
    ///
    /// Nothing is opened before ``run(onReady:)``.
    ///
    /// - Parameters:
    ///   - responder: What answers the requests.
    ///   - configuration: How to listen.
    ///   - log: Where refusals and failures are reported.
    public init(
        _ responder: some Responder, configuration: ServerConfiguration = ServerConfiguration(),
        log: Logger = Logger(label: "retort.server")
    ) {
        self.responder = responder
        self.configuration = configuration
        self.log = log
    }

    /// Serves until the task is cancelled or the process gets SIGTERM or SIGINT.
    ///
    /// Then it stops in good order: no new connections, the requests at work are finished, idle connections close,
    /// and what is not done within the grace period is cancelled.
    ///
    /// - Parameter onReady: Called once with the addresses that are open, with the ports that the system chose.
    /// - Throws: ``ServerError`` when an address cannot be opened.
    public func run(onReady: @Sendable ([ListenAddress]) -> Void = { _ in }) async throws {
        try await run(catchesSignals: true, onReady: onReady)
    }

    /// Serves as ``run(onReady:)`` does; servers of tests leave the signals of the process alone.
    package func run(catchesSignals: Bool, onReady: @Sendable ([ListenAddress]) -> Void) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: configuration.workers ?? System.coreCount)
        let result: Result<Void, any Error>
        do {
            result = .success(try await serve(on: group, catchesSignals, onReady: onReady))
        } catch {
            result = .failure(error)
        }
        try? await group.shutdownGracefully()
        try result.get()
    }

    private func serve(
        on group: MultiThreadedEventLoopGroup, _ catchesSignals: Bool, onReady: @Sendable ([ListenAddress]) -> Void
    ) async throws {
        let loops = LoopContexts(group, configuration: configuration, responder: responder, log: log)
        let shutdown = await Shutdown.prepare(for: catchesSignals ? Shutdown.signals : [])
        let listeners: Listeners
        do {
            listeners = try await Listeners.open(configuration, group: group, loops: loops)
        } catch {
            shutdown.end()
            throw error
        }
        async let _ = Watchdog.watch(loops.watches)
        onReady(listeners.addresses)
        await shutdown.wait()
        log.info("stopping")
        await listeners.close()
        await loops.drain(within: configuration.gracePeriod)
    }
}

/// A failure to open or to keep a server.
public struct ServerError: Error, CustomStringConvertible {
    /// The address that could not be opened.
    public let address: ListenAddress

    /// What went wrong, for the log.
    public let underlying: any Error

    /// One sentence that names the address and what to do.
    public var description: String {
        "Cannot listen on \(address): \(underlying). Is another program using it? Choose another with --port."
    }
}
