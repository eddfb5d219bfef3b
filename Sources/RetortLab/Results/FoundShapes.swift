// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import Retort
public import RetortImaging
import RetortWire

/// Outlines in a picture, as JSON or drawn.
public struct FoundContours: DrawnResult, SchemaDescribing {
    /// The size of the picture.
    public var image: Size
    /// The outlines.
    public var contours: [Contour]

    /// Makes a result.
    ///
    /// - Parameters:
    ///   - contours: The outlines.
    ///   - size: The size of the picture that they are in.
    public init(_ contours: [Contour], in size: Size) { (image, self.contours) = (size, contours) }

    enum CodingKeys: String, CodingKey { case image, contours }

    private struct Written: Encodable {
        var points: [Point]
        var area: Double
        var perimeter: Double
        var box: Box
        var circularity: Double
        var solidity: Double
        var parent: Int?
    }

    /// Writes `image` and `contours`, each with its points and measures.
    ///
    /// - Parameter encoder: Where it goes.
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(image, forKey: .image)
        let written = contours.map {
            Written(
                points: $0.points, area: $0.area, perimeter: $0.perimeter, box: $0.bounds, circularity: $0.circularity,
                solidity: $0.solidity, parent: $0.parent)
        }
        try values.encode(written, forKey: .contours)
    }

    /// The outlines in pixels of the original.
    ///
    /// - Parameters:
    ///   - size: The size of the picture that the work saw.
    ///   - original: The size of the original.
    /// - Returns: The outlines with their places and measures multiplied.
    public func scaled(from size: Size, to original: Size) -> FoundContours {
        guard image != original, image.width > 0 else { return self }
        let factor = Double(original.width) / Double(image.width)
        let moved = contours.map { contour in
            var contour = contour
            contour.points = contour.points.map { Point($0.x * factor, $0.y * factor) }
            contour.area *= factor * factor
            contour.hullArea *= factor * factor
            contour.perimeter *= factor
            contour.bounds = contour.bounds.scaled(x: factor, y: factor)
            contour.centroid = Point(contour.centroid.x * factor, contour.centroid.y * factor)
            return contour
        }
        return FoundContours(moved, in: original)
    }

    /// Draws the outlines.
    ///
    /// - Parameter image: The original.
    /// - Returns: The picture.
    /// - Throws: What drawing throws.
    public func drawn(on image: Image) throws -> Image {
        try image.drawing { canvas in
            for (index, contour) in contours.enumerated() {
                try canvas.polygon(contour.points, color: Palette.standard[index])
            }
        }
    }

    /// What the JSON looks like.
    ///
    /// - Parameter table: Not needed.
    /// - Returns: The schema.
    public static func schema(in table: inout SchemaTable) -> Schema {
        let pair = Schema.array(of: .number)
        let contour = Schema.object(
            [
                ("points", Schema.array(of: pair).described("The corners, each x and y.")),
                ("area", Schema.number.described("Pixels².")), ("perimeter", Schema.number.described("Pixels.")),
                ("box", pair.described("Left, top, right, bottom.")),
                ("circularity", Schema.number.described("1 for a circle.")),
                ("solidity", Schema.number.described("The part of the convex hull that is filled.")),
                ("parent", Schema.integer.described("The number of the contour that this one lies in.")),
            ], required: ["points", "area", "perimeter", "box", "circularity", "solidity"])
        return .object([("image", .imageSize), ("contours", .array(of: contour))], required: ["image", "contours"])
    }
}

/// Pieces of straight lines, as JSON or drawn.
public struct FoundLines: DrawnResult {
    /// The size of the picture.
    public var image: Size
    /// The pieces.
    public var lines: [Segment]

    /// Makes a result.
    ///
    /// - Parameters:
    ///   - lines: The pieces.
    ///   - size: The size of the picture that they are in.
    public init(_ lines: [Segment], in size: Size) { (image, self.lines) = (size, lines) }

    /// The pieces in pixels of the original.
    ///
    /// - Parameters:
    ///   - size: The size of the picture that the work saw.
    ///   - original: The size of the original.
    /// - Returns: The pieces with their ends moved.
    public func scaled(from size: Size, to original: Size) -> FoundLines {
        let factor = Double(original.width) / Double(max(1, image.width))
        func moved(_ point: Point) -> Point { Point(point.x * factor, point.y * factor) }
        return FoundLines(lines.map { Segment(start: moved($0.start), end: moved($0.end)) }, in: original)
    }

    /// Draws the pieces.
    ///
    /// - Parameter image: The original.
    /// - Returns: The picture.
    /// - Throws: What drawing throws.
    public func drawn(on image: Image) throws -> Image {
        try image.drawing { canvas in
            for (index, line) in lines.enumerated() {
                try canvas.line(from: line.start, to: line.end, color: Palette.standard[index])
            }
        }
    }
}

/// Circles, as JSON or drawn.
public struct FoundCircles: DrawnResult {
    /// The size of the picture.
    public var image: Size
    /// The circles.
    public var circles: [Circle]

    /// Makes a result.
    ///
    /// - Parameters:
    ///   - circles: The circles.
    ///   - size: The size of the picture that they are in.
    public init(_ circles: [Circle], in size: Size) { (image, self.circles) = (size, circles) }

    /// The circles in pixels of the original.
    ///
    /// - Parameters:
    ///   - size: The size of the picture that the work saw.
    ///   - original: The size of the original.
    /// - Returns: The circles moved.
    public func scaled(from size: Size, to original: Size) -> FoundCircles {
        let factor = Double(original.width) / Double(max(1, image.width))
        let moved = circles.map {
            Circle(center: Point($0.center.x * factor, $0.center.y * factor), radius: $0.radius * factor)
        }
        return FoundCircles(moved, in: original)
    }

    /// Draws the circles with their middles.
    ///
    /// - Parameter image: The original.
    /// - Returns: The picture.
    /// - Throws: What drawing throws.
    public func drawn(on image: Image) throws -> Image {
        try image.drawing { canvas in
            for (index, circle) in circles.enumerated() {
                try canvas.circle(circle, color: Palette.standard[index])
                try canvas.dot(circle.center, color: Palette.standard[index])
            }
        }
    }
}

/// QR codes and bar codes, as JSON or drawn.
public struct FoundCodes: DrawnResult {
    /// The size of the picture.
    public var image: Size
    /// The codes.
    public var codes: [Code]

    /// Makes a result.
    ///
    /// - Parameters:
    ///   - codes: The codes.
    ///   - size: The size of the picture that they are in.
    public init(_ codes: [Code], in size: Size) { (image, self.codes) = (size, codes) }

    /// The codes in pixels of the original.
    ///
    /// - Parameters:
    ///   - size: The size of the picture that the work saw.
    ///   - original: The size of the original.
    /// - Returns: The codes with their corners moved.
    public func scaled(from size: Size, to original: Size) -> FoundCodes {
        let factor = Double(original.width) / Double(max(1, image.width))
        let moved = codes.map { code in
            var code = code
            code.corners = code.corners.map { Point($0.x * factor, $0.y * factor) }
            return code
        }
        return FoundCodes(moved, in: original)
    }

    /// Draws the codes with their texts.
    ///
    /// - Parameter image: The original.
    /// - Returns: The picture.
    /// - Throws: What drawing throws.
    public func drawn(on image: Image) throws -> Image {
        try image.drawing { canvas in
            for (index, code) in codes.enumerated() {
                let color = Palette.standard[index]
                try canvas.polygon(code.corners, color: color)
                let (left, top) = (code.corners.map(\.x).min() ?? 0, code.corners.map(\.y).min() ?? 0)
                try canvas.label(code.text, on: Box(x: left, y: top, width: 1, height: 1), color: color)
            }
        }
    }
}

/// Keypoints of a picture, as JSON or drawn.
public struct FoundKeypoints: DrawnResult {
    /// A keypoint as it is written.
    public struct Place: Encodable, Sendable, Hashable {
        /// Pixels to the right.
        public var x: Double
        /// Pixels down.
        public var y: Double
        /// Pixels across of its neighbourhood.
        public var size: Double
        /// Its direction in degrees.
        public var angle: Double
    }

    /// The size of the picture.
    public var image: Size
    /// The keypoints, the strongest first.
    public var keypoints: [Place]

    /// Makes a result.
    ///
    /// - Parameters:
    ///   - keypoints: The keypoints.
    ///   - size: The size of the picture that they are in.
    public init(_ keypoints: [Keypoint], in size: Size) {
        image = size
        self.keypoints = keypoints.map { Place(x: $0.point.x, y: $0.point.y, size: $0.size, angle: $0.angle) }
    }

    /// The keypoints in pixels of the original.
    ///
    /// - Parameters:
    ///   - size: The size of the picture that the work saw.
    ///   - original: The size of the original.
    /// - Returns: The keypoints moved.
    public func scaled(from size: Size, to original: Size) -> FoundKeypoints {
        let factor = Double(original.width) / Double(max(1, image.width))
        var result = self
        result.image = original
        for index in result.keypoints.indices {
            result.keypoints[index].x *= factor
            result.keypoints[index].y *= factor
            result.keypoints[index].size *= factor
        }
        return result
    }

    /// Draws the keypoints as circles.
    ///
    /// - Parameter image: The original.
    /// - Returns: The picture.
    /// - Throws: What drawing throws.
    public func drawn(on image: Image) throws -> Image {
        try image.drawing { canvas in
            for (index, place) in keypoints.enumerated() {
                try canvas.circle(
                    Circle(center: Point(place.x, place.y), radius: place.size / 2), color: Palette.standard[index],
                    width: 1)
            }
        }
    }
}
