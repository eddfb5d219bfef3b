// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing

@testable import Retort
@testable import RetortWire

/// Which requests are let in by what the browser says of their page, in an app at `https://example.test`.
@Suite struct CSRFOriginTests {
    /// What a request needs: nothing, a token, or it is refused whatever it brings.
    enum Need: String, Sendable {
        case nothing
        case token
        case refused
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let headers: [(String, String)]
        let need: Need

        init(_ need: Need, _ headers: [(String, String)]) {
            self.headers = headers
            self.need = need
        }

        var testDescription: String { "\(headers) \(need)" }
    }

    static let cases: [Case] = [
        Case(.token, []),
        Case(.nothing, [("Sec-Fetch-Site", "same-origin")]),
        Case(.token, [("Sec-Fetch-Site", "none")]),
        Case(.refused, [("Sec-Fetch-Site", "same-site")]),
        Case(.refused, [("Sec-Fetch-Site", "cross-site")]),
        Case(.refused, [("Sec-Fetch-Site", "cross-site"), ("Origin", "https://example.test")]),
        Case(.token, [("Sec-Fetch-Site", "cross-site"), ("Origin", "https://friend.test")]),
        Case(.token, [("Sec-Fetch-Site", "same-site"), ("Origin", "https://a.family.test")]),
        Case(.refused, [("Sec-Fetch-Site", "same-site"), ("Origin", "https://family.test")]),
        // The browser knows better than the headers behind a proxy.
        Case(.nothing, [("Sec-Fetch-Site", "same-origin"), ("Origin", "http://inner.test")]),
        // A word that nobody knows is none.
        Case(.token, [("Sec-Fetch-Site", "Same-Origin")]),
        Case(.token, [("Sec-Fetch-Site", "")]),
        Case(.token, [("Origin", "https://example.test")]),
        Case(.token, [("Origin", "https://EXAMPLE.test:443")]),
        Case(.token, [("Origin", "https://friend.test")]),
        Case(.token, [("Origin", "https://friend.test:443")]),
        Case(.refused, [("Origin", "https://friend.test:8443")]),
        Case(.refused, [("Origin", "http://friend.test")]),
        Case(.refused, [("Origin", "http://example.test")]),
        Case(.refused, [("Origin", "https://example.test:8443")]),
        Case(.refused, [("Origin", "https://example.test.evil.test")]),
        Case(.refused, [("Origin", "https://evil.test")]),
        Case(.refused, [("Origin", "https://evil.family.test.evil.test")]),
        Case(.refused, [("Origin", "null")]),
        Case(.refused, [("Origin", "")]),
        Case(.refused, [("Origin", "https://example.test/")]),
        Case(.refused, [("Origin", "https://example.test@evil.test")]),
        Case(.refused, [("Origin", "https://evil.test"), ("Referer", "https://example.test/")]),
        Case(.token, [("Referer", "https://example.test/form?x=1#y")]),
        Case(.token, [("Referer", "https://example.test")]),
        Case(.token, [("Referer", "https://friend.test/x")]),
        Case(.refused, [("Referer", "https://evil.test/https://example.test/")]),
        Case(.refused, [("Referer", "https://example.test.evil.test/")]),
        Case(.refused, [("Referer", "https://example.test\\@evil.test/..")]).asToken,
        Case(.refused, [("Referer", "https://user@example.test/")]),
        Case(.refused, [("Referer", "http://example.test/")]),
        Case(.refused, [("Referer", "about:blank")]),
        Case(.refused, [("Referer", "")]),
    ]

    private static func app() -> App {
        var options = CSRFOptions()
        options.trustedOrigins = ["https://friend.test", "https://*.family.test"]
        var app = App()
        app.use(.sessions(secret: testSecret), .csrf(options: options))
        app.get("/token") { (token: CSRFToken) in token.value }
        for method in ["POST", "PUT", "PATCH", "DELETE"] {
            app.on([RouteMethod(HTTPRequest.Method(method) ?? .post)], "/") { "done" }
        }
        app.get("/") { "seen" }
        return app
    }

    @Test(arguments: cases, ["POST", "PUT", "PATCH", "DELETE"])
    func theOriginDecidesFirst(_ test: Case, _ method: String) async throws {
        var probe = try AppProbe(Self.app()).visitor()
        probe.isSecure = true
        let token = try await probe.get("/token").text
        let without = try await probe.send(method, "/", test.headers)
        #expect(without.status == (test.need == .nothing ? 200 : 403))
        let with = try await probe.send(method, "/", test.headers + [("X-CSRF-Token", token)])
        #expect(with.status == (test.need == .refused ? 403 : 200))
        #expect(without.text.contains("csrf-other-site") == (test.need == .refused))
        #expect(without.text.contains("csrf-token-missing") == (test.need == .token))
    }

    @Test(arguments: cases, ["GET", "HEAD", "OPTIONS"])
    func methodsThatChangeNothingPass(_ test: Case, _ method: String) async throws {
        #expect(try await AppProbe(Self.app()).send(method, "/", test.headers).status == 200)
    }

    @Test func aStrictAppWantsATokenFromItsOwnPagesToo() async throws {
        var options = CSRFOptions()
        options.alwaysRequiresToken = true
        var app = App()
        app.use(.sessions(secret: testSecret), .csrf(options: options))
        app.get("/token") { (token: CSRFToken) in token.value }
        app.post("/") { "done" }
        let probe = try AppProbe(app).visitor()
        let token = try await probe.get("/token").text
        let own = [("Sec-Fetch-Site", "same-origin")]
        #expect(try await probe.send("POST", "/", own).status == 403)
        #expect(try await probe.send("POST", "/", own + [("X-CSRF-Token", token)]).status == 200)
    }

    @Test func theRefusedPageIsLoggedWithoutLinesOfItsOwn() async throws {
        let log = LogRecorder()
        var app = Self.app()
        app.log = log.logger
        let answer = try await AppProbe(app).send(
            "POST", "/",
            [("Origin", "https://evil.test/\u{1b}[31m\u{2028}x")].map {
                ($0.0, $0.1.replacingControls)
            })
        #expect(answer.status == 403)
        let line = try #require(log.lines(containing: "refused a request").first)
        #expect(line.metadata["page"] == "https://evil.test/[31m\\u{2028}x")
        #expect(line.metadata["code"] == "csrf-other-site")
    }

    @Test(arguments: [
        "example.com", "https://", "https://a/b", "ftp://a.test", "https://*", "*", "null", "https://a@b",
    ])
    func aTrustedOriginThatIsNoneStopsTheApp(_ text: String) throws {
        var options = CSRFOptions()
        options.trustedOrigins = [text]
        var app = App()
        app.use(.csrf(secret: testSecret, options: options))
        let error = #expect(throws: SetupError.self) { try app.freeze() }
        #expect(error?.message.hasPrefix("\"\(text)\" in CSRFOptions.trustedOrigins is no origin.") == true)
    }
}

extension CSRFOriginTests.Case {
    /// A backslash ends the authority for browsers, so what stands before it is the origin.
    fileprivate var asToken: Self { Self(.token, headers) }
}

extension String {
    /// Without the control characters that no header can carry.
    fileprivate var replacingControls: String {
        String(String.UnicodeScalarView(unicodeScalars.filter { $0.value >= 0x20 }))
    }
}
