// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

extension Image {
    /// The picture in another colour space.
    ///
    /// Alpha that the new space does not have is dropped; `flattened(over:)` lays it over a colour. Where OpenCV has no
    /// direct conversion, the way goes through BGR.
    ///
    /// - Parameter colorSpace: The colour space of the result.
    /// - Returns: The picture; itself when it is in that space already.
    /// - Throws: `ImagingError` for `data`, and for depths that OpenCV does not convert (hue and Lab need 8 bits or float).
    public func converted(to colorSpace: ColorSpace) throws -> Image {
        guard colorSpace != self.colorSpace else { return self }
        guard let from = self.colorSpace.code, let to = colorSpace.code else {
            throw ImagingError(
                .badArgument, "\(self.colorSpace.rawValue) cannot be converted to \(colorSpace.rawValue).")
        }
        return try making(colorSpace) { out, error in rcv_convert_color(storage.handle, from, to, out, error) }
    }

    /// The picture in another depth, full brightness staying full brightness.
    ///
    /// - Parameter depth: `uint8`, `uint16` or `float32`.
    /// - Returns: The picture; itself when it has that depth already.
    /// - Throws: `ImagingError` when memory is short.
    public func converted(to depth: Depth) throws -> Image {
        guard depth != self.depth else { return self }
        return try converted(to: depth, scale: depth.maximum / self.depth.maximum, offset: 0)
    }

    /// The picture with each value multiplied and shifted, then saturated to a depth: brightness and contrast.
    ///
    /// - Parameters:
    ///   - depth: The depth of the result.
    ///   - scale: The factor.
    ///   - offset: What is added then.
    /// - Returns: The picture.
    /// - Throws: `ImagingError` when memory is short.
    public func converted(to depth: Depth, scale: Double, offset: Double) throws -> Image {
        try making(colorSpace) { out, error in
            rcv_convert_depth(storage.handle, depth.rawValue, scale, offset, out, error)
        }
    }

    /// The picture with its smallest value at 0 and its largest at full brightness.
    ///
    /// - Parameter depth: The depth of the result.
    /// - Returns: The picture.
    /// - Throws: `ImagingError` when memory is short.
    public func stretched(to depth: Depth = .uint8) throws -> Image {
        var low = Double.infinity
        var high = -Double.infinity
        for channel in 0..<channels {
            let extremes = try self.channel(channel).extremes()
            (low, high) = (min(low, extremes.minimum), max(high, extremes.maximum))
        }
        let scale = high > low ? depth.maximum / (high - low) : 0
        return try converted(to: depth, scale: scale, offset: -low * scale)
    }

    /// One channel as a grey picture.
    ///
    /// - Parameter index: The channel, from 0.
    /// - Returns: The picture.
    /// - Throws: `ImagingError` when there is no such channel.
    public func channel(_ index: Int) throws -> Image {
        try making(.gray) { out, error in rcv_extract_channel(storage.handle, clamped(index), out, error) }
    }

    /// Puts pictures with one channel together.
    ///
    /// - Parameters:
    ///   - channels: One to four pictures of one size and depth.
    ///   - colorSpace: What the channels mean.
    /// - Returns: The picture.
    /// - Throws: `ImagingError` when they do not fit each other.
    public static func merging(_ channels: [Image], as colorSpace: ColorSpace) throws -> Image {
        let handles = channels.map { Optional($0.storage.handle) }
        let merged = try making(.data) { out, error in
            handles.withUnsafeBufferPointer { rcv_merge_channels($0.baseAddress, $0.count, out, error) }
        }
        // The handles are borrowed: the pictures must live until the call is over.
        return try withExtendedLifetime(channels) { try merged.reinterpreted(as: colorSpace) }
    }

    /// The picture with its transparent parts laid over a colour.
    ///
    /// - Parameter color: What lies behind.
    /// - Returns: BGR; itself when there is no alpha.
    /// - Throws: `ImagingError` when memory is short.
    public func flattened(over color: Color = .white) throws -> Image {
        guard colorSpace.hasAlpha else { return self }
        let source = try converted(to: .uint8).converted(to: .bgra)
        return try making(.bgr) { out, error in
            rcv_flatten(source.storage.handle, color.scalar(.bgr, .uint8), out, error)
        }
    }

    /// Grey of 8 bits: what most of the operations on shapes look at.
    func gray8() throws -> Image { try converted(to: .gray).converted(to: .uint8) }

    /// Grey or BGR of 8 bits: what the others look at.
    func color8() throws -> Image {
        let image = try converted(to: .uint8)
        return image.colorSpace == .gray ? image : try image.converted(to: .bgr)
    }
}
