// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// How a picture is written.
///
/// Nothing but pixels is written: no place, no camera, no date, no profile.
public enum ImageEncoding: Sendable, Hashable {
    /// JPEG; `quality` 0–100. Alpha is laid over white.
    case jpeg(quality: Int = 90, progressive: Bool = false)
    /// PNG; `compression` 0–9, where more than 3 costs much time for few bytes.
    case png(compression: Int = 1)
    /// WebP with loss; `quality` 1–100.
    case webp(quality: Int = 80)
    /// WebP without loss.
    case losslessWebP
    /// TIFF, LZW-compressed.
    case tiff
    /// Windows bitmap, not compressed.
    case bmp
    /// GIF with 252 colours and ordered dithering, or 256 greys.
    case gif
    /// AVIF, where the system's OpenCV has it; `quality` 0–100.
    case avif(quality: Int = 60)

    /// The usual settings of a format.
    ///
    /// - Parameters:
    ///   - format: The format.
    ///   - quality: 1–100 for formats with loss; the others do not heed it.
    public init(_ format: ImageFormat, quality: Int? = nil) {
        switch format {
        case .jpeg: self = .jpeg(quality: quality ?? 90)
        case .png: self = .png()
        case .webp: self = .webp(quality: quality ?? 80)
        case .tiff: self = .tiff
        case .bmp: self = .bmp
        case .gif: self = .gif
        case .avif: self = .avif(quality: quality ?? 60)
        }
    }

    /// The file format.
    public var format: ImageFormat {
        switch self {
        case .jpeg: .jpeg
        case .png: .png
        case .webp, .losslessWebP: .webp
        case .tiff: .tiff
        case .bmp: .bmp
        case .gif: .gif
        case .avif: .avif
        }
    }
}
