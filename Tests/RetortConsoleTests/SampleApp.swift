// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import RetortConsole
import RetortWire

/// An app with operations of every kind that the console draws.
enum SampleApp {
    enum Priority: String, Codable, CaseIterable, Sendable { case low, normal, high }

    struct GreetingOptions: Input {
        @Field(in: 1...5, step: 1, description: "How often the name is said.") var times = 1
        @Field(in: 0...1, description: "From a whisper to a shout.") var loudness = 0.5
        @Field(description: "Whether to be formal.") var formal = false
    }

    struct Greeting: Codable, Sendable {
        var text: String
        var times: Int
        var loudness: Double
    }

    struct NewNote: Input {
        @Field(length: 1...200, description: "What is to be remembered.") var text: String
        @Field(description: "How much it matters.") var priority: Priority = .normal
        @Field(count: ...5, description: "Words to find it by.") var tags: [String] = []
    }

    struct Note: Codable, Sendable {
        var id: Int
        var text: String
        var priority: Priority
        var tags: [String]
    }

    struct Contact: Input {
        @Field("Your name", length: 1...60) var name: String
        @Field("Message", length: 1...500, description: "A person reads it.") var message: String
        @Field("Send me a copy") var copy = false
    }

    struct Received: Codable, Sendable {
        var filename: String
        var type: String?
        var size: Int
        var sha256: String
    }

    struct DetectOptions: Input {
        @Field(in: 0...1, step: 0.01, description: "Smallest score of a shape that is kept.") var minimumScore = 0.5
        @Field(in: 1...10, step: 1, description: "The most shapes in an answer.") var limit = 10
    }

    struct PaintOptions: Input {
        @Field(in: 64...1_024, step: 16, unit: "px", description: "Width of the picture.") var width = 480
        @Field(in: 0...1, step: 0.05, description: "From cold to warm.") var warmth = 0.3
    }

    /// The operations, without a console.
    static func operations() -> App {
        var app = App()
        app.name = "Sample"
        app.version = "1.0"
        app.get("/greetings/{name}", .summary("Greets somebody"), .tags("words"), .name("greet")) {
            (name: String, options: Query<GreetingOptions>) in
            let word = options.formal ? "Good day" : "Hello"
            return JSON(
                Greeting(
                    text: "\(word), " + Array(repeating: name, count: options.times).joined(separator: " ") + "!",
                    times: options.times, loudness: options.loudness))
        }
        app.post(
            "/notes", .summary("Keeps a note"), .description("The note gets a number, by which `GET` finds it."),
            .tags("words"), .name("keep"), .example("Shopping", ["text": "Buy milk", "priority": "high"])
        ) { (note: JSON<NewNote>) in
            Reply(
                JSON(Note(id: 1, text: note.text, priority: note.priority, tags: note.tags)), status: .created)
        }
        app.post("/contact", .summary("Sends a message"), .tags("words"), .name("contact")) { (form: Form<Contact>) in
            "Thank you, \(form.name): \(form.message.utf8.count) bytes have arrived."
        }
        app.post("/files", .summary("Takes a file"), .tags("files"), .name("upload"), .bodyLimit(5_000_000)) {
            (upload: Upload) async throws in
            let bytes = try await upload.bytes()
            return JSON(
                Received(
                    filename: upload.filename, type: upload.contentType, size: bytes.count,
                    sha256: Hex.encode(try HashFunction.sha256.digest(of: bytes))))
        }
        pictures(&app)
        return app
    }

    private static func pictures(_ app: inout App) {
        app.post("/shapes", .summary("Finds shapes in a picture"), .tags("pictures"), .name("shapes")) {
            (picture: SentPicture, options: Query<DetectOptions>) in
            FoundShapes(size: picture.size, options: options.value)
        }
        app.get(
            "/paintings", .summary("Paints a picture"), .tags("pictures"), .name("paint"),
            .response(.ok, "The picture", as: "image/png")
        ) { (options: Query<PaintOptions>) in
            let bytes = try SamplePicture.png(
                width: options.width, height: options.width / 2, warmth: options.warmth)
            return Response(.bytes(bytes), contentType: "image/png")
        }
        app.get("/ticks", .summary("Counts to three"), .tags("streams"), .name("ticks")) {
            ServerSentEvents { events in
                for number in 1...3 { try await events("\(number)") }
            }
        }
        app.webSocket("/echo", .summary("Says everything again"), .tags("streams"), .name("echo")) {
            (socket: WebSocket) async throws in
            for try await message in socket.messages { try await socket.send(message) }
        }
    }

    /// The operations with a console at a path.
    static func app(_ console: Console? = nil, at path: String = "/console") throws -> App {
        var app = operations()
        let pictures: [Console.Example] = [
            .init("Shapes", bytes: try SamplePicture.png()),
            .init("Shapes at dusk", bytes: try SamplePicture.png(width: 600, height: 400, warmth: 0.9)),
        ]
        app.mount(console ?? Console(title: "Sample", examples: pictures), at: path)
        return app
    }
}

/// A picture, in the ways in which pictures are sent.
struct SentPicture: RequestArgument {
    var size: (width: Int, height: Int)

    static func make(from request: Request, path: inout PathValues) async throws -> SentPicture {
        let isForm = request.header(.contentType)?.utf8.starts(with: "multipart/".utf8) ?? false
        let bytes =
            isForm
            ? try await Upload.make(from: request, path: &path).bytes()
            : Array(try await request.body.collect().readableBytesView)
        guard let size = SamplePicture.size(of: bytes) else {
            throw HTTPError(.unsupportedMediaType, "Send a picture in the format PNG.")
        }
        return SentPicture(size: size)
    }

    static func describe(in operation: inout OperationDescription) {
        let image = Schema.file("image/*")
        operation.addBody([
            MediaDescription("multipart/form-data", .object(["image": image], required: ["image"])),
            MediaDescription("image/*", image),
        ])
        operation.addProblem(.unsupportedMediaType)
        operation.extensions["x-retort-image"] = ["field": "image", "body": true]
    }
}

/// What was found, as pages draw it.
struct FoundShapes: ResponseConvertible {
    var size: (width: Int, height: Int)
    var options: SampleApp.DetectOptions

    func response(to request: Request) throws -> Response {
        let found = SamplePicture.shapes.filter { $0.score >= options.minimumScore }.prefix(options.limit)
        let value: JSONValue = [
            "image": ["width": .int(Int64(size.width)), "height": .int(Int64(size.height))],
            "detections": .array(
                found.map { shape in
                    func pixels(_ share: Double, _ length: Int) -> JSONValue { .int(Int64(share * Double(length))) }
                    return [
                        "box": [
                            pixels(shape.left, size.width), pixels(shape.top, size.height),
                            pixels(shape.right, size.width), pixels(shape.bottom, size.height),
                        ],
                        "label": .string(shape.label), "score": .double(shape.score),
                    ]
                }),
        ]
        return Response(.text(try value.text()), contentType: "application/json")
    }

    static func describeResult(in operation: inout OperationDescription) {
        var schema = Schema.object(
            ["detections": .array(of: .object(["label": .string, "score": .number]))], required: ["detections"])
        schema["x-retort-kind"] = "detections"
        operation.addResponse(.ok, "What was found", "application/json", schema)
    }
}
