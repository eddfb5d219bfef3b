// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A file format of pictures.
public enum ImageFormat: String, Sendable, Hashable, CaseIterable, Codable {
    /// JPEG (ITU-T T.81), for photographs.
    case jpeg
    /// PNG (ISO/IEC 15948), without loss.
    case png
    /// WebP (RFC 9649).
    case webp
    /// TIFF 6.0, the first picture of the file.
    case tiff
    /// Windows bitmap.
    case bmp
    /// GIF 87a and 89a.
    case gif
    /// AVIF, where the system's OpenCV has it.
    case avif

    /// The media type, such as `image/jpeg`.
    public var mediaType: String { "image/\(rawValue)" }

    /// The usual ending of a file's name, without the dot.
    public var fileExtension: String { self == .jpeg ? "jpg" : rawValue }

    /// The format for a media type or an ending of a name.
    ///
    /// - Parameter name: `image/png`, `png`, `jpg` and the like, in any case.
    public init?(named name: String) {
        var name = name.lowercased()
        if name.hasPrefix("image/") { name = String(name.dropFirst(6)) }
        switch name {
        case "jpg", "jpe", "jfif", "pjpeg": self = .jpeg
        case "tif": self = .tiff
        case "x-ms-bmp", "x-bmp", "dib": self = .bmp
        default:
            guard let known = ImageFormat(rawValue: name) else { return nil }
            self = known
        }
    }

    /// The format that the first bytes of a file show; what a client says about them is not heeded.
    ///
    /// - Parameter bytes: At least the first twelve bytes of the file.
    /// - Returns: The format, or `nil` for anything else.
    public static func sniff(_ bytes: some Collection<UInt8>) -> ImageFormat? {
        let start = Array(bytes.prefix(32))
        func has(_ text: String, at place: Int = 0) -> Bool {
            start.dropFirst(place).starts(with: text.utf8)
        }
        if start.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
        if start.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
        if has("RIFF"), has("WEBP", at: 8) { return .webp }
        if has("GIF87a") || has("GIF89a") { return .gif }
        if start.starts(with: [0x49, 0x49, 0x2A, 0x00]) || start.starts(with: [0x4D, 0x4D, 0x00, 0x2A]) {
            return .tiff
        }
        if has("BM"), start.count >= 18, start[14] >= 12, start[15] == 0, start[16] == 0, start[17] == 0 { return .bmp }
        if has("ftypavif", at: 4) || has("ftypavis", at: 4) { return .avif }
        return nil
    }
}
