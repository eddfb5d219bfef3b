// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort

func routingSamples() throws -> App {
    var app = App()
    // sample: routing-methods
    app.get("/posts") { "all posts" }
    app.post("/posts") { "a new post" }
    app.put("/posts/{id}") { (id: Int) in "post \(id), written again" }
    app.patch("/posts/{id}") { (id: Int) in "post \(id), changed" }
    app.delete("/posts/{id}") { (id: Int) in NoContent() }
    app.on([.get, .post], "/search") { (request: Request) in "found by \(request.method.rawValue)" }
    // end

    // sample: routing-variables
    app.get("/users/{name}/posts/{id}") { (name: String, id: Int) in "post \(id) of \(name)" }
    app.get("/v{major}.{minor}") { (major: Int, minor: Int) in "version \(major), \(minor)" }
    app.get("/files/{path...}") { (path: RestOfPath) in path.segments.joined(separator: " > ") }
    // end

    // sample: routing-enum
    enum Colour: String, PathValue { case red, green, blue }
    app.get("/paint/{colour}") { (colour: Colour) in "painted \(colour.rawValue)" }
    // end

    // sample: routing-names
    app.get("/people/{id}", .name("person")) { (id: Int) in "person \(id)" }
    app.get("/me") { (request: Request) in try request.url(for: "person", ["id": 7, "tab": "posts"]) }
    // end

    // sample: routing-typed
    let page: Route<String, Int> = "/books/{title}/{page}"
    app.get(page) { title, number in "\(title), page \(number)" }
    let url = try page.url("Momo", 3)  // "/books/Momo/3"
    // end
    app.get("/typed") { url }
    return app
}

func hostSamples() -> App {
    var app = App()
    // sample: routing-hosts
    app.serverName = "example.com"
    app.get("/", .subdomain("{user}")) { (user: String) in "the page of \(user)" }
    app.get("/", .host("status.example.net")) { "all is well" }
    app.get("/") { "the front page" }
    // end
    return app
}

func traitSamples() -> App {
    var app = App()
    // sample: routing-traits
    app.post("/import", .name("import"), .bodyLimit(50_000_000), .middleware(.timeout(.seconds(60)))) {
        (rows: Body) in "\(rows.count) bytes"
    }
    // end
    // sample: routing-group
    app.group("/admin", .basicAuth(realm: "admin") { user, password in user == "root" && password == "secret" }) {
        admin in
        admin.get("/") { "the admin's page" }
        admin.get("/users") { "all users" }
    }
    // end
    return app
}
