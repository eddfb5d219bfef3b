// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

/// A place that can be found again in another picture of the same thing.
public struct Keypoint: Sendable, Hashable {
    /// Where it is.
    public var point: Point
    /// Pixels across of the neighbourhood that describes it.
    public var size: Double
    /// Its direction in degrees.
    public var angle: Double
    /// How strong it is.
    public var response: Double
}

/// The keypoints of a picture with their descriptions.
public struct Features: Sendable {
    /// The places, the strongest first.
    public let keypoints: [Keypoint]
    /// 32 bytes for each place.
    let descriptors: Image?

    /// A pair of places that look alike.
    public struct Match: Sendable, Hashable {
        /// The number of the keypoint in the first picture.
        public var first: Int
        /// The number of the keypoint in the second picture.
        public var second: Int
        /// How many of 256 bits differ.
        public var distance: Double
    }

    /// Finds places that look alike.
    ///
    /// - Parameters:
    ///   - other: The features of another picture.
    ///   - ratio: A match counts when the second best is this much worse (D. Lowe, 2004); 1 keeps those that choose each other.
    /// - Returns: The matches.
    /// - Throws: `ImagingError` for a ratio outside 0 to 1.
    public func matches(with other: Features, ratio: Double = 0.75) throws -> [Match] {
        guard (0...1).contains(ratio) else { throw ImagingError(.badArgument, "The ratio is 0 to 1.") }
        guard let descriptors, let others = other.descriptors else { return [] }
        return try elements(of: rcv_match.self) { out, error in
            rcv_match_features(descriptors.storage.handle, others.storage.handle, Float(ratio), out, error)
        }.map { Match(first: Int($0.query), second: Int($0.train), distance: Double($0.distance)) }
    }

    /// Finds where the first picture lies in the second, by RANSAC over the matches.
    ///
    /// - Parameters:
    ///   - other: The features of the other picture.
    ///   - ratio: As for `matches(with:ratio:)`.
    ///   - tolerance: Pixels that a match may be off.
    /// - Returns: The perspective from the first to the second and the matches that follow it; `nil` when there is none.
    /// - Throws: `ImagingError` for values out of range.
    public func located(
        in other: Features, ratio: Double = 0.75, tolerance: Double = 5
    ) throws -> (transform: PerspectiveTransform, matches: [Match])? {
        let matches = try matches(with: other, ratio: ratio)
        let from = matches.map { keypoints[$0.first].point.single }
        let to = matches.map { other.keypoints[$0.second].point.single }
        var matrix = [Double](repeating: 0, count: 9)
        var inliers = [UInt8](repeating: 0, count: max(1, matches.count))
        var found = false
        try call { error in
            rcv_homography(from, to, matches.count, tolerance, &matrix, &inliers, &found, error)
        }
        guard found else { return nil }
        let good = zip(matches, inliers).filter { $0.1 != 0 }.map(\.0)
        return (try PerspectiveTransform(matrix: matrix), good)
    }
}

extension Image {
    /// Finds keypoints and describes them with ORB.
    ///
    /// Source: E. Rublee et al., "ORB: An efficient alternative to SIFT or SURF", 2011.
    ///
    /// - Parameters:
    ///   - most: The most keypoints, 1 to 100,000.
    ///   - threshold: How different a corner is from its surroundings at least, 1 to 254.
    ///   - mask: One channel of 8 bits: nothing is looked for where it is 0.
    /// - Returns: The keypoints with their descriptions.
    /// - Throws: `ImagingError` for values out of range.
    public func orbFeatures(most: Int = 500, threshold: Int = 20, mask: Image? = nil) throws -> Features {
        try Image.check(most, in: 1...100_000, "The number of keypoints")
        try Image.check(threshold, in: 1...254, "The threshold")
        let source = try gray8()
        var buffer = rcv_buffer()
        defer { rcv_buffer_free(buffer) }
        let descriptors = try making(.data) { out, error in
            rcv_orb(
                source.storage.handle, mask?.storage.handle, clamped(most), 1.2, 8, clamped(threshold), &buffer, out,
                error)
        }
        let keypoints = buffer.elements(of: rcv_keypoint.self).map { one in
            Keypoint(
                point: Point(Double(one.x), Double(one.y)), size: Double(one.size), angle: Double(one.angle),
                response: Double(one.response))
        }
        return Features(keypoints: keypoints, descriptors: keypoints.isEmpty ? nil : descriptors)
    }

    /// Finds corners that are easy to follow from frame to frame.
    ///
    /// Source: J. Shi, C. Tomasi, "Good Features to Track", 1994.
    ///
    /// - Parameters:
    ///   - most: The most corners.
    ///   - quality: The least quality, in parts of the best one's, above 0 up to 1.
    ///   - distance: Pixels between two corners at least.
    /// - Returns: The corners, best first.
    /// - Throws: `ImagingError` for values out of range.
    public func goodFeatures(most: Int = 200, quality: Double = 0.01, distance: Double = 7) throws -> [Point] {
        guard most > 0, quality > 0, quality <= 1, distance >= 0 else {
            throw ImagingError(
                .badArgument, "Corners take a number above 0, a quality above 0 up to 1, and a distance.")
        }
        let source = try gray8()
        return try elements(of: rcv_point_f.self) { out, error in
            rcv_good_features(source.storage.handle, clamped(most), quality, distance, out, error)
        }.map(Point.init)
    }
}
