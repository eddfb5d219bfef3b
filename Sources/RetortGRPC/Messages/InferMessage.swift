// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import RetortInference
package import RetortLab
internal import RetortWire

/// A request to compute, as it was read.
///
/// What is not a message of Protocol Buffers at all is an error of the reading; what does not make sense as a request is
/// kept, so that one bad request among others of a stream can be answered as such.
///
/// Source: Open Inference Protocol, "gRPC", `ModelInferRequest`; Triton, "gRPC".
package struct InferMessage: Sendable {
    /// The model that is asked.
    package private(set) var model = ""
    /// Its version; empty for any.
    package private(set) var version = ""
    /// What the client calls the request; empty when it has no name.
    package private(set) var id = ""
    /// Whether the client wants to be told which answer is the last one.
    package private(set) var marksEnd = false
    /// What is asked, or why that cannot be asked.
    package private(set) var call: Result<InferenceCall, any Error>

    /// Reads a request.
    ///
    /// - Parameters:
    ///   - bytes: The message. Tensors are copied out of it, and nothing else keeps it.
    ///   - limits: How much a request may have.
    ///   - typedBytes: The most bytes of tensors whose elements are numbers and texts of Protocol Buffers.
    /// - Throws: `MessageError` for bytes that are no such message.
    package init(_ bytes: UnsafeRawBufferPointer, limits: InferenceProtocolLimits, typedBytes: Int) throws {
        let rules = InferenceRules(limits)
        var draft = InferDraft(rules: rules, typedBytes: typedBytes)
        call = .success(InferenceCall())
        var reader = MessageReader(bytes)
        while let (number, value) = try reader.next() {
            switch number {
            case 1: model = try value.text("model_name")
            case 2: version = try value.text("model_version")
            case 3: id = try value.text("id")
            case 4: try MessageParameters.add(try value.bytes("parameters"), to: &draft.parameters)
            case 5: try draft.addInput(try value.bytes("inputs"))
            case 6: try draft.addOutput(try value.bytes("outputs"))
            case 7: try draft.addRaw(try value.bytes("raw_input_contents"))
            default: break
            }
        }
        do {
            try rules.checkID(id)
        } catch {
            // It would be sent back.
            id = ""
            call = .failure(error)
            return
        }
        call = try draft.call(id: id)
        if case .bool(true) = draft.parameters["triton_enable_empty_final_response"] { marksEnd = true }
    }
}

/// The parts of a request, as long as the memory of the message may be read.
private struct InferDraft {
    struct Input {
        var name = ""
        var type = ""
        var shape: [Int] = []
        var parameters = JSONObject()
        var contents: TensorContents
    }

    let rules: InferenceRules
    let typedBytes: Int
    var parameters = JSONObject()
    private var inputs: [Input] = []
    private var outputs: [(name: String, parameters: JSONObject)] = []
    private var raw: [UnsafeRawBufferPointer] = []
    /// The first thing that does not make sense.
    private var problem: InferenceError?

    init(rules: InferenceRules, typedBytes: Int) {
        self.rules = rules
        self.typedBytes = typedBytes
    }

    /// Lets something be wrong with the request, but not with the message.
    private mutating func checking(_ body: (inout InferDraft) throws -> Void) throws {
        do {
            try body(&self)
        } catch let error as InferenceError {
            problem = problem ?? error
        }
    }

    mutating func addInput(_ bytes: UnsafeRawBufferPointer) throws {
        guard inputs.count <= rules.limits.tensors else { return }
        var input = Input(contents: TensorContents(limit: typedBytes))
        var reader = MessageReader(bytes)
        while let (number, value) = try reader.next() {
            switch (number, value) {
            case (1, _): input.name = try value.text("name")
            case (2, _): input.type = try value.text("datatype")
            case (3, .varint(let dimension)): add(dimension, to: &input.shape)
            case (3, .bytes(let packed)):
                var dimensions = MessageReader(packed)
                while dimensions.rest > 0 { add(try dimensions.varint(), to: &input.shape) }
            case (3, _): throw MessageError("The field 'shape' of the message has another wire type.")
            case (4, _): try MessageParameters.add(try value.bytes("parameters"), to: &input.parameters)
            case (5, _):
                try checking { _ in try input.contents.add(try value.bytes("contents"), of: input.name) }
            default: break
            }
        }
        inputs.append(input)
    }

    /// Adds a dimension; one more than there may be is enough to know that there are too many.
    private func add(_ dimension: UInt64, to shape: inout [Int]) {
        // Numbers below zero are the upper half, and are refused with everything that no array can have.
        if shape.count <= rules.limits.dimensions { shape.append(Int(Int64(bitPattern: dimension))) }
    }

    mutating func addOutput(_ bytes: UnsafeRawBufferPointer) throws {
        guard outputs.count <= rules.limits.tensors else { return }
        var name = ""
        var parameters = JSONObject()
        var reader = MessageReader(bytes)
        while let (number, value) = try reader.next() {
            switch number {
            case 1: name = try value.text("name")
            case 2: try MessageParameters.add(try value.bytes("parameters"), to: &parameters)
            default: break
            }
        }
        outputs.append((name, parameters))
    }

    mutating func addRaw(_ bytes: UnsafeRawBufferPointer) throws {
        if raw.count <= rules.limits.tensors { raw.append(bytes) }
    }

    /// What is asked.
    func call(id: String) throws -> Result<InferenceCall, any Error> {
        do {
            if let problem { throw problem }
            var call = InferenceCall()
            if !id.isEmpty { call.id = id }
            try call.take(parameters)
            try rules.checkCount(inputs.count, of: "inputs")
            try rules.checkCount(outputs.count, of: "outputs")
            guard raw.isEmpty || raw.count == inputs.count else {
                throw InferenceRules.invalid(
                    "The request has \(inputs.count) inputs, and \(raw.count) of 'raw_input_contents'.")
            }
            for (index, input) in inputs.enumerated() {
                let tensor = try tensor(input, raw.isEmpty ? nil : raw[index])
                guard call.inputs.updateValue(tensor, forKey: input.name) == nil else {
                    throw InferenceRules.invalid("The request has the input '\(input.name)' twice.")
                }
            }
            var wanted: [WantedOutput] = []
            for output in outputs {
                wanted.append(try rules.output(output.name, output.parameters, in: wanted))
            }
            // No outputs are all outputs.
            if !wanted.isEmpty { call.outputs = wanted }
            return .success(call)
        } catch let error as InferenceError {
            return .failure(error)
        }
    }

    private func tensor(_ input: Input, _ raw: UnsafeRawBufferPointer?) throws -> Tensor {
        let dataType = try rules.dataType(input.type, of: input.name)
        try rules.checkDimensions(input.shape.count, of: input.name)
        guard input.shape.allSatisfy({ $0 >= 0 }) else {
            throw InferenceRules.invalid(
                "The 'shape' of input '\(input.name)' must have whole numbers of at least zero.")
        }
        try rules.checkInput(input.name, input.parameters)
        guard let raw else {
            return try input.contents.tensor(dataType, shape: input.shape, of: input.name, rules)
        }
        guard input.contents.byteCount == 0 else {
            throw InferenceRules.invalid(
                "Input '\(input.name)' has contents of its own beside 'raw_input_contents', which cannot be mixed.")
        }
        // Before the copy.
        try rules.checkBytes(raw.count, of: input.name, dataType, shape: input.shape)
        return try rules.tensor(input.name, dataType, shape: input.shape, bytes: [UInt8](raw))
    }
}
