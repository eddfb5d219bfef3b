// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RetortImaging
import Testing

struct DrawingTests {
    @Test func aBoxIsDrawnWhereItIs() throws {
        let image = try Image(size: Size(width: 100, height: 80))
        let drawn = try image.drawing { try $0.box(Box(x: 20, y: 10, width: 50, height: 40), color: .green, width: 1) }
        #expect(drawn.pixel(x: 20, y: 10) == [0, 255, 0])
        #expect(drawn.pixel(x: 69, y: 49) == [0, 255, 0])
        #expect(drawn.pixel(x: 40, y: 30) == [0, 0, 0])
    }

    @Test func whatLiesOutsideIsCutOff() throws {
        let image = try Image(size: Size(width: 30, height: 20))
        let far = Box(left: -.infinity, top: -1e300, right: 1e300, bottom: .nan)
        _ = try image.drawing { canvas in
            try canvas.box(far, color: .white)
            try canvas.fill(far, color: .white)
            try canvas.line(from: Point(-1e9, 5), to: Point(1e9, .nan), color: .white)
            try canvas.circle(Circle(center: Point(1e9, 1e9), radius: 1e9), color: .white)
            try canvas.label("label", on: far, color: .yellow)
            try canvas.text("text", at: Point(-500, 900), color: .white)
            try canvas.polygon([], color: .white)
            try canvas.picture(image, at: Point(-5, 15))
        }
    }

    @Test func masksAreMixedIn() throws {
        let image = try Image(size: Size(width: 40, height: 40), filledWith: .black)
        let mask = try Image(size: Size(width: 40, height: 40), colorSpace: .gray).drawing {
            try $0.fill(Box(x: 0, y: 0, width: 20, height: 40), color: .white)
        }
        let drawn = try image.drawing { try $0.mask(mask, color: .white, opacity: 0.5) }
        #expect(drawn.pixel(x: 5, y: 5) == [128, 128, 128])
        #expect(drawn.pixel(x: 30, y: 5) == [0, 0, 0])
    }

    @Test(arguments: [ColorSpace.hsv, .lab, .xyz]) func otherColoursAreNotDrawnOn(space: ColorSpace) throws {
        let image = try Photos.image("chelsea.png").converted(to: space)
        #expect(throws: ImagingError.self) { try image.drawing { try $0.dot(Point(1, 1), color: .white) } }
    }

    /// What a person sees, kept as a file where a folder is named, so that it can be looked at.
    @Test func detectionsAreDrawn() throws {
        OpenCV.setThreads(1)
        let image = try Photos.image("street.jpg")
        var found = try CascadeDetector(.frontalFaceAlt).detect(in: image)
        found.items.append(
            Detection(
                box: Box(x: 500, y: 300, width: 150, height: 200), label: "Straßenschild", classID: 3, score: 0.87,
                keypoints: [NamedPoint(at: Point(550, 350)), NamedPoint(at: Point(600, 350))],
                mask: try Mask(
                    Image(size: image.size, colorSpace: .gray).drawing {
                        try $0.circle(Circle(center: Point(575, 400), radius: 60), color: .white, filled: true)
                    })))
        let drawn = try found.drawn(on: image)
        #expect(drawn.size == image.size)
        let changed = try drawn.combined(with: image, .difference).converted(to: .gray).thresholded(at: 10)
            .nonzeroCount()
        #expect(changed > 8_000 && changed < image.size.pixels / 4)
        if let folder = ProcessInfo.processInfo.environment["RETORT_TEST_PICTURES"] {
            try Data(drawn.encoded(as: .png())).write(to: URL(filePath: folder).appending(path: "detections.png"))
        }
    }
}
