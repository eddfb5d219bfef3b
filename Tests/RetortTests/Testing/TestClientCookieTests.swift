// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Testing

@Suite struct TestClientCookieTests {
    /// Sets and shows cookies.
    private static func app() -> App {
        var app = App.quiet
        app.get("/set") { (request: Request) throws -> Response in
            var headers = HTTPFields()
            for pair in try request.query.pairs where pair.name == "c" {
                headers.append(HTTPField(name: .setCookie, value: pair.value))
            }
            return Response(headers: headers)
        }
        app.get("/show") { (request: Request) in request.header(.cookie) ?? "none" }
        app.get("/shop/show") { (request: Request) in request.header(.cookie) ?? "none" }
        return app
    }

    @Test(arguments: TestClient.Transport.allCases)
    func cookiesComeBack(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            #expect(try await client.get("/show").text == "none")
            let set = try await client.get("/set", query: ["c": "a=1; Path=/", "c": "b=\"x y\"; Path=/; HttpOnly"])
            #expect(set.cookies.map(\.name) == ["a", "b"])
            #expect(set.cookie("b")?.isHTTPOnly == true)
            #expect(set.cookie("none") == nil)
            #expect(try await client.get("/show").text == "a=1; b=\"x y\"")
            #expect(client.cookie("b") == "x y")
            try await client.get("/set", query: ["c": "a=; Path=/; Max-Age=0"])
            #expect(try await client.get("/show").text == "b=\"x y\"")
            #expect(client.cookies.cookies.count == 1)
        }
    }

    @Test func pathsAndHostsAreObserved() async throws {
        let client = try TestClient(Self.app(), baseURL: "http://example.com")
        try await client.get("/set", query: ["c": "shop=1; Path=/shop", "c": "wide=2; Domain=example.com; Path=/"])
        try await client.get("/set", query: ["c": "own=3; Path=/"])
        #expect(try await client.get("/show").text == "wide=2; own=3")
        #expect(try await client.get("/shop/show").text == "shop=1; wide=2; own=3")
        #expect(try await client.at(subdomain: "api").get("/show").text == "wide=2")
        #expect(try await client.at(host: "other.test").get("/show").text == "none")
        #expect(client.cookie("shop") == nil)
        #expect(client.cookie("shop", for: "/shop/x") == "1")
    }

    @Test func secureCookiesNeedHTTPSOrThisMachine() async throws {
        for (base, expected) in [
            ("http://localhost", "s=1"), ("http://127.0.0.1:8000", "s=1"), ("https://example.com", "s=1"),
            ("http://example.com", "none"),
        ] {
            let client = try TestClient(Self.app(), baseURL: base)
            try await client.get("/set", query: ["c": "s=1; Path=/; Secure"])
            #expect(try await client.get("/show").text == expected)
        }
    }

    @Test func cookiesCanBeSetReadAndRemoved() async throws {
        let client = try TestClient(Self.app())
        try client.setCookie("a", "x;y")
        try client.setCookie("deep", "1", path: "/shop")
        #expect(try await client.get("/show").text == "a=\"x\\073y\"")
        #expect(client.cookie("a") == "x;y")
        client.removeCookie("a")
        #expect(try await client.get("/show").text == "none")
        #expect(try await client.get("/shop/show").text == "deep=1")
        client.cookies.removeAll()
        #expect(try await client.get("/shop/show").text == "none")
        #expect(throws: TestClientError.self) { try client.setCookie("a", "1", domain: "other.test") }
    }

    @Test func copiesShareCookiesAndNewVisitorsDoNot() async throws {
        let client = try TestClient(Self.app())
        var copy = client
        copy.deadline = .seconds(30)
        let visitor = client.newVisitor()
        try await copy.get("/set", query: ["c": "a=1; Path=/"])
        #expect(try await client.get("/show").text == "a=1")
        #expect(try await visitor.get("/show").text == "none")
    }

    @Test func aClientCanDoWithoutCookies() async throws {
        var client = try TestClient(Self.app())
        client.usesCookies = false
        try await client.get("/set", query: ["c": "a=1; Path=/"])
        #expect(client.cookies.cookies.isEmpty)
        #expect(try await client.get("/show", headers: [.cookie: "own=1"]).text == "own=1")
    }

    @Test func aCookieHeaderTakesThePlaceOfTheJar() async throws {
        let client = try TestClient(Self.app())
        try client.setCookie("a", "1")
        #expect(try await client.get("/show", headers: [.cookie: "b=2"]).text == "b=2")
    }
}
