// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import RetortWire
import Testing

@testable import RetortServer

/// Memory stays bounded whoever is the slower one.
@Suite(.timeLimit(.minutes(1))) struct BackPressureTests {
    /// More than what the kernel's buffers of both sides can hold.
    private static let plenty = 64_000_000

    @Test func writerWaitsForAReaderThatStops() async throws {
        let written = Counter()
        let answer: @Sendable (ServerRequest) -> ServerReply = { _ in
            .later {
                Response(
                    body: .stream { writer in
                        let piece = ByteBuffer(repeating: 0x78, count: 50_000)
                        for _ in 0..<Self.plenty / 50_000 {
                            try await writer.write(piece)
                            written.add(50_000)
                        }
                    })
            }
        }
        try await withServer(answer) { server in
            let client = try await server.connect(reads: false, receiveBuffer: 65_536)
            try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            let stopped = try await settled { written.value }
            #expect(stopped > 0)
            #expect(stopped < Self.plenty / 2)
            for _ in 0..<40 {
                client.readOnce()
                try await Task.sleep(for: .milliseconds(5))
            }
            try await client.startReading()
            #expect(await waitUntil(within: .seconds(15)) { written.value == Self.plenty }, "it goes on")
        }
    }

    @Test func uploaderWaitsForAHandlerThatStops() async throws {
        let count = Counter()
        let released = Counter()
        let answer: @Sendable (ServerRequest) -> ServerReply = { request in
            .later {
                do {
                    for try await piece in request.body {
                        if count.value == 0 { _ = await waitUntil(within: .seconds(15)) { released.value == 1 } }
                        count.add(piece.readableBytes)
                    }
                } catch {
                    return .failed(error)
                }
                return Response(body: .text("\(count.value)"))
            }
        }
        try await withServer(limits: { $0.bodyBytes = .max }, answer) { server in
            let client = try await server.connect()
            try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(Self.plenty)\r\n\r\n")
            client.flood([UInt8](repeating: 0x78, count: 50_000), times: Self.plenty / 50_000)
            let stopped = try await settled { client.sentCount }
            #expect(stopped > 0)
            #expect(stopped < Self.plenty / 2, "the socket is not read any more")
            released.add()
            #expect(try await client.response(within: .seconds(20)).text == "\(Self.plenty)")
        }
    }

    @Test func requestsAheadWaitForAClientThatReadsNoAnswers() async throws {
        let answered = Counter()
        let body = String(repeating: "x", count: 10_000)
        try await withServer({ _ in
            answered.add()
            return .now(Response(body: .text(body)))
        }) { server in
            let client = try await server.connect(reads: false, receiveBuffer: 65_536)
            client.flood(Array(String(repeating: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", count: 1_000).utf8), times: 20)
            let stopped = try await settled { answered.value }
            #expect(stopped > 0)
            #expect(stopped < 2_000, "\(stopped) answers of 10 kB wait in memory")
            try await client.startReading()
            #expect(await waitUntil(within: .seconds(20)) { answered.value == 20_000 }, "it goes on")
        }
    }

    /// Each announces eight megabytes and sends sixteen kilobytes of them in small pieces.
    @Test func manySlowBodiesCostWhatHasComeAndNotWhatIsAnnounced() async throws {
        let started = Counter()
        let answer: @Sendable (ServerRequest) -> ServerReply = { request in
            .later {
                started.add()
                do {
                    return Response(body: .buffer(try await request.body.collect()))
                } catch {
                    return .failed(error)
                }
            }
        }
        try await withServer(limits: { $0.bodyBytes = 8_000_000 }, answer) { server in
            let before = residentBytes()
            var clients: [RawClient] = []
            for _ in 0..<200 {
                let client = try await server.connect()
                try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 8000000\r\n\r\n")
                clients.append(client)
            }
            for _ in 0..<16 {
                for client in clients { try await client.send([UInt8](repeating: 0x78, count: 1_000)) }
            }
            #expect(await waitUntil { started.value == 200 })
            // Other tests of this process run at the same time; all that was announced would be 1.6 GB.
            #expect(residentBytes() - before < 800_000_000)
        }
    }

    @Test func tinyPiecesOfABodyFillItsBufferEarly() async throws {
        let queue = BodyStream {}
        var count = 0
        while !queue.isFull, count < 1_000_000 {
            queue.push(ByteBuffer(integer: UInt8(0)), size: 1 + Connection.pieceCost)
            count += 1
        }
        #expect(count < 5_000)
        for _ in 0..<count { #expect(try await queue.next()?.readableBytes == 1) }
        #expect(!queue.isFull)
        queue.finish()
        #expect(try await queue.next() == nil)
    }

    /// The number once it has not changed for a while.
    private func settled(_ number: () -> Int) async throws -> Int {
        var last = -1
        var steps = 0
        for _ in 0..<400 {
            let now = number()
            steps = now == last && now > 0 ? steps + 1 : 0
            if steps == 20 { return now }
            last = now
            try await Task.sleep(for: .milliseconds(15))
        }
        return last
    }
}
