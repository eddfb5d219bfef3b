// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What was found in a picture, and where the time went.
public struct Timed<Value: Sendable>: Sendable {
    /// What was found.
    public var value: Value

    /// Where the time went.
    public var timing: TaskTiming

    /// Creates a result.
    ///
    /// - Parameters:
    ///   - value: What was found.
    ///   - timing: Where the time went.
    public init(_ value: Value, timing: TaskTiming) {
        self.value = value
        self.timing = timing
    }
}

/// How long each stage of looking at a picture took.
public struct TaskTiming: Sendable, Hashable {
    /// Making tensors of pixels.
    public var preprocess: Duration = .zero
    /// Waiting for the engine.
    public var queue: Duration = .zero
    /// Computing, with the copying of inputs and outputs.
    public var infer: Duration = .zero
    /// Making sense of what came out.
    public var postprocess: Duration = .zero

    /// Creates a timing of zeros.
    public init() {}

    mutating func add(_ timing: InferenceTiming) {
        queue += timing.queue
        infer += timing.input + timing.compute + timing.output
    }

    /// Runs work, and adds its time to a stage.
    mutating func measure<Result>(
        _ stage: WritableKeyPath<TaskTiming, Duration>, _ work: () throws -> Result
    ) rethrows -> Result {
        let start = ContinuousClock.now
        defer { self[keyPath: stage] += start.duration(to: .now) }
        return try work()
    }
}

extension Model {
    /// How pictures are prepared for a network that was trained on ImageNet: one picture in, one row of numbers out.
    func imageNetPreprocessing(for task: String) throws -> Preprocessing {
        let input = try onlyInput(for: task)
        guard outputs.count == 1, outputs[0].dataType == .float32 else {
            throw unfit(for: task, "it has not one output of FP32")
        }
        let (width, height) = try pictureSize(input, layout: .planes, open: 224, for: task)
        return Preprocessing(
            width: width, height: height, fit: .middle(shortSide: max(width, height) * 8 / 7), interpolation: .area,
            normalisation: .imageNet
        ).fitting(input)
    }

    /// The only input.
    func onlyInput(for task: String) throws -> Port {
        guard inputs.count == 1, let input = inputs.first else {
            throw unfit(for: task, "it has \(inputs.count) inputs, not one")
        }
        return input
    }

    /// Width and height of an input of pictures; the sides that are open are as long as is said.
    func pictureSize(_ input: Port, layout: Preprocessing.Layout, open: Int, for task: String) throws -> (Int, Int) {
        guard let shape = input.shape, shape.count == 4, shape[0].contains(1) else {
            throw unfit(for: task, "its input '\(input.name)' is not one picture")
        }
        let (rows, columns) = layout == .planes ? (shape[2], shape[3]) : (shape[1], shape[2])
        return (columns.fixed ?? open, rows.fixed ?? open)
    }

    func unfit(for task: String, _ reason: String) -> InferenceError {
        InferenceError(.invalidDescription, "Model '\(name)' cannot be used for \(task): \(reason).")
    }
}
