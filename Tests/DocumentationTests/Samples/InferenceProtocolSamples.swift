// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortInference
import RetortLab

/// Models for programs in other languages.
func inferenceProtocolSamples(in app: inout App) async throws {
    // sample: inference-protocol
    let repository = ModelRepository("/srv/models", engine: try Engine())
    try await repository.refresh()
    try await repository.load("picodet")
    app.mount(InferenceProtocol(repository), at: "/v2")
    app.mount(InferenceMetrics(repository), at: "/metrics")
    // end
}

/// A model that two other servers compute.
func remoteModelSamples(_ tensor: Tensor) async throws -> InferenceResult {
    // sample: remote-model
    var options = RemoteOptions()
    options.connections = 32
    let faces = try await Model.remote(
        "yunet", at: ["http://10.0.0.5:8000/v2", "http://10.0.0.6:8000/v2"], options: options)
    let result = try await faces.infer(["input": tensor])
    // end
    return result
}
