// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import RetortServer
import RetortWire
import Testing

@Suite(.timeLimit(.minutes(1))) struct SizeLimitTests {
    @Test func headIsBounded() async throws {
        try await withServer(
            limits: {
                $0.head.requestLine = 100
                $0.head.headerBytes = 200
                $0.head.headerCount = 4
            }, { _ in .text("hi") }
        ) { server in
            let long = String(repeating: "x", count: 300)
            let requests = [
                (414, "GET /\(long)"), (414, "GET /\(long) HTTP/1.1\r\nHost: a\r\n\r\n"),
                (431, "GET / HTTP/1.1\r\nHost: a\r\nX: \(long)"),
                (431, "GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "X: y\r\n", count: 4) + "\r\n"),
            ]
            for (status, request) in requests {
                let text = try await server.everythingFor(request)
                #expect(text.hasPrefix("HTTP/1.1 \(status) "))
            }
        }
    }

    @Test func bodyThatAnnouncesTooMuchIsRefusedUnread() async throws {
        try await withServer(limits: { $0.bodyBytes = 1_000 }, ServerReply.echo) { server in
            for expectation in ["", "Expect: 100-continue\r\n"] {
                let text = try await server.everythingFor(
                    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\(expectation)\r\n")
                #expect(text.hasPrefix("HTTP/1.1 413 "), "and no 100 before it")
                #expect(text.contains("connection: close\r\n"))
            }
            let client = try await server.connect()
            let body = String(repeating: "x", count: 1_000)
            let head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: "
            #expect(try await client.exchange("\(head)1000\r\n\r\n\(body)").status == 200)
            #expect(try await client.exchange("\(head)1001\r\n\r\n\(body)x").status == 413)
            #expect(try await client.exchange("\(head)1000\r\n\r\n\(body)").status == 200)
        }
    }

    @Test func chunkedBodyIsCountedAsItComes() async throws {
        try await withServer(limits: { $0.bodyBytes = 1_000 }, ServerReply.echo) { server in
            let client = try await server.connect()
            let head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            let half = "1F4\r\n" + String(repeating: "x", count: 500) + "\r\n"
            #expect(try await client.exchange("\(head)\(half)\(half)0\r\n\r\n").body.count == 1_000)
            #expect(try await client.exchange("\(head)\(half)\(half)1\r\nx\r\n").status == 413)
            #expect(try await client.exchange("0\r\n\r\n\(head)\(half)0\r\n\r\n").status == 200)
            try await client.send(head)
            client.flood(Array(half.utf8), times: 1_000)
            #expect(try await client.response().status == 413)
            #expect(await client.waitForClose(), "the rest is too much to be passed over")
        }
    }

    @Test func connectionTakesNoMoreRequestsThanAllowed() async throws {
        try await withServer(limits: { $0.requestsPerConnection = 3 }, { _ in .text("hi") }) { server in
            let text = try await server.everythingFor(String(repeating: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", count: 5))
            let answers = text.utf8.split(separator: 0x0A).count { $0.starts(with: "hi".utf8) }
            #expect(answers == 3)
            #expect(text.contains("connection: close\r\n"))
        }
    }

    @Test func connectionAboveTheLimitIsTurnedAway() async throws {
        try await withServer(limits: { $0.connections = 2 }, { _ in .text("hi") }) { server in
            let first = try await server.connect()
            let second = try await server.connect()
            #expect(try await first.get("/").status == 200)
            #expect(try await second.get("/").status == 200)
            let third = try await server.connect()
            let text = try await third.readToEnd()
            #expect(text.hasPrefix("HTTP/1.1 503 "))
            #expect(text.contains("\r\nretry-after: 1\r\n"))
            #expect(try await first.get("/").status == 200)
            await second.close()
            await third.close()
            #expect(try await isServedAgain(server))
        }
    }

    private func isServedAgain(_ server: TestServer) async throws -> Bool {
        for _ in 0..<50 {
            let client = try await server.connect()
            if let response = try? await client.get("/"), response.status == 200 { return true }
            try await Task.sleep(for: .milliseconds(20))
        }
        return false
    }

    @Test func requestAboveTheLimitOfThoseAtWorkIsTurnedAway() async throws {
        let started = Counter()
        let released = Counter()
        let answer: @Sendable (ServerRequest) -> ServerReply = { request in
            switch request.head.path {
            case "/slow":
                .later {
                    started.add()
                    _ = await waitUntil { released.value > 0 }
                    return Response(body: .text("slow"))
                }
            case "/stream": .now(Response(body: .stream { try await $0.write("x") }))
            default: .later { Response(body: .text("fast")) }
            }
        }
        try await withServer(limits: { $0.requestsInFlight = 1 }, answer) { server in
            let first = try await server.connect()
            try await first.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(await waitUntil { started.value == 1 })
            let second = try await server.connect()
            for path in ["/fast", "/stream"] {
                let refused = try await second.get(path)
                #expect(refused.status == 503)
                #expect(refused["retry-after"] == "1")
            }
            released.add()
            #expect(try await first.response().text == "slow")
            #expect(try await second.get("/fast").text == "fast")
            #expect(try await second.get("/stream").text == "x")
        }
    }
}
