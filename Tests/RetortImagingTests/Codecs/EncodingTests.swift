// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortImaging
import Testing

struct EncodingTests {
    @Test(arguments: [
        (ImageEncoding.jpeg(quality: 95), 4.0), (.jpeg(quality: 90, progressive: true), 5), (.png(), 0),
        (.png(compression: 9), 0), (.webp(quality: 90), 5), (.losslessWebP, 0), (.tiff, 0), (.bmp, 0), (.gif, 20),
    ])
    func whatIsWrittenIsRead(encoding: ImageEncoding, tolerance: Double) throws {
        let image = try Photos.image("chelsea.png")
        let bytes = try image.encoded(as: encoding)
        #expect(ImageFormat.sniff(bytes) == encoding.format)
        let again = try Image(decoding: bytes)
        let difference = try again.combined(with: image, .difference).statistics().mean.max() ?? 255
        #expect(difference <= tolerance)
    }

    @Test(arguments: [ImageEncoding.png(), .losslessWebP, .tiff, .gif]) func alphaIsKeptWhereThereIsOne(
        _ encoding: ImageEncoding
    ) throws {
        let image = try Image(decoding: MadePictures.bytes("alpha.png"), plan: DecodePlan(colors: .bgra))
        let again = try Image(decoding: image.encoded(as: encoding), plan: DecodePlan(colors: .bgra))
        #expect(again.pixel(x: 60, y: 2)?.last ?? 255 < 128)
        #expect(again.pixel(x: 60, y: 88)?.last == (encoding == .gif ? 255 : image.pixel(x: 60, y: 88)?.last))
    }

    @Test(arguments: [ImageEncoding.jpeg(), .bmp]) func alphaIsLaidOverWhite(_ encoding: ImageEncoding) throws {
        let image = try Image(size: Size(width: 8, height: 8), filledWith: .clear, colorSpace: .bgra)
        let again = try Image(decoding: image.encoded(as: encoding))
        #expect(again.pixel(x: 4, y: 4) == [255, 255, 255])
    }

    @Test(arguments: [Depth.uint16, .float32, .int16]) func otherDepthsAreWritten(depth: Depth) throws {
        let image = try Photos.image("chelsea.png", .gray)
        let deep = depth == .int16 ? try image.sobel(dx: 1, dy: 0, depth: .int16) : try image.converted(to: depth)
        for encoding in [ImageEncoding.jpeg(), .png(), .webp(), .bmp, .gif] {
            #expect(try Image(decoding: deep.encoded(as: encoding)).size == image.size)
        }
    }

    @Test func grayStaysGray() throws {
        let edges = try Photos.image("chelsea.png").canny()
        #expect(try ImageHeader(edges.encoded(as: .jpeg())).channels == 1)
        #expect(try ImageHeader(edges.encoded(as: .png())).channels == 1)
    }

    @Test(arguments: [
        ImageEncoding.jpeg(quality: 101), .jpeg(quality: -1), .png(compression: 10), .webp(quality: 0),
        .webp(quality: 101),
    ])
    func settingsOutOfRangeAreRefused(_ encoding: ImageEncoding) throws {
        let image = try Image(size: Size(width: 8, height: 8))
        #expect(throws: ImagingError.self) { try image.encoded(as: encoding) }
    }

    @Test func nothingButPixelsIsWritten() throws {
        let bytes = try MadePictures.bytes("orientation-6.jpg")
        let header = try ImageHeader(Image(decoding: bytes).encoded(as: .jpeg()))
        #expect(header.orientation == 1)
        #expect(!header.hasProfile)
        #expect(header.size == (try ImageHeader(bytes).uprightSize))
    }

    @Test func avifSaysWhenItIsNotThere() throws {
        let image = try Image(size: Size(width: 8, height: 8))
        if OpenCV.hasAVIF {
            #expect(ImageFormat.sniff(try image.encoded(as: .avif())) == .avif)
        } else {
            let error = #expect(throws: ImagingError.self) { try image.encoded(as: .avif()) }
            #expect(error?.code == .unsupported)
        }
    }
}
