// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RetortInference
import RetortLab
import Testing

/// Networks behind handlers: the photographs of the set-up, and what is in them.
struct ModelTests {
    static var models: String {
        let base =
            ProcessInfo.processInfo.environment["XDG_CACHE_HOME"] ?? "\(NSHomeDirectory())/.cache"
        return "\(base)/retort/models"
    }

    static func app() async throws -> App {
        let repository = ModelRepository(models, engine: try Engine())
        try await repository.refresh()
        let objects = try await ObjectDetector(repository.model("picodet"))
        let classifier = try await Classifier(repository.model("pplcnet-v2"))
        let faces = try await FaceDetector(repository.model("yunet"))
        let recognizer = try await FaceRecognizer(repository.model("sface"))
        let reader = try await TextReader(
            detection: repository.model("ocr-detection-tiny"), recognition: repository.model("ocr-recognition-tiny"))
        let cutter = try await SubjectCutter(repository.model("u2netp"))
        let embedder = try await ImageEmbedder(repository.model("mobilenet-v3-embedding"))
        var lab = Lab()
        lab.tellsTimes = true
        var app = App()
        app.use(lab)
        app.post("/objects") { (photo: ImageInput) in photo.answer(finding: objects) }
        app.post("/classes") { (photo: ImageInput) in photo.answer(classifying: classifier) }
        app.post("/faces") { (photo: ImageInput) in photo.answer(finding: faces) }
        app.post("/text") { (photo: ImageInput) in photo.answer(reading: reader) }
        app.post("/cut") { (photo: ImageInput) in photo.answer(cutting: cutter) }
        app.post("/vector") { (photo: ImageInput) async throws in try await photo.vector(by: embedder) }
        app.post("/same") { (photos: ImageInputs) async throws in
            try await photos[0].likeness(to: photos[1], detector: faces, recognizer: recognizer)
        }
        app.mount(ModelMonitor(repository, every: .milliseconds(60)), at: "/models")
        return app
    }

    struct Found: Decodable {
        struct Item: Decodable {
            struct Spot: Decodable { var name: String }
            var box: [Double]
            var label: String
            var score: Double
            var keypoints: [Spot]?
        }
        var detections: [Item]
    }

    @Test func networksSeeWhatIsThere() async throws {
        let client = try await TestClient(Self.app())
        func send(_ path: String, _ photo: String, query: MultiDict<String> = [:]) async throws -> TestResponse {
            try await client.post(path, query: query, body: .bytes(Photos.bytes(photo)))
        }
        let cat = try await send("/objects", "chelsea.png")
        let found = try cat.json(Found.self).detections
        #expect(found.first?.label == "cat" && found.first.map { $0.score > 0.9 } == true)
        let timing = try #require(HTTPField.Name("Server-Timing"))
        let times = try #require(cat.header(timing))
        for stage in ["decode", "preprocess", "infer", "postprocess", "encode"] { #expect(times.contains(stage)) }
        let coffee = try await send("/objects", "coffee.png").json(Found.self).detections
        #expect(coffee.contains { $0.label == "cup" && $0.score > 0.85 })
        #expect(try await send("/objects", "coffee.png", query: ["format": "coco"]).text.contains(#""name":"cup""#))
        let faces = try await send("/faces", "street.jpg").json(Found.self).detections
        #expect(faces.count == 14)
        #expect(
            faces.allSatisfy {
                $0.keypoints?.map(\.name) == ["right_eye", "left_eye", "nose", "right_mouth", "left_mouth"]
            })
        #expect(try await send("/classes", "coffee.png").text.contains(#""classes":[{"label":"espresso","score":0.9"#))
        #expect(try await send("/text", "page.png").text.contains("Region-based segmentation"))
        let cut = try await send("/cut", "coffee.png")
        #expect(cut.header(.contentType) == "image/png")
        let picture = try Image(decoding: cut.bytes, plan: DecodePlan(colors: .bgra))
        #expect(picture.pixel(x: 2, y: 2)?.last ?? 255 < 20 && picture.pixel(x: 280, y: 150)?.last ?? 0 > 240)
        #expect(try await send("/vector", "coffee.png").json([Float].self).count == 576)
        for form in ["jpeg", "png"] {
            #expect(try await send("/classes", "coffee.png", query: ["format": form]).status == .ok)
        }
    }

    @Test(arguments: [("face-a-2.jpg", true), ("face-b-1.jpg", false)]) func facesAreCompared(
        other: String, isSame: Bool
    ) async throws {
        let client = try await TestClient(Self.app())
        let files: MultiDict<UploadedFile> = [
            "images": LabApp.file(try Photos.bytes("face-a-1.jpg")), "images": LabApp.file(try Photos.bytes(other)),
        ]
        #expect(try await client.post("/same", files: files).text.contains("\"is_same\":\(isSame)"))
        let none: MultiDict<UploadedFile> = [
            "images": LabApp.file(try Photos.bytes("coffee.png")), "images": LabApp.file(try Photos.bytes(other)),
        ]
        #expect(try await client.post("/same", files: none).status == .notFound)
    }

    @Test func theMonitorShowsWhatModelsDo() async throws {
        let client = try await TestClient(Self.app())
        let page = try await client.get("/models/")
        #expect(page.text.contains("<h1>Models</h1>"))
        #expect(page.header(.contentSecurityPolicy)?.contains("script-src 'self'") == true)
        #expect(try await client.get("/models/monitor.js").status == .ok)
        #expect(try await client.get("/models/monitor.css").status == .ok)
        _ = try await client.post("/objects", body: .bytes(Photos.bytes("coffee.png")))
        try await client.stream("/models/events") { stream in
            let event = try #require(try await stream.nextEvent())
            #expect(event.event == "models")
            let data = try #require(event.data)
            #expect(data.contains(#""name":"picodet","version":1,"state":"READY""#))
            #expect(data.contains(#""residentBytes":"#))
            _ = try #require(try await stream.nextEvent())
        }
    }
}
