// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortImaging
import Testing

/// Finding things again: patterns, features, hashes, codes.
struct FindingTests {
    @Test func aPatternIsFoundWhereItWasCut() throws {
        let image = try Photos.image("coffee.png")
        let place = Box(x: 210, y: 120, width: 60, height: 50)
        let matches = try image.matches(of: image.cropped(to: place), minimumScore: 0.95)
        #expect(matches.first?.box == place)
        #expect(matches.first.map { $0.score > 0.999 } == true)
        #expect(matches.count == 1)
    }

    @Test func aTurnedPictureIsLocated() throws {
        let image = try Photos.image("astronaut.png")
        let transform = AffineTransform.rotation(degrees: 20, around: Point(256, 256)).then(.scaling(x: 0.8, y: 0.8))
        let other = try image.warped(by: transform)
        let found = try #require(try image.orbFeatures(most: 1_000).located(in: other.orbFeatures(most: 1_000)))
        for point in [Point(100, 100), Point(300, 200), Point(256, 400)] {
            #expect(found.transform.applied(to: point).distance(to: transform.applied(to: point)) < 3)
        }
        #expect(found.matches.count > 50)
    }

    @Test func nothingIsLocatedInAnEmptyPicture() throws {
        let features = try Photos.image("astronaut.png").orbFeatures()
        let empty = try Image(size: Size(width: 100, height: 100)).orbFeatures()
        #expect(empty.keypoints.isEmpty)
        #expect(try features.located(in: empty) == nil)
        #expect(try features.matches(with: empty).isEmpty)
    }

    @Test func hashesOfTheSamePictureAreNear() throws {
        let cat = try Photos.image("chelsea.png")
        let hash = try cat.perceptualHash()
        let squeezed = try Image(decoding: cat.encoded(as: .jpeg(quality: 30))).resized(toFit: 200)
        #expect(try squeezed.perceptualHash().distance(to: hash) <= 6)
        #expect(try cat.converted(to: .uint8, scale: 0.8, offset: 20).perceptualHash().distance(to: hash) <= 6)
        #expect(try Photos.image("coffee.png").perceptualHash().distance(to: hash) > 16)
        #expect(PerceptualHash(hash.description) == hash)
        #expect(PerceptualHash("xyz") == nil)
    }

    @Test(arguments: ["https://example.org/a?b=c", "Grüße", "1234567890"]) func aCodeIsReadBack(text: String) throws {
        let code = try Image.qrCode(text)
        let large = try code.resized(to: Size(width: code.width * 8, height: code.height * 8), interpolation: .nearest)
        let page = try large.padded(top: 60, left: 80, bottom: 60, right: 60, border: .constant(.white))
        let found = try page.codes()
        #expect(found.map(\.text) == [text] && found.first?.kind == .qr)
        #expect(found.first.map { $0.corners.allSatisfy { $0.x > 60 && $0.y > 40 } } == true)
    }

    @Test func noCodeIsFoundInAPhotograph() throws {
        #expect(try Photos.image("chelsea.png").codes().isEmpty)
        #expect(try Image(size: Size(width: 1, height: 1)).codes().isEmpty)
    }

    /// The bars of 4006381333931, drawn from the tables of ISO/IEC 15420.
    @Test func aBarCodeIsRead() throws {
        let left = [
            "0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111",
            "0001011",
        ]
        func mirrored(_ bits: String) -> String { String(bits.map { $0 == "0" ? "1" : "0" }) }
        let digits = "4006381333931".map { Int(String($0)) ?? 0 }
        // The first digit, 4, is in the choice of odd and even parity: LGLLGG.
        let parity = Array("LGLLGG")
        var bars = "101"
        for index in 0..<6 {
            let bits = left[digits[index + 1]]
            bars += parity[index] == "L" ? bits : String(mirrored(bits).reversed())
        }
        bars += "01010"
        for index in 7..<13 { bars += mirrored(left[digits[index]]) }
        bars += "101"
        let row = bars.map { $0 == "1" ? UInt8(0) : 255 }
        let code = try Image(pixels: row, size: Size(width: row.count, height: 1), colorSpace: .gray)
            .resized(to: Size(width: row.count * 3, height: 90), interpolation: .nearest)
            .padded(top: 30, left: 60, bottom: 30, right: 60, border: .constant(.white))
        let found = try code.codes()
        #expect(found.map(\.text) == ["4006381333931"])
        #expect(found.first?.kind == .ean13)
    }

    @Test(arguments: ["", "a\0b", String(repeating: "x", count: 1_001)]) func textsThatFitNoCodeAreRefused(text: String)
    {
        #expect(throws: ImagingError.self) { try Image.qrCode(text) }
    }

    @Test func contoursHaveTheirMeasures() throws {
        let image = try Image(size: Size(width: 200, height: 150), colorSpace: .gray).drawing { canvas in
            try canvas.fill(Box(x: 20, y: 30, width: 60, height: 40), color: .white)
            try canvas.circle(Circle(center: Point(140, 80), radius: 30), color: .white, filled: true)
        }
        let contours = try image.contours().sorted { $0.bounds.left < $1.bounds.left }
        try #require(contours.count == 2)
        #expect(contours[0].bounds == Box(x: 20, y: 30, width: 60, height: 40))
        #expect(contours[0].area == 59 * 39)
        #expect(contours[0].isConvex && contours[0].solidity == 1)
        #expect(try contours[0].simplified().count == 4)
        #expect(contours[0].contains(Point(50, 50)) && !contours[0].contains(Point(10, 10)))
        #expect(contours[1].circularity > 0.85 && contours[0].circularity < 0.8)
        #expect(abs(contours[1].circle.radius - 30) < 1.5)
        #expect(try contours[1].simplified(epsilon: 0.01).count >= 8)
        #expect(try contours[1].hull().count > 8)
        #expect(throws: ImagingError.self) { try image.contours(most: 1) }
        let areas = try image.connectedComponents()
        #expect(areas.components.count == 2)
        let box = try #require(areas.components.firstIndex { $0.bounds.left == 20 })
        #expect(try areas.mask(of: box).nonzeroCount() == 60 * 40)
    }

    @Test func aMovingThingIsSeen() throws {
        var subtractor = try BackgroundSubtractor(history: 50)
        let street = try Photos.image("street.jpg")
        for _ in 0..<10 { _ = try subtractor.foreground(of: street) }
        let thing = Box(x: 100, y: 100, width: 80, height: 60)
        let changed = try street.drawing { try $0.fill(thing, color: .green) }
        let mask = try subtractor.foreground(of: changed)
        #expect(try mask.cropped(to: thing).statistics().mean[0] > 200)
        #expect(try mask.statistics().mean[0] < 10)
    }
}
