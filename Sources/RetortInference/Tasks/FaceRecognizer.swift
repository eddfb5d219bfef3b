// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Compares faces.
///
///     let recognizer = try FaceRecognizer(await repository.model("sface"))
///     let one = try await recognizer.vector(of: face, in: photo).value
///     let isSame = cosineSimilarity(one, other) >= FaceRecognizer.threshold
///
/// A vector of a face is personal data: it finds a person again.
///
/// Source: SFace, arXiv:2205.12010; the threshold is that of OpenCV's model of December 2021.
public struct FaceRecognizer: Sendable {
    /// The similarity from which two faces are taken to be of one person.
    public static let threshold: Float = 0.363

    /// The model.
    public let model: Model

    /// Where eyes, nose and corners of the mouth lie in what the model sees, which is 112 pixels wide and high.
    static let places = [
        PicturePoint(x: 38.2946, y: 51.6963), PicturePoint(x: 73.5318, y: 51.5014),
        PicturePoint(x: 56.0252, y: 71.7366),
        PicturePoint(x: 41.5493, y: 92.3655), PicturePoint(x: 70.7299, y: 92.2041),
    ]
    private static let side = 112

    /// Creates a recognizer.
    ///
    /// - Parameter model: A face of 112 × 112 pixels in, a vector out.
    /// - Throws: ``InferenceError`` with `.invalidDescription` when the model is another one.
    public init(_ model: Model) throws {
        self.model = model
        let input = try model.onlyInput(for: "face comparison")
        let size = try model.pictureSize(input, layout: .planes, open: Self.side, for: "face comparison")
        guard size == (Self.side, Self.side), model.outputs.count == 1 else {
            throw model.unfit(for: "face comparison", "it does not make one vector of a face of 112 × 112 pixels")
        }
    }

    /// A vector that is similar for faces of one person.
    ///
    /// - Parameters:
    ///   - face: A face that was found in the picture.
    ///   - picture: The picture.
    /// - Returns: A vector of the length 1.
    /// - Throws: ``InferenceError``, with `.invalidData` when the face has not five points that differ.
    public func vector(of face: Face, in picture: some Pixels) async throws -> Timed<[Float]> {
        try await besideTheLoop {
            var timing = TaskTiming()
            let tensor = try timing.measure(\.preprocess) { try Self.aligned(face.points, in: picture) }
            let result = try await model.infer([model.inputs[0].name: tensor])
            timing.add(result.timing)
            let vector = try result.output(model.outputs[0].name).elements(as: Float.self).normalised
            return Timed(vector, timing: timing)
        }
    }

    /// The face turned and scaled so that its points lie where the model expects them.
    static func aligned(_ points: [PicturePoint], in picture: some Pixels) throws -> Tensor {
        guard let map = AffineMap.similarity(from: places, to: points) else {
            throw InferenceError(
                .invalidData, "A face has five points that differ, and not \(points.count) like these.")
        }
        let sink = PixelSink<Float>(width: side, height: side, colours: .rgb, normalisation: .none, layout: .planes)
        let numbers = try AffineSampler.sample(picture, map: map, columns: side, border: .black, sink: sink)
        return try Tensor(numbers, shape: [1, 3, side, side])
    }
}
