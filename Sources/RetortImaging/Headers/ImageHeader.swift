// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What the first bytes of a picture's file say, read without decoding a pixel.
///
/// Reading takes microseconds and no memory to speak of, whatever the file claims: limits are checked against it before
/// anything is decoded.
///
///     let header = try ImageHeader(bytes)
///     header.uprightSize      // 3024×4032, as a person sees it
public struct ImageHeader: Sendable, Hashable {
    /// The file format.
    public var format: ImageFormat
    /// The size as stored, before the orientation is applied.
    public var size: Size
    /// How many channels a pixel has when it is decoded: 1 grey, 3 colour, 4 with alpha or CMYK.
    public var channels: Int
    /// Bits of a channel: 1, 2, 4, 8, 16 or 32.
    public var bitDepth: Int
    /// The EXIF orientation, 1 to 8; 1 where there is none.
    public var orientation = 1
    /// How many frames there are; counted up to 10,000.
    public var frames = 1
    /// Whether pixels can be transparent.
    public var hasAlpha = false
    /// Whether the file has a colour profile (ICC).
    public var hasProfile = false
    /// Whether the colours are inks: cyan, magenta, yellow, black.
    public var isCMYK = false
    /// Whether the file is built up in several passes.
    public var isProgressive = false

    /// The size with the orientation applied.
    public var uprightSize: Size {
        orientation >= 5 ? Size(width: size.height, height: size.width) : size
    }

    /// Reads the header of a picture.
    ///
    /// - Parameter bytes: The file, whole or its beginning; a beginning may hide frames and a late orientation.
    /// - Throws: `ImagingError` with the code `unknownFormat` for what is no picture, `corrupt` for a broken header,
    ///   `unsupported` for kinds that are not read.
    public init(_ bytes: [UInt8]) throws {
        guard !bytes.isEmpty else { throw ImagingError(.unknownFormat, "The file is empty.") }
        guard let format = ImageFormat.sniff(bytes) else {
            throw ImagingError(
                .unknownFormat, "The file is no picture of a known format (JPEG, PNG, WebP, TIFF, BMP, GIF, AVIF).")
        }
        let reader = ByteReader(bytes)
        switch format {
        case .jpeg: self = try ImageHeader(jpeg: reader)
        case .png: self = try ImageHeader(png: reader)
        case .webp: self = try ImageHeader(webp: reader)
        case .gif: self = try ImageHeader(gif: reader)
        case .tiff: self = try ImageHeader(tiff: reader)
        case .bmp: self = try ImageHeader(bmp: reader)
        case .avif: self = try ImageHeader(avif: reader)
        }
        guard size.width > 0, size.height > 0 else {
            throw ImagingError(.corrupt, "The header of the \(format.rawValue) says \(size) pixels.")
        }
    }

    init(format: ImageFormat, size: Size, channels: Int, bitDepth: Int) {
        (self.format, self.size, self.channels, self.bitDepth) = (format, size, channels, bitDepth)
    }
}
