// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What a model is asked.
public struct InferenceRequest: Sendable {
    /// A tensor for every input.
    public var inputs: [String: Tensor]

    /// The outputs that are wanted; `nil` for all.
    public var outputs: [String]?

    /// Requests with a higher number are computed first; 0 by default.
    public var priority = 0

    /// When the answer has lost its use; `nil` for never.
    public var deadline: ContinuousClock.Instant?

    /// Creates a request.
    ///
    /// - Parameters:
    ///   - inputs: A tensor for every input.
    ///   - outputs: The outputs that are wanted; `nil` for all.
    ///   - priority: Requests with a higher number are computed first.
    ///   - deadline: When the answer has lost its use; `nil` for never.
    public init(
        inputs: [String: Tensor], outputs: [String]? = nil, priority: Int = 0,
        deadline: ContinuousClock.Instant? = nil
    ) {
        self.inputs = inputs
        self.outputs = outputs
        self.priority = priority
        self.deadline = deadline
    }
}

/// What a model answers.
public struct InferenceResult: Sendable {
    /// The outputs by name.
    public var outputs: [String: Tensor]

    /// Where the time went.
    public var timing: InferenceTiming

    /// How many rows were computed together with this request, its own included.
    public var batchSize: Int

    /// Creates an answer.
    ///
    /// - Parameters:
    ///   - outputs: The outputs by name.
    ///   - timing: Where the time went.
    ///   - batchSize: How many rows were computed together with this request, its own included.
    public init(outputs: [String: Tensor], timing: InferenceTiming = InferenceTiming(), batchSize: Int = 1) {
        self.outputs = outputs
        self.timing = timing
        self.batchSize = batchSize
    }

    /// The output of that name.
    ///
    /// - Parameter name: The name of an output that was asked for.
    /// - Returns: Its tensor.
    /// - Throws: ``InferenceError`` with `.inputNames` when there is none.
    public func output(_ name: String) throws -> Tensor {
        guard let tensor = outputs[name] else {
            throw InferenceError(.inputNames, "There is no output '\(name)'.")
        }
        return tensor
    }
}

/// How long each stage of an inference took.
public struct InferenceTiming: Sendable, Hashable {
    /// Waiting for the engine.
    public var queue: Duration = .zero
    /// Copying the inputs.
    public var input: Duration = .zero
    /// Computing.
    public var compute: Duration = .zero
    /// Copying the outputs.
    public var output: Duration = .zero

    /// Creates a timing of zeros.
    public init() {}
}
