// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RetortImaging
import Testing

/// Files that are wrong in every way: an error in time, and never a crash.
struct RubbishTests {
    static let kinds = [
        "plain.jpg", "progressive.jpg", "cmyk.jpg", "plain.png", "palette.png", "alpha.png", "plain.webp", "alpha.webp",
        "animated.webp", "plain.gif", "animated.gif", "interlaced.gif", "plain.tiff", "lzw.tiff", "plain.bmp",
        "palette.bmp", "profile.jpg", "profile.png", "orientation-6.jpg",
    ]

    @Test(arguments: [
        ("bomb.png", ImagingError.Code.tooLarge), ("side.png", .tooLarge), ("empty", .unknownFormat),
        ("text", .unknownFormat), ("html", .unknownFormat), ("svg", .unknownFormat),
    ])
    func isRefusedAtOnce(name: String, code: ImagingError.Code) throws {
        let bytes = try MadePictures.bytes(name)
        let start = ContinuousClock.now
        let error = #expect(throws: ImagingError.self) { try Image(decoding: bytes) }
        #expect(error?.code == code)
        #expect(ContinuousClock.now - start < .milliseconds(100))
    }

    @Test(arguments: kinds) func aTruncatedFileIsRefusedOrRead(name: String) throws {
        let bytes = try MadePictures.bytes(name)
        for part in 0..<24 {
            let cut = Array(bytes.prefix(bytes.count * part / 24))
            do {
                let image = try Image(decoding: cut)
                // What is cut off a long tail may leave the picture whole.
                #expect(image.size.pixels > 0)
                #expect(part > 0)
            } catch let error as ImagingError {
                #expect([.corrupt, .unknownFormat, .unsupported].contains(error.code), "\(part): \(error)")
            }
        }
    }

    @Test(arguments: [
        "plain.jpg", "progressive.jpg", "plain.png", "plain.webp", "plain.gif", "plain.tiff", "plain.bmp",
    ])
    func halfAFileIsNoPicture(name: String) throws {
        let bytes = try MadePictures.bytes(name)
        let half = Array(bytes.prefix(bytes.count / 2))
        let error = #expect(throws: ImagingError.self) { try Image(decoding: half) }
        #expect(error?.code == .corrupt)
    }

    @Test(arguments: kinds) func damagedBytesGiveAnErrorOrAPicture(name: String) throws {
        let bytes = try MadePictures.bytes(name)
        var generator = Steps(state: 7)
        var limits = ImageLimits()
        limits.pixels = 1_000_000
        for _ in 0..<200 {
            var broken = bytes
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                broken[Int.random(in: 0..<broken.count, using: &generator)] = UInt8.random(
                    in: 0...255, using: &generator)
            }
            do { _ = try Image(decoding: broken, limits: limits) } catch is ImagingError {}
        }
    }

    @Test(arguments: [ImageFormat.jpeg, .png, .webp, .gif, .tiff, .bmp, .avif])
    func aFormatThatIsNotTakenIsRefused(format: ImageFormat) throws {
        var limits = ImageLimits()
        limits.formats.remove(format)
        guard
            let name = ["plain.jpg", "plain.png", "plain.webp", "plain.gif", "plain.tiff", "plain.bmp"].first(where: {
                ImageFormat(named: String($0.split(separator: ".")[1])) == format
            })
        else { return }
        let bytes = try MadePictures.bytes(name)
        let error = #expect(throws: ImagingError.self) { try Image(decoding: bytes, limits: limits) }
        #expect(error?.code == .unsupported)
    }

    /// A text or a profile of a PNG is a stranger's claim: it is not unpacked, or no further than it may be.
    @Test(arguments: ["profile-bomb.png", "text-bomb.png"]) func whatIsPackedBesideThePixelsStaysPacked(name: String)
        throws
    {
        let bytes = try MadePictures.bytes(name)
        let start = ContinuousClock.now
        let image = try Image(decoding: bytes, plan: DecodePlan(colors: .asStored))
        #expect(try image.bytes() == [128, 128, 128])
        // Unpacking the texts alone would take seconds.
        #expect(ContinuousClock.now - start < .milliseconds(500))
    }

    /// Limits are checked by our reading of the header: it must be the decoder's.
    @Test func ofATagThatComesTwiceTheFirstCounts() throws {
        let bytes = try MadePictures.bytes("doubled-tag.tiff")
        #expect(try ImageHeader(bytes).size == Size(width: 40, height: 30))
        #expect(try Image(decoding: bytes).size == Size(width: 40, height: 30))
    }

    /// Millions of empty parts before the picture: reading the header gives up, or skips them, within milliseconds.
    @Test(arguments: ["jpeg", "jpeg-ones", "png", "webp", "gif", "tiff"]) func aHeaderHasAnEnd(kind: String) throws {
        let bytes = Self.endless(kind)
        let start = ContinuousClock.now
        do {
            let header = try ImageHeader(bytes)
            #expect(header.frames <= 10_000)
        } catch let error as ImagingError {
            #expect(error.code == .corrupt)
        }
        // That is without optimisation; to the end of the file it would be many times as long.
        #expect(ContinuousClock.now - start < .seconds(3))
    }

    private static func endless(_ kind: String) -> [UInt8] {
        let count = 4 << 20
        func filled(_ start: [UInt8], with part: [UInt8]) -> [UInt8] {
            var bytes = start
            bytes.reserveCapacity(count)
            while bytes.count < count { bytes += part }
            return bytes
        }
        let word: [UInt8] = [0, 0, 0, 1]
        switch kind {
        case "jpeg": return filled([0xFF, 0xD8], with: [0xFF, 0xFE, 0, 2])
        case "jpeg-ones": return filled([0xFF, 0xD8], with: [UInt8](repeating: 0xFF, count: 4_096))
        case "png":
            let head = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + word + word
            return filled(head + [8, 0, 0, 0, 0] + word, with: [0, 0, 0, 0] + Array("aaAa".utf8) + word)
        case "webp":
            let head = Array("RIFF".utf8) + word + Array("WEBPVP8X".utf8) + [10, 0, 0, 0, 2, 0, 0, 0]
            return filled(head + [0, 0, 0, 0, 0, 0], with: Array("abcd".utf8) + [0, 0, 0, 0])
        case "gif": return filled(Array("GIF89a".utf8) + [1, 0, 1, 0, 0, 0, 0, 0x21, 0xFE], with: [1, 0x41])
        default:
            // Ten thousand directories over each other, each of 4,096 tags and one step behind the one before.
            var bytes = [UInt8](repeating: 0, count: 200_000)
            bytes.replaceSubrange(0..<8, with: [0x49, 0x49, 0x2A, 0, 8, 0, 0, 0])
            // Width, height, and where the second directory is.
            let tags: [UInt8] = [0, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0]
            bytes.replaceSubrange(8..<38, with: [2, 0] + tags + [64, 0, 0, 0])
            for index in 0..<10_000 {
                let place = 64 + index * 6
                let next = place + 6
                let end = place + 2 + 4_096 * 12
                bytes[place + 1] = 0x10
                for byte in 0..<4 { bytes[end + byte] = UInt8(next >> (8 * byte) & 0xFF) }
            }
            return bytes
        }
    }

    @Test(arguments: ["canvas.gif", "canvas.webp"]) func aTinyFrameGetsNoHugeCanvas(name: String) throws {
        let bytes = try MadePictures.bytes(name)
        #expect(try ImageHeader(bytes).size == Size(width: 7_000, height: 7_000))
        let error = #expect(throws: ImagingError.self) { try Image(decoding: bytes) }
        #expect(error?.message == "The first frame covers less than a sixteenth of the picture.")
    }

    @Test func aPictureDoesNotGoOverItselfForever() throws {
        let bytes = try MadePictures.bytes("scans.jpg")
        let error = #expect(throws: ImagingError.self) { try Image(decoding: bytes) }
        #expect(error?.message == "The JPEG has more than 64 scans.")
        #expect(try Image(decoding: MadePictures.bytes("progressive.jpg")).size == Size(width: 120, height: 90))
    }

    @Test(.timeLimit(.minutes(1))) func nothingIsWrittenToStandardError() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            for name in ["lzw.tiff", "plain.tiff", "deflate.tiff", "palette.bmp", "plain.jpg", "plain.png"] {
                let bytes = try MadePictures.bytes(name)
                for place in stride(from: 8, to: bytes.count, by: max(1, bytes.count / 50)) {
                    var broken = bytes
                    broken[place] ^= 0xFF
                    _ = try? Image(decoding: broken)
                }
                _ = try? Image(decoding: Array(bytes.prefix(bytes.count / 2)))
            }
        }
        let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(said.isEmpty, "\(said.prefix(400))")
    }

    @Test func limitsHoldForBytesAndFrames() throws {
        var limits = ImageLimits()
        limits.bytes = 100
        let photo = try MadePictures.bytes("plain.jpg")
        #expect(throws: ImagingError.self) { try limits.check(photo) }
        limits = ImageLimits()
        limits.frames = 2
        let film = try MadePictures.bytes("animated.gif")
        #expect(throws: ImagingError.self) { try limits.check(film) }
    }

    @Test(arguments: ["plain.jpg", "plain.png", "plain.webp"]) func theTypeOfTheClientDoesNotMatter(name: String) throws
    {
        // Whatever a name or a header claims, the bytes tell.
        #expect(ImageFormat.sniff(try MadePictures.bytes(name))?.fileExtension == String(name.split(separator: ".")[1]))
    }
}

/// A small generator with a seed, so that a failure can be repeated.
struct Steps: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 29
    }
}
