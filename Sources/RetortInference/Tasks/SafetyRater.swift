// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// How likely a picture shows what is not for everybody's eyes.
public struct SafetyRating: Sendable, Hashable, Codable {
    /// What to do with a picture.
    public enum Verdict: String, Sendable, Hashable, Codable {
        /// It can be shown.
        case safe
        /// A person should look at it first.
        case doubtful
        /// It should not be shown.
        case unsafe
    }

    /// The score below which a picture is taken as safe.
    public static let safeBelow: Float = 0.2
    /// The score from which a picture is taken as unsafe.
    public static let unsafeFrom: Float = 0.8

    /// How likely the picture is pornographic, 0 to 1.
    public var score: Float

    /// Creates a rating.
    ///
    /// - Parameter score: How likely the picture is pornographic, 0 to 1.
    public init(score: Float) {
        self.score = score
    }

    /// What the score means, by the bounds that the makers of the model advise; what is no number is doubtful.
    public var verdict: Verdict {
        if score < Self.safeBelow { return .safe }
        return score >= Self.unsafeFrom ? .unsafe : .doubtful
    }
}

/// Says whether a picture can be shown to everybody.
///
///     let rater = try SafetyRater(await repository.model("open-nsfw"))
///     guard try await rater.rate(upload).value.verdict == .safe else { return refused }
///
/// The model knows pornography, and neither violence nor drawings. It errs, so that what it doubts is for a person.
///
/// Source: Yahoo, open_nsfw, 2016.
public struct SafetyRater: Sendable {
    /// The model.
    public let model: Model

    private let preprocessing: Preprocessing

    /// Creates a rater.
    ///
    /// - Parameter model: One picture as rows of blue, green and red in; how likely it is safe, and not, out.
    /// - Throws: ``InferenceError`` with `.invalidDescription` when the model is another one.
    public init(_ model: Model) throws {
        self.model = model
        let task = "rating safety"
        let input = try model.onlyInput(for: task)
        guard model.outputs.count == 1, model.outputs[0].dataType == .float32,
            model.outputs[0].shape?.count == 2, model.outputs[0].shape?.last?.contains(2) == true
        else { throw model.unfit(for: task, "it has not one output of two numbers") }
        guard input.dataType == .float32, input.shape?.last?.contains(3) == true else {
            throw model.unfit(for: task, "its input '\(input.name)' has not three colours for each pixel")
        }
        let (width, height) = try model.pictureSize(input, layout: .pixels, open: 224, for: task)
        // The makers scaled to 256 × 256 whatever the shape, and looked at 224 × 224 of it.
        preprocessing = Preprocessing(
            width: width, height: height, fit: .middleOfSquare(side: max(width, height) * 8 / 7), colours: .bgr,
            normalisation: Preprocessing.Normalisation(mean: [123, 117, 104], deviation: [1, 1, 1]), layout: .pixels)
    }

    /// Rates a picture.
    ///
    /// - Parameter picture: A picture of at least 1 × 1 pixel.
    /// - Returns: How likely it is unsafe.
    /// - Throws: ``InferenceError``, as ``Preprocessing/prepare(_:)`` and ``Model/infer(_:)-(InferenceRequest)`` do.
    public func rate(_ picture: some Pixels) async throws -> Timed<SafetyRating> {
        try await besideTheLoop {
            var timing = TaskTiming()
            let tensor = try timing.measure(\.preprocess) { try preprocessing.prepare(picture).tensor }
            let result = try await model.infer([model.inputs[0].name: tensor])
            timing.add(result.timing)
            let scores = try result.output(model.outputs[0].name).elements(as: Float.self)
            guard scores.count == 2 else {
                throw InferenceError(
                    .engineFailed, "Model '\(model.name)' answered with \(scores.count) numbers, not two.")
            }
            return Timed(SafetyRating(score: scores[1]), timing: timing)
        }
    }
}
