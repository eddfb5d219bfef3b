// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

/// The operations of mathematical morphology.
public enum Morphology: Int32, Sendable, Hashable, CaseIterable {
    /// The least value under the shape: bright areas shrink.
    case erode = 0
    /// The largest value under the shape: bright areas grow.
    case dilate = 1
    /// Erode, then dilate: bright specks go.
    case open = 2
    /// Dilate, then erode: dark holes go.
    case close = 3
    /// The difference of dilated and eroded: outlines.
    case gradient = 4
    /// The picture without its opened one: bright details.
    case topHat = 5
    /// The closed picture without itself: dark details.
    case blackHat = 6
}

/// The shape that a morphological operation looks under.
public enum KernelShape: Int32, Sendable, Hashable, CaseIterable {
    /// All of the rectangle.
    case rectangle = 0
    /// The middle row and column.
    case cross = 1
    /// The ellipse inside of the rectangle.
    case ellipse = 2
}

extension Image {
    /// Grows, shrinks or cleans bright areas.
    ///
    /// - Parameters:
    ///   - operation: What is done.
    ///   - shape: The shape that is looked under.
    ///   - size: Pixels of a side of the shape, 1 to 99.
    ///   - iterations: How many times, 1 to 100.
    /// - Returns: The picture.
    /// - Throws: `ImagingError` for values out of range.
    public func morphed(
        _ operation: Morphology, shape: KernelShape = .rectangle, size: Int = 3, iterations: Int = 1
    ) throws -> Image {
        try Image.check(size, in: 1...99, "The size")
        try Image.check(iterations, in: 1...100, "The number of iterations")
        return try making(colorSpace) { out, error in
            rcv_morphology(
                storage.handle, operation.rawValue, shape.rawValue, clamped(size), clamped(size), clamped(iterations),
                out, error)
        }
    }
}
