// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

/// What is made of two values at the same place.
public enum Combination: Int32, Sendable, Hashable, CaseIterable {
    /// How far they are apart.
    case difference = 0
    /// The sum, saturated.
    case sum = 1
    /// The first without the second, saturated.
    case subtraction = 2
    /// The product, saturated.
    case product = 3
    /// The smaller.
    case minimum = 4
    /// The larger.
    case maximum = 5
    /// Bits in both.
    case and = 6
    /// Bits in either.
    case or = 7
    /// Bits in one only.
    case exclusiveOr = 8
}

extension Image {
    /// Combines two pictures pixel by pixel.
    ///
    /// - Parameters:
    ///   - other: A picture of the same size, depth and number of channels.
    ///   - operation: What is made of two values.
    /// - Returns: The picture.
    /// - Throws: `ImagingError` when the pictures do not fit each other.
    public func combined(with other: Image, _ operation: Combination) throws -> Image {
        try checkFit(other)
        return try making(colorSpace) { out, error in
            rcv_combine(storage.handle, other.storage.handle, operation.rawValue, out, error)
        }
    }

    /// The weighted sum of two pictures.
    ///
    /// - Parameters:
    ///   - other: A picture of the same size, depth and number of channels.
    ///   - weights: The factor of this picture and of the other.
    ///   - offset: What is added.
    /// - Returns: The picture, saturated.
    /// - Throws: `ImagingError` when the pictures do not fit each other.
    public func blended(with other: Image, weights: (Double, Double) = (0.5, 0.5), offset: Double = 0) throws -> Image {
        try checkFit(other)
        return try making(colorSpace) { out, error in
            rcv_blend(storage.handle, weights.0, other.storage.handle, weights.1, offset, out, error)
        }
    }

    /// This picture where a mask is not zero, another elsewhere.
    ///
    /// - Parameters:
    ///   - mask: One channel of 8 bits, of the same size.
    ///   - other: A picture of the same size, depth and number of channels.
    /// - Returns: The picture.
    /// - Throws: `ImagingError` when they do not fit each other.
    public func masked(by mask: Image, over other: Image) throws -> Image {
        try checkFit(other)
        return try making(colorSpace) { out, error in
            rcv_choose(storage.handle, other.storage.handle, mask.storage.handle, out, error)
        }
    }

    /// The negative.
    ///
    /// - Returns: Each value taken from full brightness.
    /// - Throws: `ImagingError` when memory is short.
    public func inverted() throws -> Image {
        try making(colorSpace) { out, error in rcv_invert(storage.handle, out, error) }
    }

    private func checkFit(_ other: Image) throws(ImagingError) {
        guard size == other.size, depth == other.depth, channels == other.channels else {
            throw ImagingError(.badArgument, "The pictures do not fit each other: \(self) and \(other).")
        }
    }
}
