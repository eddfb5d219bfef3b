// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

package import RetortInference
package import RetortWire

/// What is checked of a request to compute, whichever way it came.
///
/// JSON and the messages of gRPC differ in how they are read, and in nothing else.
///
/// Source: Open Inference Protocol, "Inference Request"; Triton, "Classification Extension", "Schedule Policy Extension".
package struct InferenceRules: Sendable {
    /// How much a request may have.
    package let limits: InferenceProtocolLimits

    /// Checks within limits.
    package init(_ limits: InferenceProtocolLimits) { self.limits = limits }

    /// An error of the one who asks.
    package static func invalid(_ sentence: String) -> InferenceError { InferenceError(.invalidData, sentence) }

    /// The name of a request.
    package func checkID(_ id: String) throws {
        guard id.utf8.count <= limits.idBytes else {
            throw InferenceError(.tooLarge, "The 'id' of the request has more than \(limits.idBytes) bytes.")
        }
    }

    /// How many inputs or outputs there are.
    package func checkCount(_ count: Int, of what: String) throws {
        guard count <= limits.tensors else {
            throw InferenceError(.tooLarge, "The request has \(count) \(what); \(limits.tensors) are the most.")
        }
    }

    /// How many dimensions an input has.
    package func checkDimensions(_ count: Int, of name: String) throws {
        guard count <= limits.dimensions else {
            throw InferenceError(
                .tooLarge, "Input '\(name)' has \(count) dimensions; \(limits.dimensions) are the most.")
        }
    }

    /// The type of an input.
    package func dataType(_ type: String, of name: String) throws -> DataType {
        guard let dataType = DataType(rawValue: type) else {
            throw InferenceError(.wrongType, "Input '\(name)' has the datatype '\(type)', which is not known.")
        }
        return dataType
    }

    /// What the parameters of an input must not ask for.
    package func checkInput(_ name: String, _ parameters: JSONObject?) throws {
        if parameters?["shared_memory_region"] != nil {
            throw Self.invalid("Input '\(name)' lies in shared memory, which this server does not offer.")
        }
    }

    /// The bytes of an input that is sent as it is.
    package func checkBytes(_ count: Int, of name: String, _ dataType: DataType, shape: [Int]) throws {
        guard let element = dataType.size else { return }
        let (expected, overflow) = try Self.elements(of: shape, name).multipliedReportingOverflow(by: element)
        guard !overflow, expected == count else {
            throw Self.invalid(
                "Input '\(name)' of \(dataType.rawValue) with the shape \(shape) does not have \(count) bytes.")
        }
    }

    /// A tensor of bytes from outside.
    package func tensor(_ name: String, _ dataType: DataType, shape: [Int], bytes: [UInt8]) throws -> Tensor {
        do {
            return try Tensor(dataType: dataType, shape: shape, bytes: bytes)
        } catch let error as InferenceError {
            throw InferenceError(error.code, "Input '\(name)': \(error.message)")
        }
    }

    /// What is wanted of an output, where a request names some.
    package func output(_ name: String, _ parameters: JSONObject?, in wanted: [WantedOutput]) throws -> WantedOutput {
        guard !wanted.contains(where: { $0.name == name }) else {
            throw Self.invalid("The request has the output '\(name)' twice.")
        }
        var one = WantedOutput(name: name)
        if let parameters {
            if parameters["shared_memory_region"] != nil {
                throw Self.invalid("Output '\(name)' lies in shared memory, which this server does not offer.")
            }
            one.isBinary = try Self.flag("binary_data", in: parameters, "output '\(name)'")
            one.classes = try Self.count("classification", in: parameters, "output '\(name)'") ?? 0
        }
        return one
    }

    /// The number of elements of a shape.
    package static func elements(of shape: [Int], _ name: String) throws -> Int {
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

    /// A parameter that is true or false.
    package static func flag(_ key: String, in parameters: JSONObject, _ owner: String) throws -> Bool? {
        guard let value = parameters[key], !value.isNull else { return nil }
        guard let flag = value.bool else { throw invalid("The parameter '\(key)' of \(owner) must be true or false.") }
        return flag
    }

    /// A parameter that is a whole number of at least zero.
    package static func count(_ key: String, in parameters: JSONObject, _ owner: String) throws -> Int? {
        guard let value = parameters[key], !value.isNull else { return nil }
        guard let count = value.int, count >= 0 else {
            throw invalid("The parameter '\(key)' of \(owner) must be a whole number of at least zero.")
        }
        return count
    }
}

extension InferenceCall {
    /// Takes what the parameters of a request say about it.
    package mutating func take(_ parameters: JSONObject) throws {
        prefersBinary = try InferenceRules.flag("binary_data_output", in: parameters, "the request") ?? false
        // 1 goes first; requests without a priority go last.
        if let priority = try InferenceRules.count("priority", in: parameters, "the request"), priority > 0 {
            self.priority = max(Int(Int32.max) - priority, 1)
        }
        if let timeout = try InferenceRules.count("timeout", in: parameters, "the request"), timeout > 0 {
            // A year stands for more, so that no clock overflows.
            self.timeout = .microseconds(min(timeout, 31_536_000_000_000))
        }
    }
}
