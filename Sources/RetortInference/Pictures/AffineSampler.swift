// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Where each pixel of a result lies in the original: a turn, a scale, a shear and a shift.
struct AffineMap: Hashable {
    /// The place of the pixel in the upper left corner.
    var origin: PicturePoint
    /// The way to the next column.
    var column: PicturePoint
    /// The way to the next row.
    var row: PicturePoint

    func point(_ column: Float, _ row: Float) -> PicturePoint {
        PicturePoint(
            x: origin.x + column * self.column.x + row * self.row.x,
            y: origin.y + column * self.column.y + row * self.row.y)
    }

    /// The map that turns, scales and shifts points so that they come as near as possible to others.
    ///
    /// - Parameters:
    ///   - target: Where they should lie in the result.
    ///   - source: Where they lie in the original, as many.
    /// - Returns: The map from the result to the original; `nil` when all points of a side are one.
    ///
    /// Source: Umeyama, "Least-Squares Estimation of Transformation Parameters", 1991, for two dimensions.
    static func similarity(from target: [PicturePoint], to source: [PicturePoint]) -> AffineMap? {
        guard target.count == source.count, !target.isEmpty else { return nil }
        func middle(_ points: [PicturePoint]) -> PicturePoint {
            let count = Float(points.count)
            return PicturePoint(
                x: points.reduce(0) { $0 + $1.x } / count, y: points.reduce(0) { $0 + $1.y } / count)
        }
        let (from, to) = (middle(source), middle(target))
        var (square, dot, cross): (Float, Float, Float) = (0, 0, 0)
        for (source, target) in zip(source, target) {
            let (x, y) = (source.x - from.x, source.y - from.y)
            let (u, v) = (target.x - to.x, target.y - to.y)
            square += x * x + y * y
            dot += x * u + y * v
            cross += x * v - y * u
        }
        // The result is (cosine, -sine; sine, cosine) of the original; what is wanted is the way back.
        guard square > 0 else { return nil }
        let (cosine, sine) = (dot / square, cross / square)
        let determinant = cosine * cosine + sine * sine
        guard determinant > 0 else { return nil }
        let column = PicturePoint(x: cosine / determinant, y: -sine / determinant)
        let row = PicturePoint(x: sine / determinant, y: cosine / determinant)
        return AffineMap(
            origin: PicturePoint(
                x: from.x - to.x * column.x - to.y * row.x, y: from.y - to.x * column.y - to.y * row.y),
            column: column, row: row)
    }
}

/// Cuts turned rectangles out of pictures.
enum AffineSampler {
    /// What lies outside of a picture.
    enum Border {
        case black
        case edge
    }

    /// Makes numbers of the pixels under a map, each from the four around its place.
    ///
    /// - Parameters:
    ///   - pixels: The original.
    ///   - map: From the result to the original.
    ///   - columns: How many columns of the result are computed.
    ///   - border: What lies outside of the original.
    ///   - sink: Where the numbers go; its other columns stay zero.
    /// - Returns: The numbers of the result.
    /// - Throws: ``InferenceError`` when the picture does not lie in its memory.
    static func sample(
        _ pixels: some Pixels, map: AffineMap, columns: Int, border: Border, sink: PixelSink<Float>
    ) throws -> [Float] {
        var numbers = [Float](repeating: 0, count: sink.channels * sink.width * sink.height)
        let count = min(columns, sink.width)
        var line = [Float](repeating: 0, count: 3 * count)
        try PixelMemory.with(pixels) { memory in
            numbers.withUnsafeMutableBufferPointer { numbers in
                line.withUnsafeMutableBufferPointer { line in
                    guard let target = numbers.baseAddress, let start = line.baseAddress else { return }
                    for row in 0..<sink.height {
                        for column in 0..<count {
                            sample(
                                memory, at: map.point(Float(column), Float(row)), border: border,
                                to: start + 3 * column)
                        }
                        sink.write(start, isBlueFirst: false, count: count, column: 0, line: row, to: target)
                    }
                }
            }
        }
        return numbers
    }

    @inline(__always)
    private static func sample(
        _ memory: PixelMemory, at point: PicturePoint, border: Border, to target: UnsafeMutablePointer<Float>
    ) {
        (target[0], target[1], target[2]) = (0, 0, 0)
        // Also refuses what is not a number.
        guard abs(point.x) < 1e6, abs(point.y) < 1e6 else { return }
        let (left, top) = (point.x.rounded(.down), point.y.rounded(.down))
        let (right, bottom) = (point.x - left, point.y - top)
        let (red, green, blue) = memory.channels.places
        for down in 0...1 {
            let vertical = down == 0 ? 1 - bottom : bottom
            for across in 0...1 {
                let horizontal = across == 0 ? 1 - right : right
                var (x, y) = (Int(left) + across, Int(top) + down)
                if x < 0 || y < 0 || x >= memory.width || y >= memory.height {
                    if border == .black { continue }
                    (x, y) = (min(max(x, 0), memory.width - 1), min(max(y, 0), memory.height - 1))
                }
                let pixel = memory.start + y * memory.stride + x * memory.channels.count
                let weight = vertical * horizontal
                target[0] += weight * Float(pixel[red])
                target[1] += weight * Float(pixel[green])
                target[2] += weight * Float(pixel[blue])
            }
        }
    }
}
