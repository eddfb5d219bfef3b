// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A joint of a body, or another place that shows how it is held.
public struct PoseJoint: Sendable, Hashable, Codable {
    /// Which one it is; left and right as the person has them.
    public enum Name: String, Sendable, Hashable, Codable, CaseIterable {
        /// The tip of the nose.
        case nose
        /// An eye.
        case leftEye, rightEye
        /// An ear.
        case leftEar, rightEar
        /// A shoulder.
        case leftShoulder, rightShoulder
        /// An elbow.
        case leftElbow, rightElbow
        /// A wrist.
        case leftWrist, rightWrist
        /// A hip.
        case leftHip, rightHip
        /// A knee.
        case leftKnee, rightKnee
        /// An ankle.
        case leftAnkle, rightAnkle
    }

    /// Which one it is.
    public var name: Name
    /// Where it is, in pixels of the picture.
    public var point: PicturePoint
    /// How sure the model is, 0 to 1.
    public var score: Float

    /// Creates a joint.
    ///
    /// - Parameters:
    ///   - name: Which one it is.
    ///   - point: Where it is, in pixels of the picture.
    ///   - score: How sure the model is, 0 to 1.
    public init(name: Name, point: PicturePoint, score: Float) {
        self.name = name
        self.point = point
        self.score = score
    }
}

/// How a body is held.
public struct Pose: Sendable, Hashable, Codable {
    /// The score from which a joint is usually taken as seen.
    public static let threshold: Float = 0.3

    /// The pairs of joints between which a skeleton has a line.
    public static let bones: [(PoseJoint.Name, PoseJoint.Name)] = [
        (.nose, .leftEye), (.nose, .rightEye), (.leftEye, .leftEar), (.rightEye, .rightEar),
        (.leftShoulder, .rightShoulder), (.leftShoulder, .leftElbow), (.leftElbow, .leftWrist),
        (.rightShoulder, .rightElbow), (.rightElbow, .rightWrist), (.leftShoulder, .leftHip),
        (.rightShoulder, .rightHip), (.leftHip, .rightHip), (.leftHip, .leftKnee), (.leftKnee, .leftAnkle),
        (.rightHip, .rightKnee), (.rightKnee, .rightAnkle),
    ]

    /// All 17 joints, in the order of ``PoseJoint/Name``; those that cannot be seen are guesses with a low score.
    public var joints: [PoseJoint]

    /// Creates a pose.
    ///
    /// - Parameter joints: All joints in the order of their names.
    public init(joints: [PoseJoint]) {
        self.joints = joints
    }

    /// How sure the model is of all of them in the mean, 0 to 1.
    public var score: Float {
        joints.isEmpty ? 0 : joints.reduce(0) { $0 + $1.score } / Float(joints.count)
    }

    /// A joint.
    ///
    /// - Parameters:
    ///   - name: Which one.
    ///   - minimumScore: The score below which it counts as not seen.
    /// - Returns: The joint; `nil` when it was not seen.
    public func joint(_ name: PoseJoint.Name, minimumScore: Float = Pose.threshold) -> PoseJoint? {
        joints.first { $0.name == name && $0.score >= minimumScore }
    }
}

/// Finds how a person holds the body: 17 joints.
///
///     let estimator = try PoseEstimator(await repository.model("movenet-lightning"))
///     let wrist = try await estimator.estimate(in: photo).value.joint(.leftWrist)
///
/// The model sees one person. With the boxes of an ``ObjectDetector`` it sees one after the other:
///
///     for person in found where person.label == "person" {
///         let pose = try await estimator.estimate(in: photo, box: person.box).value
///     }
///
/// Source: TensorFlow Hub, MoveNet SinglePose, model card of 2021; the joints are those of COCO.
public struct PoseEstimator: Sendable {
    /// The model.
    public let model: Model

    private let preprocessing: Preprocessing

    /// Creates an estimator.
    ///
    /// - Parameter model: MoveNet for one person: a picture as bytes of red, green and blue in, 17 times row, column and
    ///   score out.
    /// - Throws: ``InferenceError`` with `.invalidDescription` when the model is another one.
    public init(_ model: Model) throws {
        self.model = model
        let task = "poses"
        let input = try model.onlyInput(for: task)
        guard input.dataType == .uint8, input.shape?.last?.contains(3) == true else {
            throw model.unfit(for: task, "its input '\(input.name)' is not a picture of bytes with three colours")
        }
        guard model.outputs.count == 1, let shape = model.outputs[0].shape, shape.count == 4,
            shape[2].contains(PoseJoint.Name.allCases.count), shape[3].contains(3)
        else { throw model.unfit(for: task, "it has not one output of 17 times three numbers") }
        let (width, height) = try model.pictureSize(input, layout: .pixels, open: 192, for: task)
        preprocessing = Preprocessing(
            width: width, height: height, fit: .letterbox, layout: .pixels, dataType: .uint8)
    }

    /// Finds how a person holds the body.
    ///
    /// - Parameters:
    ///   - picture: A picture of at least 1 × 1 pixel.
    ///   - box: Where the person is, in pixels of the picture; a quarter is added to its sides. `nil` for the whole
    ///     picture.
    /// - Returns: The pose of the person that stands out; scores say whether there is one.
    /// - Throws: ``InferenceError``, with `.invalidData` for a box outside the picture, and as
    ///   ``Preprocessing/prepare(_:)`` and ``Model/infer(_:)-(InferenceRequest)`` do.
    public func estimate(in picture: some Pixels, box: PictureBox? = nil) async throws -> Timed<Pose> {
        try await besideTheLoop {
            var timing = TaskTiming()
            let (prepared, corner) = try timing.measure(\.preprocess) {
                try preprocessing.prepare(picture, part: box?.grown(by: 0.25))
            }
            let result = try await model.infer([model.inputs[0].name: prepared.tensor])
            timing.add(result.timing)
            let numbers = try result.output(model.outputs[0].name).elements(as: Float.self)
            let names = PoseJoint.Name.allCases
            guard numbers.count == 3 * names.count else {
                throw InferenceError(.engineFailed, "Model '\(model.name)' answered with \(numbers.count) numbers.")
            }
            let joints = names.enumerated().map { index, name in
                let place = prepared.mapping.point(
                    PicturePoint(
                        x: numbers[3 * index + 1] * Float(preprocessing.width),
                        y: numbers[3 * index] * Float(preprocessing.height)))
                return PoseJoint(
                    name: name, point: PicturePoint(x: place.x + corner.x, y: place.y + corner.y),
                    score: numbers[3 * index + 2])
            }
            return Timed(Pose(joints: joints), timing: timing)
        }
    }
}
