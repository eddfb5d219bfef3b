// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Testing

@Suite(.timeLimit(.minutes(1)))
struct SimpleArgumentTests {
    enum Version: HeaderKey {
        static let name = HTTPField.Name("X-Version") ?? .via
        static func value(from text: String) -> Int? { Int(text) }
    }
    enum Language: HeaderKey {
        typealias Value = String
        static let name = HTTPField.Name.acceptLanguage
    }
    enum Match: HeaderKey {
        typealias Value = ETag
        static let name = HTTPField.Name.ifNoneMatch
    }
    enum Theme: CookieKey {
        typealias Value = String
        static let name = "theme"
    }
    enum Visits: CookieKey {
        static let name = "visits"
        static func value(from text: String) -> Int? { Int(text) }
    }
    struct Search: Decodable, Sendable { var q: String }
    struct Draft: Codable, Sendable { var title: String }

    private var app: App {
        var app = App.unlogged
        app.get("/version") { (version: Header<Version>) in "\(version.value)" }
        app.get("/version/maybe") { (version: Header<Version>?) in version.map { "\($0.value)" } ?? "none" }
        app.get("/language") { (language: Header<Language>) in language.value }
        app.get("/match") { (match: Header<Match>) in match.value.tag }
        app.get("/theme") { (theme: Cookie<Theme>) in theme.value }
        app.get("/theme/maybe") { (theme: Cookie<Theme>?) in theme?.value ?? "none" }
        app.get("/visits") { (visits: Cookie<Visits>) in "\(visits.value + 1)" }
        app.get("/headers") { (headers: HTTPFields) in headers[.userAgent] ?? "-" }
        app.get("/search") { (search: Query<Search>?) in search?.q ?? "none" }
        app.get("/posts/{id}") { (id: Int?, search: Query<Search>?) in "\(id ?? -1) \(search?.q ?? "none")" }
        app.post("/json") { (draft: JSON<Draft>?) in draft?.title ?? "none" }
        app.post("/body") { (body: Body) in "\(body.count) \(body.text)" }
        app.post("/body/maybe") { (body: Body?) in body?.text ?? "none" }
        app.post("/pieces") { (body: RequestBody) async throws in
            var count = 0
            for try await piece in body { count += piece.readableBytes }
            return "\(count)"
        }
        app.get("/client") { (address: ClientAddress) in address.description }
        app.get("/client/maybe") { (address: ClientAddress?) in address?.description ?? "none" }
        app.get("/async") { (theme: Cookie<Theme>?, version: Header<Version>?) async in
            "\(theme?.value ?? "none") \(version?.value ?? 0)"
        }
        return app
    }

    @Test func headersAreRead() async throws {
        let client = try TestClient(app)
        #expect(try await client.get("/version", headers: [Version.name: "3"]).text == "3")
        #expect(try await client.get("/language", headers: [.acceptLanguage: "de, en"]).text == "de, en")
        #expect(try await client.get("/match", headers: [.ifNoneMatch: "\"abc\""]).text == "abc")
        #expect(try await client.get("/headers", headers: [.userAgent: "test"]).text == "test")
    }

    @Test func aHeaderThatIsMissingOrWrongIsNamed() async throws {
        let client = try TestClient(app)
        for headers in [[:], [Version.name: "three"]] as [HTTPFields] {
            let response = try await client.get("/version", headers: headers)
            #expect(response.status == .unprocessableContent)
            #expect(response.text.contains("X-Version"))
        }
        #expect(try await client.get("/version/maybe").text == "none")
        #expect(try await client.get("/version/maybe", headers: [Version.name: "x"]).status == .unprocessableContent)
    }

    @Test func cookiesAreRead() async throws {
        let client = try TestClient(app)
        #expect(try await client.get("/theme").status == .unprocessableContent)
        #expect(try await client.get("/theme/maybe").text == "none")
        let headers: HTTPFields = [.cookie: "a=b; theme=dark; visits=4"]
        #expect(try await client.get("/theme", headers: headers).text == "dark")
        #expect(try await client.get("/visits", headers: headers).text == "5")
        #expect(try await client.get("/visits", headers: [.cookie: "visits=many"]).status == .unprocessableContent)
        #expect(try await client.get("/async", headers: headers).text == "dark 0")
    }

    @Test func optionalQueriesAndJSONAreNilWhenAbsent() async throws {
        let client = try TestClient(app)
        #expect(try await client.get("/search").text == "none")
        #expect(try await client.get("/search?").text == "none")
        #expect(try await client.get("/search?q=x").text == "x")
        #expect(try await client.get("/search?p=x").status == .unprocessableContent)
        #expect(try await client.get("/posts/4").text == "4 none")
        #expect(try await client.get("/posts/four").status == .notFound)
        #expect(try await client.post("/json").text == "none")
        #expect(try await client.post("/json", json: Draft(title: "t")).text == "t")
        #expect(try await client.post("/json", json: ["x": 1]).status == .unprocessableContent)
        #expect(try await client.post("/json", body: "text").status == .unsupportedMediaType)
    }

    @Test(arguments: TestClient.Transport.allCases)
    func bodiesAreGivenAsTheyCame(over transport: TestClient.Transport) async throws {
        try await TestClient.run(app, over: transport) { client in
            let text = try await client.post("/body", body: "hellö").text
            #expect(text == "6 hellö")
            #expect(try await client.post("/body").text == "0 ")
            #expect(try await client.post("/body/maybe").text == "none")
            #expect(try await client.post("/body/maybe", body: "x").text == "x")
            #expect(try await client.post("/body", body: .bytes([0xFF])).text == "1 \u{FFFD}")
            let large = TestBody.bytes([UInt8](repeating: 1, count: 1_000_000))
            #expect(try await client.post("/pieces", body: large).text == "1000000")
            #expect(try await client.post("/pieces", body: "abc").text == "3")
            let tooLarge = TestBody.bytes([UInt8](repeating: 1, count: 3_000_000))
            #expect(try await client.post("/body", body: tooLarge).status == .contentTooLarge)
        }
    }

    @Test func theAddressOfTheClientIsThatOfTheSocket() async throws {
        try await TestClient.run(app, over: .socket) { client in
            let text = try await client.get("/client").text
            #expect(text == "127.0.0.1")
            #expect(try await client.get("/client/maybe").text == "127.0.0.1")
        }
    }

    @Test func optionalCredentialsAreNilWhenAbsent() async throws {
        var app = App.unlogged
        app.get("/") { (token: BearerToken?) in token?.value ?? "none" }
        app.get("/basic") { (credentials: BasicCredentials?) in credentials?.username ?? "none" }
        let client = try TestClient(app)
        #expect(try await client.get("/").text == "none")
        #expect(try await client.get("/basic").text == "none")
        #expect(try await client.get("/", headers: [.authorization: "Bearer abc"]).text == "abc")
        #expect(try await client.get("/", headers: [.authorization: "Basic !"]).status == .unauthorized)
        #expect(try await client.get("/basic", headers: [.authorization: "Basic !"]).status == .unauthorized)
    }

    @Test func handlersOfErrorsSeeTheErrorInside() async throws {
        var app = App.unlogged
        app.get("/") { (token: BearerToken) in token.value }
        app.onError(HTTPError.self) { error, _ in "own \(error.status.code)" }
        #expect(try await TestClient(app).get("/").text == "own 401")
    }

    @Test func aMissingValueSaysWhatItsAnswerIs() {
        let error = MissingValue(HTTPError(.unauthorized, "Sign in."))
        #expect(HTTPError(error).status == .unauthorized)
        #expect(error.description == "401 Sign in.")
    }
}
