// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortInference

@testable import RetortLab

/// Requests of the Open Inference Protocol: the first bytes say how long the JSON is and where the body is cut in two.
///
/// What is read must not depend on the cut, and is no larger than what was sent.
@Sendable func fuzzInference(_ input: [UInt8]) {
    guard input.count >= 4, let cut = Cut(Array(input.dropFirst(2))) else { return }
    let length = Int(input[0]) << 8 | Int(input[1])
    for header in [nil, "0", String(length)] {
        let whole = readInference([cut.whole], header: header, length: cut.whole.count)
        let parts = readInference([cut.first, cut.second], header: header, length: nil)
        // Without the length, a body that is too short is found out at its end; both are refused.
        requireEqual(whole?.inputs, parts?.inputs, "A cut changed the tensors.")
        requireEqual(whole?.outputs, parts?.outputs, "A cut changed the outputs.")
        guard let whole else { continue }
        for (name, tensor) in whole.inputs {
            // In JSON an element of eight bytes has one digit and a comma.
            require(tensor.bytes.count <= 8 * cut.whole.count, "'\(name)' is larger than the request.")
            var text: [UInt8] = []
            _ = try? JSONElements.append(tensor, of: name, to: &text)
            _ = try? TopClasses.tensor(tensor, of: name, count: 3, labels: ["a"])
        }
    }
}

private func readInference(_ pieces: [[UInt8]], header: String?, length: Int?) -> InferenceCall? {
    let limits = InferenceProtocolLimits()
    guard var reader = try? InferenceReader(headerLength: header, length: length, limits: limits) else { return nil }
    for piece in pieces {
        do { try reader.append(piece) } catch { return nil }
    }
    switch try? reader.finish() {
    case .call(let call): return call
    case .unread(let json): return try? InferenceCall(json: json, limits: limits)
    case .raw, nil: return nil
    }
}
