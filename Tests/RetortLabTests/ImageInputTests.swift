// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortLab
import TestSupport
import Testing

/// Every way in which a picture comes.
struct ImageInputTests {
    struct Shape: Decodable, Equatable {
        var width: Int
        var height: Int
        var name: String?
        var format: String
    }

    static let expected = Shape(width: 64, height: 48, name: nil, format: "png")

    @Test(arguments: ["image", "file", "photo", "x"]) func aFileOfAForm(field: String) async throws {
        let client = try TestClient(LabApp.make())
        let answer = try await client.post("/shape", files: [field: LabApp.file(LabApp.png(), "ü.png")])
        #expect(try answer.json(Shape.self) == Shape(width: 64, height: 48, name: "ü.png", format: "png"))
    }

    @Test(arguments: ["image/png", "image/jpeg", "application/octet-stream", "text/plain", nil])
    func theBodyItself(type: String?) async throws {
        // What the client says about the bytes does not matter.
        let client = try TestClient(LabApp.make())
        let answer = try await client.post("/shape", body: .bytes(LabApp.png(), contentType: type))
        #expect(try answer.json(Shape.self) == Self.expected)
    }

    @Test func base64InJSON() async throws {
        let client = try TestClient(LabApp.make())
        let text = Base64.encode(try LabApp.png())
        for image in [text, "data:image/png;base64,\(text)", "DATA:;base64,\(text)"] {
            let answer = try await client.post("/shape", json: ["image": image])
            #expect(try answer.json(Shape.self) == Self.expected)
        }
    }

    @Test func aDataURLInAFormOrTheQuery() async throws {
        let client = try TestClient(LabApp.make())
        let url = "data:image/png;base64,\(Base64.encode(try LabApp.png()))"
        #expect(try await client.post("/shape", form: ["image": url]).json(Shape.self) == Self.expected)
        #expect(try await client.post("/shape", form: ["url": url]).json(Shape.self) == Self.expected)
        #expect(try await client.get("/shape", query: ["url": url]).json(Shape.self) == Self.expected)
    }

    @Test func anAddress() async throws {
        let server = try ScriptedServer([
            "/a.png": .ok(LabApp.png()), "/text": .ok(Array("hello".utf8), type: "image/png"),
            "/gone": .raw("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"),
        ])
        defer { server.stop() }
        var lab = Lab()
        lab.fetcher.policy.allowed = [try #require(Authority("127.0.0.1:\(server.port)"))]
        let client = try TestClient(LabApp.make(lab))
        let base = "http://127.0.0.1:\(server.port)"
        let expected = Shape(width: 64, height: 48, name: "\(base)/a.png", format: "png")
        #expect(try await client.get("/shape", query: ["url": "\(base)/a.png"]).json(Shape.self) == expected)
        #expect(try await client.post("/shape", query: ["url": "\(base)/a.png"]).json(Shape.self) == expected)
        #expect(try await client.post("/shape", json: ["url": "\(base)/a.png"]).json(Shape.self) == expected)
        #expect(try await client.post("/shape", form: ["url": "\(base)/a.png"]).json(Shape.self) == expected)
        #expect(try await client.get("/shape", query: ["url": "\(base)/text"]).status == .unsupportedMediaType)
        #expect(try await client.get("/shape", query: ["url": "\(base)/gone"]).status == .unprocessableContent)
    }

    @Test(arguments: [
        "http://127.0.0.1/a.png", "http://localhost/a.png", "http://169.254.169.254/latest", "http://[::1]/a.png",
        "http://10.0.0.1/a", "file:///etc/passwd", "gopher://x/", "ftp://example.org/a", "nonsense", "http://",
        "data:image/png,abc", "data:image/png;base64", "data:;base64,!!!!",
    ])
    func addressesThatAreRefused(url: String) async throws {
        let client = try TestClient(LabApp.make())
        let status = try await client.get("/shape", query: ["url": url]).status
        #expect([.unprocessableContent, .unsupportedMediaType].contains(status), "\(status)")
    }

    @Test func nothingIsSaidInASentence() async throws {
        let client = try TestClient(LabApp.make())
        for answer in [
            try await client.get("/shape"), try await client.post("/shape"),
            try await client.post("/shape", form: ["image": "text"]), try await client.post("/shape", json: ["x": "y"]),
            try await client.get("/shape", query: ["url": ""]),
        ] {
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("There is no picture"))
        }
        #expect(try await client.post("/maybe").text == "nothing")
        #expect(try await client.post("/maybe", form: ["image": "text"]).text == "nothing")
        #expect(try await client.post("/maybe", body: .bytes(LabApp.png())).text == "a picture")
    }

    @Test func severalPictures() async throws {
        let client = try TestClient(LabApp.make())
        let (one, two) = (try LabApp.png(10, 20), try LabApp.png(30, 40))
        let files: MultiDict<UploadedFile> = ["images": LabApp.file(one), "images": LabApp.file(two)]
        #expect(try await client.post("/shapes", files: files).json([[Int]].self) == [[10, 20], [30, 40]])
        let texts = [Base64.encode(one), Base64.encode(two)]
        #expect(try await client.post("/shapes", json: ["images": texts]).json([[Int]].self) == [[10, 20], [30, 40]])
        #expect(try await client.post("/shapes", body: .bytes(one)).json([[Int]].self) == [[10, 20]])
        #expect(try await client.post("/shapes", json: ["images": [String]()]).status == .unprocessableContent)
        let many = [String](repeating: texts[0], count: 17)
        #expect(try await client.post("/shapes", json: ["images": many]).status == .contentTooLarge)
    }

    @Test(arguments: [#"{"image": 5}"#, #"{"images": ["a", 5]}"#, #"{"images": "x"}"#])
    func wrongJSONIsExplained(text: String) async throws {
        let client = try TestClient(LabApp.make())
        let answer = try await client.post("/shapes", body: .text(text, contentType: "application/json"))
        #expect(answer.status == .unprocessableContent)
    }

    @Test(arguments: ["{", "[1]", "\"x\"", "null"]) func whatIsNoObjectIsAnError(text: String) async throws {
        let client = try TestClient(LabApp.make())
        let answer = try await client.post("/shape", body: .text(text, contentType: "application/json"))
        #expect([400, 422].contains(answer.status.code))
    }

    @Test func limitsHold() async throws {
        var lab = Lab()
        lab.limits.pixels = 1_000
        lab.limits.bytes = 5_000
        let client = try TestClient(LabApp.make(lab))
        #expect(try await client.post("/shape", body: .bytes(LabApp.png())).status == .contentTooLarge)
        #expect(try await client.post("/shape", body: .bytes(LabApp.png(20, 20))).status == .ok)
        let large = [UInt8](repeating: 0, count: 6_000)
        #expect(try await client.post("/shape", body: .bytes(large)).status.code == 413)
        #expect(try await client.post("/shape", files: ["a": LabApp.file(large)]).status == .contentTooLarge)
        #expect(try await client.post("/shape", json: ["image": Base64.encode(large)]).status == .contentTooLarge)
    }

    @Test(arguments: TestClient.Transport.allCases) func rubbishIsTheClientsMistake(_ transport: TestClient.Transport)
        async throws
    {
        let picture = try LabApp.png(300, 200)
        let jpeg = try Image(decoding: picture).encoded(as: .jpeg())
        var bomb = Array("\u{89}PNG".unicodeScalars.map { UInt8($0.value) }) + [13, 10, 26, 10, 0, 0, 0, 13]
        bomb += Array("IHDR".utf8) + [0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60, 1, 0, 0, 0, 0, 1, 2, 3, 4]
        let cases: [([UInt8], [Int])] = [
            (Array("no picture".utf8), [415]), (Array(picture.prefix(60)), [422]),
            (Array(jpeg.prefix(jpeg.count / 2)), [422]),
            (bomb, [413]), ([0xFF, 0xD8, 0xFF], [422]), ([UInt8](repeating: 0xFF, count: 4_000), [415, 422]),
        ]
        try await TestClient.run(try LabApp.make(), over: transport) { client in
            for (bytes, statuses) in cases {
                let answer = try await client.post("/edges", body: .bytes(bytes, contentType: "image/jpeg"))
                #expect(statuses.contains(answer.status.code), "\(answer.text)")
                #expect(answer.header(.contentType) == "application/problem+json")
            }
        }
    }
}
