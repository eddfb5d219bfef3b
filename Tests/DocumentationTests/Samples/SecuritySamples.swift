// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort

func sessionSamples(secret: String) -> App {
    var app = App()
    // sample: sessions-use
    app.use(.sessions(secret: secret), .csrf())
    app.get("/visits") { (session: Session) in
        let visits = (session["visits"] ?? 0) + 1
        session["visits"] = visits
        return "visit \(visits)"
    }
    // end

    // sample: sessions-login
    struct Login: Decodable, Sendable {
        var name: String
        var password: String
    }
    let hasher = PasswordHasher()
    let stored = ["ada": "scrypt:32768:8:1$…"]
    app.post("/login") { (login: Form<Login>, session: Session) async throws in
        let user = login.value
        let isRight = try await onThread {
            guard let hash = stored[user.name] else {
                try hasher.verifyNobody(user.password)  // takes as long as for somebody
                return false
            }
            return try hasher.verify(user.password, against: hash)
        }
        guard isRight else { throw HTTPError(.unauthorized, "Name or password are wrong.") }
        session.regenerate()
        session["user"] = user.name
        return Redirect("/")
    }
    // end

    // sample: sessions-flash
    app.post("/save") { (flash: Flash) in
        flash("Saved.", category: "success")
        return Redirect("/messages")
    }
    app.get("/messages") { (flash: Flash) in flash.take().map(\.text) }
    // end

    // sample: sessions-form
    app.get("/form") { (token: CSRFToken) in
        HTML("<form method=post action=/save>\(token.input.text)<button>Save</button></form>")
    }
    app.post("/hook", .csrfExempt) { "called by another server" }
    // end
    return app
}

func onThread<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await Task.detached(operation: work).value
}

func storeSamples() -> App {
    var app = App()
    // sample: sessions-store
    var options = SessionOptions()
    options.cookieName = "shop"
    options.lifetime = .seconds(7 * 86_400)
    app.use(.sessions(store: InMemorySessionStore(), options: options))
    // end
    app.get("/") { (session: Session) in
        session["seen"] = true
        return "\(session.names.count)"
    }
    return app
}

func flaskSamples(secret: String) -> App {
    var app = App()
    // sample: sessions-flask
    app.use(.sessions(secret: secret, format: .flaskCompatible))
    // end
    app.get("/") { (session: Session) in session["user_id", as: Int.self].map { "user \($0)" } ?? "nobody" }
    return app
}

func securitySamples(check: @escaping @Sendable (String) -> Bool) -> App {
    var app = App()
    // sample: security-use
    app.use(.trustedProxies(), .trustedHosts(["example.com", ".example.org"]))
    app.use(.securityHeaders(), .rateLimit(100, per: .seconds(60)), .timeout(.seconds(20)))
    // end

    // sample: security-api
    app.group("/api", .cors(origins: ["https://app.example.com"]), .bearerAuth { token in check(token) }) { api in
        api.get("/me") { (token: BearerToken) in ["token": "\(token.value.utf8.count) bytes"] }
    }
    // end

    // sample: security-nonce
    app.get("/page") { (nonce: CSPNonce) in HTML("<script nonce=\"\(nonce.value)\">start()</script>") }
    // end
    return app
}

func cookieSamples() -> App {
    var app = App()
    // sample: cookies
    app.get("/theme/{name}") { (name: String) in
        var response = Response(.text("set"), contentType: "text/plain")
        response.setCookie("theme", name, maxAge: .seconds(86_400))
        return response
    }
    app.get("/forget") { () -> Response in
        var response = Response(status: .noContent)
        response.deleteCookie("theme")
        return response
    }
    // end
    return app
}

// sample: signing
struct Invitation: Codable, Equatable { var email: String }

func link(to email: String, secret: String) throws -> String {
    let signer = try URLSafeTimedSerializer(keys: SecretKeys(secret), salt: "invitation")
    return "/join?token=\(try signer.dump(Invitation(email: email)))"
}

func invitation(in token: String, secret: String) throws -> Invitation {
    let signer = try URLSafeTimedSerializer(keys: SecretKeys(secret), salt: "invitation")
    return try signer.load(from: token, maxAge: .seconds(86_400))
}
// end
