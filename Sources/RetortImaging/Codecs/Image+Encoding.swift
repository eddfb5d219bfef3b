// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

extension Image {
    /// Writes the picture as a file, without metadata.
    ///
    /// Colours are brought into what the format holds: other colour spaces become BGR, float and 16 bits become 8 bits
    /// (PNG and TIFF keep 16 bits), alpha is laid over white where the format has none.
    ///
    /// - Parameter encoding: The format and its settings.
    /// - Returns: The bytes of the file.
    /// - Throws: `ImagingError` for settings out of range, and sizes or formats that cannot be written.
    public func encoded(as encoding: ImageEncoding) throws -> [UInt8] {
        let format: Int
        var quality = 0
        var progressive = false
        switch encoding {
        case .jpeg(let value, let passes): (format, quality, progressive) = (RCV_JPEG, value, passes)
        case .png(let value): (format, quality) = (RCV_PNG, value)
        case .webp(let value): (format, quality) = (RCV_WEBP, value)
        case .losslessWebP: (format, quality) = (RCV_WEBP, 101)
        case .tiff: format = RCV_TIFF
        case .bmp: format = RCV_BMP
        case .gif: format = RCV_GIF
        case .avif(let value): (format, quality) = (RCV_AVIF, value)
        }
        let range: ClosedRange<Int> =
            switch encoding {
            case .png: 0...9
            case .webp: 1...100
            case .losslessWebP: 101...101
            default: 0...100
            }
        guard range.contains(quality) else {
            throw ImagingError(
                .badArgument,
                "\(quality) is no setting of \(encoding.format.rawValue); it takes \(range.lowerBound) to "
                    + "\(range.upperBound).")
        }
        if case .avif = encoding, !OpenCV.hasAVIF {
            throw ImagingError(.unsupported, "This OpenCV (\(OpenCV.version)) does not write AVIF; 4.8 and later do.")
        }
        if encoding.format == .webp, size.longestSide > 16_383 {
            throw ImagingError(.unsupported, "A WebP has at most 16,383 pixels a side, not \(size).")
        }
        let ready = try writable(as: encoding.format)
        return try elements(of: UInt8.self) { out, error in
            rcv_encode(ready.storage.handle, Int32(format), clamped(quality), progressive, out, error)
        }
    }

    private func writable(as format: ImageFormat) throws -> Image {
        var image = self
        let keeps16 = format == .png || format == .tiff
        switch image.depth {
        case .uint8: break
        case .uint16 where keeps16: break
        case .uint16, .float32: image = try image.converted(to: .uint8)
        case .int16, .int32: image = try image.stretched(to: .uint8)
        }
        let keepsAlpha = format != .jpeg && format != .bmp
        switch image.colorSpace {
        case .gray, .bgr: break
        case .bgra where keepsAlpha: break
        case .rgba where keepsAlpha: image = try image.converted(to: .bgra)
        case .bgra, .rgba: image = try image.converted(to: .bgra).flattened(over: .white)
        case .data where image.channels == 1: image = try image.reinterpreted(as: .gray)
        case .data where image.channels == 3: image = try image.reinterpreted(as: .bgr)
        case .data where image.channels == 4: image = try image.reinterpreted(as: .bgra)
        case .data: throw ImagingError(.unsupported, "A picture with two channels is not written.")
        default: image = try image.converted(to: .bgr)
        }
        return image
    }
}
