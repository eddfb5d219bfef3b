// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Writes one value into a node of a tree.
struct JSONTreeEncoder: Encoder, SingleValueEncodingContainer {
    let run: JSONTree.Run
    let node: JSONTree.Node
    let codingPath: [any CodingKey]
    /// Whether the value is a dictionary, whose keys no option changes.
    var keepsKeys = false

    var userInfo: [CodingUserInfoKey: Any] { run.options.userInfo }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        open(isObject: true)
        return KeyedEncodingContainer(JSONTreeKeyedContainer<Key>(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        open(isObject: false)
        return JSONTreeUnkeyedContainer(encoder: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    func encodeNil() throws { scalar { run.scratch.writeNull() } }

    func encode<T: Encodable>(_ value: T) throws {
        let kind = JSONTypeKind.of(T.self)
        switch kind {
        case .plain: try value.encode(to: self)
        case .collection, .strings, .integers, .doubles, .floats, .value:
            // Their elements need nodes of their own, so that indentation fits.
            var encoder = self
            encoder.keepsKeys = true
            try value.encode(to: encoder)
        case .scalar, .date, .uuid, .url, .data, .decimal: try scalar { try run.scratch.write(known: value, kind) }
        }
    }

    private func scalar(_ write: () throws -> Void) rethrows {
        let start = run.scratch.count
        try write()
        node.content = .scalar(start: start, count: run.scratch.count - start)
    }

    /// Makes the node an array or object, or remembers why it cannot be one.
    private func open(isObject: Bool) {
        guard run.failure == nil else { return }
        if codingPath.count >= run.options.maximumDepth {
            run.failure = .jsonTooDeep(run.options.maximumDepth)
        } else if !node.become(isObject: isObject) {
            let place = codingPath.isEmpty ? "the top level" : JSONPath.text(codingPath)
            run.failure = WireError(
                .jsonUnencodable,
                "The value at \(place) asked for containers of two kinds. Let its `encode(to:)` ask for one.",
                status: 500)
        }
    }

    /// The encoder of an element or member.
    func child(_ key: any CodingKey) -> JSONTreeEncoder {
        JSONTreeEncoder(run: run, node: JSONTree.Node(), codingPath: codingPath + [key])
    }
}

/// The members of an object of a tree.
struct JSONTreeKeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: JSONTreeEncoder

    var codingPath: [any CodingKey] { encoder.codingPath }

    private func name(_ key: some CodingKey) -> String {
        let converts = encoder.run.options.keys == .snakeCase && !encoder.keepsKeys
        return converts ? JSONKeyStyle.snakeCase(key.stringValue) : key.stringValue
    }

    /// The encoder of a member that is there from now on, whatever comes of it.
    private func member(_ key: some CodingKey) -> JSONTreeEncoder {
        let child = encoder.child(key)
        encoder.node.set(name(key), child.node)
        return child
    }

    func encodeNil(forKey key: Key) throws { try member(key).encodeNil() }

    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        if let failure = encoder.run.failure { throw failure }
        let child = encoder.child(key)
        try child.encode(value)
        encoder.node.set(name(key), child.node)
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy keyType: NestedKey.Type, forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> { member(key).container(keyedBy: keyType) }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { member(key).unkeyedContainer() }

    func superEncoder() -> any Encoder { member(JSONPathKey(stringValue: "super")) }

    func superEncoder(forKey key: Key) -> any Encoder { member(key) }
}

/// The elements of an array of a tree.
struct JSONTreeUnkeyedContainer: UnkeyedEncodingContainer {
    let encoder: JSONTreeEncoder

    var codingPath: [any CodingKey] { encoder.codingPath }

    var count: Int { encoder.node.count }

    /// The encoder of an element that is there from now on, whatever comes of it.
    private func element() -> JSONTreeEncoder {
        let child = encoder.child(JSONPathKey(index: count))
        encoder.node.append(child.node)
        return child
    }

    func encodeNil() throws { try element().encodeNil() }

    func encode<T: Encodable>(_ value: T) throws {
        if let failure = encoder.run.failure { throw failure }
        let child = encoder.child(JSONPathKey(index: count))
        try child.encode(value)
        encoder.node.append(child.node)
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy keyType: NestedKey.Type
    ) -> KeyedEncodingContainer<NestedKey> { element().container(keyedBy: keyType) }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { element().unkeyedContainer() }

    func superEncoder() -> any Encoder { element() }
}
