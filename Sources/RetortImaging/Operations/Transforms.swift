// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// A move, turn, stretch or shear of the plane: `x' = a·x + b·y + c`, `y' = d·x + e·y + f`.
public struct AffineTransform: Sendable, Hashable {
    /// The numbers a to f, row by row.
    public let matrix: [Double]

    private init(_ a: Double, _ b: Double, _ c: Double, _ d: Double, _ e: Double, _ f: Double) {
        matrix = [a, b, c, d, e, f]
    }

    /// Makes a transform from its numbers.
    ///
    /// - Parameter matrix: The numbers a to f, row by row.
    /// - Throws: `ImagingError` unless there are six finite numbers.
    public init(matrix: [Double]) throws {
        guard matrix.count == 6, matrix.allSatisfy(\.isFinite) else {
            throw ImagingError(.badArgument, "An affine transform has six finite numbers.")
        }
        self.matrix = matrix
    }

    /// What changes nothing.
    public static let identity = AffineTransform(1, 0, 0, 0, 1, 0)

    /// A move.
    ///
    /// - Parameters:
    ///   - x: Pixels to the right.
    ///   - y: Pixels down.
    /// - Returns: The transform.
    public static func translation(x: Double, y: Double) -> AffineTransform { AffineTransform(1, 0, x, 0, 1, y) }

    /// A stretch from the upper left corner.
    ///
    /// - Parameters:
    ///   - x: The factor along the width.
    ///   - y: The factor along the height.
    /// - Returns: The transform.
    public static func scaling(x: Double, y: Double) -> AffineTransform { AffineTransform(x, 0, 0, 0, y, 0) }

    /// A turn.
    ///
    /// - Parameters:
    ///   - degrees: The angle, clockwise.
    ///   - center: The point that stays.
    /// - Returns: The transform.
    public static func rotation(degrees: Double, around center: Point = Point(0, 0)) -> AffineTransform {
        let angle = degrees * .pi / 180
        let (s, c) = (sin(angle), cos(angle))
        return AffineTransform(
            c, -s, center.x - c * center.x + s * center.y, s, c, center.y - s * center.x - c * center.y)
    }

    /// This transform and another after it.
    ///
    /// - Parameter next: The transform that comes after.
    /// - Returns: Both in one.
    public func then(_ next: AffineTransform) -> AffineTransform {
        let (m, n) = (matrix, next.matrix)
        return AffineTransform(
            n[0] * m[0] + n[1] * m[3], n[0] * m[1] + n[1] * m[4], n[0] * m[2] + n[1] * m[5] + n[2],
            n[3] * m[0] + n[4] * m[3], n[3] * m[1] + n[4] * m[4], n[3] * m[2] + n[4] * m[5] + n[5])
    }

    /// Where a point goes.
    ///
    /// - Parameter point: The point.
    /// - Returns: The point after the transform.
    public func applied(to point: Point) -> Point {
        Point(
            matrix[0] * point.x + matrix[1] * point.y + matrix[2],
            matrix[3] * point.x + matrix[4] * point.y + matrix[5])
    }
}

/// A perspective of the plane: a 3 × 3 matrix that acts on (x, y, 1), divided by the third coordinate.
public struct PerspectiveTransform: Sendable, Hashable {
    /// Nine numbers, row by row.
    public let matrix: [Double]

    /// Makes a transform from its numbers.
    ///
    /// - Parameter matrix: Nine numbers, row by row.
    /// - Throws: `ImagingError` unless there are nine finite numbers.
    public init(matrix: [Double]) throws {
        guard matrix.count == 9, matrix.allSatisfy(\.isFinite) else {
            throw ImagingError(.badArgument, "A perspective has nine finite numbers.")
        }
        self.matrix = matrix
    }

    /// The perspective that takes four points to four points.
    ///
    /// - Parameters:
    ///   - from: Four points, no three on a line.
    ///   - to: Where they go.
    /// - Throws: `ImagingError` when there are not four, or three lie on a line.
    public init(from: [Point], to: [Point]) throws {
        guard from.count == 4, to.count == 4 else {
            throw ImagingError(.badArgument, "A perspective is given by four points and where they go.")
        }
        var numbers = [Double](repeating: 0, count: 9)
        let (source, target) = (from.map(\.single), to.map(\.single))
        try call { error in
            numbers.withUnsafeMutableBufferPointer { rcv_perspective_matrix(source, target, $0.baseAddress, error) }
        }
        guard numbers.allSatisfy(\.isFinite), numbers != [Double](repeating: 0, count: 9) else {
            throw ImagingError(.badArgument, "Three of the four points lie on a line.")
        }
        matrix = numbers
    }

    /// Where a point goes.
    ///
    /// - Parameter point: The point.
    /// - Returns: The point after the transform.
    public func applied(to point: Point) -> Point {
        let m = matrix
        let depth = m[6] * point.x + m[7] * point.y + m[8]
        return Point(
            (m[0] * point.x + m[1] * point.y + m[2]) / depth, (m[3] * point.x + m[4] * point.y + m[5]) / depth)
    }
}

extension Point {
    /// The point in single precision, as C has it.
    var single: rcv_point_f { rcv_point_f(x: Float(x), y: Float(y)) }

    init(_ point: rcv_point_f) { self.init(Double(point.x), Double(point.y)) }
    init(_ point: rcv_point) { self.init(Double(point.x), Double(point.y)) }

    /// The nearest whole pixel, as C has it.
    var whole: rcv_point { rcv_point(x: Int32(bounded: x.rounded()), y: Int32(bounded: y.rounded())) }
}
