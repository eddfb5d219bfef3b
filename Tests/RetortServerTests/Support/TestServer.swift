// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import RetortServer
import Testing

/// A responder that is a closure.
struct Answer: Responder {
    let answer: @Sendable (ServerRequest) -> ServerReply

    func respond(to request: ServerRequest) -> ServerReply { answer(request) }
}

/// A server that runs in a task of its own, on a port that the system chose.
struct TestServer: Sendable {
    let addresses: [ListenAddress]
    private let serving: Task<Void, any Error>

    var address: ListenAddress { addresses[0] }

    static func start(
        addresses: [ListenAddress] = [.tcp(host: "127.0.0.1", port: 0)], workers: Int = 1,
        gracePeriod: Duration = .seconds(2), limits: ServerLimits = ServerLimits(),
        _ answer: @escaping @Sendable (ServerRequest) -> ServerReply
    ) async throws -> TestServer {
        var configuration = ServerConfiguration(addresses: addresses)
        configuration.workers = workers
        configuration.gracePeriod = gracePeriod
        configuration.limits = limits
        let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let server = Server(Answer(answer: answer), configuration: configuration, log: log)
        let (opened, ready) = AsyncStream.makeStream(of: [ListenAddress].self)
        let serving = Task {
            defer { ready.finish() }
            try await server.run(catchesSignals: false) { ready.yield($0) }
        }
        for await addresses in opened { return TestServer(addresses: addresses, serving: serving) }
        try await serving.value
        throw CancellationError()
    }

    /// Tells the server to stop, as SIGTERM does, and goes on at once.
    func beginStop() { serving.cancel() }

    /// Waits until the server has ended.
    func waitForEnd() async { _ = await serving.result }

    func stop() async {
        beginStop()
        await waitForEnd()
    }

    func connect(reads: Bool = true, receiveBuffer: Int? = nil) async throws -> RawClient {
        try await RawClient.connect(to: address, reads: reads, receiveBuffer: receiveBuffer)
    }

    /// Sends bytes over a connection of their own, and answers everything that comes until the server closes.
    func everythingFor(_ request: String, within time: Duration = .seconds(5)) async throws -> String {
        let client = try await connect()
        try await client.send(request)
        return try await client.readToEnd(within: time)
    }
}

/// Runs a server while a closure talks to it.
func withServer(
    workers: Int = 1, limits change: (inout ServerLimits) -> Void = { _ in },
    _ answer: @escaping @Sendable (ServerRequest) -> ServerReply,
    _ body: (TestServer) async throws -> Void
) async throws {
    var limits = ServerLimits()
    change(&limits)
    let server = try await TestServer.start(workers: workers, gracePeriod: .milliseconds(500), limits: limits, answer)
    do {
        try await body(server)
    } catch {
        await server.stop()
        throw error
    }
    await server.stop()
}

extension ServerReply {
    static func text(_ text: String) -> ServerReply { .now(Response(.text(text), contentType: "text/plain")) }

    /// An answer whose body is the request's, or the error that reading it threw.
    static func echo(_ request: ServerRequest) -> ServerReply {
        .later {
            do {
                return Response(.buffer(try await request.body.collect()), contentType: "text/plain")
            } catch {
                return .failed(error)
            }
        }
    }
}
