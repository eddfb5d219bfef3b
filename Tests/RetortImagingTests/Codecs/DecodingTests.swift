// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortImaging
import Testing

/// Every kind of file, beside what Pillow reads out of it.
struct DecodingTests {
    /// Files, and how far the mean of the differences may be from Pillow's pixels.
    static let exact: [(String, Double)] =
        [
            ("plain.png", 0), ("gray.png", 0), ("alpha.png", 0.6), ("gray-alpha.png", 0.6), ("palette.png", 0),
            ("palette-transparent.png", 0), ("bits.png", 0), ("deep-gray.png", 0), ("lossless.webp", 0),
            ("alpha.webp", 0.6),
            ("plain.tiff", 0), ("lzw.tiff", 0), ("deflate.tiff", 0), ("gray.tiff", 0), ("plain.bmp", 0),
            ("gray.bmp", 0),
            ("palette.bmp", 0), ("plain.gif", 0), ("transparent.gif", 0), ("interlaced.gif", 0), ("one.png", 0),
            ("one.webp", 0), ("one.gif", 0), ("one.tiff", 0), ("one.bmp", 0), ("animated.gif", 0), ("animated.webp", 0),
            ("animated.png", 0), ("pages.tiff", 0), ("srgb-profile.png", 0),
            // Other decoders round the colour conversion otherwise.
            ("plain.jpg", 0.5), ("progressive.jpg", 0.5), ("gray.jpg", 0.1), ("444.jpg", 0.5), ("one.jpg", 1),
            ("plain.webp", 0.5), ("cmyk.jpg", 1.5), ("wide.jpg", 0.5),
            // Another engine of profiles, and JPEG's own loss.
            ("profile.png", 1), ("profile.jpg", 3), ("profile.webp", 4),
        ] + (1...8).map { ("orientation-\($0).jpg", 0.5) } + (1...8).map { ("orientation-\($0).png", 0) }
        + (1...8).map { ("orientation-\($0).webp", 0) }

    @Test(arguments: exact) func isWhatPillowReads(name: String, tolerance: Double) throws {
        let expected = try MadePictures.pixels(of: name)
        let image = try Image(decoding: MadePictures.bytes(name))
        #expect(image.size == expected.size)
        #expect(image.colorSpace == .bgr && image.depth == .uint8)
        let found = try image.converted(to: .rgb).bytes()
        try #require(found.count == expected.bytes.count)
        let sum = zip(found, expected.bytes).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        #expect(Double(sum) / Double(found.count) <= tolerance)
    }

    @Test(arguments: exact.map(\.0)) func theHeaderSaysTheSameSize(name: String) throws {
        let header = try ImageHeader(MadePictures.bytes(name))
        #expect(header.uprightSize == (try MadePictures.pixels(of: name).size))
        #expect(name.hasSuffix(".\(header.format.fileExtension)") || name.hasSuffix(".\(header.format.rawValue)"))
    }

    @Test(arguments: [
        ("animated.gif", 3), ("animated.webp", 3), ("animated.png", 3), ("pages.tiff", 3), ("plain.gif", 1),
        ("plain.jpg", 1),
    ])
    func framesAreCounted(name: String, count: Int) throws {
        #expect(try ImageHeader(MadePictures.bytes(name)).frames == count)
    }

    @Test(arguments: ["animated.gif", "animated.webp"], [(0, [255.0, 0, 0]), (1, [0, 255, 0]), (2, [0, 0, 255])])
    func aFrameIsChosen(name: String, frame: (Int, [Double])) throws {
        var plan = DecodePlan.standard
        plan.frame = frame.0
        let image = try Image(decoding: MadePictures.bytes(name), plan: plan)
        #expect(image.pixel(x: 20, y: 15) == frame.1.reversed())
    }

    @Test(arguments: ["animated.gif", "plain.jpg"]) func aFrameThatIsNotThereIsRefused(name: String) throws {
        var plan = DecodePlan.standard
        plan.frame = 3
        let bytes = try MadePictures.bytes(name)
        #expect(throws: ImagingError.self) { try Image(decoding: bytes, plan: plan) }
    }

    @Test func headersKnowWhatMatters() throws {
        func header(_ name: String) throws -> ImageHeader { try ImageHeader(MadePictures.bytes(name)) }
        #expect(try header("cmyk.jpg").isCMYK)
        #expect(try header("progressive.jpg").isProgressive)
        #expect(try header("gray.jpg").channels == 1)
        #expect(try header("alpha.png").hasAlpha)
        #expect(try header("palette-transparent.png").hasAlpha)
        #expect(try header("alpha.webp").hasAlpha)
        #expect(try header("transparent.gif").hasAlpha)
        #expect(try header("profile.jpg").hasProfile)
        #expect(try header("profile.png").hasProfile)
        #expect(try header("profile.webp").hasProfile)
        #expect(try header("deep-gray.png").bitDepth == 16)
        #expect(try header("orientation-6.jpg").orientation == 6)
    }

    @Test(arguments: [
        (DecodePlan.Colors.gray, ColorSpace.gray), (.bgr, .bgr), (.bgra, .bgra), (.asStored, .bgra),
    ])
    func coloursAreAsPlanned(colors: DecodePlan.Colors, space: ColorSpace) throws {
        let image = try Image(decoding: MadePictures.bytes("alpha.png"), plan: DecodePlan(colors: colors))
        #expect(image.colorSpace == space)
    }

    @Test func sixteenBitsAreKeptWhenAskedFor() throws {
        var plan = DecodePlan(colors: .asStored)
        plan.keepsDepth = true
        let image = try Image(decoding: MadePictures.bytes("deep-gray.png"), plan: plan)
        #expect(image.depth == .uint16 && image.colorSpace == .gray)
        let small = try Image(decoding: MadePictures.bytes("deep-gray.png"), plan: .gray)
        #expect(image.pixel(x: 3, y: 4) == small.pixel(x: 3, y: 4)?.map { $0 * 257 })
    }

    @Test func theProfileIsLeftAloneWhenAskedFor() throws {
        var plan = DecodePlan.standard
        plan.convertsProfile = false
        let image = try Image(decoding: MadePictures.bytes("profile.png"), plan: plan)
        #expect(try image.bytes() == Image(decoding: MadePictures.bytes("plain.png")).bytes())
    }

    @Test(arguments: [(640, 1), (260, 1), (256, 2), (100, 4), (64, 8), (1, 8)])
    func aSmallerPictureIsThePlannedSize(longest: Int, reduction: Int) throws {
        let full = try Photos.image("astronaut.png")
        let bytes = try full.encoded(as: .jpeg(quality: 95))
        let small = try Image(decoding: bytes, plan: DecodePlan(longestSide: longest))
        #expect(small.size == full.size.fitting(longest))
        let same = try full.resized(toFit: longest)
        let difference = try small.combined(with: same, .difference).statistics().mean.max() ?? 255
        #expect(difference < 6)
    }
}
