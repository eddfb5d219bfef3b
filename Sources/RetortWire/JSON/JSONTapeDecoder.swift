// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Reads one value of a tape.
///
/// It is both the decoder of a value and the container of a single value.
struct JSONTapeDecoder: Decoder, SingleValueDecodingContainer {
    let input: JSONInput
    let index: Int

    var codingPath: [any CodingKey] { input.path(to: index) }

    var userInfo: [CodingUserInfoKey: Any] { input.options.userInfo }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        try Self.keyed(input, index)
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try JSONTapeUnkeyedContainer(input: input, array: index)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    /// The container of the object at an index.
    static func keyed<Key: CodingKey>(_ input: JSONInput, _ index: Int) throws -> KeyedDecodingContainer<Key> {
        guard try input.entry(index).isKind(.object) else {
            throw input.mismatch(index, [String: Any].self, expected: "an object")
        }
        return KeyedDecodingContainer(JSONTapeKeyedContainer<Key>(input: input, object: index))
    }

    func decodeNil() -> Bool { input.isNull(index) }

    func decode<T: Decodable>(_ type: T.Type) throws -> T { try input.read(type, index) }

    func decode(_ type: Bool.Type) throws -> Bool { try input.readBool(index) }

    func decode(_ type: String.Type) throws -> String { try input.readString(index) }

    func decode(_ type: Double.Type) throws -> Double { try input.readDouble(index) }

    func decode(_ type: Float.Type) throws -> Float { try input.readFloat(index) }

    func decode(_ type: Int.Type) throws -> Int { try input.readInteger(index) }

    func decode(_ type: Int8.Type) throws -> Int8 { try input.readInteger(index) }

    func decode(_ type: Int16.Type) throws -> Int16 { try input.readInteger(index) }

    func decode(_ type: Int32.Type) throws -> Int32 { try input.readInteger(index) }

    func decode(_ type: Int64.Type) throws -> Int64 { try input.readInteger(index) }

    func decode(_ type: Int128.Type) throws -> Int128 { try input.readInteger(index) }

    func decode(_ type: UInt.Type) throws -> UInt { try input.readInteger(index) }

    func decode(_ type: UInt8.Type) throws -> UInt8 { try input.readInteger(index) }

    func decode(_ type: UInt16.Type) throws -> UInt16 { try input.readInteger(index) }

    func decode(_ type: UInt32.Type) throws -> UInt32 { try input.readInteger(index) }

    func decode(_ type: UInt64.Type) throws -> UInt64 { try input.readInteger(index) }

    func decode(_ type: UInt128.Type) throws -> UInt128 { try input.readInteger(index) }
}
