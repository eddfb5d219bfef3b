// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortInference

/// Files of NumPy's: what is read must be read again from what is written of it.
@Sendable func fuzzNPY(_ input: [UInt8]) {
    guard let tensor = try? Tensor(npy: input) else { return }
    precondition(tensor.bytes.count <= input.count, "A file became a tensor that is larger than it.")
    guard let file = try? tensor.npy(), let again = try? Tensor(npy: file) else {
        preconditionFailure("A tensor that was read could not be written and read again.")
    }
    precondition(again == tensor, "A tensor changed on its way through a file.")
}

/// Elements of BYTES as they are exchanged; the first byte is their number.
@Sendable func fuzzTexts(_ input: [UInt8]) {
    guard let count = input.first else { return }
    let bytes = Array(input.dropFirst())
    guard let tensor = try? Tensor(dataType: .bytes, shape: [Int(count)], bytes: bytes) else { return }
    guard let texts = try? tensor.texts(), let again = try? Tensor(texts: texts) else {
        preconditionFailure("Texts that were read could not be written.")
    }
    precondition(again.bytes == bytes, "Texts changed on their way.")
    for row in 0..<Int(count) {
        precondition((try? tensor.rows(row..<row + 1).texts()) == [texts[row]], "A row has another text.")
    }
}

/// Descriptions of models: whatever is in them, they are read or refused.
@Sendable func fuzzDescription(_ input: [UInt8]) {
    _ = try? ModelDescription(String(decoding: input, as: UTF8.self))
}
