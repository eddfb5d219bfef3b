// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension Detections {
    /// The detections as YOLO's text: one line for each, `class x y width height`, with the centre and the size in parts of
    /// the picture.
    ///
    /// Source: the label format of Darknet.
    ///
    /// - Returns: The lines; empty when nothing was found.
    public func yolo() -> String {
        let classes = numberedClasses(first: 0)
        let (width, height) = (Double(max(1, imageSize.width)), Double(max(1, imageSize.height)))
        return zip(items, classes.numbers).map { item, number in
            let box = item.box
            let parts = [box.center.x / width, box.center.y / height, box.width / width, box.height / height]
            return "\(number) " + parts.map(sixDigits).joined(separator: " ") + "\n"
        }.joined()
    }
}

/// A number with six digits after the point.
private func sixDigits(_ value: Double) -> String {
    let scaled = Int((min(1_000, max(-1_000, value)) * 1_000_000).rounded())
    let digits = String(abs(scaled) % 1_000_000)
    return (scaled < 0 ? "-" : "") + "\(abs(scaled) / 1_000_000)."
        + String(repeating: "0", count: 6 - digits.utf8.count) + digits
}
