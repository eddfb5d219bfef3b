// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

extension Image {
    /// Lends one row of pixels.
    ///
    ///     let sum = try image.withRow(10) { row in row.withUnsafeBytes { $0.reduce(0) { $0 + Int($1) } } }
    ///
    /// - Parameters:
    ///   - y: The row, 0 to `height - 1`.
    ///   - body: What reads the row: `width × channels` values of `depth`, the channels of a pixel beside each other.
    /// - Returns: What `body` returns.
    /// - Throws: `ImagingError` when there is no such row; what `body` throws.
    public func withRow<Result>(_ y: Int, _ body: (RawSpan) throws -> Result) throws -> Result {
        guard (0..<height).contains(y) else {
            throw ImagingError(.badArgument, "The picture has the rows 0 to \(height - 1), not \(y).")
        }
        let info = rcv_describe(storage.handle)
        let row = UnsafeRawBufferPointer(
            start: info.pixels + y * Int(info.stride), count: width * channels * depth.bytes)
        return try body(row.bytes)
    }

    /// Lends all pixels of an 8-bit picture.
    ///
    /// Rows follow each other without gaps; a picture whose rows have gaps, such as a crop, is copied first.
    ///
    /// - Parameter body: What reads the pixels: the value of channel c of the pixel at (x, y) is number
    ///   `(y × width + x) × channels + c`.
    /// - Returns: What `body` returns.
    /// - Throws: `ImagingError` for a picture of another depth; what `body` throws.
    public func withPixels<Result>(_ body: (Span<UInt8>) throws -> Result) throws -> Result {
        guard depth == .uint8 else {
            throw ImagingError(.badArgument, "This picture is \(depth); convert it to uint8, or use withBytes.")
        }
        return try withUnsafePixels { bytes in try body(bytes.bindMemory(to: UInt8.self).span) }
    }

    /// Lends the bytes of all pixels, of any depth, without gaps.
    ///
    /// - Parameter body: What reads the bytes.
    /// - Returns: What `body` returns.
    /// - Throws: `ImagingError` when memory is short; what `body` throws.
    public func withBytes<Result>(_ body: (RawSpan) throws -> Result) throws -> Result {
        try withUnsafePixels { bytes in try body(bytes.bytes) }
    }

    /// The bytes of all pixels, of any depth, without gaps.
    ///
    /// - Returns: A copy: rows from the top, the channels of a pixel beside each other.
    /// - Throws: `ImagingError` when memory is short.
    public func bytes() throws -> [UInt8] { try withUnsafePixels { Array($0) } }

    /// Lends the memory of all pixels without gaps, for libraries that take pointers.
    package func withUnsafePixels<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result {
        let info = rcv_describe(storage.handle)
        guard info.contiguous else { return try clone().withUnsafePixels(body) }
        return try body(UnsafeRawBufferPointer(start: info.pixels, count: byteCount))
    }

    /// The values of one pixel.
    ///
    /// - Parameters:
    ///   - x: The column, 0 to `width - 1`.
    ///   - y: The row, 0 to `height - 1`.
    /// - Returns: One number for each channel, or `nil` outside of the picture.
    public func pixel(x: Int, y: Int) -> [Double]? {
        guard (0..<width).contains(x), (0..<height).contains(y) else { return nil }
        let info = rcv_describe(storage.handle)
        let start = UnsafeRawPointer(info.pixels + y * Int(info.stride)) + x * channels * depth.bytes
        return (0..<channels).map { channel in
            let place = channel * depth.bytes
            return switch depth {
            case .uint8: Double(start.loadUnaligned(fromByteOffset: place, as: UInt8.self))
            case .uint16: Double(start.loadUnaligned(fromByteOffset: place, as: UInt16.self))
            case .int16: Double(start.loadUnaligned(fromByteOffset: place, as: Int16.self))
            case .int32: Double(start.loadUnaligned(fromByteOffset: place, as: Int32.self))
            case .float32: Double(start.loadUnaligned(fromByteOffset: place, as: Float.self))
            }
        }
    }

    /// A picture with pixels of its own.
    func clone() throws(ImagingError) -> Image {
        try making(colorSpace) { out, error in rcv_clone(storage.handle, out, error) }
    }
}
