// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import Logging
package import Retort
package import RetortInference
package import RetortLab
internal import Synchronization

/// A function as what computes for a model, with figures of its own.
package final class FunctionBackend: ModelBackend {
    private let function: @Sendable (InferenceRequest) async throws -> [String: Tensor]
    private let sums = Mutex(ModelStatistics())

    package init(_ function: @escaping @Sendable (InferenceRequest) async throws -> [String: Tensor]) {
        self.function = function
    }

    package var statistics: ModelStatistics { sums.withLock { $0 } }

    package func infer(_ request: InferenceRequest) async throws -> InferenceResult {
        let start = ContinuousClock.now
        do {
            let outputs = try await function(request)
            let time = ContinuousClock.now - start
            let rows = request.inputs.values.first?.shape.first ?? 1
            sums.withLock {
                $0.success.add(time)
                $0.compute.add(time)
                $0.inferences += rows
                $0.batches[rows, default: ModelStatistics.Sum()].add(time)
                $0.lastInference = 1_795_345_216_569
            }
            return InferenceResult(outputs: outputs)
        } catch {
            sums.withLock { $0.failure.add(ContinuousClock.now - start) }
            throw error
        }
    }
}

/// The models that Triton had when its answers were recorded, and some that fail.
package enum SampleModels {
    package static func doubler(_ version: Int, taking time: Duration = .zero) -> Model {
        Model(
            name: "doubler", version: String(version), platform: "swift",
            inputs: [Port(name: "x", dataType: .float32, shape: [-1, 4])],
            outputs: [
                Port(name: "out_x", dataType: .float32, shape: [-1, 4]),
                Port(name: "n", dataType: .int32, shape: [-1, 1]),
            ],
            maximumBatch: 8,
            backend: FunctionBackend { request in
                guard let x = request.inputs["x"] else { return [:] }
                if time > .zero { try await Task.sleep(for: time) }
                let numbers = try x.elements(as: Float.self).map { $0 * Float(2 * version) }
                let rows = x.shape[0]
                return [
                    "out_x": try Tensor(numbers, shape: x.shape),
                    "n": try Tensor([Int32](repeating: Int32(rows), count: rows), shape: [rows, 1]),
                ]
            })
    }

    /// Texts as they came.
    package static var ident: Model {
        Model(
            name: "ident", platform: "swift", inputs: [Port(name: "i", dataType: .bytes, shape: [-1])],
            outputs: [Port(name: "o", dataType: .bytes, shape: [-1])],
            backend: FunctionBackend { request in request.inputs["i"].map { ["o": $0] } ?? [:] })
    }

    /// How bright and how dark a picture is.
    package static var img: Model {
        Model(
            name: "img", platform: "swift",
            inputs: [Port(name: "image", dataType: .uint8, shape: [-1, -1, -1, 3])],
            outputs: [Port(name: "probs", dataType: .float32, shape: [-1, 3])],
            labels: ["bright", "dark", "other"], maximumBatch: 8,
            backend: FunctionBackend { request in
                guard let image = request.inputs["image"] else { return [:] }
                let rows = image.shape[0]
                let numbers = try (0..<rows).flatMap { row -> [Float] in
                    let pixels = try image.rows(row..<row + 1).elements(as: UInt8.self)
                    let mean = pixels.reduce(0) { $0 + Double($1) } / Double(pixels.count)
                    return [Float(mean), Float(255 - mean), 1]
                }
                return ["probs": try Tensor(numbers, shape: [rows, 3])]
            })
    }

    /// A tensor of every type as it came.
    package static var types: Model {
        let types = DataType.allCases
        return Model(
            name: "types", platform: "swift",
            inputs: types.map { Port(name: $0.rawValue, dataType: $0, shape: [-1, -1]) },
            outputs: types.map { Port(name: "out_\($0.rawValue)", dataType: $0, shape: [-1, -1]) },
            backend: FunctionBackend { request in
                Dictionary(uniqueKeysWithValues: request.inputs.map { ("out_\($0.key)", $0.value) })
            })
    }

    /// A model that answers nothing but an error.
    package static func failing(_ name: String, _ error: InferenceError) -> Model {
        Model(
            name: name, platform: "swift", inputs: [Port(name: "x", dataType: .float32, shape: [1])],
            outputs: [Port(name: "y", dataType: .float32, shape: [1])],
            backend: FunctionBackend { _ in throw error })
    }

    package static var all: [Model] {
        [
            doubler(1), doubler(2), ident, img, types,
            failing("full", InferenceError(.overloaded, "Too much waits.", retryAfter: .milliseconds(1_500))),
            failing("broken", InferenceError(.engineFailed, "The engine failed.", underlying: "secret/path")),
        ]
    }

    package static func app(allowsLoading: Bool = true, _ change: (inout InferenceProtocol) -> Void = { _ in }) -> App {
        var app = App()
        app.log.logLevel = .critical
        let models = all
        var inference = InferenceProtocol(models)
        inference.allowsLoading = allowsLoading
        change(&inference)
        app.mount(inference, at: "/v2")
        app.mount(InferenceMetrics(models), at: "/metrics")
        return app
    }
}
