// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Retort
import RetortWire
import Testing

enum PictureFormat: String, Codable, CaseIterable, Sendable { case json, jpeg, png }

struct FaceOptions: Input {
    @Field(in: 0...1) var minimumScore = 0.5
    @Field(in: 1...100, step: 1) var limit = 20
    @Field var format: PictureFormat = .json
    @Field var label: String?
    @Field(in: 0..<360, unit: "°") var angle: Float = 0
    @Field(in: 16..., step: 16) var width: Int?
    @Field(count: ...3) var tags: [String] = ["any"]
    var unread = 7
}

struct ArticleDraft: Input, Encodable, Hashable {
    @Field("Title", length: 1...10) var title: String
    @Field(length: ...20, matching: "[a-z][a-z0-9-]*") var slug: String = "draft"
    @Field(in: 1...5) var stars: Int
    @Field(name: "is_public") var isPublic = false
    @Field var size = BoxSize()
}

struct BoxSize: Input, Encodable, Hashable {
    @Field(in: 1...) var width = 10
    @Field(in: 1...) var height = 20
}

@Suite struct InputTests {
    private func client() throws -> TestClient {
        var app = App()
        app.get("/faces") { (o: Query<FaceOptions>) in
            "\(o.minimumScore) \(o.limit) \(o.format) \(o.label ?? "-") \(o.angle) \(o.width ?? 0) \(o.tags) \(o.unread)"
        }
        app.post("/json") { (draft: JSON<ArticleDraft>) in draft }
        app.post("/form") { (draft: Form<ArticleDraft>) in JSON(draft.value) }
        app.post("/list") { (drafts: JSON<[ArticleDraft]>) in drafts }
        return try TestClient(app)
    }

    private func problem(_ response: TestResponse) throws -> [String] {
        let object = try JSONValue(parsing: response.text)
        return object["errors"]?.array?.compactMap { $0["message"]?.string } ?? []
    }

    @Test func missingFieldsTakeTheirDefaults() async throws {
        let response = try await client().get("/faces")
        #expect(response.text == "0.5 20 json - 0.0 0 [\"any\"] 7")
    }

    @Test func sentFieldsReplaceTheDefaults() async throws {
        let response = try await client().get(
            "/faces?minimumScore=0.25&limit=3&format=png&label=cat&angle=359.5&width=32&tags=a&tags=b&unread=9")
        #expect(response.text == "0.25 3 png cat 359.5 32 [\"a\", \"b\"] 7")
    }

    @Test func emptyTextsForNumbersAreTheDefaultsAsBrowsersSendThem() async throws {
        let response = try await client().get("/faces?minimumScore=&limit=&format=&width=&label=")
        #expect(response.text == "0.5 20 json  0.0 0 [\"any\"] 7")
    }

    @Test(arguments: [
        ("minimumScore=1.5", "`minimumScore` must be from 0 to 1, not `1.5`."),
        ("minimumScore=-0.1", "`minimumScore` must be from 0 to 1, not `-0.1`."),
        ("limit=0", "`limit` must be from 1 to 100, not `0`."),
        ("limit=101", "`limit` must be from 1 to 100, not `101`."),
        ("limit=x", "`limit` must be a whole number, not `x`."),
        ("angle=360", "`angle` must be at least 0 and below 360, not `360`."),
        ("width=15", "`width` must be at least 16, not `15`."),
        ("width=40", "`width` must be in steps of 16 from 16, not `40`."),
        ("format=jepg", "`format` must be one of `json`, `jpeg`, `png`, not `jepg`. Did you mean `jpeg`?"),
        ("format=xyzzy", "`format` must be one of `json`, `jpeg`, `png`, not `xyzzy`."),
        ("tags=1&tags=2&tags=3&tags=4", "`tags` must have at most 3 elements, not 4."),
    ])
    func whatDoesNotFitIsNamedWithItsLimit(query: String, sentence: String) async throws {
        let response = try await client().get("/faces?\(query)")
        #expect(response.status == .unprocessableContent)
        #expect(try problem(response) == [sentence])
    }

    @Test func oneAnswerNamesEveryField() async throws {
        let response = try await client().get("/faces?minimumScore=2&limit=x&angle=-1&width=17&format=gif")
        #expect(response.status == .unprocessableContent)
        let object = try JSONValue(parsing: response.text)
        let fields = object["errors"]?.array?.compactMap { $0["field"]?.string }
        #expect(fields == ["minimumScore", "limit", "format", "angle", "width"])
        let codes = object["errors"]?.array?.compactMap { $0["code"]?.string }
        #expect(codes == ["out-of-range", "invalid-integer", "invalid-choice", "out-of-range", "out-of-range"])
    }

    @Test func formsAreReadInTheSameWay() async throws {
        let sent = try await client().post(
            "/form", form: ["title": "Hello", "stars": "4", "is_public": "on", "size.width": "3"])
        #expect(
            sent.text
                == #"{"title":"Hello","slug":"draft","stars":4,"isPublic":true,"size":{"width":3,"height":20}}"#)
        let wrong = try await client().post("/form", form: ["slug": "A b", "stars": "9", "size.width": "0"])
        #expect(wrong.status == .unprocessableContent)
        #expect(
            try problem(wrong) == [
                "`title` is missing.", "`slug` must match `^[a-z][a-z0-9-]*$`, not `A b`.",
                "`stars` must be from 1 to 5, not `9`.", "`size.width` must be at least 1, not `0`.",
            ])
    }

    private func post(_ json: String, to path: String = "/json") async throws -> TestResponse {
        try await client().post(path, body: .text(json, contentType: "application/json"))
    }

    @Test func jsonIsReadInTheSameWay() async throws {
        let sent = try await post(#"{"title":"Hi","stars":5,"size":{"height":2}}"#)
        #expect(
            sent.text == #"{"title":"Hi","slug":"draft","stars":5,"isPublic":false,"size":{"width":10,"height":2}}"#)
        let wrong = try await post(#"{"title":"much too long a title","stars":0,"slug":"-","size":{"width":-1}}"#)
        #expect(wrong.status == .unprocessableContent)
        #expect(
            try problem(wrong) == [
                "`title` must have from 1 to 10 characters, not 21.",
                "`slug` must match `^[a-z][a-z0-9-]*$`, not `-`.", "`stars` must be from 1 to 5, not `0`.",
                "`size.width` must be at least 1, not `-1`.",
            ])
    }

    @Test(arguments: [
        (#"{"stars":1}"#, "the key"), (#"{"title":1,"stars":1}"#, "a string"), (#"{"title":"a"}"#, "the key"),
        (#"[]"#, "an object"),
    ])
    func jsonOfAnotherShapeIsRefusedWithItsPlace(json: String, expected: String) async throws {
        let response = try await post(json)
        #expect(response.status == .unprocessableContent)
        #expect(response.text.contains(expected))
    }

    @Test func elementsAreNamedByTheirPlace() async throws {
        let response = try await post(#"[{"title":"a","stars":1},{"title":"b","stars":7}]"#, to: "/list")
        #expect(try problem(response) == ["`[1].stars` must be from 1 to 5, not `7`."])
    }

    @Test func anyDecoderReadsIt() throws {
        let options = try JSONDecoder().decode(FaceOptions.self, from: Data(#"{"limit":7,"label":"x"}"#.utf8))
        #expect(options.limit == 7)
        #expect(options.minimumScore == 0.5)
        #expect(options.label == "x")
        #expect(throws: FieldErrors.self) {
            try JSONDecoder().decode(FaceOptions.self, from: Data(#"{"limit":0,"format":"pgn"}"#.utf8))
        }
        let wrong = #expect(throws: FieldErrors.self) {
            try JSONCoding.decode(FaceOptions.self, from: #"{"format":"pgn"}"#)
        }
        #expect(
            wrong?.description
                == "`format` must be one of `json`, `jpeg`, `png`, not `pgn`. Did you mean `png`?")
    }

    @Test func nullIsTheDefaultOfAFieldThatIsNoOptional() throws {
        let options = try JSONCoding.decode(FaceOptions.self, from: #"{"limit":null,"label":null,"width":null}"#)
        #expect(options.limit == 20)
        #expect(options.label == nil)
    }

    @Test func valuesAreMadeAndChangedAsOfAnyStruct() {
        var options = FaceOptions()
        #expect(options.limit == 20)
        options.limit = 5
        #expect(options.limit == 5)
        #expect(FaceOptions().limit == 20)
        #expect(FaceOptions(minimumScore: 0.75).minimumScore == 0.75)
        #expect(BoxSize(width: 1) != BoxSize())
        #expect(Set([BoxSize(), BoxSize()]).count == 1)
    }

    @Test func typesInsideFunctionsAreRead() throws {
        struct Local: Input {
            @Field var text = "a"
            @Field(in: 0...9) var digit: UInt8 = 1
        }
        let value = try JSONCoding.decode(Local.self, from: #"{"digit":9}"#)
        #expect(value.text == "a")
        #expect(value.digit == 9)
    }

    @Test func manyTasksReadAtOnce() async throws {
        let sums = try await withThrowingTaskGroup(of: Int.self) { group in
            for task in 0..<8 {
                group.addTask {
                    var sum = 0
                    for number in 1...200 {
                        let fields: MultiDict<String> = ["limit": "\((number + task) % 100 + 1)"]
                        sum += try FieldsDecoder().decode(FaceOptions.self, from: fields).limit
                    }
                    return sum
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 }
        }
        #expect(sums == 8 * 2 * 5_050)
    }

    @Test func aRequiredFieldThatNobodyHasSetStopsTheProgram() async {
        await #expect(processExitsWith: .failure) { _ = ArticleDraft().title }
    }
}
