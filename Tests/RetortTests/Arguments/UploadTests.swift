// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Testing

@Suite(.serialized, .timeLimit(.minutes(1)))
struct UploadTests {
    private func client(_ set: (inout App) -> Void = { _ in }) throws -> TestClient {
        var app = App.unlogged
        app.server.limits.bodyBytes = 32 * 1_048_576
        app.post("/check") { (upload: Upload) async throws in
            let bytes = try await upload.bytes()
            let isSame = SampleBytes.areSame(bytes, SampleBytes.make(upload.size))
            return "\(upload.name) \(upload.filename) \(upload.contentType ?? "-") \(upload.size) \(isSame)"
        }
        app.post("/place") { (upload: Upload) in upload.file.isInMemory ? "memory" : "disk" }
        app.post("/maybe") { (upload: Upload?) in upload?.filename ?? "nothing" }
        app.post("/files") { (files: Files) in
            "\(files.count) \(files.all("a").map(\.filename).joined(separator: ",")) \(files["b"]?.size ?? -1)"
        }
        set(&app)
        return try TestClient(app)
    }

    @Test(arguments: [0, 1, 1_000, 65_536, 524_287, 524_288, 524_289, 10_485_760])
    func filesOfEachSizeArriveWhole(_ size: Int) async throws {
        let file = UploadedFile(
            filename: "f.bin", contentType: "application/x-own", bytes: SampleBytes.make(size))
        let response = try await client().post("/check", files: ["data": file])
        #expect(response.text == "data f.bin application/x-own \(size) true")
    }

    @Test func largeFilesGoToTheDisk() async throws {
        let client = try client()
        for (size, place) in [(524_288, "memory"), (524_289, "disk"), (2_000_000, "disk")] {
            let file = UploadedFile(filename: "f", bytes: SampleBytes.make(size))
            #expect(try await client.post("/place", files: ["f": file]).text == place)
        }
    }

    @Test func aLargeFileArrivesOverASocketInSmallPieces() async throws {
        var app = App.unlogged
        app.server.limits.bodyBytes = 32 * 1_048_576
        app.post("/") { (upload: Upload) async throws in
            try await upload.bytes() == SampleBytes.make(3_000_000) ? "same" : "other"
        }
        let body = try TestBody.multipart(files: ["f": UploadedFile(filename: "f", bytes: SampleBytes.make(3_000_000))])
        try await TestClient.run(app, over: .socket) { client in
            let text = try await client.post("/", body: body).text
            #expect(text == "same")
            var encoder = MultipartEncoder()
            encoder.appendFile("f", UploadedFile(filename: "f", bytes: SampleBytes.make(3_000_000)))
            let whole = try encoder.bytes()
            let chunked = TestBody.stream(contentType: encoder.contentType) { writer in
                for start in stride(from: 0, to: whole.count, by: 10_007) {
                    try await writer.write(Array(whole[start..<min(start + 10_007, whole.count)]))
                }
            }
            #expect(try await client.post("/", body: chunked).text == "same")
        }
    }

    @Test(arguments: [10, 600_000])
    func aFileIsSaved(_ size: Int) async throws {
        let folder = TemporaryFolder()
        let path = folder("saved.bin")
        let client = try client { app in
            app.post("/save") { (upload: Upload) async throws in
                try await upload.save(to: path)
                return "saved"
            }
        }
        let file = UploadedFile(filename: "f", bytes: SampleBytes.make(size))
        #expect(try await client.post("/save", files: ["f": file]).text == "saved")
        #expect(try await client.post("/save", files: ["f": file]).status == .internalServerError)
        var app = App.unlogged
        app.get("/") { File(path) }
        #expect(SampleBytes.areSame(try await TestClient(app).get("/").bytes, SampleBytes.make(size)))
    }

    @Test func aFormWithoutAFileNamesWhatIsMissing() async throws {
        let client = try client()
        let blank = UploadedFile(filename: "", bytes: [])
        let forms = [
            TestBody.form(["a": "1"]), try .multipart(["a": "1"], files: [:]), try .multipart(files: ["f": blank]),
        ]
        for body in forms {
            let response = try await client.post("/check", body: body)
            #expect(response.status == .unprocessableContent)
            #expect(response.text.contains("missing"))
            #expect(try await client.post("/maybe", body: body).text == "nothing")
        }
        #expect(try await client.post("/maybe").text == "nothing")
        #expect(try await client.post("/check").status == .unsupportedMediaType)
    }

    @Test func anEmptyFileWithANameIsAFile() async throws {
        let file = UploadedFile(filename: "empty.txt", bytes: [])
        #expect(try await client().post("/maybe", files: ["f": file]).text == "empty.txt")
    }

    @Test func allFilesAreFoundByName() async throws {
        let client = try client()
        let response = try await client.post(
            "/files",
            files: [
                "a": UploadedFile(filename: "1", bytes: [1]), "b": UploadedFile(filename: "2", bytes: [1, 2]),
                "a": UploadedFile(filename: "3", bytes: []),
            ])
        #expect(response.text == "3 1,3 2")
        #expect(try await client.post("/files", form: ["x": "y"]).text == "0  -1")
    }

    @Test func tooManyBytesAreRefused() async throws {
        let client = try client { app in
            app.post("/small", .bodyLimit(1_000)) { (upload: Upload) in upload.filename }
        }
        let file = UploadedFile(filename: "f", bytes: SampleBytes.make(1_000))
        #expect(try await client.post("/small", files: ["f": file]).status == .contentTooLarge)
    }
}
