// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

@testable import Retort
import Testing

@Suite struct TestClientTests {
    /// Answers with what it got.
    private static func echo() -> App {
        var app = App.quiet
        app.on(.any, "/echo") { (request: Request) async throws -> Response in
            let body = try await request.body.collect()
            var fields = HTTPFields()
            for name in ["x-a", "x-b", "authorization", "content-type", "cookie", "accept"] {
                guard let name = HTTPField.Name(name), let value = request.header(name),
                    let echo = HTTPField.Name("echo-\(name.canonicalName)")
                else { continue }
                fields[echo] = value
            }
            if let name = HTTPField.Name("echo-line") {
                fields[name] = "\(request.method.rawValue) \(request.path)?\(request.queryString ?? "")"
            }
            if let name = HTTPField.Name("echo-origin") {
                fields[name] = "\(request.origin.scheme)://\(request.origin.host) \(request.origin.address ?? "?")"
            }
            return Response(status: .ok, headers: fields, body: .buffer(body))
        }
        return app
    }

    private static func value(_ response: TestResponse, _ name: String) throws -> String? {
        response.header(try #require(HTTPField.Name("echo-" + name)))
    }

    @Test(arguments: TestClient.Transport.allCases)
    func eachMethodArrivesAsItself(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.echo(), over: transport) { client async throws in
            let purge = try #require(HTTPRequest.Method("PURGE"))
            for (method, response) in [
                ("GET", try await client.get("/echo")), ("HEAD", try await client.head("/echo")),
                ("POST", try await client.post("/echo")), ("PUT", try await client.put("/echo")),
                ("PATCH", try await client.patch("/echo")), ("DELETE", try await client.delete("/echo")),
                ("OPTIONS", try await client.options("/echo")), ("PURGE", try await client.request(purge, "/echo")),
            ] {
                #expect(response.status == .ok)
                #expect(try Self.value(response, "line") == "\(method) /echo?")
            }
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func queriesArePutBehindThatOfThePath(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.echo(), over: transport) { client async throws in
            for (path, query, line) in [
                ("/echo", [:], "/echo?"), ("/echo?a=1", [:], "/echo?a=1"), ("/echo#here", [:], "/echo?"),
                ("/echo", ["q": "a b&ü", "q": "2"], "/echo?q=a+b%26%C3%BC&q=2"),
                ("/echo?a=1#x", ["b": "2"], "/echo?a=1&b=2"), ("/echo?q=ü x", [:], "/echo?q=%C3%BC%20x"),
                ("echo", [:], "/echo?"), ("/echo?", [:], "/echo?"),
            ] as [(String, MultiDict<String>, String)] {
                let response = try await client.get(path, query: query)
                #expect(try Self.value(response, "line") == "GET " + line)
            }
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func lineEndsInAPathCannotBeginAHeader(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.echo(), over: transport) { client async throws in
            let response = try await client.get("/echo?a=\r\nx-a: 1\r\n")
            #expect(try Self.value(response, "line") == "GET /echo?a=%0D%0Ax-a:%201%0D%0A")
            #expect(try Self.value(response, "x-a") == nil)
        }
    }

    struct Draft: Codable, Hashable, Sendable {
        var title: String
        var tags: [String]?
    }

    @Test(arguments: TestClient.Transport.allCases)
    func bodiesArriveWithTheirTypes(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.echo(), over: transport) { client async throws in
            let form = "application/x-www-form-urlencoded"
            let draft = Draft(title: "a b", tags: ["x", "y"])
            for (response, text, type) in [
                (try await client.post("/echo", json: draft), #"{"title":"a b","tags":["x","y"]}"#, "application/json"),
                (try await client.post("/echo", json: ["a": 1]), #"{"a":1}"#, "application/json"),
                (try await client.post("/echo", json: JSONValue.null), "null", "application/json"),
                (try await client.post("/echo", form: ["a": "1 2", "a": "ü"]), "a=1+2&a=%C3%BC", form),
                (try await client.post("/echo", form: .encoding(draft)), "title=a+b&tags=x&tags=y", form),
                (try await client.post("/echo", form: [:]), "", form),
                (try await client.put("/echo", body: "text"), "text", "text/plain; charset=utf-8"),
                (try await client.patch("/echo", body: .bytes([0x61])), "a", nil),
                (try await client.delete("/echo", body: .text("<a/>", contentType: "text/xml")), "<a/>", "text/xml"),
                (try await client.post("/echo"), "", nil),
            ] as [(TestResponse, String, String?)] {
                #expect(response.text == text)
                #expect(try Self.value(response, "content-type") == type)
            }
            let own = try await client.post("/echo", headers: [.contentType: "application/x"], body: "text")
            #expect(try Self.value(own, "content-type") == "application/x")
        }
    }

    @Test func filesMakeAMultipartForm() async throws {
        var app = App.quiet
        app.post("/upload") { (request: Request) async throws -> String in
            let boundary = try MultipartBoundary(contentType: request.header(.contentType) ?? "")
            let text = try await request.text()
            return text.split(separator: boundary.description).joined(separator: "|")
        }
        let client = try TestClient(app)
        let file = UploadedFile(filename: "a.txt", contentType: "text/plain", bytes: Array("hello".utf8))
        let response = try await client.post("/upload", form: ["title": "A"], files: ["doc": file])
        #expect(
            response.text == "--|\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nA\r\n--|\r\n"
                + "Content-Disposition: form-data; name=\"doc\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\n"
                + "hello\r\n--|--\r\n")
    }

    @Test func twoBodiesAreRefused() async throws {
        let client = try TestClient(Self.echo())
        let error = await #expect(throws: TestClientError.self) {
            try await client.post("/echo", json: 1, body: "text")
        }
        #expect(error?.code == .badRequest)
        #expect(error?.message == "A request has one body: give `json`, `form` with `files`, or `body`.")
    }

    @Test(arguments: TestClient.Transport.allCases)
    func headersAndCredentialsOfARequestTakeThePlaceOfTheClients(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.echo(), over: transport) { client async throws in
            var client = client
            let (a, b) = (try #require(HTTPField.Name("X-A")), try #require(HTTPField.Name("X-B")))
            client.headers = [a: "1", b: "2"]
            client.auth = .bearer("token")
            let first = try await client.get("/echo", headers: [a: "3"])
            #expect(try Self.value(first, "x-a") == "3")
            #expect(try Self.value(first, "x-b") == "2")
            #expect(try Self.value(first, "authorization") == "Bearer token")
            let second = try await client.get("/echo", auth: .basic(username: "ada", password: "secret"))
            #expect(try Self.value(second, "authorization") == "Basic YWRhOnNlY3JldA==")
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func theBaseNamesHostAndPrefix(_ transport: TestClient.Transport) async throws {
        var app = Self.echo()
        app.get("/v1/echo") { "prefixed" }
        app.serverName = "example.com"
        try await TestClient.run(app, over: transport) { client async throws in
            #expect(client.baseURL.description == "http://example.com")
            for (client, origin) in [
                (client, "http://example.com"), (client.at(subdomain: "api"), "http://api.example.com"),
                (client.at(host: "other.test"), "http://other.test"),
            ] {
                #expect(try Self.value(try await client.get("/echo"), "origin") == origin + " 127.0.0.1")
            }
            let whole = try await client.get("http://else.test:8080/echo?a=1")
            #expect(try Self.value(whole, "origin") == "http://else.test:8080 127.0.0.1")
            #expect(try Self.value(whole, "line") == "GET /echo?a=1")
            #expect(whole.url.description == "http://else.test:8080/echo?a=1")
        }
        try await TestClient.run(app, over: transport, baseURL: "http://localhost:81/v1/") { client async throws in
            let response = try await client.get("/echo")
            #expect(response.text == "prefixed")
        }
    }

    @Test func httpsInProcessIsSecure() async throws {
        let client = try TestClient(Self.echo(), baseURL: "https://example.com")
        #expect(try Self.value(try await client.get("/echo"), "origin") == "https://example.com 127.0.0.1")
    }

    @Test func httpsOverASocketIsRefusedWithASentence() async throws {
        let client = try TestClient(Self.echo(), over: .socket, baseURL: "https://example.com")
        let error = await #expect(throws: TestClientError.self) { try await client.get("/echo") }
        #expect(error?.message == "https over a socket is not spoken by the client; test it in process.")
        await client.stop()
    }

    @Test(arguments: ["example.com", "ftp://example.com", "/path", "http://"])
    func aBaseWithoutSchemeOrHostIsRefused(_ base: String) {
        #expect(throws: TestClientError.self) { try TestClient(App(), baseURL: base) }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func theServersRefusalsAreTheSame(_ transport: TestClient.Transport) async throws {
        var app = Self.echo()
        app.server.limits.head.requestLine = 1_000
        app.server.limits.head.headerCount = 20
        try await TestClient.run(app, over: transport) { client async throws in
            let long = try await client.get("/echo?" + String(repeating: "a", count: 1_000))
            #expect(long.status == .uriTooLong)
            #expect(long.text == "The request line has more than 1000 bytes.\n")
            var many = HTTPFields()
            for _ in 0..<30 { many.append(HTTPField(name: .accept, value: "a")) }
            let full = try await client.get("/echo", headers: many)
            #expect(full.status.code == 431)
            #expect(full.header(.contentType) == "text/plain; charset=utf-8")
            #expect(full.header(.connection) == "close")
            let broken = try await client.post("/echo", headers: [.contentLength: "1x"], body: "a")
            #expect(broken.status == .badRequest)
            let both = try await client.post("/echo", headers: [.contentLength: "1", .transferEncoding: "chunked"])
            #expect(both.text == "Content-Length and Transfer-Encoding stand together.\n")
        }
    }

    @Test func anInProcessAnswerCarriesItsError() async throws {
        struct Oops: Error {}
        var app = App.quiet
        app.get("/") { () -> String in throw Oops() }
        let client = try TestClient(app)
        let response = try await client.get("/")
        #expect(response.status == .internalServerError)
        #expect(response.failure is Oops)
    }

    @Test func aClientNeedsAnAppWithoutContradictions() {
        var app = App.quiet
        app.get("/a") { "1" }
        app.get("/a") { "2" }
        #expect(throws: RoutingError.self) { try TestClient(app) }
    }

    @Test func theDescriptionShowsTheAnswer() async throws {
        var app = App.quiet
        app.get("/") { Reply("hello", status: .created) }
        let text = try await TestClient(app).get("/").description
        #expect(text.hasPrefix("201 Created\ndate: "))
        #expect(text.hasSuffix("content-type: text/plain; charset=utf-8\ncontent-length: 5\n\nhello"))
    }

    @Test(arguments: TestClient.Transport.allCases)
    func manyRequestsAtOnceGetTheirOwnAnswers(_ transport: TestClient.Transport) async throws {
        var app = App.quiet
        app.get("/{n}") { (n: Int) async throws -> String in
            await Task.yield()
            return "\(n)"
        }
        try await TestClient.run(app, over: transport) { client async throws in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for n in 0..<50 { group.addTask { try await client.get("/\(n)").text == "\(n)" } }
                for try await isRight in group { #expect(isRight) }
            }
        }
    }

    @Test func connectionsAreKeptForLaterRequests() async throws {
        var app = App.quiet
        app.get("/port") { (request: Request) in "\(request.peerPort)" }
        try await TestClient.run(app, over: .socket) { client async throws in
            let first = try await client.get("/port").text
            #expect(try await client.get("/port").text == first)
            let closing = try await client.get("/port", headers: [.connection: "close"])
            #expect(closing.text == first)
            #expect(closing.header(.connection) == "close")
            #expect(try await client.get("/port").text != first)
        }
    }

    @Test func aConnectionThatTheServerHasClosedIsReplaced() async throws {
        var app = App.quiet
        app.server.limits.idleTime = .milliseconds(1)
        app.get("/") { "hello" }
        try await TestClient.run(app, over: .socket) { client async throws in
            #expect(try await client.get("/").text == "hello")
            try await Task.sleep(for: .milliseconds(900))
            #expect(try await client.get("/").text == "hello")
        }
    }

    @Test func aStoppedServerCanBeReachedNoMore() async throws {
        var app = App.quiet
        app.get("/") { "hello" }
        let client = try TestClient(app, over: .socket)
        #expect(try await client.get("/").text == "hello")
        let server = try await client.backend.sockets.connect()
        await client.stop()
        #expect(try await server.read() == nil)
    }
}
