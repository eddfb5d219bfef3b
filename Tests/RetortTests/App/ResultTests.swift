// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Testing

/// What handlers return, as it arrives.
@Suite struct AppResultTests {
    struct Post: Codable, Sendable, Equatable {
        var id: Int
        var title: String
    }

    private static let post = Post(id: 1, title: "a")

    private static func app() -> App {
        var app = App.quiet
        app.get("/text") { "ü" }
        app.get("/html") { HTML("<p>") }
        app.get("/bytes") { Bytes([1, 2, 3], contentType: "image/x") }
        app.get("/none") { NoContent() }
        app.get("/struct") { post }
        app.get("/structs") { [post, post] }
        app.get("/dictionary") { ["a": 1] }
        app.get("/json") { JSON(post) }
        app.get("/value") { JSONValue.null }
        app.get("/number") { 42 }
        app.get("/nil-text") { nil as String? }
        app.get("/some-text") { "some" as String? }
        app.get("/nil-struct") { nil as Post? }
        app.get("/some-struct") { post as Post? }
        app.get("/reply") { Reply(post, status: .created, headers: [.location: "/posts/1"]) }
        app.get("/reply-text") { Reply("x", headers: [.contentType: "text/x"]) }
        app.get("/reply-nil") { Reply(nil as Post?, status: .created) }
        app.get("/response") { Response(status: .accepted, headers: [.eTag: "\"x\""], body: .text("r")) }
        app.get("/stream") { Response(.stream { try await $0.write("s") }, contentType: "text/plain") }
        app.get("/known-stream") {
            Response(.stream(length: 2) { try await $0.write("ab") }, contentType: "text/plain")
        }
        app.get("/async-text") { () async -> String in "a" }
        app.get("/async-struct") { () async throws -> Post in post }
        app.get("/async-nil") { () async throws -> Post? in nil }
        app.get("/not-modified") { Response(status: .notModified, headers: [.eTag: "\"x\""], body: .text("dropped")) }
        app.get("/own-length") { Response(headers: [.contentLength: "99", .connection: "close"], body: .text("abc")) }
        app.get("/infinite") { Double.infinity }
        return app
    }

    @Test(arguments: TestClient.Transport.allCases)
    func resultsBecomeResponses(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            let (text, json) = ("text/plain; charset=utf-8", "application/json")
            for (path, status, type, body) in [
                ("/text", 200, text, "ü"), ("/html", 200, "text/html; charset=utf-8", "<p>"),
                ("/bytes", 200, "image/x", "\u{1}\u{2}\u{3}"), ("/none", 204, nil, ""),
                ("/struct", 200, json, #"{"id":1,"title":"a"}"#),
                ("/structs", 200, json, #"[{"id":1,"title":"a"},{"id":1,"title":"a"}]"#),
                ("/dictionary", 200, json, #"{"a":1}"#), ("/json", 200, json, #"{"id":1,"title":"a"}"#),
                ("/value", 200, json, "null"), ("/number", 200, json, "42"), ("/some-text", 200, text, "some"),
                ("/some-struct", 200, json, #"{"id":1,"title":"a"}"#),
                ("/reply", 201, json, #"{"id":1,"title":"a"}"#), ("/reply-text", 200, "text/x", "x"),
                ("/response", 202, nil, "r"), ("/stream", 200, "text/plain", "s"),
                ("/known-stream", 200, "text/plain", "ab"), ("/async-text", 200, text, "a"),
                ("/async-struct", 200, json, #"{"id":1,"title":"a"}"#), ("/not-modified", 304, nil, ""),
                ("/own-length", 200, nil, "abc"),
            ] as [(String, Int, String?, String)] {
                let response = try await client.get(path)
                #expect(response.status.code == status, "\(path)")
                #expect(response.header(.contentType) == type, "\(path)")
                #expect(response.text == body, "\(path)")
            }
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func nilIsNotFound(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            for path in ["/nil-text", "/nil-struct", "/async-nil", "/reply-nil"] {
                #expect(try await client.get(path).status == .notFound, "\(path)")
            }
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func lengthsAreTheServersToWrite(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            for (path, length, coding) in [
                ("/text", "2", nil), ("/none", nil, nil), ("/not-modified", nil, nil), ("/stream", nil, "chunked"),
                ("/known-stream", "2", nil), ("/own-length", "3", nil),
            ] as [(String, String?, String?)] {
                let response = try await client.get(path)
                #expect(response.header(.contentLength) == length, "\(path)")
                #expect(response.header(.transferEncoding) == coding, "\(path)")
                #expect(response.header(.connection) == nil)
                #expect(response.headers[values: .date].count == 1)
                let head = try await client.head(path)
                #expect(head.bytes.isEmpty)
                #expect(head.header(.contentLength) == length, "HEAD \(path)")
            }
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func repliesHaveHeaders(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            #expect(try await client.get("/reply").header(.location) == "/posts/1")
            #expect(try await client.get("/response").header(.eTag) == "\"x\"")
            #expect(try await client.get("/not-modified").header(.eTag) == "\"x\"")
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func aValueThatIsNoJSONIsTheServersFault(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            #expect(try await client.get("/infinite").status == .internalServerError)
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func headerValuesCannotBeginALine(_ transport: TestClient.Transport) async throws {
        var app = App.quiet
        app.get("/") { (request: Request) throws -> Response in
            let value = try request.query["v"] ?? ""
            return Response(
                status: .ok, headers: [.location: value], body: .text(""))
        }
        app.get("/type") { (request: Request) throws -> Response in
            Response(.text(""), contentType: try request.query["v"] ?? "")
        }
        try await TestClient.run(app, over: transport) { client async throws in
            for path in ["/", "/type"] {
                let response = try await client.get(path, query: ["v": "a\r\nset-cookie: b=1"])
                #expect(response.header(.setCookie) == nil)
                #expect(response.status == .ok)
            }
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func filesAreSent(_ transport: TestClient.Transport) async throws {
        let path = TemporaryText(String(repeating: "0123456789", count: 20_000))
        var app = App.quiet
        app.get("/file") { Response(.file(try path.open(), offset: 5, count: 150_000), contentType: "text/plain") }
        app.get("/short") { Response(.file(try path.open(), offset: 199_990, count: 20), contentType: "text/plain") }
        try await TestClient.run(app, over: transport) { client async throws in
            let response = try await client.get("/file")
            #expect(response.bytes.count == 150_000)
            #expect(response.text.hasPrefix("56789012") == true)
            #expect(response.text.hasSuffix("01234") == true)
            #expect(try await client.head("/file").header(.contentLength) == "150000")
            let error = await #expect(throws: TestClientError.self) { try await client.get("/short") }
            #expect(error?.code == (transport == .inProcess ? .incompleteResponse : .connectionFailed))
        }
    }

    @Test func aWriterIsNotCalledWhereNoBodyFollows() async throws {
        let calls = Counter()
        var app = App.quiet
        app.get("/{code}") { (code: Int, request: Request) in
            Response(
                status: HTTPResponse.Status(code: code), headers: [.server: "\(request.peerPort)"],
                body: .stream { writer in
                    calls.add(1)
                    try await writer.write("body")
                })
        }
        try await TestClient.run(app, over: .socket) { client async throws in
            let port = try await client.get("/200").header(.server)
            #expect(calls.value == 1)
            for code in [204, 304] {
                let response = try await client.get("/\(code)")
                #expect(response.status.code == code)
                #expect(response.bytes.isEmpty)
                #expect(response.header(.server) == port)
            }
            #expect(try await client.head("/200").header(.server) == port)
            #expect(calls.value == 1)
        }
    }
}
