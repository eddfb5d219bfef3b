// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import RetortInference
internal import RetortWire

/// What a request says of an output that it wants.
struct WantedOutput: Sendable, Hashable {
    let name: String
    /// Whether it is sent as bytes; nil where the request as a whole decides.
    var isBinary: Bool?
    /// How many of the highest numbers are sent as classes instead of the tensor; zero for the tensor.
    var classes = 0
}

/// A request to compute, as it was read.
struct InferenceCall: Sendable {
    /// What the client calls the request; it is sent back.
    var id: String?
    /// The tensors by the names of the inputs.
    var inputs: [String: Tensor] = [:]
    /// The outputs that are wanted; nil for all.
    var outputs: [WantedOutput]?
    /// Whether outputs that say nothing else are sent as bytes.
    var prefersBinary = false
    /// Which goes first; higher numbers do.
    var priority = 0
    /// How long the answer is of use; nil for always.
    var timeout: Duration?

    /// What was asked of the model.
    var request: InferenceRequest {
        InferenceRequest(
            inputs: inputs, outputs: outputs?.map(\.name), priority: priority,
            deadline: timeout.map { .now + $0 })
    }
}

/// The JSON of a request to compute.
///
/// Members that nobody knows are passed over, as the specification wants it.
///
/// Source: Open Inference Protocol, "Inference Request JSON Object"; Triton, "Binary Tensor Data Extension",
/// "Classification Extension", "Schedule Policy Extension".
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

    init(json: [UInt8], limits: InferenceProtocolLimits) throws {
        let value = try JSONValue(parsing: json, limits: JSONLimits(bytes: limits.jsonBytes))
        guard let request = value.object else { throw Self.invalid("The request is not a JSON object.") }
        try readFrame(request, limits)
        guard let inputs = request["inputs"]?.array else {
            throw Self.invalid("The request has no array 'inputs'.")
        }
        guard inputs.count <= limits.tensors else {
            throw InferenceError(.tooLarge, "The request has \(inputs.count) inputs; \(limits.tensors) are the most.")
        }
        var names: Set<String> = []
        for input in inputs {
            guard let input = input.object, let name = input["name"]?.string else {
                throw Self.invalid("Each of the 'inputs' must be an object with a text 'name'.")
            }
            guard names.insert(name).inserted else { throw Self.invalid("The request has the input '\(name)' twice.") }
            try readInput(name, input, limits)
        }
        try readOutputs(request["outputs"], limits)
    }

    static func invalid(_ sentence: String) -> InferenceError { InferenceError(.invalidData, sentence) }

    /// What stands beside the tensors.
    private mutating func readFrame(_ request: JSONObject, _ limits: InferenceProtocolLimits) throws {
        if let id = request["id"], !id.isNull {
            guard let id = id.string else { throw Self.invalid("The 'id' of the request must be a text.") }
            guard id.utf8.count <= limits.idBytes else {
                throw InferenceError(.tooLarge, "The 'id' of the request has more than \(limits.idBytes) bytes.")
            }
            call.id = id
        }
        guard let parameters = try Self.parameters(of: request, "the request") else { return }
        call.prefersBinary = try Self.flag("binary_data_output", in: parameters, "the request") ?? false
        // 1 goes first; requests without a priority go last.
        if let priority = try Self.count("priority", in: parameters, "the request"), priority > 0 {
            call.priority = max(Int(Int32.max) - priority, 1)
        }
        if let timeout = try Self.count("timeout", in: parameters, "the request"), timeout > 0 {
            // A year stands for more, so that no clock overflows.
            call.timeout = .microseconds(min(timeout, 31_536_000_000_000))
        }
    }

    private mutating func readInput(
        _ name: String, _ input: JSONObject, _ limits: InferenceProtocolLimits
    ) throws {
        guard let type = input["datatype"]?.string else {
            throw Self.invalid("Input '\(name)' has no text 'datatype'.")
        }
        guard let dataType = DataType(rawValue: type) else {
            throw InferenceError(.wrongType, "Input '\(name)' has the datatype '\(type)', which is not known.")
        }
        let shape = try Self.shape(of: name, input["shape"], limits)
        let parameters = try Self.parameters(of: input, "input '\(name)'")
        let size = try parameters.flatMap { try Self.count("binary_data_size", in: $0, "input '\(name)'") }
        if parameters?["shared_memory_region"] != nil {
            throw Self.invalid("Input '\(name)' lies in shared memory, which this server does not offer.")
        }
        switch (input["data"], size) {
        case (let data?, nil):
            call.inputs[name] = try JSONElements.tensor(dataType, shape: shape, data, of: name)
        case (nil, let size?):
            if let element = dataType.size {
                let (expected, overflow) = try Self.elements(of: shape, name).multipliedReportingOverflow(by: element)
                guard !overflow, expected == size else {
                    throw Self.invalid(
                        "Input '\(name)' of \(type) with the shape \(shape) does not have \(size) bytes.")
                }
            }
            binaryInputs.append(BinaryInput(name: name, dataType: dataType, shape: shape, byteCount: size))
        case (nil, nil):
            throw Self.invalid("Input '\(name)' has neither 'data' nor the parameter 'binary_data_size'.")
        default:
            throw Self.invalid("Input '\(name)' has both 'data' and the parameter 'binary_data_size'.")
        }
    }

    private mutating func readOutputs(_ value: JSONValue?, _ limits: InferenceProtocolLimits) throws {
        guard let value, !value.isNull else { return }
        guard let outputs = value.array else { throw Self.invalid("The 'outputs' of the request must be an array.") }
        guard outputs.count <= limits.tensors else {
            throw InferenceError(.tooLarge, "The request has \(outputs.count) outputs; \(limits.tensors) are the most.")
        }
        var wanted: [WantedOutput] = []
        for output in outputs {
            guard let output = output.object, let name = output["name"]?.string else {
                throw Self.invalid("Each of the 'outputs' must be an object with a text 'name'.")
            }
            guard !wanted.contains(where: { $0.name == name }) else {
                throw Self.invalid("The request has the output '\(name)' twice.")
            }
            var one = WantedOutput(name: name)
            if let parameters = try Self.parameters(of: output, "output '\(name)'") {
                if parameters["shared_memory_region"] != nil {
                    throw Self.invalid("Output '\(name)' lies in shared memory, which this server does not offer.")
                }
                one.isBinary = try Self.flag("binary_data", in: parameters, "output '\(name)'")
                one.classes = try Self.count("classification", in: parameters, "output '\(name)'") ?? 0
            }
            wanted.append(one)
        }
        // No outputs are all outputs.
        if !wanted.isEmpty { call.outputs = wanted }
    }
}

extension InferenceHeader {
    /// The number of elements of a shape.
    static func elements(of shape: [Int], _ name: String) throws -> Int {
        var count = 1
        if shape.contains(0) { return 0 }
        for dimension in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
            guard !overflow else {
                throw InferenceError(
                    .wrongShape, "The shape \(shape) of input '\(name)' has more elements than can be counted.")
            }
            count = product
        }
        return count
    }

    private static func shape(of name: String, _ value: JSONValue?, _ limits: InferenceProtocolLimits) throws -> [Int] {
        guard let dimensions = value?.array else { throw invalid("Input '\(name)' has no array 'shape'.") }
        guard dimensions.count <= limits.dimensions else {
            throw InferenceError(
                .tooLarge,
                "Input '\(name)' has \(dimensions.count) dimensions; \(limits.dimensions) are the most.")
        }
        return try dimensions.map { value in
            guard let dimension = value.int, dimension >= 0 else {
                throw invalid("The 'shape' of input '\(name)' must have whole numbers of at least zero.")
            }
            return dimension
        }
    }

    private static func parameters(of object: JSONObject, _ owner: String) throws -> JSONObject? {
        guard let value = object["parameters"], !value.isNull else { return nil }
        guard let parameters = value.object else { throw invalid("The 'parameters' of \(owner) must be an object.") }
        return parameters
    }

    private static func flag(_ key: String, in parameters: JSONObject, _ owner: String) throws -> Bool? {
        guard let value = parameters[key], !value.isNull else { return nil }
        guard let flag = value.bool else { throw invalid("The parameter '\(key)' of \(owner) must be true or false.") }
        return flag
    }

    private static func count(_ key: String, in parameters: JSONObject, _ owner: String) throws -> Int? {
        guard let value = parameters[key], !value.isNull else { return nil }
        guard let count = value.int, count >= 0 else {
            throw invalid("The parameter '\(key)' of \(owner) must be a whole number of at least zero.")
        }
        return count
    }
}
