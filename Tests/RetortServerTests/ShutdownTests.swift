// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import RetortServer
import RetortWire
import Synchronization
import Testing

/// A server that is told to stop finishes what it has begun.
@Suite(.timeLimit(.minutes(1))) struct ShutdownTests {
    /// One client that asks again and again until the server says goodbye.
    ///
    /// - Returns: The number of answers, and what was wrong with one that was due.
    private func runInALoop(_ server: TestServer, _ isStopping: Counter, _ name: Int) async throws -> (Int, String?) {
        let client = try await server.connect()
        var count = 0
        while count < 100_000 {
            let path = "/\(name)/\(count)"
            do {
                try await client.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
            } catch {
                return (count, isStopping.value == 0 ? "\(error)" : nil)
            }
            let isDue = isStopping.value == 0
            do {
                let response = try await client.take { bytes, isClosed in
                    if let answer = try RawResponse.parse(bytes, isHEAD: false, isClosed: false) { return answer }
                    guard isClosed else { return nil }
                    throw RawResponse.Malformed(text: String(decoding: bytes, as: UTF8.self))
                }
                guard response.text == path else { return (count, "wrong answer \(response.text) to \(path)") }
                count += 1
                if response["connection"] == "close" { return (count, nil) }
            } catch {
                let isPart = client.receivedText != ""
                return (count, isDue || isPart ? "\(path): \(error)" : nil)
            }
        }
        return (count, "the server never stopped")
    }

    @Test func everyRequestThatWasSentBeforeTheStopIsAnswered() async throws {
        let server = try await TestServer.start(workers: 2) { request in
            let path = request.head.path
            guard (path.utf8.last ?? 0) % 2 == 0 else { return .text(path) }
            return .later {
                try? await Task.sleep(for: .milliseconds(5))
                return Response(body: .text(path))
            }
        }
        let isStopping = Counter()
        let results = try await withThrowingTaskGroup(of: (Int, String?).self) { group in
            for name in 0..<8 { group.addTask { try await runInALoop(server, isStopping, name) } }
            try await Task.sleep(for: .milliseconds(400))
            isStopping.add()
            server.beginStop()
            var results: [(Int, String?)] = []
            for try await result in group { results.append(result) }
            return results
        }
        let time = await duration { await server.waitForEnd() }
        #expect(results.compactMap(\.1) == [])
        #expect(results.allSatisfy { $0.0 > 0 })
        #expect(time < .seconds(2))
    }

    @Test func answerUnderWayIsFinished() async throws {
        let started = Counter()
        let server = try await TestServer.start(gracePeriod: .seconds(10)) { request in
            .later {
                started.add()
                if request.head.path == "/stream" {
                    return Response(
                        body: .stream { writer in
                            for word in ["a", "b", "c"] {
                                try await writer.write(word)
                                try await Task.sleep(for: .milliseconds(150))
                            }
                        })
                }
                let bytes = (try? await request.body.collect()) ?? ByteBuffer()
                try? await Task.sleep(for: .milliseconds(400))
                return Response(body: .buffer(bytes))
            }
        }
        let stream = try await server.connect()
        try await stream.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n")
        let upload = try await server.connect()
        try await upload.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc")
        let idle = try await server.connect()
        #expect(await waitUntil { started.value == 2 })
        let time = try await duration {
            server.beginStop()
            try await Task.sleep(for: .milliseconds(50))
            try await upload.send("def")
            let answer = try await upload.response()
            #expect(answer.text == "abcdef")
            #expect(answer["connection"] == "close")
            let streamed = try await stream.response()
            #expect(streamed.text == "abc")
            #expect(await idle.waitForClose())
            await server.waitForEnd()
        }
        #expect(time < .seconds(5), "nothing waits for the whole grace period")
        await #expect(throws: (any Error).self) { try await server.connect() }
    }

    @Test func handlerThatNeverEndsIsCancelledAtTheEndOfTheGracePeriod() async throws {
        let started = Counter()
        let ended = Counter()
        let server = try await TestServer.start(gracePeriod: .milliseconds(400)) { _ in
            .later {
                started.add()
                try? await Task.sleep(for: .seconds(60))
                if Task.isCancelled { ended.add() }
                return Response()
            }
        }
        let client = try await server.connect()
        try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(await waitUntil { started.value == 1 })
        let time = await duration { await server.stop() }
        #expect(ended.value == 1, "the handler has come to its end before the server has")
        #expect(time >= .milliseconds(400))
        #expect(time < .seconds(3))
        #expect(await client.waitForClose())
    }

    @Test func requestThatArrivesJustAfterTheStopIsAnswered() async throws {
        let server = try await TestServer.start { _ in .text("hi") }
        let clients = [try await server.connect(), try await server.connect()]
        for client in clients { #expect(try await client.get("/").text == "hi") }
        server.beginStop()
        try await Task.sleep(for: .milliseconds(100))
        for client in clients {
            let last = try await client.get("/")
            #expect(last.text == "hi")
            #expect(last["connection"] == "close")
        }
        await server.waitForEnd()
    }
}
