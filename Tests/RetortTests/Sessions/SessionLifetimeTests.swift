// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Logging
import NIOCore
import Synchronization
import Testing

@testable import Retort
@testable import RetortServer
@testable import RetortWire

@Suite struct SessionLifetimeTests {
    private static func app(
        _ clock: ManualClock, secret: String = testSecret, fallbacks: [String] = [],
        format: SessionFormat = .encrypted, refreshes: Bool = true
    ) -> App {
        var options = SessionOptions()
        options.lifetime = .seconds(1_000)
        options.refreshesEachRequest = refreshes
        var app = App()
        app.use(.sessions(secret: secret, fallbacks: fallbacks, format: format, options: options, clock: clock.unix))
        app.get("/set") { (session: Session) in
            session["v"] = 1
            return "ok"
        }
        app.get("/keep") { (session: Session) in
            session["v"] = 1
            session.isPermanent = true
            return "ok"
        }
        app.get("/forget") { (session: Session) in
            session.isPermanent = false
            return "ok"
        }
        app.get("/get") { (session: Session) in session["v"] == nil ? "none" : "found" }
        return app
    }

    @Test(arguments: [SessionFormat.encrypted, .flaskCompatible], [(0, "found"), (1_000, "found"), (1_001, "none")])
    func aCookieIsGoodForItsLifetime(_ format: SessionFormat, _ age: (Int64, String)) async throws {
        let clock = ManualClock()
        let visitor = try AppProbe(Self.app(clock, format: format)).visitor()
        _ = try await visitor.get("/set")
        clock.advance(age.0)
        #expect(try await visitor.get("/get").text == age.1)
    }

    @Test func aPermanentCookieSaysItsEnd() async throws {
        let clock = ManualClock(1_700_000_000)
        let visitor = try AppProbe(Self.app(clock)).visitor()
        let cookie = try #require(try await visitor.get("/keep").cookie("session"))
        #expect(cookie.maxAge == .seconds(1_000))
        #expect(cookie.expires == HTTPDate(secondsSince1970: 1_700_001_000))
        let gone = try #require(try await visitor.get("/forget").cookie("session"))
        #expect(gone.maxAge == nil && gone.expires == nil)
    }

    @Test(arguments: [true, false])
    func aPermanentSessionBeginsAgainWithEachLook(_ refreshes: Bool) async throws {
        let clock = ManualClock()
        let visitor = try AppProbe(Self.app(clock, refreshes: refreshes)).visitor()
        _ = try await visitor.get("/keep")
        clock.advance(900)
        #expect((try await visitor.get("/get").cookie("session") != nil) == refreshes)
        clock.advance(900)
        #expect(try await visitor.get("/get").text == (refreshes ? "found" : "none"))
    }

    @Test func anOldSecretReadsAndTheNewOneWrites() async throws {
        let clock = ManualClock()
        let old = "the secret of last year"
        let before = try AppProbe(Self.app(clock, secret: old)).visitor()
        _ = try await before.get("/set")
        let value = try #require(before.jar?["session"])
        let cookie = [("Cookie", "session=\(value)")]
        #expect(try await AppProbe(Self.app(clock)).get("/get", cookie).text == "none")
        let rotated = try AppProbe(Self.app(clock, fallbacks: ["one before", old].map { $0 + "................" }))
        #expect(try await rotated.get("/get", cookie).text == "none")
        var after = try AppProbe(Self.app(clock, fallbacks: [old]))
        after.jar = before.jar
        #expect(try await after.get("/get").text == "found")
        _ = try await after.get("/set")
        #expect(try await before.get("/get").text == "none")
    }

    @Test func aCookieThatNobodyLooksAtIsNotOpened() async throws {
        // Opening a cookie looks at the clock.
        let counter = CallCounter()
        var app = App()
        app.use(.sessions(secret: testSecret, clock: UnixClock { counter.next() }))
        app.get("/set") { (session: Session) in
            session["v"] = 1
            return "ok"
        }
        app.get("/plain") { (_: Session) in "plain" }
        app.get("/get") { (session: Session) in "\(session["v"] == 1)" }
        let visitor = try AppProbe(app).visitor()
        _ = try await visitor.get("/set")
        let before = counter.count
        #expect(try await visitor.get("/plain").text == "plain")
        #expect(counter.count == before)
        #expect(try await visitor.get("/get").text == "true")
        #expect(counter.count > before)
    }

    @Test func aSessionIsSavedWithAnErrorToo() async throws {
        var app = App()
        app.use(.sessions(secret: testSecret))
        app.get("/") { (session: Session) -> String in
            session["tries"] = 1
            throw HTTPError(.conflict)
        }
        let answer = try await AppProbe(app).get()
        #expect(answer.status == 409)
        #expect(answer.cookie("session") != nil)
    }

    @Test(arguments: [true, false])
    func aSessionThatIsTooLargeIsToldOf(_ isDebug: Bool) async throws {
        let log = LogRecorder()
        var app = App()
        app.log = log.logger
        app.isDebug = isDebug
        app.use(.sessions(secret: testSecret))
        app.get("/{size}") { (session: Session, size: Int) in
            session["v"] = .string(String(repeating: "x", count: size))
            return "ok"
        }
        let answer = try await AppProbe(app).get("/5000")
        #expect(answer.status == (isDebug ? 500 : 200))
        #expect(answer.cookie("session") == nil)
        let line = try #require(log.lines(containing: "the session was not saved").first)
        #expect(line.level == .error)
        #expect(line.metadata["reason"]?.contains("4093") == true)
        // Below the limit of the value, but above it with name and attributes.
        let value = try await AppProbe(app).get("/2900")
        #expect(value.cookie("session")?.isTooLarge == false)
        for size in stride(from: 2_960, to: 3_060, by: 5) {
            let answer = try await AppProbe(app).get("/\(size)")
            #expect(answer.cookie("session")?.isTooLarge != true)
        }
    }

    @Test func aChangeAfterTheAnswerIsWarnedOf() async throws {
        let log = LogRecorder()
        var app = App()
        app.log = log.logger
        app.use(.sessions(secret: testSecret))
        app.get("/") { (session: Session) in
            Response(body: .stream { _ in session["late"] = 1 })
        }
        let answer = try await AppProbe(app).get()
        guard case .stream(_, let write) = answer.response.body.content else {
            Issue.record("the body is no stream")
            return
        }
        #expect(log.lines.isEmpty)
        try await write(BodyWriter(NoSink()))
        #expect(log.lines(containing: "changed after it had been saved").count == 1)
    }

    @Test(
        arguments: [
            (nil, "private"), ("no-store", "no-store"), ("private, max-age=60", "private, max-age=60"),
            ("max-age=60", "max-age=60, private"), ("public, max-age=60", "max-age=60, private"),
            ("s-maxage=60", "private"), ("Private=\"x\"", "Private"),
        ] as [(String?, String)])
    func anAnswerThatSetsTheCookieIsNeverShared(_ given: String?, _ expected: String) async throws {
        var app = App()
        app.use(.sessions(secret: testSecret))
        app.get("/") { (session: Session) in
            session["v"] = 1
            var response = Response()
            response.headers[.cacheControl] = given
            return response
        }
        #expect(try await AppProbe(app).get()[.cacheControl]?.lowercased() == expected.lowercased())
    }

    @Test func anAnswerThatOnlyLooksKeepsItsCacheControlAndItsVary() async throws {
        var app = App()
        app.use(.sessions(secret: testSecret))
        app.get("/") { (session: Session) in
            _ = session["v"]
            return Response(headers: [.cacheControl: "max-age=5", .vary: "Accept, cookie"])
        }
        app.get("/any") { (session: Session) in
            _ = session["v"]
            return Response(headers: [.vary: "*"])
        }
        app.get("/other") { (session: Session) in
            _ = session["v"]
            return Response(headers: [.vary: "Accept"])
        }
        let answer = try await AppProbe(app).get()
        #expect(answer[.cacheControl] == "max-age=5")
        #expect(answer[.vary] == "Accept, cookie")
        #expect(try await AppProbe(app).get("/any")[.vary] == "*")
        #expect(try await AppProbe(app).get("/other")[.vary] == "Accept, Cookie")
    }
}

/// A clock that stands still and counts how often it is read.
private final class CallCounter: Sendable {
    private let reads = Mutex(0)
    var count: Int { reads.withLock { $0 } }

    func next() -> Int64 {
        reads.withLock { $0 += 1 }
        return 1_700_000_000
    }
}

/// Takes a body and drops it.
private struct NoSink: BodyWriter.Sink {
    func write(_ bytes: ByteBuffer) async throws {}
    func setTrailers(_ trailers: HTTPFields) async {}
}
