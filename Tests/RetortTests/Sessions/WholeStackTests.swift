// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Logging
import Testing

@testable import Retort
import RetortWire

/// Everything together, in process and over real connections.
@Suite struct WholeStackTests {
    private static func app() -> App {
        var app = App()
        app.log = Logger(label: "quiet") { _ in SwiftLogNoOpLogHandler() }
        app.use(.trustedProxies(), .requestIDs(), .accessLog(), .securityHeaders(), .trustedHosts(["localhost"]))
        app.use(.cors(origins: ["https://friend.test"]), .timeout(.seconds(20)), .rateLimit(1_000, per: .seconds(60)))
        app.use(.sessions(secret: testSecret), .csrf())
        app.get("/login") { (token: CSRFToken) in token.value }
        app.post("/login") { (session: Session, flash: Flash) async throws in
            session.regenerate()
            session["user"] = "ada"
            flash("Welcome.", category: "success")
            return "ok"
        }
        app.get("/me") { (session: Session, flash: Flash) async throws in
            "\(session["user", as: String.self] ?? "nobody") \(flash.take().map(\.text))"
        }
        app.post("/logout") { (session: Session) in
            session.clear()
            return "bye"
        }
        app.post("/upload", .bodyLimit(1 << 22)) { (request: Request) async throws in
            var count = 0
            for try await piece in request.body { count += piece.readableBytes }
            return "\(count)"
        }
        app.group("/admin", .basicAuth(realm: "Admin") { $0 == "root" && $1 == "toor" }) {
            $0.get("/") { (credentials: BasicCredentials) async throws in credentials.username }
        }
        return app
    }

    @Test(.timeLimit(.minutes(2)), arguments: TestClient.Transport.allCases)
    func aVisitorSignsInAndOut(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client in
            #expect(try await client.get("/me").text == "nobody []")
            let first = try await client.get("/login")
            #expect(first.cookie("session")?.isHTTPOnly == true)
            #expect(try await client.post("/login").status == .forbidden)
            let signedIn = try await client.post("/login", form: ["csrf_token": first.text])
            #expect(signedIn.status == .ok)
            #expect(try await client.get("/me").text == "ada [\"Welcome.\"]")
            #expect(try await client.get("/me").text == "ada []")
            #expect(try await client.newVisitor().get("/me").text == "nobody []")
            let token = try await client.get("/login").text
            let header = HTTPField.Name("X-CSRF-Token") ?? .date
            #expect(try await client.post("/logout", headers: [header: token]).text == "bye")
            #expect(client.cookie("session") == nil)
            #expect(try await client.get("/me").text == "nobody []")
        }
    }

    @Test(.timeLimit(.minutes(2)), arguments: TestClient.Transport.allCases)
    func anUploadWithATokenArrivesWhole(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client in
            let token = try await client.get("/login").text
            let file = UploadedFile(filename: "f", bytes: [UInt8](repeating: 7, count: 3 << 20))
            let body = try TestBody.multipart(["csrf_token": token], files: ["file": file])
            guard case .bytes(let bytes) = body.content else { return }
            let answer = try await client.post("/upload", body: body)
            #expect(answer.text == "\(bytes.count)")
            let refused = try await client.post("/upload", files: ["file": file])
            #expect(refused.status == .forbidden)
        }
    }

    @Test(.timeLimit(.minutes(2)), arguments: TestClient.Transport.allCases)
    func everyAnswerHasItsHeaders(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client in
            for path in ["/me", "/nothing", "/admin/"] {
                let answer = try await client.get(path, headers: [.origin: "https://friend.test"])
                #expect(answer.header(.xContentTypeOptions) == "nosniff")
                #expect(answer.header(HTTPField.Name("X-Request-ID") ?? .date)?.utf8.count == 32)
                #expect(answer.header(.accessControlAllowOrigin) == "https://friend.test")
                #expect(answer.header(HTTPField.Name("RateLimit") ?? .date)?.hasPrefix("\"default\";r=") == true)
            }
            #expect(try await client.get("/admin/").status == .unauthorized)
            #expect(try await client.get("/admin/", auth: .basic(username: "root", password: "toor")).text == "root")
            #expect(try await client.at(host: "evil.test").get("/me").status == .badRequest)
        }
    }

    @Test func testsEditTheSessionOfAVisitor() async throws {
        let client = try TestClient(Self.app())
        try await client.editSession { $0["user"] = "eve" }
        #expect(try await client.get("/me").text == "eve []")
        try await client.editSession { $0.removeAll() }
        #expect(try await client.get("/me").text == "nobody []")
    }
}
