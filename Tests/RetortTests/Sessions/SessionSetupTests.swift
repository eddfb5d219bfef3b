// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing

@testable import Retort
@testable import RetortWire

@Suite struct SessionSetupTests {
    private static func mistake(_ middleware: any Middleware) -> String? {
        var app = App()
        app.use(middleware)
        do {
            _ = try app.freeze()
            return nil
        } catch {
            return (error as? SetupError)?.message
        }
    }

    @Test(arguments: ["", "secret", "fifteen bytes.."])
    func aShortSecretStopsTheApp(_ secret: String) throws {
        let message = try #require(Self.mistake(.sessions(secret: secret)))
        #expect(
            message == "A secret of .sessions(secret:) has \(secret.utf8.count) bytes, and 16 are the fewest. "
                + "Make one with SecretKeys.makeSecret() and keep it out of the source code.")
        #expect(Self.mistake(.sessions(secret: testSecret, fallbacks: [secret])) == message)
        #expect(Self.mistake(.csrf(secret: secret))?.hasPrefix("A secret of .csrf(secret:)") == true)
    }

    @Test func aMadeSecretIsLongEnoughAndNew() throws {
        let secret = try SecretKeys.makeSecret()
        #expect(secret.utf8.count == 43)
        #expect(try SecretKeys.makeSecret() != secret)
        #expect(Self.mistake(.sessions(secret: secret)) == nil)
        // Sixteen bytes are enough, whatever they are.
        #expect(Self.mistake(.sessions(secret: "ääääöööö")) == nil)
    }

    @Test func optionsThatBrowsersPunishStopTheApp() throws {
        var options = SessionOptions()
        options.sameSite = SetCookie.SameSite.none
        options.security = .never
        #expect(
            Self.mistake(.sessions(secret: testSecret, options: options))?
                .hasPrefix("The options of .sessions() cannot work. The cookie 'session' has SameSite=None") == true)
        options = SessionOptions()
        options.cookieName = "a b"
        #expect(Self.mistake(.sessions(secret: testSecret, options: options)) != nil)
        options = SessionOptions()
        options.cookieName = "__Host-session"
        #expect(Self.mistake(.sessions(secret: testSecret, options: options)) == nil)
        options.domain = "example.test"
        #expect(Self.mistake(.sessions(secret: testSecret, options: options)) != nil)
        options = SessionOptions()
        options.lifetime = .zero
        #expect(Self.mistake(.sessions(store: InMemorySessionStore(), options: options)) != nil)
    }

    @Test func mistakesAreFoundInPartsAndRoutesToo() {
        var part = App()
        part.group("/a", .sessions(secret: "short")) { $0.get("/") { "x" } }
        #expect(throws: SetupError.self) { try part.freeze() }
        var route = App()
        route.get("/", .middleware(.sessions(secret: "short"))) { "x" }
        #expect(throws: SetupError.self) { try route.freeze() }
    }

    @Test(arguments: [
        ("/session", "a Session", "app.use(.sessions(secret: …))"),
        ("/flash", "a Session", "app.use(.sessions(secret: …))"),
        ("/token", "a CSRFToken", "app.use(.csrf())"), ("/nonce", "a CSPNonce", "app.use(.securityHeaders())"),
    ])
    func whoAsksWithoutTheMiddlewareIsToldTheLine(_ path: String, _ what: String, _ line: String) async throws {
        for isDebug in [true, false] {
            let log = LogRecorder()
            var app = App()
            app.log = log.logger
            app.isDebug = isDebug
            app.get("/session") { (_: Session) in "x" }
            app.get("/flash") { (_: Flash) in "x" }
            app.get("/token") { (_: CSRFToken) in "x" }
            app.get("/nonce") { (_: CSPNonce) in "x" }
            let answer = try await AppProbe(app).get(path)
            #expect(answer.status == 500)
            let sentence =
                "A handler of \(path) asks for \(what), and no middleware brings it. Add the line \(line) before the routes."
            #expect(log.lines.first?.metadata["error"] == sentence)
            #expect(answer.text.contains("no middleware brings it") == isDebug)
        }
    }

    @Test func csrfProtectionNeedsSessionsOrASecret() throws {
        let sentence =
            ".csrf() keeps its secret in the session, and there is none. Add app.use(.sessions(secret: …)) before it, "
            + "or write .csrf(secret: …) to keep it in a cookie of its own."
        #expect(Self.mistake(.csrf()) == sentence)
        #expect(Self.mistake(.csrf(secret: testSecret)) == nil)
        var app = App()
        app.use(.csrf(), .sessions(secret: testSecret))
        #expect(throws: SetupError(sentence)) { try app.freeze() }
        var right = App()
        right.use(.sessions(secret: testSecret), .csrf())
        #expect(throws: Never.self) { try right.freeze() }
        var outer = App()
        outer.use(.sessions(secret: testSecret))
        outer.group("/forms", .csrf()) { $0.post("/") { "x" } }
        #expect(throws: Never.self) { try outer.freeze() }
    }
}
