// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

@testable import Retort
import Testing

@Suite struct RawConnectionTests {
    private static func app() throws -> FrozenApp {
        var app = App.quiet
        app.get("/") { "hello" }
        app.post("/echo") { (request: Request) async throws -> String in try await request.text() }
        app.get("/large") { String(repeating: "a", count: 10_000_000) }
        return try app.freeze()
    }

    private func run(_ use: (TestServer) async throws -> Void) async throws {
        try await TestServer.run(try Self.app(), log: App.quiet.log, use)
    }

    @Test func responsesAreReadOneByOne() async throws {
        try await run { server async throws in
            let connection = try await server.connect()
            let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
            try await connection.send(request + request + "HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            for _ in 0..<2 {
                let response = try await connection.readResponse()
                #expect(response.status == .ok)
                #expect(response.text == "hello")
                #expect(response.keepsAlive)
            }
            let last = try await connection.readResponse(toHEAD: true)
            #expect(last.bytes.isEmpty)
            #expect(last.headers[.contentLength] == "5")
            #expect(!last.keepsAlive)
            #expect(try await connection.read() == nil)
        }
    }

    @Test func bytesAreReadAsTheyCome() async throws {
        try await run { server async throws in
            let connection = try await server.connect()
            for byte in "GET / HTTP/1.0\r\n\r\n".utf8 { try await connection.send([byte]) }
            #expect(try await connection.read(through: "\r\n") == "HTTP/1.1 200 OK\r\n")
            let head = try await connection.read(through: "\r\n\r\n")
            #expect(head.contains("connection: close\r\n"))
            #expect(try await connection.readToEnd() == "hello")
        }
    }

    @Test func interimResponsesAreKept() async throws {
        try await run { server async throws in
            let connection = try await server.connect()
            try await connection.send(
                "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
            #expect(try await connection.read(through: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
            try await connection.send("text")
            let response = try await connection.readResponse()
            #expect(response.text == "text")
            #expect(response.interim.isEmpty)
        }
    }

    @Test func aHalfClosedConnectionIsAnswered() async throws {
        try await run { server async throws in
            let connection = try await server.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await connection.readResponse().text == "hello")
            try await connection.closeOutput()
            #expect(try await connection.read() == nil)
        }
    }

    @Test func aResetIsSeenByTheServerAlone() async throws {
        try await run { server async throws in
            let connection = try await server.connect()
            try await connection.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nte")
            try await connection.reset()
            await #expect(throws: TestClientError.self) { try await connection.send("xt") }
            let other = try await server.connect()
            try await other.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await other.readResponse().text == "hello")
        }
    }

    @Test func aSlowReaderGetsEverything() async throws {
        try await run { server async throws in
            let connection = try await server.connect(receiveBuffer: 4_096)
            try await connection.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
            try await Task.sleep(for: .milliseconds(50))
            let response = try await connection.readResponse()
            #expect(response.bytes.count == 10_000_000)
        }
    }

    @Test func waitingForNothingEnds() async throws {
        try await run { server async throws in
            let connection = try await server.connect(deadline: .milliseconds(100))
            let error = await #expect(throws: TestClientError.self) { try await connection.read() }
            #expect(error?.code == .deadline)
            #expect(error?.message.hasPrefix("Reading took longer than 0.1 seconds.") == true)
            let other = try await server.connect()
            try await other.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let early = await #expect(throws: TestClientError.self) { try await other.read(through: "never") }
            #expect(early?.code == .connectionFailed)
        }
    }

    @Test func aServerThatIsGoneCannotBeReached() async throws {
        let server = try await TestServer.start(try Self.app(), log: App.quiet.log)
        await server.stop()
        let error = await #expect(throws: TestClientError.self) { try await server.connect() }
        #expect(error?.code == .connectionFailed)
    }

    @Test func anAddressThatIsTakenIsAnError() async throws {
        try await run { server async throws in
            var configuration = ServerConfiguration.test
            configuration.addresses = [server.address]
            await #expect(throws: ServerError.self) {
                try await TestServer.run(try Self.app(), configuration: configuration) { _ in }
            }
        }
    }

    @Test func aUnixSocketIsAnAddressToo() async throws {
        var configuration = ServerConfiguration.test
        configuration.addresses = [.unix(path: "/tmp/retort-test-\(UInt64.random(in: 0 ... .max)).sock")]
        try await TestServer.run(try Self.app(), configuration: configuration) { server async throws in
            let connection = try await server.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await connection.readResponse().text == "hello")
        }
    }
}
