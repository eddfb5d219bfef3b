// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// Everything that the lab's document names answers photographs, and refuses rubbish.
@Suite(.besideALab, .serialized, .timeLimit(.minutes(5)), .enabled(if: RunningProgram.beside("Lab") != nil))
struct OperationTests {
    /// The paths below /api of a method, but for those with networks.
    private func operations(_ method: String) throws -> [String] {
        try LabDocument.read().paths.filter { path, item in
            path.hasPrefix("/api/") && item[method].map { $0.isSocket != true && !$0.hasNetworks } == true
        }.map(\.key).sorted()
    }

    /// The paths below /api that take one picture, and what they answer.
    private static let types = [
        "/api/blur": "image/jpeg", "/api/canny": "image/jpeg", "/api/circles": "application/json",
        "/api/codes": "application/json", "/api/colors": "application/json", "/api/contours": "application/json",
        "/api/contrast": "image/jpeg", "/api/facts": "application/json", "/api/find": "application/json",
        "/api/hide-faces": "image/jpeg", "/api/histogram": "application/json", "/api/keypoints": "application/json",
        "/api/lines": "application/json", "/api/morphology": "image/jpeg", "/api/resize": "image/jpeg",
        "/api/rotate": "image/jpeg", "/api/sharpen": "image/jpeg", "/api/threshold": "image/jpeg",
        "/api/film": "multipart/x-mixed-replace; boundary=frame", "/api/album": "text/event-stream",
    ]

    @Test func everyOperationIsKnownHere() throws {
        #expect(try operations("post") == (Array(Self.types.keys) + ["/api/compare"]).sorted())
        #expect(try operations("get") == Self.types.keys.filter { $0 != "/api/album" }.sorted())
    }

    @Test(arguments: types.keys.sorted(), ["street.jpg", "page.png"])
    func aPhotographIsAnswered(_ path: String, _ name: String) throws {
        let photo = try Photos.bytes(name)
        let field = path == "/api/album" ? "images" : "image"
        let type = name.hasSuffix("png") ? "image/png" : "image/jpeg"
        for call in [
            Call.form(path, field, file: name, photo),
            Call("POST", path, headers: ["Content-Type: \(type)"], body: photo),
        ] {
            let answer = try call.send()
            #expect(answer.status == 200, "\(answer.text.prefix(300))")
            let sent = answer.headers["content-type"] ?? ""
            #expect(sent.hasPrefix(Self.types[path] ?? "?"), "\(sent)")
            #expect(answer.body.count > 10)
            if sent.hasPrefix("text/event-stream") { #expect(answer.text.contains("event: result")) }
        }
    }

    @Test(arguments: types.keys.filter { $0 != "/api/album" }.sorted())
    func anAddressIsAnswered(_ path: String) throws {
        let answer = try Call("GET", "\(path)?url=\(RunningLab.current.photo("china.jpg"))").send()
        #expect(answer.status == 200, "\(answer.text.prefix(300))")
    }

    @Test(arguments: types.keys.sorted(), ["no picture", "", "\u{89}PNG\r\n\u{1A}\n", "GIF89a"])
    func rubbishIsRefused(_ path: String, _ content: String) throws {
        // Text whose characters are bytes.
        let bytes = content.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        for call in [
            Call.form(path, "image", file: "a.jpg", bytes),
            Call("POST", path, headers: ["Content-Type: image/jpeg"], body: bytes),
            Call("POST", path, headers: ["Content-Type: application/json"], body: Array(#"{"image":"AAAA"}"#.utf8)),
        ] {
            let answer = try call.send()
            #expect((400...499).contains(answer.status), "\(answer.status) \(answer.text.prefix(300))")
        }
    }

    @Test(arguments: types.keys.sorted()) func halfAPictureIsRefusedOrAnsweredInFull(_ path: String) throws {
        let photo = try Photos.bytes("grace-hopper.jpg")
        let answer = try Call.form(path, "image", file: "a.jpg", Array(photo.prefix(photo.count / 2))).send()
        #expect(answer.status == 200 || (400...499).contains(answer.status), "\(answer.status)")
    }

    @Test(arguments: [
        ("/api/canny?low=-1", "low"), ("/api/canny?high=501", "high"), ("/api/find?thing=dragons", "thing"),
        ("/api/find?neighbors=0", "neighbors"), ("/api/rotate?degrees=x", "degrees"),
        ("/api/blur?format=doc", "format"), ("/api/resize?longestSide=1", "longestSide"),
        ("/api/canny?quality=0", "quality"),
    ])
    func optionsOutOfRangeAreNamed(_ target: String, _ field: String) throws {
        let answer = try Call.form(target, "image", file: "a.jpg", Photos.bytes("china.jpg")).send()
        #expect(answer.status == 422)
        #expect(answer.text.contains("\"field\":\"\(field)\""), "\(answer.text)")
    }

    @Test func twoPicturesAreCompared() throws {
        func compare(_ first: String, _ second: String) throws -> Call.Answer {
            let parts = try [first, second].flatMap { name in
                Array("--limit\r\nContent-Disposition: form-data; name=\"images\"; filename=\"a\"\r\n\r\n".utf8)
                    + (try Photos.bytes(name)) + Array("\r\n".utf8)
            }
            return try Call(
                "POST", "/api/compare", headers: ["Content-Type: multipart/form-data; boundary=limit"],
                body: parts + Array("--limit--\r\n".utf8)
            ).send()
        }
        #expect(try compare("china.jpg", "china.jpg").text.contains("\"isSame\":true"))
        #expect(try compare("china.jpg", "street.jpg").text.contains("\"isSame\":false"))
        let one = try Call.form("/api/compare", "images", file: "a", Photos.bytes("china.jpg")).send()
        #expect(one.status == 422)
    }

    @Test(arguments: [
        ("json", "application/json"), ("jpeg", "image/jpeg"), ("png", "image/png"), ("webp", "image/webp"),
        ("coco", "application/vnd.coco+json"), ("yolo", "text/vnd.yolo"), ("voc", "application/xml"),
    ])
    func facesComeInEveryForm(_ format: String, _ type: String) throws {
        let photo = try Photos.bytes("astronaut.png")
        let chosen = try Call.form("/api/find?format=\(format)", "image", file: "a.png", photo).send()
        #expect(chosen.status == 200 && chosen.headers["content-type"] == type)
        var call = Call.form("/api/find", "image", file: "a.png", photo)
        call.headers.append("Accept: \(type)")
        #expect(try call.send().body == chosen.body)
    }

    @Test func theDocumentIsValid() async throws {
        let document = try Call("GET", "/openapi.json").send()
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("retort-lab-\(UUID()).json")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(document.body).write(to: file)
        let python = Photos.root.appending(path: ".venv/bin/python")
        let (code, output) = try await Peer.run(
            python, ["-m", "openapi_spec_validator", "--schema", "3.1", "--errors", "all", file.path])
        #expect(code == 0, "\(output)")
    }
}
