// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing

@testable import Retort
@testable import RetortWire

@Suite struct SessionCookieTests {
    /// What a handler does with its session, and what the answer then says about cookies.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let act: @Sendable (Session) -> Void
        var before: [String: SessionValue]?
        var setsCookie = false
        var deletesCookie = false
        var varies = true
    }

    static let cases: [Case] = [
        Case(testDescription: "nothing", act: { _ in }, varies: false),
        Case(testDescription: "nothing, with a cookie", act: { _ in }, before: ["a": 1], varies: false),
        Case(testDescription: "a look at a missing name", act: { _ = $0["a"] }),
        Case(testDescription: "a look at a value", act: { _ = $0["a"] }, before: ["a": 1]),
        Case(testDescription: "a look at the names", act: { _ = $0.names }, before: ["a": 1]),
        Case(testDescription: "a look whether it is empty", act: { _ = $0.isEmpty }),
        Case(testDescription: "a look whether it is new", act: { _ = $0.isNew }),
        Case(testDescription: "a look whether it is permanent", act: { _ = $0.isPermanent }),
        Case(testDescription: "a look whether a name is there", act: { _ = $0.contains("a") }),
        Case(testDescription: "a typed look", act: { _ = $0["a", as: Int.self] }, before: ["a": 1]),
        Case(testDescription: "a value", act: { $0["a"] = 42 }, setsCookie: true),
        Case(testDescription: "a typed value", act: { $0["a", as: [String].self] = ["x"] }, setsCookie: true),
        Case(testDescription: "a value over another", act: { $0["a"] = 2 }, before: ["a": 1], setsCookie: true),
        Case(testDescription: "a missing value taken out", act: { $0.pop("b") }, before: ["a": 1]),
        Case(
            testDescription: "one of two taken out", act: { $0.pop("b") }, before: ["a": 1, "b": 2], setsCookie: true),
        Case(testDescription: "the last value taken out", act: { $0.pop("a") }, before: ["a": 1], deletesCookie: true),
        Case(testDescription: "emptied", act: { $0.clear() }, before: ["a": 1], deletesCookie: true),
        Case(testDescription: "emptied without a cookie", act: { $0.clear() }),
        Case(
            testDescription: "set and taken out without a cookie",
            act: {
                $0["a"] = 1
                $0["a"] = nil
            }),
        Case(testDescription: "regenerated", act: { $0.regenerate() }, before: ["a": 1], setsCookie: true),
        Case(testDescription: "permanent", act: { $0.isPermanent = true }, before: ["a": 1], setsCookie: true),
        Case(
            testDescription: "a look at a permanent session", act: { _ = $0["a"] },
            before: ["a": 1, "_permanent": true], setsCookie: true),
        Case(
            testDescription: "nothing with a permanent session", act: { _ in },
            before: ["a": 1, "_permanent": true], varies: false),
    ]

    enum Kind: CaseIterable {
        case encrypted
        case flask
        case store

        var middleware: SessionMiddleware {
            switch self {
            case .encrypted: .sessions(secret: testSecret)
            case .flask: .sessions(secret: testSecret, format: .flaskCompatible)
            case .store: .sessions(store: InMemorySessionStore())
            }
        }
    }

    @Test(arguments: cases, Kind.allCases)
    func aCookieIsSetOnlyWhenItHasTo(_ test: Case, _ kind: Kind) async throws {
        var app = App()
        app.use(kind.middleware)
        app.get("/before") { (session: Session) in
            for (name, value) in test.before ?? [:] { session[name] = value }
            return "ok"
        }
        app.get("/") { (session: Session) in
            test.act(session)
            return "ok"
        }
        let visitor = try AppProbe(app).visitor()
        _ = try await visitor.get("/before")
        let answer = try await visitor.get("/")
        #expect(answer.status == 200)
        let cookie = answer.cookie("session")
        #expect((cookie != nil) == (test.setsCookie || test.deletesCookie))
        #expect((cookie?.value.isEmpty ?? false) == test.deletesCookie)
        #expect((cookie?.maxAge == .zero) == test.deletesCookie)
        #expect(answer[.vary] == (test.varies ? "Cookie" : nil))
        #expect(answer[.cacheControl] == (test.varies ? "private" : nil))
    }

    private static func app(_ options: SessionOptions = SessionOptions(), _ kind: SessionFormat = .encrypted) -> App {
        var app = App()
        app.use(.sessions(secret: testSecret, format: kind, options: options))
        app.get("/set/{value}") { (session: Session, value: String) in
            session["v"] = .string(value)
            return "ok"
        }
        app.get("/get") { (session: Session) in session["v", as: String.self] ?? "none" }
        return app
    }

    @Test func theContentsComeBackAndCannotBeRead() async throws {
        let visitor = try AppProbe(Self.app()).visitor()
        _ = try await visitor.get("/set/hello")
        #expect(try await visitor.get("/get").text == "hello")
        let value = try #require(visitor.jar?["session"])
        #expect(!value.contains("hello") && !value.contains("aGVsbG8"))
        #expect(try await AppProbe(Self.app()).get("/get").text == "none")
    }

    @Test func theDefaultCookieIsForTheSiteAndNotForScripts() async throws {
        let answer = try await AppProbe(Self.app()).get("/set/x")
        let text = try #require(answer[.setCookie])
        #expect(text.hasSuffix("; HttpOnly; Path=/; SameSite=Lax"))
        #expect(!text.contains("Secure") && !text.contains("Max-Age") && !text.contains("Domain"))
    }

    @Test func theFlagsOfTheCookieFollowTheOptions() async throws {
        var options = SessionOptions()
        options.cookieName = "sid"
        options.domain = "example.test"
        options.path = "/app"
        options.isHTTPOnly = false
        options.sameSite = SetCookie.SameSite.none
        options.security = .always
        options.isPartitioned = true
        let answer = try await AppProbe(Self.app(options)).get("/set/x")
        let text = try #require(answer[.setCookie])
        #expect(text.hasPrefix("sid="))
        #expect(text.hasSuffix("; Domain=example.test; Secure; Path=/app; SameSite=None; Partitioned"))
    }

    @Test(arguments: [
        (CookieSecurity.automatic, false, false), (.automatic, true, true), (.always, false, true),
        (.never, true, false),
    ])
    func secureFollowsTheConnection(_ security: CookieSecurity, _ isSecure: Bool, _ expected: Bool) async throws {
        var options = SessionOptions()
        options.security = security
        var probe = try AppProbe(Self.app(options))
        probe.isSecure = isSecure
        #expect(try await probe.get("/set/x").cookie("session")?.isSecure == expected)
    }

    @Test(arguments: [SessionFormat.encrypted, .flaskCompatible])
    func aDamagedCookieIsAnEmptySession(_ format: SessionFormat) async throws {
        let visitor = try AppProbe(Self.app(SessionOptions(), format)).visitor()
        _ = try await visitor.get("/set/hello")
        let good = Array(try #require(visitor.jar?["session"]).utf8)
        for index in good.indices {
            var bad = good
            bad[index] = bad[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            // The last character has bits that stand for nothing.
            guard index < good.count - 1 else { continue }
            visitor.jar?["session"] = String(decoding: bad, as: UTF8.self)
            let answer = try await visitor.get("/get")
            #expect(answer.text == "none", "byte \(index)")
            #expect(answer[.setCookie] == nil)
        }
    }

    @Test(arguments: ["", "x", ".", "1.", "a.b.c", "\"", String(repeating: "A", count: 5_000)])
    func anInventedCookieIsAnEmptySession(_ value: String) async throws {
        for format in [SessionFormat.encrypted, .flaskCompatible] {
            let probe = try AppProbe(Self.app(SessionOptions(), format))
            #expect(try await probe.get("/get", [("Cookie", "session=\(value)")]).text == "none")
        }
    }

    @Test func ofSeveralCookiesTheGoodOneCounts() async throws {
        let visitor = try AppProbe(Self.app()).visitor()
        _ = try await visitor.get("/set/hello")
        let value = try #require(visitor.jar?["session"])
        let answer = try await AppProbe(Self.app()).get("/get", [("Cookie", "session=planted; session=\(value)")])
        #expect(answer.text == "hello")
    }

    @Test func aCookieOfOneFormatMeansNothingInTheOther() async throws {
        let flask = try AppProbe(Self.app(SessionOptions(), .flaskCompatible)).visitor()
        _ = try await flask.get("/set/hello")
        let value = try #require(flask.jar?["session"])
        #expect(value.split(separator: ".").count == 3)
        #expect(try await AppProbe(Self.app()).get("/get", [("Cookie", "session=\(value)")]).text == "none")
    }

    @Test func flasksOwnCookieIsRead() async throws {
        // Written by the library for Flask's format, with the secret and the time of a Flask app.
        let clock = UnixClock.fixed(1_700_000_000)
        let flask = try FlaskSessionCookie(keys: SecretKeys(testSecret), clock: clock)
        let value = try flask.write(["v": "from flask"])
        var app = App()
        app.use(.sessions(secret: testSecret, format: .flaskCompatible, clock: clock))
        app.get("/") { (session: Session) in session["v", as: String.self] }
        #expect(try await AppProbe(app).get("/", [("Cookie", "session=\(value)")]).text == "from flask")
    }
}
