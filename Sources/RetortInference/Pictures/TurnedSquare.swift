// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A place in a picture, and how far it lies behind its plane.
public struct SpatialPoint: Sendable, Hashable, Codable {
    /// Pixels towards the right.
    public var x: Float
    /// Pixels downwards.
    public var y: Float
    /// Pixels away from the viewer, from a place that the task names; estimated, and less exact than the others.
    public var z: Float

    /// Creates a place.
    ///
    /// - Parameters:
    ///   - x: Pixels towards the right.
    ///   - y: Pixels downwards.
    ///   - z: Pixels away from the viewer.
    public init(x: Float, y: Float, z: Float) {
        self.x = x
        self.y = y
        self.z = z
    }

    /// The place in the plane of the picture.
    public var point: PicturePoint { PicturePoint(x: x, y: y) }
}

/// A square of a picture that may be turned: what networks for faces and hands look at.
struct TurnedSquare: Hashable {
    var centre: PicturePoint
    /// In pixels of the picture.
    var side: Float
    /// In radians, from the direction towards the right to the one downwards.
    var angle: Float

    /// The direction of an arrow, as an angle.
    static func angle(from start: PicturePoint, to end: PicturePoint) -> Float {
        atan2(end.y - start.y, end.x - start.x)
    }

    /// A place that lies away from the centre, by shares of the side along the square's own directions.
    func place(right: Float, down: Float) -> PicturePoint {
        let (cosine, sine) = (cos(angle) * side, sin(angle) * side)
        return PicturePoint(
            x: centre.x + right * cosine - down * sine, y: centre.y + right * sine + down * cosine)
    }

    /// From pixels of the upright square to those of the picture.
    ///
    /// - Parameter pixels: The side of what the network sees.
    /// - Returns: The map; `nil` when the square has no extent, or lies nowhere.
    func map(pixels: Int) -> AffineMap? {
        guard centre.x.isFinite, centre.y.isFinite, angle.isFinite, side.isFinite, side > 0, pixels > 0 else {
            return nil
        }
        let step = side / Float(pixels)
        return AffineMap(
            origin: place(right: -0.5, down: -0.5), column: PicturePoint(x: cos(angle) * step, y: sin(angle) * step),
            row: PicturePoint(x: -sin(angle) * step, y: cos(angle) * step))
    }
}

/// What lies under a square, upright and scaled, and the way back to the picture.
struct SquareSample {
    let tensor: Tensor
    let map: AffineMap
    /// How many pixels of the picture one of the tensor is.
    let scale: Float

    /// Cuts a square out of a picture, black outside of it.
    ///
    /// - Throws: ``InferenceError`` with `.invalidData` when the square has no extent, or the picture does not lie in its
    ///   memory.
    init(_ square: TurnedSquare, of picture: some Pixels, pixels: Int) throws {
        guard let map = square.map(pixels: pixels) else {
            throw InferenceError(.invalidData, "What was found in the picture has no extent.")
        }
        let sink = PixelSink<Float>(width: pixels, height: pixels, colours: .rgb, normalisation: .unit, layout: .pixels)
        let numbers = try AffineSampler.sample(picture, map: map, columns: pixels, border: .black, sink: sink)
        tensor = try Tensor(numbers, shape: [1, pixels, pixels, 3])
        self.map = map
        scale = square.side / Float(pixels)
    }

    /// Triples of a network as places in the picture.
    func points(_ numbers: [Float]) -> [SpatialPoint] {
        (0..<numbers.count / 3).map { index in
            let place = map.point(numbers[3 * index], numbers[3 * index + 1])
            return SpatialPoint(x: place.x, y: place.y, z: numbers[3 * index + 2] * scale)
        }
    }
}
