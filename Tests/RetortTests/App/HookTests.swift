// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Testing

/// Middlewares and hooks: their order, and what they get to see.
@Suite struct AppHookTests {
    struct Oops: Error {}

    struct Noting: Middleware {
        let name: String
        let journal: Journal

        func handle(_ request: Request, next: Next) async throws -> Response {
            await journal.note("\(name) in")
            let response = try await next(request)
            await journal.note("\(name) out \(response.status.code)")
            return response
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func middlewaresRunFromOutsideToInside(_ transport: TestClient.Transport) async throws {
        let journal = Journal()
        struct Part: Blueprint {
            let journal: Journal
            func routes(_ r: inout Routes) {
                r.use(Noting(name: "part", journal: journal))
                r.group("/in", Noting(name: "group", journal: journal)) { group in
                    group.get("/", .middleware(Noting(name: "route", journal: journal))) { () async -> String in
                        await journal.note("handler")
                        return "x"
                    }
                }
            }
        }
        var app = App.quiet
        app.use(Noting(name: "first", journal: journal), Noting(name: "second", journal: journal))
        app.mount(Part(journal: journal), at: "/part")
        try await TestClient.run(app, over: transport) { client async throws in
            #expect(try await client.get("/part/in/").text == "x")
        }
        #expect(
            await journal.lines == [
                "first in", "second in", "part in", "group in", "route in", "handler", "route out 200", "group out 200",
                "part out 200", "second out 200", "first out 200",
            ])
    }

    @Test(arguments: TestClient.Transport.allCases)
    func hooksRunAroundTheHandler(_ transport: TestClient.Transport) async throws {
        let journal = Journal()
        var app = App.quiet
        app.teardown { _, error in await journal.note("teardown \(error.map { "\($0)" } ?? "-")") }
        app.before { _ in
            await journal.note("before 1")
            return nil
        }
        app.before { _ in
            await journal.note("before 2")
            return nil
        }
        app.after { _, response in await journal.note("after 1 \(response.status.code)") }
        app.after { _, response in await journal.note("after 2 \(response.status.code)") }
        app.get("/") { () async -> String in
            await journal.note("handler")
            return "x"
        }
        app.get("/oops") { () throws -> String in throw Oops() }
        try await TestClient.run(app, over: transport) { client async throws in
            try await client.get("/")
            try await client.get("/oops")
            try await client.get("/none")
        }
        #expect(
            await journal.lines == [
                "before 1", "before 2", "handler", "after 2 200", "after 1 200", "teardown -",
                "before 1", "before 2", "after 2 500", "after 1 500", "teardown Oops()",
                "before 1", "before 2", "after 2 404", "after 1 404", "teardown 404 Not Found",
            ])
    }

    @Test(arguments: TestClient.Transport.allCases)
    func aBeforeHookMayAnswer(_ transport: TestClient.Transport) async throws {
        var app = App.quiet
        app.before { request in
            request.path == "/early" ? Reply("early", status: .accepted) : nil
        }
        app.get("/{name}") { (name: String) in name }
        try await TestClient.run(app, over: transport) { client async throws in
            let early = try await client.get("/early")
            #expect(early.status == .accepted)
            #expect(early.text == "early")
            #expect(try await client.get("/late").text == "late")
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func anErrorOfAMiddlewareIsAResponseToThoseOutside(_ transport: TestClient.Transport) async throws {
        let journal = Journal()
        var app = App.quiet
        app.use(Noting(name: "outer", journal: journal))
        app.after { _, response in response.headers[.server] = "retort" }
        app.teardown { _, error in await journal.note("teardown \(error.map { "\($0)" } ?? "-")") }
        app.before { request in
            if request.path == "/closed" { throw HTTPError(.unauthorized, "Sign in.") }
            if request.path == "/oops" { throw Oops() }
            return nil
        }
        app.onError(Oops.self) { _, _ in Reply("handled", status: .badGateway) }
        app.get("/closed") { "x" }
        app.get("/oops") { "x" }
        try await TestClient.run(app, over: transport) { client async throws in
            let closed = try await client.get("/closed")
            #expect(closed.status == .unauthorized)
            #expect(closed.header(.server) == "retort")
            let oops = try await client.get("/oops")
            #expect(oops.text == "handled")
            #expect(oops.header(.server) == "retort")
        }
        #expect(
            await journal.lines == [
                "outer in", "teardown 401 Sign in.", "outer out 401", "outer in", "teardown Oops()", "outer out 502",
            ])
    }

    @Test(arguments: TestClient.Transport.allCases)
    func aMiddlewareMayChangeTheRequest(_ transport: TestClient.Transport) async throws {
        enum Tenant: RequestKey { static let defaultValue: String? = nil }
        var app = App.quiet
        app.use { request, next in
            var request = request
            request[Tenant.self] = request.header(.from)
            return try await next(request)
        }
        app.get("/") { (request: Request) in request[Tenant.self] }
        try await TestClient.run(app, over: transport) { client async throws in
            #expect(try await client.get("/", headers: [.from: "acme"]).text == "acme")
            #expect(try await client.get("/").status == .notFound)
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func anAfterHookMayChangeTheResponse(_ transport: TestClient.Transport) async throws {
        var app = App.quiet
        app.after { request, response in
            response.status = .accepted
            response.headers[.contentType] = "text/x"
            response.body = .text("\(request.path) changed")
        }
        app.get("/a") { "a" }
        try await TestClient.run(app, over: transport) { client async throws in
            let response = try await client.get("/a")
            #expect(response.status == .accepted)
            #expect(response.header(.contentType) == "text/x")
            #expect(response.text == "/a changed")
        }
    }

    @Test func anAfterHookThatThrowsBecomesTheAnswer() async throws {
        var app = App.quiet
        app.after { _, _ in throw HTTPError(.conflict, "Too late.") }
        app.get("/") { "x" }
        let response = try await TestClient(app).get("/")
        #expect(response.status == .conflict)
        #expect(try response.json(JSONValue.self)["detail"]?.string == "Too late.")
    }

    @Test func middlewaresSeePathsWithoutARoute() async throws {
        let journal = Journal()
        var app = App.quiet
        app.use(Noting(name: "m", journal: journal))
        app.get("/folder/") { "x" }
        let client = try TestClient(app)
        try await client.get("/none")
        try await client.get("/folder")
        try await client.options("/folder/")
        try await client.post("/folder/")
        #expect(
            await journal.lines == [
                "m in", "m out 404", "m in", "m out 308", "m in", "m out 200", "m in", "m out 405",
            ])
    }
}
