// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Testing

/// Paths and methods through a whole app.
@Suite struct AppRoutingTests {
    private static func app() -> App {
        var app = App.quiet
        app.get("/") { "home" }
        app.get("/posts") { "list" }
        app.post("/posts") { "add" }
        app.get("/posts/{id}") { (id: Int) in "post \(id)" }
        app.get("/posts/latest") { "latest" }
        app.get("/posts/{id}/tags/{tag}") { (id: Int, tag: String) in "\(id) \(tag)" }
        app.get("/files/{path...}") { (path: RestOfPath) in path.segments.joined(separator: "|") }
        app.get("/folder/") { "folder" }
        app.get("/scale/{factor}") { (factor: Double) in "\(factor)" }
        app.get("/is/{flag}") { (flag: Bool) in "\(flag)" }
        app.get("/request/{id}") { (request: Request, id: Int) in "\(request.pattern ?? "") \(id)" }
        app.put("/both") { "put" }
        app.delete("/both") { "delete" }
        app.patch("/both") { "patch" }
        app.on([.get, "PURGE"], "/odd") { (request: Request) in request.method.rawValue }
        app.on(.any, "/any") { (request: Request) in request.method.rawValue }
        app.on([.head], "/own-head") { Response(status: .accepted) }
        app.get("/own-head") { "get" }
        app.on([.options], "/own-options") { "mine" }
        app.get("/own-options") { "get" }
        app.webSocket("/socket") { _ in }
        return app
    }

    @Test(arguments: TestClient.Transport.allCases)
    func pathsFindTheirHandlers(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            for (path, text) in [
                ("/", "home"), ("/posts", "list"), ("/posts/7", "post 7"), ("/posts/-7", "post -7"),
                ("/posts/latest", "latest"), ("/posts/7/tags/a%2Fb", "7 a/b"), ("/posts/7/tags/ü", "7 ü"),
                ("/posts/7/tags/a+b", "7 a+b"), ("/files/a/b%20c/d", "a|b c|d"), ("/files/a%2Fb/c", "a/b|c"),
                ("/folder/", "folder"), ("/scale/0.5", "0.5"), ("/is/true", "true"),
                ("/request/3", "/request/{id} 3"), ("/posts?x=1", "list"), ("/%70osts", "list"),
            ] {
                let response = try await client.get(path)
                #expect(response.status == .ok, "\(path)")
                #expect(response.text == text, "\(path)")
            }
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func pathsWithoutARouteAreNotFound(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            for path in [
                "/none", "/posts/x", "/posts/1.5", "/posts/99999999999999999999", "/posts/7/", "/posts/7/tags/",
                "/posts/7/tags", "/posts/", "/Posts", "/is/maybe", "/files/", "/files", "/posts/%D9%A3",
            ] {
                #expect(try await client.get(path).status == .notFound, "\(path)")
            }
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func pathsThatCannotBeReadAreBadRequests(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            for path in ["/posts/%", "/posts/%zz", "/posts/%00", "/posts/%FF"] {
                #expect(try await client.get(path).status == .badRequest, "\(path)")
            }
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func aMissingSlashIsRedirectedWithTheQuery(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            for (path, location) in [
                ("/folder", "/folder/"), ("/folder?a=1&b=%20", "/folder/?a=1&b=%20"), ("//folder/", "/folder/"),
                ("//posts", "/posts"), ("/posts//7", "/posts/7"), ("/folder?", "/folder/?"),
            ] {
                let response = try await client.get(path)
                #expect(response.status == .permanentRedirect, "\(path)")
                #expect(response.header(.location) == location)
            }
            #expect(try await client.get("/folder", followRedirects: true).text == "folder")
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func aRedirectNeverLeavesTheHost(_ transport: TestClient.Transport) async throws {
        var app = Self.app()
        app.get("/{name}/") { (name: String) in name }
        try await TestClient.run(app, over: transport) { client async throws in
            for path in ["//evil.test", "//evil.test/", "///evil.test", "/\\evil.test", "/%2Fevil.test"] {
                guard let location = try await client.get(path).header(.location) else { continue }
                #expect(
                    location.hasPrefix("/") && !location.hasPrefix("//") && !location.hasPrefix("/\\"), "\(location)")
            }
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func methodsFindTheirHandlers(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            let purge = try #require(HTTPRequest.Method("PURGE"))
            for (response, text) in [
                (try await client.post("/posts"), "add"), (try await client.put("/both"), "put"),
                (try await client.patch("/both"), "patch"), (try await client.delete("/both"), "delete"),
                (try await client.request(purge, "/odd"), "PURGE"), (try await client.get("/odd"), "GET"),
                (try await client.request(purge, "/any"), "PURGE"), (try await client.options("/any"), "OPTIONS"),
                (try await client.options("/own-options"), "mine"),
            ] {
                #expect(response.text == text)
            }
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func headHasTheHeadersOfGetAndNoBody(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            let (get, head) = (try await client.get("/posts/7"), try await client.head("/posts/7"))
            #expect(head.status == .ok)
            #expect(head.bytes.isEmpty)
            for name in [HTTPField.Name.contentType, .contentLength] { #expect(head.header(name) == get.header(name)) }
            #expect(head.header(.contentLength) == "6")
            #expect(try await client.head("/own-head").status == .accepted)
            #expect(try await client.head("/none").status == .notFound)
            let missing = try await client.head("/none")
            #expect(missing.bytes.isEmpty)
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func otherMethodsAreToldWhatIsAllowed(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            for (response, allow) in [
                (try await client.post("/"), "GET, HEAD, OPTIONS"),
                (try await client.delete("/posts"), "GET, HEAD, POST, OPTIONS"),
                (try await client.get("/both"), "PUT, DELETE, PATCH, OPTIONS"),
                (try await client.head("/both"), "PUT, DELETE, PATCH, OPTIONS"),
                (try await client.post("/posts/7"), "GET, HEAD, OPTIONS"),
                (try await client.post("/odd"), "GET, HEAD, OPTIONS, PURGE"),
            ] {
                #expect(response.status == .methodNotAllowed)
                #expect(response.header(.allow) == allow)
            }
            let problem = try await client.post("/").json(JSONValue.self)
            #expect(problem["detail"]?.string == "This address answers GET, HEAD, OPTIONS.")
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func optionsListsTheMethods(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            let response = try await client.options("/posts")
            #expect(response.status == .ok)
            #expect(response.header(.allow) == "GET, HEAD, POST, OPTIONS")
            #expect(response.header(.contentLength) == "0")
            #expect(try await client.options("/none").status == .notFound)
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func webSocketAddressesAnswerHandshakesOnly(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            let response = try await client.get("/socket")
            #expect(response.status == .badRequest)
            #expect(
                try await client.get("/", headers: [.upgrade: "websocket", .connection: "Upgrade"]).status.code == 400)
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func anUpgradeToAnotherProtocolIsPassedOver(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            let headers: HTTPFields = [.upgrade: "h2c", .connection: "Upgrade, HTTP2-Settings"]
            #expect(try await client.get("/", headers: headers).text == "home")
        }
    }

    @Test func theOrderOfRoutesMeansNothing() async throws {
        var app = App.quiet
        app.get("/{name}") { (name: String) in "text \(name)" }
        app.get("/{id}") { (id: Int) in "number \(id)" }
        app.get("/me") { "me" }
        let client = try TestClient(app)
        #expect(try await client.get("/7").text == "number 7")
        #expect(try await client.get("/seven").text == "text seven")
        #expect(try await client.get("/me").text == "me")
    }

    @Test func typedRoutesNeedNoTypesInTheHandler() async throws {
        let post: Route<String, Int> = "/posts/{slug}/{id}"
        var app = App.quiet
        app.get(post) { slug, id in "\(slug) \(id)" }
        let client = try TestClient(app)
        #expect(try await client.get(post.url("a b", 7)).text == "a b 7")
        #expect(try await client.get("/posts/a/x").status == .notFound)
    }

    @Test func slashesCanBeLax() async throws {
        var app = App.quiet
        app.get("/lax", .strictSlashes(false)) { "lax" }
        let client = try TestClient(app)
        #expect(try await client.get("/lax").text == "lax")
        #expect(try await client.get("/lax/").text == "lax")
    }
}
