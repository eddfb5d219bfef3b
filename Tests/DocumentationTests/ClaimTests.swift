// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Testing

/// What the guides say in prose is so.
@Suite struct ClaimTests {
    @Test(arguments: [
        ("/a", 308, "/a/"), ("/a?x=1", 308, "/a/?x=1"), ("/a/", 200, nil), ("/b/", 404, nil), ("/b", 200, nil),
        ("//b", 308, "/b"), ("/c", 200, nil), ("/c/", 200, nil),
    ])
    func slashesAreTreatedAsTheGuideSays(path: String, status: Int, location: String?) async throws {
        var app = App()
        app.get("/a/") { "a" }
        app.get("/b") { "b" }
        app.get("/c", .strictSlashes(false)) { "c" }
        let response = try await TestClient(app).get(path)
        #expect(response.status.code == status)
        #expect(response.header(.location) == location)
    }

    @Test func narrowTypesWinWhateverTheOrder() async throws {
        var app = App()
        app.get("/{rest...}") { (_: RestOfPath) in "rest" }
        app.get("/{text}") { (_: String) in "text" }
        app.get("/{number}") { (_: Int) in "number" }
        app.get("/new") { "literal" }
        let client = try TestClient(app)
        #expect(try await client.get("/new").text == "literal")
        #expect(try await client.get("/7").text == "number")
        #expect(try await client.get("/x").text == "text")
        #expect(try await client.get("/x/y").text == "rest")
    }

    @Test func mistakesStopTheAppWhenItStarts() {
        var doubled = App()
        doubled.get("/a") { "1" }
        doubled.get("/a") { "2" }
        #expect(throws: RoutingError.self) { try TestClient(doubled) }
        var short = App()
        short.use(.sessions(secret: "short"))
        #expect(throws: SetupError.self) { try TestClient(short) }
        var arity = App()
        arity.get("/a/{id}") { (_: Int, _: Int) in "too many" }
        #expect(throws: RoutingError.self) { try TestClient(arity) }
    }

    @Test func theProblemInTheGuideIsWhatIsSent() async throws {
        let guide = try SampleCollection.text("Sources/Retort/Documentation.docc/Guides/Errors.md")
        let sent = try await TestClient(errorSamples()).get("/posts/100").text
        #expect(guide.contains("    \(sent)\n"))
    }

    @Test(arguments: [("{", 400), ("{\"title\":1}", 422), ("{}", 422)])
    func jsonThatDoesNotFitHasItsStatus(body: String, status: Int) async throws {
        let client = try TestClient(argumentSamples())
        let response = try await client.post("/articles", body: .text(body, contentType: "application/json"))
        #expect(response.status.code == status)
    }

    @Test func allFieldsThatDoNotFitAreReported() async throws {
        let client = try TestClient(argumentSamples())
        let response = try await client.post("/sign-up", form: ["age": "x"])
        #expect(response.status == .unprocessableContent)
        #expect(response.text.contains("\"field\":\"name\""))
        #expect(response.text.contains("\"field\":\"age\""))
    }

    @Test func sessionCookiesAreHidden() async throws {
        let client = try TestClient(sessionSamples(secret: String(repeating: "s", count: 32)))
        let response = try await client.get("/visits")
        let cookie = try #require(response.cookie("session"))
        #expect(cookie.isHTTPOnly)
        #expect(cookie.sameSite == .lax)
        #expect(!cookie.isSecure)
        #expect(response.header(.vary)?.contains("Cookie") == true)
    }

    @Test func clientsThatHaveAnAnswerGet304() async throws {
        let client = try TestClient(blueprintSamples())
        let tag = try #require(try await client.get("/travel/").header(.eTag))
        let again = try await client.get("/travel/", headers: [.ifNoneMatch: tag])
        #expect(again.status == .notModified)
    }

    @Test func pagesAreForThoseWhoPreferThem() async throws {
        let client = try TestClient(errorSamples())
        let page = try await client.get("/posts/100", headers: [.accept: "text/html"])
        #expect(page.header(.contentType) == "text/html; charset=utf-8")
        #expect(page.header(.server) == nil)
    }

    @Test func bodiesBeyondTheLimitOfARouteAreRefused() async throws {
        var app = App()
        app.post("/small", .bodyLimit(4)) { (body: Body) in "\(body.count)" }
        let client = try TestClient(app)
        #expect(try await client.post("/small", body: "1234").text == "4")
        #expect(try await client.post("/small", body: "12345").status == .contentTooLarge)
    }
}
