// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import RetortInference
internal import RetortWire

/// Elements of tensors as they stand in JSON.
///
/// Source: Open Inference Protocol, "Tensor Data".
enum JSONElements {
    /// A tensor from an array, flat or nested.
    static func tensor(_ type: DataType, shape: [Int], _ data: JSONValue, of name: String) throws -> Tensor {
        guard let data = data.array else {
            throw InferenceHeader.invalid("The 'data' of input '\(name)' must be an array.")
        }
        let count = try InferenceRules.elements(of: shape, name)
        var elements = Elements(name: name, type: type, count: count)
        switch type {
        case .bool:
            return try Tensor(try elements.read(data) { $0.bool }, shape: shape)
        case .uint8: return try Tensor(try elements.read(data) { whole($0, UInt8.self) }, shape: shape)
        case .uint16: return try Tensor(try elements.read(data) { whole($0, UInt16.self) }, shape: shape)
        case .uint32: return try Tensor(try elements.read(data) { whole($0, UInt32.self) }, shape: shape)
        case .uint64: return try Tensor(try elements.read(data) { whole($0, UInt64.self) }, shape: shape)
        case .int8: return try Tensor(try elements.read(data) { whole($0, Int8.self) }, shape: shape)
        case .int16: return try Tensor(try elements.read(data) { whole($0, Int16.self) }, shape: shape)
        case .int32: return try Tensor(try elements.read(data) { whole($0, Int32.self) }, shape: shape)
        case .int64: return try Tensor(try elements.read(data) { whole($0, Int64.self) }, shape: shape)
        case .float32:
            // What is too large for the type is refused, and not made infinite.
            return try Tensor(
                try elements.read(data) { $0.double.map { Float($0) }.flatMap { $0.isFinite ? $0 : nil } },
                shape: shape)
        case .float64: return try Tensor(try elements.read(data) { $0.double }, shape: shape)
        case .bytes:
            return try Tensor(texts: try elements.read(data) { $0.string.map { [UInt8]($0.utf8) } }, shape: shape)
        case .float16, .bfloat16:
            throw InferenceError(
                .wrongType, "Input '\(name)' of \(type.rawValue) cannot be sent as JSON; send it as bytes.")
        }
    }

    private static func whole<Number: FixedWidthInteger>(_ value: JSONValue, _ type: Number.Type) -> Number? {
        switch value {
        case .int(let number): Number(exactly: number)
        case .unsigned(let number): Number(exactly: number)
        case .double(let number): Number(exactly: number)
        default: nil
        }
    }

    /// Reads elements out of arrays within arrays.
    private struct Elements {
        let name: String
        let type: DataType
        let count: Int

        mutating func read<Element>(_ data: [JSONValue], _ convert: (JSONValue) -> Element?) throws -> [Element] {
            var all: [Element] = []
            all.reserveCapacity(min(count, data.count))
            try add(data, to: &all, depth: 1, convert)
            guard all.count == count else {
                throw InferenceHeader.invalid(
                    "The 'data' of input '\(name)' has \(all.count) elements, and its shape has \(count).")
            }
            return all
        }

        private func add<Element>(
            _ data: [JSONValue], to all: inout [Element], depth: Int, _ convert: (JSONValue) -> Element?
        ) throws {
            for value in data {
                if let element = convert(value) {
                    guard all.count < count else {
                        throw InferenceHeader.invalid(
                            "The 'data' of input '\(name)' has more elements than its shape, which has \(count).")
                    }
                    all.append(element)
                } else if case .array(let inner) = value {
                    // The parser has a limit of its own for the depth of JSON.
                    try add(inner, to: &all, depth: depth + 1, convert)
                } else {
                    throw InferenceHeader.invalid(
                        "Element \(all.count) in the 'data' of input '\(name)' is not a value of \(type.rawValue).")
                }
            }
        }
    }
}

/// Writes elements of tensors as JSON.
extension JSONElements {
    /// Adds the elements as a flat array.
    ///
    /// - Throws: `InferenceError` with `.invalidData` for what JSON cannot express.
    static func append(_ tensor: Tensor, of name: String, to text: inout [UInt8]) throws {
        text.append(UInt8(ascii: "["))
        switch tensor.dataType {
        case .bool:
            try list(tensor, Bool.self, to: &text) { value, text in
                text.append(contentsOf: value ? "true".utf8 : "false".utf8)
            }
        case .uint8: try whole(tensor, UInt8.self, to: &text)
        case .uint16: try whole(tensor, UInt16.self, to: &text)
        case .uint32: try whole(tensor, UInt32.self, to: &text)
        case .uint64: try whole(tensor, UInt64.self, to: &text)
        case .int8: try whole(tensor, Int8.self, to: &text)
        case .int16: try whole(tensor, Int16.self, to: &text)
        case .int32: try whole(tensor, Int32.self, to: &text)
        case .int64: try whole(tensor, Int64.self, to: &text)
        case .float32: try real(tensor, Float.self, name, to: &text)
        case .float64: try real(tensor, Double.self, name, to: &text)
        case .float16, .bfloat16:
            throw needsBytes(name, "is of \(tensor.dataType.rawValue)")
        case .bytes:
            for (index, element) in try tensor.texts().enumerated() {
                guard let string = String(validating: element, as: UTF8.self) else {
                    throw needsBytes(name, "has an element that is not UTF-8")
                }
                if index > 0 { text.append(UInt8(ascii: ",")) }
                try append(string, to: &text)
            }
        }
        text.append(UInt8(ascii: "]"))
    }

    /// Adds a string with its quotation marks.
    static func append(_ string: String, to text: inout [UInt8]) throws {
        text.append(contentsOf: try JSONCoding.encode(string))
    }

    private static func needsBytes(_ name: String, _ what: String) -> InferenceError {
        InferenceError(
            .invalidData, "Output '\(name)' \(what), which JSON cannot express; ask for it with \"binary_data\": true.")
    }

    private static func whole<Number: TensorElement & FixedWidthInteger>(
        _ tensor: Tensor, _ type: Number.Type, to text: inout [UInt8]
    ) throws {
        try list(tensor, type, to: &text) { value, text in text.append(contentsOf: String(value).utf8) }
    }

    private static func real<Number: TensorElement & BinaryFloatingPoint & CustomStringConvertible>(
        _ tensor: Tensor, _ type: Number.Type, _ name: String, to text: inout [UInt8]
    ) throws {
        try list(tensor, type, to: &text) { value, text in
            guard value.isFinite else { throw needsBytes(name, "has an infinity or what is not a number") }
            // The shortest text that is read as the same number again.
            text.append(contentsOf: value.description.utf8)
        }
    }

    private static func list<Element: TensorElement>(
        _ tensor: Tensor, _ type: Element.Type, to text: inout [UInt8],
        _ write: (Element, inout [UInt8]) throws -> Void
    ) throws {
        try tensor.withElements(as: type) { span in
            for index in span.indices {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                try write(span[index], &text)
            }
        }
    }
}
