// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortLab
import Testing

/// An app with picture handlers of every kind.
enum LabApp {
    struct Shape: Encodable, Sendable {
        var width: Int
        var height: Int
        var name: String?
        var format: String
    }

    static func make(_ lab: Lab = Lab()) throws -> App {
        var app = App()
        app.settings.server.limits.bodyBytes = 40 << 20
        app.use(lab)
        let faces = try CascadeDetector(.frontalFaceAlt)
        app.on([.get, .post], "/shape") { (photo: ImageInput) in
            Shape(
                width: photo.size.width, height: photo.size.height, name: photo.name,
                format: photo.header.format.rawValue)
        }
        app.post("/maybe") { (photo: ImageInput?) in photo == nil ? "nothing" : "a picture" }
        app.post("/shapes") { (photos: ImageInputs) in photos.map { [$0.size.width, $0.size.height] } }
        app.on([.get, .post], "/edges") { (photo: ImageInput) in photo.answer(.gray) { try $0.canny() } }
        app.on([.get, .post], "/faces") { (photo: ImageInput) in photo.answer(finding: faces) }
        app.post("/found") { (photo: ImageInput) async throws in try await photo.find(faces) }
        app.post("/copy") { (photo: ImageInput) async throws in
            try await photo.image(DecodePlan(colors: .asStored))
        }
        app.post("/mean") { (photo: ImageInput) in photo.answer { try $0.statistics().mean } }
        app.post("/contours") { (photo: ImageInput) in
            photo.answer(DecodePlan(colors: .gray, longestSide: 200)) { image in
                FoundContours(try image.thresholded(.otsu).image.contours(), in: image.size)
            }
        }
        app.post("/histogram") { (photo: ImageInput) in photo.answer { FoundHistogram(try $0.histogram(bins: 16)) } }
        app.post("/album") { (photos: ImageInputs) in
            Progress { report in
                var sizes: [Int] = []
                for (index, photo) in photos.enumerated() {
                    sizes.append(try await photo.image().width)
                    try await report(index + 1, of: photos.count, photo.name)
                }
                return sizes
            }
        }
        app.post("/film") { (photo: ImageInput) async throws in
            let frames = try await photo.image()
            return MotionPicture(
                AsyncStream { stream in
                    for _ in 0..<3 { stream.yield(frames) }
                    stream.finish()
                })
        }
        app.webSocket("/live", .live) { (socket: WebSocket, request: Request) async throws in
            try await socket.answerFrames(in: request.lab, DecodePlan(colors: .gray, longestSide: 640)) {
                try faces.detect(in: $0)
            }
        }
        app.webSocket("/live-edges", .live) { (socket: WebSocket, request: Request) async throws in
            try await socket.answerFrames(in: request.lab, .gray) { try $0.canny() }
        }
        return app
    }

    /// A picture of some size as a PNG.
    static func png(_ width: Int = 64, _ height: Int = 48, _ color: Color = .yellow) throws -> [UInt8] {
        try Image(size: Size(width: width, height: height), filledWith: color).encoded(as: .png())
    }

    static func file(_ bytes: [UInt8], _ name: String = "a.png") -> UploadedFile {
        UploadedFile(filename: name, contentType: "image/png", bytes: bytes)
    }
}
