// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// How detections are drawn.
public struct DetectionStyle: Sendable, Hashable {
    /// The colours, one for each class.
    public var palette = Palette.standard
    /// Whether labels are written.
    public var showsLabels = true
    /// Whether scores from 0 to 1 are written behind the labels.
    public var showsScores = true
    /// The width of lines in pixels; by default it suits the picture.
    public var lineWidth: Int?
    /// How much of the colour is mixed into masks, 0 to 1.
    public var maskOpacity = 0.45

    /// Makes the usual style.
    public init() {}
}

extension Detections {
    /// Draws the detections on a picture.
    ///
    /// - Parameters:
    ///   - image: The picture; boxes are scaled to its size.
    ///   - style: Colours, labels and widths.
    /// - Returns: BGR of 8 bits.
    /// - Throws: `ImagingError` when the picture cannot be drawn on.
    public func drawn(on image: Image, style: DetectionStyle = DetectionStyle()) throws -> Image {
        let base = try image.converted(to: .uint8).flattened(over: .white).converted(to: .bgr)
        let scaled = scaled(to: base.size)
        let numbers = scaled.numberedClasses(first: 0).numbers
        return try base.drawing { canvas in
            for (item, number) in zip(scaled.items, numbers) {
                if let mask = item.mask, mask.pictureSize == base.size {
                    try canvas.mask(mask.image(), color: style.palette[number], opacity: style.maskOpacity)
                }
            }
            for (item, number) in zip(scaled.items, numbers) {
                try canvas.box(item.box, color: style.palette[number], width: style.lineWidth)
            }
            for (item, number) in zip(scaled.items, numbers) {
                for point in item.keypoints { try canvas.dot(point.point, color: style.palette[number + 1]) }
                let text = item.caption(labels: style.showsLabels, scores: style.showsScores)
                // A label larger than its thing hides more than it says.
                let height = min(canvas.textHeight, max(8, item.box.height / 4))
                try canvas.label(text, on: item.box, color: style.palette[number], height: height)
            }
        }
    }
}

extension Detection {
    /// `cat 98 %`.
    func caption(labels: Bool, scores: Bool) -> String {
        var parts: [String] = []
        if labels, let label { parts.append(label) }
        if scores, let score, (0...1).contains(score) { parts.append("\(Int((score * 100).rounded())) %") }
        return parts.joined(separator: " ")
    }
}
