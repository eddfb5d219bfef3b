// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Retort
import RetortTemplates
import Testing

/// Headers whose names are written as text.
private func fields(_ pairs: KeyValuePairs<String, String>) -> HTTPFields {
    var result = HTTPFields()
    for (name, value) in pairs {
        if let name = HTTPField.Name(name) { result[name] = value }
    }
    return result
}

/// The samples of the documents do what the documents say.
@Suite struct SampleTests {
    private let secret = String(repeating: "k", count: 32)

    @Test(arguments: [
        ("/users/ada/posts/3", "post 3 of ada"), ("/v1.20", "version 1, 20"), ("/files/a/b%2Fc/d", "a > b/c > d"),
        ("/paint/green", "painted green"), ("/me", "/people/7?tab=posts"), ("/books/Momo/3", "Momo, page 3"),
        ("/typed", "/books/Momo/3"), ("/search", "found by GET"),
    ])
    func routesAnswer(path: String, text: String) async throws {
        let client = try TestClient(routingSamples())
        let response = try await client.get(path)
        #expect(response.status == .ok)
        #expect(response.text == text)
    }

    @Test func pathsThatDoNotFitAreNotFound() async throws {
        let client = try TestClient(routingSamples())
        #expect(try await client.get("/paint/pink").status == .notFound)
        let refused = try await client.delete("/posts")
        #expect(refused.status == .methodNotAllowed)
        #expect(refused.header(.allow) == "GET, HEAD, POST, OPTIONS")
    }

    @Test func templatesMakePages() async throws {
        #expect(try librarySample() == "Hello Ada Lovelace 1 2")
        let client = try TestClient(templateSamples())
        #expect(try await client.get("/posts/3").text == "<h1>Post 3</h1><p>FIRST!!</p>")
        #expect(try await client.get("/comments").text == "<p>NEW.!</p>")
        let today = try await client.get("/today", headers: fields(["User-Agent": "me"]))
        #expect(today.text == "sunny 4 The Retort Times me")
    }

    @Test func consolesAreWhereTheGuideSays() async throws {
        #expect(try await TestClient(consoleSamples()).get("/console/").status == .ok)
        let harbour = EmbeddedFile("harbour.jpg", bytes: [0xFF, 0xD8, 0xFF], digest: "1")
        let notes = try TestClient(consoleSettingsSample(harbour: harbour, chart: [0x47, 0x49, 0x46, 0x38]))
        #expect(try await notes.get("/console/examples/2/harbour.jpg").header(.contentType) == "image/jpeg")
        #expect(try await notes.get("/console/examples/3/Chart.gif").header(.contentType) == "image/gif")
        let guarded = try TestClient(guardedConsoleSample(staff: Staff()))
        #expect(try await guarded.get("/staff/console/").status == .unauthorized)
        let ada = Authorization.basic(username: "ada", password: "secret")
        #expect(try await guarded.get("/staff/console/", auth: ada).status == .ok)
    }

    @Test func filesInTheProgramAreServedAndRendered() async throws {
        let client = try TestClient(embeddedSamples())
        #expect(try await client.get("/assets/site.css").text == "p {}")
        #expect(try await client.get("/").text == "Hello, Ada!")
    }

    @Test func pagesAreTranslated() async throws {
        let client = try TestClient(translationSamples())
        let german = fields(["Accept-Language": "de-AT, en;q=0.5"])
        #expect(try await client.get("/basket/3", headers: german).text == "3 Äpfel, de")
        #expect(try await client.get("/basket/3").text == "3 apples, en")
        #expect(try await client.get("/saved", headers: german).text == "Gespeichert.")
        // There is no folder here, which the app says when it starts.
        #expect(throws: CatalogError.self) { try TestClient(languageSamples()) }
    }

    @Test func hostsChooseTheRoute() async throws {
        let client = try TestClient(hostSamples())
        #expect(try await client.get("/").text == "the front page")
        #expect(try await client.at(subdomain: "ada").get("/").text == "the page of ada")
        #expect(try await client.at(host: "status.example.net").get("/").text == "all is well")
    }

    @Test func traitsHold() async throws {
        let client = try TestClient(traitSamples())
        #expect(try await client.post("/import", body: "12345").text == "5 bytes")
        #expect(try await client.get("/admin/users").status == .unauthorized)
        let admin = Authorization.basic(username: "root", password: "secret")
        #expect(try await client.get("/admin/users", auth: admin).text == "all users")
    }

    @Test func inputsAreReadAsTheGuideSays() async throws {
        let client = try TestClient(openAPISamples())
        #expect(try await client.get("/faces?name=Ada").text == "at most 20 faces of Ada")
        let response = try await client.get("/faces?limit=101")
        #expect(response.status == .unprocessableContent)
        let sentence = "`limit` must be from 1 to 100, not `101`. `name` is missing."
        #expect(response.text.contains(sentence))
        let guide = try SampleCollection.text("Sources/RetortOpenAPI/Documentation.docc/Guides/OpenAPIGuide.md")
        #expect(guide.contains("    \(sentence)\n"))
        let money = try JSONCoding.decode([Money].self, from: #"["12.50"]"#)
        #expect(try String(decoding: JSONCoding.encode(money), as: UTF8.self) == #"["12.50"]"#)
    }

    @Test func documentsAreServedAsTheGuideSays() async throws {
        let document = try JSONValue(parsing: try await TestClient(openAPISamples()).get("/openapi.json").text)
        #expect(document["info"]?["title"] == "Notes")
        let paths = document["paths"]
        #expect(paths?["/notes"]?["post"]?["responses"]?["201"]?["description"] == "The new note")
        #expect(paths?["/inside"] == nil)
        #expect(paths?["/old"]?["get"]?["deprecated"] == true)
        #expect(paths?["/logo"]?["get"]?["responses"]?["200"]?["content"]?.object?.keys == ["image/png"])
        #expect(paths?["/now"]?["get"]?["x-cost"] == 1)
        var table = SchemaTable()
        #expect(table.schema(of: Money.self) == .string(format: "decimal"))
    }

    @Test func argumentsAreMade() async throws {
        let client = try TestClient(argumentSamples())
        #expect(try await client.get("/search?q=x&page=2&tags=a&tags=b").text == "x, page 2, 2 tags")
        #expect(try await client.get("/search").status == .unprocessableContent)
        #expect(try await client.post("/articles", json: ["title": "T"]).status == .created)
        #expect(try await client.post("/articles", body: "{}").status == .unsupportedMediaType)
        #expect(try await client.post("/sign-up", form: ["name": "Ada", "age": "36"]).text == "Welcome, Ada.")
        #expect(try await client.post("/sign-up", form: ["name": "Ada", "age": "x"]).status == .unprocessableContent)
        #expect(
            try await client.get("/settings", headers: fields(["X-API-Version": "3", "Cookie": "theme=dark"])).text
                == "version 3, dark")
        #expect(try await client.get("/whoami").text.hasPrefix("GET /whoami from "))
        #expect(try await client.get("/list?page=4").text == "page 4")
        #expect(try await client.get("/list?page=0").status == .unprocessableContent)
    }

    @Test func uploadsAreRead() async throws {
        let client = try TestClient(argumentSamples())
        let png = UploadedFile(filename: "a.png", contentType: "image/png", bytes: [1, 2, 3])
        #expect(try await client.post("/avatar", files: ["file": png]).text == "3 bytes")
        let text = UploadedFile(filename: "a.txt", contentType: "text/plain", bytes: [1])
        #expect(try await client.post("/avatar", files: ["file": text]).status == .unsupportedMediaType)
        #expect(try await client.post("/import", files: ["a": png, "b": text]).text.hasPrefix("4 bytes"))
    }

    @Test(arguments: [
        ("/text", 200, "text/plain; charset=utf-8"), ("/page", 200, "text/html; charset=utf-8"),
        ("/articles/1", 200, "application/json"), ("/articles/2", 404, "application/problem+json"),
        ("/old", 303, nil), ("/moved", 308, nil), ("/picture", 200, "image/png"), ("/nothing", 204, nil),
        ("/tea", 418, "text/plain; charset=utf-8"), ("/raw", 202, "text/plain"),
        ("/numbers", 200, "text/plain; charset=utf-8"), ("/export", 200, "text/csv; charset=utf-8"),
    ])
    func resultsBecomeResponses(path: String, status: Int, type: String?) async throws {
        let response = try await TestClient(resultSamples()).get(path)
        #expect(response.status.code == status)
        if let type { #expect(response.header(.contentType) == type) }
    }

    @Test func errorsBecomeResponses() async throws {
        let client = try TestClient(errorSamples())
        let gone = try await client.get("/posts/100")
        #expect(gone.status == .gone)
        #expect(gone.text.contains("\"code\":\"deleted\""))
        #expect(try await client.get("/elsewhere").text == "There is nothing at /elsewhere.")
        #expect(try await client.get("/buy/tea").text == "No tea left.")
        #expect(try await client.get("/quota").header(.retryAfter) == "60")
        let booking = try await client.post("/bookings", json: ["seats": 9])
        #expect(booking.status == .unprocessableContent)
        #expect(booking.text.contains("\"field\":\"seats\""))
    }

    @Test func middlewaresStandInTheWay() async throws {
        let client = try TestClient(middlewareSamples())
        let response = try await client.get("/tenant")
        #expect(response.text == "localhost")
        #expect(response.header(.contentLanguage) == "en")
        #expect(response.header(.vary) == "Accept-Language")
        #expect(try await client.get("/closed").status == .serviceUnavailable)
    }

    @Test func blueprintsOwnTheirPaths() async throws {
        var app = blueprintSamples()
        app.mount(Site(), at: "/site")
        let client = try TestClient(app)
        #expect(try await client.get("/links").text == "/cooking/3")
        #expect(try await client.get("/travel/latest").header(.location) == "/travel/99")
        let missing = try await client.get("/travel/nowhere")
        #expect(missing.status == .notFound)
        #expect(missing.text == "Travel has no such post.")
        #expect(try await client.get("/site/news/1").text == "News, post 1")
        #expect(try await client.get("/nowhere").text != missing.text)
    }

    @Test func sessionsRemember() async throws {
        let client = try TestClient(sessionSamples(secret: secret))
        #expect(try await client.get("/visits").text == "visit 1")
        #expect(try await client.get("/visits").text == "visit 2")
        #expect(try await client.newVisitor().get("/visits").text == "visit 1")
        #expect(try await client.post("/save", headers: fields(["Sec-Fetch-Site": "cross-site"])).status == .forbidden)
        _ = try await client.post("/save", headers: fields(["Sec-Fetch-Site": "same-origin"]))
        #expect(try await client.get("/messages").json([String].self) == ["Saved."])
        #expect(try await client.get("/form").text.contains("csrf_token"))
        #expect(try await client.post("/hook", headers: fields(["Sec-Fetch-Site": "cross-site"])).status == .ok)
        let login = try await client.post(
            "/login", headers: fields(["Sec-Fetch-Site": "same-origin"]), form: ["name": "eve", "password": "x"])
        #expect(login.status == .unauthorized)
    }

    @Test func sessionsCanBeKeptElsewhere() async throws {
        let client = try TestClient(storeSamples())
        _ = try await client.get("/")
        #expect(client.cookie("shop") != nil)
        #expect(try await TestClient(flaskSamples(secret: secret)).get("/").text == "nobody")
    }

    @Test func securityIsInForce() async throws {
        let client = try TestClient(securitySamples { $0 == "good" }, baseURL: "http://example.com")
        let page = try await client.get("/page")
        let policy = try #require(page.headers[values: HTTPField.Name("Content-Security-Policy") ?? .age].first)
        let nonce = try #require(page.text.split(separator: "\"").dropFirst().first)
        #expect(policy.contains("'nonce-\(nonce)'"))
        #expect(try await client.get("/api/me").status == .unauthorized)
        #expect(try await client.get("/api/me", auth: .bearer("good")).status == .ok)
        #expect(try await client.at(host: "evil.test").get("/page").status == .badRequest)
    }

    @Test func cookiesAreSetAndDeleted() async throws {
        let client = try TestClient(cookieSamples())
        _ = try await client.get("/theme/dark")
        #expect(client.cookie("theme") == "dark")
        _ = try await client.get("/forget")
        #expect(client.cookie("theme") == nil)
    }

    @Test func signedLinksAreBelieved() throws {
        let link = try link(to: "ada@example.com", secret: secret)
        let token = String(link.dropFirst("/join?token=".count))
        #expect(try invitation(in: token, secret: secret) == Invitation(email: "ada@example.com"))
        #expect(throws: (any Error).self) { try invitation(in: token + "x", secret: secret) }
    }

    @Test func filesAreServed() async throws {
        let client = try TestClient(fileSamples(folder: SampleCollection.root.path + "/Examples/Hello"))
        let program = try await client.get("/assets/main.swift")
        #expect(program.status == .ok)
        #expect(program.header(.cacheControl) == "public, max-age=3600")
        #expect(try await client.get("/assets/../Package.swift").status != .ok)
        #expect(
            try await client.get("/reports/main.swift").header(.contentDisposition)?.hasPrefix("attachment") == true)
        #expect(try await client.get("/invoice.csv", headers: fields(["Range": "bytes=0-1"])).status == .partialContent)
    }

    @Test func configuredSessionsWork() async throws {
        var app = App()
        app.configuration = AppConfiguration(values: ["secret_key": secret, "trusted_hosts": "localhost,.example.com"])
        try useSessions(in: &app)
        app.get("/") { (session: Session) in "\(session.isEmpty)" }
        let client = try TestClient(app)
        #expect(try await client.get("/").text == "true")
        #expect(try await client.at(host: "evil.test").get("/").status == .badRequest)
        #expect(settingSamples().server.addresses.count == 2)
    }

    @Test func completionScriptsArePrinted() async {
        let record = Terminal.Record()
        let words = ["--generate-completion-script", "bash"]
        let code = await commandSamples().run(words, terminal: .recording(to: record))
        #expect(code == 0)
        #expect(record.output.contains("complete"))
    }

    @Test func structsAreReadFromTheConfiguration() throws {
        var app = App()
        app.configuration = AppConfiguration(values: ["weather.api_key": "k", "weather.cities": "Oslo,Rome"])
        let weather = try weather(of: app)
        #expect(weather.apiKey.text == "k")
        #expect(weather.cities == ["Oslo", "Rome"])
        #expect(weather.days == nil)
    }

    @Test func handshakesAgree() async throws {
        let client = try TestClient(handshakeSamples())
        try await client.webSocket(
            "/chat", headers: fields(["Origin": "https://example.com"]), subprotocols: ["chat.v2"]
        ) { socket in
            let text = try await socket.receiveText()
            #expect(text == "you speak chat.v2")
            let end = try await socket.receive()
            #expect(end == nil)
            #expect(socket.closeCode == .normal)
        }
        await client.stop()
    }
}
