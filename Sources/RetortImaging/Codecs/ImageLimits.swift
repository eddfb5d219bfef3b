// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What a picture may have at most before it is decoded.
///
/// The header is checked against it, so that a small file which claims gigabytes of pixels is refused at once.
public struct ImageLimits: Sendable, Hashable {
    /// The most bytes of the file.
    public var bytes = 32 << 20
    /// The most pixels: width × height.
    public var pixels = 50_000_000
    /// The most pixels of a side.
    public var side = 32_768
    /// The most frames of an animation.
    public var frames = 1_000
    /// The formats that are read.
    public var formats: Set<ImageFormat> = Set(ImageFormat.allCases)

    /// Makes the usual limits: 32 MB, 50 million pixels, 32,768 pixels a side, 1,000 frames, all formats.
    public init() {}

    /// No limits but those of OpenCV; for files that are trusted.
    public static var none: ImageLimits {
        var limits = ImageLimits()
        (limits.bytes, limits.pixels, limits.side, limits.frames) = (Int(Int32.max), 1 << 30, 65_535, 10_000)
        return limits
    }

    /// Checks a file against the limits.
    ///
    /// - Parameter bytes: The file.
    /// - Returns: Its header.
    /// - Throws: `ImagingError` with the code `tooLarge` or `unsupported`; what reading the header throws.
    public func check(_ bytes: [UInt8]) throws -> ImageHeader {
        guard bytes.count <= self.bytes else {
            throw ImagingError(.tooLarge, "The file has \(bytes.count) bytes; at most \(self.bytes) are taken.")
        }
        let header = try ImageHeader(bytes)
        guard formats.contains(header.format) else {
            let names = formats.map(\.rawValue).sorted().joined(separator: ", ")
            throw ImagingError(
                .unsupported, "Pictures of the format \(header.format.rawValue) are not taken; \(names) are.")
        }
        guard header.size.pixels <= pixels, header.size.longestSide <= side else {
            throw ImagingError(
                .tooLarge,
                "The picture has \(header.size) pixels; at most \(pixels) in all and \(side) a side are taken.")
        }
        guard header.frames <= frames else {
            throw ImagingError(.tooLarge, "The picture has \(header.frames) frames; at most \(frames) are taken.")
        }
        return header
    }
}
