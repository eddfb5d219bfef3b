// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A rectangle of another picture, in the memory of that one.
struct PicturePart<Whole: Pixels>: Pixels {
    let whole: Whole
    let left: Int
    let top: Int
    let width: Int
    let height: Int

    var channels: PixelChannels { whole.channels }
    var rowStride: Int { whole.rowStride }

    /// The pixels that a box touches.
    ///
    /// - Throws: ``InferenceError`` with `.invalidData` when the box touches none.
    init(_ whole: Whole, box: PictureBox) throws {
        let inside = box.clipped(width: whole.width, height: whole.height)
        guard box.left.isFinite, box.top.isFinite, box.right.isFinite, box.bottom.isFinite, inside.area > 0 else {
            throw InferenceError(
                .invalidData, "The box lies outside of the picture of \(whole.width) × \(whole.height) pixels.")
        }
        self.whole = whole
        left = Int(inside.left.rounded(.down))
        top = Int(inside.top.rounded(.down))
        width = min(Int(inside.right.rounded(.up)), whole.width) - left
        height = min(Int(inside.bottom.rounded(.up)), whole.height) - top
    }

    func withPixelBytes<Result>(_ body: (RawSpan) throws -> Result) throws -> Result {
        try whole.withPixelBytes { bytes in
            let row = top.multipliedReportingOverflow(by: rowStride)
            let start = row.partialValue.addingReportingOverflow(left * channels.count)
            guard !row.overflow, !start.overflow, (0...bytes.byteCount).contains(start.partialValue) else {
                throw InferenceError(.invalidData, "A picture does not lie in its \(bytes.byteCount) bytes.")
            }
            return try body(bytes.extracting(start.partialValue..<bytes.byteCount))
        }
    }
}

extension Preprocessing {
    /// Makes a tensor of a part of a picture, or of all of it.
    ///
    /// - Returns: The tensor with the way to places in the part, and where the part begins.
    func prepare(_ picture: some Pixels, part box: PictureBox?) throws -> (Prepared, corner: PicturePoint) {
        guard let box else { return (try prepare(picture), PicturePoint(x: 0, y: 0)) }
        let part = try PicturePart(picture, box: box)
        return (try prepare(part), PicturePoint(x: Float(part.left), y: Float(part.top)))
    }
}

extension PictureBox {
    /// The same middle, with sides that are longer by this share.
    func grown(by share: Float) -> PictureBox {
        PictureBox(
            left: left - width * share / 2, top: top - height * share / 2, right: right + width * share / 2,
            bottom: bottom + height * share / 2)
    }
}
