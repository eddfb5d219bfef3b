// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTPTypes
internal import NIOCore
internal import Retort
internal import RetortInference
internal import RetortServer

/// The answer to a request to compute: JSON, and the tensors that are sent as bytes behind it.
///
/// Source: Open Inference Protocol, "Inference Response JSON Object"; Triton, "Binary Tensor Data Extension".
struct InferenceAnswer: Sendable {
    /// The JSON.
    private(set) var json: [UInt8] = []
    /// The tensors behind it.
    private(set) var tensors: [Tensor] = []

    /// Writes an answer.
    init(to call: InferenceCall, from model: Model, _ result: InferenceResult) throws {
        json.append(contentsOf: "{".utf8)
        if let id = call.id {
            json.append(contentsOf: "\"id\":".utf8)
            try JSONElements.append(id, to: &json)
            json.append(UInt8(ascii: ","))
        }
        json.append(contentsOf: "\"model_name\":".utf8)
        try JSONElements.append(model.name, to: &json)
        json.append(contentsOf: ",\"model_version\":".utf8)
        try JSONElements.append(model.version, to: &json)
        json.append(contentsOf: ",\"outputs\":[".utf8)
        for (index, (output, tensor)) in try call.answers(of: model, result).enumerated() {
            if index > 0 { json.append(UInt8(ascii: ",")) }
            try append(tensor, as: output, isBinary: output.isBinary ?? call.prefersBinary)
        }
        json.append(contentsOf: "]}".utf8)
    }

    private mutating func append(_ tensor: Tensor, as output: WantedOutput, isBinary: Bool) throws {
        json.append(contentsOf: "{\"name\":".utf8)
        try JSONElements.append(output.name, to: &json)
        let shape = tensor.shape.map { String($0) }.joined(separator: ",")
        json.append(contentsOf: ",\"datatype\":\"\(tensor.dataType.rawValue)\",\"shape\":[\(shape)],".utf8)
        if isBinary {
            json.append(contentsOf: "\"parameters\":{\"binary_data_size\":\(tensor.bytes.count)}}".utf8)
            tensors.append(tensor)
        } else {
            json.append(contentsOf: "\"data\":".utf8)
            try JSONElements.append(tensor, of: output.name, to: &json)
            json.append(UInt8(ascii: "}"))
        }
    }

    /// How many elements have to be written as text.
    static func textElements(_ call: InferenceCall, _ result: InferenceResult) -> Int {
        guard let wanted = call.outputs else {
            return call.prefersBinary ? 0 : result.outputs.values.reduce(0) { $0 &+ $1.count }
        }
        return wanted.reduce(0) { sum, output in
            let isText = output.classes > 0 || !(output.isBinary ?? call.prefersBinary)
            return isText ? sum &+ (result.outputs[output.name]?.count ?? 0) : sum
        }
    }

    /// The bytes of all of it.
    var byteCount: Int { tensors.reduce(json.count) { $0 + $1.bytes.count } }

    /// The answer as it is sent.
    var response: Response {
        if tensors.isEmpty { return response(.bytes(json)) }
        var buffer = ByteBufferAllocator().buffer(capacity: byteCount)
        buffer.writeBytes(json)
        for tensor in tensors { buffer.writeBytes(tensor.bytes) }
        return response(.buffer(buffer))
    }

    /// The answer as it is sent to a client that asked for it compressed.
    func response(in coding: InferenceCoding) throws -> Response {
        var response = response(.bytes(try coding.pack([json] + tensors.map(\.bytes))))
        response.headers[.contentEncoding] = coding.rawValue
        return response
    }

    private func response(_ body: ResponseBody) -> Response {
        var response = Response(
            body, contentType: tensors.isEmpty ? "application/json" : "application/octet-stream")
        if !tensors.isEmpty { response.headers[.inferenceHeaderLength] = String(json.count) }
        return response
    }
}

extension HTTPField.Name {
    /// The bytes of JSON in front of binary tensors.
    static let inferenceHeaderLength = HTTPField.Name("Inference-Header-Content-Length") ?? .contentLength
}
