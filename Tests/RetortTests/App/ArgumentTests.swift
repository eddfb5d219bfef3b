// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Testing

/// Typed arguments and what becomes of requests that do not fit them.
@Suite struct AppArgumentTests {
    struct Search: Codable, Sendable {
        var q: String
        var page: Int?
        var tags: [String]?
    }

    struct Draft: Codable, Sendable, Equatable {
        var title: String
        var stars: Int
    }

    private static func app() -> App {
        var app = App.quiet
        app.get("/search") { (search: Query<Search>) in
            "\(search.q) \(search.page ?? 1) \(search.tags?.joined(separator: ",") ?? "-")"
        }
        app.get("/later") { (search: Query<Search>) async throws -> String in search.q }
        app.post("/drafts") { (draft: JSON<Draft>) in draft }
        app.post("/drafts/{id}") { (request: Request, id: Int, draft: JSON<Draft>) async throws -> String in
            "\(request.method.rawValue) \(id) \(draft.title)"
        }
        app.post("/small", .bodyLimit(10)) { (request: Request) async throws -> String in try await request.text() }
        app.post("/large", .bodyLimit(150_000)) { (request: Request) async throws -> String in
            "\(try await request.text().utf8.count)"
        }
        app.post("/default") { (request: Request) async throws -> String in
            "\(try await request.text().utf8.count)"
        }
        app.post("/unread") { "did not look" }
        app.get("/twice/{a}/{b}") { (a: Int, search: Query<Search>, b: Int) in "\(a) \(search.q) \(b)" }
        return app
    }

    @Test(arguments: TestClient.Transport.allCases)
    func queriesAreDecoded(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            for (path, text) in [
                ("/search?q=a", "a 1 -"), ("/search?q=a+b&page=2", "a b 2 -"), ("/search?q=&page=", " 1 -"),
                ("/search?q=%C3%BC&tags=x&tags=y", "ü 1 x,y"), ("/search?other=1&q=a", "a 1 -"),
                ("/later?q=a", "a"), ("/twice/1/2?q=x", "1 x 2"),
            ] {
                #expect(try await client.get(path).text == text, "\(path)")
            }
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func queriesThatDoNotFitNameTheField(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            for (path, fields) in [
                ("/search", ["q"]), ("/search?q=a&page=x", ["page"]), ("/search?page=x", ["q", "page"]),
                ("/later?page=1", ["q"]), ("/search?q=a&page=99999999999999999999", ["page"]),
            ] {
                let response = try await client.get(path)
                #expect(response.status.code == 422, "\(path)")
                #expect(response.header(.contentType) == "application/problem+json")
                let problem = try response.json(JSONValue.self)
                #expect(problem["errors"]?.array?.compactMap { $0["field"]?.string } == fields, "\(path)")
                #expect(problem["code"]?.string == "invalid-fields")
            }
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func tooManyPairsAreABadRequest(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            let response = try await client.get("/search?" + String(repeating: "q&", count: 1_001))
            #expect(response.status == .badRequest)
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func jsonGoesInAndOut(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            let draft = Draft(title: "ü", stars: 3)
            let response = try await client.post("/drafts", json: draft)
            #expect(response.header(.contentType) == "application/json")
            #expect(try response.json(Draft.self) == draft)
            #expect(try await client.post("/drafts/7", json: draft).text == "POST 7 ü")
            for type in [
                "application/json; charset=utf-8", "Application/JSON", "application/vnd.api+json", "text/x+JSON",
            ] {
                let other = try await client.post(
                    "/drafts", headers: [.contentType: type], body: .bytes(Array(#"{"title":"a","stars":1}"#.utf8)))
                #expect(other.status == .ok, "\(type)")
            }
            let streamed = TestBody.stream(contentType: "application/json") { writer in
                try await writer.write(#"{"title":"#)
                try await writer.write(#""b","stars":2}"#)
            }
            #expect(try await client.post("/drafts", body: streamed).json(Draft.self) == Draft(title: "b", stars: 2))
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func jsonThatDoesNotFitSaysWhy(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            let wrongType = "The body must be JSON with `Content-Type: application/json`."
            for (type, text, status, detail) in [
                ("text/plain", "{}", 415, wrongType), ("", "{}", 415, wrongType),
                ("application/jsonp", "{}", 415, wrongType),
                (
                    "application/json", "", 400,
                    "This is not valid JSON: expected a value, found the end of the text (line 1, column 1)."
                ),
                (
                    "application/json", "{", 400,
                    "This is not valid JSON: expected a key in quotation marks, found the end of the text (line 1, column 2)."
                ),
                (
                    "application/json", "{}", 422,
                    "The JSON does not fit: expected the key \"title\", found an object without it (line 1, column 1)."
                ),
                (
                    "application/json", "[]", 422,
                    "The JSON does not fit: expected an object, found an array (line 1, column 1)."
                ),
                (
                    "application/json", #"{"title":"a","stars":"x"}"#, 422,
                    "The JSON does not fit at stars: expected a whole number from -9223372036854775808 to "
                        + "9223372036854775807, found the string \"x\" (line 1, column 22)."
                ),
            ] {
                let headers: HTTPFields = type.isEmpty ? [:] : [.contentType: type]
                let response = try await client.post("/drafts", headers: headers, body: .bytes(Array(text.utf8)))
                #expect(response.status.code == status, "\(text)")
                #expect(try response.json(JSONValue.self)["detail"]?.string == detail, "\(text)")
            }
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func bodiesHaveALimit(_ transport: TestClient.Transport) async throws {
        var app = Self.app()
        #expect(app.server.limits.bodyBytes == 2 * 1_024 * 1_024)
        app.server.limits.bodyBytes = 100_000
        try await TestClient.run(app, over: transport) { client async throws in
            for (path, count, status) in [
                ("/small", 10, 200), ("/small", 11, 413), ("/default", 100_000, 200), ("/default", 100_001, 413),
                ("/large", 150_000, 200), ("/large", 150_001, 413),
            ] {
                let bytes = [UInt8](repeating: 0x61, count: count)
                #expect(try await client.post(path, body: .bytes(bytes)).status.code == status, "\(path) \(count)")
                let chunked = TestBody.stream { writer in
                    for start in stride(from: 0, to: count, by: 50_000) {
                        try await writer.write(Array(bytes[start..<min(start + 50_000, count)]))
                    }
                }
                #expect(try await client.post(path, body: chunked).status.code == status, "\(path) \(count) chunked")
            }
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func aBodyThatNobodyReadsDoesNoHarm(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            for count in [0, 10, 100_000, 3_000_000] {
                let response = try await client.post("/unread", body: .bytes([UInt8](repeating: 0x61, count: count)))
                #expect(response.text == "did not look")
            }
            #expect(try await client.get("/search?q=a").status == .ok)
        }
    }

    struct Tenant: RequestArgument {
        var name: String

        static func make(from request: Request, path: inout PathValues) async throws -> Tenant {
            await Task.yield()
            guard let name = request.header(.from) else { throw HTTPError(.unauthorized, "Who are you?") }
            return Tenant(name: name)
        }
    }

    struct Agent: ImmediateArgument {
        var name: String

        static func makeAtOnce(from request: Request, path: inout PathValues) throws -> Agent {
            Agent(name: request.header(.userAgent) ?? "none")
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func anAppHasArgumentsOfItsOwn(_ transport: TestClient.Transport) async throws {
        var app = App.quiet
        app.get("/{id}") { (tenant: Tenant, id: Int, agent: Agent) in "\(tenant.name) \(id) \(agent.name)" }
        app.get("/later/{id}") { (tenant: Tenant, id: Int) async throws -> String in "\(tenant.name) \(id)" }
        try await TestClient.run(app, over: transport) { client async throws in
            let known = try await client.get("/7", headers: [.from: "acme", .userAgent: "t"])
            #expect(known.text == "acme 7 t")
            #expect(try await client.get("/later/7", headers: [.from: "acme"]).text == "acme 7")
            let unknown = try await client.get("/7")
            #expect(unknown.status == .unauthorized)
            #expect(try unknown.json(JSONValue.self)["detail"]?.string == "Who are you?")
        }
    }
}
