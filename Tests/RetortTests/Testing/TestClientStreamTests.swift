// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Synchronization
import Testing

@Suite struct TestClientStreamTests {
    struct Oops: Error {}

    @Test(arguments: TestClient.Transport.allCases)
    func piecesArriveBeforeTheEnd(_ transport: TestClient.Transport) async throws {
        let gate = Gate()
        var app = App.quiet
        app.get("/") {
            Response(
                .stream { writer in
                    try await writer.write("one")
                    await gate.wait()
                    try await writer.write("two")
                }, contentType: "text/plain")
        }
        try await TestClient.run(app, over: transport) { client async throws in
            try await client.stream("/") { stream async throws in
                #expect(stream.status == .ok)
                #expect(stream.headers[.contentType] == "text/plain")
                #expect(stream.headers[.transferEncoding] == "chunked")
                #expect(try await stream.next() == Array("one".utf8))
                await gate.open()
                #expect(try await stream.next() == Array("two".utf8))
                #expect(try await stream.next() == nil)
                #expect(try await stream.next() == nil)
            }
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func eventsOfAnEndlessStreamAreRead(_ transport: TestClient.Transport) async throws {
        let journal = Journal()
        var app = App.quiet
        app.get("/events") {
            Response(
                .stream { writer in
                    do {
                        for number in 1... {
                            let event = ServerSentEvent(data: "line \(number)\nmore", event: "tick", id: "\(number)")
                            try await writer.write(ServerSentEvent.heartbeat.encoded + event.encoded)
                        }
                    } catch {
                        await journal.note("gone")
                        throw error
                    }
                }, contentType: "text/event-stream")
        }
        try await TestClient.run(app, over: transport) { client async throws in
            try await client.stream("/events") { stream async throws in
                for number in 1...5 {
                    let event = try #require(try await stream.nextEvent())
                    #expect(event.data == "line \(number)\nmore")
                    #expect(event.event == "tick")
                    #expect(event.id == "\(number)")
                }
            }
            // Leaving the stream is leaving the server.
            #expect(try await eventually { await journal.lines == ["gone"] })
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func linesAreReadOneByOne(_ transport: TestClient.Transport) async throws {
        var app = App.quiet
        app.get("/") {
            Response(
                .stream { writer in
                    for piece in ["a\nb\r", "\n", "\nlong ", "line\n", "last"] { try await writer.write(piece) }
                }, contentType: "text/plain")
        }
        try await TestClient.run(app, over: transport) { client async throws in
            let lines = try await client.stream("/") { stream async throws in
                var lines: [String] = []
                while let line = try await stream.nextLine() { lines.append(line) }
                return lines
            }
            #expect(lines == ["a", "b", "", "long line", "last"])
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func aClientThatDoesNotReadSlowsTheWriter(_ transport: TestClient.Transport) async throws {
        let written = Counter()
        var app = App.quiet
        app.get("/") {
            Response(
                .stream { writer in
                    let piece = [UInt8](repeating: 0x61, count: 65_536)
                    while true {
                        try await writer.write(piece)
                        written.add(1)
                    }
                }, contentType: "text/plain")
        }
        try await TestClient.run(app, over: transport) { client async throws in
            try await client.stream("/") { stream async throws in
                _ = try await stream.next()
                var before = -1
                while written.value != before {
                    before = written.value
                    try await Task.sleep(for: .milliseconds(150))
                }
                // The kernel holds some megabytes by itself; without brakes there would be thousands of pieces.
                #expect(before < (transport == .inProcess ? 4 : 400))
                for _ in 0..<before + 10 { _ = try await stream.next() }
                #expect(try await eventually { written.value > before })
            }
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func trailersFollowTheBody(_ transport: TestClient.Transport) async throws {
        let name = try #require(HTTPField.Name("X-Checksum"))
        var app = App.quiet
        app.get("/") {
            Response(
                .stream { writer in
                    try await writer.write("body")
                    await writer.setTrailers([name: "abc"])
                }, contentType: "text/plain")
        }
        try await TestClient.run(app, over: transport) { client async throws in
            let response = try await client.get("/")
            #expect(response.text == "body")
            #expect(response.trailers[name] == "abc")
            try await client.stream("/") { stream async throws in
                #expect(stream.trailers.isEmpty)
                #expect(try await stream.collect() == Array("body".utf8))
                #expect(stream.trailers[name] == "abc")
            }
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func aBodyThatBreaksOffIsAnError(_ transport: TestClient.Transport) async throws {
        var app = App.quiet
        app.get("/throws") {
            Response(
                .stream { writer in
                    try await writer.write("begin")
                    throw Oops()
                }, contentType: "text/plain")
        }
        app.get("/short") { Response(.stream(length: 10) { try await $0.write("short") }, contentType: "text/plain") }
        app.get("/long") { Response(.stream(length: 2) { try await $0.write("long") }, contentType: "text/plain") }
        try await TestClient.run(app, over: transport) { client async throws in
            for path in ["/throws", "/short", "/long"] {
                let error = await #expect(throws: TestClientError.self, "\(path)") { try await client.get(path) }
                #expect(error?.code == .incompleteResponse, "\(path)")
            }
            try await client.stream("/throws") { stream async throws in
                #expect(try await stream.next() == Array("begin".utf8))
                await #expect(throws: TestClientError.self) { try await stream.next() }
            }
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func bothSidesMayStreamAtOnce(_ transport: TestClient.Transport) async throws {
        var app = App.quiet
        app.post("/echo") { (request: Request) in
            Response(
                .stream { writer in for try await piece in request.body { try await writer.write(piece) } },
                contentType: "text/plain")
        }
        let gate = Gate()
        try await TestClient.run(app, over: transport) { client async throws in
            let body = TestBody.stream { writer in
                try await writer.write("one")
                await gate.wait()
                try await writer.write("two")
            }
            try await client.stream("/echo", method: .post, body: body) { stream async throws in
                #expect(try await stream.next() == Array("one".utf8))
                await gate.open()
                #expect(try await stream.next() == Array("two".utf8))
                #expect(try await stream.next() == nil)
            }
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func streamedRequestsHaveALengthOrTrailers(_ transport: TestClient.Transport) async throws {
        let name = try #require(HTTPField.Name("X-Checksum"))
        var app = App.quiet
        app.post("/") { (request: Request) async throws -> String in
            let text = try await request.text()
            let framing = request.header(.contentLength) ?? request.header(.transferEncoding) ?? "none"
            return "\(text) \(framing) \(request.body.trailers[name] ?? "-")"
        }
        try await TestClient.run(app, over: transport) { client async throws in
            let chunked = TestBody.stream { writer in
                try await writer.write("abc")
                await writer.setTrailers([name: "1"])
            }
            #expect(try await client.post("/", body: chunked).text == "abc chunked 1")
            let known = TestBody.stream(length: 3) { try await $0.write("abc") }
            #expect(try await client.post("/", body: known).text == "abc 3 -")
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func aWriterOfTheTestThatFailsFailsTheRequest(_ transport: TestClient.Transport) async throws {
        var app = App.quiet
        app.post("/") { (request: Request) async throws -> String in try await request.text() }
        try await TestClient.run(app, over: transport) { client async throws in
            await #expect(throws: Oops.self) {
                try await client.post(
                    "/",
                    body: .stream { writer in
                        try await writer.write("begin")
                        throw Oops()
                    })
            }
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func aBodyCanWaitForPermission(_ transport: TestClient.Transport) async throws {
        var app = App.quiet
        app.post("/read") { (request: Request) async throws -> String in try await request.text() }
        app.post("/refuse") { Reply("no", status: .forbidden) }
        app.post("/limited", .bodyLimit(5)) { (request: Request) async throws -> String in try await request.text() }
        try await TestClient.run(app, over: transport) { client async throws in
            let written = Counter()
            let headers: HTTPFields = [.expect: "100-continue"]
            let body = TestBody.stream(length: 10) { writer in
                written.add(1)
                try await writer.write("0123456789")
            }
            #expect(try await client.post("/read", headers: headers, body: body).text == "0123456789")
            #expect(written.value == 1)
            #expect(try await client.post("/refuse", headers: headers, body: body).status == .forbidden)
            #expect(try await client.post("/limited", headers: headers, body: body).status == .contentTooLarge)
            #expect(written.value == 1)
            let bytes = try await client.post("/read", headers: headers, body: "text")
            #expect(bytes.text == "text")
            #expect(try await client.post("/refuse", headers: headers, body: "text").text == "no")
        }
    }

    @Test func anAnswerThatIsTooLargeIsRefused() async throws {
        var app = App.quiet
        app.get("/") { "0123456789" }
        var client = try TestClient(app)
        client.responseLimit = 10
        #expect(try await client.get("/").bytes.count == 10)
        client.responseLimit = 9
        let error = await #expect(throws: TestClientError.self) { try await client.get("/") }
        #expect(error?.code == .responseTooLarge)
    }
}

/// A number that several tasks count up.
final class Counter: Sendable {
    private let number = Atomic<Int>(0)

    var value: Int { number.load(ordering: .relaxed) }

    func add(_ count: Int) { number.add(count, ordering: .relaxed) }
}
