// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The elements of an array on a tape.
struct JSONTapeUnkeyedContainer: UnkeyedDecodingContainer {
    let input: JSONInput
    // Three numbers of 32 bits and the reference fit into an existential without an allocation.
    private let array: UInt32
    private var next: UInt32
    private var position: UInt32 = 0

    init(input: JSONInput, array: Int) throws {
        guard try input.entry(array).isKind(.array) else {
            throw input.mismatch(array, [Any].self, expected: "an array")
        }
        self.input = input
        self.array = UInt32(truncatingIfNeeded: array)
        self.next = UInt32(truncatingIfNeeded: array + 1)
    }

    var codingPath: [any CodingKey] { input.path(to: Int(array)) }

    var count: Int? { input.peek(Int(array)).low }

    var currentIndex: Int { Int(position) }

    var isAtEnd: Bool { position >= input.peek(Int(array)).low }

    /// The index of the next element on the tape.
    @inline(__always)
    private func element<T>(_ type: T.Type) throws -> Int {
        guard position < (try input.entry(Int(array))).low else {
            throw input.ended(Int(array), type, count: Int(position))
        }
        let index = Int(next)
        input.note(Int(array), child: index, position: Int(position))
        return index
    }

    /// Goes on behind an element.
    @inline(__always)
    private mutating func advance(_ element: Int) {
        next = UInt32(truncatingIfNeeded: input.tape.next(element))
        position &+= 1
    }

    mutating func decodeNil() throws -> Bool {
        let element = try element(Any?.self)
        guard input.isNull(element) else { return false }
        advance(element)
        return true
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        let element = try element(type)
        input.enter(Int(array), child: element, position: Int(position))
        defer { input.leave() }
        let value = try input.read(type, element)
        advance(element)
        return value
    }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type
    ) throws -> KeyedDecodingContainer<NestedKey> {
        let element = try element([String: Any].self)
        let container: KeyedDecodingContainer<NestedKey> = try JSONTapeDecoder.keyed(input, element)
        advance(element)
        return container
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        let element = try element([Any].self)
        let container = try JSONTapeUnkeyedContainer(input: input, array: element)
        advance(element)
        return container
    }

    mutating func superDecoder() throws -> any Decoder {
        let element = try element((any Decoder).self)
        advance(element)
        return JSONTapeDecoder(input: input, index: element)
    }

    mutating func decode(_ type: Bool.Type) throws -> Bool {
        let element = try element(type)
        let value: Bool = try input.readBool(element)
        advance(element)
        return value
    }

    mutating func decode(_ type: String.Type) throws -> String {
        let element = try element(type)
        let value: String = try input.readString(element)
        advance(element)
        return value
    }

    mutating func decode(_ type: Double.Type) throws -> Double {
        let element = try element(type)
        let value: Double = try input.readDouble(element)
        advance(element)
        return value
    }

    mutating func decode(_ type: Float.Type) throws -> Float {
        let element = try element(type)
        let value: Float = try input.readFloat(element)
        advance(element)
        return value
    }

    mutating func decode(_ type: Int.Type) throws -> Int {
        let element = try element(type)
        let value: Int = try input.readInteger(element)
        advance(element)
        return value
    }

    mutating func decode(_ type: Int8.Type) throws -> Int8 {
        let element = try element(type)
        let value: Int8 = try input.readInteger(element)
        advance(element)
        return value
    }

    mutating func decode(_ type: Int16.Type) throws -> Int16 {
        let element = try element(type)
        let value: Int16 = try input.readInteger(element)
        advance(element)
        return value
    }

    mutating func decode(_ type: Int32.Type) throws -> Int32 {
        let element = try element(type)
        let value: Int32 = try input.readInteger(element)
        advance(element)
        return value
    }

    mutating func decode(_ type: Int64.Type) throws -> Int64 {
        let element = try element(type)
        let value: Int64 = try input.readInteger(element)
        advance(element)
        return value
    }

    mutating func decode(_ type: Int128.Type) throws -> Int128 {
        let element = try element(type)
        let value: Int128 = try input.readInteger(element)
        advance(element)
        return value
    }

    mutating func decode(_ type: UInt.Type) throws -> UInt {
        let element = try element(type)
        let value: UInt = try input.readInteger(element)
        advance(element)
        return value
    }

    mutating func decode(_ type: UInt8.Type) throws -> UInt8 {
        let element = try element(type)
        let value: UInt8 = try input.readInteger(element)
        advance(element)
        return value
    }

    mutating func decode(_ type: UInt16.Type) throws -> UInt16 {
        let element = try element(type)
        let value: UInt16 = try input.readInteger(element)
        advance(element)
        return value
    }

    mutating func decode(_ type: UInt32.Type) throws -> UInt32 {
        let element = try element(type)
        let value: UInt32 = try input.readInteger(element)
        advance(element)
        return value
    }

    mutating func decode(_ type: UInt64.Type) throws -> UInt64 {
        let element = try element(type)
        let value: UInt64 = try input.readInteger(element)
        advance(element)
        return value
    }

    mutating func decode(_ type: UInt128.Type) throws -> UInt128 {
        let element = try element(type)
        let value: UInt128 = try input.readInteger(element)
        advance(element)
        return value
    }
}
