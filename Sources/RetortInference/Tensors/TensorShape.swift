// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Arithmetic on shapes.
///
/// They come from outside, so nothing here may overflow.
enum TensorShape {
    /// The most dimensions that a tensor has; the engine's own limit is not lower.
    static let maximumRank = 16

    /// The number of elements of a shape, 1 for a scalar.
    static func count(_ shape: [Int]) throws -> Int {
        guard shape.count <= maximumRank else {
            throw InferenceError(
                .wrongShape, "A shape of \(shape.count) dimensions is too deep; \(maximumRank) are the most.")
        }
        var count = 1
        var overflow = false
        for dimension in shape {
            guard dimension >= 0 else {
                throw InferenceError(.wrongShape, "The shape \(shape) has a dimension below zero.")
            }
            let (product, over) = count.multipliedReportingOverflow(by: dimension)
            count = product
            overflow = overflow || over
        }
        // A zero makes it empty, however large the others are.
        if shape.contains(0) { return 0 }
        guard !overflow else {
            throw InferenceError(.wrongShape, "The shape \(shape) has more elements than can be counted.")
        }
        return count
    }

    /// The bytes of a shape, for types whose elements all have one size.
    static func byteCount(_ shape: [Int], size: Int) throws -> Int {
        let (bytes, overflow) = try count(shape).multipliedReportingOverflow(by: size)
        guard !overflow else {
            throw InferenceError(.wrongShape, "The shape \(shape) has more bytes than can be counted.")
        }
        return bytes
    }

    /// How many elements lie between neighbours on each axis, the last axis being the densest.
    static func strides(_ shape: [Int]) -> [Int] {
        var strides = [Int](repeating: 1, count: shape.count)
        for axis in shape.indices.dropLast().reversed() {
            // The product of some dimensions of a tensor; their product was checked unless one of them is zero.
            strides[axis] = strides[axis + 1].multipliedReportingOverflow(by: max(shape[axis + 1], 1)).partialValue
        }
        return strides
    }
}
