// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RedirectTests {
    private func response(
        _ redirect: Redirect, headers: HTTPFields = [:], _ set: (inout App) -> Void = { _ in }
    ) async throws -> TestResponse {
        var app = App.unlogged
        app.get("/here") { redirect }
        set(&app)
        return try await TestClient(app).get("/here", headers: headers)
    }

    @Test func theDefaultMakesClientsAskWithGet() async throws {
        let response = try await response(Redirect("/there"))
        #expect(response.status == .seeOther)
        #expect(response.header(.location) == "/there")
        #expect(response.bytes.isEmpty)
    }

    @Test func theStatusCanBeChosen() async throws {
        #expect(try await response(Redirect("/a", status: .temporaryRedirect)).status.code == 307)
        #expect(try await response(.permanent("/a")).status.code == 308)
        #expect(try await response(Redirect("/a", status: .movedPermanently)).status.code == 301)
    }

    @Test func browsersGetALinkWithoutMarkupOfOthers() async throws {
        let response = try await response(
            Redirect("/a?b=\"><script>&c='"), headers: [.accept: "text/html,*/*;q=0.8"])
        #expect(response.header(.contentType) == "text/html; charset=utf-8")
        #expect(response.text.contains("<a href=\"/a?b=%22%3E%3Cscript%3E&amp;c=&#39;\">"))
        #expect(!response.text.contains("<script>"))
        #expect(try await self.response(Redirect("/a"), headers: [.accept: "application/json"]).bytes.isEmpty)
    }

    @Test(arguments: [
        ("/pfad/ä", "/pfad/%C3%A4"), ("/a b", "/a%20b"), ("/a%20b", "/a%20b"), ("?q=1", "?q=1"),
        ("https://example.com/x", "https://example.com/x"),
        ("https://müller.example/", "https://xn--mller-kva.example/"),
        ("//cdn.example/x", "//cdn.example/x"), ("../up", "../up"), ("/x#part", "/x#part"),
    ])
    func urlsAreWrittenInASCII(_ url: String, _ location: String) async throws {
        #expect(try await response(Redirect(url)).header(.location) == location)
    }

    @Test(arguments: [
        "", "/a\r\nSet-Cookie: x=1", "/a\n", "/a\0b", "/a\u{7F}", "\t/a", "javascript:alert(1)", "JavaScript:alert(1)",
        "data:text/html,x", "ftp://example.com/", "file:///etc/passwd", "mailto:a@example.com",
        "/" + String(repeating: "a", count: 16_384), "/" + String(repeating: "ä", count: 4_000), "http://[bad/",
    ])
    func urlsThatARedirectMustNotNameAreRefused(_ url: String) async throws {
        let response = try await response(Redirect(url))
        #expect(response.status == .badRequest)
        #expect(response.header(.location) == nil)
    }

    @Test func theLongestURLIsTaken() async throws {
        let url = "/" + String(repeating: "a", count: 16_383)
        #expect(try await response(Redirect(url)).header(.location) == url)
    }

    @Test func aTypedRouteIsWritten() async throws {
        let post: Route<String, Int> = "/posts/{slug}/{id}"
        #expect(try await response(Redirect(to: post, "a b", 3)).header(.location) == "/posts/a%20b/3")
        #expect(try await response(Redirect(to: post, "x", 3, status: .found)).status == .found)
        // A value that no path can hold is a mistake of the app.
        #expect(try await response(Redirect(to: post, "..", 3)).status == .internalServerError)
    }

    @Test func aNamedRouteIsWritten() async throws {
        let response = try await response(Redirect(name: "item", ["id": 4, "page": 2], anchor: "top")) { app in
            app.get("/items/{id}", .name("item")) { (id: Int) in "\(id)" }
        }
        #expect(response.header(.location) == "/items/4?page=2#top")
        #expect(try await self.response(Redirect(name: "none")).status == .internalServerError)
    }

    @Test(arguments: [
        ("http://localhost/from?x=1", "http://localhost/from?x=1"),
        ("https://localhost/from", "https://localhost/from"),
        ("http://evil.example/", "/"), ("http://localhost.evil.example/", "/"), ("http://localhost@evil.example/", "/"),
        ("javascript:alert(1)", "/"), ("//evil.example/", "/"), ("", "/"), ("http://localhost:81/", "/"),
    ])
    func theWayBackStaysOnTheHost(_ page: String, _ location: String) async throws {
        let referer = try #require(HTTPField.Name("Referer"))
        let response = try await response(.back(), headers: [referer: page])
        #expect(response.header(.location) == location)
        #expect(try await self.response(.back(else: "/home")).header(.location) == "/home")
    }

    @Test(arguments: [
        ("/next?x=1", "/next?x=1"), ("//evil.example", "/"), ("/\\evil.example", "/"), ("https://evil.example", "/"),
        ("https://good.example/x", "https://good.example/x"), ("\thttps://evil.example", "/"),
        ("http:evil.example", "/"),
        ("///evil.example", "/"), ("javascript:alert(1)", "/"), ("", "/"),
    ])
    func urlsFromOutsideStayAtHome(_ url: String, _ location: String) async throws {
        let redirect = Redirect.safe(url, allowedHosts: ["good.example"])
        #expect(try await response(redirect).header(.location) == location)
    }

    @Test func withoutAURLFromOutsideTheOtherOneIsTaken() async throws {
        #expect(try await response(.safe(nil, else: "/home")).header(.location) == "/home")
    }
}

@Suite(.timeLimit(.minutes(1)))
struct RequestURLTests {
    struct Blog: Blueprint {
        func routes(_ r: inout Routes) {
            r.get("/{id}", .name("show")) { (id: Int, request: Request) in
                try request.url(for: ".show", ["id": id + 1])
            }
            r.get("/who") { (request: Request) in "\(request.blueprint ?? "-") \(request.routeName ?? "-")" }
            r.get("/out/{id}", .name("out")) { (id: Int, request: Request) in
                try request.url(for: ".show", ["id": id], external: true)
            }
            r.get("/up") { (request: Request) in try request.url(for: "about") }
        }
    }

    private var client: TestClient {
        get throws {
            var app = App.unlogged
            app.mount(Blog(), at: "/blog")
            app.get("/about", .name("about")) { (request: Request) in
                try request.url(for: "blog.show", ["id": "3"], anchor: "end")
            }
            app.get("/none") { (request: Request) in try request.url(for: "blog.shwo") }
            app.get("/rooted") { (request: Request) in
                var request = request
                request.origin.rootPath = "/app"
                request.origin.scheme = "https"
                return try request.url(for: "about") + " " + request.url(for: "about", external: true)
            }
            return try TestClient(app)
        }
    }

    @Test(arguments: [
        ("/about", "/blog/3#end"), ("/blog/7", "/blog/8"), ("/blog/who", "blog -"),
        ("/blog/out/5", "http://localhost/blog/5"), ("/blog/up", "/about"),
        ("/rooted", "/app/about https://localhost/app/about"),
    ])
    func urlsAreWritten(_ path: String, _ text: String) async throws {
        #expect(try await client.get(path).text == text)
    }

    @Test func aWrongNameIsAMistakeOfTheApp() async throws {
        let response = try await client.get("/none")
        #expect(response.status == .internalServerError)
        let failure = try #require(response.failure)
        #expect("\(failure)".contains("blog.show"))
    }
}
