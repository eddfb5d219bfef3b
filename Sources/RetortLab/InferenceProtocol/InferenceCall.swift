// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import RetortInference

extension InferenceCall {
    /// A request that is nothing but JSON.
    init(json: [UInt8], limits: InferenceProtocolLimits) throws {
        let header = try InferenceHeader(json: json, limits: limits)
        if let input = header.binaryInputs.first {
            throw InferenceHeader.invalid(
                "Input '\(input.name)' is binary, and the header Inference-Header-Content-Length is missing.")
        }
        self = header.call
    }

    /// A request that is nothing but the bytes of a model's only input.
    ///
    /// Its shape follows from the model: one row where rows are computed together, and at most one axis that is as long as
    /// the bytes make it. BYTES have one element, which is all of the bytes, so that a picture can be sent as it is.
    ///
    /// Source: Triton, "Binary Tensor Data Extension", "Raw Binary Request".
    init(raw bytes: [UInt8], for model: Model) throws {
        guard let input = model.inputs.first, model.inputs.count == 1 else {
            throw InferenceHeader.invalid(
                "Model '\(model.name)' has \(model.inputs.count) inputs; bytes without JSON need a model with one.")
        }
        guard var axes = input.shape else {
            throw InferenceHeader.invalid("The shape of input '\(input.name)' does not follow from its bytes.")
        }
        if model.maximumBatch > 1, !axes.isEmpty { axes[0] = 1 }
        prefersBinary = true
        guard let size = input.dataType.size else {
            guard axes.allSatisfy({ $0.contains(1) }) else {
                throw InferenceHeader.invalid("Input '\(input.name)' has more than one element; send JSON in front.")
            }
            let shape = axes.map { _ in 1 }
            inputs[input.name] = try Tensor(texts: [bytes], shape: shape)
            return
        }
        let open = axes.indices.filter { axes[$0].fixed == nil }
        guard open.count <= 1 else {
            throw InferenceHeader.invalid(
                "Input '\(input.name)' has \(open.count) axes of any length; send JSON in front that says the shape.")
        }
        var shape = axes.map { $0.fixed ?? 1 }
        let (known, overflow) = try InferenceRules.elements(of: shape, input.name).multipliedReportingOverflow(
            by: size)
        if !overflow, known > 0, let axis = open.first { shape[axis] = bytes.count / known }
        do {
            inputs[input.name] = try Tensor(dataType: input.dataType, shape: shape, bytes: bytes)
        } catch let error as InferenceError {
            throw InferenceError(error.code, "Input '\(input.name)': \(error.message)")
        }
    }
}
