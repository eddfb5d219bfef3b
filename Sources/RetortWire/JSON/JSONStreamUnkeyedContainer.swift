// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The elements of an array that is streamed.
struct JSONStreamUnkeyedContainer: UnkeyedEncodingContainer {
    let output: JSONOutput
    let handle: JSONOutput.Handle

    var codingPath: [any CodingKey] { output.path(depth: Int(handle.index)) }

    var count: Int { output.elementCount(handle) }

    func encodeNil() throws {
        try output.beginElement(handle)
        output.writeNull()
    }

    func encode(_ value: Bool) throws {
        try output.beginElement(handle)
        output.write(value)
    }

    func encode(_ value: String) throws {
        try output.beginElement(handle)
        output.write(value)
    }

    func encode(_ value: Double) throws {
        try output.prepare(handle)
        let mark = output.mark()
        output.separate()
        do { try output.write(value) } catch { throw output.goingBack(to: mark, error) }
    }

    func encode(_ value: Float) throws {
        try output.prepare(handle)
        let mark = output.mark()
        output.separate()
        do { try output.write(value) } catch { throw output.goingBack(to: mark, error) }
    }

    func encode<T: Encodable>(_ value: T) throws {
        try output.prepare(handle)
        let mark = output.mark()
        output.separate()
        do { try output.write(any: value) } catch { throw output.goingBack(to: mark, error) }
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy keyType: NestedKey.Type
    ) -> KeyedEncodingContainer<NestedKey> {
        KeyedEncodingContainer(JSONStreamKeyedContainer<NestedKey>(output: output, handle: open(isObject: true)))
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        JSONStreamUnkeyedContainer(output: output, handle: open(isObject: false))
    }

    func superEncoder() -> any Encoder {
        guard (try? output.beginElement(handle)) != nil else { return JSONStreamEncoder.refusing(output) }
        return JSONStreamEncoder(output: output, level: UInt32(output.depth), serial: output.beginSlot())
    }

    private func open(isObject: Bool) -> JSONOutput.Handle {
        guard (try? output.beginElement(handle)) != nil else { return .closed }
        return output.open(isObject: isObject)
    }

    func encode(_ value: Int) throws {
        try output.beginElement(handle)
        output.write(Int64(value))
    }

    func encode(_ value: Int8) throws {
        try output.beginElement(handle)
        output.write(Int64(value))
    }

    func encode(_ value: Int16) throws {
        try output.beginElement(handle)
        output.write(Int64(value))
    }

    func encode(_ value: Int32) throws {
        try output.beginElement(handle)
        output.write(Int64(value))
    }

    func encode(_ value: Int64) throws {
        try output.beginElement(handle)
        output.write(value)
    }

    func encode(_ value: Int128) throws {
        try output.beginElement(handle)
        output.writeASCII(value.description)
    }

    func encode(_ value: UInt) throws {
        try output.beginElement(handle)
        output.write(UInt64(value))
    }

    func encode(_ value: UInt8) throws {
        try output.beginElement(handle)
        output.write(UInt64(value))
    }

    func encode(_ value: UInt16) throws {
        try output.beginElement(handle)
        output.write(UInt64(value))
    }

    func encode(_ value: UInt32) throws {
        try output.beginElement(handle)
        output.write(UInt64(value))
    }

    func encode(_ value: UInt64) throws {
        try output.beginElement(handle)
        output.write(value)
    }

    func encode(_ value: UInt128) throws {
        try output.beginElement(handle)
        output.writeASCII(value.description)
    }
}
