// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore
import Testing

@testable import Retort
@testable import RetortServer
@testable import RetortWire

/// Where tokens come from, where they are looked for, and that the body stays the handler's.
@Suite struct CSRFTokenTests {
    private static let form = ("Content-Type", "application/x-www-form-urlencoded")
    private static let multipart = ("Content-Type", "multipart/form-data; boundary=XX")

    private static func app(_ csrf: CSRFMiddleware = .csrf(), sessions: Bool = true) -> App {
        var app = App()
        if sessions { app.use(.sessions(secret: testSecret)) }
        app.use(csrf)
        app.get("/token") { (token: CSRFToken) in token.value }
        app.get("/plain") { "plain" }
        app.post("/") { (request: Request) async throws in
            String(buffer: try await request.body.collect())
        }
        app.post("/hook", .csrfExempt) { "hooked" }
        app.get("/login") { (session: Session) in
            session.regenerate()
            session["user"] = 1
            return "in"
        }
        return app
    }

    private static func parts(_ fields: [(String, String)], file: String? = nil, fileFirst: Bool = false) -> String {
        var parts = fields.map { "--XX\r\nContent-Disposition: form-data; name=\"\($0.0)\"\r\n\r\n\($0.1)\r\n" }
        if let file {
            let part =
                "--XX\r\nContent-Disposition: form-data; name=\"csrf_token\"; filename=\"f\"\r\n\r\n\(file)\r\n"
            parts.insert(part, at: fileFirst ? 0 : parts.count)
        }
        return parts.joined() + "--XX--\r\n"
    }

    @Test(arguments: [true, false])
    func aTokenIsFoundInHeaderAndForms(_ hasSessions: Bool) async throws {
        let csrf: CSRFMiddleware = hasSessions ? .csrf() : .csrf(secret: testSecret)
        let probe = try AppProbe(Self.app(csrf, sessions: hasSessions)).visitor()
        let token = try await probe.get("/token").text
        let other = try await AppProbe(Self.app(csrf, sessions: hasSessions)).visitor().get("/token").text
        func status(_ headers: [(String, String)], _ body: String) async throws -> Int {
            let answer = try await probe.send("POST", "/", headers, body: body)
            if answer.status == 200 { #expect(answer.text == body) }
            return answer.status
        }
        #expect(try await status([], "x") == 403)
        #expect(try await status([("X-CSRF-Token", token)], "x") == 200)
        #expect(try await status([("X-CSRF-Token", other)], "x") == 403)
        #expect(try await status([("X-CSRF-Token", "")], "x") == 403)
        #expect(try await status([Self.form], "a=b&csrf_token=\(token)") == 200)
        #expect(try await status([Self.form], "a=b&csrf_token=\(other)") == 403)
        #expect(try await status([Self.form], "a=b") == 403)
        #expect(try await status([Self.form], "csrf_token=x&csrf_token=\(token)") == 403)
        #expect(
            try await status([("content-type", "Application/X-WWW-Form-URLencoded; x=y")], "csrf_token=\(token)") == 200
        )
        // A header that is wrong is not mended by a field that is right.
        #expect(try await status([Self.form, ("X-CSRF-Token", other)], "csrf_token=\(token)") == 403)
        #expect(try await status([Self.multipart], Self.parts([("csrf_token", token), ("a", "b")], file: "F")) == 200)
        #expect(try await status([Self.multipart], Self.parts([("csrf_token", other)], file: token)) == 403)
        // A file of that name is no token.
        #expect(try await status([Self.multipart], Self.parts([("a", "b")], file: token)) == 403)
        #expect(try await status([("Content-Type", "text/plain")], "csrf_token=\(token)") == 403)
    }

    @Test func aBodyInPiecesReachesTheHandlerWhole() async throws {
        let probe = try AppProbe(Self.app()).visitor()
        let token = try await probe.get("/token").text
        let urlencoded = "a=1&csrf_token=\(token)&b=2"
        let whole = Self.parts([("a", "b"), ("csrf_token", token)], file: String(repeating: "F", count: 4_000))
        for size in [1, 7, 64, 1_000] {
            for (type, body) in [(Self.form, urlencoded), (Self.multipart, whole)] {
                let bytes = Array(body.utf8)
                let pieces = stride(from: 0, to: bytes.count, by: size).map {
                    String(decoding: bytes[$0..<min($0 + size, bytes.count)], as: UTF8.self)
                }
                let answer = try await probe.send("POST", "/", [type], pieces: pieces)
                #expect(answer.status == 200)
                #expect(answer.text == body, "pieces of \(size)")
            }
        }
    }

    @Test func aTokenBehindALargeFileIsNotLookedFor() async throws {
        var options = CSRFOptions()
        options.searchedBytes = 1_000
        let probe = try AppProbe(Self.app(.csrf(options: options))).visitor()
        let token = try await probe.get("/token").text
        let file = String(repeating: "F", count: 5_000)
        let late = Self.parts([("csrf_token", token)], file: file, fileFirst: true)
        let early = Self.parts([("csrf_token", token)], file: file)
        for (body, status) in [(late, 403), (early, 200)] {
            let bytes = Array(body.utf8)
            let pieces = stride(from: 0, to: bytes.count, by: 500).map {
                String(decoding: bytes[$0..<min($0 + 500, bytes.count)], as: UTF8.self)
            }
            #expect(try await probe.send("POST", "/", [Self.multipart], pieces: pieces).status == status)
        }
    }

    @Test func aMalformedFormIsStatus400() async throws {
        let probe = try AppProbe(Self.app())
        #expect(try await probe.send("POST", "/", [("Content-Type", "multipart/form-data")], body: "x").status == 400)
        let many = String(repeating: "a=b&", count: 1_001)
        #expect(try await probe.send("POST", "/", [Self.form], body: many).status == 400)
        let large = String(repeating: "x", count: 3 << 20)
        #expect(try await probe.send("POST", "/", [Self.form], pieces: [large]).status == 413)
    }

    @Test(
        arguments: [
            ([("Content-Type", "application/json")], 200),
            ([("Content-Type", "application/merge-patch+json")], 200),
            ([("Content-Type", "application/json"), ("Cookie", "a=b")], 403),
            ([("Content-Type", "application/json"), ("Origin", "http://evil.test")], 403),
            ([("Content-Type", "application/json"), ("Sec-Fetch-Site", "cross-site")], 403),
            ([("Authorization", "Bearer abc")], 200),
            ([("Authorization", "Bearer abc"), ("Cookie", "a=b")], 403),
            ([("Authorization", "Basic YTpi")], 403),
            ([("Content-Type", "text/plain; application/json")], 403),
            ([], 403),
        ] as [([(String, String)], Int)])
    func programsWithoutCookiesNeedNoToken(_ headers: [(String, String)], _ status: Int) async throws {
        #expect(try await AppProbe(Self.app()).send("POST", "/", headers, body: "{}").status == status)
    }

    @Test func markedRoutesAndPartsAreLeftAlone() async throws {
        struct Hooks: Blueprint {
            func routes(_ r: inout Routes) { r.post("/in") { "in" } }
        }
        var app = Self.app()
        app.mount(Hooks(), at: "/hooks", .csrfExempt)
        app.mount(Hooks(), at: "/forms", name: "forms")
        let probe = try AppProbe(app)
        let evil = [("Origin", "http://evil.test")]
        #expect(try await probe.send("POST", "/hook", evil).status == 200)
        #expect(try await probe.send("POST", "/hooks/in", evil).status == 200)
        #expect(try await probe.send("POST", "/forms/in", evil).status == 403)
        // Where there is nothing to protect the usual answer is given.
        #expect(try await probe.send("POST", "/nothing", evil).status == 404)
        #expect(try await probe.send("DELETE", "/plain", evil).status == 405)
    }

    @Test func tokensDifferAndAllAreGood() async throws {
        let probe = try AppProbe(Self.app()).visitor()
        let tokens = [try await probe.get("/token").text, try await probe.get("/token").text]
        #expect(tokens[0] != tokens[1])
        for token in tokens {
            #expect(token.utf8.count == 86)
            #expect(try await probe.send("POST", "/", [("X-CSRF-Token", token)]).status == 200)
        }
    }

    @Test func signingInMakesOldTokensWorthless() async throws {
        let probe = try AppProbe(Self.app()).visitor()
        let old = try await probe.get("/token").text
        _ = try await probe.get("/login")
        #expect(try await probe.send("POST", "/", [("X-CSRF-Token", old)]).text.contains("csrf-token-invalid"))
        let new = try await probe.get("/token").text
        #expect(try await probe.send("POST", "/", [("X-CSRF-Token", new)]).status == 200)
    }

    @Test func aPageWithoutATokenSetsNoCookie() async throws {
        for (csrf, sessions) in [(CSRFMiddleware.csrf(), true), (.csrf(secret: testSecret), false)] {
            let probe = try AppProbe(Self.app(csrf, sessions: sessions)).visitor()
            let plain = try await probe.get("/plain")
            #expect(plain[.setCookie] == nil && plain[.vary] == nil)
            let page = try await probe.get("/token")
            #expect(page.cookies.count == 1)
            #expect(page[.vary] == "Cookie" && page[.cacheControl] == "private")
            let again = try await probe.get("/token")
            #expect(again.cookies.isEmpty && again[.vary] == "Cookie")
        }
    }

    @Test func withoutSessionsTheSecretIsInASignedCookie() async throws {
        var probe = try AppProbe(Self.app(.csrf(secret: testSecret), sessions: false)).visitor()
        let cookie = try #require(try await probe.get("/token").cookie("csrf"))
        #expect(cookie.isHTTPOnly && !cookie.isSecure && cookie.sameSite == .lax && cookie.path == "/")
        // A secret that an attacker has made up is not signed.
        let secret = try CSRFSecret.random()
        probe.jar?["csrf"] = secret.text
        #expect(try await probe.send("POST", "/", [("X-CSRF-Token", try secret.token())]).status == 403)
        probe.jar?["csrf"] = secret.text + "." + String(cookie.value.split(separator: ".").last ?? "")
        #expect(try await probe.send("POST", "/", [("X-CSRF-Token", try secret.token())]).status == 403)
        probe = probe.visitor()
        probe.isSecure = true
        let secure = try #require(try await probe.get("/token").cookies.first)
        #expect(secure.name == "__Host-csrf" && secure.isSecure && secure.domain == nil)
        try secure.validate()
    }

    @Test func anOldSecretStillVerifies() async throws {
        let old = "another secret of long ago"
        let before = try AppProbe(Self.app(.csrf(secret: old), sessions: false)).visitor()
        let token = try await before.get("/token").text
        var after = try AppProbe(Self.app(.csrf(secret: testSecret, fallbacks: [old]), sessions: false))
        after.jar = before.jar
        #expect(try await after.send("POST", "/", [("X-CSRF-Token", token)]).status == 200)
        var without = try AppProbe(Self.app(.csrf(secret: testSecret), sessions: false))
        without.jar = before.jar
        #expect(try await without.send("POST", "/", [("X-CSRF-Token", token)]).status == 403)
    }

    @Test func theTokenWritesItsOwnMarkup() async throws {
        var options = CSRFOptions()
        options.fieldName = "a\"b"
        options.headerName = HTTPField.Name("X-My-Token") ?? .date
        var app = App()
        app.use(.csrf(secret: testSecret, options: options))
        app.get("/") { (token: CSRFToken) in
            "\(token.input.text == "<input type=\"hidden\" name=\"a&#34;b\" value=\"\(token.value)\">") "
                + "\(token.meta.text == "<meta name=\"csrf-token\" content=\"\(token.value)\">") \(token.headerName)"
        }
        #expect(try await AppProbe(app).get().text == "true true X-My-Token")
    }
}
