// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The members of an object that is streamed.
struct JSONStreamKeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let output: JSONOutput
    let handle: JSONOutput.Handle

    var codingPath: [any CodingKey] { output.path(depth: Int(handle.index)) }

    /// Writes the key of a member.
    @inline(__always)
    private func begin(_ key: Key) throws {
        try output.beginElement(handle)
        output.writeKey(key.stringValue)
    }

    func encodeNil(forKey key: Key) throws {
        try begin(key)
        output.writeNull()
    }

    func encode(_ value: Bool, forKey key: Key) throws {
        try begin(key)
        output.write(value)
    }

    func encode(_ value: String, forKey key: Key) throws {
        try begin(key)
        output.write(value)
    }

    func encode(_ value: Double, forKey key: Key) throws {
        try output.prepare(handle)
        let mark = output.mark()
        output.separate()
        output.writeKey(key.stringValue)
        do { try output.write(value) } catch { throw output.goingBack(to: mark, error) }
    }

    func encode(_ value: Float, forKey key: Key) throws {
        try output.prepare(handle)
        let mark = output.mark()
        output.separate()
        output.writeKey(key.stringValue)
        do { try output.write(value) } catch { throw output.goingBack(to: mark, error) }
    }

    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        try output.prepare(handle)
        let mark = output.mark()
        output.separate()
        output.writeKey(key.stringValue)
        do { try output.write(any: value) } catch { throw output.goingBack(to: mark, error) }
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy keyType: NestedKey.Type, forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> {
        KeyedEncodingContainer(
            JSONStreamKeyedContainer<NestedKey>(output: output, handle: open(key, isObject: true)))
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        JSONStreamUnkeyedContainer(output: output, handle: open(key, isObject: false))
    }

    func superEncoder() -> any Encoder { superEncoder(named: "super") }

    func superEncoder(forKey key: Key) -> any Encoder { superEncoder(named: key.stringValue) }

    private func superEncoder(named name: String) -> any Encoder {
        guard (try? output.beginElement(handle)) != nil else { return JSONStreamEncoder.refusing(output) }
        output.writeKey(name)
        return JSONStreamEncoder(output: output, level: UInt32(output.depth), serial: output.beginSlot())
    }

    /// Opens a container in a member.
    ///
    /// What cannot be streamed is remembered by the output.
    private func open(_ key: Key, isObject: Bool) -> JSONOutput.Handle {
        guard (try? begin(key)) != nil else { return .closed }
        return output.open(isObject: isObject)
    }

    func encode(_ value: Int, forKey key: Key) throws {
        try begin(key)
        output.write(Int64(value))
    }

    func encode(_ value: Int8, forKey key: Key) throws {
        try begin(key)
        output.write(Int64(value))
    }

    func encode(_ value: Int16, forKey key: Key) throws {
        try begin(key)
        output.write(Int64(value))
    }

    func encode(_ value: Int32, forKey key: Key) throws {
        try begin(key)
        output.write(Int64(value))
    }

    func encode(_ value: Int64, forKey key: Key) throws {
        try begin(key)
        output.write(value)
    }

    func encode(_ value: Int128, forKey key: Key) throws {
        try begin(key)
        output.writeASCII(value.description)
    }

    func encode(_ value: UInt, forKey key: Key) throws {
        try begin(key)
        output.write(UInt64(value))
    }

    func encode(_ value: UInt8, forKey key: Key) throws {
        try begin(key)
        output.write(UInt64(value))
    }

    func encode(_ value: UInt16, forKey key: Key) throws {
        try begin(key)
        output.write(UInt64(value))
    }

    func encode(_ value: UInt32, forKey key: Key) throws {
        try begin(key)
        output.write(UInt64(value))
    }

    func encode(_ value: UInt64, forKey key: Key) throws {
        try begin(key)
        output.write(value)
    }

    func encode(_ value: UInt128, forKey key: Key) throws {
        try begin(key)
        output.writeASCII(value.description)
    }
}
