// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

// The rows of the comparison, in Hummingbird.

import Hummingbird
import Logging
import NIOPosix

struct Greeting: ResponseCodable {
    var id: Int
    var title: String
    var tags: [String]
    var score: Double
}

struct Search: Codable {
    var q: String
    var page: Int?
    var size: Int?
}

struct Pass<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        try await next(request, context)
    }
}

let router = Router()
router.get("/") { _, _ in "Hello, World!" }
router.get("/json") { _, _ in Greeting(id: 1, title: "Hello, World!", tags: ["web", "swift"], score: 0.5) }
router.get("/posts/:id") { _, context in "post \(try context.parameters.require("id", as: Int.self))" }
router.get("/search") { request, context in
    let search = try request.uri.decodeQuery(as: Search.self, context: context)
    return "\(search.q) \(search.page ?? 1) \(search.size ?? 10)"
}
router.post("/upload") { request, _ in
    var count = 0
    for try await piece in request.body { count += piece.readableBytes }
    return String(count)
}
let deep = router.group("/deep")
for _ in 0..<10 { deep.add(middleware: Pass()) }
deep.get("/") { _, _ in "Hello, World!" }
router.add(middleware: FileMiddleware(CommandLine.arguments[1], urlBasePath: "/static"))

// One event loop for one core is what serves fastest; with a third argument there are as many as its guide gets.
let hasDefaultLoops = CommandLine.arguments.count > 3
let loops: EventLoopGroupProvider =
    hasDefaultLoops ? .singleton : .shared(MultiThreadedEventLoopGroup(numberOfThreads: 1))
var logger = Logger(label: "bench")
logger.logLevel = .error
let app = Application(
    router: router,
    configuration: .init(address: .hostname("127.0.0.1", port: Int(CommandLine.arguments[2]) ?? 8102)),
    eventLoopGroupProvider: loops, logger: logger)
try await app.runService()
