// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

extension Float {
    /// e to this power.
    var exponential: Float { exp(self) }

    /// The probability of a logit.
    var sigmoid: Float { 1 / (1 + exp(-self)) }

    /// The nearest number from 0 to 255; what is not a number is 0.
    var byte: UInt8 { self >= 255 ? 255 : self > 0 ? UInt8(rounded()) : 0 }
}

extension Array where Element == Float {
    /// The same direction with a length of one; nothing but zeros stays so.
    var normalised: [Float] {
        let length = reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? map { $0 / length } : self
    }
}

/// The cosine of the angle between two vectors, 1 for the same direction.
///
/// - Parameters:
///   - left: A vector.
///   - right: A vector of the same length.
/// - Returns: -1 to 1; 0 when the lengths differ or one has only zeros.
public func cosineSimilarity(_ left: [Float], _ right: [Float]) -> Float {
    guard left.count == right.count else { return 0 }
    var (product, leftSquare, rightSquare): (Float, Float, Float) = (0, 0, 0)
    for index in left.indices {
        product += left[index] * right[index]
        leftSquare += left[index] * left[index]
        rightSquare += right[index] * right[index]
    }
    let lengths = (leftSquare * rightSquare).squareRoot()
    return lengths > 0 ? product / lengths : 0
}
