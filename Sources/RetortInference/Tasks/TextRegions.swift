// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A rectangle that may be turned.
struct TurnedBox: Hashable {
    /// Upper left, upper right, lower right, lower left, as one reads the text in it.
    var corners: [PicturePoint]

    var width: Float { max(distance(0, 1), distance(3, 2)) }
    var height: Float { max(distance(0, 3), distance(1, 2)) }

    private func distance(_ first: Int, _ second: Int) -> Float {
        let (x, y) = (corners[second].x - corners[first].x, corners[second].y - corners[first].y)
        return (x * x + y * y).squareRoot()
    }

    /// The upright rectangle around it.
    var bounds: PictureBox {
        let (x, y) = (corners.map(\.x), corners.map(\.y))
        return PictureBox(left: x.min() ?? 0, top: y.min() ?? 0, right: x.max() ?? 0, bottom: y.max() ?? 0)
    }
}

/// Finds regions of text in a map of probabilities.
///
/// Source: Liao et al., "Real-time Scene Text Detection with Differentiable Binarization", arXiv:1911.08947, §3.5.
struct TextRegions {
    /// The probability above which a pixel belongs to text.
    var threshold: Float = 0.3
    /// The mean probability below which a region is left out.
    var minimumScore: Float = 0.5
    /// How much a region grows, since the map shows the middle of the letters only.
    var growth: Float = 1.6
    /// The length of the shorter side, in pixels of the map, below which a region is left out.
    var shortestSide: Float = 3
    /// The most regions that are looked for.
    var limit = 1000

    /// Finds the regions.
    ///
    /// - Parameters:
    ///   - map: Probabilities, row by row.
    ///   - width: The columns of the map.
    /// - Returns: Rectangles in pixels of the map.
    /// - Complexity: O(*n*) in the pixels of the map.
    func find(in map: Span<Float>, width: Int) -> [TurnedBox] {
        let height = map.count / max(width, 1)
        var isSeen = [Bool](repeating: false, count: map.count)
        var found: [TurnedBox] = []
        var stack: [Int] = []
        for start in 0..<height * width where !isSeen[start] && map[start] > threshold {
            // For each row of the region its first and last column; the hull needs no more.
            var edges: [Int: (first: Int, last: Int)] = [:]
            var (sum, count): (Float, Int) = (0, 0)
            isSeen[start] = true
            stack.append(start)
            while let pixel = stack.popLast() {
                let (row, column) = (pixel / width, pixel % width)
                sum += map[pixel]
                count += 1
                let edge = edges[row] ?? (column, column)
                edges[row] = (min(edge.first, column), max(edge.last, column))
                for y in max(row - 1, 0)...min(row + 1, height - 1) {
                    for x in max(column - 1, 0)...min(column + 1, width - 1) {
                        let neighbour = y * width + x
                        if !isSeen[neighbour] && map[neighbour] > threshold {
                            isSeen[neighbour] = true
                            stack.append(neighbour)
                        }
                    }
                }
            }
            if count >= 4, sum / Float(count) >= minimumScore, let box = box(around: edges) { found.append(box) }
            if found.count >= limit { break }
        }
        return found
    }

    private func box(around edges: [Int: (first: Int, last: Int)]) -> TurnedBox? {
        var points: [PicturePoint] = []
        for (row, edge) in edges {
            points.append(PicturePoint(x: Float(edge.first), y: Float(row)))
            points.append(PicturePoint(x: Float(edge.last), y: Float(row)))
        }
        guard let smallest = Self.smallestBox(around: Self.hull(of: points)),
            min(smallest.width, smallest.height) >= shortestSide
        else { return nil }
        let distance = smallest.width * smallest.height * growth / (2 * (smallest.width + smallest.height))
        return smallest.grown(by: distance).ordered
    }

    /// The corners of the convex hull, in order around it.
    ///
    /// Source: Andrew's monotone chain.
    static func hull(of points: [PicturePoint]) -> [PicturePoint] {
        let sorted = Set(points).sorted { $0.x == $1.x ? $0.y < $1.y : $0.x < $1.x }
        guard sorted.count > 2 else { return sorted }
        func half(_ points: some Sequence<PicturePoint>) -> [PicturePoint] {
            var chain: [PicturePoint] = []
            for point in points {
                while chain.count >= 2 {
                    let (a, b) = (chain[chain.count - 2], chain[chain.count - 1])
                    if (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x) > 0 { break }
                    chain.removeLast()
                }
                chain.append(point)
            }
            return chain.dropLast()
        }
        return half(sorted) + half(sorted.reversed())
    }

    /// A rectangle by its middle, its two directions of length one, and its sides along them.
    struct Rectangle {
        var middle: PicturePoint
        var along: PicturePoint
        var width: Float
        var height: Float

        func grown(by distance: Float) -> Rectangle {
            var grown = self
            grown.width += 2 * distance
            grown.height += 2 * distance
            return grown
        }

        /// Its corners, in the order in which text in it is read.
        var ordered: TurnedBox {
            let across = PicturePoint(x: -along.y, y: along.x)
            let corners = [(-1, -1), (1, -1), (1, 1), (-1, 1)].map { (u: Float, v: Float) in
                PicturePoint(
                    x: middle.x + u * width / 2 * along.x + v * height / 2 * across.x,
                    y: middle.y + u * width / 2 * along.y + v * height / 2 * across.y)
            }.sorted { $0.x < $1.x }
            let left = corners.prefix(2).sorted { $0.y < $1.y }
            let right = corners.suffix(2).sorted { $0.y < $1.y }
            return TurnedBox(corners: [left[0], right[0], right[1], left[1]])
        }
    }

    /// The rectangle of the least area around points; one side of it lies on a side of the hull.
    static func smallestBox(around hull: [PicturePoint]) -> Rectangle? {
        var best: Rectangle?
        for (index, start) in hull.enumerated() where hull.count > 1 {
            let end = hull[(index + 1) % hull.count]
            let length = ((end.x - start.x) * (end.x - start.x) + (end.y - start.y) * (end.y - start.y)).squareRoot()
            guard length > 0 else { continue }
            let along = PicturePoint(x: (end.x - start.x) / length, y: (end.y - start.y) / length)
            let onto = hull.map { $0.x * along.x + $0.y * along.y }
            let across = hull.map { -$0.x * along.y + $0.y * along.x }
            guard let left = onto.min(), let right = onto.max(), let top = across.min(), let bottom = across.max()
            else {
                continue
            }
            let (width, height) = (right - left, bottom - top)
            if let best, best.width * best.height <= width * height { continue }
            let (u, v) = ((left + right) / 2, (top + bottom) / 2)
            best = Rectangle(
                middle: PicturePoint(x: u * along.x - v * along.y, y: u * along.y + v * along.x), along: along,
                width: width, height: height)
        }
        return best
    }
}
