// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortGRPC
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

#if GRPC
    /// The same models over gRPC.
    func grpcSamples(in app: inout App, repository: ModelRepository) {
        // sample: grpc
        var models = InferenceProtocol(repository)
        models.allowsLoading = true
        app.mount(models, at: "/v2")
        app.service(InferenceGRPC(models))
        // end
    }

    /// Over gRPC, for those with a token.
    func guardedGRPCSamples(in app: inout App, models: InferenceProtocol, token: String) {
        // sample: grpc-guarded
        var grpc = InferenceGRPC(models, host: "0.0.0.0", port: 8001)
        grpc.certificate = GRPCCertificate(chain: "/etc/app/chain.pem", key: "/etc/app/key.pem")
        grpc.admit = { caller in
            guard caller.header("authorization") == "Bearer \(token)" else {
                throw HTTPError(.unauthorized, "The token is missing or wrong.")
            }
        }
        grpc.limits.messageBytes = 16 << 20
        app.service(grpc)
        // end
    }
#endif
