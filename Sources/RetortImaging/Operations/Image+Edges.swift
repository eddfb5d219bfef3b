// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

extension Image {
    /// Edges after Canny: thin white lines on black.
    ///
    /// Source: J. Canny, "A Computational Approach to Edge Detection", 1986; the result is that of OpenCV's `Canny`,
    /// to the pixel. With an aperture of 3 and the sum of both parts it is computed here, several times as fast.
    ///
    /// - Parameters:
    ///   - low: Gradients below are no edge.
    ///   - high: Gradients above are an edge; those between are where they touch one.
    ///   - aperture: Pixels of the Sobel kernel: 3, 5 or 7.
    ///   - accurate: Whether the gradient is the Euclidean length; else the sum of both parts.
    /// - Returns: Grey of 8 bits, 0 or 255.
    /// - Throws: `ImagingError` for values out of range.
    public func canny(low: Double = 100, high: Double = 200, aperture: Int = 3, accurate: Bool = false) throws -> Image
    {
        guard [3, 5, 7].contains(aperture), low.isFinite, high.isFinite, low >= 0, high >= 0 else {
            throw ImagingError(.badArgument, "Canny takes thresholds of 0 or more and an aperture of 3, 5 or 7.")
        }
        let source = try gray8()
        return try making(.gray) { out, error in
            rcv_canny(source.storage.handle, low, high, clamped(aperture), accurate, out, error)
        }
    }

    /// A derivative after Sobel.
    ///
    /// - Parameters:
    ///   - dx: The order along x, 0 to 2.
    ///   - dy: The order along y, 0 to 2; not both 0.
    ///   - aperture: Pixels of the kernel: 1, 3, 5 or 7.
    ///   - depth: The depth of the result; with a sign, or what slopes down is lost.
    /// - Returns: The derivative of the brightness, one channel.
    /// - Throws: `ImagingError` for values out of range.
    public func sobel(dx: Int, dy: Int, aperture: Int = 3, depth: Depth = .float32) throws -> Image {
        guard (0...2).contains(dx), (0...2).contains(dy), dx + dy > 0, [1, 3, 5, 7].contains(aperture),
            depth == .float32 || depth == .int16
        else {
            throw ImagingError(
                .badArgument, "Sobel takes orders of 0 to 2, an aperture of 1, 3, 5 or 7, and int16 or float32.")
        }
        let source = try gray8()
        return try making(.data) { out, error in
            rcv_sobel(source.storage.handle, clamped(dx), clamped(dy), clamped(aperture), depth.rawValue, out, error)
        }
    }

    /// The sum of both second derivatives.
    ///
    /// - Parameters:
    ///   - aperture: Pixels of the kernel: 1, 3, 5 or 7.
    ///   - depth: The depth of the result, with a sign.
    /// - Returns: One channel.
    /// - Throws: `ImagingError` for values out of range.
    public func laplacian(aperture: Int = 1, depth: Depth = .float32) throws -> Image {
        guard [1, 3, 5, 7].contains(aperture), depth == .float32 || depth == .int16 else {
            throw ImagingError(.badArgument, "Laplacian takes an aperture of 1, 3, 5 or 7, and int16 or float32.")
        }
        let source = try gray8()
        return try making(.data) { out, error in
            rcv_laplacian(source.storage.handle, clamped(aperture), depth.rawValue, out, error)
        }
    }

    /// How sharp the picture is: the variance of its Laplacian.
    ///
    /// Photographs in focus have hundreds, blurred ones less than about 100; compare pictures of one size only.
    ///
    /// - Returns: The variance, 0 or more.
    /// - Throws: `ImagingError` when memory is short.
    public func sharpness() throws -> Double {
        let deviation = try laplacian().statistics().deviation[0]
        return deviation * deviation
    }
}
