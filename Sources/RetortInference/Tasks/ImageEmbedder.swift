// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Makes a vector of a picture, which is similar for pictures that look alike.
///
///     let embedder = try ImageEmbedder(await repository.model("mobilenet-v3-embedding"))
///     let likeness = cosineSimilarity(try await embedder.vector(of: one).value, try await embedder.vector(of: other).value)
///
/// Source: MobileNetV3, arXiv:1905.02244, without its last layer.
public struct ImageEmbedder: Sendable {
    /// The model.
    public let model: Model

    /// How pictures are prepared.
    public var preprocessing: Preprocessing

    /// Creates an embedder.
    ///
    /// - Parameters:
    ///   - model: One picture in, one vector out.
    ///   - preprocessing: How pictures are prepared; as for networks trained on ImageNet when left out.
    /// - Throws: ``InferenceError`` with `.invalidDescription` when the model is another one.
    public init(_ model: Model, preprocessing: Preprocessing? = nil) throws {
        self.model = model
        let usual = try model.imageNetPreprocessing(for: "vectors")
        self.preprocessing = preprocessing ?? usual
    }

    /// Makes a vector of a picture.
    ///
    /// - Parameter picture: A picture of at least 1 × 1 pixel.
    /// - Returns: A vector of the length 1.
    /// - Throws: ``InferenceError``, as ``Preprocessing/prepare(_:)`` and ``Model/infer(_:)-(InferenceRequest)`` do.
    public func vector(of picture: some Pixels) async throws -> Timed<[Float]> {
        try await besideTheLoop {
            var timing = TaskTiming()
            let tensor = try timing.measure(\.preprocess) { try preprocessing.prepare(picture).tensor }
            let result = try await model.infer([model.inputs[0].name: tensor])
            timing.add(result.timing)
            let vector = try result.output(model.outputs[0].name).elements(as: Float.self).normalised
            return Timed(vector, timing: timing)
        }
    }
}
