// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

extension Image {
    /// Decodes a picture.
    ///
    /// The format is told by the first bytes. The header is checked against the limits before a pixel is decoded.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - plan: Colours, size, orientation; by default BGR of 8 bits, upright, in sRGB.
    ///   - limits: What the file may have at most.
    /// - Throws: `ImagingError`: `unknownFormat`, `unsupported`, `tooLarge`, or `corrupt` for files that are damaged or end
    ///   before their picture does.
    public init(decoding bytes: [UInt8], plan: DecodePlan = .standard, limits: ImageLimits = ImageLimits()) throws {
        self = try Image(decoding: bytes, header: limits.check(bytes), plan: plan, limits: limits)
    }

    /// Decodes a picture whose header was checked.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - header: Its header, as `ImageLimits.check(_:)` returned it.
    ///   - plan: Colours, size, orientation.
    ///   - limits: What the file may have at most.
    /// - Throws: `ImagingError` as the other initializer.
    public init(
        decoding bytes: [UInt8], header: ImageHeader, plan: DecodePlan = .standard, limits: ImageLimits = ImageLimits()
    ) throws {
        guard plan.frame >= 0, plan.frame < max(1, header.frames) else {
            throw ImagingError(
                .badArgument, "The picture has \(header.frames) frames; there is no frame \(plan.frame).")
        }
        var image = try Image.decoded(bytes, header, plan, limits)
        if let longestSide = plan.longestSide {
            guard longestSide > 0 else { throw ImagingError(.badArgument, "The longest side has at least one pixel.") }
            image = try image.resized(to: header.size.fitting(longestSide), interpolation: .area)
        }
        image = try image.normalized(for: plan)
        if plan.upright, header.orientation > 1 { image = try image.oriented(header.orientation) }
        self = image
    }

    private static func decoded(
        _ bytes: [UInt8], _ header: ImageHeader, _ plan: DecodePlan, _ limits: ImageLimits
    ) throws -> Image {
        let options = rcv_decode_options(
            gray: plan.colors == .gray, alpha: plan.colors == .bgra || plan.colors == .asStored, deep: plan.keepsDepth,
            reduce: Int32(plan.reduction(of: header.size)), frame: clamped(plan.frame),
            most_pixels: Int64(limits.pixels), srgb: plan.convertsProfile)
        let decode =
            switch header.format {
            case .jpeg: rcv_decode_jpeg
            case .png: rcv_decode_png
            case .webp: rcv_decode_webp
            case .gif: rcv_decode_gif
            case .tiff, .bmp, .avif: rcv_decode_other
            }
        let image = try making(.data) { out, error in
            bytes.withUnsafeBufferPointer { decode($0.baseAddress, $0.count, options, out, error) }
        }
        let space: ColorSpace = image.channels == 1 ? .gray : image.channels == 4 ? .bgra : .bgr
        return try image.reinterpreted(as: space)
    }

    /// Brings what a decoder gave into the depth and the colours of the plan.
    private func normalized(for plan: DecodePlan) throws -> Image {
        var image = self
        if image.depth == .uint16, !plan.keepsDepth { image = try image.converted(to: .uint8) }
        if image.depth == .float32 || image.depth == .int16 || image.depth == .int32 {
            image = try image.stretched(to: .uint8)
        }
        switch plan.colors {
        case .asStored: return image
        case .bgra: return try image.converted(to: .bgra)
        case .bgr, .gray:
            if image.colorSpace == .bgra { image = try image.flattened(over: plan.background) }
            return try image.converted(to: plan.colors == .gray ? .gray : .bgr)
        }
    }
}
