// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import Synchronization

/// How a row that is alone is computed by a model that takes batches: by the same model, compiled for one row.
///
/// An axis that is open costs a fifth of the time of a small network, which looks at the shapes of everything again and again.
extension Scheduler {
    struct Alone: Sendable {
        let request: EngineRequest
        /// It lives as long as its request.
        let model: CompiledModel

        /// The number of its request.
        static let slot = -1

        /// With what the model is compiled; nil where it would be no faster, or the goal does not ask for it.
        static func options(_ options: ModelOptions, for model: CompiledModel) -> ModelOptions? {
            guard options.goal == .adaptive, options.streams == nil, options.requests == nil,
                options.queue.maximumBatch > 1
            else { return nil }
            var options = options
            options.queue.maximumBatch = 1
            for input in model.inputs {
                // What is open besides would be open still.
                guard let shape = input.shape, !shape.isEmpty, shape.dropFirst().allSatisfy({ $0.fixed != nil }) else {
                    return nil
                }
                options.shapes[input.name] = [1] + shape.dropFirst()
            }
            return options
        }
    }

    /// Compiles the model for one row, on a thread that nobody needs; until then, and if it fails, all goes on as before.
    func prepareForOne(_ compile: @escaping @Sendable () throws -> CompiledModel) {
        DispatchQueue.global(qos: .utility).async { [weak self] in
            guard let model = try? compile(), let request = try? EngineRequest(model.handle, borrows: true) else {
                return
            }
            self?.state.withLock { $0.alone = Alone(request: request, model: model) }
        }
    }
}
