// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortServer
import RetortWire
import Testing

/// What happens behind bytes that are refused.
@Suite(.timeLimit(.minutes(1))) struct RefusalTests {
    private static let hidden = "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n"

    static let refused: [(String, Int)] = [
        ("GET / HTTP/1.1\r\n\r\n", 400), ("GET /\r\n", 400), ("GET / HTTP/2.0\r\n\r\n", 505),
        ("\u{16}\u{03}\u{01}", 400),
        ("GET / HTTP/1.1\nHost: a\n\n", 400), ("GET / HTTP/1.1\r\nHost: a\r\nX : y\r\n\r\n", 400),
        ("CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n", 501),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 44\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n", 501),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nExpect: fireworks\r\nContent-Length: 3\r\n\r\nabc", 417),
    ]

    @Test(arguments: refused)
    func requestBehindARefusalIsNotExecuted(_ request: String, _ status: Int) async throws {
        let executed = Counter()
        try await withServer({ _ in
            executed.add()
            return .text("executed")
        }) { server in
            let text = try await server.everythingFor(request + Self.hidden + Self.hidden)
            #expect(text.hasPrefix("HTTP/1.1 \(status) "), "\(text)")
            #expect(text.contains("\r\nconnection: close\r\n"))
            #expect(!text.contains("executed"))
            // Nor when it comes later.
            let client = try await server.connect()
            try await client.send(request)
            try? await client.send(Self.hidden)
            #expect(await client.waitForClose())
        }
        #expect(executed.value == 0)
    }

    static let brokenChunks = [
        "xyz\r\n", "5\r\nhelloGET / HTTP/1.1\r\n", "-1\r\n", "5\nhello\n", "0\r\nX : y\r\n\r\n",
        "FFFFFFFFFFFFFFFFF\r\n",
    ]

    @Test(arguments: brokenChunks)
    func requestBehindABrokenBodyIsNotExecuted(_ body: String) async throws {
        let executed = Counter()
        let answer: @Sendable (ServerRequest) -> ServerReply = { request in
            if request.head.path == "/hidden" { executed.add() }
            return request.head.path == "/read" ? .echo(request) : .text("hi")
        }
        try await withServer(answer) { server in
            let head = { (path: String) in "POST \(path) HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" }
            let read = try await server.everythingFor(head("/read") + body + Self.hidden)
            #expect(read.hasPrefix("HTTP/1.1 400 "))
            let unread = try await server.everythingFor(head("/unread") + body + Self.hidden)
            #expect(unread.hasPrefix("HTTP/1.1 200 "))
            // The answer comes before the body breaks, and more comes after that.
            let client = try await server.connect()
            try await client.send(head("/unread"))
            #expect(try await client.response().text == "hi")
            try await client.send(body)
            try await Task.sleep(for: .milliseconds(20))
            try? await client.send(Self.hidden)
            #expect(await client.waitForClose())
        }
        #expect(executed.value == 0)
    }

    @Test func refusalComesBehindTheAnswersToWhatCameBefore() async throws {
        try await withServer({ _ in .text("hi") }) { server in
            let text = try await server.everythingFor("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\n\r\n")
            #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(text.contains("hiHTTP/1.1 400 Bad Request\r\n"))
        }
    }
}
