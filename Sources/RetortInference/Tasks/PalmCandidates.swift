// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A palm, and how the hand lies.
struct Palm: Hashable {
    var score: Float
    var box: PictureBox
    /// The middle of the wrist.
    var wrist: PicturePoint
    /// The root of the middle finger.
    var finger: PicturePoint

    /// The palm in the picture.
    ///
    /// - Parameters:
    ///   - mapping: The way from what the network sees to the part of the picture.
    ///   - corner: Where the part begins.
    /// - Returns: The same palm in pixels of the picture.
    func mapped(_ mapping: PictureMapping, _ corner: PicturePoint) -> Palm {
        func place(_ point: PicturePoint) -> PicturePoint {
            let point = mapping.point(point)
            return PicturePoint(x: point.x + corner.x, y: point.y + corner.y)
        }
        let (start, end) = (
            place(PicturePoint(x: box.left, y: box.top)), place(PicturePoint(x: box.right, y: box.bottom))
        )
        return Palm(
            score: score, box: PictureBox(left: start.x, top: start.y, right: end.x, bottom: end.y),
            wrist: place(wrist), finger: place(finger))
    }

    /// The square of the whole hand, with the fingers upwards: half a palm further, and 2.6 times as long.
    ///
    /// Source: MediaPipe, its graph from palm detections to rectangles.
    var square: TurnedSquare {
        let palm = TurnedSquare(
            centre: PicturePoint(x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2),
            side: max(box.width, box.height), angle: TurnedSquare.angle(from: wrist, to: finger) + .pi / 2)
        return TurnedSquare(
            centre: palm.place(right: 0, down: -0.5), side: palm.side * 2.6, angle: palm.angle)
    }
}

/// Reads what the network for palms has to say.
enum PalmCandidates {
    /// How many numbers each candidate has: a box, and seven places.
    static let numbers = 18

    /// Two candidates for each cell of 8 pixels, and six for each of 16.
    ///
    /// - Parameter side: The side of the square that the network sees, in pixels.
    /// - Returns: The middles of the cells, once for each candidate, in pixels.
    static func anchors(side: Int) -> [PicturePoint] {
        [(8, 2), (16, 6)].flatMap { (cell: Int, count: Int) in
            let cells = max(side, 0) / cell
            return (0..<cells * cells).flatMap { index in
                let middle = PicturePoint(
                    x: (Float(index % cells) + 0.5) * Float(cell), y: (Float(index / cells) + 0.5) * Float(cell))
                return [PicturePoint](repeating: middle, count: count)
            }
        }
    }

    /// The palms, best first, in pixels of what the network sees.
    ///
    /// - Parameters:
    ///   - boxes: For each candidate its box and places, in pixels from its anchor.
    ///   - logits: For each candidate its score.
    ///   - anchors: Where the candidates stand.
    ///   - minimumScore: The score below which a palm is left out.
    /// - Returns: The palms without those that overlap with better ones.
    /// - Throws: ``InferenceError`` with `.engineFailed` when these are other numbers.
    static func find(
        boxes: [Float], logits: [Float], anchors: [PicturePoint], minimumScore: Float
    ) throws -> [Palm] {
        guard logits.count == anchors.count, boxes.count == numbers * anchors.count else {
            throw InferenceError(.engineFailed, "The network for palms answered with another number of candidates.")
        }
        let palms = logits.indices.compactMap { index -> Palm? in
            let score = logits[index].sigmoid
            guard score >= minimumScore else { return nil }
            let anchor = anchors[index]
            func place(_ number: Int) -> PicturePoint {
                PicturePoint(
                    x: anchor.x + boxes[numbers * index + 2 * number],
                    y: anchor.y + boxes[numbers * index + 2 * number + 1])
            }
            let (middle, size) = (place(0), (boxes[numbers * index + 2], boxes[numbers * index + 3]))
            let box = PictureBox(
                left: middle.x - size.0 / 2, top: middle.y - size.1 / 2, right: middle.x + size.0 / 2,
                bottom: middle.y + size.1 / 2)
            // The first place is the wrist, the third one the root of the middle finger; two numbers of size lie before.
            return Palm(score: score, box: box, wrist: place(2), finger: place(4))
        }
        return withoutOverlaps(palms.map { ($0.box, $0.score) }, limit: 0.3).map { palms[$0] }
    }
}
