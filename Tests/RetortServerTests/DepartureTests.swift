// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import RetortServer
import RetortWire
import Testing

/// A client that leaves takes its handler along.
@Suite(.timeLimit(.minutes(1))) struct DepartureTests {
    enum Departure: CaseIterable { case close, reset }

    private static let ways: [(String, Departure)] = [
        ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", .close), ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", .reset),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc", .close),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab", .reset),
    ]

    private func leave(_ client: RawClient, _ departure: Departure) async {
        switch departure {
        case .close: await client.close()
        case .reset: await client.reset()
        }
    }

    @Test(arguments: ways)
    func handlerIsCancelledAndItsPlaceFreed(_ request: String, _ departure: Departure) async throws {
        let started = Counter()
        let cancelled = Counter()
        let answer: @Sendable (ServerRequest) -> ServerReply = { request in
            guard request.head.path == "/" else { return .later { Response(body: .text("hi")) } }
            return .later {
                started.add()
                try? await Task.sleep(for: .seconds(30))
                if Task.isCancelled { cancelled.add() }
                return Response(body: .text("nobody reads this"))
            }
        }
        try await withServer(limits: { $0.requestsInFlight = 1 }, answer) { server in
            let client = try await server.connect()
            try await client.send(request)
            #expect(await waitUntil { started.value == 1 })
            let other = try await server.connect()
            #expect(try await other.get("/x").status == 503)
            await leave(client, departure)
            #expect(await waitUntil { cancelled.value == 1 })
            #expect(try await other.get("/x").text == "hi")
        }
    }

    @Test(arguments: Departure.allCases) func bodyThatBreaksOffEndsItsReader(_ departure: Departure) async throws {
        let started = Counter()
        let failed = Counter()
        let answer: @Sendable (ServerRequest) -> ServerReply = { request in
            .later {
                started.add()
                do {
                    _ = try await request.body.collect()
                } catch {
                    failed.add()
                }
                return Response()
            }
        }
        try await withServer(answer) { server in
            let client = try await server.connect()
            try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc")
            #expect(await waitUntil { started.value == 1 })
            await leave(client, departure)
            #expect(await waitUntil { failed.value == 1 })
        }
    }

    @Test(arguments: Departure.allCases) func streamThatNobodyReadsEnds(_ departure: Departure) async throws {
        let ended = Counter()
        let answer: @Sendable (ServerRequest) -> ServerReply = { _ in
            .later {
                Response(
                    body: .stream { writer in
                        defer { ended.add() }
                        while true { try await writer.write([UInt8](repeating: 0x78, count: 10_000)) }
                    })
            }
        }
        try await withServer(answer) { server in
            let client = try await server.connect(reads: false)
            try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            client.readOnce()
            #expect(await waitUntil { client.receivedCount > 0 })
            await leave(client, departure)
            #expect(await waitUntil { ended.value == 1 })
        }
    }

    /// The socket is not being read when the client goes.
    @Test(arguments: Departure.allCases) func uploadThatIsHeldEndsToo(_ departure: Departure) async throws {
        let cancelled = Counter()
        let answer: @Sendable (ServerRequest) -> ServerReply = { request in
            .later {
                try? await Task.sleep(for: .seconds(30))
                if Task.isCancelled { cancelled.add() }
                return Response()
            }
        }
        try await withServer(answer) { server in
            let client = try await server.connect()
            try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n")
            // Little more than the server holds: with more, the client's end would wait in its own kernel.
            client.flood([UInt8](repeating: 0x78, count: 10_000), times: 28)
            #expect(await waitUntil { client.sentCount == 280_000 })
            await leave(client, departure)
            #expect(await waitUntil { cancelled.value == 1 })
        }
    }

    /// A task that a handler has left behind must neither hang nor write into the next answer.
    @Test func whatOutlivesItsHandlerIsCutOff() async throws {
        let ended = Counter()
        let wrote = Counter()
        let answer: @Sendable (ServerRequest) -> ServerReply = { request in
            switch request.head.path {
            case "/reader":
                return .later {
                    Task {
                        _ = try? await request.body.collect()
                        ended.add()
                    }
                    try? await Task.sleep(for: .milliseconds(20))
                    return Response(body: .text("read"))
                }
            case "/writer":
                return .later {
                    Response(
                        body: .stream { writer in
                            try await writer.write("mine")
                            Task {
                                try? await Task.sleep(for: .milliseconds(60))
                                if (try? await writer.write("stranger")) != nil { wrote.add() }
                                ended.add()
                            }
                        })
                }
            default:
                return .later {
                    Response(
                        body: .stream { writer in
                            try await writer.write("next")
                            try await Task.sleep(for: .milliseconds(200))
                        })
                }
            }
        }
        try await withServer(answer) { server in
            let reader = try await server.connect()
            let response = try await reader.exchange("POST /reader HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc")
            #expect(response.text == "read")
            #expect(await waitUntil { ended.value == 1 })
            let writer = try await server.connect()
            #expect(try await writer.get("/writer").text == "mine")
            #expect(try await writer.get("/next").text == "next")
            #expect(await waitUntil { ended.value == 2 })
            #expect(wrote.value == 0)
        }
    }
}
