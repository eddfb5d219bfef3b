// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Retort
@testable import RetortWire

@Suite struct SessionValueTests {
    struct Cart: Codable, Equatable, Sendable {
        var items: [Int]
        var note: String?
    }

    private static func run(_ body: @escaping @Sendable (Session) throws -> String) async throws -> String {
        var app = App()
        app.isDebug = true
        app.use(.sessions(secret: testSecret))
        app.get("/") { (session: Session) in try body(session) }
        return try await AppProbe(app).get().text
    }

    @Test func valuesOfAllKindsComeBack() async throws {
        let text = try await Self.run { session in
            session["user"] = 42
            session["name"] = "Ada"
            session["ok"] = true
            session["cart", as: Cart.self] = Cart(items: [1, 2], note: nil)
            let number = 7
            session["n"] = number
            return "\(session["user", as: Int.self] ?? 0) \(session["name", as: String.self] ?? "") "
                + "\(session["ok", as: Bool.self] ?? false) \(session["cart", as: Cart.self]?.items ?? []) "
                + "\(session["n", as: Int.self] ?? 0) \(session["user", as: String.self] ?? "nil")"
        }
        #expect(text == "42 Ada true [1, 2] 7 nil")
    }

    @Test func namesAreComparedByBytes() async throws {
        let text = try await Self.run { session in
            session["e\u{301}"] = 1
            return "\(session["\u{E9}"] == nil) \(session["e\u{301}"] != nil)"
        }
        #expect(text == "true true")
    }

    @Test func takingOutGivesTheValueOnce() async throws {
        let text = try await Self.run { session in
            session["a"] = 1
            session["b"] = "x"
            return "\(session.pop("a", as: Int.self) ?? 0) \(session.pop("a") == nil) "
                + "\(session.pop("b", as: Int.self) == nil) \(session.contains("b")) \(session.isEmpty)"
        }
        #expect(text == "1 true true false true")
    }

    @Test func aWrongTypeIsToldWithAReason() async throws {
        let text = try await Self.run { session in
            try session.setValue([1, 2], for: "list")
            do {
                _ = try session.value("list", as: String.self)
                return "no error"
            } catch is DecodingError {
                return
                    "\(try session.value("list", as: [Int].self) ?? []) \(try session.value("no", as: Int.self) == nil)"
            }
        }
        #expect(text == "[1, 2] true")
    }

    @Test func theStateOfTheSessionIsKnown() async throws {
        let text = try await Self.run { session in
            var states: [String] = []
            func note() { states.append("\(session.isAccessed)\(session.isModified)") }
            note()
            _ = session["a"]
            note()
            session["a"] = 1
            note()
            return states.joined(separator: " ") + " \(session.isNew) \(session.names)"
        }
        #expect(text == "falsefalse truefalse truetrue true [\"a\"]")
    }

    @Sendable private static func countInParallel(_ session: Session, _ other: Session) async throws -> String {
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { increment(session) } }
        }
        return "\(other["n", as: Int.self] ?? 0) \(session === other)"
    }

    private static func increment(_ session: Session) {
        session.update { data in
            let count = data["n", as: Int.self] ?? 0
            data["n", as: Int.self] = count + 1
        }
    }

    @Test func allHoldersSeeTheSameAndNoStepIsLost() async throws {
        var app = App()
        app.use(.sessions(secret: testSecret))
        app.get("/", use: Self.countInParallel)
        #expect(try await AppProbe(app).get().text == "50 true")
    }

    @Test func middlewaresReachTheSessionToo() async throws {
        var app = App()
        app.use(.sessions(secret: testSecret))
        app.use { request, next in
            try await request.session["seen"] = .string(request.path)
            return try await next(request)
        }
        app.get("/x") { (session: Session) in session["seen", as: String.self] }
        #expect(try await AppProbe(app).get("/x").text == "/x")
    }
}
