// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortConsole
import RetortLab
import Testing

func labSamples() throws -> App {
    var app = App()
    // sample: lab-readme
    let faces = try CascadeDetector(.frontalFaceAlt)
    app.post("/faces") { (photo: ImageInput) in photo.answer(finding: faces) }
    app.post("/edges") { (photo: ImageInput) in photo.answer(.gray) { try $0.canny() } }
    app.mount(Console(), at: "/console")
    // end

    // sample: lab-plan
    app.post("/contours") { (photo: ImageInput) in
        photo.answer(DecodePlan(colors: .gray, longestSide: 1_280)) { image in
            FoundContours(try image.thresholded(.otsu).image.contours(), in: image.size)
        }
    }
    // end

    // sample: lab-thumbnail
    app.get("/thumbnail") { (photo: ImageInput) in photo.answer(DecodePlan(longestSide: 640)) { $0 } }
    // end

    // sample: lab-optional
    app.post("/avatar") { (photo: ImageInput?) in photo.map { "\($0.size) \($0.header.format)" } ?? "the usual one" }
    // end

    // sample: lab-many
    app.post("/same") { (photos: ImageInputs) async throws in
        try await photos[0].run(.gray) { first in
            let hash = try first.perceptualHash()
            return try photos.dropFirst().map { try $0.decoded(.gray).perceptualHash().distance(to: hash) <= 10 }
        }
    }
    // end
    return app
}

// sample: lab-options
struct EdgeOptions: Input {
    /// Gradients below are no edge.
    @Field(in: 0...500, step: 5) var low = 100.0
    /// Gradients above are an edge.
    @Field(in: 0...500, step: 5) var high = 200.0
}

func addEdges(to app: inout App) {
    app.post("/edges") { (photo: ImageInput, options: Query<EdgeOptions>) in
        photo.answer(.gray) { try $0.canny(low: options.low, high: options.high) }
    }
}
// end

// sample: lab-result
struct Brightest: DrawnResult {
    var place: Point

    func scaled(from size: Size, to original: Size) -> Brightest {
        let factor = Double(original.longestSide) / Double(size.longestSide)
        return Brightest(place: Point(place.x * factor, place.y * factor))
    }

    func drawn(on image: Image) throws -> Image {
        try image.drawing { try $0.dot(place, color: .yellow, radius: 20) }
    }
}

func addBrightest(to app: inout App) {
    app.post("/brightest") { (photo: ImageInput) in
        photo.answer(DecodePlan(colors: .gray, longestSide: 320)) { image in
            Brightest(place: try image.blurred(sigma: 3).extremes().maximumPlace)
        }
    }
}
// end

func labSettingsSample() throws -> App {
    var app = App()
    // sample: lab-settings
    var lab = Lab()
    lab.limits.pixels = 20_000_000
    lab.limits.formats = [.jpeg, .png, .webp]
    lab.fetcher.policy.allowed = Set(try app.configuration.list("fetch.allow", of: Authority.self))
    app.settings.server.limits.bodyBytes = 40 << 20
    app.use(lab)
    // end
    app.post("/format") { (photo: ImageInput) in photo.header.format.rawValue }
    return app
}

func liveLabSamples() throws -> App {
    var app = App()
    let faces = try CascadeDetector(.frontalFaceAlt)
    // sample: lab-live
    app.webSocket("/live/faces", .live) { (socket: WebSocket, request: Request) async throws in
        try await socket.answerFrames(in: request.lab, DecodePlan(colors: .gray, longestSide: 480)) {
            try faces.detect(in: $0)
        }
    }
    // end

    // sample: lab-film
    app.post("/zoom") { (photo: ImageInput) async throws in
        let image = try await photo.image(DecodePlan(longestSide: 640))
        return MotionPicture(
            AsyncThrowingStream { film in
                for step in 0..<10 {
                    let border = Double(step) * 8
                    let part = Box(
                        left: border, top: border, right: image.bounds.right - border,
                        bottom: image.bounds.bottom - border)
                    if let frame = try? image.cropped(to: part).resized(to: image.size) { film.yield(frame) }
                }
                film.finish()
            })
    }
    // end

    // sample: lab-progress
    app.post("/album") { (photos: ImageInputs) in
        Progress { report in
            var found: [Detections] = []
            for (index, photo) in photos.enumerated() {
                found.append(try await photo.find(faces))
                try await report(index + 1, of: photos.count, photo.name)
            }
            return found
        }
    }
    // end
    return app
}

// sample: lab-test
@Test func edgesAreFoundWhereBlackMeetsWhite() async throws {
    var app = App()
    addEdges(to: &app)
    let black = try Image(size: Size(width: 64, height: 48), filledWith: .black)
    let photo = try black.drawing { try $0.fill(Box(x: 20, y: 10, width: 20, height: 20), color: .white) }
    let file = UploadedFile(filename: "square.png", contentType: "image/png", bytes: try photo.encoded(as: .png()))
    let client = try TestClient(app)
    let answer = try await client.post("/edges?format=png", files: ["image": file])
    let edges = try Image(decoding: answer.bytes, plan: .gray)
    #expect(edges.pixel(x: 20, y: 20) == [255] || edges.pixel(x: 19, y: 20) == [255])
    #expect(edges.pixel(x: 30, y: 20) == [0])
    #expect(try await client.post("/edges", body: "no picture").status == .unsupportedMediaType)
}
// end
