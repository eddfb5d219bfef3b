// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Synchronization
import Testing

@testable import Retort
@testable import RetortWire

@Suite struct SessionStoreTests {
    private static func app(_ store: some SessionStore, options: SessionOptions = SessionOptions()) -> App {
        var app = App()
        app.use(.sessions(store: store, options: options))
        app.get("/plain") { "plain" }
        app.get("/set/{value}") { (session: Session, value: String) in
            session["v"] = .string(value)
            return "ok"
        }
        app.get("/get") { (session: Session) in session["v", as: String.self] ?? "none" }
        app.get("/login") { (session: Session) in
            session.regenerate()
            session["user"] = 1
            return "ok"
        }
        app.get("/logout") { (session: Session) in
            session.clear()
            return "ok"
        }
        return app
    }

    @Test func theCookieHoldsARandomNameOnly() async throws {
        let store = InMemorySessionStore()
        let visitor = try AppProbe(Self.app(store)).visitor()
        _ = try await visitor.get("/set/hello")
        let name = try #require(visitor.jar?["session"])
        #expect(name.utf8.count == 43)
        #expect(SessionID(name) != nil)
        #expect(try await visitor.get("/get").text == "hello")
        #expect(store.count == 1)
        #expect(try await AppProbe(Self.app(store)).get("/get").text == "none")
        #expect(store.count == 1)
    }

    @Test func aNameThatTheStoreDoesNotKnowIsNotTakenOver() async throws {
        let visitor = try AppProbe(Self.app(InMemorySessionStore())).visitor()
        let planted = try SessionID.random().text
        visitor.jar?["session"] = planted
        #expect(try await visitor.get("/get").text == "none")
        _ = try await visitor.get("/set/hello")
        #expect(visitor.jar?["session"] != planted)
    }

    @Test func signingInGivesAnotherNameAndKeepsTheContents() async throws {
        let store = InMemorySessionStore()
        let visitor = try AppProbe(Self.app(store)).visitor()
        _ = try await visitor.get("/set/hello")
        let before = try #require(visitor.jar?["session"])
        _ = try await visitor.get("/login")
        let after = try #require(visitor.jar?["session"])
        #expect(before != after)
        #expect(store.count == 1)
        #expect(try await visitor.get("/get").text == "hello")
        let attacker = try AppProbe(Self.app(store)).visitor()
        attacker.jar?["session"] = before
        #expect(try await attacker.get("/get").text == "none")
    }

    @Test func signingOutEndsTheSessionEverywhere() async throws {
        let store = InMemorySessionStore()
        let visitor = try AppProbe(Self.app(store)).visitor()
        _ = try await visitor.get("/set/hello")
        let copy = try AppProbe(Self.app(store)).visitor()
        copy.jar?["session"] = visitor.jar?["session"]
        _ = try await visitor.get("/logout")
        #expect(visitor.jar?["session"] == nil)
        #expect(store.count == 0)
        #expect(try await copy.get("/get").text == "none")
    }

    @Test func aRequestUnderWayDoesNotBringASessionBack() async throws {
        let store = InMemorySessionStore()
        let id = try SessionID.random()
        let data: SessionData = ["v": 1]
        store.save(data, id: id, lifetime: .seconds(60), isNew: true)
        store.delete(id)
        store.save(data, id: id, lifetime: .seconds(60), isNew: false)
        store.touch(id, lifetime: .seconds(60))
        #expect(store.load(id) == nil && store.count == 0)
    }

    @Test func sessionsEndAfterTheirLifetime() throws {
        let clock = ManualClock()
        let store = InMemorySessionStore(clock: clock.unix)
        let id = try SessionID.random()
        store.save(["v": 1], id: id, lifetime: .seconds(100), isNew: true)
        clock.advance(99)
        #expect(store.load(id)?.isNew == false)
        store.touch(id, lifetime: .seconds(100))
        clock.advance(99)
        #expect(store.load(id)?.members.count == 1)
        clock.advance(1)
        #expect(store.load(id) == nil)
        #expect(store.count == 0)
        store.save(["v": 1], id: id, lifetime: .seconds(Int64.max), isNew: true)
        #expect(store.load(id) != nil)
    }

    @Test func lookingKeepsASessionAlive() async throws {
        let clock = ManualClock()
        var options = SessionOptions()
        options.lifetime = .seconds(100)
        let visitor = try AppProbe(Self.app(InMemorySessionStore(clock: clock.unix), options: options)).visitor()
        _ = try await visitor.get("/set/hello")
        for _ in 0..<5 {
            clock.advance(80)
            let answer = try await visitor.get("/get")
            #expect(answer.text == "hello")
            #expect(answer[.setCookie] == nil)
        }
        clock.advance(101)
        #expect(try await visitor.get("/get").text == "none")
    }

    @Test func aboveTheCapacityTheLongestUnusedGoes() throws {
        let store = InMemorySessionStore(capacity: 3)
        let ids = try (0..<4).map { _ in try SessionID.random() }
        for id in ids.prefix(3) { store.save(["v": 1], id: id, lifetime: .seconds(60), isNew: true) }
        _ = store.load(ids[0])
        store.save(["v": 1], id: ids[3], lifetime: .seconds(60), isNew: true)
        #expect(ids.map { store.load($0) != nil } == [true, false, true, true])
        #expect(store.count == 3)
    }

    @Test func aRequestThatDoesNotAskCostsTheStoreNothing() async throws {
        let store = CountingStore()
        let visitor = try AppProbe(Self.app(store)).visitor()
        _ = try await visitor.get("/set/hello")
        let before = store.calls
        _ = try await visitor.get("/plain")
        #expect(store.calls == before)
        _ = try await visitor.get("/get")
        #expect(store.calls == before + ["load", "touch"])
    }

    @Test func aStoreThatFailsFailsTheRequest() async throws {
        let log = LogRecorder()
        var app = Self.app(FailingStore())
        app.log = log.logger
        let probe = try AppProbe(app)
        #expect(try await probe.get("/set/x").status == 500)
        let cookie = [("Cookie", "session=\(try SessionID.random().text)")]
        #expect(try await probe.get("/get", cookie).status == 500)
        #expect(try await probe.get("/plain", cookie).status == 200)
    }

    @Test func aNameIsReadOnlyInItsOneSpelling() throws {
        let id = try SessionID.random()
        #expect(SessionID(id.text) == id)
        #expect(id.key != id.text && id.key.utf8.count == 43)
        #expect("\(id)" == "SessionID(…)" && String(reflecting: id) == "SessionID(…)")
        for bad in [
            "", "x", id.text + "A", String(id.text.dropLast()), String(id.text.dropLast()) + "!", id.text + "=",
        ] {
            #expect(SessionID(bad) == nil, "\(bad)")
        }
    }

    @Test func testsEditSessionsOutsideOfRequests() async throws {
        let middlewares: [SessionMiddleware] = [
            .sessions(secret: testSecret), .sessions(secret: testSecret, format: .flaskCompatible),
            .sessions(store: InMemorySessionStore()),
        ]
        for middleware in middlewares {
            var data = try await middleware.session(for: nil)
            #expect(data.isNew)
            data["v"] = 5
            let cookie = try await middleware.cookie(for: data, replacing: nil)
            #expect(cookie.name == middleware.cookieName)
            var back = try await middleware.session(for: cookie.value)
            #expect(back["v"] == 5 && !back.isNew)
            back.removeAll()
            #expect(try await middleware.cookie(for: back, replacing: cookie.value).maxAge == .zero)
        }
    }
}

/// A store that notes what is asked of it.
private final class CountingStore: SessionStore {
    private let store = InMemorySessionStore()
    private let noted = Mutex<[String]>([])

    var calls: [String] { noted.withLock { $0 } }

    private func note(_ call: String) { noted.withLock { $0.append(call) } }

    func load(_ id: SessionID) async throws -> SessionData? {
        note("load")
        return store.load(id)
    }

    func save(_ session: SessionData, id: SessionID, lifetime: Duration, isNew: Bool) async throws {
        note("save")
        store.save(session, id: id, lifetime: lifetime, isNew: isNew)
    }

    func touch(_ id: SessionID, lifetime: Duration) async throws {
        note("touch")
        store.touch(id, lifetime: lifetime)
    }

    func delete(_ id: SessionID) async throws {
        note("delete")
        store.delete(id)
    }
}

private struct FailingStore: SessionStore {
    struct Failure: Error {}

    func load(_ id: SessionID) async throws -> SessionData? { throw Failure() }
    func save(_ session: SessionData, id: SessionID, lifetime: Duration, isNew: Bool) async throws { throw Failure() }
    func touch(_ id: SessionID, lifetime: Duration) async throws { throw Failure() }
    func delete(_ id: SessionID) async throws { throw Failure() }
}
