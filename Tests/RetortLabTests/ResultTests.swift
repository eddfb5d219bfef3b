// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortLab
import RetortOpenAPI
import Testing

/// In which form answers come.
struct ResultTests {
    static let street = try? Photos.bytes("street.jpg")

    @Test(arguments: [
        (nil, nil, "image/jpeg"), ("*/*", nil, "image/jpeg"), ("image/png", nil, "image/png"),
        ("image/webp,image/png;q=0.5", nil, "image/webp"), ("image/*", nil, "image/jpeg"),
        // What browsers send for an <img>: nothing that costs ten times as much for being named.
        ("image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8", nil, "image/jpeg"),
        ("text/html", "png", "image/png"), ("image/png", "jpg", "image/jpeg"), (nil, "WEBP", "image/webp"),
        (nil, "gif", "image/gif"), (nil, "tiff", "image/tiff"), (nil, "bmp", "image/bmp"),
    ])
    func aPictureIsNegotiated(accept: String?, format: String?, type: String) async throws {
        let client = try TestClient(LabApp.make())
        let query: MultiDict<String> = format.map { ["format": $0] } ?? [:]
        var headers = HTTPFields()
        headers[.accept] = accept
        let answer = try await client.post(
            "/edges", query: query, headers: headers, body: .bytes(try LabApp.png(), contentType: "image/png"))
        #expect(answer.status == .ok)
        #expect(answer.header(.contentType) == type)
        #expect(answer.header(.vary) == "Accept")
        #expect(ImageFormat.sniff(answer.bytes)?.mediaType == type)
    }

    @Test func whatThereIsNotIsRefused() async throws {
        let client = try TestClient(LabApp.make())
        let body = TestBody.bytes(try LabApp.png())
        #expect(try await client.post("/edges", headers: [.accept: "text/plain"], body: body).status == .notAcceptable)
        let wrong = try await client.post("/edges", query: ["format": "svg"], body: body)
        #expect(wrong.status == .unprocessableContent && wrong.text.contains("jpeg, png, webp"))
        for quality in ["0", "101", "x", "-5", "99999999999999999999"] {
            let answer = try await client.post("/edges", query: ["quality": quality], body: body)
            #expect(answer.status == .unprocessableContent)
        }
        let small = try await client.post("/copy", query: ["quality": "5"], body: .bytes(try #require(Self.street)))
        let large = try await client.post("/copy", query: ["quality": "95"], body: .bytes(try #require(Self.street)))
        #expect(small.bytes.count < large.bytes.count / 4)
    }

    @Test func transparencyIsKept() async throws {
        let client = try TestClient(LabApp.make())
        let clear = try Image(size: Size(width: 9, height: 9), filledWith: .clear, colorSpace: .bgra).encoded(
            as: .png())
        #expect(try await client.post("/copy", body: .bytes(clear)).header(.contentType) == "image/png")
    }

    @Test func detectionsComeInEachForm() async throws {
        let client = try TestClient(LabApp.make())
        let body = TestBody.bytes(try #require(Self.street), contentType: "image/jpeg")
        func answer(_ format: String?, _ accept: String? = nil, path: String = "/faces") async throws -> TestResponse {
            var headers = HTTPFields()
            headers[.accept] = accept
            return try await client.post(
                path, query: format.map { ["format": $0] } ?? [:], headers: headers, body: body)
        }
        let json = try await answer(nil)
        #expect(json.header(.contentType) == "application/json")
        #expect(json.text.contains(#""image":{"width":800,"height":564}"#) && json.text.contains(#""label":"face""#))
        let drawn = try await answer(nil, "image/*")
        #expect(drawn.header(.contentType) == "image/jpeg")
        #expect(try Image(decoding: drawn.bytes).size == Size(width: 800, height: 564))
        #expect(try await answer("coco").text.contains(#""bbox""#))
        #expect(try await answer("yolo").text.hasPrefix("0 0."))
        #expect(try await answer("voc").text.hasPrefix("<annotation>"))
        #expect(try await answer("coco", path: "/found").text.contains(#""bbox""#))
        #expect(try await answer("jpeg", path: "/found").status == .unprocessableContent)
        #expect(try await answer(nil, "image/png", path: "/found").status == .notAcceptable)
    }

    @Test func boxesAreInPixelsOfTheOriginal() async throws {
        struct Found: Decodable {
            struct Item: Decodable { var box: [Double] }
            var detections: [Item]
        }
        let photo = try Photos.image("astronaut.png")
        let large = try photo.resized(to: Size(width: 2_048, height: 2_048)).encoded(as: .jpeg(quality: 90))
        let client = try TestClient(LabApp.make())
        let small = try await client.post("/faces", body: .bytes(photo.encoded(as: .jpeg(quality: 90)))).json(
            Found.self)
        let found = try await client.post("/faces", body: .bytes(large)).json(Found.self)
        let (a, b) = (try #require(small.detections.first?.box), try #require(found.detections.first?.box))
        for (x, y) in zip(a, b) { #expect(abs(4 * x - y) < 120) }
    }

    @Test func shapesAndNumbersAreJSON() async throws {
        let client = try TestClient(LabApp.make())
        let body = TestBody.bytes(try LabApp.png(400, 300))
        #expect(try await client.post("/mean", body: body).json([Double].self) == [0, 255, 255])
        let histogram = try await client.post("/histogram", body: body).text
        #expect(histogram.hasPrefix(#"{"histogram":{"blue":[120000,"#))
        #expect(try await client.post("/contours", body: body).text.contains(#""image":{"width":400,"height":300}"#))
        let chart = try await client.post("/histogram", query: ["format": "png"], body: body)
        #expect(try Image(decoding: chart.bytes).size == Size(width: 800, height: 400))
    }

    @Test func whoHasTheAnswerGetsNoWork() async throws {
        let pool = ComputePool(threads: 1)
        let url = "data:image/png;base64,\(Base64.encode(try LabApp.png()))"
        let client = try TestClient(LabApp.make(Lab(pool: pool)))
        let first = try await client.get("/edges", query: ["url": url])
        let tag = try #require(first.header(.eTag))
        #expect(first.header(.cacheControl) == "private, no-cache")
        let done = pool.statistics.finished
        let again = try await client.get("/edges", query: ["url": url], headers: [.ifNoneMatch: tag])
        #expect(again.status == .notModified && again.bytes.isEmpty && again.header(.eTag) == tag)
        #expect(pool.statistics.finished == done)
        // Another form, another option and another picture are other answers.
        let png = try await client.get(
            "/edges", query: ["url": url], headers: [.accept: "image/png", .ifNoneMatch: tag])
        #expect(png.status == .ok && png.header(.eTag) != tag)
        let option = try await client.get("/edges", query: ["url": url, "quality": "50"])
        #expect(option.header(.eTag) != tag)
        let other = "data:image/png;base64,\(Base64.encode(try LabApp.png(65, 48)))"
        #expect(try await client.get("/edges", query: ["url": other]).header(.eTag) != tag)
        #expect(try await client.head("/edges", query: ["url": url]).header(.eTag) == tag)
    }

    @Test func stagesAreTold() async throws {
        var lab = Lab()
        lab.tellsTimes = true
        let client = try TestClient(LabApp.make(lab))
        let name = try #require(HTTPField.Name("Server-Timing"))
        let times = try #require(try await client.post("/edges", body: .bytes(LabApp.png())).header(name))
        for stage in ["queue;dur=", "decode;dur=", "work;dur=", "encode;dur="] { #expect(times.contains(stage)) }
        let quiet = try TestClient(LabApp.make())
        #expect(try await quiet.post("/edges", body: .bytes(LabApp.png())).header(name) == nil)
    }

    @Test func theDocumentDescribesPictures() throws {
        let text = try LabApp.make().openAPIDocument().text()
        for part in [
            #""image/*""#, #""multipart/form-data""#, #""x-retort-image""#, #""x-retort-formats""#, #""format":"uri""#,
            #""x-retort-live":true"#, #""application/vnd.coco+json""#, #""maximum":100"#,
        ] {
            #expect(text.contains(part), "\(part)")
        }
    }
}
