// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import Retort
@testable import RetortServer

/// Serving for real, on ports that the system chooses.
@Suite(.timeLimit(.minutes(1))) struct LifecycleTests {
    struct Problem: Error, CustomStringConvertible {
        var description: String { "the disk is full" }
    }

    private func app() -> App {
        var app = App()
        app.configuration = AppConfiguration(values: ["server.port": "0", "server.workers": "1"])
        app.log.logLevel = .critical
        app.get("/") { "home" }
        return app
    }

    /// Serves until the action is over.
    private func serving(_ app: App, _ action: @escaping @Sendable (ListenAddress) async throws -> Void) async throws {
        let (stream, continuation) = AsyncStream<ListenAddress>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { continuation.finish() }
                try await app.serve { addresses in continuation.yield(addresses[0]) }
            }
            for await address in stream {
                try await action(address)
                break
            }
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    @Test func hooksAndServicesRunInOrder() async throws {
        let steps = Steps()
        var app = app()
        app.onStart { steps.add("start 1") }
        app.onStart { steps.add("start 2") }
        app.onStop { steps.add("stop 1") }
        app.onStop { steps.add("stop 2") }
        app.service("clock") {
            do {
                try await Task.sleep(for: .seconds(50))
            } catch {
                steps.add("service ends")
                throw error
            }
        }
        app.service("short") {}
        try await serving(app) { address in
            steps.add("ready")
            let answer = try await HTTPExchange.get("/", address)
            #expect(answer.hasSuffix("home"))
        }
        #expect(steps.all == ["start 1", "start 2", "ready", "service ends", "stop 2", "stop 1"])
    }

    @Test func anErrorAtTheStartStopsTheProgram() async {
        let steps = Steps()
        var app = app()
        app.onStart { throw Problem() }
        app.onStart { steps.add("start") }
        app.onStop { steps.add("stop") }
        let record = Terminal.Record()
        let code = await app.run(["--port", "0"], terminal: .recording(to: record))
        #expect(code == 1)
        #expect(record.errors == "Error: The app cannot start: the disk is full\n")
        #expect(record.output.isEmpty)
        #expect(steps.all == ["stop"])
    }

    @Test func anErrorAtTheEndIsReportedAfterAllHooks() async {
        let steps = Steps()
        var app = app()
        app.onStop { steps.add("first") }
        app.onStop { throw Problem() }
        let record = Terminal.Record()
        let code = await app.run(["request", "GET", "/"], terminal: .recording(to: record))
        #expect(code == 1)
        #expect(record.errors == "Error: The app did not stop cleanly: the disk is full\n")
        #expect(steps.all == ["first"])
    }

    @Test func aServiceThatFailsStopsTheApp() async {
        let steps = Steps()
        var app = app()
        app.service("mail") { throw Problem() }
        app.service("other") {
            do { try await Task.sleep(for: .seconds(50)) } catch { steps.add("other ends") }
        }
        app.onStop { steps.add("stop") }
        let record = Terminal.Record()
        let code = await app.run(["--port", "0", "--workers", "1"], terminal: .recording(to: record))
        #expect(code == 1)
        #expect(record.errors == "Error: The service mail has failed, and the app with it: the disk is full\n")
        #expect(steps.all == ["other ends", "stop"])
    }

    @Test func theReadyLineNamesTheAddressAndTheDebugMode() async throws {
        let record = Terminal.Record()
        let app = app()
        let serving = Task {
            await app.run(
                ["--host", "127.0.0.1", "--port", "0", "--workers", "1", "--debug"], terminal: .recording(to: record))
        }
        while record.output.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
        serving.cancel()
        #expect(await serving.value == 0)
        let port = record.output.split(separator: ":").last?.prefix { $0.isNumber } ?? ""
        #expect(record.output == "Serving http://127.0.0.1:\(port) (Press CTRL+C to quit)\n")
        #expect(
            record.errors
                == "Debug is on: error pages tell how the app works inside. Do not serve the public with it.\n")
    }

    @Test func aPortThatIsTakenIsOneSentence() async throws {
        try await serving(app()) { address in
            guard case .tcp(_, let port) = address else { return }
            let record = Terminal.Record()
            let code = await self.app().run(["--port", "\(port)"], terminal: .recording(to: record))
            #expect(code == 1)
            #expect(
                record.errors == "Error: Cannot listen on http://127.0.0.1:\(port): another program uses it. "
                    + "Stop that one, or choose another address with --port.\n")
            #expect(record.output.isEmpty)
        }
    }

    @Test func aSocketsPathIsServed() async throws {
        let folder = ConfigurationFolder()
        let record = Terminal.Record()
        let path = "\(folder.path)/s"
        let app = app()
        let serving = Task { await app.run(["--unix", path], terminal: .recording(to: record)) }
        while record.output.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
        #expect(try await HTTPExchange.get("/", .unix(path: path)).hasSuffix("home"))
        serving.cancel()
        #expect(await serving.value == 0)
        #expect(record.output == "Serving unix:\(path) (Press CTRL+C to quit)\n")
    }

    @Test func settingsReachTheServerAndTheRequests() async throws {
        var app = app()
        app.configuration.set("limits.body", "3")
        app.configuration.set("debug", "yes")
        app.post("/") { (request: Request) async throws in
            "\(request.settings.isDebug) \(try await request.body.collect().readableBytes)"
        }
        try await serving(app) { address in
            let head = "POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length:"
            let fits = try await HTTPExchange.send("\(head) 3\r\n\r\nabc", address)
            let tooLarge = try await HTTPExchange.send("\(head) 4\r\n\r\nabcd", address)
            #expect(fits.hasSuffix("true 3"))
            #expect(tooLarge.hasPrefix("HTTP/1.1 413"))
        }
    }
}

/// Handlers that hold their loop.
@Suite(.timeLimit(.minutes(1)), .serialized) struct WatchdogTests {
    private func warnings(
        _ paths: [String], after: String = "GET /end", _ build: (inout App) -> Void
    ) async throws -> [String] {
        let lines = LogLines()
        var app = App()
        app.configuration = AppConfiguration(values: ["server.port": "0", "server.workers": "1"])
        app.isDebug = true
        app.log = Logger(label: "test") { _ in lines }
        build(&app)
        let (stream, continuation) = AsyncStream<ListenAddress>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [app] in
                defer { continuation.finish() }
                try await app.serve { addresses in continuation.yield(addresses[0]) }
            }
            for await address in stream {
                for path in paths { _ = try await HTTPExchange.get(path, address) }
                break
            }
            group.cancelAll()
            try await group.waitForAll()
        }
        return lines.warnings
    }

    private static func block(_ milliseconds: Int) {
        let end = ContinuousClock.now + .milliseconds(milliseconds)
        while ContinuousClock.now < end {}
    }

    private func checkOne(_ lines: [String], _ name: String) {
        #expect(lines.count == 1, "\(lines)")
        let line = lines.first ?? ""
        #expect(line.hasPrefix("\(name) held an event loop for "), "\(line)")
        #expect(line.hasSuffix(" ms. Nothing else was served on it meanwhile: move work that blocks to a thread pool."))
        let time = line.split(separator: " ").compactMap { Int($0) }.first ?? 0
        #expect(time >= 90)
    }

    @Test func aHandlerThatDoesNotWaitIsNamed() async throws {
        let lines = try await warnings(["/quick", "/slow/7", "/quick"]) { app in
            app.get("/quick") { "x" }
            app.get("/slow/{id}") { (id: Int) in
                Self.block(90)
                return "\(id)"
            }
        }
        checkOne(lines, "GET /slow/{id}")
    }

    @Test func aHandlerThatBlocksAfterWaitingIsNamed() async throws {
        let lines = try await warnings(["/waits", "/waits", "/slow"]) { app in
            app.get("/waits") { () async throws in
                try await Task.sleep(for: .milliseconds(90))
                return "x"
            }
            app.get("/slow") { () async throws in
                try await Task.sleep(for: .milliseconds(1))
                Self.block(90)
                return "x"
            }
        }
        checkOne(lines, "GET /slow")
    }

    @Test func aStreamThatBlocksIsNamed() async throws {
        let lines = try await warnings(["/stream"]) { app in
            app.get("/stream") {
                Response(
                    body: .stream { writer in
                        try await writer.write("one")
                        try await Task.sleep(for: .milliseconds(1))
                        Self.block(90)
                        try await writer.write("two")
                    })
            }
        }
        checkOne(lines, "GET /stream")
    }

    @Test func aStandstillIsReportedOnceAndWhileItLasts() {
        let lines = LogLines()
        let watch = LoopWatch(limit: .zero, responder: Nobody(), log: Logger(label: "test") { _ in lines })
        watch.checkForStandstill(after: .zero)
        #expect(lines.warnings.isEmpty)
        watch.enter(nil)
        watch.checkForStandstill(after: .seconds(60))
        #expect(lines.warnings.isEmpty)
        watch.checkForStandstill(after: .zero)
        watch.checkForStandstill(after: .zero)
        #expect(lines.warnings.count == 1)
        #expect(
            lines.warnings.first?.hasPrefix("A handler has held an event loop for 0 ms and does not let go.") == true)
        watch.leave()
        #expect(lines.warnings.count == 1)
    }

    private struct Nobody: Responder {
        func respond(to request: ServerRequest) -> ServerReply { .now(Response()) }
    }
}

/// The warnings that were logged.
final class LogLines: LogHandler {
    private let lines = Mutex<[String]>([])

    var warnings: [String] { lines.withLock { $0 } }

    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }

    var logLevel: Logger.Level {
        get { .warning }
        set {}
    }

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { nil }
        set {}
    }

    func log(event: LogEvent) { lines.withLock { $0.append("\(event.message)") } }
}

/// One request over a connection of its own.
enum HTTPExchange {
    static func get(_ path: String, _ address: ListenAddress) async throws -> String {
        try await send("GET \(path) HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n", address)
    }

    static func send(_ request: String, _ address: ListenAddress) async throws -> String {
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        let setUp: @Sendable (any Channel) -> EventLoopFuture<NIOAsyncChannel<ByteBuffer, ByteBuffer>> = { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel(
                    wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: false))
            }
        }
        let channel =
            switch address {
            case .tcp(let host, let port):
                try await bootstrap.connect(host: host, port: port, channelInitializer: setUp)
            case .unix(let path): try await bootstrap.connect(unixDomainSocketPath: path, channelInitializer: setUp)
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: request))
            var answer = ByteBuffer()
            for try await piece in inbound { answer.writeImmutableBuffer(piece) }
            return String(buffer: answer)
        }
    }
}
