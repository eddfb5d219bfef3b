// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What was found in a picture.
///
/// The boxes are in pixels of a picture of `imageSize`. As JSON it is
/// `{"image": {"width": 640, "height": 480}, "detections": [{"box": [l, t, r, b], "label": "face", "score": 12}]}`.
public struct Detections: Sendable, Hashable {
    /// The size of the picture that the boxes are in.
    public var imageSize: Size
    /// What was found.
    public var items: [Detection]

    /// Makes a result.
    ///
    /// - Parameters:
    ///   - items: What was found.
    ///   - imageSize: The size of the picture that the boxes are in.
    public init(_ items: [Detection], in imageSize: Size) {
        self.items = items
        self.imageSize = imageSize
    }

    /// The boxes alone.
    public var boxes: [Box] { items.map(\.box) }

    /// The same things in the picture at another size, such as the original of a picture that was made smaller.
    ///
    /// - Parameter size: The other size.
    /// - Returns: The things with boxes and points moved, without masks when the size differs.
    public func scaled(to size: Size) -> Detections {
        guard size != imageSize, imageSize.width > 0, imageSize.height > 0 else { return self }
        let x = Double(size.width) / Double(imageSize.width)
        let y = Double(size.height) / Double(imageSize.height)
        let moved = items.map { item in
            var item = item
            item.box = item.box.scaled(x: x, y: y)
            item.keypoints = item.keypoints.map { point in
                var point = point
                point.point = Point(point.point.x * x, point.point.y * y)
                return point
            }
            item.mask = nil
            return item
        }
        return Detections(moved, in: size)
    }

    /// The same things with boxes in whole pixels.
    public var rounded: Detections {
        Detections(
            items.map { item in
                var item = item
                item.box = item.box.rounded
                return item
            }, in: imageSize)
    }

    /// The surest things, without those that overlap a surer one of the same class (non-maximum suppression).
    ///
    /// - Parameters:
    ///   - minimumScore: The least score; things without a score stay.
    ///   - overlap: How much two boxes of one class may overlap, as intersection over union.
    ///   - most: The most things.
    /// - Returns: The things, surest first.
    public func suppressed(minimumScore: Double = 0, overlap: Double = 0.5, most: Int = 300) -> Detections {
        var kept: [Detection] = []
        for item in items.sorted(by: { ($0.score ?? .infinity) > ($1.score ?? .infinity) }) {
            guard kept.count < most else { break }
            guard (item.score ?? .infinity) >= minimumScore else { continue }
            let isCovered = kept.contains { other in
                other.classID == item.classID && other.label == item.label
                    && other.box.intersectionOverUnion(item.box) > overlap
            }
            if !isCovered { kept.append(item) }
        }
        return Detections(kept, in: imageSize)
    }
}

extension Detections: Encodable {
    enum CodingKeys: String, CodingKey { case image, detections }

    /// Writes `image` and `detections`.
    ///
    /// - Parameter encoder: Where it goes.
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(imageSize, forKey: .image)
        try values.encode(items, forKey: .detections)
    }
}
