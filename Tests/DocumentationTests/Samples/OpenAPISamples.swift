// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import RetortOpenAPI

// sample: inputs
enum PictureFormat: String, Codable, CaseIterable, Sendable { case json, jpeg, png }

struct FaceOptions: Input {
    /// Smallest score of a face that is kept.
    @Field(in: 0...1) var minimumScore = 0.5

    /// The most faces in an answer.
    @Field(in: 1...100) var limit = 20

    /// What the answer is.
    @Field var format: PictureFormat = .json

    @Field("Name", length: 1...40, matching: "[A-Za-z ]+") var name: String
    @Field(count: ...5) var tags: [String] = []
    @Field(in: 16..., step: 16, unit: "px") var width: Int?
}
// end

func openAPISamples() -> App {
    var app = App()
    // sample: inputs-use
    app.get("/faces") { (options: Query<FaceOptions>) in "at most \(options.limit) faces of \(options.name)" }
    app.post("/faces") { (options: JSON<FaceOptions>) in "scores from \(options.minimumScore)" }
    // end

    // sample: openapi-app
    struct Note: Codable, Sendable {
        var id: Int
        var text: String
    }
    struct NewNote: Input {
        @Field(length: 1...500) var text: String
    }
    app.get("/notes/{id}", .summary("Shows a note")) { (id: Int) -> Note? in
        id == 1 ? Note(id: 1, text: "Buy milk") : nil
    }
    app.post("/notes", .tags("notes"), .response(.created, Note.self, "The new note")) { (note: JSON<NewNote>) in
        Reply(Note(id: 2, text: note.text), status: .created)
    }
    app.openAPI(title: "Notes", version: "1.0")
    // end

    // sample: openapi-traits
    app.get("/old", .deprecated, .description("Ask `/notes` instead.")) { Redirect.permanent("/notes") }
    app.get("/inside", .hidden) { "in no document" }
    app.post("/echo", .example("A greeting", ["text": "Hello"])) { (form: Form<NewNote>) in form.text }
    app.get("/logo", .response(.ok, "The logo", as: "image/png")) { File("logo.png") }
    // end

    // sample: openapi-describe
    app.get("/now", .describe { $0.extensions["x-cost"] = 1 }) { "now" }
    // end
    return app
}

// sample: openapi-argument
/// The language that a client prefers, as an argument of handlers.
struct Language: ImmediateArgument {
    var code: String

    static func makeAtOnce(from request: Request, path: inout PathValues) -> Language {
        Language(code: request.header(.acceptLanguage) ?? "en")
    }

    static func describe(in operation: inout OperationDescription) {
        operation.add(ParameterDescription("Accept-Language", in: .header, .string, isRequired: false))
    }
}

/// A drawing, as a result of handlers.
struct Drawing: ResponseConvertible {
    var svg: String

    func response(to request: Request) -> Response { Response(.text(svg), contentType: "image/svg+xml") }

    static func describeResult(in operation: inout OperationDescription) {
        operation.addResponse(.ok, "The drawing", "image/svg+xml", .string)
    }
}
// end

// sample: openapi-schema
struct Money: Codable, Sendable, SchemaDescribing {
    var cents: Int

    init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let amount = Double(text), amount.magnitude < 1e12 else {
            throw HTTPError(.unprocessableContent, "An amount is written as 12.50.")
        }
        cents = Int((amount * 100).rounded())
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode("\(cents / 100).\(cents % 100)")
    }

    static func schema(in table: inout SchemaTable) -> Schema { .string(format: "decimal") }
    static var schemaName: String? { nil }
}
// end
