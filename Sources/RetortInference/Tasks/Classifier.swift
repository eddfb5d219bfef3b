// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// One of the classes that a picture may belong to.
public struct Classification: Sendable, Hashable, Codable {
    /// The number of the class.
    public var index: Int
    /// What the class is called; its number where the model has no labels.
    public var label: String
    /// How sure the model is, 0 to 1.
    public var score: Float

    /// Creates a classification.
    ///
    /// - Parameters:
    ///   - index: The number of the class.
    ///   - label: What the class is called.
    ///   - score: How sure the model is, 0 to 1.
    public init(index: Int, label: String, score: Float) {
        self.index = index
        self.label = label
        self.score = score
    }
}

/// Says what a picture shows.
///
///     let classifier = try Classifier(await repository.model("pplcnet-v2"))
///     let best = try await classifier.classify(photo).value.first
///
/// Source: PP-LCNet, arXiv:2109.15099; MobileNetV2, arXiv:1801.04381.
public struct Classifier: Sendable {
    /// The model.
    public let model: Model

    /// How pictures are prepared.
    public var preprocessing: Preprocessing

    /// Creates a classifier.
    ///
    /// - Parameters:
    ///   - model: One picture in, one score for each class out, as probabilities or as logits.
    ///   - preprocessing: How pictures are prepared; as for networks trained on ImageNet when left out.
    /// - Throws: ``InferenceError`` with `.invalidDescription` when the model is another one.
    public init(_ model: Model, preprocessing: Preprocessing? = nil) throws {
        self.model = model
        let usual = try model.imageNetPreprocessing(for: "classification")
        self.preprocessing = preprocessing ?? usual
    }

    /// Says what a picture shows.
    ///
    /// - Parameters:
    ///   - picture: A picture of at least 1 × 1 pixel.
    ///   - count: How many classes are wanted.
    /// - Returns: The most probable classes, best first.
    /// - Throws: ``InferenceError``, as ``Preprocessing/prepare(_:)`` and ``Model/infer(_:)-(InferenceRequest)`` do.
    public func classify(_ picture: some Pixels, count: Int = 5) async throws -> Timed<[Classification]> {
        try await besideTheLoop {
            var timing = TaskTiming()
            let tensor = try timing.measure(\.preprocess) { try preprocessing.prepare(picture).tensor }
            let result = try await model.infer([model.inputs[0].name: tensor])
            timing.add(result.timing)
            let classes = try timing.measure(\.postprocess) {
                try best(of: result.output(model.outputs[0].name).elements(as: Float.self), count: count)
            }
            return Timed(classes, timing: timing)
        }
    }

    private func best(of outputs: [Float], count: Int) -> [Classification] {
        let scores = Self.probabilities(outputs)
        let order = scores.indices.sorted { scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1] }
        return order.prefix(max(count, 0)).map { index in
            Classification(
                index: index, label: model.labels.indices.contains(index) ? model.labels[index] : String(index),
                score: scores[index])
        }
    }

    /// What sums up to one already is left as it is; logits become probabilities.
    static func probabilities(_ outputs: [Float]) -> [Float] {
        if outputs.allSatisfy({ $0 >= 0 && $0 <= 1 }), abs(outputs.reduce(0, +) - 1) < 0.01 { return outputs }
        let largest = outputs.max() ?? 0
        let powers = outputs.map { ($0 - largest).exponential }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
    }
}
