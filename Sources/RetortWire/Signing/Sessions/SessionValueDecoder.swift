// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Turns session values into `Decodable` values.
struct SessionValueDecoder: Decoder {
    let value: SessionValue
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    static func decode<Value: Decodable>(
        _ type: Value.Type, from value: SessionValue, path: [any CodingKey] = []
    ) throws -> Value {
        let decoder = SessionValueDecoder(value: value, codingPath: path)
        if let special = try decoder.special(type) as? Value { return special }
        return try Value(from: decoder)
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let members) = value else { throw mismatch([String: SessionValue].self) }
        return KeyedDecodingContainer(KeyedReader<Key>(members, codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard let elements = value.elements else { throw mismatch([SessionValue].self) }
        return UnkeyedReader(elements: elements, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { SingleReader(decoder: self) }

    /// The types that have a session value of their own, also as the texts that plain JSON has for them.
    private func special(_ type: any Decodable.Type) throws -> (any Decodable)? {
        if type == Date.self {
            if case .date(let date) = value { return date }
            guard let date = value.string.flatMap(HTTPDateText.parse) else { throw mismatch(type) }
            return date
        }
        if type == UUID.self {
            if case .uuid(let uuid) = value { return uuid }
            guard let uuid = value.string.flatMap(UUIDText.parse) else { throw mismatch(type) }
            return uuid
        }
        if type == [UInt8].self {
            if case .bytes(let bytes) = value { return bytes }
            guard case .string(let text) = value else { return nil }
            guard let bytes = Base64.decode(text.utf8) else { throw mismatch(type) }
            return bytes
        }
        return nil
    }

    func mismatch(_ type: any Any.Type) -> DecodingError {
        .typeMismatch(type, .init(codingPath: codingPath, debugDescription: "The value is not of the type \(type)."))
    }
}

private struct KeyedReader<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let members: [SessionValue.Member]
    let codingPath: [any CodingKey]
    // By bytes: equal Swift strings may have different ones.
    private let places: [[UInt8]: Int]

    init(_ members: [SessionValue.Member], _ codingPath: [any CodingKey]) {
        self.members = members
        self.codingPath = codingPath
        places = Dictionary(
            members.enumerated().map { (Array($0.element.name.utf8), $0.offset) },
            uniquingKeysWith: { first, _ in first })
    }

    var allKeys: [Key] { members.compactMap { Key(stringValue: $0.name) } }
    func contains(_ key: Key) -> Bool { places[Array(key.stringValue.utf8)] != nil }
    func decodeNil(forKey key: Key) throws -> Bool { try value(key) == .null }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try SessionValueDecoder.decode(type, from: value(key), path: codingPath + [key])
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try decoder(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoder(key).unkeyedContainer()
    }

    func superDecoder() -> any Decoder {
        let place = places[Array("super".utf8)]
        return SessionValueDecoder(value: place.map { members[$0].value } ?? .null, codingPath: codingPath)
    }

    func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(key) }

    private func value(_ key: Key) throws -> SessionValue {
        guard let place = places[Array(key.stringValue.utf8)] else {
            throw DecodingError.keyNotFound(
                key, .init(codingPath: codingPath, debugDescription: "There is no value named '\(key.stringValue)'."))
        }
        return members[place].value
    }

    private func decoder(_ key: Key) throws -> SessionValueDecoder {
        SessionValueDecoder(value: try value(key), codingPath: codingPath + [key])
    }
}

private struct UnkeyedReader: UnkeyedDecodingContainer {
    let elements: [SessionValue]
    let codingPath: [any CodingKey]
    private(set) var currentIndex = 0

    init(elements: [SessionValue], codingPath: [any CodingKey]) {
        self.elements = elements
        self.codingPath = codingPath
    }

    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    mutating func decodeNil() throws -> Bool {
        guard try next() == .null else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let value = try SessionValueDecoder.decode(type, from: next(), path: codingPath)
        currentIndex += 1
        return value
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested>
    {
        try superDecoder().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try superDecoder().unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder {
        let value = try next()
        currentIndex += 1
        return SessionValueDecoder(value: value, codingPath: codingPath)
    }

    private func next() throws -> SessionValue {
        guard currentIndex < elements.count else {
            throw DecodingError.valueNotFound(
                SessionValue.self, .init(codingPath: codingPath, debugDescription: "The list has no more elements."))
        }
        return elements[currentIndex]
    }
}

private struct SingleReader: SingleValueDecodingContainer {
    let decoder: SessionValueDecoder
    var codingPath: [any CodingKey] { decoder.codingPath }

    func decodeNil() -> Bool { decoder.value == .null }

    func decode(_ type: Bool.Type) throws -> Bool {
        guard case .bool(let value) = decoder.value else { throw decoder.mismatch(type) }
        return value
    }

    func decode(_ type: String.Type) throws -> String {
        guard let value = decoder.value.string else { throw decoder.mismatch(type) }
        return value
    }

    func decode(_ type: Double.Type) throws -> Double {
        switch decoder.value {
        case .double(let value): return value
        case .int(let value): return Double(value)
        default: throw decoder.mismatch(type)
        }
    }

    func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
    func decode(_ type: Int.Type) throws -> Int { try whole() }
    func decode(_ type: Int8.Type) throws -> Int8 { try whole() }
    func decode(_ type: Int16.Type) throws -> Int16 { try whole() }
    func decode(_ type: Int32.Type) throws -> Int32 { try whole() }
    func decode(_ type: Int64.Type) throws -> Int64 { try whole() }
    func decode(_ type: UInt.Type) throws -> UInt { try whole() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try whole() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try whole() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try whole() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try whole() }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try SessionValueDecoder.decode(type, from: decoder.value, path: decoder.codingPath)
    }

    /// A whole number in range; `1.0` counts as one.
    private func whole<Number: FixedWidthInteger>() throws -> Number {
        let number: Number? =
            switch decoder.value {
            case .int(let value): Number(exactly: value)
            case .double(let value): Number(exactly: value)
            default: nil
            }
        guard let number else { throw decoder.mismatch(Number.self) }
        return number
    }
}
