// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Testing

@Suite(.timeLimit(.minutes(1)))
struct FormTests {
    struct Contact: Codable, Sendable {
        var name: String
        var age: Int?
        var tags: [String]
        var agreed: Bool
    }

    struct Picture: Decodable, Sendable {
        var title: String
        var file: UploadedFile
        var others: [UploadedFile]
    }

    private var client: TestClient {
        get throws {
            var app = App.unlogged
            app.post("/contact") { (form: Form<Contact>) in
                "\(form.name) \(form.age.map(String.init) ?? "-") \(form.tags.joined(separator: ",")) \(form.agreed)"
            }
            app.post("/contact/async") { (form: Form<Contact>) async in "\(form.name)" }
            app.post("/maybe") { (form: Form<Contact>?) in form?.name ?? "nothing" }
            app.post("/fields") { (form: FormFields) in
                "\(form["a"] ?? "-") \(form.all("a").joined(separator: ","))"
            }
            app.post("/picture") { (form: Form<Picture>) in
                "\(form.title) \(form.file.filename) \(form.file.size) \(form.others.count)"
            }
            app.post("/twice") { (fields: FormFields, form: Form<Contact>, data: FormData) in
                "\(fields["name"] ?? "-") \(form.name) \(data.fields["name"] ?? "-") \(data.files.count)"
            }
            app.post("/limited") { (request: Request) in
                var limits = FormLimits()
                limits.fields = 2
                limits.files = 1
                limits.fieldBytes = 30
                let form = try await request.form(limits: limits)
                return "\(form.fields.count) \(form.files.count)"
            }
            app.post("/small", .bodyLimit(100)) { (form: FormFields) in "\(form.values.count)" }
            return try TestClient(app)
        }
    }

    @Test(arguments: ["/contact", "/contact/async"])
    func anUrlencodedFormIsDecoded(_ path: String) async throws {
        let response = try await client.post(
            path, form: ["name": "Ada ü&=+", "age": "36", "tags": "a", "tags": "b", "agreed": "on"])
        #expect(response.text == (path == "/contact" ? "Ada ü&=+ 36 a,b true" : "Ada ü&=+"))
    }

    @Test func aCheckBoxThatWasNotTickedIsFalse() async throws {
        #expect(try await client.post("/contact", form: ["name": "Ada"]).text == "Ada -  false")
    }

    @Test func aMultipartFormIsDecodedTheSameWay() async throws {
        let body = try TestBody.multipart(["name": "Ada", "tags": "x"], files: [:])
        #expect(try await client.post("/contact", body: body).text == "Ada - x false")
    }

    @Test func filesBelongToProperties() async throws {
        let one = UploadedFile(filename: "cat.jpg", contentType: "image/jpeg", bytes: [1, 2, 3])
        let response = try await client.post(
            "/picture", form: ["title": "A cat"], files: ["file": one, "others": one, "others": one])
        #expect(response.text == "A cat cat.jpg 3 2")
    }

    @Test func errorsNameEachField() async throws {
        let response = try await client.post(
            "/contact", headers: [.accept: "application/json"], form: ["age": "old", "agreed": "perhaps"])
        #expect(response.status == .unprocessableContent)
        for name in ["\"name\"", "\"age\"", "\"agreed\""] { #expect(response.text.contains(name)) }
        let file = try await client.post("/picture", form: ["title": "x"], files: [:])
        #expect(file.status == .unprocessableContent)
        #expect(file.text.contains("\"file\""))
    }

    @Test(arguments: ["application/json", "text/plain", "multipart/mixed; boundary=x", "nonsense", "multipart/x"])
    func otherTypesAreRefused(_ type: String) async throws {
        let response = try await client.post(
            "/contact", headers: [.contentType: type], body: .text("name=x", contentType: nil))
        #expect(response.status == .unsupportedMediaType)
    }

    @Test func aBodyWithoutATypeIsRefusedAndNoBodyIsAbsent() async throws {
        let client = try client
        let text = TestBody.text("name=x", contentType: nil)
        #expect(try await client.post("/contact", body: text).status == .unsupportedMediaType)
        #expect(try await client.post("/maybe", body: text).status == .unsupportedMediaType)
        #expect(try await client.post("/contact").status == .unsupportedMediaType)
        #expect(try await client.post("/maybe").text == "nothing")
        #expect(try await client.post("/maybe", form: ["name": "x"]).text == "x")
        // What is there and wrong is an error all the same.
        #expect(try await client.post("/maybe", form: ["age": "x"]).status == .unprocessableContent)
    }

    @Test func theTypeMayHaveParametersAndCapitals() async throws {
        let response = try await client.post(
            "/fields", headers: [.contentType: "Application/X-WWW-Form-Urlencoded; charset=UTF-8"],
            body: .text("a=1&a=2", contentType: nil))
        #expect(response.text == "1 1,2")
    }

    @Test func severalArgumentsShareOneForm() async throws {
        let client = try client
        #expect(try await client.post("/twice", form: ["name": "x"]).text == "x x x 0")
        let file = UploadedFile(filename: "a", bytes: [UInt8](repeating: 7, count: 700_000))
        #expect(try await client.post("/twice", form: ["name": "x"], files: ["f": file]).text == "x x x 1")
    }

    @Test(arguments: [
        "a=1&b=2&c=3", "a=0123456789012345678901234567890123456789",
    ])
    func anUrlencodedFormBeyondALimitIsTooLarge(_ text: String) async throws {
        let body = TestBody.text(text, contentType: "application/x-www-form-urlencoded")
        #expect(try await client.post("/limited", body: body).status == .contentTooLarge)
    }

    @Test func aMultipartFormBeyondALimitIsTooLarge() async throws {
        let client = try client
        let file = UploadedFile(filename: "a", bytes: [1])
        #expect(try await client.post("/limited", form: ["a": "1", "b": "2"], files: ["f": file]).text == "2 1")
        #expect(
            try await client.post("/limited", form: ["a": "", "b": "", "c": ""], files: ["f": file]).status
                == .contentTooLarge)
        #expect(
            try await client.post("/limited", files: ["f": file, "g": file]).status == .contentTooLarge)
        let long = String(repeating: "x", count: 40)
        #expect(try await client.post("/limited", form: ["a": long], files: ["f": file]).status == .contentTooLarge)
    }

    @Test(arguments: TestClient.Transport.allCases)
    func aBodyBeyondTheLimitOfItsRouteIsTooLarge(over transport: TestClient.Transport) async throws {
        var app = App.unlogged
        app.post("/small", .bodyLimit(100)) { (form: FormFields) in "\(form.values.count)" }
        try await TestClient.run(app, over: transport) { client in
            let text = "a=" + String(repeating: "x", count: 98)
            let type = "application/x-www-form-urlencoded"
            let fits = try await client.post("/small", body: .text(text, contentType: type))
            #expect(fits.text == "1")
            #expect(
                try await client.post("/small", body: .text(text + "x", contentType: type)).status == .contentTooLarge)
            let chunked = TestBody.stream(contentType: type) { try await $0.write(text + "x") }
            #expect(try await client.post("/small", body: chunked).status == .contentTooLarge)
        }
    }

    @Test(arguments: [
        "no boundary at all", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nvalue",
        "--x\r\nContent-Disposition: form-data\r\n\r\nvalue\r\n--x--\r\n",
        "--x\r\nno colon\r\n\r\nvalue\r\n--x--\r\n", "",
        "--x\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64\r\n\r\nv\r\n--x--\r\n",
    ])
    func aMalformedMultipartBodyIsABadRequest(_ text: String) async throws {
        let body = TestBody.text(text, contentType: "multipart/form-data; boundary=x")
        #expect(try await client.post("/fields", body: body).status == .badRequest)
    }

    @Test(arguments: [
        "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=a; boundary=b",
    ])
    func aBoundaryThatCannotBeUsedIsABadRequest(_ type: String) async throws {
        let response = try await client.post("/fields", body: .text("--x--", contentType: type))
        #expect(response.status == .badRequest)
    }
}
