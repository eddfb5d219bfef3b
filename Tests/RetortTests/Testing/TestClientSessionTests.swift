// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

@testable import Retort
import Testing

@Suite struct TestClientSessionTests {
    /// Sessions in signed cookies, as small as they can be.
    struct SmallSessions: Middleware, SessionEditing {
        let cookies: FlaskSessionCookie
        var cookieName: String { "session" }

        func session(for cookie: String?) async throws -> SessionData { cookies.read(cookie) }

        func cookie(for session: SessionData, replacing cookie: String?) async throws -> SetCookie {
            var session = session
            if session.isEmpty { return .deletion(of: cookieName) }
            return SetCookie(name: cookieName, value: try cookies.write(session))
        }

        enum Key: RequestKey { static let defaultValue = SessionData() }

        func handle(_ request: Request, next: Next) async throws -> Response {
            var request = request
            let cookie = request.header(.cookie).flatMap { Cookies.parse($0)[cookieName] }
            request[Key.self] = cookies.read(cookie)
            return try await next(request)
        }
    }

    private static func app() throws -> App {
        var app = App.quiet
        let keys = SecretKeys("a secret of some length")
        app.use(SmallSessions(cookies: try FlaskSessionCookie(keys: keys)))
        app.get("/me") { (request: Request) -> String in
            var session = request[SmallSessions.Key.self]
            return session["user", as: String.self] ?? "nobody"
        }
        return app
    }

    @Test(arguments: TestClient.Transport.allCases)
    func anEditedSessionCounts(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            #expect(try await client.get("/me").text == "nobody")
            try await client.editSession { $0["user"] = "ada" }
            #expect(try await client.get("/me").text == "ada")
            let seen = try await client.editSession { session in session["user", as: String.self] }
            #expect(seen == "ada")
            #expect(try await client.newVisitor().get("/me").text == "nobody")
            try await client.editSession { $0.removeAll() }
            #expect(try await client.get("/me").text == "nobody")
            #expect(client.cookies.cookies.isEmpty)
        }
    }

    @Test func anAppWithoutSessionsHasNoneToEdit() async throws {
        let client = try TestClient(App.quiet)
        let error = await #expect(throws: TestClientError.self) { try await client.editSession { _ in } }
        #expect(error?.code == .noSessions)
        #expect(error?.message == "The app has no sessions. Give it some with `app.use(…)` first.")
    }
}
