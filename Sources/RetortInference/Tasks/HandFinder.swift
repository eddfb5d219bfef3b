// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A hand that was found in a picture.
public struct Hand: Sendable, Hashable, Codable {
    /// Which hand of the person it is.
    public enum Side: String, Sendable, Hashable, Codable {
        /// The left one.
        case left
        /// The right one.
        case right
    }

    /// How sure the models are that it is a hand, 0 to 1.
    public var score: Float
    /// Which hand of the person it is, if the picture is no mirror image.
    public var side: Side
    /// How sure the model is of the side, 0.5 to 1.
    public var sideScore: Float
    /// 21 places: the wrist, and then four for each finger from its root to its tip, from the thumb to the little finger.
    ///
    /// Their depth counts from the wrist.
    public var points: [SpatialPoint]

    /// Creates a hand.
    ///
    /// - Parameters:
    ///   - score: How sure the models are that it is a hand, 0 to 1.
    ///   - side: Which hand of the person it is.
    ///   - sideScore: How sure the model is of the side, 0.5 to 1.
    ///   - points: 21 places.
    public init(score: Float, side: Side, sideScore: Float, points: [SpatialPoint]) {
        self.score = score
        self.side = side
        self.sideScore = sideScore
        self.points = points
    }

    /// The rectangle around its places.
    public var box: PictureBox {
        let (x, y) = (points.map(\.x), points.map(\.y))
        return PictureBox(left: x.min() ?? 0, top: y.min() ?? 0, right: x.max() ?? 0, bottom: y.max() ?? 0)
    }

    /// The pairs of places between which a skeleton has a line.
    public static let bones: [(Int, Int)] =
        [(5, 9), (9, 13), (13, 17)]
        + (0..<5).flatMap { finger in
            let root = 4 * finger + 1
            return [(0, root), (root, root + 1), (root + 1, root + 2), (root + 2, root + 3)]
        }
}

/// Finds hands with 21 places: one network finds palms, another one looks at each of them.
///
///     let finder = try HandFinder(
///         palms: await repository.model("palm-detection"), landmarks: await repository.model("hand-landmarks"))
///     let hands = try await finder.find(in: photo).value
///
/// Source: MediaPipe Hands, arXiv:2006.10214.
public struct HandFinder: Sendable {
    /// The model that finds palms.
    public let palms: Model
    /// The model that looks at a hand.
    public let landmarks: Model

    /// The most palms that are looked at, best first.
    public var maximumHands = 8

    private let preprocessing: Preprocessing
    private let side: Int
    private let anchors: [PicturePoint]
    private static let pointCount = 21

    /// Creates a finder.
    ///
    /// - Parameters:
    ///   - palms: A picture of 192 × 192 as rows of red, green and blue in, 2016 candidates of 18 numbers and their logits
    ///     out.
    ///   - landmarks: A hand as rows of red, green and blue in; 21 places, the presence of a hand and its side out.
    /// - Throws: ``InferenceError`` with `.invalidDescription` when the models are others.
    public init(palms: Model, landmarks: Model) throws {
        self.palms = palms
        self.landmarks = landmarks
        let palm = try palms.onlyInput(for: "finding palms")
        let size = try palms.pictureSize(palm, layout: .pixels, open: 192, for: "finding palms")
        anchors = PalmCandidates.anchors(side: size.0)
        guard size.0 == size.1, palm.dataType == .float32, palms.outputs.count == 2,
            palms.outputs[0].shape?.map(\.fixed) == [1, anchors.count, PalmCandidates.numbers],
            palms.outputs[1].shape?.map(\.fixed) == [1, anchors.count, 1]
        else {
            throw palms.unfit(
                for: "finding palms", "it does not make \(anchors.count) candidates of a square of \(size.0) pixels")
        }
        preprocessing = Preprocessing(
            width: size.0, height: size.1, fit: .letterbox, normalisation: .unit, layout: .pixels)
        let hand = try landmarks.onlyInput(for: "landmarks of hands")
        let handSize = try landmarks.pictureSize(hand, layout: .pixels, open: 224, for: "landmarks of hands")
        guard handSize.0 == handSize.1, hand.dataType == .float32, landmarks.outputs.count >= 3,
            landmarks.outputs[0].shape?.last?.contains(3 * Self.pointCount) == true,
            landmarks.outputs[1].shape?.last?.contains(1) == true, landmarks.outputs[2].shape?.last?.contains(1) == true
        else {
            throw landmarks.unfit(
                for: "landmarks of hands",
                "it does not make \(Self.pointCount) places, a presence and a side of a square")
        }
        side = handSize.0
    }

    /// Finds hands in a picture.
    ///
    /// - Parameters:
    ///   - picture: A picture of at least 1 × 1 pixel.
    ///   - box: The part of the picture that is looked at, in pixels; `nil` for all of it. Palms of less than a twentieth
    ///     of its longer side are overlooked, so that the hands of persons far away are found in the boxes of an
    ///     ``ObjectDetector``.
    ///   - minimumPalmScore: The score below which a palm is not looked at, 0 to 1.
    ///   - minimumScore: The score below which a hand is left out, 0 to 1. Sleeves and faces pass for palms now and then,
    ///     but not for hands.
    /// - Returns: Hands, best first, with places in pixels of the picture.
    /// - Throws: ``InferenceError``, with `.invalidData` for a box outside the picture, and as
    ///   ``Preprocessing/prepare(_:)`` and ``Model/infer(_:)-(InferenceRequest)`` do.
    public func find(
        in picture: some Pixels, box: PictureBox? = nil, minimumPalmScore: Float = 0.5, minimumScore: Float = 0.5
    ) async throws -> Timed<[Hand]> {
        try await besideTheLoop {
            var timing = TaskTiming()
            let (prepared, corner) = try timing.measure(\.preprocess) {
                try preprocessing.prepare(picture, part: box)
            }
            let result = try await palms.infer([palms.inputs[0].name: prepared.tensor])
            timing.add(result.timing)
            let candidates = try timing.measure(\.postprocess) {
                try PalmCandidates.find(
                    boxes: result.output(palms.outputs[0].name).elements(as: Float.self),
                    logits: result.output(palms.outputs[1].name).elements(as: Float.self), anchors: anchors,
                    minimumScore: minimumPalmScore)
            }
            var hands: [Hand] = []
            for candidate in candidates.prefix(max(maximumHands, 0)) {
                let square = candidate.mapped(prepared.mapping, corner).square
                // A palm of no extent is none.
                guard square.map(pixels: side) != nil else { continue }
                if let hand = try await look(at: square, in: picture, minimumScore: minimumScore, timing: &timing) {
                    hands.append(hand)
                }
            }
            // Two palms may lead to one hand.
            let kept = withoutOverlaps(hands.map { ($0.box, $0.score) }, limit: 0.5)
            return Timed(kept.map { hands[$0] }, timing: timing)
        }
    }

    private func look(
        at square: TurnedSquare, in picture: some Pixels, minimumScore: Float, timing: inout TaskTiming
    ) async throws -> Hand? {
        let sample = try timing.measure(\.preprocess) { try SquareSample(square, of: picture, pixels: side) }
        let names = landmarks.outputs.prefix(3).map(\.name)
        let result = try await landmarks.infer(
            InferenceRequest(inputs: [landmarks.inputs[0].name: sample.tensor], outputs: names))
        timing.add(result.timing)
        let numbers = try names.map { try result.output($0).elements(as: Float.self) }
        guard numbers[0].count == 3 * Self.pointCount, let presence = numbers[1].first, let right = numbers[2].first
        else {
            throw InferenceError(.engineFailed, "Model '\(landmarks.name)' answered with \(numbers[0].count) numbers.")
        }
        guard presence >= minimumScore else { return nil }
        return Hand(
            score: presence, side: right >= 0.5 ? .right : .left, sideScore: max(right, 1 - right),
            points: sample.points(numbers[0]))
    }
}
