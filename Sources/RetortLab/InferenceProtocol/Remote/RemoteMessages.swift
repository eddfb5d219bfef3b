// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import RetortInference
internal import RetortWire

/// Requests to servers of the protocol, and what their answers mean.
enum RemoteMessages {
    /// A request: JSON, and the tensors that follow it, which are not copied.
    static func request(_ request: InferenceRequest, timeout: Duration?) throws -> (text: [UInt8], tensors: [[UInt8]]) {
        var text = Array("{\"inputs\":[".utf8)
        var tensors: [[UInt8]] = []
        for (index, (name, tensor)) in request.inputs.sorted(by: { $0.key < $1.key }).enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            text.append(contentsOf: "{\"name\":".utf8)
            try JSONElements.append(name, to: &text)
            let shape = tensor.shape.map { String($0) }.joined(separator: ",")
            text.append(
                contentsOf: (",\"datatype\":\"\(tensor.dataType.rawValue)\",\"shape\":[\(shape)],"
                    + "\"parameters\":{\"binary_data_size\":\(tensor.bytes.count)}}").utf8)
            tensors.append(tensor.bytes)
        }
        text.append(contentsOf: "],".utf8)
        if let outputs = request.outputs {
            text.append(contentsOf: "\"outputs\":[".utf8)
            for (index, name) in outputs.enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                text.append(contentsOf: "{\"name\":".utf8)
                try JSONElements.append(name, to: &text)
                text.append(contentsOf: ",\"parameters\":{\"binary_data\":true}}".utf8)
            }
            text.append(contentsOf: "],".utf8)
        }
        text.append(contentsOf: "\"parameters\":{\"binary_data_output\":true".utf8)
        // The other side counts from 1, the highest.
        if request.priority > 0 {
            text.append(contentsOf: ",\"priority\":\(max(Int(Int32.max) - request.priority, 1))".utf8)
        }
        if let timeout {
            text.append(contentsOf: ",\"timeout\":\(max(timeout.nanoseconds / 1_000, 1))".utf8)
        }
        text.append(contentsOf: "}}".utf8)
        return (text, tensors)
    }

    /// The tensors of an answer.
    ///
    /// - Throws: `InferenceError` with `.engineFailed` for what is no answer of the protocol.
    static func outputs(_ answer: RemoteExchange.Answer) throws -> [String: Tensor] {
        do {
            return try read(answer)
        } catch {
            throw InferenceError(.engineFailed, "The server's answer cannot be understood.", underlying: "\(error)")
        }
    }

    private static func read(_ answer: RemoteExchange.Answer) throws -> [String: Tensor] {
        let length = answer.headerLength ?? answer.body.count
        guard length >= 0, length <= answer.body.count else { throw InferenceHeader.invalid("The JSON is cut off.") }
        let json = try JSONValue(parsing: length == answer.body.count ? answer.body : Array(answer.body[..<length]))
        guard let outputs = json["outputs"]?.array else { throw InferenceHeader.invalid("There are no outputs.") }
        var tensors: [String: Tensor] = [:]
        var place = length
        for output in outputs {
            guard let name = output["name"]?.string, let type = output["datatype"]?.string.flatMap(DataType.init),
                let dimensions = output["shape"]?.array
            else { throw InferenceHeader.invalid("An output has no name, datatype or shape.") }
            let shape = dimensions.compactMap(\.int)
            guard shape.count == dimensions.count, shape.allSatisfy({ $0 >= 0 }) else {
                throw InferenceHeader.invalid("Output '\(name)' has no shape.")
            }
            if let size = output["parameters"]?["binary_data_size"]?.int {
                guard size >= 0, size <= answer.body.count - place else {
                    throw InferenceHeader.invalid("Output '\(name)' is cut off.")
                }
                tensors[name] = try Tensor(
                    dataType: type, shape: shape, bytes: Array(answer.body[place..<place + size]))
                place += size
            } else if let data = output["data"] {
                tensors[name] = try JSONElements.tensor(type, shape: shape, data, of: name)
            } else {
                throw InferenceHeader.invalid("Output '\(name)' has no data.")
            }
        }
        return tensors
    }

    /// What an answer means that has no outputs.
    static func error(_ answer: RemoteExchange.Answer) -> InferenceError {
        let parsed = try? JSONValue(parsing: answer.body)
        let text = parsed?["error"]?.string ?? "The server of the model answered with status \(answer.status)."
        switch answer.status {
        case 404: return InferenceError(.unknownModel, text)
        case 413: return InferenceError(.tooLarge, text)
        case 400..<500: return InferenceError(.invalidData, text)
        case 503: return InferenceError(.overloaded, text, retryAfter: answer.retryAfter)
        case 504: return InferenceError(.deadlinePassed, text)
        default: return InferenceError(.engineFailed, "The server of the model failed.", underlying: text)
        }
    }

    /// The model that a server describes.
    static func model(_ metadata: [UInt8], version: String?, backend: any ModelBackend) throws -> Model {
        guard let json = try? JSONValue(parsing: metadata), let name = json["name"]?.string,
            let inputs = json["inputs"]?.array?.compactMap(port), let outputs = json["outputs"]?.array?.compactMap(port)
        else { throw InferenceError(.invalidData, "The server's description of the model cannot be understood.") }
        let newest = json["versions"]?.array?.last?.string
        return Model(
            name: name, version: version ?? newest ?? "1", platform: json["platform"]?.string ?? "", inputs: inputs,
            outputs: outputs, backend: backend)
    }

    private static func port(_ value: JSONValue) -> Port? {
        guard let name = value["name"]?.string, let type = value["datatype"]?.string.flatMap(DataType.init),
            let shape = value["shape"]?.array?.compactMap(\.int)
        else { return nil }
        return Port(name: name, dataType: type, shape: shape.map { AxisLength(integerLiteral: $0) })
    }
}
