// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The size of a picture in pixels.
public struct Size: Sendable, Hashable, Codable, CustomStringConvertible {
    /// Pixels from left to right.
    public var width: Int
    /// Pixels from top to bottom.
    public var height: Int

    /// Makes a size.
    ///
    /// - Parameters:
    ///   - width: Pixels from left to right.
    ///   - height: Pixels from top to bottom.
    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// The longer side in pixels.
    public var longestSide: Int { max(width, height) }
    /// The shorter side in pixels.
    public var shortestSide: Int { min(width, height) }
    /// The number of pixels; the largest whole number where the product does not fit.
    public var pixels: Int {
        let (product, overflow) = width.multipliedReportingOverflow(by: height)
        return overflow ? .max : product
    }

    /// `640×480`.
    public var description: String { "\(width)×\(height)" }

    /// The size with the same proportions whose longer side is at most `longestSide`.
    ///
    /// - Parameter longestSide: The most pixels of the longer side.
    /// - Returns: This size when it fits already, else a smaller one of at least one pixel a side.
    public func fitting(_ longestSide: Int) -> Size {
        guard self.longestSide > longestSide, longestSide > 0 else { return self }
        let factor = Double(longestSide) / Double(self.longestSide)
        return Size(
            width: max(1, Int((Double(width) * factor).rounded())),
            height: max(1, Int((Double(height) * factor).rounded())))
    }
}

/// A place in a picture, in pixels from its upper left corner.
public struct Point: Sendable, Hashable {
    /// Pixels to the right.
    public var x: Double
    /// Pixels down.
    public var y: Double

    /// Makes a point.
    ///
    /// - Parameters:
    ///   - x: Pixels to the right.
    ///   - y: Pixels down.
    public init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }

    /// The distance to another point in pixels.
    ///
    /// - Parameter other: The other point.
    /// - Returns: The length of the line between them.
    public func distance(to other: Point) -> Double {
        let (dx, dy) = (x - other.x, y - other.y)
        return (dx * dx + dy * dy).squareRoot()
    }
}

extension Point: Codable {
    /// Reads `[x, y]`.
    ///
    /// - Parameter decoder: Where the two numbers are.
    /// - Throws: `DecodingError` when there are not two numbers.
    public init(from decoder: any Decoder) throws {
        var values = try decoder.unkeyedContainer()
        self.init(try values.decode(Double.self), try values.decode(Double.self))
    }

    /// Writes `[x, y]`.
    ///
    /// - Parameter encoder: Where the two numbers go.
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.unkeyedContainer()
        try values.encode(short: x)
        try values.encode(short: y)
    }
}

/// A rectangle in a picture: the pixels from `left` up to but without `right`, and from `top` up to but without `bottom`.
public struct Box: Sendable, Hashable {
    /// The left edge in pixels.
    public var left: Double
    /// The upper edge in pixels.
    public var top: Double
    /// The right edge in pixels; the first column outside.
    public var right: Double
    /// The lower edge in pixels; the first row outside.
    public var bottom: Double

    /// Makes a box from its edges.
    ///
    /// - Parameters:
    ///   - left: The left edge in pixels.
    ///   - top: The upper edge in pixels.
    ///   - right: The right edge in pixels.
    ///   - bottom: The lower edge in pixels.
    public init(left: Double, top: Double, right: Double, bottom: Double) {
        self.left = left
        self.top = top
        self.right = right
        self.bottom = bottom
    }

    /// Makes a box from its corner and its size, as OpenCV's `Rect` and COCO have it.
    ///
    /// - Parameters:
    ///   - x: The left edge in pixels.
    ///   - y: The upper edge in pixels.
    ///   - width: Pixels from left to right.
    ///   - height: Pixels from top to bottom.
    public init(x: Double, y: Double, width: Double, height: Double) {
        self.init(left: x, top: y, right: x + width, bottom: y + height)
    }

    /// Makes a box from its corner and its size in whole pixels.
    ///
    /// - Parameters:
    ///   - x: The left edge in pixels.
    ///   - y: The upper edge in pixels.
    ///   - width: Pixels from left to right.
    ///   - height: Pixels from top to bottom.
    public init(x: Int, y: Int, width: Int, height: Int) {
        self.init(x: Double(x), y: Double(y), width: Double(width), height: Double(height))
    }

    /// Pixels from left to right.
    public var width: Double { right - left }
    /// Pixels from top to bottom.
    public var height: Double { bottom - top }
    /// The number of pixels inside, 0 for a box whose edges are crossed.
    public var area: Double { max(0, width) * max(0, height) }
    /// The middle of the box.
    public var center: Point { Point((left + right) / 2, (top + bottom) / 2) }

    /// The part that two boxes share.
    ///
    /// - Parameter other: The other box.
    /// - Returns: The shared part, or `nil` when there is none.
    public func intersection(_ other: Box) -> Box? {
        let shared = Box(
            left: max(left, other.left), top: max(top, other.top),
            right: min(right, other.right), bottom: min(bottom, other.bottom))
        return shared.width > 0 && shared.height > 0 ? shared : nil
    }

    /// How much two boxes overlap: the shared area divided by the area that they cover together.
    ///
    /// - Parameter other: The other box.
    /// - Returns: 0 for boxes apart, 1 for equal ones.
    public func intersectionOverUnion(_ other: Box) -> Double {
        let shared = intersection(other)?.area ?? 0
        let union = area + other.area - shared
        return union > 0 ? shared / union : 0
    }

    /// The box in a picture that was made larger or smaller.
    ///
    /// - Parameters:
    ///   - x: The factor along the width.
    ///   - y: The factor along the height.
    /// - Returns: The box with each edge multiplied.
    public func scaled(x: Double, y: Double) -> Box {
        Box(left: left * x, top: top * y, right: right * x, bottom: bottom * y)
    }

    /// The box moved.
    ///
    /// - Parameters:
    ///   - x: Pixels to the right.
    ///   - y: Pixels down.
    /// - Returns: The box with its edges moved.
    public func moved(x: Double, y: Double) -> Box {
        Box(left: left + x, top: top + y, right: right + x, bottom: bottom + y)
    }

    /// The box with whole numbers for edges, each the nearest.
    public var rounded: Box {
        Box(left: left.rounded(), top: top.rounded(), right: right.rounded(), bottom: bottom.rounded())
    }
}

extension Box: Codable {
    /// Reads `[left, top, right, bottom]`.
    ///
    /// - Parameter decoder: Where the four numbers are.
    /// - Throws: `DecodingError` when there are not four numbers.
    public init(from decoder: any Decoder) throws {
        var values = try decoder.unkeyedContainer()
        self.init(
            left: try values.decode(Double.self), top: try values.decode(Double.self),
            right: try values.decode(Double.self), bottom: try values.decode(Double.self))
    }

    /// Writes `[left, top, right, bottom]`.
    ///
    /// - Parameter encoder: Where the four numbers go.
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.unkeyedContainer()
        for edge in [left, top, right, bottom] { try values.encode(short: edge) }
    }
}

extension UnkeyedEncodingContainer {
    /// Writes a number that is whole without a point, as pixels are read most easily.
    mutating func encode(short value: Double) throws {
        if let whole = Int(exactly: value) { try encode(whole) } else { try encode(value) }
    }
}

extension KeyedEncodingContainer {
    /// Writes a number that is whole without a point, as pixels are read most easily.
    mutating func encode(short value: Double, forKey key: Key) throws {
        if let whole = Int(exactly: value) { try encode(whole, forKey: key) } else { try encode(value, forKey: key) }
    }
}
