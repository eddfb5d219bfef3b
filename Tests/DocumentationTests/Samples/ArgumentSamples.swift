// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort

struct Article: Codable, Sendable { var title: String }

func argumentSamples() -> App {
    var app = App()
    // sample: arguments-query
    struct Search: Decodable {
        var q: String
        var page: Int?
        var tags: [String]?
    }
    app.get("/search") { (search: Query<Search>) in
        "\(search.q), page \(search.page ?? 1), \(search.tags?.count ?? 0) tags"
    }
    // end

    // sample: arguments-json
    struct Draft: Codable, Sendable { var title: String }
    app.post("/articles") { (draft: JSON<Draft>) in Reply(draft, status: .created) }
    // end

    // sample: arguments-form
    struct SignUp: Decodable {
        var name: String
        var age: Int
        var newsletter: Bool?
    }
    app.post("/sign-up") { (form: Form<SignUp>) in "Welcome, \(form.name)." }
    // end

    // sample: arguments-upload
    app.post("/avatar", .bodyLimit(5_000_000)) { (picture: Upload) in
        guard picture.contentType == "image/png" else { throw HTTPError(.unsupportedMediaType, "Send a PNG.") }
        return "\(picture.size) bytes"
    }
    // end

    // sample: arguments-multipart
    app.post("/import", .bodyLimit(1_000_000_000)) { (form: Multipart) async throws in
        var total = 0
        for try await part in form {
            for try await bytes in part { total += bytes.readableBytes }
        }
        return "\(total) bytes, none of them stored"
    }
    // end

    // sample: arguments-header
    enum APIVersion: HeaderKey {
        static let name = HTTPField.Name("X-API-Version") ?? .accept
        static func value(from text: String) -> Int? { Int(text) }
    }
    enum Theme: CookieKey { static let name = "theme" }
    app.get("/settings") { (version: Header<APIVersion>?, theme: Cookie<Theme>?) in
        "version \(version?.value ?? 1), \(theme?.value ?? "light")"
    }
    // end

    // sample: arguments-rest
    app.get("/whoami") { (request: Request, address: ClientAddress?) in
        "\(request.method.rawValue) \(request.path) from \(address?.description ?? "nowhere")"
    }
    // end

    // sample: arguments-own
    struct Page: ImmediateArgument {
        var number: Int
        static func makeAtOnce(from request: Request, path: inout PathValues) throws -> Page {
            guard let text = try request.query["page"] else { return Page(number: 1) }
            guard let number = Int(text), 1...10_000 ~= number else {
                throw HTTPError(.unprocessableContent, "The page must be a number from 1 to 10000.")
            }
            return Page(number: number)
        }
    }
    app.get("/list") { (page: Page) in "page \(page.number)" }
    // end
    return app
}

func resultSamples() -> App {
    var app = App()
    let articles = [1: Article(title: "First")]
    // sample: results
    app.get("/text") { "plain text in UTF-8" }
    app.get("/page") { HTML("<h1>A page</h1>") }
    app.get("/articles/{id}") { (id: Int) in articles[id] }  // JSON; nil is 404
    app.get("/old") { Redirect("/new") }  // 303
    app.get("/moved") { Redirect.permanent("/new") }  // 308
    app.get("/picture") { Bytes([0x89, 0x50, 0x4E, 0x47], contentType: "image/png") }
    app.get("/nothing") { NoContent() }  // 204
    app.get("/tea") { Reply("I am a teapot.", status: .init(code: 418), headers: [.cacheControl: "no-store"]) }
    app.get("/raw") { Response(.text("as you like it"), contentType: "text/plain", status: .accepted) }
    // end

    // sample: results-streamed
    app.get("/numbers") {
        Streamed { writer in
            for number in 1...1_000 { try await writer.write("\(number)\n") }
        }
    }
    // end

    // sample: results-own
    struct CSV: ResponseConvertible {
        var rows: [[String]]
        func response(to request: Request) -> Response {
            let text = rows.map { $0.joined(separator: ",") }.joined(separator: "\r\n")
            return Response(.text(text), contentType: "text/csv; charset=utf-8")
        }
    }
    app.get("/export") { CSV(rows: [["id", "title"], ["1", "First"]]) }
    // end
    return app
}
