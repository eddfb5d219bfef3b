// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The decoder that a type sees.
package struct FieldsDecoderCore: Decoder {
    let decoding: FieldsDecoding
    let cursor: FieldCursor

    package var codingPath: [any CodingKey] { decoding.codingPath(cursor.node) }
    package var userInfo: [CodingUserInfoKey: Any] { decoding.options.userInfo }

    package func container<Key>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        // One value of several has no fields below it, even if its name has.
        let node = cursor.value < 0 ? cursor.node : decoding.tree.addMissing("", below: cursor.node)
        return KeyedDecodingContainer(FieldsKeyedContainer<Key>(decoding: decoding, node: node))
    }

    package func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        FieldsUnkeyedContainer(
            decoding: decoding, node: cursor.node, elements: try decoding.elements(cursor))
    }

    package func singleValueContainer() throws -> any SingleValueDecodingContainer { self }
}

/// A key made from a text or from an index.
struct FieldKey: CodingKey {
    var stringValue: String
    var intValue: Int?

    init(stringValue: String) { self.stringValue = stringValue }

    init(intValue: Int) {
        self.stringValue = String(intValue)
        self.intValue = intValue
    }
}

extension FieldsDecoding {
    /// The steps from the form to a node.
    ///
    /// Only errors ask for them.
    func codingPath(_ node: Int) -> [any CodingKey] {
        var result: [any CodingKey] = []
        var node = node
        while node > 0 {
            result.append(FieldKey(stringValue: tree.step(node)))
            node = tree.nodes[node].parent
        }
        return result.reversed()
    }
}

/// An object: the fields below a name.
struct FieldsKeyedContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoding: FieldsDecoding
    let node: Int

    var codingPath: [any CodingKey] { decoding.codingPath(node) }
    var allKeys: [Key] { decoding.tree.children(node).compactMap { Key(stringValue: decoding.tree.step($0)) } }

    func contains(_ key: Key) -> Bool { decoding.find(key, below: node) != nil }

    func decodeNil(forKey key: Key) throws -> Bool {
        decoding.find(key, below: node).map(decoding.isEmpty) ?? true
    }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        try decoding.value(type, at: place(key))
    }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        try decoding.optional(type, at: decoding.find(key, below: node))
    }

    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        decoding.find(key, below: node).flatMap(decoding.text)
    }

    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
        try present(key).map { try decoding.integer(type, $0) }
    }

    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
        try present(key).map { try decoding.number(type, $0) }
    }

    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
        try present(key).map { try decoding.boolean($0) }
    }

    /// The place of a key, if something stands there.
    private func present(_ key: Key) -> FieldCursor? {
        guard let cursor = decoding.find(key, below: node), !decoding.isEmpty(cursor) else { return nil }
        return cursor
    }

    func nestedContainer<NestedKey>(
        keyedBy type: NestedKey.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try core(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try core(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
        let key = FieldKey(stringValue: "super")
        return FieldsDecoderCore(decoding: decoding, cursor: decoding.cursor(key, below: node))
    }

    func superDecoder(forKey key: Key) throws -> any Decoder { core(key) }

    private func place(_ key: Key) -> FieldCursor { decoding.cursor(key, below: node) }
    private func core(_ key: Key) -> FieldsDecoderCore { FieldsDecoderCore(decoding: decoding, cursor: place(key)) }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try decoding.boolean(place(key)) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try decoding.string(place(key)) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try decoding.number(type, place(key)) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try decoding.number(type, place(key)) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try decoding.integer(type, place(key)) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try decoding.integer(type, place(key)) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try decoding.integer(type, place(key)) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try decoding.integer(type, place(key)) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try decoding.integer(type, place(key)) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try decoding.integer(type, place(key)) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try decoding.integer(type, place(key)) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try decoding.integer(type, place(key)) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try decoding.integer(type, place(key)) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try decoding.integer(type, place(key)) }
    func decode(_ type: Int128.Type, forKey key: Key) throws -> Int128 { try decoding.integer(type, place(key)) }
    func decode(_ type: UInt128.Type, forKey key: Key) throws -> UInt128 { try decoding.integer(type, place(key)) }
}

/// An array: the values of a name, then its indexed children.
struct FieldsUnkeyedContainer: UnkeyedDecodingContainer {
    let decoding: FieldsDecoding
    let node: Int
    let elements: [FieldCursor]
    private(set) var currentIndex = 0

    init(decoding: FieldsDecoding, node: Int, elements: [FieldCursor]) {
        self.decoding = decoding
        self.node = node
        self.elements = elements
    }

    var codingPath: [any CodingKey] { decoding.codingPath(node) }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, decoding.isEmpty(elements[currentIndex]) else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try decoding.value(type, at: next()) }

    mutating func nestedContainer<NestedKey>(
        keyedBy type: NestedKey.Type
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try core().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try core().unkeyedContainer() }
    mutating func superDecoder() throws -> any Decoder { try core() }

    private mutating func core() throws -> FieldsDecoderCore {
        FieldsDecoderCore(decoding: decoding, cursor: try next())
    }

    private mutating func next() throws -> FieldCursor {
        guard !isAtEnd else {
            let place = FieldCursor(node: decoding.tree.addMissing(String(currentIndex), below: node))
            try decoding.failMissing(place)
            throw FieldsDecoding.Stop()
        }
        defer { currentIndex += 1 }
        return elements[currentIndex]
    }

    mutating func decode(_ type: Bool.Type) throws -> Bool { try decoding.boolean(next()) }
    mutating func decode(_ type: String.Type) throws -> String { try decoding.string(next()) }
    mutating func decode(_ type: Double.Type) throws -> Double { try decoding.number(type, next()) }
    mutating func decode(_ type: Float.Type) throws -> Float { try decoding.number(type, next()) }
    mutating func decode(_ type: Int.Type) throws -> Int { try decoding.integer(type, next()) }
    mutating func decode(_ type: Int8.Type) throws -> Int8 { try decoding.integer(type, next()) }
    mutating func decode(_ type: Int16.Type) throws -> Int16 { try decoding.integer(type, next()) }
    mutating func decode(_ type: Int32.Type) throws -> Int32 { try decoding.integer(type, next()) }
    mutating func decode(_ type: Int64.Type) throws -> Int64 { try decoding.integer(type, next()) }
    mutating func decode(_ type: UInt.Type) throws -> UInt { try decoding.integer(type, next()) }
    mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try decoding.integer(type, next()) }
    mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try decoding.integer(type, next()) }
    mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try decoding.integer(type, next()) }
    mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try decoding.integer(type, next()) }
    mutating func decode(_ type: Int128.Type) throws -> Int128 { try decoding.integer(type, next()) }
    mutating func decode(_ type: UInt128.Type) throws -> UInt128 { try decoding.integer(type, next()) }
}

/// A scalar: the text of a field.
extension FieldsDecoderCore: SingleValueDecodingContainer {
    package func decodeNil() -> Bool { decoding.isEmpty(cursor) }
    package func decode<T: Decodable>(_ type: T.Type) throws -> T { try decoding.value(type, at: cursor) }

    package func decode(_ type: Bool.Type) throws -> Bool { try decoding.boolean(cursor) }
    package func decode(_ type: String.Type) throws -> String { try decoding.string(cursor) }
    package func decode(_ type: Double.Type) throws -> Double { try decoding.number(type, cursor) }
    package func decode(_ type: Float.Type) throws -> Float { try decoding.number(type, cursor) }
    package func decode(_ type: Int.Type) throws -> Int { try decoding.integer(type, cursor) }
    package func decode(_ type: Int8.Type) throws -> Int8 { try decoding.integer(type, cursor) }
    package func decode(_ type: Int16.Type) throws -> Int16 { try decoding.integer(type, cursor) }
    package func decode(_ type: Int32.Type) throws -> Int32 { try decoding.integer(type, cursor) }
    package func decode(_ type: Int64.Type) throws -> Int64 { try decoding.integer(type, cursor) }
    package func decode(_ type: UInt.Type) throws -> UInt { try decoding.integer(type, cursor) }
    package func decode(_ type: UInt8.Type) throws -> UInt8 { try decoding.integer(type, cursor) }
    package func decode(_ type: UInt16.Type) throws -> UInt16 { try decoding.integer(type, cursor) }
    package func decode(_ type: UInt32.Type) throws -> UInt32 { try decoding.integer(type, cursor) }
    package func decode(_ type: UInt64.Type) throws -> UInt64 { try decoding.integer(type, cursor) }
    package func decode(_ type: Int128.Type) throws -> Int128 { try decoding.integer(type, cursor) }
    package func decode(_ type: UInt128.Type) throws -> UInt128 { try decoding.integer(type, cursor) }
}
