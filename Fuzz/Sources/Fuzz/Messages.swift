// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortInference

@testable import RetortGRPC
@testable import RetortLab

/// Messages of gRPC: requests to compute, and those that ask for models.
///
/// What is read is no larger than what was sent makes possible, a field at the end counts, and what is written is as long
/// as it was said to be.
@Sendable func fuzzMessages(_ input: [UInt8]) {
    for fields in [ControlMessage.Fields.none, .model, .index, .repositoryModel, .health] {
        _ = try? input.withUnsafeBytes { try ControlMessage($0, fields) }
    }
    guard let message = readMessage(input), let call = try? message.call.get() else { return }
    require(message.id.utf8.count <= InferenceProtocolLimits().idBytes, "The name of the request is too long.")
    for (name, tensor) in call.inputs {
        // An element of eight bytes has one at least; a text of none has a tag and a length.
        require(tensor.bytes.count <= 8 * input.count, "'\(name)' is larger than the request.")
    }
    let model = Model(name: "m", platform: "", inputs: [], outputs: [], backend: NoBackend())
    let answers = call.inputs.map { (WantedOutput(name: $0.key), $0.value) }
    let answer = MessageWriter.answer(to: message, from: model, answers)
    let bytes = answer.bytes
    require(bytes.count == answer.count, "The length of the answer is not its length.")
    var copy = [UInt8](repeating: 0, count: answer.count)
    copy.withUnsafeMutableBytes { answer.copy(to: $0) }
    require(copy == bytes, "The answer is not what was written.")
    let again = readMessage(input + [0x0a, 0x01, 0x6d])
    require(again?.model == "m", "A field at the end does not count.")
    requireEqual((try? again?.call.get())?.inputs, call.inputs, "A field at the end changed the tensors.")
}

private func readMessage(_ bytes: [UInt8]) -> InferMessage? {
    try? bytes.withUnsafeBytes { try InferMessage($0, limits: InferenceProtocolLimits(), typedBytes: 16 << 10) }
}

private struct NoBackend: ModelBackend {
    var statistics: ModelStatistics { ModelStatistics() }

    func infer(_ request: InferenceRequest) async throws -> InferenceResult { InferenceResult(outputs: [:]) }
}
