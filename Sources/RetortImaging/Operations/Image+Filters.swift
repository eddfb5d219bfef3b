// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

extension Image {
    /// The mean over a rectangle around each pixel.
    ///
    /// - Parameters:
    ///   - width: Columns of the rectangle, 1 to 999.
    ///   - height: Rows of the rectangle; by default as many as columns.
    /// - Returns: The picture.
    /// - Throws: `ImagingError` for sizes out of range.
    public func boxBlurred(width: Int, height: Int? = nil) throws -> Image {
        try Image.check(width, in: 1...999, "The width of the blur")
        try Image.check(height ?? width, in: 1...999, "The height of the blur")
        return try making(colorSpace) { out, error in
            rcv_box_blur(storage.handle, clamped(width), clamped(height ?? width), out, error)
        }
    }

    /// A Gaussian blur.
    ///
    /// - Parameters:
    ///   - sigma: The standard deviation in pixels, above 0 up to 200; with 0 it follows from the size.
    ///   - size: Pixels of the kernel, odd; with 0 it follows from `sigma`.
    /// - Returns: The picture.
    /// - Throws: `ImagingError` for values out of range.
    public func blurred(sigma: Double, size: Int = 0) throws -> Image {
        guard (0...200).contains(sigma), size == 0 ? sigma > 0 : size % 2 == 1 && (1...999).contains(size) else {
            throw ImagingError(.badArgument, "A blur has a sigma above 0 up to 200, and an odd size or 0.")
        }
        return try making(colorSpace) { out, error in
            rcv_gaussian_blur(storage.handle, clamped(size), sigma, out, error)
        }
    }

    /// The median of a square around each pixel: takes specks away and keeps edges.
    ///
    /// - Parameter size: Pixels of a side, odd, 3 to 99; above 5 the picture has 8 bits.
    /// - Returns: The picture.
    /// - Throws: `ImagingError` for sizes out of range.
    public func medianBlurred(size: Int) throws -> Image {
        guard size % 2 == 1, (3...99).contains(size) else {
            throw ImagingError(.badArgument, "A median has an odd size of 3 to 99, not \(size).")
        }
        return try making(colorSpace) { out, error in rcv_median_blur(storage.handle, clamped(size), out, error) }
    }

    /// A bilateral filter: smooths areas and keeps edges.
    ///
    /// Source: C. Tomasi, R. Manduchi, "Bilateral Filtering for Gray and Color Images", 1998.
    ///
    /// - Parameters:
    ///   - diameter: Pixels across of the neighbourhood, 1 to 25.
    ///   - sigmaColor: How different colours may be to be mixed.
    ///   - sigmaSpace: How far pixels may be apart to be mixed.
    /// - Returns: The picture, 8 bits without alpha.
    /// - Throws: `ImagingError` for values out of range.
    public func bilateralFiltered(diameter: Int = 9, sigmaColor: Double = 75, sigmaSpace: Double = 75) throws -> Image {
        try Image.check(diameter, in: 1...25, "The diameter")
        let source = try color8()
        return try making(source.colorSpace) { out, error in
            rcv_bilateral(source.storage.handle, clamped(diameter), sigmaColor, sigmaSpace, out, error)
        }
    }

    /// The picture correlated with a kernel.
    ///
    /// - Parameters:
    ///   - kernel: Numbers, row by row; their count is a multiple of `columns`.
    ///   - columns: How many numbers a row has.
    ///   - offset: What is added to each result.
    /// - Returns: The picture, saturated to its depth.
    /// - Throws: `ImagingError` when the kernel is not a rectangle of at most 99 × 99.
    public func filtered(_ kernel: [Float], columns: Int, offset: Double = 0) throws -> Image {
        guard (1...99).contains(columns), !kernel.isEmpty, kernel.count % columns == 0, kernel.count / columns <= 99
        else {
            throw ImagingError(.badArgument, "A kernel is a rectangle of 1 to 99 rows and columns.")
        }
        return try making(colorSpace) { out, error in
            rcv_filter(storage.handle, kernel, clamped(columns), clamped(kernel.count / columns), offset, out, error)
        }
    }

    /// The picture sharpened by taking a blurred one away (unsharp masking).
    ///
    /// - Parameters:
    ///   - amount: How much, 0 to 10.
    ///   - sigma: The blur's standard deviation in pixels.
    /// - Returns: The picture.
    /// - Throws: `ImagingError` for values out of range.
    public func sharpened(amount: Double = 1, sigma: Double = 1.5) throws -> Image {
        guard (0...10).contains(amount) else { throw ImagingError(.badArgument, "The amount is 0 to 10.") }
        return try blended(with: blurred(sigma: sigma), weights: (1 + amount, -amount))
    }

    /// The picture in big squares, for faces and number plates.
    ///
    /// - Parameter block: Pixels of a side of a square, 2 or more.
    /// - Returns: The picture.
    /// - Throws: `ImagingError` for a block below 2.
    public func pixelated(block: Int) throws -> Image {
        guard block >= 2 else { throw ImagingError(.badArgument, "A block has at least 2 pixels.") }
        let small = Size(width: max(1, width / block), height: max(1, height / block))
        return try resized(to: small, interpolation: .area).resized(to: size, interpolation: .nearest)
    }

    static func check(_ value: Int, in range: ClosedRange<Int>, _ name: String) throws(ImagingError) {
        guard range.contains(value) else {
            throw ImagingError(.badArgument, "\(name) is \(range.lowerBound) to \(range.upperBound), not \(value).")
        }
    }
}
