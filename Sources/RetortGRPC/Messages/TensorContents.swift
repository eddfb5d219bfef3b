// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import RetortInference
internal import RetortLab

/// The elements of a tensor as numbers and texts of Protocol Buffers.
///
/// They are kept as they lie in the message until the type of the tensor is known, and then become its bytes. What does
/// not fit the type is refused and never cut.
///
/// Source: Open Inference Protocol, "gRPC", `InferTensorContents`.
struct TensorContents {
    /// As many times may a message have the contents of one tensor, which then stand for all of their elements.
    private static let pieces = 16

    /// The messages as they came.
    private var messages: [UnsafeRawBufferPointer] = []

    /// How many bytes all of them have.
    private(set) var byteCount = 0

    /// How many they may have: numbers in few bytes become eight times as many.
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// Adds a message.
    mutating func add(_ bytes: UnsafeRawBufferPointer, of name: String) throws {
        byteCount += bytes.count
        guard byteCount <= limit else {
            throw InferenceError(
                .tooLarge,
                "The contents of input '\(name)' have more than \(limit) bytes; send them in 'raw_input_contents'.")
        }
        guard messages.count < Self.pieces else {
            throw MessageError("The contents of input '\(name)' come more than \(Self.pieces) times.")
        }
        messages.append(bytes)
    }

    /// The tensor.
    func tensor(_ dataType: DataType, shape: [Int], of name: String, _ rules: InferenceRules) throws -> Tensor {
        guard let wanted = Self.field(of: dataType) else {
            throw InferenceRules.invalid(
                "Input '\(name)' is of \(dataType.rawValue), which has to be sent in 'raw_input_contents'.")
        }
        let expected = try InferenceRules.elements(of: shape, name)
        var elements = Elements(dataType, name)
        // No more than the message can hold, whatever the shape says.
        elements.bytes.reserveCapacity(min(expected, byteCount) * (dataType.size ?? 8))
        for message in messages {
            var reader = MessageReader(message)
            while let field = try reader.next() {
                if field.number == wanted {
                    try elements.add(field.value)
                } else if (1...8).contains(field.number) {
                    throw InferenceRules.invalid(
                        "Input '\(name)' is of \(dataType.rawValue), whose elements stand in field \(wanted) of the "
                            + "contents, and not in field \(field.number).")
                }
            }
        }
        guard elements.count == expected else {
            throw InferenceRules.invalid(
                "Input '\(name)' with the shape \(shape) has \(expected) elements, and \(elements.count) were sent.")
        }
        return try rules.tensor(name, dataType, shape: shape, bytes: elements.bytes)
    }

    /// Where the elements of a type stand; nil for types that have no place.
    private static func field(of dataType: DataType) -> Int? {
        switch dataType {
        case .bool: 1
        case .int8, .int16, .int32: 2
        case .int64: 3
        case .uint8, .uint16, .uint32: 4
        case .uint64: 5
        case .float32: 6
        case .float64: 7
        case .bytes: 8
        case .float16, .bfloat16: nil
        }
    }
}

/// The elements of a tensor, one after another.
private struct Elements {
    var bytes: [UInt8] = []
    private(set) var count = 0
    private let dataType: DataType
    private let name: String

    init(_ dataType: DataType, _ name: String) {
        self.dataType = dataType
        self.name = name
    }

    /// Adds a field: one element, or many that are packed.
    mutating func add(_ value: MessageReader.Value) throws {
        switch (dataType, value) {
        case (.bytes, .bytes(let text)):
            // Below the limit of a message, which is far below 4 GiB.
            append(UInt32(truncatingIfNeeded: text.count))
            bytes.append(contentsOf: text)
        case (.float32, .fixed32(let bits)): append(bits)
        case (.float64, .fixed64(let bits)): append(bits)
        case (.float32, .bytes(let packed)):
            guard packed.count.isMultiple(of: 4) else { throw packedEnd }
            bytes.append(contentsOf: packed)
            count += packed.count / 4
            return
        case (.float64, .bytes(let packed)):
            guard packed.count.isMultiple(of: 8) else { throw packedEnd }
            bytes.append(contentsOf: packed)
            count += packed.count / 8
            return
        case (.float32, _), (.float64, _), (.bytes, _):
            throw MessageError("The contents of input '\(name)' have another wire type.")
        case (_, .varint(let number)): try append(number: number)
        case (_, .bytes(let packed)):
            var reader = MessageReader(packed)
            while reader.rest > 0 {
                try append(number: try reader.varint())
                count += 1
            }
            return
        default: throw MessageError("The contents of input '\(name)' have another wire type.")
        }
        count += 1
    }

    private var packedEnd: MessageError { MessageError("The contents of input '\(name)' end within a number.") }

    /// Adds a whole number in as many bytes as the type has.
    private mutating func append(number: UInt64) throws {
        switch dataType {
        case .bool: bytes.append(number == 0 ? 0 : 1)
        case .int8: append(try fitting(signed(number), Int8.self))
        case .int16: append(try fitting(signed(number), Int16.self))
        case .int32: append(try fitting(signed(number), Int32.self))
        case .int64: append(number)
        case .uint8: append(try fitting(Int64(exactly: number), UInt8.self))
        case .uint16: append(try fitting(Int64(exactly: number), UInt16.self))
        case .uint32: append(try fitting(Int64(exactly: number), UInt32.self))
        case .uint64: append(number)
        case .float16, .bfloat16, .float32, .float64, .bytes: break
        }
    }

    private func signed(_ number: UInt64) -> Int64? { Int64(bitPattern: number) }

    private func fitting<Number: FixedWidthInteger>(_ number: Int64?, _ type: Number.Type) throws -> Number {
        guard let number, let fitting = Number(exactly: number) else {
            throw InferenceRules.invalid("Input '\(name)' has a number that does not fit \(dataType.rawValue).")
        }
        return fitting
    }

    private mutating func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }
}
