// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Writes one value straight into the text, in the order in which the value names its parts.
///
/// It is both the encoder of a value and the container of a single value. The depth and the number say which place of
/// the text it stands for.
struct JSONStreamEncoder: Encoder, SingleValueEncodingContainer {
    let output: JSONOutput
    /// How many containers are open around the place.
    let level: UInt32
    /// The number of the place.
    let serial: UInt32

    /// An encoder for a place that does not exist.
    ///
    /// Whatever is written to it is refused.
    static func refusing(_ output: JSONOutput) -> Self { Self(output: output, level: .max, serial: .max) }

    var codingPath: [any CodingKey] { output.path(depth: Int(level)) }

    var userInfo: [CodingUserInfoKey: Any] { output.options.userInfo }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(
            JSONStreamKeyedContainer<Key>(
                output: output, handle: output.openSlot(serial, depth: level, isObject: true)))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        JSONStreamUnkeyedContainer(output: output, handle: output.openSlot(serial, depth: level, isObject: false))
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    func encodeNil() throws {
        try output.takeSlot(serial)
        output.writeNull()
    }

    func encode(_ value: Bool) throws {
        try output.takeSlot(serial)
        output.write(value)
    }

    func encode(_ value: String) throws {
        try output.takeSlot(serial)
        output.write(value)
    }

    func encode(_ value: Double) throws {
        try output.takeSlot(serial)
        try output.write(value)
    }

    func encode(_ value: Float) throws {
        try output.takeSlot(serial)
        try output.write(value)
    }

    func encode<T: Encodable>(_ value: T) throws {
        let kind = JSONTypeKind.of(T.self)
        if kind == .plain {
            // The value takes the place of this one, so the place keeps its number.
            try value.encode(to: self)
        } else {
            try output.takeSlot(serial)
            try output.write(known: value, kind)
        }
    }

    func encode(_ value: Int) throws {
        try output.takeSlot(serial)
        output.write(Int64(value))
    }

    func encode(_ value: Int8) throws {
        try output.takeSlot(serial)
        output.write(Int64(value))
    }

    func encode(_ value: Int16) throws {
        try output.takeSlot(serial)
        output.write(Int64(value))
    }

    func encode(_ value: Int32) throws {
        try output.takeSlot(serial)
        output.write(Int64(value))
    }

    func encode(_ value: Int64) throws {
        try output.takeSlot(serial)
        output.write(value)
    }

    func encode(_ value: Int128) throws {
        try output.takeSlot(serial)
        output.writeASCII(value.description)
    }

    func encode(_ value: UInt) throws {
        try output.takeSlot(serial)
        output.write(UInt64(value))
    }

    func encode(_ value: UInt8) throws {
        try output.takeSlot(serial)
        output.write(UInt64(value))
    }

    func encode(_ value: UInt16) throws {
        try output.takeSlot(serial)
        output.write(UInt64(value))
    }

    func encode(_ value: UInt32) throws {
        try output.takeSlot(serial)
        output.write(UInt64(value))
    }

    func encode(_ value: UInt64) throws {
        try output.takeSlot(serial)
        output.write(value)
    }

    func encode(_ value: UInt128) throws {
        try output.takeSlot(serial)
        output.writeASCII(value.description)
    }
}
