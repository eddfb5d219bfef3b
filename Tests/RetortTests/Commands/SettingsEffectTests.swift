// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import Testing

@testable import Retort

/// Settings from outside have an effect without a line of code.
@Suite struct SettingsEffectTests {
    struct Fields: Decodable {
        var a: String
    }

    private let app: App = {
        var app = App()
        app.log.logLevel = .critical
        app.get("/") { "home" }
        app.get("/origin") { (request: Request) in "\(request.origin.scheme) \(request.origin.address ?? "-")" }
        app.post("/form") { (form: Form<Fields>) in form.value.a }
        return app
    }()

    @Test(
        arguments: [
            ("http://example.com/", 0), ("http://evil.example/", 22), ("http://a.shop.test/", 0),
            ("http://shop.test/", 0),
        ] as [(String, Int32)])
    func hostsThatAreNotTrustedAreRefused(url: String, code: Int32) async {
        let outcome = await Outcome(
            ["request", "GET", url, "--set", "trusted_hosts=example.com, .shop.test"], app)
        #expect(outcome.code == code)
        #expect(outcome.output.contains("home") == (code == 0))
    }

    @Test func everyHostIsTrustedWhereNoneIsListed() async {
        #expect(await Outcome(["request", "GET", "http://evil.example/"], app).output == "home")
    }

    @Test func proxiesAreBelievedWhenTheyAreCounted() async {
        let request = [
            "request", "GET", "/origin", "-H", "X-Forwarded-Proto: https", "-H", "X-Forwarded-For: 192.0.2.1",
        ]
        #expect(await Outcome(request, app).output == "http -")
        let counted = request + ["--set", "proxies.for=1", "--set", "proxies.proto=1"]
        #expect(await Outcome(counted, app).output == "https 192.0.2.1")
    }

    @Test func formsHaveTheirLimits() async {
        let request = ["request", "POST", "/form", "-F", "a=1", "-F", "b=2"]
        #expect(await Outcome(request, app).output == "1")
        let outcome = await Outcome(request + ["-i", "--set", "limits.form_fields=1"], app)
        #expect(outcome.output.hasPrefix("HTTP/1.1 413 "))
    }

    @Test func staticFilesAreKeptForAsLongAsIsSaid() async {
        let folder = ConfigurationFolder()
        folder.write("body", to: "page.txt")
        var app = app
        app.static("/files", from: folder.path)
        app.static("/own", from: folder.path, maxAge: .seconds(5))
        let age = ["-i", "--set", "static.max_age=1h"]
        #expect(!(await Outcome(["request", "GET", "/files/page.txt", "-i"], app).output.contains("max-age")))
        #expect(await Outcome(["request", "GET", "/files/page.txt"] + age, app).output.contains("max-age=3600"))
        #expect(await Outcome(["request", "GET", "/own/page.txt"] + age, app).output.contains("max-age=5"))
    }

    @Test func sessionsTakeTheirSecretAndTheirCookieFromTheSettings() async throws {
        var app = App()
        app.configuration = AppConfiguration(values: [
            "secret_key": "0123456789abcdef0123456789abcdef", "session.cookie_name": "sid",
            "session.cookie_same_site": "strict",
        ])
        app.use(.sessions(try app.readSettings()))
        app.get("/") { (session: Session) in
            session["visits"] = 1
            return "seen"
        }
        let outcome = await Outcome(["request", "GET", "/", "-i"], app)
        #expect(outcome.output.contains("set-cookie: sid="))
        #expect(outcome.output.contains("SameSite=Strict"))
    }

    @Test func sessionsWithoutASecretStopTheApp() async throws {
        var app = App()
        app.use(.sessions(Settings()))
        app.get("/") { "home" }
        let outcome = await Outcome(["request", "GET", "/"], app)
        #expect(outcome.code == 1)
        #expect(
            outcome.errors == "Error: Sessions need a secret key. Set RETORT_SECRET_KEY in the environment or in .env "
                + "to a long random text.\n")
    }
}
