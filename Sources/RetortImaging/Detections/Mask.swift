// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Which pixels of a picture belong to a thing, run-length encoded as COCO does it.
///
/// The pixels are read column by column; `counts` says how many are outside, then inside, then outside, and so on.
/// Source: the COCO API's uncompressed RLE.
public struct Mask: Sendable, Hashable, Codable {
    /// Rows and columns, in COCO's order.
    public var size: [Int]
    /// How many pixels are outside, then inside, then outside, and so on.
    public var counts: [Int]

    /// Makes a mask from its runs.
    ///
    /// - Parameters:
    ///   - size: The size of the picture.
    ///   - counts: How many pixels are outside, inside, outside…, column by column.
    /// - Throws: `ImagingError` when the runs do not add up to the picture.
    public init(size: Size, counts: [Int]) throws {
        var sum = 0
        for count in counts {
            guard count >= 0, count <= size.pixels - sum else {
                throw ImagingError(.badArgument, "The runs do not add up to \(size).")
            }
            sum += count
        }
        guard sum == size.pixels else { throw ImagingError(.badArgument, "The runs do not add up to \(size).") }
        self.size = [size.height, size.width]
        self.counts = counts
    }

    /// Makes a mask of the pixels that are not zero.
    ///
    /// - Parameter image: One channel of 8 bits.
    /// - Throws: `ImagingError` when it has more channels.
    public init(_ image: Image) throws {
        guard image.channels == 1 else { throw ImagingError(.badArgument, "A mask has one channel.") }
        let (width, height) = (image.width, image.height)
        counts = try image.converted(to: .uint8).withPixels { pixels in
            var runs: [Int] = []
            var inside = false
            var length = 0
            for x in 0..<width {
                for y in 0..<height {
                    if (pixels[y * width + x] != 0) != inside {
                        runs.append(length)
                        length = 0
                        inside.toggle()
                    }
                    length += 1
                }
            }
            runs.append(length)
            return runs
        }
        size = [height, width]
    }

    /// The size of the picture.
    public var pictureSize: Size { Size(width: size.count == 2 ? size[1] : 0, height: size.first ?? 0) }

    /// How many pixels are inside.
    public var area: Int { stride(from: 1, to: counts.count, by: 2).reduce(0) { $0 + counts[$1] } }

    /// The mask as a picture: 255 inside, 0 outside.
    ///
    /// - Returns: Grey of 8 bits.
    /// - Throws: `ImagingError` when the runs do not add up.
    public func image() throws -> Image {
        let (width, height) = (pictureSize.width, pictureSize.height)
        var pixels = [UInt8](repeating: 0, count: pictureSize.pixels)
        var place = 0
        for (index, count) in counts.enumerated() {
            guard count >= 0, count <= pixels.count - place else {
                throw ImagingError(.badArgument, "The runs do not add up to \(pictureSize).")
            }
            if index % 2 == 1 {
                for position in place..<place + count { pixels[position % height * width + position / height] = 255 }
            }
            place += count
        }
        return try Image(pixels: pixels, size: pictureSize, colorSpace: .gray)
    }
}
