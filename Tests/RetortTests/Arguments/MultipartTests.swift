// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Testing

@Suite(.serialized, .timeLimit(.minutes(1)))
struct MultipartTests {
    private static func body(_ parts: [(name: String, file: String?, count: Int)]) throws -> (String, [UInt8]) {
        var encoder = MultipartEncoder()
        for part in parts {
            let bytes = part.count > 1_000 ? SampleBytes.make(part.count) : Array("abcdefgh".utf8.prefix(part.count))
            if let file = part.file {
                encoder.appendFile(part.name, UploadedFile(filename: file, bytes: bytes))
            } else {
                encoder.appendField(part.name, String(decoding: bytes, as: UTF8.self))
            }
        }
        return (encoder.contentType, try encoder.bytes())
    }

    private var app: App {
        var app = App.unlogged
        app.server.limits.bodyBytes = 64 * 1_048_576
        app.post("/list") { (form: Multipart) async throws in
            var lines: [String] = []
            for try await part in form {
                var count = 0
                for try await bytes in part { count += bytes.readableBytes }
                lines.append("\(part.name) \(part.filename ?? "-") \(count)")
            }
            return lines.joined(separator: "\n")
        }
        app.post("/names") { (form: Multipart) async throws in
            var names: [String] = []
            for try await part in form { names.append(part.name) }
            return names.joined(separator: ",")
        }
        app.post("/second") { (form: Multipart) async throws in
            var parts = form.makeAsyncIterator()
            _ = try await parts.next()
            return try await parts.next()?.text() ?? "nothing"
        }
        app.post("/late") { (form: Multipart) async throws in
            var parts = form.makeAsyncIterator()
            let first = try await parts.next()
            _ = try await parts.next()
            return try await first?.text() ?? "nothing"
        }
        app.post("/limit") { (form: Multipart) async throws in
            for try await part in form { return try await part.text(upTo: 10) }
            return "nothing"
        }
        app.post("/maybe") { (form: Multipart?) async in form == nil ? "nothing" : "form" }
        return app
    }

    @Test(arguments: TestClient.Transport.allCases)
    func partsArriveOneBehindTheOther(over transport: TestClient.Transport) async throws {
        let (type, bytes) = try Self.body([("a", nil, 3), ("f", "x.bin", 1_500_000), ("b", nil, 0), ("g", "y", 1)])
        try await TestClient.run(app, over: transport) { client in
            let body = TestBody.bytes(bytes, contentType: type)
            let list = try await client.post("/list", body: body).text
            #expect(list == "a - 3\nf x.bin 1500000\nb - 0\ng y 1")
            #expect(try await client.post("/names", body: body).text == "a,f,b,g")
        }
    }

    @Test(arguments: [1, 2, 7, 100, 4_096])
    func anySplitGivesTheSameParts(_ size: Int) async throws {
        let (type, bytes) = try Self.body([("a", nil, 3), ("f", "x.bin", 1_300), ("b", nil, 0)])
        let body = TestBody.stream(contentType: type) { writer in
            for start in stride(from: 0, to: bytes.count, by: size) {
                try await writer.write(Array(bytes[start..<min(start + size, bytes.count)]))
            }
        }
        #expect(try await TestClient(app).post("/list", body: body).text == "a - 3\nf x.bin 1300\nb - 0")
    }

    @Test func whatIsLeftOfAPartIsSkipped() async throws {
        let (type, bytes) = try Self.body([("a", "1", 1_000_000), ("b", nil, 4)])
        #expect(try await TestClient(app).post("/second", body: .bytes(bytes, contentType: type)).text == "abcd")
    }

    @Test func aPartThatHasPassedCannotBeRead() async throws {
        let (type, bytes) = try Self.body([("a", nil, 4), ("b", nil, 4)])
        let response = try await TestClient(app).post("/late", body: .bytes(bytes, contentType: type))
        #expect(response.status == .internalServerError)
    }

    @Test(arguments: [(8, 200), (1_001, 413), (100_000, 413)])
    func aPartIsReadUpToALimit(_ count: Int, _ status: Int) async throws {
        let (type, bytes) = try Self.body([("a", nil, count)])
        let response = try await TestClient(app).post("/limit", body: .bytes(bytes, contentType: type))
        #expect(response.status.code == status)
    }

    @Test func partsBeforeAMistakeAreSeen() async throws {
        var app = App.unlogged
        let seen = Seen()
        app.post("/") { (form: Multipart) async throws in
            for try await part in form { await seen.add(try await part.text()) }
            return "complete"
        }
        let (type, bytes) = try Self.body([("a", nil, 3), ("b", nil, 3)])
        let response = try await TestClient(app).post("/", body: .bytes(bytes.dropLast(8), contentType: type))
        #expect(response.status == .badRequest)
        #expect(await seen.texts.first == "abc")
    }

    private actor Seen {
        var texts: [String] = []
        func add(_ text: String) { texts.append(text) }
    }

    @Test func tooManyPartsAreRefused() async throws {
        let (type, bytes) = try Self.body((0..<1_001).map { ("\($0)", nil, 1) })
        let response = try await TestClient(app).post("/names", body: .bytes(bytes, contentType: type))
        #expect(response.status == .contentTooLarge)
    }

    @Test func otherBodiesAreRefused() async throws {
        let client = try TestClient(app)
        #expect(try await client.post("/names", form: ["a": "1"]).status == .unsupportedMediaType)
        #expect(try await client.post("/names").status == .unsupportedMediaType)
        #expect(try await client.post("/maybe").text == "nothing")
        #expect(try await client.post("/maybe", form: ["a": "1"]).status == .unsupportedMediaType)
    }

    @Test func aClientSendsNoFasterThanTheHandlerReads() async throws {
        var app = App.unlogged
        app.server.limits.bodyBytes = 64 * 1_048_576
        let written = Written()
        app.post("/") { (form: Multipart) async throws in
            for try await part in form {
                for try await _ in part {
                    try await Task.sleep(for: .milliseconds(300))
                    return "\(await written.count)"
                }
            }
            return "nothing"
        }
        let (type, bytes) = try Self.body([("f", "x", 8_000_000)])
        let body = TestBody.stream(length: bytes.count, contentType: type) { writer in
            for start in stride(from: 0, to: bytes.count, by: 65_536) {
                try await writer.write(Array(bytes[start..<min(start + 65_536, bytes.count)]))
                await written.add(65_536)
            }
        }
        let count = try #require(Int(try await TestClient(app).post("/", body: body).text))
        #expect(count < 4_000_000)
    }

    private actor Written {
        var count = 0
        func add(_ bytes: Int) { count += bytes }
    }
}
