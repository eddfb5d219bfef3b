// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A movement of a face, as animators name it.
public struct FaceExpression: Sendable, Hashable, Codable {
    /// The name, as in "mouthSmileLeft"; left and right as the person has them.
    public var name: String
    /// How strong the movement is, 0 to 1.
    public var score: Float

    /// Creates a movement.
    ///
    /// - Parameters:
    ///   - name: The name, as in "mouthSmileLeft".
    ///   - score: How strong the movement is, 0 to 1.
    public init(name: String, score: Float) {
        self.name = name
        self.score = score
    }
}

/// The shape of a face.
public struct FaceLandmarks: Sendable, Hashable, Codable {
    /// How sure the model is that it saw a face, 0 to 1.
    public var presence: Float
    /// 478 places in the order of MediaPipe's face mesh, the last ten of which are on the irises.
    ///
    /// Their depth counts from the middle of the head.
    public var points: [SpatialPoint]
    /// The movements in the order of ``FaceLandmarker/expressionNames``; empty without a model for them.
    public var expressions: [FaceExpression]

    /// Creates the shape of a face.
    ///
    /// - Parameters:
    ///   - presence: How sure the model is that it saw a face, 0 to 1.
    ///   - points: 478 places.
    ///   - expressions: The movements.
    public init(presence: Float, points: [SpatialPoint], expressions: [FaceExpression]) {
        self.presence = presence
        self.points = points
        self.expressions = expressions
    }

    /// How strong a movement is.
    ///
    /// - Parameter name: One of ``FaceLandmarker/expressionNames``.
    /// - Returns: 0 to 1; `nil` when the movement is not known.
    public func score(of name: String) -> Float? { expressions.first { $0.name == name }?.score }
}

/// Finds the shape of a face: 478 places with the irises, and 52 movements such as smiles and blinks.
///
///     let landmarker = try FaceLandmarker(
///         landmarks: await repository.model("face-landmarks"),
///         expressions: await repository.model("face-blendshapes"))
///     let smile = try await landmarker.landmarks(of: face, in: photo).value.score(of: "mouthSmileLeft")
///
/// Source: MediaPipe, Face Landmarker; Kartynnik et al., arXiv:1907.06724, and Grishchenko et al., arXiv:2309.05782.
public struct FaceLandmarker: Sendable {
    /// The model of the places.
    public let landmarks: Model
    /// The model of the movements.
    public let expressions: Model?

    private let side: Int
    private let pointsOutput: String
    private let presenceOutput: String

    /// Creates a landmarker.
    ///
    /// - Parameters:
    ///   - landmarks: A face as rows of red, green and blue in, 478 places and a logit for the presence of a face out.
    ///   - expressions: 146 of these places in, 52 movements out; `nil` where they are not wanted.
    /// - Throws: ``InferenceError`` with `.invalidDescription` when the models are others.
    public init(landmarks: Model, expressions: Model? = nil) throws {
        let task = "landmarks of faces"
        self.landmarks = landmarks
        self.expressions = expressions
        let input = try landmarks.onlyInput(for: task)
        let size = try landmarks.pictureSize(input, layout: .pixels, open: 256, for: task)
        guard size.0 == size.1, input.dataType == .float32, input.shape?.last?.contains(3) == true else {
            throw landmarks.unfit(for: task, "its input '\(input.name)' is not a square picture of three colours")
        }
        side = size.0
        guard let points = landmarks.outputs.first(where: { $0.shape?.last?.fixed == 3 * Self.count }),
            let presence = landmarks.outputs.first(where: { $0.shape?.last?.fixed == 1 })
        else { throw landmarks.unfit(for: task, "it has no output of \(Self.count) places and none of their presence") }
        pointsOutput = points.name
        presenceOutput = presence.name
        if let expressions {
            let input = try expressions.onlyInput(for: "movements of faces")
            guard input.shape?.count == 3, input.shape?[1].contains(Self.subset.count) == true,
                input.shape?[2].contains(2) == true, expressions.outputs.count == 1,
                expressions.outputs[0].shape?.last?.contains(Self.expressionNames.count) == true
            else {
                throw expressions.unfit(
                    for: "movements of faces",
                    "it does not make \(Self.expressionNames.count) numbers of \(Self.subset.count) places")
            }
        }
    }

    /// Finds the shape of a face.
    ///
    /// - Parameters:
    ///   - face: A face that was found in the picture.
    ///   - picture: The picture.
    /// - Returns: Places in pixels of the picture, and movements. A low presence says that there is no face, or one that
    ///   is hidden, and that places and movements mean nothing.
    /// - Throws: ``InferenceError``, with `.invalidData` when the face has no extent or no eyes, and as
    ///   ``Model/infer(_:)-(InferenceRequest)``.
    public func landmarks(of face: Face, in picture: some Pixels) async throws -> Timed<FaceLandmarks> {
        try await besideTheLoop {
            var timing = TaskTiming()
            let sample = try timing.measure(\.preprocess) {
                try SquareSample(Self.square(around: face), of: picture, pixels: side)
            }
            let result = try await landmarks.infer(
                InferenceRequest(
                    inputs: [landmarks.inputs[0].name: sample.tensor], outputs: [pointsOutput, presenceOutput]))
            timing.add(result.timing)
            let numbers = try result.output(pointsOutput).elements(as: Float.self)
            let logit = try result.output(presenceOutput).elements(as: Float.self).first ?? 0
            guard numbers.count == 3 * Self.count else {
                throw InferenceError(.engineFailed, "Model '\(landmarks.name)' answered with \(numbers.count) numbers.")
            }
            let points = sample.points(numbers)
            let movements = try await expressions(of: points, timing: &timing)
            return Timed(
                FaceLandmarks(presence: logit.sigmoid, points: points, expressions: movements), timing: timing)
        }
    }

    private func expressions(of points: [SpatialPoint], timing: inout TaskTiming) async throws -> [FaceExpression] {
        guard let expressions else { return [] }
        let input = try Tensor(
            Self.subset.flatMap { [points[$0].x, points[$0].y] }, shape: [1, Self.subset.count, 2])
        let result = try await expressions.infer([expressions.inputs[0].name: input])
        timing.add(result.timing)
        let scores = try result.output(expressions.outputs[0].name).elements(as: Float.self)
        guard scores.count == Self.expressionNames.count else {
            throw InferenceError(.engineFailed, "Model '\(expressions.name)' answered with \(scores.count) numbers.")
        }
        return zip(Self.expressionNames, scores).map(FaceExpression.init(name:score:))
    }

    /// Half as long again as the face, with the eyes on a level.
    static func square(around face: Face) throws -> TurnedSquare {
        guard face.points.count >= 2 else {
            throw InferenceError(.invalidData, "A face has five points, the eyes first, and not \(face.points.count).")
        }
        let box = face.box
        return TurnedSquare(
            centre: PicturePoint(x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2),
            side: max(box.width, box.height) * 1.5, angle: TurnedSquare.angle(from: face.points[0], to: face.points[1]))
    }
}
