// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

package import RetortInference
internal import RetortWire

/// What a request says of an output that it wants.
package struct WantedOutput: Sendable, Hashable {
    /// The name of the output.
    package let name: String
    /// Whether it is sent as bytes; nil where the request as a whole decides.
    package var isBinary: Bool?
    /// How many of the highest numbers are sent as classes instead of the tensor; zero for the tensor.
    package var classes: Int

    /// Wants an output, as it is when nothing else is said.
    package init(name: String, isBinary: Bool? = nil, classes: Int = 0) {
        self.name = name
        self.isBinary = isBinary
        self.classes = classes
    }
}

/// A request to compute, as it was read.
package struct InferenceCall: Sendable {
    /// What the client calls the request; it is sent back.
    package var id: String?
    /// The tensors by the names of the inputs.
    package var inputs: [String: Tensor] = [:]
    /// The outputs that are wanted; nil for all.
    package var outputs: [WantedOutput]?
    /// Whether outputs that say nothing else are sent as bytes.
    package var prefersBinary = false
    /// Which goes first; higher numbers do.
    package var priority = 0
    /// How long the answer is of use; nil for always.
    package var timeout: Duration?

    /// A request for nothing yet.
    package init() {}

    /// What was asked of the model.
    package var request: InferenceRequest {
        InferenceRequest(
            inputs: inputs, outputs: outputs?.map(\.name), priority: priority,
            deadline: timeout.map { .now + $0 })
    }
}

/// The JSON of a request to compute.
///
/// Members that nobody knows are passed over, as the specification wants it.
///
/// Source: Open Inference Protocol, "Inference Request JSON Object"; Triton, "Binary Tensor Data Extension".
struct InferenceHeader: Sendable {
    /// An input whose bytes follow the JSON.
    struct BinaryInput: Sendable, Hashable {
        let name: String
        let dataType: DataType
        let shape: [Int]
        let byteCount: Int
    }

    /// The request, with those inputs that stand in the JSON.
    private(set) var call = InferenceCall()
    /// The other inputs, in the order of their bytes.
    private(set) var binaryInputs: [BinaryInput] = []

    private let rules: InferenceRules

    init(json: [UInt8], limits: InferenceProtocolLimits) throws {
        rules = InferenceRules(limits)
        let value = try JSONValue(parsing: json, limits: JSONLimits(bytes: limits.jsonBytes))
        guard let request = value.object else { throw Self.invalid("The request is not a JSON object.") }
        try readFrame(request)
        guard let inputs = request["inputs"]?.array else {
            throw Self.invalid("The request has no array 'inputs'.")
        }
        try rules.checkCount(inputs.count, of: "inputs")
        var names: Set<String> = []
        for input in inputs {
            guard let input = input.object, let name = input["name"]?.string else {
                throw Self.invalid("Each of the 'inputs' must be an object with a text 'name'.")
            }
            guard names.insert(name).inserted else { throw Self.invalid("The request has the input '\(name)' twice.") }
            try readInput(name, input)
        }
        try readOutputs(request["outputs"])
    }

    static func invalid(_ sentence: String) -> InferenceError { InferenceRules.invalid(sentence) }

    /// What stands beside the tensors.
    private mutating func readFrame(_ request: JSONObject) throws {
        if let id = request["id"], !id.isNull {
            guard let id = id.string else { throw Self.invalid("The 'id' of the request must be a text.") }
            try rules.checkID(id)
            call.id = id
        }
        if let parameters = try Self.parameters(of: request, "the request") { try call.take(parameters) }
    }

    private mutating func readInput(_ name: String, _ input: JSONObject) throws {
        guard let type = input["datatype"]?.string else {
            throw Self.invalid("Input '\(name)' has no text 'datatype'.")
        }
        let dataType = try rules.dataType(type, of: name)
        let shape = try shape(of: name, input["shape"])
        let parameters = try Self.parameters(of: input, "input '\(name)'")
        let size = try parameters.flatMap { try InferenceRules.count("binary_data_size", in: $0, "input '\(name)'") }
        try rules.checkInput(name, parameters)
        switch (input["data"], size) {
        case (let data?, nil):
            call.inputs[name] = try JSONElements.tensor(dataType, shape: shape, data, of: name)
        case (nil, let size?):
            try rules.checkBytes(size, of: name, dataType, shape: shape)
            binaryInputs.append(BinaryInput(name: name, dataType: dataType, shape: shape, byteCount: size))
        case (nil, nil):
            throw Self.invalid("Input '\(name)' has neither 'data' nor the parameter 'binary_data_size'.")
        default:
            throw Self.invalid("Input '\(name)' has both 'data' and the parameter 'binary_data_size'.")
        }
    }

    private mutating func readOutputs(_ value: JSONValue?) throws {
        guard let value, !value.isNull else { return }
        guard let outputs = value.array else { throw Self.invalid("The 'outputs' of the request must be an array.") }
        try rules.checkCount(outputs.count, of: "outputs")
        var wanted: [WantedOutput] = []
        for output in outputs {
            guard let output = output.object, let name = output["name"]?.string else {
                throw Self.invalid("Each of the 'outputs' must be an object with a text 'name'.")
            }
            let parameters = try Self.parameters(of: output, "output '\(name)'")
            wanted.append(try rules.output(name, parameters, in: wanted))
        }
        // No outputs are all outputs.
        if !wanted.isEmpty { call.outputs = wanted }
    }

    private func shape(of name: String, _ value: JSONValue?) throws -> [Int] {
        guard let dimensions = value?.array else { throw Self.invalid("Input '\(name)' has no array 'shape'.") }
        try rules.checkDimensions(dimensions.count, of: name)
        return try dimensions.map { value in
            guard let dimension = value.int, dimension >= 0 else {
                throw Self.invalid("The 'shape' of input '\(name)' must have whole numbers of at least zero.")
            }
            return dimension
        }
    }

    private static func parameters(of object: JSONObject, _ owner: String) throws -> JSONObject? {
        guard let value = object["parameters"], !value.isNull else { return nil }
        guard let parameters = value.object else { throw invalid("The 'parameters' of \(owner) must be an object.") }
        return parameters
    }
}
