// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

/// The outline of an area, with its measures.
public struct Contour: Sendable, Hashable {
    /// The corners, one after another around the area.
    public var points: [Point]
    /// The area inside in pixels².
    public var area: Double
    /// The length of the outline in pixels.
    public var perimeter: Double
    /// The upright box around it.
    public var bounds: Box
    /// The centre of mass.
    public var centroid: Point
    /// The area of its convex hull in pixels².
    public var hullArea: Double
    /// The smallest box around it at any angle.
    public var rotatedBox: RotatedBox
    /// The smallest circle around it.
    public var circle: Circle
    /// Whether it has no dents.
    public var isConvex: Bool
    /// Hu's seven moments, which do not change when the shape is moved, turned or stretched.
    ///
    /// Source: Ming-Kuei Hu, 1962.
    public var moments: [Double]
    /// The number of the contour that this one lies in; `nil` for an outer one.
    public var parent: Int?

    /// How round it is: 1 for a circle, less for all else.
    public var circularity: Double { perimeter > 0 ? 4 * .pi * area / (perimeter * perimeter) : 0 }
    /// How much of its convex hull it fills, 0 to 1.
    public var solidity: Double { hullArea > 0 ? area / hullArea : 0 }
    /// How much of its box it fills, 0 to 1.
    public var extent: Double { bounds.area > 0 ? area / bounds.area : 0 }

    /// The outline with fewer corners.
    ///
    /// Source: the algorithm of Ramer, Douglas and Peucker, 1972.
    ///
    /// - Parameter epsilon: How far the new outline may be from the old, in parts of the perimeter.
    /// - Returns: The corners.
    /// - Throws: `ImagingError` for a negative epsilon.
    public func simplified(epsilon: Double = 0.02) throws -> [Point] {
        guard epsilon >= 0, epsilon.isFinite else { throw ImagingError(.badArgument, "Epsilon is 0 or more.") }
        let corners = points.map(\.whole)
        return try elements(of: rcv_point.self) { out, error in
            rcv_approximate(corners, corners.count, epsilon * perimeter, true, out, error)
        }.map(Point.init)
    }

    /// The corners of the convex hull.
    ///
    /// - Returns: The corners, one after another.
    /// - Throws: `ImagingError` when memory is short.
    public func hull() throws -> [Point] {
        let corners = points.map(\.whole)
        return try elements(of: rcv_point.self) { out, error in
            rcv_convex_hull(corners, corners.count, out, error)
        }.map(Point.init)
    }

    /// Whether a point is inside or on the outline.
    ///
    /// - Parameter point: The point.
    /// - Returns: Whether it is.
    public func contains(_ point: Point) -> Bool {
        let corners = points.map(\.whole)
        return rcv_point_in_polygon(corners, corners.count, point.x, point.y) >= 0
    }
}

/// A box at an angle.
public struct RotatedBox: Sendable, Hashable, Codable {
    /// Its middle.
    public var center: Point
    /// Pixels along its first side.
    public var width: Double
    /// Pixels along its second side.
    public var height: Double
    /// The angle of the first side in degrees, clockwise.
    public var angle: Double

    /// Makes a box.
    ///
    /// - Parameters:
    ///   - center: Its middle.
    ///   - width: Pixels along its first side.
    ///   - height: Pixels along its second side.
    ///   - angle: The angle of the first side in degrees, clockwise.
    public init(center: Point, width: Double, height: Double, angle: Double) {
        (self.center, self.width, self.height, self.angle) = (center, width, height, angle)
    }
}

/// Which contours are found.
public enum ContourRetrieval: Int32, Sendable, Hashable, CaseIterable {
    /// The outer ones only.
    case external = 0
    /// All, without saying which lies in which.
    case list = 1
    /// All; the parent of a hole is the area around it.
    case components = 2
    /// All, with the whole tree.
    case tree = 3
}

extension Image {
    /// Finds the outlines of white areas in a picture of black and white, such as `thresholded` or `canny` makes.
    ///
    /// Source: S. Suzuki, K. Abe, "Topological Structural Analysis of Digitized Binary Images by Border Following", 1985.
    ///
    /// - Parameters:
    ///   - retrieval: Which ones.
    ///   - everyPoint: Whether every pixel of an outline is kept; else only its corners.
    ///   - most: The most contours; more are an error.
    /// - Returns: The contours, in OpenCV's order.
    /// - Throws: `ImagingError` with the code `tooLarge` when there are more.
    public func contours(
        _ retrieval: ContourRetrieval = .external, everyPoint: Bool = false, most: Int = 100_000
    ) throws -> [Contour] {
        let source = try gray8()
        var points = rcv_buffer()
        defer { rcv_buffer_free(points) }
        let found = try elements(of: rcv_contour.self) { out, error in
            rcv_find_contours(source.storage.handle, retrieval.rawValue, everyPoint, max(0, most), &points, out, error)
        }
        let all = points.elements(of: rcv_point.self)
        return found.map { one in
            Contour(
                points: all[Int(one.start)..<Int(one.start + one.count)].map(Point.init), area: one.area,
                perimeter: one.perimeter, bounds: Box(one.bounds), centroid: Point(one.centroid_x, one.centroid_y),
                hullArea: one.hull_area,
                rotatedBox: RotatedBox(
                    center: Point(Double(one.box_x), Double(one.box_y)), width: Double(one.box_width),
                    height: Double(one.box_height), angle: Double(one.box_angle)),
                circle: Circle(
                    center: Point(Double(one.circle_x), Double(one.circle_y)), radius: Double(one.circle_radius)),
                isConvex: one.convex,
                moments: [one.hu.0, one.hu.1, one.hu.2, one.hu.3, one.hu.4, one.hu.5, one.hu.6],
                parent: one.parent >= 0 ? Int(one.parent) : nil)
        }
    }
}

extension Box {
    init(_ rect: rcv_rect) {
        self.init(x: Int(rect.x), y: Int(rect.y), width: Int(rect.width), height: Int(rect.height))
    }
}
