// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// One thing that was found in a picture.
public struct Detection: Sendable, Hashable {
    /// Where it is, in pixels of the picture.
    public var box: Box
    /// What it is, such as `cat`.
    public var label: String?
    /// The number of its class, from 0.
    public var classID: Int?
    /// How sure the finder is; 0 to 1 for networks, for cascades the number of neighbours that agree.
    public var score: Double?
    /// Named points on it, such as eyes and nose.
    public var keypoints: [NamedPoint]
    /// The pixels that belong to it.
    public var mask: Mask?

    /// Makes a detection.
    ///
    /// - Parameters:
    ///   - box: Where it is, in pixels of the picture.
    ///   - label: What it is.
    ///   - classID: The number of its class, from 0.
    ///   - score: How sure the finder is.
    ///   - keypoints: Named points on it.
    ///   - mask: The pixels that belong to it.
    public init(
        box: Box, label: String? = nil, classID: Int? = nil, score: Double? = nil, keypoints: [NamedPoint] = [],
        mask: Mask? = nil
    ) {
        (self.box, self.label, self.classID, self.score) = (box, label, classID, score)
        (self.keypoints, self.mask) = (keypoints, mask)
    }
}

/// A point on a thing that was found.
public struct NamedPoint: Sendable, Hashable {
    /// What it is, such as `left_eye`.
    public var name: String?
    /// Where it is, in pixels of the picture.
    public var point: Point
    /// How sure the finder is, 0 to 1.
    public var score: Double?

    /// Makes a point.
    ///
    /// - Parameters:
    ///   - name: What it is.
    ///   - point: Where it is, in pixels of the picture.
    ///   - score: How sure the finder is, 0 to 1.
    public init(_ name: String? = nil, at point: Point, score: Double? = nil) {
        (self.name, self.point, self.score) = (name, point, score)
    }
}

extension Detection: Encodable {
    enum CodingKeys: String, CodingKey {
        case box, label, score, keypoints, mask
        case classID = "class_id"
    }

    /// Writes what is known: `box` as `[left, top, right, bottom]`, `label`, `class_id`, `score`, `keypoints`, `mask`.
    ///
    /// - Parameter encoder: Where it goes.
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(box, forKey: .box)
        try values.encodeIfPresent(label, forKey: .label)
        try values.encodeIfPresent(classID, forKey: .classID)
        if let score { try values.encode(short: score, forKey: .score) }
        if !keypoints.isEmpty { try values.encode(keypoints, forKey: .keypoints) }
        try values.encodeIfPresent(mask, forKey: .mask)
    }
}

extension NamedPoint: Encodable {
    enum CodingKeys: String, CodingKey { case name, x, y, score }

    /// Writes `name`, `x`, `y` and `score`.
    ///
    /// - Parameter encoder: Where it goes.
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encodeIfPresent(name, forKey: .name)
        try values.encode(short: point.x, forKey: .x)
        try values.encode(short: point.y, forKey: .y)
        try values.encodeIfPresent(score, forKey: .score)
    }
}
