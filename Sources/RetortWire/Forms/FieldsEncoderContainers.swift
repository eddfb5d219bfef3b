// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// An object: its fields get its name before theirs.
struct FieldsKeyedEncodingContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let core: FieldsEncoderCore

    var codingPath: [any CodingKey] { core.codingPath }

    mutating func encodeNil(forKey key: Key) throws {}
    mutating func encode<T: Encodable>(_ value: T, forKey key: Key) throws { try core.below(key).write(value) }
    // The standard library refuses these two where a container does not name them.
    mutating func encode(_ value: Int128, forKey key: Key) throws { try core.below(key).encode(value) }
    mutating func encode(_ value: UInt128, forKey key: Key) throws { try core.below(key).encode(value) }

    mutating func nestedContainer<NestedKey>(
        keyedBy type: NestedKey.Type, forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> {
        core.below(key).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        core.below(key).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { core.below(FieldKey(stringValue: "super")) }
    mutating func superEncoder(forKey key: Key) -> any Encoder { core.below(key) }
}

/// An array: scalars repeat its name, everything else gets an index.
struct FieldsUnkeyedEncodingContainer: UnkeyedEncodingContainer {
    let core: FieldsEncoderCore
    private(set) var count = 0

    init(core: FieldsEncoderCore) { self.core = core }

    var codingPath: [any CodingKey] { core.codingPath }

    /// A list of names without values cannot show a gap, so nil takes no place.
    mutating func encodeNil() throws { count += 1 }
    mutating func encode<T: Encodable>(_ value: T) throws { try next().write(value) }
    mutating func encode(_ value: Int128) throws { try next().encode(value) }
    mutating func encode(_ value: UInt128) throws { try next().encode(value) }

    mutating func nestedContainer<NestedKey>(
        keyedBy type: NestedKey.Type
    ) -> KeyedEncodingContainer<NestedKey> {
        next().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { next().unkeyedContainer() }
    mutating func superEncoder() -> any Encoder { next() }

    private mutating func next() -> FieldsEncoderCore {
        defer { count += 1 }
        return core.below(index: count)
    }
}

/// A scalar: its text.
extension FieldsEncoderCore: SingleValueEncodingContainer {
    func encodeNil() throws {}
    func encode<T: Encodable>(_ value: T) throws { try write(value) }
    func encode(_ value: Bool) throws { try append(value ? "true" : "false") }
    func encode(_ value: String) throws { try append(value) }
    func encode(_ value: Double) throws { try append(finite: value) }
    func encode(_ value: Float) throws { try append(finite: value) }
    func encode(_ value: Int) throws { try append(String(value)) }
    func encode(_ value: Int8) throws { try append(String(value)) }
    func encode(_ value: Int16) throws { try append(String(value)) }
    func encode(_ value: Int32) throws { try append(String(value)) }
    func encode(_ value: Int64) throws { try append(String(value)) }
    func encode(_ value: UInt) throws { try append(String(value)) }
    func encode(_ value: UInt8) throws { try append(String(value)) }
    func encode(_ value: UInt16) throws { try append(String(value)) }
    func encode(_ value: UInt32) throws { try append(String(value)) }
    func encode(_ value: UInt64) throws { try append(String(value)) }
    func encode(_ value: Int128) throws { try append(String(value)) }
    func encode(_ value: UInt128) throws { try append(String(value)) }
}
