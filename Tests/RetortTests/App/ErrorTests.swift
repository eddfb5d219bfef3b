// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import Retort
import Synchronization
import Testing

/// What becomes of errors.
@Suite struct AppErrorTests {
    struct Oops: Error {}

    struct Teapot: HTTPErrorConvertible {
        var httpError: HTTPError { HTTPError(HTTPResponse.Status(code: 418), "Short and stout.", code: "teapot") }
    }

    private static func app() -> App {
        var app = App.quiet
        app.get("/oops") { () throws -> String in throw Oops() }
        app.get("/oops-later") { () async throws -> String in throw Oops() }
        app.get("/missing") { () throws -> String in throw HTTPError(.notFound, "There is no <post> 7.") }
        app.get("/plain") { () throws -> String in throw HTTPError(.forbidden) }
        app.get("/limited") { () throws -> String in
            throw HTTPError(.tooManyRequests, "Wait.", code: "quota", headers: [.retryAfter: "7"])
        }
        app.get("/signed") { () throws -> String in
            throw HTTPError(.unauthorized, headers: [.wwwAuthenticate: "Basic realm=\"x\""])
        }
        app.get("/teapot") { () throws -> String in throw Teapot() }
        app.get("/wire") { () throws -> String in
            _ = try MultiDict(urlEncoded: "a&b&c", limits: QueryLimits(maximumPairs: 1))
            return ""
        }
        return app
    }

    @Test(arguments: TestClient.Transport.allCases)
    func errorsAreProblemDetails(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            for (path, status, text) in [
                (
                    "/missing", 404,
                    #"{"type":"about:blank","title":"Not Found","status":404,"detail":"There is no <post> 7."}"#
                ),
                ("/plain", 403, #"{"type":"about:blank","title":"Forbidden","status":403}"#),
                ("/none", 404, #"{"type":"about:blank","title":"Not Found","status":404}"#),
                (
                    "/limited", 429,
                    #"{"type":"about:blank","title":"Too Many Requests","status":429,"detail":"Wait.","code":"quota"}"#
                ),
                ("/oops", 500, #"{"type":"about:blank","title":"Internal Server Error","status":500}"#),
                ("/oops-later", 500, #"{"type":"about:blank","title":"Internal Server Error","status":500}"#),
                (
                    "/teapot", 418,
                    #"{"type":"about:blank","title":"","status":418,"detail":"Short and stout.","code":"teapot"}"#
                ),
            ] {
                for headers: HTTPFields in [[:], [.accept: "*/*"], [.accept: "application/json"]] {
                    let response = try await client.get(path, headers: headers)
                    #expect(response.status.code == status, "\(path)")
                    #expect(response.header(.contentType) == "application/problem+json", "\(path)")
                    #expect(response.text == text, "\(path)")
                }
            }
            #expect(try await client.get("/wire").status == .badRequest)
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func headersOfAnErrorAreSent(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            #expect(try await client.get("/limited").header(.retryAfter) == "7")
            let signed = try await client.get("/signed", headers: [.accept: "text/html"])
            #expect(signed.header(.wwwAuthenticate) == "Basic realm=\"x\"")
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func browsersGetPages(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
            for accept in [browser, "text/html", "text/html;q=0.9, application/json;q=0.1"] {
                let response = try await client.get("/missing", headers: [.accept: accept])
                #expect(response.status == .notFound)
                #expect(response.header(.contentType) == "text/html; charset=utf-8")
                #expect(response.text.contains("<h1>Not Found</h1>"))
                #expect(response.text.contains("There is no &lt;post&gt; 7."))
                #expect(!response.text.contains("<post>"))
            }
            let page = try await client.get("/oops", headers: [.accept: browser])
            #expect(page.text.contains("Something went wrong on the server. It has been noted."))
            #expect(!page.text.contains("Oops"))
            for accept in ["application/json, text/html;q=0.5", "text/plain", "", "text/html;q=0"] {
                let response = try await client.get("/missing", headers: [.accept: accept])
                #expect(response.header(.contentType) == "application/problem+json", "\(accept)")
            }
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func handlersByStatusAndType(_ transport: TestClient.Transport) async throws {
        struct Quota: Error { var left: Int }
        var app = Self.app()
        app.get("/quota") { () throws -> String in throw Quota(left: 3) }
        app.onError(.notFound) { error, request in Reply("\(request.path): \(error.message ?? "-")", status: .notFound)
        }
        app.onError(Quota.self) { error, _ in Reply("left \(error.left)", status: .tooManyRequests) }
        app.onError(.internalServerError) { _, _ in Reply("sorry", status: .internalServerError) }
        app.onError(.forbidden) { _, _ in "ok" }
        try await TestClient.run(app, over: transport) { client async throws in
            for (path, status, text) in [
                ("/none", 404, "/none: -"), ("/missing", 404, "/missing: There is no <post> 7."),
                ("/quota", 429, "left 3"), ("/oops", 500, "sorry"), ("/oops-later", 500, "sorry"),
                ("/plain", 200, "ok"),
            ] {
                let response = try await client.get(path)
                #expect(response.status.code == status, "\(path)")
                #expect(response.text == text, "\(path)")
            }
        }
    }

    @Test func innerHandlersComeFirst() async throws {
        struct Part: Blueprint {
            func routes(_ r: inout Routes) {
                r.get("/oops") { () throws -> String in throw Oops() }
                r.get("/missing") { nil as String? }
                r.onError(Oops.self) { _, _ in Reply("inner", status: .badGateway) }
            }
        }
        var app = Self.app()
        app.mount(Part(), at: "/part")
        app.onError(Oops.self) { _, _ in Reply("outer", status: .badGateway) }
        app.onError(.notFound) { _, _ in Reply("outer missing", status: .notFound) }
        let client = try TestClient(app)
        #expect(try await client.get("/part/oops").text == "inner")
        #expect(try await client.get("/oops").text == "outer")
        #expect(try await client.get("/part/missing").text == "outer missing")
    }

    @Test func aHandlerThatFailsIsAnsweredPlainly() async throws {
        var app = Self.app()
        app.onError(.notFound) { (_, _) async throws -> String in throw Oops() }
        app.onError(Oops.self) { (_, _) async throws -> String in throw HTTPError(.conflict) }
        let client = try TestClient(app)
        #expect(try await client.get("/none").status == .internalServerError)
        #expect(try await client.get("/oops").status == .conflict)
    }

    @Test func errorsAreKnownToTheTest() async throws {
        let client = try TestClient(Self.app())
        #expect(try await client.get("/oops").failure is Oops)
        #expect(try await client.get("/teapot").failure is Teapot)
        #expect((try await client.get("/none").failure as? HTTPError)?.status == .notFound)
    }

    @Test(arguments: [false, true])
    func unforeseenErrorsAreLoggedAndTold(_ hasHandler: Bool) async throws {
        let lines = ErrorLogLines()
        let journal = Journal()
        var app = Self.app()
        app.log = Logger(label: "test") { _ in lines }
        app.events.on(RequestFailed.self) { await journal.note("\(type(of: $0.error)) \($0.request.path)") }
        if hasHandler { app.onError(.internalServerError) { _, _ in Reply("sorry", status: .internalServerError) } }
        let client = try TestClient(app)
        try await client.get("/oops")
        try await client.get("/missing")
        #expect(await journal.lines == ["Oops /oops"])
        #expect(lines.all == ["request failed error=Oops() method=GET path=/oops"])
    }
}

/// Keeps the lines of a log.
private final class ErrorLogLines: LogHandler, Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }
    var logLevel: Logger.Level {
        get { .error }
        set {}
    }
    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }

    subscript(metadataKey _: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }

    func log(event: LogEvent) {
        let fields = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }
        lines.withLock { $0.append(event.message.description + fields.joined()) }
    }
}
