// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

@testable import Retort
import Testing

/// Parts of an app: prefixes, names, their own answers, and parts inside of parts.
@Suite struct BlueprintTests {
    struct Blog: Blueprint {
        var title = "Blog"

        func routes(_ r: inout Routes) {
            r.get("/", use: index)
            r.get("/{id}", use: show)
            r.post("/", use: create)
            r.group("/drafts") { $0.get("/") { "drafts" } }
            r.onError(.notFound) { _, _ in Reply("no such post", status: .notFound) }
            r.onError(.methodNotAllowed) { error, _ in
                Reply("not like this", status: .methodNotAllowed, headers: error.headers)
            }
        }

        func index() -> String { title }
        func show(id: Int) async throws -> String? { id < 10 ? "\(title) \(id)" : nil }
        @Sendable func create(request: Request) async throws -> Reply {
            Reply(try await request.text(), status: .created)
        }
    }

    struct Site: Blueprint {
        func routes(_ r: inout Routes) {
            r.get("/about") { "about" }
            r.mount(Blog(title: "Inner"), at: "/blog")
            r.onError(.notFound) { _, _ in Reply("not on this site", status: .notFound) }
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func routesLieBelowTheirPrefix(_ transport: TestClient.Transport) async throws {
        var app = App.quiet
        app.mount(Blog(), at: "/blog")
        app.mount(Blog(title: "News"), at: "/news/", name: "news")
        app.mount(Blog(title: "Deep"), at: "/a/b", name: "deep")
        try await TestClient.run(app, over: transport) { client async throws in
            for (path, text) in [
                ("/blog/", "Blog"), ("/blog/7", "Blog 7"), ("/blog/drafts/", "drafts"), ("/news/", "News"),
                ("/news/7", "News 7"), ("/a/b/7", "Deep 7"),
            ] {
                #expect(try await client.get(path).text == text, "\(path)")
            }
            #expect(try await client.post("/blog/", body: "text").text == "text")
            #expect(try await client.get("/blog").header(.location) == "/blog/")
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func aPartAnswersWhatIsMissingBelowIt(_ transport: TestClient.Transport) async throws {
        var app = App.quiet
        app.get("/") { "home" }
        app.mount(Blog(), at: "/blog")
        app.mount(Site(), at: "/site")
        app.onError(.notFound) { _, _ in Reply("nothing here", status: .notFound) }
        try await TestClient.run(app, over: transport) { client async throws in
            for (path, text) in [
                ("/none", "nothing here"), ("/blog/x", "no such post"), ("/blog/77", "no such post"),
                ("/blog/7/8/9", "no such post"), ("/blogs", "nothing here"), ("/site/none", "not on this site"),
                ("/site/blog/none", "no such post"), ("/site", "not on this site"),
            ] {
                let response = try await client.get(path)
                #expect(response.status == .notFound, "\(path)")
                #expect(response.text == text, "\(path)")
            }
            let response = try await client.delete("/blog/7")
            #expect(response.status == .methodNotAllowed)
            #expect(response.text == "not like this")
            #expect(response.header(.allow) == "GET, HEAD, OPTIONS")
        }
    }

    @Test func aPartAtTheRootOwnsNoOtherPaths() async throws {
        struct Pages: Blueprint {
            func routes(_ r: inout Routes) {
                r.get("/page") { "page" }
                r.onError(.notFound) { _, _ in Reply("no such page", status: .notFound) }
                r.use { _, _ in throw HTTPError(.unauthorized) }
            }
        }
        var app = App.quiet
        app.get("/") { "home" }
        app.mount(Pages())
        app.onError(.notFound) { _, _ in Reply("nothing here", status: .notFound) }
        let client = try TestClient(app)
        #expect(try await client.get("/").text == "home")
        #expect(try await client.get("/page").status == .unauthorized)
        #expect(try await client.get("/none").text == "nothing here")
    }

    @Test func aGroupAtTheSamePathOwnsNoMoreThanItsPart() async throws {
        struct Admin: Blueprint {
            func routes(_ r: inout Routes) {
                r.get("/open") { "open" }
                r.group("/", Refusing()) { $0.get("/closed") { "closed" } }
            }
        }
        struct Refusing: Middleware {
            func handle(_ request: Request, next: Next) async throws -> Response { throw HTTPError(.forbidden) }
        }
        var app = App.quiet
        app.mount(Admin(), at: "/admin")
        let client = try TestClient(app)
        #expect(try await client.get("/admin/open").text == "open")
        #expect(try await client.get("/admin/closed").status == .forbidden)
        #expect(try await client.get("/admin/none").status == .notFound)
    }

    @Test func middlewaresOfAPartSeeItsRequestsOnly() async throws {
        struct Marked: Blueprint {
            func routes(_ r: inout Routes) {
                r.after { _, response in response.headers[.server] = "part" }
                r.get("/in") { "in" }
                r.group("/deep") { $0.get("/in") { "deep" } }
            }
        }
        var app = App.quiet
        app.get("/out") { "out" }
        app.mount(Marked(), at: "/part")
        let client = try TestClient(app)
        for (path, mark) in [
            ("/part/in", "part"), ("/part/deep/in", "part"), ("/part/none", "part"), ("/out", nil), ("/none", nil),
        ] {
            #expect(try await client.get(path).header(.server) == mark, "\(path)")
        }
        #expect(try await client.post("/part/in").header(.server) == "part")
    }

    @Test func aPrefixMayHaveVariables() async throws {
        struct User: Blueprint {
            func routes(_ r: inout Routes) { r.get("/posts/{id}") { (user: String, id: Int) in "\(user) \(id)" } }
        }
        var app = App.quiet
        app.mount(User(), at: "/users/{name}")
        let client = try TestClient(app)
        #expect(try await client.get("/users/ada/posts/7").text == "ada 7")
    }

    @Test func namesFollowThoseOfTheParts() async throws {
        struct Named: Blueprint {
            func routes(_ r: inout Routes) {
                r.get("/one", .name("one")) { (request: Request) in request.route?.name ?? "-" }
            }
        }
        struct Outer: Blueprint {
            func routes(_ r: inout Routes) { r.mount(Named(), at: "/in") }
        }
        var app = App.quiet
        app.mount(Named(), at: "/a")
        app.mount(Named(), at: "/b", name: "other")
        app.mount(Outer(), at: "/c")
        let client = try TestClient(app)
        for (path, name) in [("/a/one", "named.one"), ("/b/one", "other.one"), ("/c/in/one", "outer.named.one")] {
            #expect(try await client.get(path).text == name)
        }
    }
}
