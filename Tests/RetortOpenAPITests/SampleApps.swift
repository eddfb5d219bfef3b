// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Retort
import RetortOpenAPI

enum Format: String, Codable, CaseIterable, Sendable { case json, jpeg, png }

struct FaceOptions: Input {
    /// Smallest score of a face that is kept.
    @Field(in: 0...1, description: "Smallest score of a face that is kept.") var minimumScore = 0.5
    @Field(in: 1...100, step: 1) var limit = 20
    @Field var format: Format = .json
    @Field(length: ...40) var label: String?
}

struct Post: Codable, Sendable {
    var id: Int
    var title: String
    var replies: [Post]
}

struct Draft: Codable, Sendable {
    var title: String
    var tags: [String]
    var isPublic: Bool
}

struct Search: Decodable, Sendable {
    struct Place: Decodable, Sendable {
        var city: String
        var zip: Int?
    }
    var q: String
    var tags: [String]
    var place: Place
    var near: Place?
}

struct Gallery: Decodable, Sendable {
    var title: String
    var cover: UploadedFile
    var others: [UploadedFile]
}

enum APIVersion: HeaderKey {
    static let name = HTTPField.Name("X-API-Version") ?? .accept
    static func value(from text: String) -> Int? { Int(text) }
}

enum Theme: CookieKey { static let name = "theme" }

enum Colour: String, PathValue, CaseIterable { case red, green }

/// A picture as another target will have it: by a multipart field, as the body, or fetched.
struct Picture: RequestArgument {
    var bytes: [UInt8]

    static func make(from request: Request, path: inout PathValues) async throws -> Picture {
        Picture(bytes: Array(try await request.body.collect().readableBytesView))
    }

    static func describe(in operation: inout OperationDescription) {
        let image = Schema.file("image/*")
        var ways: JSONObject = ["url": "url"]
        if operation.takesBody { ways = ["field": "image", "body": true, "url": "url"] }
        operation.add(
            ParameterDescription(
                "url", in: .query, .string(format: "uri"), isRequired: !operation.takesBody,
                description: "Where the picture is fetched from."))
        operation.addBody(
            [
                MediaDescription("multipart/form-data", .object(["image": image], required: ["image"])),
                MediaDescription("image/*", image),
            ], isRequired: false)
        operation.addProblem(.unsupportedMediaType)
        operation.addProblem(.unprocessableContent)
        operation.extensions["x-retort-image"] = .object(ways)
    }
}

/// Detections as another target will have them.
struct Detections: ResponseConvertible, SchemaDescribing {
    func response(to request: Request) throws -> Response { Response(.text("{}"), contentType: "application/json") }

    static func schema(in table: inout SchemaTable) -> Schema {
        var schema = Schema.object(["boxes": .array(of: .array(of: .number))], required: ["boxes"])
        schema["x-retort-kind"] = "detections"
        return schema
    }

    static func describeResult(in operation: inout OperationDescription) {
        operation.addResponse(.ok, nil, "application/json", operation.schema(of: Self.self))
        for type in ["image/jpeg", "image/png"] { operation.addResponse(.ok, nil, type, .file(type)) }
        operation.extensions["x-retort-formats"] = [
            "parameter": "format",
            "types": ["json": "application/json", "jpeg": "image/jpeg", "png": "image/png"],
        ]
    }
}

/// Apps that describe themselves.
enum SampleApps {
    static func hello() -> App {
        var app = App()
        app.get("/") { "Hello, World!" }
        app.openAPI()
        return app
    }

    static func pictures() -> App {
        var app = App()
        app.name = "lab"
        app.version = "1.0"
        app.summary = "Pictures in, detections out."
        app.on(
            [.get, .post], "/api/detect",
            [
                .summary("Finds faces in a picture"), .description("Boxes are in pixels."), .tags("lab"),
                .bodyLimit(20_000_000), .example("A group", ["image": "/examples/faces.jpg", "limit": 5]),
            ]
        ) { (_: Picture, _: Query<FaceOptions>) in Detections() }
        app.openAPI()
        return app
    }

    struct Blog: Blueprint {
        func routes(_ r: inout Routes) {
            r.get("/{id}", .name("show"), .deprecated) { (id: Int) -> Post? in nil }
            r.post("/", .response(.created, Post.self, "The new post")) { (draft: JSON<Draft>) in
                Reply(draft.value, status: .created)
            }
            r.get("/secret", .hidden) { "secret" }
        }
    }

    /// Every kind of argument and of result.
    static func everything() -> App {
        var app = App()
        app.name = "everything"
        app.serverName = "example.com"
        arguments(&app)
        bodies(&app)
        results(&app)
        app.mount(Blog(), at: "/blog")
        app.openAPI(title: "Everything", version: "2", description: "All of it.", servers: ["https://example.com/v2"])
        return app
    }

    private static func arguments(_ app: inout App) {
        app.get("/path/{number}/{text}/{colour}/{key}") { (_: Int, _: String, _: Colour, _: UUID) in "" }
        app.get("/files/{path...}") { (_: RestOfPath) in "" }
        app.get("/untyped/{a}") { (request: Request) in request.path }
        app.get("/search") { (_: Query<Search>) in "" }
        app.get("/maybe") { (_: Query<Search>?) in "" }
        app.get("/any") { (_: Query<[String: String]>) in "" }
        app.get("/faces") { (_: Query<FaceOptions>) in "" }
        app.get("/header") { (_: Header<APIVersion>, _: Cookie<Theme>?, _: HTTPFields, _: ClientAddress) in "" }
        app.get("/basic") { (_: BasicCredentials) in "" }
        app.get("/bearer") { (_: BearerToken?) in "" }
        app.group("/guarded", .bearerAuth { _ in true }, .rateLimit(10, per: .seconds(1))) { group in
            group.get("/") { "guarded" }
        }
        app.get("/users", .subdomain("{user}")) { (_: String) in "" }
    }

    private static func bodies(_ app: inout App) {
        app.put("/json") { (_: JSON<Draft>) in NoContent() }
        app.patch("/json") { (_: JSON<[Draft]>?) in NoContent() }
        app.post("/form") { (_: Form<Draft>) in NoContent() }
        app.post("/form/input") { (_: Form<FaceOptions>) in NoContent() }
        app.post("/form/fields") { (_: FormFields) in NoContent() }
        app.post("/form/data") { (_: FormData) in NoContent() }
        app.post("/gallery") { (_: Form<Gallery>) in NoContent() }
        app.post("/upload") { (_: Upload, _: Form<Draft>) in NoContent() }
        app.post("/upload/maybe") { (_: Upload?, _: Form<Draft>) in NoContent() }
        app.post("/uploads") { (_: Files) in NoContent() }
        app.post("/multipart") { (_: Multipart) in NoContent() }
        app.post("/raw", .bodyLimit(1_000)) { (_: Body) in NoContent() }
        app.post("/stream") { (_: RequestBody) in NoContent() }
        app.on(.any, "/anything") { "" }
    }

    private static func results(_ app: inout App) {
        app.get("/html") { HTML("<p>") }
        app.get("/bytes") { Bytes([1], contentType: "image/png") }
        app.get("/post") { Post(id: 1, title: "", replies: []) }
        app.get("/posts") { [Post]() }
        app.get("/redirect") { Redirect("/") }
        app.get("/file") { File("a.txt") }
        app.get("/events") { ServerSentEvents { _ in } }
        app.get("/lines") { JSONLines(AsyncStream<Post> { $0.finish() }) }
        app.get("/response") { (_: Request) in Response() }
        app.webSocket("/live/{room}") { (_: WebSocket, _: String) in }
        app.static("/assets", from: ".")
        app.get("/odd path/{{x}}/é") { "" }
        app.get("/twins/{id}") { (_: Int) in "" }
        app.get("/twins/{name}") { (_: String) in "" }
        app.delete("/twins/{key}") { (_: UUID) in NoContent() }
    }
}
