// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortLab
import Testing

/// The samples about pictures do what the documents say.
@Suite struct LabSampleTests {
    /// A white square on black, 320×240.
    private func square(_ side: Double = 120) throws -> Image {
        let ground = try Image(size: Size(width: 320, height: 240), filledWith: .black)
        return try ground.drawing {
            try $0.fill(Box(x: 100, y: 60, width: side, height: side), color: .white)
        }
    }

    private func file(_ side: Double = 120) throws -> UploadedFile {
        UploadedFile(filename: "a.png", contentType: "image/png", bytes: try square(side).encoded(as: .png()))
    }

    @Test func theFirstSampleAnswersInAnyForm() async throws {
        let client = try TestClient(labSamples())
        let found = try await client.post("/faces", files: ["image": file()])
        #expect(found.text == #"{"image":{"width":320,"height":240},"detections":[]}"#)
        let edges = try await client.post("/edges?format=webp", files: ["image": file()])
        #expect(edges.header(.contentType) == "image/webp")
        let page = try await client.get("/console/", headers: [.accept: "text/html"])
        #expect(page.status == .ok && page.text.contains("<!doctype html>"))
    }

    @Test func handlersTakeNoPictureOrSeveral() async throws {
        let client = try TestClient(labSamples())
        #expect(try await client.post("/avatar").text == "the usual one")
        #expect(try await client.post("/avatar", files: ["image": file()]).text == "320×240 png")
        let same = try await client.post("/same", files: ["images": file(), "images": file(), "images": file(20)])
        #expect(same.text == "[true,false]")
        #expect(try await client.get("/thumbnail").status == .unprocessableContent)
    }

    @Test func resultsOfOnesOwnAreMovedAndDrawn() async throws {
        var app = App()
        addBrightest(to: &app)
        let client = try TestClient(app)
        let large = try square().resized(to: Size(width: 1_280, height: 960)).encoded(as: .png())
        let found = try await client.post("/brightest", body: .bytes(large, contentType: "image/png"))
        struct Found: Decodable { var place: Point }
        let place = try found.json(Found.self).place
        #expect(
            Box(x: 400, y: 240, width: 480, height: 480).intersection(Box(x: place.x, y: place.y, width: 1, height: 1))
                != nil)
        let drawn = try await client.post("/brightest?format=png", body: .bytes(large, contentType: "image/png"))
        #expect(try Image(decoding: drawn.bytes).size == Size(width: 1_280, height: 960))
    }

    @Test func settingsHold() async throws {
        let client = try TestClient(labSettingsSample())
        #expect(try await client.post("/format", files: ["image": file()]).text == "png")
        let bitmap = try square().encoded(as: .bmp)
        #expect(try await client.post("/format", body: .bytes(bitmap, contentType: "image/bmp")).status.code == 415)
        let wide = try Image(size: Size(width: 5_000, height: 4_001), filledWith: .white).encoded(as: .png())
        #expect(try await client.post("/format", body: .bytes(wide, contentType: "image/png")).status.code == 413)
    }

    @Test func whatLastsTellsHowFarItIs() async throws {
        let client = try TestClient(liveLabSamples())
        let album = try await client.post("/album", files: ["images": file(), "images": file(20)])
        #expect(album.text.contains(#"data: {"done":2,"total":2,"message":"a.png"}"#), "\(album.text)")
        #expect(album.text.contains("event: result"))
        let film = try await client.post("/zoom", files: ["image": file()])
        #expect(film.header(.contentType) == "multipart/x-mixed-replace; boundary=frame")
        #expect(film.bytes.count > 10_000)
    }

    @Test func framesAreAnswered() async throws {
        let client = try TestClient(liveLabSamples())
        let frame = try square().encoded(as: .jpeg())
        try await client.webSocket("/live/faces") { socket in
            try await socket.send(frame)
            let answer = try await socket.receiveText()
            #expect(answer == #"{"image":{"width":320,"height":240},"detections":[]}"#)
        }
        await client.stop()
    }

    @Test func picturesAreValues() async throws {
        let bytes = try square().encoded(as: .png())
        #expect(try describe(bytes) == "png of 320×240, 1 frames")
        #expect(try Image(decoding: edges(of: bytes), plan: .gray).nonzeroCount() > 100)
        #expect(try Image(decoding: thumbnail(of: bytes)).size.longestSide == 320)
        #expect(try darkPixels(of: square()) > 320 * 240 - 122 * 122)
        #expect(try avatar(in: bytes).width == 320)
        #expect(try roundThings(in: square()).isEmpty)
        let ball = try square(0).drawing {
            try $0.circle(Circle(center: Point(160, 120), radius: 50), color: .white, filled: true)
        }
        #expect(try roundThings(in: ball).count == 1)
        let pool = ComputePool(threads: 1)
        #expect(try await preview(of: bytes, on: pool).count > 20)
        #expect(try await largest(of: [bytes], on: pool) == Size(width: 320, height: 240))
        let drawn = try annotated(square(), by: CascadeDetector(.frontalFaceAlt))
        #expect(drawn.size == Size(width: 320, height: 240))
    }

    @Test func theTutorialsContractIsTheBooks() async throws {
        let client = try TestClient(buildLab())
        #expect(try await client.post("/detect", files: ["image": file()]).text == #"{"result":[],"status":"ok"}"#)
        let edges = try await client.post("/api/canny?blur=0.5", files: ["image": file()])
        #expect(edges.header(.contentType) == "image/jpeg")
        #expect(edges.headers[values: HTTPField.Name("Server-Timing") ?? .age].first?.contains("work;dur=") == true)
    }
}
