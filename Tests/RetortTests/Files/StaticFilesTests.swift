// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Testing

@Suite(.timeLimit(.minutes(1)))
struct StaticFilesTests {
    let folder = TemporaryFolder()

    private func app(_ set: (inout App) -> Void = { _ in }) -> App {
        folder.write("site.css", "body {}")
        folder.write("index.html", "<p>home</p>")
        folder.write("docs/index.html", "<p>docs</p>")
        folder.write("docs/a b.txt", "a b")
        folder.write("bare/x.txt", "x")
        folder.write("noextension", "data")
        folder.write("empty.txt", "")
        folder.write(".hidden", "secret")
        folder.write(".git/config", "secret")
        folder.write(".well-known/security.txt", "Contact: us")
        var app = App.unlogged
        set(&app)
        app.static("/assets", from: folder.path, .name("static"))
        return app
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var path: String
        var status: Int
        var text: String?
        var type: String?
        var testDescription: String { path }
        init(_ path: String, _ status: Int, _ text: String? = nil, _ type: String? = nil) {
            self.path = path
            self.status = status
            self.text = text
            self.type = type
        }
    }

    @Test(
        arguments: [
            Case("/assets/site.css", 200, "body {}", "text/css; charset=utf-8"),
            Case("/assets/", 200, "<p>home</p>", "text/html; charset=utf-8"),
            Case("/assets", 308),
            Case("/assets/docs", 308),
            Case("/assets/docs/", 200, "<p>docs</p>", "text/html; charset=utf-8"),
            Case("/assets/docs/a%20b.txt", 200, "a b", "text/plain; charset=utf-8"),
            Case("/assets/bare", 404), Case("/assets/bare/", 404),
            Case("/assets/noextension", 200, "data", "application/octet-stream"),
            Case("/assets/empty.txt", 200, "", "text/plain; charset=utf-8"),
            Case("/assets/missing.txt", 404), Case("/assets/site.css/", 404), Case("/assets/site.css/x", 404),
            Case("/assets/.hidden", 404), Case("/assets/.git/config", 404),
            Case("/assets/.well-known/security.txt", 200, "Contact: us", "text/plain; charset=utf-8"),
            Case("/assets/SITE.CSS", 404),
        ], TestClient.Transport.allCases)
    func answersWithFiles(_ one: Case, over transport: TestClient.Transport) async throws {
        try await TestClient.run(app(), over: transport) { client in
            // The second answer comes from memory, where there is one.
            for _ in 1...2 {
                let response = try await client.get(one.path)
                #expect(response.status.code == one.status)
                if let text = one.text { #expect(response.text == text) }
                if let type = one.type {
                    #expect(response.header(.contentType) == type)
                    #expect(response.header(.xContentTypeOptions) == "nosniff")
                    #expect(response.header(.acceptRanges) == "bytes")
                    #expect(response.header(.cacheControl) == "no-cache")
                    #expect(response.header(.contentLength) == "\(one.text?.utf8.count ?? -1)")
                }
            }
        }
    }

    @Test func aFolderIsRedirectedToItsSlashWithTheQuery() async throws {
        let client = try TestClient(app())
        let response = try await client.get("/assets/docs?v=1")
        #expect(response.status.code == 308)
        #expect(response.header(.location) == "/assets/docs/?v=1")
    }

    @Test func aRedirectOfAFolderNamesNoHost() async throws {
        folder.write("evil.example/index.html", "x")
        var app = App.unlogged
        app.static("/", from: folder.path)
        let client = try TestClient(app)
        for path in ["//evil.example", "///evil.example", "/evil.example"] {
            let response = try await client.get(path)
            let location = try #require(response.header(.location))
            #expect(!location.hasPrefix("//"), "\(path) leads to \(location)")
        }
    }

    @Test func headHasTheHeadersOfGetAndNoBody() async throws {
        let client = try TestClient(app())
        let get = try await client.get("/assets/site.css")
        for _ in 1...2 {
            let head = try await client.head("/assets/site.css")
            #expect(head.status == .ok)
            #expect(head.bytes.isEmpty)
            #expect(head.header(.contentLength) == "7")
            #expect(head.header(.eTag) == get.header(.eTag))
        }
    }

    @Test(arguments: [HTTPRequest.Method.post, .put, .delete, .patch])
    func otherMethodsAreNotAllowed(_ method: HTTPRequest.Method) async throws {
        let client = try TestClient(app())
        let response = try await client.request(method, "/assets/site.css")
        #expect(response.status == .methodNotAllowed)
        #expect(response.header(.allow)?.contains("GET") == true)
    }

    @Test func theNameOfTheRouteWritesURLs() async throws {
        let client = try TestClient(
            app { app in
                app.get("/link") { (request: Request) in try request.url(for: "static", ["path": "docs/a b.txt"]) }
            })
        #expect(try await client.get("/link").text == "/assets/docs/a%20b.txt")
    }

    @Test func worksInABlueprintWithVariablesInItsPrefix() async throws {
        struct Site: Blueprint {
            let folder: String
            func routes(_ r: inout Routes) { r.static("/files", from: folder) }
        }
        folder.write("docs/x.txt", "x")
        folder.write("index.html", "home")
        var app = App.unlogged
        app.mount(Site(folder: folder.path), at: "/t/{tenant}")
        let client = try TestClient(app)
        for _ in 1...2 {
            #expect(try await client.get("/t/acme/files/docs/x.txt").text == "x")
            #expect(try await client.get("/t/acme/files/").text == "home")
            #expect(try await client.get("/t/other/files/docs/x.txt").text == "x")
            #expect(try await client.get("/t/acme/files/docs/").status == .notFound)
        }
    }

    @Test func worksBehindMiddlewares() async throws {
        let client = try TestClient(
            app { app in
                app.after { _, response in response.headers[.server] = "test" }
            })
        for _ in 1...2 {
            let response = try await client.get("/assets/site.css")
            #expect(response.text == "body {}")
            #expect(response.header(.server) == "test")
            #expect(response.header(.contentType) == "text/css; charset=utf-8")
        }
    }

    @Test func filesCanBeKeptByCaches() async throws {
        folder.write("app.3f2a.js", "1")
        var app = App.unlogged
        app.static("/a", from: folder.path, maxAge: .seconds(31_536_000), immutable: true)
        app.static("/b", from: folder.path, maxAge: .seconds(60), showsHidden: true)
        folder.write(".env", "x")
        let client = try TestClient(app)
        #expect(
            try await client.get("/a/app.3f2a.js").header(.cacheControl) == "public, max-age=31536000, immutable")
        #expect(try await client.get("/b/app.3f2a.js").header(.cacheControl) == "public, max-age=60")
        #expect(try await client.get("/b/.env").text == "x")
        #expect(try await client.get("/a/.env").status == .notFound)
    }

    @Test func aSiteAtTheRootAnswersItsIndex() async throws {
        folder.write("index.html", "home")
        folder.write("about.html", "about")
        var app = App.unlogged
        app.static("/", from: folder.path)
        app.get("/api") { "api" }
        let client = try TestClient(app)
        #expect(try await client.get("/").text == "home")
        #expect(try await client.get("/about.html").text == "about")
        #expect(try await client.get("/api").text == "api")
        #expect(try await client.get("/none").status == .notFound)
    }

    @Test func withoutAnIndexTheRootStaysFree() async throws {
        folder.write("index.html", "home")
        var app = App.unlogged
        app.static("/", from: folder.path, index: nil)
        app.get("/") { "own" }
        let client = try TestClient(app)
        #expect(try await client.get("/").text == "own")
        #expect(try await client.get("/index.html").text == "home")
    }

    @Test(arguments: TestClient.Transport.allCases)
    func largeFilesAndThoseAtTheLimitsComeWhole(over transport: TestClient.Transport) async throws {
        for size in [262_143, 262_144, 262_145, 3_000_000] {
            folder.write("\(size).bin", SampleBytes.make(size))
        }
        var app = App.unlogged
        app.static("/f", from: folder.path)
        try await TestClient.run(app, over: transport) { client in
            for size in [262_143, 262_144, 262_145, 3_000_000] {
                let response = try await client.get("/f/\(size).bin")
                #expect(SampleBytes.areSame(response.bytes, SampleBytes.make(size)))
            }
        }
    }

    @Test func aMissingFolderIsNotFound() async throws {
        var app = App.unlogged
        app.static("/f", from: folder("none"))
        let client = try TestClient(app)
        #expect(try await client.get("/f/x").status == .notFound)
        // A folder that appears later is served.
        folder.write("none/x", "late")
        #expect(try await client.get("/f/x").text == "late")
    }
}
