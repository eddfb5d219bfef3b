// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

// The rows of the comparison, in Retort.

import Retort

struct Greeting: Codable, Sendable {
    var id: Int
    var title: String
    var tags: [String]
    var score: Double
}

struct Search: Codable, Sendable {
    var q: String
    var page: Int?
    var size: Int?
}

struct Pass: Middleware {
    func handle(_ request: Request, next: Next) async throws -> Response { try await next(request) }
}

func hello() async -> String { "Hello, World!" }

var app = App()
app.get("/") { "Hello, World!" }
app.get("/async") { await hello() }
app.get("/json") { Greeting(id: 1, title: "Hello, World!", tags: ["web", "swift"], score: 0.5) }
app.get("/posts/{id}") { (id: Int) in "post \(id)" }
app.get("/search") { (search: Query<Search>) in "\(search.q) \(search.page ?? 1) \(search.size ?? 10)" }
app.static("/static", from: CommandLine.arguments[1])
app.post("/upload", .bodyLimit(4_000_000)) { (body: RequestBody) in
    var count = 0
    for try await piece in body { count += piece.readableBytes }
    return String(count)
}
app.group("/deep", Pass(), Pass(), Pass(), Pass(), Pass(), Pass(), Pass(), Pass(), Pass(), Pass()) { deep in
    deep.get("/") { "Hello, World!" }
}
app.server.addresses = [.tcp(host: "127.0.0.1", port: Int(CommandLine.arguments[2]) ?? 8101)]
app.server.workers = 1
try await app.serve()
