// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortConsole
import RetortLab
import RetortOpenAPI
import Testing

func runLab() async {
    // sample: build-main
    await App.main { app in
        app.name = "Lab"
        app.openAPI(title: "Lab")
        app.mount(Console(title: "Lab", document: "/openapi.json"))
    }
    // end
}

// sample: build-filters
struct Filters: Blueprint {
    struct CannyOptions: Input {
        /// Gradients below are no edge.
        @Field(in: 0...500, step: 5) var low = 100.0
        /// Gradients above are an edge.
        @Field(in: 0...500, step: 5) var high = 200.0
        /// The blur before, which takes noise away.
        @Field(in: 0...5, step: 0.1, unit: "px") var blur = 0.0
    }

    func routes(_ r: inout Routes) {
        r.post("/canny", .summary("Edges"), .tags("filters")) { (photo: ImageInput, options: Query<CannyOptions>) in
            photo.answer(.gray) { image in
                let smooth = options.blur > 0 ? try image.blurred(sigma: options.blur) : image
                return try smooth.canny(low: options.low, high: options.high)
            }
        }
    }
}
// end

// sample: build-finding
struct Finding: Blueprint {
    struct Options: Input {
        /// How many neighbours agree at least: more means fewer false ones.
        @Field(in: 1...20, step: 1) var neighbors = 5
        /// The longer side of the picture that is looked at: smaller is far faster.
        @Field(in: 160...2_000, step: 20, unit: "px") var workingSize = 640
    }

    let faces: CascadeDetector

    func routes(_ r: inout Routes) {
        r.post("/faces", .summary("Faces"), .tags("find")) { (photo: ImageInput, options: Query<Options>) in
            photo.answer(
                finding: faces, workingSize: options.workingSize,
                settings: CascadeSettings(minimumNeighbors: options.neighbors))
        }
    }
}
// end

// sample: build-measures
struct Measures: Blueprint {
    func routes(_ r: inout Routes) {
        r.post("/contours", .summary("Outlines of bright areas"), .tags("measure")) { (photo: ImageInput) in
            photo.answer(DecodePlan(colors: .gray, longestSide: 1_280)) { image in
                let white = try image.thresholded(.otsu).image
                return FoundContours(try white.contours().filter { $0.area > 200 }, in: image.size)
            }
        }
    }
}
// end

// sample: build-album
struct Album: Blueprint {
    let faces: CascadeDetector

    func routes(_ r: inout Routes) {
        r.post("/album", .summary("Faces in many pictures"), .tags("find"), use: album)
    }

    func album(photos: ImageInputs) -> Progress<[Detections]> {
        Progress { report in
            var found: [Detections] = []
            for (index, photo) in photos.enumerated() {
                found.append(try await photo.find(faces))
                try await report(index + 1, of: photos.count, photo.name)
            }
            return found
        }
    }
}
// end

func buildLive(_ app: inout App, _ faces: CascadeDetector) {
    // sample: build-live
    app.webSocket("/live/faces", .live) { (socket: WebSocket, request: Request) async throws in
        try await socket.answerFrames(in: request.lab, DecodePlan(colors: .gray, longestSide: 480)) {
            try faces.detect(in: $0)
        }
    }
    // end
}

func buildSettings(_ app: inout App) throws {
    // sample: build-settings
    app.configuration.addOption(
        "--allow-fetch", for: "fetch.allow", value: "HOST:PORT",
        help: "lets ?url= reach an address that is refused otherwise; may be repeated.")
    var lab = Lab()
    lab.tellsTimes = true
    lab.limits.pixels = 20_000_000
    lab.fetcher.policy.allowed = Set(try app.configuration.list("fetch.allow", of: Authority.self))
    app.use(lab)
    // end
}

// sample: build-book
struct BookBoxes: DrawnResult {
    var found: Detections

    enum CodingKeys: String, CodingKey { case result, status }
    struct Item: Encodable { var box: Box }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(found.boxes.map(Item.init), forKey: .result)
        try values.encode("ok", forKey: .status)
    }

    func scaled(from size: Size, to original: Size) -> BookBoxes {
        BookBoxes(found: found.scaled(from: size, to: original))
    }

    func drawn(on image: Image) throws -> Image { try found.drawn(on: image) }
}

func addBook(to app: inout App, _ faces: CascadeDetector) {
    app.post("/detect") { (photo: ImageInput) in
        photo.answer { BookBoxes(found: try faces.detect(in: $0)) }
    }
}
// end

/// The app of the tutorial as far as a test needs it.
func buildLab() throws -> App {
    var app = App()
    let faces = try CascadeDetector(.frontalFaceAlt)
    try buildSettings(&app)
    app.mount(Filters(), at: "/api")
    app.mount(Finding(faces: faces), at: "/api")
    app.mount(Measures(), at: "/api")
    app.mount(Album(faces: faces), at: "/api")
    buildLive(&app, faces)
    addBook(to: &app, faces)
    app.openAPI(title: "Lab")
    app.mount(Console(title: "Lab", document: "/openapi.json"))
    return app
}

// sample: build-test
@Test func aSquareHasFourCornersAndNoFace() async throws {
    let ground = try Image(size: Size(width: 320, height: 240), filledWith: .black)
    let square = try ground.drawing { try $0.fill(Box(x: 100, y: 60, width: 120, height: 120), color: .white) }
    let bytes = try square.encoded(as: .png())

    let client = try TestClient(buildLab())
    let faces = try await client.post("/api/faces", body: .bytes(bytes, contentType: "image/png"))
    #expect(faces.text == #"{"image":{"width":320,"height":240},"detections":[]}"#)
    let outlines = try await client.post("/api/contours", body: .bytes(bytes, contentType: "image/png"))
    #expect(outlines.text.contains(#""area":14161"#))
    let refused = try await client.post("/api/faces?neighbors=0", body: .bytes(bytes, contentType: "image/png"))
    #expect(refused.status == .unprocessableContent)
}
// end
