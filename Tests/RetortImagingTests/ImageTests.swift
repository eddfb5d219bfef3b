// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortImaging
import Testing

struct ImageTests {
    @Test func aPictureIsAValue() throws {
        let black = try Image(size: Size(width: 40, height: 30))
        let drawn = try black.drawing { try $0.fill(Box(x: 0, y: 0, width: 40, height: 30), color: .white) }
        #expect(black.pixel(x: 5, y: 5) == [0, 0, 0])
        #expect(drawn.pixel(x: 5, y: 5) == [255, 255, 255])
    }

    @Test func aCropSharesAndIsNotChangedByDrawing() throws {
        let image = try Photos.image("chelsea.png")
        let crop = try image.cropped(to: Box(x: 10, y: 20, width: 30, height: 40))
        let before = try crop.bytes()
        _ = try image.drawing { try $0.fill($0.size == image.size ? image.bounds : image.bounds, color: .black) }
        _ = try crop.drawing { try $0.fill(crop.bounds, color: .black) }
        #expect(try crop.bytes() == before)
        #expect(crop.pixel(x: 3, y: 4) == image.pixel(x: 13, y: 24))
    }

    @Test func pixelsComeInAndGoOut() throws {
        let bytes = (0..<24).map { UInt8($0) }
        let image = try Image(pixels: bytes, size: Size(width: 4, height: 2), colorSpace: .bgr)
        #expect(try image.bytes() == bytes)
        #expect(image.pixel(x: 3, y: 1) == [21, 22, 23])
        #expect(image.pixel(x: 4, y: 1) == nil)
        #expect(try image.withPixels { $0[5] } == 5)
        #expect(try image.withRow(1) { $0.unsafeLoad(fromByteOffset: 0, as: UInt8.self) } == 12)
        #expect(throws: ImagingError.self) { try image.withRow(2) { _ in } }
        #expect(throws: ImagingError.self) {
            try Image(pixels: [1, 2], size: Size(width: 4, height: 2), colorSpace: .bgr)
        }
    }

    @Test(arguments: [Size(width: 0, height: 1), Size(width: -1, height: 5), Size(width: 70_000, height: 1)])
    func sizesThatNoPictureHasAreRefused(size: Size) throws {
        #expect(throws: ImagingError.self) { try Image(size: size) }
        #expect(throws: ImagingError.self) { try Image(size: Size(width: 4, height: 4)).resized(to: size) }
    }

    @Test(arguments: Depth.allCases) func depthsConvertAndComeBack(depth: Depth) throws {
        let image = try Photos.image("chelsea.png", .gray)
        guard depth != .int16, depth != .int32 else { return }
        #expect(try image.converted(to: depth).converted(to: .uint8).bytes() == image.bytes())
    }

    @Test(arguments: ColorSpace.allCases) func coloursComeBack(space: ColorSpace) throws {
        let image = try Photos.image("coffee.png")
        guard space != .data, space != .gray else { return }
        let again = try image.converted(to: space).converted(to: .bgr)
        #expect(try again.combined(with: image, .difference).statistics().mean.allSatisfy { $0 < 2.5 })
    }

    @Test func wrongArgumentsAreErrors() throws {
        let image = try Photos.image("chelsea.png")
        #expect(throws: ImagingError.self) { try image.cropped(to: Box(x: 400, y: 0, width: 100, height: 10)) }
        #expect(throws: ImagingError.self) { try image.cropped(to: Box(x: -1, y: 0, width: 10, height: 10)) }
        #expect(throws: ImagingError.self) {
            try image.cropped(to: Box(left: .nan, top: 0, right: .infinity, bottom: 3))
        }
        #expect(throws: ImagingError.self) { try image.blurred(sigma: -1) }
        #expect(throws: ImagingError.self) { try image.medianBlurred(size: 4) }
        #expect(throws: ImagingError.self) { try image.canny(low: .nan) }
        #expect(throws: ImagingError.self) { try image.canny(aperture: 4) }
        #expect(throws: ImagingError.self) { try image.channel(3) }
        #expect(throws: ImagingError.self) {
            try image.combined(with: image.cropped(to: Box(x: 0, y: 0, width: 9, height: 9)), .sum)
        }
        #expect(throws: ImagingError.self) { try image.histogram(bins: 0) }
        #expect(throws: ImagingError.self) { try image.sobel(dx: 0, dy: 0) }
        #expect(throws: ImagingError.self) { try image.mask(from: [1], to: [2]) }
        #expect(throws: ImagingError.self) { try image.reinterpreted(as: .gray) }
        #expect(throws: ImagingError.self) { try image.straightened([Point(0, 0)]) }
        #expect(throws: ImagingError.self) { try image.rotated(degrees: .infinity) }
        #expect(throws: ImagingError.self) { try image.filtered([1, 2, 3], columns: 2) }
        #expect(throws: ImagingError.self) { try Image.merging([], as: .bgr) }
    }

    @Test func aLetterboxKeepsProportions() throws {
        let (image, place) = try Photos.image("chelsea.png").letterboxed(to: Size(width: 416, height: 416))
        #expect(image.size == Size(width: 416, height: 416))
        #expect(place == Box(x: 0, y: 69, width: 416, height: 277))
        #expect(image.pixel(x: 10, y: 10) == [114, 114, 114])
    }

    @Test func aTurnShowsAllOfThePicture() throws {
        let image = try Photos.image("chelsea.png")
        let turned = try image.rotated(degrees: 90)
        #expect(abs(turned.width - image.height) <= 1 && abs(turned.height - image.width) <= 1)
        #expect(try image.rotated(degrees: 45).width > image.width)
    }

    @Test func channelsAreTakenApartAndPutTogether() throws {
        let image = try Photos.image("chelsea.png")
        let parts = try (0..<3).map { try image.channel($0) }
        #expect(try Image.merging(parts, as: .bgr).bytes() == image.bytes())
        #expect(try Image.merging(parts.reversed(), as: .rgb).bytes() == image.converted(to: .rgb).bytes())
    }

    @Test func dominantColorsAreTheSameEachTime() throws {
        let image = try Photos.image("chelsea.png")
        let colors = try image.dominantColors(4)
        #expect(colors.count == 4)
        #expect(abs(colors.reduce(0) { $0 + $1.share } - 1) < 1e-5)
        #expect(try image.dominantColors(4) == colors)
        let red = try Image(size: Size(width: 3, height: 3), filledWith: Color(red: 200, green: 10, blue: 20))
        #expect(try red.dominantColors(3).first?.color == Color(red: 200, green: 10, blue: 20))
    }

    @Test(arguments: [("#fff", Color.white), ("000000", .black), ("#ff8000", Color(red: 255, green: 128, blue: 0))])
    func coloursAreReadFromCSS(text: String, color: Color) {
        #expect(Color(hex: text) == color)
    }

    @Test(arguments: ["", "#", "#ggg", "#ff", "#fffffffff", "ffé"]) func otherTextsAreNoColours(text: String) {
        #expect(Color(hex: text) == nil)
    }

    @Test func picturesAreSharedBetweenThreads() async throws {
        let image = try Photos.image("chelsea.png")
        let expected = try image.canny().bytes()
        try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<8 { group.addTask { try image.canny().bytes() } }
            for try await bytes in group { #expect(bytes == expected) }
        }
    }
}
