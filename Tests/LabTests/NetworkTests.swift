// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The operations with neural networks, where OpenVINO and the models are there.
@Suite(
    .besideALab, .serialized, .timeLimit(.minutes(5)),
    .enabled("run `make models` for them") { RunningProgram.beside("Lab") != nil && InstalledModels.areThere })
struct NetworkTests {
    /// The paths with networks that take pictures in a field; which there are depends on the models that were fetched.
    private func paths(_ field: String) throws -> [String] {
        try LabDocument.read().paths.filter { path, item in
            path.hasPrefix("/api/") && item["post"].map { $0.hasNetworks && $0.picture?.field == field } == true
        }.map(\.key).sorted()
    }

    @Test(arguments: ["street.jpg", "page.png"]) func photographsAreAnswered(_ name: String) throws {
        let paths = try paths("image")
        #expect(paths.count >= 9)
        for path in paths {
            let target = path == "/api/click" ? "\(path)?inside=100,100" : path
            let answer = try Call.form(target, "image", file: name, Photos.bytes(name)).send()
            // The examples are in the gallery already.
            #expect(answer.status == 200, "\(path): \(answer.text.prefix(300))")
            #expect(["application/json", "image/png"].contains(answer.headers["content-type"] ?? ""), "\(path)")
        }
    }

    @Test(arguments: ["no picture", ""]) func rubbishIsRefused(_ content: String) throws {
        for path in try paths("image") + paths("images") {
            let answer = try Call.form(path, "images", file: "a.jpg", Array(content.utf8)).send()
            #expect((400...499).contains(answer.status), "\(path): \(answer.status) \(answer.text.prefix(300))")
        }
    }

    @Test func onePictureIsNoPair() throws {
        let paths = try paths("images")
        #expect(paths == ["/api/same-face", "/api/similar"])
        for path in paths {
            #expect(try Call.form(path, "images", file: "a", Photos.bytes("street.jpg")).send().status == 422)
        }
    }

    @Test(arguments: [
        ("GET", 400, #"{"message":"Parameter url is not present","status":"bad request"}"#),
        ("POST", 400, #"{"message":"Parameter image is not present","status":"bad request"}"#),
        ("PUT", 405, #"{"message":"PUT method not supported for API","status":"failure"}"#),
    ])
    func catsHaveTheContractOfFaces(_ method: String, _ status: Int, _ body: String) throws {
        let answer = try Call(method, "/catdetection").send()
        #expect(answer.status == status)
        #expect(answer.text == body + "\n")
    }

    @Test func aCatIsFound() throws {
        let cat = try Photos.bytes("chelsea.png")
        let boxes = try Call.form("/catdetection", "image", file: "a.png", cat).send().boxes()
        #expect(boxes.count == 1)
        let fetched = try Call("GET", "/catdetection?url=\(RunningLab.current.photo("chelsea.png"))").send().boxes()
        #expect(fetched == boxes)
        #expect(try Call.form("/catdetection", "image", file: "a", Photos.bytes("china.jpg")).send().boxes().isEmpty)
    }

    @Test func fiveClassesArePredicted() throws {
        struct Reply: Decodable {
            struct Item: Decodable {
                var label: String
                var probability: Double
            }
            var success: Bool
            var predictions: [Item]?
        }
        let answer = try Call.form("/predict", "image", file: "a.png", Photos.bytes("chelsea.png")).send()
        let reply = try JSONDecoder().decode(Reply.self, from: Data(answer.body))
        let predictions = try #require(reply.predictions)
        #expect(answer.status == 200 && reply.success && predictions.count == 5)
        #expect(predictions[0].label.contains("cat"))
        #expect(predictions.map(\.probability) == predictions.map(\.probability).sorted(by: >))
        #expect(answer.text.hasSuffix("\"success\":true}\n"))
        // The book answers 200 here.
        let missing = try Call("POST", "/predict").send()
        #expect(missing.status == 400 && missing.text == "{\"success\":false}\n")
    }

    @Test func theGalleryStartsWithTheExamples() throws {
        struct Reply: Decodable {
            struct Picture: Decodable {
                var name: String
                var similarity: Double?
                var thumbnail: String
            }
            var pictures: [Picture]
            var total: Int
        }
        func pictures(_ call: Call) throws -> Reply {
            try JSONDecoder().decode(Reply.self, from: Data(try call.send().body))
        }
        let all = try pictures(Call("GET", "/api/gallery/"))
        #expect(all.total == 8 && all.pictures.last?.name == "Street")
        let found = try pictures(Call.form("/api/gallery/similar", "image", file: "a", Photos.bytes("coffee.png")))
        #expect(found.pictures.first?.name == "Coffee" && found.pictures.first?.similarity ?? 0 > 0.99)
        let small = try Call("GET", found.pictures[0].thumbnail).send()
        #expect(small.status == 200 && small.headers["content-type"] == "image/jpeg")
    }
}
