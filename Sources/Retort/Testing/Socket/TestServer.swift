// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

package import Logging
package import RetortServer
import Synchronization

/// A server on a free port of this machine, for as long as a test needs it.
package final class TestServer: Sendable {
    /// Where it listens.
    package let address: ListenAddress

    private let task: Task<Void, Never>

    private init(_ address: ListenAddress, _ task: Task<Void, Never>) {
        self.address = address
        self.task = task
    }

    deinit { task.cancel() }

    /// Starts a server.
    ///
    /// It stops with ``stop()``, or when nobody holds it any more.
    ///
    /// - Parameters:
    ///   - responder: What answers the requests.
    ///   - configuration: Its limits and the like. The default listens on a free port with one event loop.
    ///   - log: Where refusals and failures are reported.
    /// - Returns: The server, which can be reached.
    /// - Throws: `ServerError` when the address cannot be opened; ``TestClientError`` with `deadline`.
    package static func start(
        _ responder: some Responder, configuration: ServerConfiguration = .test, log: Logger = Logger(label: "test")
    ) async throws -> TestServer {
        let ready = SharedResult<ListenAddress>()
        let task = Unstructured.start {
            let stopped = TestClientError(.connectionFailed, "The server stopped before it listened.")
            do {
                try await Server(responder, configuration: configuration, log: log).run(catchesSignals: false) {
                    addresses in
                    ready.settle(addresses.first.map { .success($0) } ?? .failure(stopped))
                }
                ready.settle(.failure(stopped))
            } catch {
                ready.settle(.failure(error))
            }
        }
        do {
            let address = try await Unstructured.run(within: .seconds(10), "Starting the server") {
                try await ready.value
            }
            return TestServer(address, task)
        } catch {
            task.cancel()
            throw error
        }
    }

    /// Stops the server: requests at work are finished within the grace period.
    ///
    /// It takes 10 seconds at most.
    package func stop() async {
        task.cancel()
        let task = task
        try? await Unstructured.run(within: .seconds(10), "Stopping the server") { await task.value }
    }

    /// Opens a connection.
    ///
    /// - Parameters:
    ///   - receiveBuffer: The bytes that the kernel holds for the client; nil for its own choice.
    ///   - deadline: The longest time of each call on the connection.
    /// - Returns: The connection.
    /// - Throws: ``TestClientError`` with `connectionFailed`.
    package func connect(receiveBuffer: Int? = nil, deadline: Duration = .seconds(10)) async throws -> RawConnection {
        try await .connect(to: address, receiveBuffer: receiveBuffer, deadline: deadline)
    }

    /// Starts a server, uses it, and stops it.
    ///
    /// - Parameters:
    ///   - responder: What answers the requests.
    ///   - configuration: Its limits and the like. The default listens on a free port with one event loop.
    ///   - log: Where refusals and failures are reported.
    ///   - body: Uses the server.
    /// - Returns: What the closure returns.
    /// - Throws: `ServerError` when the address cannot be opened, and what the closure throws.
    @discardableResult
    package static func run<Result>(
        _ responder: some Responder, configuration: ServerConfiguration = .test, log: Logger = Logger(label: "test"),
        _ body: (TestServer) async throws -> Result
    ) async throws -> Result {
        let server = try await start(responder, configuration: configuration, log: log)
        do {
            let result = try await body(server)
            await server.stop()
            return result
        } catch {
            await server.stop()
            throw error
        }
    }
}

extension ServerConfiguration {
    /// One event loop, a free port of this machine, and little patience at the end.
    package static var test: ServerConfiguration {
        var configuration = ServerConfiguration(addresses: [.tcp(host: "127.0.0.1", port: 0)])
        configuration.workers = 1
        configuration.gracePeriod = .seconds(5)
        return configuration
    }
}

/// A server that starts when it is first asked for.
final class LazyServer: Sendable {
    private enum State {
        case idle
        case starting(SharedResult<TestServer>)
        case stopped
    }

    private let responder: any Responder
    private let configuration: ServerConfiguration
    private let log: Logger
    private let state = Mutex(State.idle)

    init(_ responder: any Responder, _ configuration: ServerConfiguration, _ log: Logger) {
        self.responder = responder
        self.configuration = configuration
        self.log = log
    }

    var value: TestServer {
        get async throws {
            let (result, isFirst) = try state.withLock { state -> (SharedResult<TestServer>, Bool) in
                switch state {
                case .starting(let result): return (result, false)
                case .stopped: throw TestClientError(.connectionFailed, "The client has been stopped.")
                case .idle:
                    let result = SharedResult<TestServer>()
                    state = .starting(result)
                    return (result, true)
                }
            }
            if isFirst {
                do {
                    result.settle(.success(try await .start(responder, configuration: configuration, log: log)))
                } catch {
                    // The next request may have more luck, or more time.
                    state.withLock { $0 = .idle }
                    result.settle(.failure(error))
                }
            }
            return try await result.value
        }
    }

    func stop() async {
        let result = state.withLock { state -> SharedResult<TestServer>? in
            defer { state = .stopped }
            if case .starting(let result) = state { return result }
            return nil
        }
        guard let result, let server = try? await result.value else { return }
        await server.stop()
    }
}
