// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The decoder that a recorded type sees.
struct SchemaRecorder: Decoder {
    let recording: SchemaRecording
    let node: RecordedNode

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        node.isKeyed = true
        return KeyedDecodingContainer(RecordedObject<Key>(recording: recording, node: node))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        node.isUnkeyed = true
        return RecordedArray(recording: recording, node: node)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }
}

extension SchemaRecorder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { false }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        node.set(single: recording.schema(of: type))
        return try recording.standIn(type)
    }
}

/// An object that has every key a type asks for.
struct RecordedObject<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let recording: SchemaRecording
    let node: RecordedNode

    var codingPath: [any CodingKey] { [] }

    var allKeys: [Key] {
        node.isOpen = true
        return []
    }

    func contains(_ key: Key) -> Bool {
        node.optionalNames.insert(key.stringValue)
        return true
    }

    func decodeNil(forKey key: Key) throws -> Bool {
        node.optionalNames.insert(key.stringValue)
        return false
    }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        node.add(key.stringValue, recording.schema(of: type), isRequired: true)
        return try recording.standIn(type)
    }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        node.add(key.stringValue, recording.schema(of: type), isRequired: false)
        return nil
    }

    func nestedContainer<NestedKey>(
        keyedBy type: NestedKey.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try child(key.stringValue).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try child(key.stringValue).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { child("super") }
    func superDecoder(forKey key: Key) throws -> any Decoder { child(key.stringValue) }

    private func child(_ name: String) -> SchemaRecorder {
        SchemaRecorder(recording: recording, node: node.child(name))
    }

    // The standard library gives `decodeIfPresent` of scalars a way around the generic form.
    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try absent(type, key) }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try absent(type, key) }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? { try absent(type, key) }
    func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? { try absent(type, key) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try absent(type, key) }
    func decodeIfPresent(_ type: Int8.Type, forKey key: Key) throws -> Int8? { try absent(type, key) }
    func decodeIfPresent(_ type: Int16.Type, forKey key: Key) throws -> Int16? { try absent(type, key) }
    func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? { try absent(type, key) }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? { try absent(type, key) }
    func decodeIfPresent(_ type: Int128.Type, forKey key: Key) throws -> Int128? { try absent(type, key) }
    func decodeIfPresent(_ type: UInt.Type, forKey key: Key) throws -> UInt? { try absent(type, key) }
    func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? { try absent(type, key) }
    func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? { try absent(type, key) }
    func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? { try absent(type, key) }
    func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? { try absent(type, key) }
    func decodeIfPresent(_ type: UInt128.Type, forKey key: Key) throws -> UInt128? { try absent(type, key) }

    private func absent<T: Decodable>(_ type: T.Type, _ key: Key) throws -> T? {
        node.add(key.stringValue, recording.schema(of: type), isRequired: false)
        return nil
    }

    func decode(_ type: Int128.Type, forKey key: Key) throws -> Int128 { try present(type, key) }
    func decode(_ type: UInt128.Type, forKey key: Key) throws -> UInt128 { try present(type, key) }

    private func present<T: Decodable>(_ type: T.Type, _ key: Key) throws -> T {
        node.add(key.stringValue, recording.schema(of: type), isRequired: true)
        return try recording.standIn(type)
    }
}

/// An array that has as many elements as a type asks for, and one for a type that reads to the end.
struct RecordedArray: UnkeyedDecodingContainer {
    let recording: SchemaRecording
    let node: RecordedNode
    private(set) var currentIndex = 0

    /// A type that reads more elements than this does not ask for the end and never finds it.
    private static let mostElements = 1_000

    init(recording: SchemaRecording, node: RecordedNode) {
        self.recording = recording
        self.node = node
    }

    var codingPath: [any CodingKey] { [] }

    var count: Int? {
        node.asksForEnd = true
        return 1
    }

    var isAtEnd: Bool {
        node.asksForEnd = true
        return currentIndex > 0
    }

    mutating func decodeNil() throws -> Bool { false }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        try advance()
        node.add(element: recording.schema(of: type))
        return try recording.standIn(type)
    }

    mutating func nestedContainer<NestedKey>(
        keyedBy type: NestedKey.Type
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try child().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try child().unkeyedContainer() }
    mutating func superDecoder() throws -> any Decoder { try child() }

    private mutating func child() throws -> SchemaRecorder {
        try advance()
        return SchemaRecorder(recording: recording, node: node.child("\(currentIndex)"))
    }

    private mutating func advance() throws {
        guard currentIndex < Self.mostElements else { throw SchemaRecording.Refusal() }
        currentIndex += 1
    }
}
