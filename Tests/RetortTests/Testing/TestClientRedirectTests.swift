// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Testing

@Suite struct TestClientRedirectTests {
    private static func app() -> App {
        var app = App.quiet
        app.on(.any, "/to/{code}") { (code: Int, request: Request) throws -> Response in
            let target = try request.query["next"] ?? "/end"
            return Response(status: HTTPResponse.Status(code: code), headers: [.location: target])
        }
        app.on(.any, "/end") { (request: Request) async throws -> String in
            let body = try await request.text()
            return "\(request.method.rawValue) \(request.header(.contentType) ?? "-") \(body) "
                + (request.header(.authorization) ?? "-")
        }
        app.get("/loop") { Response(status: .found, headers: [.location: "/loop"]) }
        app.get("/a/b/relative") { Response(status: .found, headers: [.location: "../../end?x#y"]) }
        app.get("/nowhere") { Response(status: .found) }
        app.get("/login") { Response(status: .seeOther, headers: [.location: "/me", .setCookie: "u=1; Path=/"]) }
        app.get("/me") { (request: Request) in request.header(.cookie) ?? "none" }
        return app
    }

    @Test(arguments: TestClient.Transport.allCases)
    func redirectsAreFollowedWhenAskedFor(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            let plain = try await client.get("/to/302")
            #expect(plain.status == .found)
            #expect(plain.history.isEmpty)
            let followed = try await client.get("/to/302", followRedirects: true)
            #expect(followed.status == .ok)
            #expect(followed.url.path == "/end")
            #expect(followed.history.map(\.status.code) == [302])
            #expect(followed.history.map(\.url.path) == ["/to/302"])
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func theMethodFollowsFromTheStatus(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            for (code, text) in [
                (301, "GET -  -"), (302, "GET -  -"), (303, "GET -  -"),
                (307, "POST text/plain; charset=utf-8 hello -"), (308, "POST text/plain; charset=utf-8 hello -"),
            ] {
                let response = try await client.post("/to/\(code)", body: "hello", followRedirects: true)
                #expect(response.text == text)
            }
            #expect(try await client.head("/to/303", followRedirects: true).header(.contentLength) == "9")
            for code in [300, 304] {
                #expect(try await client.get("/to/\(code)", followRedirects: true).status.code == code)
            }
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func streamedBodiesAreWrittenAgain(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            let body = TestBody.stream { writer in try await writer.write("piece") }
            let response = try await client.put("/to/308", body: body, followRedirects: true)
            #expect(response.text == "PUT - piece -")
        }
    }

    @Test func relativeTargetsAndFragmentsAreResolved() async throws {
        var client = try TestClient(Self.app())
        client.followsRedirects = true
        #expect(try await client.get("/a/b/relative").url.description == "http://localhost/end?x")
        #expect(try await client.get("/a/b/relative", followRedirects: false).status == .found)
        #expect(try await client.get("/nowhere").status == .found)
    }

    @Test func cookiesOfARedirectCountAtItsTarget() async throws {
        let client = try TestClient(Self.app())
        #expect(try await client.get("/login", followRedirects: true).text == "u=1")
    }

    @Test(arguments: TestClient.Transport.allCases)
    func loopsEnd(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            let error = await #expect(throws: TestClientError.self) {
                try await client.get("/loop", followRedirects: true)
            }
            #expect(error?.code == .tooManyRedirects)
            #expect(error?.message == "GET /loop was redirected more than 20 times, at last to http://localhost/loop.")
            #expect(error?.response?.status == .found)
        }
    }

    @Test(arguments: ["http://evil.test/", "//evil.test/", "ftp://localhost/", "http://notexample.com/"])
    func otherHostsAreRefused(_ target: String) async throws {
        let client = try TestClient(Self.app(), baseURL: "http://example.com")
        let error = await #expect(throws: TestClientError.self) {
            try await client.get("/to/302", query: ["next": target], followRedirects: true)
        }
        #expect(error?.code == .externalRedirect)
        #expect(
            error?.message == "GET /to/302 redirects to \(target), which is not this app's. Test the answer itself.")
    }

    @Test(arguments: ["http://example.com/end", "http://api.example.com/end", "https://example.com/end"])
    func theAppsOwnHostsAreFollowed(_ target: String) async throws {
        var app = Self.app()
        app.serverName = "example.com"
        let client = try TestClient(app, baseURL: "http://www.example.com")
        let response = try await client.get(
            "/to/302", query: ["next": target], auth: .bearer("secret"), followRedirects: true)
        #expect(response.url.description == target)
        // The credentials were for www.example.com.
        #expect(response.text == "GET -  -")
    }
}
