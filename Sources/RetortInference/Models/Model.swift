// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What computes for a ``Model``: the engine in this process, or a server somewhere else.
public protocol ModelBackend: Sendable {
    /// Computes the outputs.
    ///
    /// - Parameter request: Its inputs have been checked against the model's.
    /// - Returns: The outputs that were asked for.
    /// - Throws: ``InferenceError``, or `CancellationError` when the task was cancelled.
    func infer(_ request: InferenceRequest) async throws -> InferenceResult

    /// What has been computed so far.
    var statistics: ModelStatistics { get }
}

/// A function from tensors to tensors that was learnt from examples.
///
/// A model can be used by any number of tasks at once, and waiting for it blocks no thread. It lives as long as somebody
/// has it.
///
///     let result = try await model.infer(["input": tensor])
///     let scores = try result.output("scores").elements(as: Float.self)
public struct Model: Sendable {
    /// The name, for people and addresses.
    public var name: String

    /// The version, which is a number in a repository.
    public var version: String

    /// The format, in the spelling of the Open Inference Protocol, as in "onnx_onnxv1".
    public var platform: String

    /// What must be given.
    public let inputs: [Port]

    /// What comes out.
    public let outputs: [Port]

    /// What the numbers of classes mean; empty where that is not known.
    public var labels: [String]

    /// What the makers of the model have written into its file, as in "character" for the letters of a reader of texts.
    public var metadata: [String: String] = [:]

    /// The most rows that are computed together; 1 where requests are computed alone.
    public var maximumBatch: Int

    private let backend: any ModelBackend

    /// Creates a model.
    ///
    /// - Parameters:
    ///   - name: The name, for people and addresses.
    ///   - version: The version.
    ///   - platform: The format, in the spelling of the Open Inference Protocol.
    ///   - inputs: What must be given.
    ///   - outputs: What comes out.
    ///   - labels: What the numbers of classes mean.
    ///   - maximumBatch: The most rows that are computed together.
    ///   - backend: What computes.
    public init(
        name: String, version: String = "1", platform: String, inputs: [Port], outputs: [Port], labels: [String] = [],
        maximumBatch: Int = 1, backend: any ModelBackend
    ) {
        self.name = name
        self.version = version
        self.platform = platform
        self.inputs = inputs
        self.outputs = outputs
        self.labels = labels
        self.maximumBatch = maximumBatch
        self.backend = backend
    }

    /// What has been computed so far.
    public var statistics: ModelStatistics { backend.statistics }

    /// Computes all outputs.
    ///
    /// - Parameter inputs: A tensor for every input.
    /// - Returns: The outputs.
    /// - Throws: As ``infer(_:)-(InferenceRequest)``.
    public func infer(_ inputs: [String: Tensor]) async throws -> InferenceResult {
        try await infer(InferenceRequest(inputs: inputs))
    }

    /// Computes outputs.
    ///
    /// When the task is cancelled or the deadline passes, the request leaves the queue, or its computation is stopped.
    ///
    /// - Parameter request: What is asked.
    /// - Returns: The outputs that were asked for.
    /// - Throws: ``InferenceError`` with `.inputNames`, `.wrongType` or `.wrongShape` for inputs that do not fit,
    ///   `.overloaded` when too many wait, `.deadlinePassed`, `.engineFailed`; `CancellationError` when the task was
    ///   cancelled.
    public func infer(_ request: InferenceRequest) async throws -> InferenceResult {
        try check(request)
        try Task.checkCancellation()
        if let deadline = request.deadline, deadline <= .now {
            throw InferenceError(.deadlinePassed, "The deadline had passed before the request came to the model.")
        }
        return try await backend.infer(request)
    }

    /// Where requests are computed together, the first axis of every input counts the rows of the request.
    private func checkRows(_ request: InferenceRequest) throws {
        guard maximumBatch > 1, let rows = inputs.first.flatMap({ request.inputs[$0.name]?.shape.first }) else {
            return
        }
        guard rows >= 1, rows <= maximumBatch else {
            throw InferenceError(.wrongShape, "A request has 1 to \(maximumBatch) rows, not \(rows).")
        }
        for input in inputs where request.inputs[input.name]?.shape.first != rows {
            throw InferenceError(.wrongShape, "The inputs have different lengths along the first axis.")
        }
    }

    private func check(_ request: InferenceRequest) throws {
        for input in inputs {
            guard let tensor = request.inputs[input.name] else {
                throw InferenceError(.inputNames, "Input '\(input.name)' of model '\(name)' is missing.")
            }
            try input.check(tensor)
        }
        try checkRows(request)
        if request.inputs.count > inputs.count {
            let known = inputs.map(\.name)
            let stranger = request.inputs.keys.filter { !known.contains($0) }.min() ?? ""
            throw InferenceError(
                .inputNames,
                "Model '\(name)' has no input '\(stranger)'; it has \(known.joined(separator: ", ")).")
        }
        for output in request.outputs ?? [] where !outputs.contains(where: { $0.name == output }) {
            throw InferenceError(
                .inputNames,
                "Model '\(name)' has no output '\(output)'; it has \(outputs.map(\.name).joined(separator: ", ")).")
        }
    }
}
