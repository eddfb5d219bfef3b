// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct StreamedResultTests {
    private final class Counter: Sendable {
        let value = Atomic(0)
        var count: Int { value.load(ordering: .sequentiallyConsistent) }
        func add() { value.add(1, ordering: .sequentiallyConsistent) }
    }

    private func stream<Element: Sendable>(_ elements: Element...) -> AsyncStream<Element> {
        AsyncStream { continuation in
            for element in elements { continuation.yield(element) }
            continuation.finish()
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func eventsArriveOneByOne(over transport: TestClient.Transport) async throws {
        var app = App.unlogged
        app.get("/events") {
            ServerSentEvents { send in
                try await send("first\nline", event: "note", id: "1")
                try await send(json: ["a": 1])
                try await send(ServerSentEvent(data: send.lastEventID ?? "none", retry: .seconds(2)))
            }
        }
        let lastID = try #require(HTTPField.Name("Last-Event-ID"))
        try await TestClient.run(app, over: transport) { client in
            try await client.stream("/events", headers: [lastID: "41"]) { stream in
                #expect(stream.status == .ok)
                #expect(stream.headers[.contentType] == "text/event-stream")
                #expect(stream.headers[.cacheControl] == "no-cache")
                #expect(stream.headers[.contentLength] == nil)
                let first = try await stream.nextEvent()
                #expect(first?.data == "first\nline")
                #expect(first?.event == "note")
                #expect(first?.id == "1")
                #expect(try await stream.nextEvent()?.data == "{\"a\":1}")
                #expect(try await stream.nextEvent()?.data == "41")
                #expect(try await stream.nextEvent() == nil)
            }
        }
    }

    @Test func aSequenceOfEventsIsSent() async throws {
        var app = App.unlogged
        let events = stream(ServerSentEvent(data: "a"), ServerSentEvent(data: "b"))
        app.get("/events") { ServerSentEvents(events) }
        let response = try await TestClient(app).get("/events")
        #expect(response.text == "data: a\n\ndata: b\n\n")
    }

    @Test(arguments: TestClient.Transport.allCases)
    func silenceIsBrokenByAComment(over transport: TestClient.Transport) async throws {
        var app = App.unlogged
        app.get("/events") {
            ServerSentEvents(heartbeat: .milliseconds(20)) { send in
                try await Task.sleep(for: .milliseconds(200))
                try await send("late")
            }
        }
        try await TestClient.run(app, over: transport) { client in
            let text = try await client.get("/events").text
            #expect(text.hasPrefix(":\n\n"))
            #expect(text.hasSuffix("data: late\n\n"))
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func aClientThatGoesEndsTheStream(over transport: TestClient.Transport) async throws {
        let ended = Counter()
        var app = App.unlogged
        app.get("/events") {
            ServerSentEvents(heartbeat: .milliseconds(20)) { send in
                defer { ended.add() }
                try await send("hello")
                try await Task.sleep(for: .seconds(3_600))
            }
        }
        try await TestClient.run(app, over: transport) { client in
            try await client.stream("/events") { stream in
                let event = try await stream.nextEvent()
                #expect(event?.data == "hello")
            }
            for _ in 1...500 where ended.count == 0 { try await Task.sleep(for: .milliseconds(10)) }
            #expect(ended.count == 1)
        }
    }

    @Test func anEventThatCannotAddFieldsStaysOneEvent() async throws {
        var app = App.unlogged
        app.get("/events") { ServerSentEvents { send in try await send("x", event: "a\ndata: evil", id: "1\n2") } }
        let response = try await TestClient(app).get("/events")
        #expect(response.text == "event: adata: evil\nid: 12\ndata: x\n\n")
    }

    @Test func headOfAStreamRunsNothing() async throws {
        let runs = Counter()
        var app = App.unlogged
        app.get("/events") { ServerSentEvents { _ in runs.add() } }
        let response = try await TestClient(app).head("/events")
        #expect(response.header(.contentType) == "text/event-stream")
        #expect(runs.count == 0)
    }

    @Test(arguments: TestClient.Transport.allCases)
    func textsBytesAndBuffersAreStreamed(over transport: TestClient.Transport) async throws {
        var app = App.unlogged
        let texts = stream("a", "b", "ü")
        let bytes = stream([UInt8]([1, 2]), [], [3])
        let buffers = stream(ByteBuffer(string: "x"), ByteBuffer(string: "y"))
        app.get("/texts") { Streamed(texts) }
        app.get("/bytes") { Streamed(bytes, length: 3) }
        app.get("/buffers") { Streamed(buffers, contentType: "text/x") }
        app.get("/written") { Streamed { body in for number in 1...3 { try await body.write("\(number)\n") } } }
        try await TestClient.run(app, over: transport) { client in
            let response = try await client.get("/texts")
            #expect(response.text == "abü")
            #expect(response.header(.contentType) == "text/plain; charset=utf-8")
            let three = try await client.get("/bytes")
            #expect(three.bytes == [1, 2, 3])
            #expect(three.header(.contentLength) == "3")
            #expect(three.header(.contentType) == "application/octet-stream")
            #expect(try await client.get("/buffers").text == "xy")
            #expect(try await client.get("/written").text == "1\n2\n3\n")
        }
    }

    @Test func valuesAreWrittenAsLinesOfJSON() async throws {
        struct Row: Codable, Sendable {
            var id: Int
            var name: String
        }
        var app = App.unlogged
        let rows = stream(Row(id: 1, name: "a\nb"), Row(id: 2, name: "c"))
        app.get("/rows") { JSONLines(rows) }
        let response = try await TestClient(app).get("/rows")
        #expect(response.text == "{\"id\":1,\"name\":\"a\\nb\"}\n{\"id\":2,\"name\":\"c\"}\n")
        #expect(response.header(.contentType) == "application/jsonl")
    }

    @Test func aStreamThatFailsIsNotComplete() async throws {
        var app = App.unlogged
        app.get("/") {
            Streamed { body in
                try await body.write("half")
                throw HTTPError(.badGateway)
            }
        }
        try await TestClient.run(app, over: .socket) { client in
            let result: Result<TestResponse, any Error>
            do {
                result = .success(try await client.get("/"))
            } catch {
                result = .failure(error)
            }
            #expect(throws: TestClientError.self) { try result.get() }
        }
    }
}
