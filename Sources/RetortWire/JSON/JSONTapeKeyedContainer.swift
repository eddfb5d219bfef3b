// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The members of an object on a tape.
struct JSONTapeKeyedContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let input: JSONInput
    let object: Int

    var codingPath: [any CodingKey] { input.path(to: object) }

    var allKeys: [Key] {
        var keys: [Key] = []
        input.forEachKey(object) { index in
            let name = input.keyText(index)
            if let key = Key(stringValue: input.convertsKeys ? JSONKeyStyle.camelCase(name) : name) { keys.append(key) }
        }
        return keys
    }

    func contains(_ key: Key) -> Bool { find(key) != nil }

    /// The index of the value of a key, or nil.
    @inline(__always)
    private func find(_ key: Key) -> Int? {
        input.convertsKeys ? findConverted(key) : input.find(key.stringValue, in: object)
    }

    @inline(never)
    private func findConverted(_ key: Key) -> Int? {
        let name = key.stringValue
        // What no property declares, such as a key of a dictionary, stands in the text as it is.
        return input.find(JSONKeyStyle.snakeCase(name), in: object) ?? input.find(name, in: object)
    }

    /// The index of the value of a key, which has to be there.
    @inline(__always)
    private func require(_ key: Key) throws -> Int {
        guard let index = find(key) else { throw input.missing(key, in: object) }
        return index
    }

    /// The index of the value of a key, or nil when it is missing or null.
    @inline(__always)
    private func findPresent(_ key: Key) -> Int? {
        guard let index = find(key), !input.isNull(index) else { return nil }
        return index
    }

    @inline(__always)
    private func read<T: Decodable>(_ type: T.Type, _ index: Int) throws -> T {
        input.enter(object, child: index &- 1, position: 0)
        defer { input.leave() }
        return try input.read(type, index)
    }

    func decodeNil(forKey key: Key) throws -> Bool { input.isNull(try require(key)) }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try read(type, require(key)) }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        guard let index = findPresent(key) else { return nil }
        return try read(type, index)
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try JSONTapeDecoder.keyed(input, require(key))
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try JSONTapeUnkeyedContainer(input: input, array: require(key))
    }

    func superDecoder() throws -> any Decoder {
        // A superclass without any property may have written nothing. The entry at 0 is a null.
        JSONTapeDecoder(input: input, index: input.find("super", in: object) ?? 0)
    }

    func superDecoder(forKey key: Key) throws -> any Decoder { JSONTapeDecoder(input: input, index: find(key) ?? 0) }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try input.readBool(require(key)) }

    func decode(_ type: String.Type, forKey key: Key) throws -> String { try input.readString(require(key)) }

    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try input.readDouble(require(key)) }

    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try input.readFloat(require(key)) }

    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try input.readInteger(require(key)) }

    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try input.readInteger(require(key)) }

    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try input.readInteger(require(key)) }

    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try input.readInteger(require(key)) }

    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try input.readInteger(require(key)) }

    func decode(_ type: Int128.Type, forKey key: Key) throws -> Int128 { try input.readInteger(require(key)) }

    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try input.readInteger(require(key)) }

    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try input.readInteger(require(key)) }

    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try input.readInteger(require(key)) }

    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try input.readInteger(require(key)) }

    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try input.readInteger(require(key)) }

    func decode(_ type: UInt128.Type, forKey key: Key) throws -> UInt128 { try input.readInteger(require(key)) }

    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
        guard let index = findPresent(key) else { return nil }
        return try input.readBool(index)
    }

    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        guard let index = findPresent(key) else { return nil }
        return try input.readString(index)
    }

    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
        guard let index = findPresent(key) else { return nil }
        return try input.readDouble(index)
    }

    func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? {
        guard let index = findPresent(key) else { return nil }
        return try input.readFloat(index)
    }

    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
        guard let index = findPresent(key) else { return nil }
        return try input.readInteger(index)
    }

    func decodeIfPresent(_ type: Int8.Type, forKey key: Key) throws -> Int8? {
        guard let index = findPresent(key) else { return nil }
        return try input.readInteger(index)
    }

    func decodeIfPresent(_ type: Int16.Type, forKey key: Key) throws -> Int16? {
        guard let index = findPresent(key) else { return nil }
        return try input.readInteger(index)
    }

    func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? {
        guard let index = findPresent(key) else { return nil }
        return try input.readInteger(index)
    }

    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? {
        guard let index = findPresent(key) else { return nil }
        return try input.readInteger(index)
    }

    func decodeIfPresent(_ type: Int128.Type, forKey key: Key) throws -> Int128? {
        guard let index = findPresent(key) else { return nil }
        return try input.readInteger(index)
    }

    func decodeIfPresent(_ type: UInt.Type, forKey key: Key) throws -> UInt? {
        guard let index = findPresent(key) else { return nil }
        return try input.readInteger(index)
    }

    func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? {
        guard let index = findPresent(key) else { return nil }
        return try input.readInteger(index)
    }

    func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? {
        guard let index = findPresent(key) else { return nil }
        return try input.readInteger(index)
    }

    func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? {
        guard let index = findPresent(key) else { return nil }
        return try input.readInteger(index)
    }

    func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? {
        guard let index = findPresent(key) else { return nil }
        return try input.readInteger(index)
    }

    func decodeIfPresent(_ type: UInt128.Type, forKey key: Key) throws -> UInt128? {
        guard let index = findPresent(key) else { return nil }
        return try input.readInteger(index)
    }
}
