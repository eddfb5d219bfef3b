// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

/// Where a point of one frame is in the next.
public struct TrackedPoint: Sendable, Hashable {
    /// Where it is now; `nil` when it was lost.
    public var point: Point?
    /// How different its surroundings became, per pixel.
    public var error: Double
}

extension Image {
    /// Follows points from this frame to the next.
    ///
    /// Source: J.-Y. Bouguet, "Pyramidal Implementation of the Lucas Kanade Feature Tracker", 2000.
    ///
    /// - Parameters:
    ///   - points: The points in this frame, such as `goodFeatures` finds.
    ///   - next: The next frame, of the same size.
    ///   - window: Pixels of a side of the neighbourhood, 3 to 99.
    ///   - levels: How often the picture is halved for large moves, 0 to 8.
    /// - Returns: One entry for each point.
    /// - Throws: `ImagingError` when the frames do not fit each other.
    public func tracked(_ points: [Point], to next: Image, window: Int = 21, levels: Int = 3) throws -> [TrackedPoint] {
        guard size == next.size else {
            throw ImagingError(.badArgument, "The frames have different sizes: \(size) and \(next.size).")
        }
        try Image.check(window, in: 3...99, "The window")
        try Image.check(levels, in: 0...8, "The number of levels")
        let (first, second) = (try gray8(), try next.gray8())
        let from = points.map(\.single)
        var to = [rcv_point_f](repeating: rcv_point_f(), count: max(1, from.count))
        var found = [UInt8](repeating: 0, count: max(1, from.count))
        var errors = [Float](repeating: 0, count: max(1, from.count))
        try call { error in
            rcv_flow_points(
                first.storage.handle, second.storage.handle, from, from.count, clamped(window), clamped(levels), &to,
                &found, &errors, error)
        }
        return points.indices.map { index in
            TrackedPoint(point: found[index] != 0 ? Point(to[index]) : nil, error: Double(errors[index]))
        }
    }

    /// How each pixel moves from this frame to the next.
    ///
    /// Source: G. Farnebäck, "Two-Frame Motion Estimation Based on Polynomial Expansion", 2003.
    ///
    /// - Parameter next: The next frame, of the same size.
    /// - Returns: Two channels of float32: pixels to the right and pixels down.
    /// - Throws: `ImagingError` when the frames do not fit each other.
    public func denseFlow(to next: Image) throws -> Image {
        guard size == next.size else {
            throw ImagingError(.badArgument, "The frames have different sizes: \(size) and \(next.size).")
        }
        let (first, second) = (try gray8(), try next.gray8())
        return try making(.data) { out, error in
            rcv_flow_dense(first.storage.handle, second.storage.handle, out, error)
        }
    }
}
