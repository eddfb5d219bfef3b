// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

/// A line without ends, by its distance from the upper left corner and the direction of that distance.
public struct Line: Sendable, Hashable, Codable {
    /// The distance from the corner in pixels; negative ones lie on the other side.
    public var rho: Double
    /// The direction of the distance in radians, 0 being to the right.
    public var theta: Double

    /// Makes a line.
    ///
    /// - Parameters:
    ///   - rho: The distance from the corner in pixels.
    ///   - theta: The direction of the distance in radians.
    public init(rho: Double, theta: Double) {
        self.rho = rho
        self.theta = theta
    }
}

/// A piece of a line.
public struct Segment: Sendable, Hashable, Codable {
    /// Where it begins.
    public var start: Point
    /// Where it ends.
    public var end: Point
    /// Pixels from end to end.
    public var length: Double { start.distance(to: end) }

    /// Makes a piece of a line.
    ///
    /// - Parameters:
    ///   - start: Where it begins.
    ///   - end: Where it ends.
    public init(start: Point, end: Point) {
        self.start = start
        self.end = end
    }
}

/// A circle.
public struct Circle: Sendable, Hashable {
    /// Its middle.
    public var center: Point
    /// Its radius in pixels.
    public var radius: Double

    /// Makes a circle.
    ///
    /// - Parameters:
    ///   - center: Its middle.
    ///   - radius: Its radius in pixels.
    public init(center: Point, radius: Double) {
        self.center = center
        self.radius = radius
    }
}

extension Circle: Encodable {
    enum CodingKeys: String, CodingKey { case x, y, radius }

    /// Writes `x`, `y` and `radius`.
    ///
    /// - Parameter encoder: Where it goes.
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(short: center.x, forKey: .x)
        try values.encode(short: center.y, forKey: .y)
        try values.encode(short: radius, forKey: .radius)
    }
}

extension Image {
    /// Finds straight lines in a picture of edges, such as `canny` makes.
    ///
    /// Source: R. Duda, P. Hart, "Use of the Hough Transformation to Detect Lines and Curves in Pictures", 1972.
    ///
    /// - Parameters:
    ///   - rho: The resolution of the distance in pixels.
    ///   - theta: The resolution of the angle in radians.
    ///   - threshold: How many edge pixels a line has at least.
    /// - Returns: The lines, the strongest first.
    /// - Throws: `ImagingError` for values out of range.
    public func houghLines(rho: Double = 1, theta: Double = .pi / 180, threshold: Int = 100) throws -> [Line] {
        try Image.checkHough(rho, theta, threshold)
        let source = try gray8()
        let numbers = try elements(of: Float.self) { out, error in
            rcv_hough_lines(source.storage.handle, rho, theta, clamped(threshold), out, error)
        }
        return stride(from: 0, to: numbers.count - 1, by: 2).map {
            Line(rho: Double(numbers[$0]), theta: Double(numbers[$0 + 1]))
        }
    }

    /// Finds pieces of straight lines in a picture of edges, such as `canny` makes.
    ///
    /// Source: J. Matas et al., "Progressive Probabilistic Hough Transform", 1998.
    ///
    /// - Parameters:
    ///   - rho: The resolution of the distance in pixels.
    ///   - theta: The resolution of the angle in radians.
    ///   - threshold: How many edge pixels a line has at least.
    ///   - minimumLength: Pixels that a piece has at least.
    ///   - maximumGap: Pixels that may be missing inside a piece.
    /// - Returns: The pieces.
    /// - Throws: `ImagingError` for values out of range.
    public func houghSegments(
        rho: Double = 1, theta: Double = .pi / 180, threshold: Int = 50, minimumLength: Double = 30,
        maximumGap: Double = 10
    ) throws -> [Segment] {
        try Image.checkHough(rho, theta, threshold)
        let source = try gray8()
        let numbers = try elements(of: Int32.self) { out, error in
            rcv_hough_segments(
                source.storage.handle, rho, theta, clamped(threshold), minimumLength, maximumGap, out, error)
        }
        return stride(from: 0, to: numbers.count - 3, by: 4).map { index in
            let ends = numbers[index..<index + 4].map(Double.init)
            return Segment(start: Point(ends[0], ends[1]), end: Point(ends[2], ends[3]))
        }
    }

    /// Finds circles.
    ///
    /// - Parameters:
    ///   - minimumDistance: Pixels between the middles of two circles.
    ///   - edge: The upper threshold of the edges inside; the lower is its half.
    ///   - votes: How sure a circle is at least; smaller finds more, and wrong ones.
    ///   - radii: The radii in pixels.
    /// - Returns: The circles, the surest first.
    /// - Throws: `ImagingError` for values out of range.
    public func houghCircles(
        minimumDistance: Double, edge: Double = 100, votes: Double = 50, radii: ClosedRange<Int> = 0...0
    ) throws -> [Circle] {
        guard minimumDistance >= 1, edge > 0, votes > 0, radii.lowerBound >= 0 else {
            throw ImagingError(.badArgument, "Circles are at least 1 pixel apart, with thresholds above 0.")
        }
        let source = try gray8()
        let numbers = try elements(of: Float.self) { out, error in
            rcv_hough_circles(
                source.storage.handle, 1, minimumDistance, edge, votes, clamped(radii.lowerBound),
                clamped(radii.upperBound), out, error)
        }
        return stride(from: 0, to: numbers.count - 2, by: 3).map { index in
            Circle(
                center: Point(Double(numbers[index]), Double(numbers[index + 1])), radius: Double(numbers[index + 2]))
        }
    }

    private static func checkHough(_ rho: Double, _ theta: Double, _ threshold: Int) throws(ImagingError) {
        guard rho >= 0.1, rho <= 1_000, theta >= 0.001, theta <= .pi, threshold >= 1 else {
            throw ImagingError(
                .badArgument,
                "Lines take a rho of 0.1 to 1,000 pixels, a theta of 0.001 to π, and a threshold of 1 or more.")
        }
    }
}
