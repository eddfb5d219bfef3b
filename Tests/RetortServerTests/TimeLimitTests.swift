// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import RetortServer
import RetortWire
import Testing

@Suite(.timeLimit(.minutes(1))) struct TimeLimitTests {
    private static let post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n"

    @Test func slowHeadIsAnswered408() async throws {
        try await withServer(limits: { $0.headTime = .milliseconds(300) }, { _ in .text("hi") }) { server in
            let client = try await server.connect()
            let time = try await duration {
                let text = try await client.readAfter("GET / HTTP/1.1\r\nHost:")
                #expect(text.hasPrefix("HTTP/1.1 408 "))
                #expect(text.contains("connection: close\r\n"))
            }
            #expect(time > .milliseconds(250))
            #expect(time < .seconds(3))
        }
    }

    @Test func headInTricklesHasNoMoreTimeThanOneThatStops() async throws {
        let executed = Counter()
        try await withServer(
            limits: { $0.headTime = .milliseconds(300) },
            { _ in
                executed.add()
                return .text("hi")
            }
        ) { server in
            let client = try await server.connect()
            await client.trickle("GET / HTTP/1.1\r\nHost: a\r\n".map(String.init), pause: .milliseconds(100))
            #expect(try await client.readToEnd().hasPrefix("HTTP/1.1 408 "))
        }
        #expect(executed.value == 0)
    }

    @Test func connectionWithoutARequestIsClosed() async throws {
        try await withServer(
            limits: {
                $0.headTime = .milliseconds(300)
                $0.idleTime = .milliseconds(300)
            }, { _ in .text("hi") }
        ) { server in
            let silent = try await server.connect()
            let idle = try await server.connect()
            #expect(try await idle.get("/").text == "hi")
            #expect(await silent.waitForClose(within: .seconds(3)))
            #expect(await idle.waitForClose(within: .seconds(3)))
            #expect(silent.receivedCount == 0)
        }
    }

    @Test func slowBodyIsAnswered408() async throws {
        try await withServer(limits: { $0.bodyPause = .milliseconds(300) }, ServerReply.echo) { server in
            for request in [Self.post, Self.post + "abc"] {
                let client = try await server.connect()
                let text = try await client.readAfter(request)
                #expect(text.hasPrefix("HTTP/1.1 408 "))
                #expect(text.contains("body-timeout"))
                #expect(text.contains("connection: close\r\n"))
            }
        }
    }

    @Test func bodyThatTricklesBelowTheRateIsRefused() async throws {
        try await withServer(
            limits: {
                $0.bodyPause = .milliseconds(1_000)
                $0.bodyRate = 1_000
            }, ServerReply.echo
        ) { server in
            let client = try await server.connect()
            try await client.send(Self.post)
            await client.trickle(Array(repeating: "x", count: 40), pause: .milliseconds(100))
            #expect(try await client.readToEnd().hasPrefix("HTTP/1.1 408 "))
        }
    }

    @Test func bodyThatNobodyReadsMayNotComeSlowlyEither() async throws {
        try await withServer(limits: { $0.bodyPause = .milliseconds(300) }, { _ in .text("hi") }) { server in
            let client = try await server.connect()
            #expect(try await client.exchange(Self.post).text == "hi")
            #expect(await client.waitForClose(within: .seconds(3)))
        }
    }

    /// The pause is the handler's, and so is the time in which nothing is read from the socket.
    @Test func slowHandlerIsNotHeldAgainstItsClient() async throws {
        let answer: @Sendable (ServerRequest) -> ServerReply = { request in
            .later {
                var count = 0
                do {
                    try await Task.sleep(for: .milliseconds(2_000))
                    for try await piece in request.body {
                        if count < 300_000, count + piece.readableBytes >= 300_000 {
                            try await Task.sleep(for: .milliseconds(2_000))
                        }
                        count += piece.readableBytes
                    }
                } catch {
                    return .failed(error)
                }
                return Response(body: .text("\(count)"))
            }
        }
        try await withServer(
            limits: {
                $0.bodyPause = .milliseconds(500)
                $0.bodyRate = 300_000
            }, answer
        ) { server in
            let client = try await server.connect()
            try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n")
            client.flood([UInt8](repeating: 0x78, count: 10_000), times: 100)
            #expect(try await client.response(within: .seconds(12)).text == "1000000")
            // The client waits for the word to go on, and the handler takes its time.
            let waiting = try await server.connect()
            let head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"
            #expect(try await waiting.exchange(head).status == 100)
            #expect(try await waiting.exchange("abc").text == "3")
        }
    }

    private static let large = [UInt8](repeating: 0x78, count: 24_000_000)

    static let largeAnswers: [String] = ["/bytes", "/stream", "/close"]

    @Sendable private static func answerLarge(_ request: ServerRequest) -> ServerReply {
        guard request.head.path == "/stream" else { return .now(Response(body: .bytes(large))) }
        return .later {
            Response(body: .stream { for _ in 0..<240 { try await $0.write(Array(large.prefix(100_000))) } })
        }
    }

    private static func request(_ path: String) -> String {
        "GET \(path) HTTP/1.1\r\nHost: a\r\n\(path == "/close" ? "Connection: close\r\n" : "")\r\n"
    }

    @Test(arguments: largeAnswers) func clientThatReadsNothingIsClosed(_ path: String) async throws {
        try await withServer(limits: { $0.writePause = .milliseconds(300) }, Self.answerLarge) { server in
            let client = try await server.connect(reads: false, receiveBuffer: 8_192)
            try await client.send(Self.request(path))
            try await Task.sleep(for: .milliseconds(1_200))
            try? await client.startReading()
            #expect(await client.waitForClose(within: .seconds(3)))
            #expect(client.receivedCount < Self.large.count)
        }
    }

    /// The whole takes several times the pause, and each pause sees some bytes taken.
    @Test(arguments: largeAnswers) func clientThatReadsSlowlyGetsEverything(_ path: String) async throws {
        try await withServer(
            limits: {
                // The kernel says that it has room when a third of its buffer is free: progress shows in steps.
                $0.writePause = .milliseconds(1_000)
                $0.idleTime = .milliseconds(300)
            }, Self.answerLarge
        ) { server in
            let client = try await server.connect(reads: false, receiveBuffer: 65_536)
            try await client.send(Self.request(path))
            for _ in 0..<120 {
                client.readOnce()
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(!client.isClosed)
            #expect(client.receivedCount < Self.large.count)
            try await client.startReading()
            #expect(await waitUntil(within: .seconds(8)) { client.receivedCount > Self.large.count || client.isClosed })
            #expect(try await client.response(within: .seconds(8)).body.count == Self.large.count)
        }
    }

    /// Reading and writing have a time each: one does not lengthen the other.
    @Test func clientThatSendsOnWithoutReadingIsClosed() async throws {
        let ended = Counter()
        let answer: @Sendable (ServerRequest) -> ServerReply = { request in
            .later {
                Response(
                    body: .stream { writer in
                        defer { ended.add() }
                        for try await piece in request.body { try await writer.write(piece) }
                    })
            }
        }
        try await withServer(
            limits: {
                $0.bodyBytes = .max
                $0.writePause = .milliseconds(400)
                $0.bodyPause = .milliseconds(300)
            }, answer
        ) { server in
            let client = try await server.connect(reads: false, receiveBuffer: 8_192)
            try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n")
            client.flood([UInt8](repeating: 0x78, count: 100_000), times: 1_000)
            #expect(await waitUntil { ended.value == 1 })
            #expect(client.sentCount < 100_000_000)
        }
    }
}

extension RawClient {
    func readAfter(_ request: String) async throws -> String {
        try await send(request)
        return try await readToEnd()
    }
}
