// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Turns `Codable` values into session values.
struct SessionValueEncoder {
    /// Whether dates, UUIDs and bytes stay what they are.
    ///
    /// Otherwise they become texts, which every JSON has.
    let keepsTypes: Bool

    func encode(_ value: some Encodable) throws -> SessionValue {
        let node = Node()
        try encode(value, into: node, path: [])
        return node.value
    }

    /// Writes one value, with a shortcut for the types that have a session value of their own.
    fileprivate func encode(_ value: some Encodable, into node: Node, path: [any CodingKey]) throws {
        if let date = value as? Date {
            node.content = .leaf(keepsTypes ? .date(date) : .string(HTTPDateText.format(date)))
        } else if let uuid = value as? UUID {
            node.content = .leaf(keepsTypes ? .uuid(uuid) : .string(UUIDText.format(uuid, hyphens: true)))
        } else if type(of: value) == [UInt8].self, let bytes = value as? [UInt8] {
            // The cast alone would also take an empty array of anything else.
            node.content = .leaf(keepsTypes ? .bytes(bytes) : .string(Base64.encode(bytes)))
        } else {
            try value.encode(to: NodeEncoder(settings: self, node: node, codingPath: path))
        }
    }
}

/// A value that is being written.
///
/// Encoders share it by reference.
private final class Node {
    enum Content {
        case none
        case leaf(SessionValue)
        case array([Node])
        case object([(String, Node)], places: [[UInt8]: Int])
    }

    var content = Content.none

    var value: SessionValue {
        switch content {
        // A type that encodes nothing, such as an empty struct.
        case .none: .object([])
        case .leaf(let value): value
        case .array(let nodes): .array(nodes.map(\.value))
        case .object(let members, _): .object(members.map { SessionValue.Member($0.0, $0.1.value) })
        }
    }

    var count: Int { if case .array(let nodes) = content { nodes.count } else { 0 } }

    func becomeArray() {
        guard case .array = content else {
            content = .array([])
            return
        }
    }

    func becomeObject() {
        guard case .object = content else {
            content = .object([], places: [:])
            return
        }
    }

    func append() -> Node {
        let child = Node()
        if case .array(var nodes) = content {
            content = .none
            nodes.append(child)
            content = .array(nodes)
        }
        return child
    }

    func member(_ name: String) -> Node {
        guard case .object(var members, var places) = content else { return Node() }
        let key = Array(name.utf8)
        if let place = places[key] { return members[place].1 }
        content = .none
        let child = Node()
        places[key] = members.count
        members.append((name, child))
        content = .object(members, places: places)
        return child
    }
}

private struct NodeEncoder: Encoder {
    let settings: SessionValueEncoder
    let node: Node
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        node.becomeObject()
        return KeyedEncodingContainer(KeyedWriter<Key>(settings: settings, node: node, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        node.becomeArray()
        return UnkeyedWriter(settings: settings, node: node, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        SingleWriter(settings: settings, node: node, codingPath: codingPath)
    }
}

/// The last key under which every class writes its parent's members.
private struct SuperKey: CodingKey {
    var stringValue: String { "super" }
    var intValue: Int? { nil }
    init() {}
    init?(stringValue: String) {}
    init?(intValue: Int) { nil }
}

private struct KeyedWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let settings: SessionValueEncoder
    let node: Node
    let codingPath: [any CodingKey]

    func encodeNil(forKey key: Key) { node.member(key.stringValue).content = .leaf(.null) }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        try settings.encode(value, into: node.member(key.stringValue), path: codingPath + [key])
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        encoder(for: key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        encoder(for: key).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { encoder(for: SuperKey()) }
    func superEncoder(forKey key: Key) -> any Encoder { encoder(for: key) }

    private func encoder(for key: any CodingKey) -> NodeEncoder {
        NodeEncoder(settings: settings, node: node.member(key.stringValue), codingPath: codingPath + [key])
    }
}

private struct UnkeyedWriter: UnkeyedEncodingContainer {
    let settings: SessionValueEncoder
    let node: Node
    let codingPath: [any CodingKey]
    var count: Int { node.count }

    func encodeNil() { node.append().content = .leaf(.null) }

    func encode<Value: Encodable>(_ value: Value) throws {
        try settings.encode(value, into: node.append(), path: codingPath)
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        encoder().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder().unkeyedContainer() }
    func superEncoder() -> any Encoder { encoder() }

    private func encoder() -> NodeEncoder {
        NodeEncoder(settings: settings, node: node.append(), codingPath: codingPath)
    }
}

private struct SingleWriter: SingleValueEncodingContainer {
    let settings: SessionValueEncoder
    let node: Node
    let codingPath: [any CodingKey]

    func encodeNil() { node.content = .leaf(.null) }
    func encode(_ value: Bool) { node.content = .leaf(.bool(value)) }
    func encode(_ value: String) { node.content = .leaf(.string(value)) }
    func encode(_ value: Double) { node.content = .leaf(.double(value)) }
    // Through the text, so that 0.1 does not become 0.10000000149011612.
    func encode(_ value: Float) { node.content = .leaf(.double(Double(value.description) ?? Double(value))) }
    func encode(_ value: Int) throws { try whole(value) }
    func encode(_ value: Int8) throws { try whole(value) }
    func encode(_ value: Int16) throws { try whole(value) }
    func encode(_ value: Int32) throws { try whole(value) }
    func encode(_ value: Int64) throws { try whole(value) }
    func encode(_ value: UInt) throws { try whole(value) }
    func encode(_ value: UInt8) throws { try whole(value) }
    func encode(_ value: UInt16) throws { try whole(value) }
    func encode(_ value: UInt32) throws { try whole(value) }
    func encode(_ value: UInt64) throws { try whole(value) }
    func encode<Value: Encodable>(_ value: Value) throws { try settings.encode(value, into: node, path: codingPath) }

    private func whole(_ value: some BinaryInteger) throws {
        guard let number = Int64(exactly: value) else {
            throw EncodingError.invalidValue(
                value, .init(codingPath: codingPath, debugDescription: "The number does not fit into 64 bits."))
        }
        node.content = .leaf(.int(number))
    }
}
