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
