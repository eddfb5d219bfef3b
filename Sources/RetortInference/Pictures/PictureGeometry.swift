// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A place in a picture, in pixels from its upper left corner.
public struct PicturePoint: Sendable, Hashable, Codable {
    /// Towards the right.
    public var x: Float
    /// Downwards.
    public var y: Float

    /// Creates a place.
    ///
    /// - Parameters:
    ///   - x: Pixels towards the right.
    ///   - y: Pixels downwards.
    public init(x: Float, y: Float) {
        self.x = x
        self.y = y
    }
}

/// A rectangle in a picture, in pixels from its upper left corner.
public struct PictureBox: Sendable, Hashable, Codable {
    /// The left edge.
    public var left: Float
    /// The upper edge.
    public var top: Float
    /// The right edge.
    public var right: Float
    /// The lower edge.
    public var bottom: Float

    /// Creates a rectangle.
    ///
    /// - Parameters:
    ///   - left: The left edge.
    ///   - top: The upper edge.
    ///   - right: The right edge.
    ///   - bottom: The lower edge.
    public init(left: Float, top: Float, right: Float, bottom: Float) {
        self.left = left
        self.top = top
        self.right = right
        self.bottom = bottom
    }

    /// The horizontal length.
    public var width: Float { right - left }
    /// The vertical length.
    public var height: Float { bottom - top }
    /// The product of both; zero for a box that is turned inside out.
    public var area: Float { max(width, 0) * max(height, 0) }

    /// How much of two boxes is common to both.
    ///
    /// - Parameter other: Another box.
    /// - Returns: The common area divided by that of both together, 0 to 1.
    public func overlap(with other: PictureBox) -> Float {
        let common = PictureBox(
            left: max(left, other.left), top: max(top, other.top), right: min(right, other.right),
            bottom: min(bottom, other.bottom)
        ).area
        let union = area + other.area - common
        return union > 0 ? common / union : 0
    }

    /// The part that lies in a picture.
    func clipped(width: Int, height: Int) -> PictureBox {
        PictureBox(
            left: min(max(left, 0), Float(width)), top: min(max(top, 0), Float(height)),
            right: min(max(right, 0), Float(width)), bottom: min(max(bottom, 0), Float(height)))
    }
}

/// From the picture that a model sees to the one that was given.
public struct PictureMapping: Sendable, Hashable {
    /// By how much the picture was scaled horizontally.
    public let scaleX: Float
    /// By how much the picture was scaled vertically.
    public let scaleY: Float
    /// Where its left edge lies in what the model sees.
    public let offsetX: Float
    /// Where its upper edge lies in what the model sees.
    public let offsetY: Float

    /// The place in the given picture.
    ///
    /// - Parameter point: A place in what the model sees.
    /// - Returns: The same place in the picture, possibly outside of it.
    public func point(_ point: PicturePoint) -> PicturePoint {
        PicturePoint(x: (point.x - offsetX) / scaleX, y: (point.y - offsetY) / scaleY)
    }

    /// The rectangle in the given picture.
    ///
    /// - Parameter box: A rectangle in what the model sees.
    /// - Returns: The same rectangle in the picture, possibly outside of it.
    public func box(_ box: PictureBox) -> PictureBox {
        PictureBox(
            left: (box.left - offsetX) / scaleX, top: (box.top - offsetY) / scaleY,
            right: (box.right - offsetX) / scaleX, bottom: (box.bottom - offsetY) / scaleY)
    }
}

/// Drops what overlaps with something better.
///
/// - Parameters:
///   - candidates: Boxes with their scores.
///   - limit: The overlap above which the worse one of two goes.
/// - Returns: The indexes of those that stay, best first.
/// - Complexity: O(*n* · *m*) for *m* that stay.
func withoutOverlaps(_ candidates: [(box: PictureBox, score: Float)], limit: Float) -> [Int] {
    var kept: [Int] = []
    // Those of one score stay in their order, so that the result is the same everywhere.
    let order = candidates.indices.sorted {
        candidates[$0].score == candidates[$1].score ? $0 < $1 : candidates[$0].score > candidates[$1].score
    }
    for index in order
    where !kept.contains(where: { candidates[$0].box.overlap(with: candidates[index].box) > limit }) {
        kept.append(index)
    }
    return kept
}
