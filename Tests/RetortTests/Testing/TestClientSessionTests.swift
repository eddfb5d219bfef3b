// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Testing

@Suite struct TestClientSessionTests {
    private static let secret = "a secret that is long enough"

    private static func app(_ sessions: SessionMiddleware) -> App {
        var app = App.quiet
        app.use(sessions)
        app.get("/me") { (session: Session) in session["user", as: String.self] ?? "nobody" }
        app.get("/in/{name}") { (session: Session, name: String) in
            session["user"] = .string(name)
            return "hello"
        }
        return app
    }

    @Test(arguments: [
        SessionMiddleware.sessions(secret: secret), .sessions(secret: secret, format: .flaskCompatible),
        .sessions(store: InMemorySessionStore()),
    ])
    func anEditedSessionCounts(_ sessions: SessionMiddleware) async throws {
        for transport in TestClient.Transport.allCases {
            try await TestClient.run(Self.app(sessions), over: transport) { client async throws in
                #expect(try await client.get("/me").text == "nobody")
                try await client.editSession { $0["user"] = "ada" }
                #expect(try await client.get("/me").text == "ada")
                #expect(try await client.newVisitor().get("/me").text == "nobody")
                try await client.get("/in/grace")
                let seen = try await client.editSession { session in session["user", as: String.self] }
                #expect(seen == "grace")
                try await client.editSession { $0.removeAll() }
                #expect(try await client.get("/me").text == "nobody")
                #expect(client.cookies.cookies.isEmpty)
            }
        }
    }

    @Test func sessionsOfAPartAreFound() async throws {
        struct Shop: Blueprint {
            func routes(_ r: inout Routes) {
                r.use(.sessions(secret: TestClientSessionTests.secret))
                r.get("/me") { (session: Session) in session["user", as: String.self] ?? "nobody" }
            }
        }
        var app = App.quiet
        app.mount(Shop(), at: "/shop")
        let client = try TestClient(app)
        try await client.editSession { $0["user"] = "ada" }
        #expect(try await client.get("/shop/me").text == "ada")
    }

    @Test func anEditThatFailsChangesNothing() async throws {
        struct Oops: Error {}
        let client = try TestClient(Self.app(.sessions(secret: Self.secret)))
        try await client.editSession { $0["user"] = "ada" }
        await #expect(throws: Oops.self) {
            try await client.editSession { session in
                session["user"] = "eve"
                throw Oops()
            }
        }
        #expect(try await client.get("/me").text == "ada")
    }

    @Test func anAppWithoutSessionsHasNoneToEdit() async throws {
        let client = try TestClient(App.quiet)
        let error = await #expect(throws: TestClientError.self) { try await client.editSession { _ in } }
        #expect(error?.code == .noSessions)
        #expect(error?.message == "The app has no sessions. Give it some with `app.use(.sessions(secret: …))`.")
    }
}
