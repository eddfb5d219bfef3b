// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortInference
import Testing

@Suite struct PreprocessingTests {
    static let classification = Preprocessing(
        width: 224, height: 224, fit: .middle(shortSide: 256), interpolation: .area, normalisation: .imageNet)

    /// What OpenCV and NumPy make of the same photograph, which OpenCV rounds to 8 bits in between.
    static let cases: [(photo: String, key: String, preparation: Preprocessing, level: Double)] =
        ["chelsea", "coffee", "grace-hopper", "china"].map {
            ($0, "pplcnet-\($0)-input0", classification, 1 / (255 * 0.224))
        }
        + ["chelsea", "coffee", "astronaut", "street"].map {
            (
                $0, "picodet-\($0)-input1",
                Preprocessing(width: 416, height: 416, interpolation: .cubic, normalisation: .imageNet),
                1 / (255 * 0.224)
            )
        }
        + ["astronaut", "grace-hopper", "street", "chelsea"].map {
            ($0, "yunet-\($0)-input0", Preprocessing(width: 640, height: 640, fit: .upperLeft, colours: .bgr), 1)
        }
        + ["chelsea", "grace-hopper"].map {
            (
                $0, "open-nsfw-\($0)-input0",
                Preprocessing(
                    width: 224, height: 224, fit: .middleOfSquare(side: 256), colours: .bgr,
                    normalisation: Preprocessing.Normalisation(mean: [123, 117, 104], deviation: [1, 1, 1]),
                    layout: .pixels),
                1
            )
        }
        + ["coffee", "astronaut"].map {
            (
                $0, "u2netp-\($0)-input0", Preprocessing(width: 320, height: 320, normalisation: .imageNet),
                1 / (255 * 0.224)
            )
        }

    @Test(arguments: cases.indices)
    func tensorsAreThoseOfOpenCVWithinOneLevel(index: Int) throws {
        let (photo, key, preparation, level) = Self.cases[index]
        let own = try preparation.prepare(Reference.photo(photo)).tensor
        let expected = try Reference.tensor(key)
        #expect(own.shape == expected.shape)
        let differences = zip(try own.elements(as: Float.self), try expected.elements(as: Float.self)).map {
            abs(Double($0) - Double($1)) / level
        }
        #expect(differences.max() ?? .infinity <= 1.2, "levels at the most, \(key)")
        #expect(differences.reduce(0, +) / Double(differences.count) <= 0.3, "levels in the mean, \(key)")
    }

    private func picture(_ width: Int, _ height: Int, _ channels: PixelChannels, _ bytes: [UInt8]) throws -> PixelBuffer
    {
        try PixelBuffer(width: width, height: height, channels: channels, bytes: bytes)
    }

    @Test(arguments: [
        (PixelChannels.bgr, [30, 20, 10] as [UInt8]), (.rgb, [10, 20, 30]), (.bgra, [30, 20, 10, 0]),
        (.rgba, [10, 20, 30, 0]),
    ])
    func channelsComeInTheOrderThatIsWanted(channels: PixelChannels, bytes: [UInt8]) throws {
        let picture = try picture(1, 1, channels, bytes)
        for (colours, expected) in [
            (Preprocessing.Colours.rgb, [10, 20, 30]), (.bgr, [30, 20, 10]), (.grey, [18.15]),
        ] as [(Preprocessing.Colours, [Float])] {
            let tensor = try Preprocessing(width: 1, height: 1, colours: colours).prepare(picture).tensor
            #expect(zip(try tensor.elements(as: Float.self), expected).allSatisfy { abs($0 - $1) < 1e-4 })
            #expect(tensor.shape == [1, expected.count, 1, 1])
        }
    }

    @Test func greyPicturesHaveThreeEqualColours() throws {
        let tensor = try Preprocessing(width: 2, height: 1, layout: .pixels).prepare(picture(2, 1, .grey, [7, 9]))
            .tensor
        #expect(tensor.shape == [1, 1, 2, 3])
        #expect(try tensor.elements(as: Float.self) == [7, 7, 7, 9, 9, 9])
    }

    @Test func meanAndDeviationBelongToTheirColours() throws {
        let normalisation = Preprocessing.Normalisation(mean: [10, 20, 30], deviation: [1, 2, 4])
        for (colours, expected) in [(Preprocessing.Colours.rgb, [1, 2, 3]), (.bgr, [3, 2, 1])]
            as [(Preprocessing.Colours, [Float])]
        {
            let preparation = Preprocessing(width: 1, height: 1, colours: colours, normalisation: normalisation)
            let tensor = try preparation.prepare(picture(1, 1, .rgb, [11, 24, 42])).tensor
            #expect(try tensor.elements(as: Float.self) == expected)
        }
    }

    @Test func bytesAreRounded() throws {
        let preparation = Preprocessing(width: 1, height: 1, interpolation: .area, colours: .grey, dataType: .uint8)
        let tensor = try preparation.prepare(picture(2, 2, .grey, [0, 1, 2, 255])).tensor
        #expect(tensor.dataType == .uint8)
        #expect(tensor.bytes == [65])
    }

    /// What is scaled, beside it black, each colour in its plane or pixel: as the same numbers that are not rounded.
    @Test(arguments: [Preprocessing.Layout.planes, .pixels], [Preprocessing.Colours.rgb, .bgr, .grey])
    func bytesAreTheNumbersRounded(layout: Preprocessing.Layout, colours: Preprocessing.Colours) throws {
        let photo = try Reference.photo("chelsea")
        for interpolation in [Resampling.linear, .area, .cubic] {
            var preparation = Preprocessing(
                width: 200, height: 190, fit: .letterbox, interpolation: interpolation, colours: colours,
                normalisation: Preprocessing.Normalisation(mean: [-30, 0, 20], deviation: [0.5, 1, 2]), layout: layout)
            let numbers = try preparation.prepare(photo).tensor
            preparation.dataType = .uint8
            let bytes = try preparation.prepare(photo).tensor
            #expect(bytes.shape == numbers.shape)
            let expected = try numbers.elements(as: Float.self).map { UInt8(min(max($0, 0), 255).rounded()) }
            #expect(bytes.bytes == expected)
        }
    }

    @Test func boxesFindTheirWayBack() throws {
        let wide = try picture(200, 100, .grey, [UInt8](repeating: 255, count: 20_000))
        let upperLeft = try Preprocessing(width: 100, height: 100, fit: .upperLeft, colours: .grey).prepare(wide)
        #expect(upperLeft.mapping.point(PicturePoint(x: 50, y: 25)) == PicturePoint(x: 100, y: 50))
        let letterbox = try Preprocessing(width: 100, height: 100, fit: .letterbox, colours: .grey).prepare(wide)
        #expect(letterbox.mapping.point(PicturePoint(x: 50, y: 25)) == PicturePoint(x: 100, y: 0))
        let numbers = try letterbox.tensor.elements(as: Float.self)
        #expect(numbers[24 * 100] == 0)
        #expect(abs(numbers[25 * 100] - 255) < 0.01)
        let middle = try Preprocessing(width: 50, height: 50, fit: .middle(shortSide: 50), colours: .grey).prepare(wide)
        #expect(
            middle.mapping.box(PictureBox(left: 0, top: 0, right: 50, bottom: 50))
                == PictureBox(left: 50, top: 0, right: 150, bottom: 100))
    }

    /// Rows with a gap behind them, as a part of a larger picture has.
    private struct Part: Pixels {
        let width: Int
        let height: Int
        let channels = PixelChannels.grey
        let rowStride: Int
        let bytes: [UInt8]

        func withPixelBytes<Result>(_ body: (RawSpan) throws -> Result) throws -> Result {
            try bytes.withUnsafeBytes { try body($0.bytes) }
        }
    }

    @Test func rowsMayHaveGaps() throws {
        let part = Part(width: 2, height: 2, rowStride: 3, bytes: [1, 2, 99, 3, 4])
        let tensor = try Preprocessing(width: 2, height: 2, colours: .grey).prepare(part).tensor
        #expect(zip(try tensor.elements(as: Float.self), [1, 2, 3, 4]).allSatisfy { abs($0 - $1) < 1e-4 })
    }

    @Test(arguments: [(2, 2, 3, 4), (2, 2, 1, 5), (0, 2, 3, 9), (2, -1, 3, 9), (65_536, 1, 65_536, 9), (2, 2, .max, 9)])
    func picturesThatDoNotLieInTheirMemoryAreRefused(width: Int, height: Int, stride: Int, count: Int) {
        let part = Part(
            width: width, height: height, rowStride: stride, bytes: [UInt8](repeating: 0, count: count))
        #expect(throws: InferenceError.self) { try Preprocessing(width: 2, height: 2).prepare(part) }
    }

    @Test func preparationsThatCannotBeAreRefused() throws {
        let small = try picture(2, 100, .grey, [UInt8](repeating: 0, count: 200))
        for preparation in [
            Preprocessing(width: 0, height: 1), Preprocessing(width: 1, height: 70_000),
            Preprocessing(width: 60_000, height: 60_000), Preprocessing(width: 1, height: 1, dataType: .int8),
            Preprocessing(width: 50, height: 50, fit: .middle(shortSide: 10)),
            Preprocessing(width: 50, height: 50, fit: .middleOfSquare(side: 49)),
            Preprocessing(width: 50, height: 50, fit: .middleOfSquare(side: .max)),
        ] {
            #expect(throws: InferenceError.self) { try preparation.prepare(small) }
        }
    }
}
