// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import RetortWire

/// The parameters of requests: a map from texts to values of some types.
///
/// Source: Open Inference Protocol, "gRPC", `InferParameter`; Triton, `ModelRepositoryParameter`.
enum MessageParameters {
    /// How many there may be at one place.
    static let limit = 256

    /// Adds an entry of the map; one with the same key is replaced, as Protocol Buffers want it.
    static func add(_ entry: UnsafeRawBufferPointer, to parameters: inout JSONObject) throws(MessageError) {
        var reader = MessageReader(entry)
        var key = ""
        var value: JSONValue = .null
        while let field = try reader.next() {
            switch field.number {
            case 1: key = try field.value.text("key")
            case 2: value = try self.value(try field.value.bytes("value"))
            default: break
            }
        }
        parameters[key] = value
        guard parameters.count <= limit else {
            throw MessageError("The message has more than \(limit) parameters at one place.")
        }
    }

    /// The value of a parameter; bytes, which models of a repository can have, are nothing that anybody reads.
    private static func value(_ bytes: UnsafeRawBufferPointer) throws(MessageError) -> JSONValue {
        var reader = MessageReader(bytes)
        var value: JSONValue = .null
        while let field = try reader.next() {
            switch (field.number, field.value) {
            case (1, .varint(let number)): value = .bool(number != 0)
            case (2, .varint(let number)): value = .int(Int64(bitPattern: number))
            case (3, .bytes): value = .string(try field.value.text("string_param"))
            case (4, .fixed64(let bits)): value = .double(Double(bitPattern: bits))
            case (4, .bytes): value = .null
            case (5, .varint(let number)): value = JSONValue(number)
            case (1...5, _): throw MessageError("A parameter of the message has another wire type.")
            default: break
            }
        }
        return value
    }
}
