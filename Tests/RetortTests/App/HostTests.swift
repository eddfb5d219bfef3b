// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Testing

/// Routes that ask for a host or a subdomain.
@Suite struct AppHostTests {
    private static func app() -> App {
        var app = App.quiet
        app.serverName = "example.com"
        app.get("/") { "any" }
        app.get("/", .host("www.example.org")) { "host" }
        app.get("/", .subdomain("api")) { "api" }
        app.get("/who", .subdomain("{user}")) { (user: String) in user }
        app.get("/only", .subdomain("api")) { "only" }
        app.mount(Panel(), at: "/panel", .subdomain("admin"))
        return app
    }

    struct Panel: Blueprint {
        func routes(_ r: inout Routes) { r.get("/") { "panel" } }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func hostsFindTheirRoutes(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            for (url, text) in [
                ("http://example.com/", "any"), ("http://localhost/", "any"), ("http://www.example.org/", "host"),
                ("http://WWW.Example.ORG:8080/", "host"), ("http://api.example.com/", "api"),
                ("http://API.example.com:80/", "api"), ("http://ada.example.com/who", "ada"),
                ("http://Ada.example.com/who", "ada"), ("http://api.example.com/only", "only"),
                ("http://admin.example.com/panel/", "panel"), ("http://api.example.org/", "any"),
                ("http://api.example.com.evil.test/", "any"), ("http://www.example.org./", "host"),
            ] {
                #expect(try await client.get(url).text == text, "\(url)")
            }
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func otherHostsDoNotFindThem(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            for url in [
                "http://example.com/only", "http://example.com/who", "http://a.b.example.com/who",
                "http://evilexample.com/only", "http://example.com/panel/", "http://[::1]/only",
            ] {
                #expect(try await client.get(url).status == .notFound, "\(url)")
            }
        }
    }

    @Test func aSubdomainWithoutServerNameIsAMistake() {
        var app = App.quiet
        app.get("/", .subdomain("api")) { "api" }
        let error = #expect(throws: RoutingError.self) { try TestClient(app) }
        #expect(error?.message == "/ has the subdomain api, and the server name is not known. Set serverName.")
    }
}
