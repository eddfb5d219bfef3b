// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import RetortImaging
public import RetortInference

/// People in pictures: the shapes of faces, hands, the pose of a body, and whether a picture can be shown to everybody.
extension ImageInput {
    /// The shape of each face: 478 points, and how much it smiles, blinks and so on.
    ///
    /// - Parameters:
    ///   - landmarker: The networks.
    ///   - detector: Finds the faces.
    ///   - most: The most faces; the surest are taken.
    /// - Returns: The answer: JSON, or the picture with the points drawn.
    public func answer(
        shaping landmarker: FaceLandmarker, of detector: FaceDetector, most: Int = 5
    ) -> PictureAnswer<FaceShapes> {
        answer(DecodePlan(longestSide: 1_280)) { image async throws in
            let pixels = try ImagePixels(image)
            var shapes: [FaceShapes.Face] = []
            for face in noted(try await detector.detect(in: pixels)).prefix(max(0, most)) {
                shapes.append(FaceShapes.Face(face, noted(try await landmarker.landmarks(of: face, in: pixels))))
            }
            return FaceShapes(faces: shapes, image: image.size)
        }
    }

    /// The pose of one person: 17 joints.
    ///
    /// - Parameters:
    ///   - estimator: The network.
    ///   - minimumScore: The score below which a joint is left out, 0 to 1.
    /// - Returns: The answer: JSON, the annotated picture, COCO.
    public func answer(
        posing estimator: PoseEstimator, minimumScore: Double = Double(Pose.threshold)
    ) -> PictureAnswer<Detections> {
        answer(DecodePlan(longestSide: 1_280)) { image async throws in
            let pose = noted(try await estimator.estimate(in: ImagePixels(image)))
            let joints = pose.joints.filter { Double($0.score) >= minimumScore }.map {
                NamedPoint($0.name.rawValue, at: Point($0.point), score: tidy($0.score))
            }
            guard let box = Box(around: joints.map(\.point)) else { return Detections([Detection](), in: image.size) }
            let person = Detection(box: box, label: "person", score: tidy(pose.score), keypoints: joints)
            return Detections([person], in: image.size)
        }
    }

    /// The hands: 21 points each, and whether it is the left or the right.
    ///
    /// - Parameter finder: The networks.
    /// - Returns: The answer: JSON, the annotated picture, COCO.
    public func answer(finding finder: HandFinder) -> PictureAnswer<Detections> {
        answer(DecodePlan(longestSide: 1_280)) { image async throws in
            let hands = noted(try await finder.find(in: ImagePixels(image)))
            return Detections(
                hands.map { hand in
                    Detection(
                        box: Box(hand.box), label: "\(hand.side.rawValue) hand", score: tidy(hand.score),
                        keypoints: hand.points.map { NamedPoint(at: Point(Double($0.x), Double($0.y))) })
                }, in: image.size)
        }
    }

    /// Whether the picture can be shown to everybody.
    ///
    /// - Parameter rater: The network.
    /// - Returns: The answer: JSON with `score`, 0 for harmless to 1, and `verdict`.
    public func answer(rating rater: SafetyRater) -> PictureAnswer<Measured<Safety>> {
        answer(DecodePlan(longestSide: 640)) { image async throws in
            let rating = noted(try await rater.rate(ImagePixels(image)))
            return Measured(Safety(score: tidy(rating.score), verdict: rating.verdict.rawValue))
        }
    }
}

/// Whether a picture can be shown to everybody.
public struct Safety: Encodable, Sendable, Hashable {
    /// 0 for harmless, up to 1.
    public var score: Double
    /// What the score means.
    public var verdict: String
}

extension Box {
    /// The smallest box around points; nil without any.
    init?(around points: [Point]) {
        guard let left = points.map(\.x).min(), let right = points.map(\.x).max(),
            let top = points.map(\.y).min(), let bottom = points.map(\.y).max()
        else { return nil }
        self.init(left: left, top: top, right: right, bottom: bottom)
    }
}
