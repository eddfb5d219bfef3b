// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing

@testable import Retort
@testable import RetortWire

@Suite struct FlashTests {
    private static func app() -> App {
        var app = App()
        app.use(.sessions(secret: testSecret))
        app.post("/") { (flash: Flash) in
            flash("Saved.", category: "success")
            flash("Look <here>.")
            return "ok"
        }
        app.post("/session") { (session: Session) in
            session.flash("Failed.", category: "error")
            return "ok"
        }
        app.get("/") { (flash: Flash) in flash.take().map { "\($0.category)=\($0.text)" }.joined(separator: " ") }
        app.get("/twice") { (flash: Flash, session: Session) in
            let errors = flash.take(category: "error").map(\.text)
            flash("New.", category: "success")
            let successes = session.takeFlashes(category: "success").map(\.text)
            return "\(errors) \(successes) \(session.takeFlashes().count)"
        }
        app.get("/plain") { "plain" }
        return app
    }

    @Test func messagesAreSeenOnceInTheirOrder() async throws {
        let visitor = try AppProbe(Self.app()).visitor()
        _ = try await visitor.send("POST")
        _ = try await visitor.send("POST", "/session")
        _ = try await visitor.get("/plain")
        #expect(try await visitor.get().text == "success=Saved. message=Look <here>. error=Failed.")
        #expect(try await visitor.get().text == "")
        #expect(visitor.jar?["session"] == nil)
    }

    @Test func oneRequestSeesTheSameMessagesAgain() async throws {
        let visitor = try AppProbe(Self.app()).visitor()
        _ = try await visitor.send("POST")
        _ = try await visitor.send("POST", "/session")
        #expect(try await visitor.get("/twice").text == "[\"Failed.\"] [\"Saved.\"] 3")
        // What was left meanwhile is for the next page.
        #expect(try await visitor.get().text == "success=New.")
    }

    @Test func messagesStandWhereFlaskKeepsThem() async throws {
        var app = App()
        app.use(.sessions(secret: testSecret))
        app.get("/") { (session: Session) in
            session.flash("Hi", category: "c")
            return "\(session["_flashes"] == .array([.tuple(["c", "Hi"])]))"
        }
        app.get("/bad") { (session: Session) in
            session["_flashes"] = ["text", ["one"], ["a", 1], ["a", "b", "c"], ["c", "good"]]
            return "\(session.takeFlashes())"
        }
        #expect(try await AppProbe(app).get().text == "true")
        #expect(try await AppProbe(app).get("/bad").text.contains("good"))
        #expect(try await AppProbe(app).get("/bad").text.filter { $0 == "(" }.count == 1)
    }

    @Test func listenersHearOfEachMessage() async throws {
        let heard = Heard()
        var app = Self.app()
        app.events.on(MessageFlashed.self) { event in
            heard.add("\(event.request.method) \(event.message.category): \(event.message.text)")
        }
        let visitor = try AppProbe(app).visitor()
        _ = try await visitor.send("POST")
        _ = try await visitor.get()
        #expect(heard.all == ["POST success: Saved.", "POST message: Look <here>."])
    }
}

private final class Heard: Sendable {
    private let texts = Mutex<[String]>([])
    var all: [String] { texts.withLock { $0 } }
    func add(_ text: String) { texts.withLock { $0.append(text) } }
}
