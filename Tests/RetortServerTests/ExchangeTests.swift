// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore
import RetortServer
import RetortWire
import Testing

@Suite(.timeLimit(.minutes(1))) struct ExchangeTests {
    private static let path = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    /// Answers the path: at once, from a task, or from a task that waits, by its last digit.
    @Sendable private static func inManyWays(_ request: ServerRequest) -> ServerReply {
        let path = request.head.path
        switch (path.utf8.last ?? 0) % 3 {
        case 0: return .text(path)
        case 1: return .later { Response(body: .text(path)) }
        default:
            return .later {
                try? await Task.sleep(for: .milliseconds(1))
                return Response(body: .text(path))
            }
        }
    }

    @Test func connectionCarriesOneRequestAfterAnother() async throws {
        try await withServer(Self.inManyWays) { server in
            let client = try await server.connect()
            for number in 0..<9 {
                let response = try await client.get("/\(number)")
                #expect(response.status == 200)
                #expect(response.text == "/\(number)")
                #expect(response["connection"] == nil)
                #expect(response["date"]?.hasSuffix(" GMT") == true)
            }
        }
    }

    @Test func hundredRequestsInOnePieceAreAnsweredInOrder() async throws {
        try await withServer(Self.inManyWays) { server in
            let client = try await server.connect()
            try await client.send((0..<100).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
            for number in 0..<100 {
                #expect(try await client.response().text == "/\(number)")
            }
        }
    }

    @Test func requestsWithBodiesMayFollowInOnePieceToo() async throws {
        try await withServer(ServerReply.echo) { server in
            let client = try await server.connect()
            let whole = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
            let chunked =
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\n1\r\nf\r\n0\r\n\r\n"
            try await client.send(String(repeating: whole + chunked, count: 20))
            for _ in 0..<20 {
                #expect(try await client.response().text == "abc")
                #expect(try await client.response().text == "def")
            }
        }
    }

    @Test func requestInSingleBytesIsTheSameRequest() async throws {
        try await withServer(ServerReply.echo) { server in
            let client = try await server.connect()
            let request =
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX: y\r\n\r\n"
            for byte in request.utf8 { try await client.send([byte]) }
            #expect(try await client.response().text == "abc")
            #expect(try await client.exchange(Self.path).status == 200)
        }
    }

    @Test func oldVersionClosesUnlessItAsksToStay() async throws {
        try await withServer({ _ in .text("hi") }) { server in
            let text = try await server.everythingFor("GET / HTTP/1.0\r\n\r\n")
            #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(text.contains("\r\nconnection: close\r\n"))
            #expect(text.hasSuffix("\r\n\r\nhi"))
            let client = try await server.connect()
            for _ in 0..<2 {
                let response = try await client.exchange("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                #expect(response["connection"] == "keep-alive")
                #expect(response.text == "hi")
            }
        }
    }

    @Test func oldVersionGetsNoChunks() async throws {
        let stream: @Sendable (ServerRequest) -> ServerReply = { _ in
            .now(Response(body: .stream { writer in for word in ["a", "b"] { try await writer.write(word) } }))
        }
        try await withServer(stream) { server in
            let text = try await server.everythingFor("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            #expect(!text.contains("chunked"))
            #expect(text.contains("\r\nconnection: close\r\n"))
            #expect(text.hasSuffix("\r\n\r\nab"))
        }
    }

    @Test func closeIsHonoured() async throws {
        try await withServer({ _ in .text("hi") }) { server in
            let text = try await server.everythingFor(
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n\(Self.path)")
            #expect(text.contains("\r\nconnection: close\r\n"))
            #expect(text.hasSuffix("\r\n\r\nhi"))
            #expect(text.utf8.count < 200, "there is one answer")
        }
    }

    @Test func headIsAnsweredWithoutABody() async throws {
        let answer: @Sendable (ServerRequest) -> ServerReply = { request in
            switch request.head.path {
            case "/text": .text("hello")
            case "/now": .now(Response(body: .stream { try await $0.write("no") }))
            case "/later": .later { Response(body: .stream(length: 7) { try await $0.write("no") }) }
            default: .text("x")
            }
        }
        try await withServer(answer) { server in
            let client = try await server.connect()
            let request = { (path: String) in "HEAD \(path) HTTP/1.1\r\nHost: a\r\n\r\n" }
            #expect(try await client.exchange(request("/text"))["content-length"] == "5")
            #expect(try await client.exchange(request("/now"))["content-length"] == nil)
            #expect(try await client.exchange(request("/later"))["content-length"] == "7")
            #expect(try await client.get("/x").text == "x")
        }
    }

    @Test(arguments: [204, 304]) func statusWithoutBodySendsNone(_ status: Int) async throws {
        let answer: @Sendable (ServerRequest) -> ServerReply = { request in
            switch request.head.path {
            case "/text": .now(Response(status: .standard(status), body: .text("hello")))
            case "/stream": .now(Response(status: .standard(status), body: .stream { try await $0.write("hello") }))
            case "/later": .later { Response(status: .standard(status), body: .stream { try await $0.write("hello") }) }
            default: .text("x")
            }
        }
        try await withServer(answer) { server in
            let client = try await server.connect()
            for path in ["/text", "/stream", "/later"] {
                let response = try await client.get(path)
                #expect(response.status == status)
                #expect(response["transfer-encoding"] == nil)
                #expect(response["content-length"] == nil)
                #expect(try await client.get("/x").text == "x", "behind \(path)")
            }
        }
    }

    @Test func chunksAndTrailersGoBothWays() async throws {
        let answer: @Sendable (ServerRequest) -> ServerReply = { request in
            .later {
                Response(
                    body: .stream { writer in
                        for try await piece in request.body { try await writer.write(piece) }
                        var trailers = request.body.trailers
                        trailers[.eTag] = "\"x\""
                        await writer.setTrailers(trailers)
                    })
            }
        }
        try await withServer(answer) { server in
            let client = try await server.connect()
            for _ in 0..<2 {
                let response = try await client.exchange(
                    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "5;x=y\r\nhello\r\n1\r\n!\r\n0\r\nX-Sum: 7\r\nContent-Length: 9\r\n\r\n")
                #expect(response.text == "hello!")
                #expect(response["transfer-encoding"] == "chunked")
                #expect(response.trailers.map { "\($0.name.canonicalName)=\($0.value)" } == ["x-sum=7", "etag=\"x\""])
            }
        }
    }

    @Test func streamOfKnownLengthHasNoChunks() async throws {
        let answer: @Sendable (ServerRequest) -> ServerReply = { request in
            let words = request.head.path == "/short" ? ["a"] : ["a", "b", "c"]
            return .later { Response(body: .stream(length: 2) { for word in words { try await $0.write(word) } }) }
        }
        try await withServer(answer) { server in
            let short = try await server.everythingFor("GET /short HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(short.hasSuffix("\r\n\r\na"), "the connection closes, so that the client sees the gap")
            #expect(short.contains("content-length: 2\r\n"))
            let long = try await server.everythingFor("GET /long HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(long.hasSuffix("\r\n\r\nab"), "no byte goes beyond the length")
        }
    }

    @Test func clientThatWaitsIsToldToGoOnWhenTheHandlerReads() async throws {
        let answer: @Sendable (ServerRequest) -> ServerReply = { request in
            request.head.path == "/refuse" ? .now(Response(status: .forbidden, body: .text("no"))) : .echo(request)
        }
        let head = { (path: String, framing: String) in
            "POST \(path) HTTP/1.1\r\nHost: a\r\n\(framing)\r\nExpect: 100-continue\r\n\r\n"
        }
        try await withServer(answer) { server in
            let client = try await server.connect()
            #expect(try await client.exchange(head("/", "Content-Length: 3")).status == 100)
            #expect(try await client.exchange("abc").text == "abc")
            #expect(try await client.exchange(head("/", "Transfer-Encoding: chunked")).status == 100)
            #expect(try await client.exchange("1\r\nx\r\n0\r\n\r\n").text == "x")
            // The body is here already: there is nobody to tell.
            #expect(try await client.exchange(head("/", "Content-Length: 3") + "abc").text == "abc")
            // A refusal is the answer, and what follows could be the body or not: the connection closes.
            let refusal = try await server.everythingFor(head("/refuse", "Content-Length: 3"))
            #expect(refusal.hasPrefix("HTTP/1.1 403 "))
            #expect(refusal.contains("connection: close\r\n"))
            let chunked = try await server.everythingFor(head("/refuse", "Transfer-Encoding: chunked"))
            #expect(chunked.hasPrefix("HTTP/1.1 403 "))
        }
    }

    @Test func bodyThatNobodyReadsIsPassedOver() async throws {
        try await withServer({ _ in .text("hi") }) { server in
            let client = try await server.connect()
            try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\n\r\n")
            #expect(try await client.response().text == "hi")
            // Exactly the announced bytes, which look like requests.
            try await client.send(String(repeating: "GET /x HTTP/1.1\r\n\r\n ", count: 100) + Self.path)
            #expect(try await client.response().text == "hi")
            #expect(client.receivedText.isEmpty)
            try await client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
            #expect(try await client.response().text == "hi")
            try await client.send("5\r\nhello\r\n0\r\n\r\n\(Self.path)")
            #expect(try await client.response().text == "hi")
        }
    }

    @Test func unreadBodyAboveTheMarkClosesTheConnection() async throws {
        try await withServer({ _ in .text("hi") }) { server in
            let announced = try await server.everythingFor(
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 70000\r\n\r\n")
            #expect(announced.contains("connection: close\r\n"))
            let client = try await server.connect()
            try await client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
            #expect(try await client.response().text == "hi")
            client.flood(Array(("1000\r\n" + String(repeating: "x", count: 4_096) + "\r\n").utf8), times: 40)
            #expect(await client.waitForClose())
        }
    }

    @Test func handlerOfOneConnectionIsNotCancelledByAnother() async throws {
        let answer: @Sendable (ServerRequest) -> ServerReply = { request in
            guard request.head.path == "/slow" else { return .now(Response(body: .stream { try await $0.write("x") })) }
            return .later {
                try? await Task.sleep(for: .milliseconds(300))
                return Response(body: .text(Task.isCancelled ? "cancelled" : "done"))
            }
        }
        try await withServer(answer) { server in
            let first = try await server.connect()
            #expect(try await first.get("/stream").text == "x")
            let second = try await server.connect()
            try await second.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
            try await Task.sleep(for: .milliseconds(100))
            await first.close()
            #expect(try await second.response().text == "done")
        }
    }

    @Test func socketOfAFileAndSeveralAddressesAreServedAlike() async throws {
        let path = "/tmp/retort-test-\(UInt64.random(in: 0 ... .max)).sock"
        let tcp = ListenAddress.tcp(host: "127.0.0.1", port: 0)
        let server = try await TestServer.start(addresses: [.unix(path: path), tcp, tcp], workers: 2, Self.inManyWays)
        #expect(server.addresses.count == 3)
        #expect(Set(server.addresses).count == 3)
        for address in server.addresses {
            let client = try await RawClient.connect(to: address)
            #expect(try await client.get("/1").text == "/1")
            await client.close()
        }
        await server.stop()
        await #expect(throws: (any Error).self) { try await RawClient.connect(to: server.addresses[1]) }
    }

    @Test func addressInUseIsAnErrorThatNamesIt() async throws {
        try await withServer({ _ in .text("hi") }) { server in
            let error = await #expect(throws: ServerError.self) {
                try await TestServer.start(addresses: [server.address]) { _ in .text("no") }
            }
            #expect(error?.address == server.address)
            #expect(error?.description.contains("\(server.address)") == true)
        }
    }
}
