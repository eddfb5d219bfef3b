// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Makes values for templates out of values that can be encoded.
///
/// Structs become dictionaries in the order of their properties. Dates, ``SafeHTML``, ``TemplateValue`` and UUIDs and URLs
/// keep their meaning.
public struct TemplateEncoder: Sendable {
    /// How deeply values may be nested.
    static let mostDepth = 100

    /// Creates an encoder.
    public init() {}

    /// Makes a value for templates.
    ///
    /// - Parameter value: Any value that can be encoded.
    /// - Returns: The value for templates.
    /// - Throws: What the value throws; ``TemplateError`` for one that is nested too deeply.
    public func encode<Value: Encodable>(_ value: Value) throws -> TemplateValue {
        try ValueEncoder.value(value, path: [], depth: 0)
    }
}

/// What a value encodes itself into.
private final class ValueEncoder: Encoder {
    enum Content {
        case empty
        case value(TemplateValue)
        case pairs([(String, TemplateValue)])
        case list([TemplateValue])
    }

    var content = Content.empty
    /// Encoders of nested containers, with the places where their values go.
    private var pending: [(place: Int, encoder: ValueEncoder)] = []
    let codingPath: [any CodingKey]
    let depth: Int
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    init(path: [any CodingKey], depth: Int) {
        codingPath = path
        self.depth = depth
    }

    static func value<Value: Encodable>(_ value: Value, path: [any CodingKey], depth: Int) throws -> TemplateValue {
        if let known = special(value) { return known }
        guard depth < TemplateEncoder.mostDepth else {
            throw TemplateError(.limit, "The value is nested more than \(TemplateEncoder.mostDepth) deep.")
        }
        let encoder = ValueEncoder(path: path, depth: depth + 1)
        try value.encode(to: encoder)
        return encoder.finished
    }

    /// Values that are not encoded part by part.
    private static func special<Value: Encodable>(_ value: Value) -> TemplateValue? {
        switch value {
        case let text as String: .string(text)
        case let number as Int: .int(number)
        case let truth as Bool: .bool(truth)
        case let number as Double: .float(number)
        case let box as EncodableTemplateValue: box.value
        case let date as Date: .object(DateObject(secondsSince1970: date.timeIntervalSince1970))
        case let id as UUID: .string(id.uuidString.lowercased())
        case let url as URL: .string(url.absoluteString)
        case let markup as SafeHTML: .markup(markup)
        default: nil
        }
    }

    var finished: TemplateValue {
        switch content {
        case .empty: return .dict([])
        case .value(let value): return value
        case .pairs(var pairs):
            for (place, encoder) in pending { pairs[place].1 = encoder.finished }
            return .dict(pairs)
        case .list(var values):
            for (place, encoder) in pending { values[place] = encoder.finished }
            return .list(values)
        }
    }

    func add(_ value: TemplateValue, _ name: String) {
        if case .pairs(var pairs) = content {
            content = .empty
            pairs.append((name, value))
            content = .pairs(pairs)
        } else {
            content = .pairs([(name, value)])
        }
    }

    func add(_ value: TemplateValue) {
        if case .list(var values) = content {
            content = .empty
            values.append(value)
            content = .list(values)
        } else {
            content = .list([value])
        }
    }

    var count: Int {
        switch content {
        case .pairs(let pairs): pairs.count
        case .list(let values): values.count
        default: 0
        }
    }

    func nested(_ name: String?, _ key: any CodingKey) -> ValueEncoder {
        let encoder = ValueEncoder(path: codingPath + [key], depth: depth + 1)
        pending.append((count, encoder))
        if let name { add(.none, name) } else { add(.none) }
        return encoder
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if case .pairs = content {} else { content = .pairs([]) }
        return KeyedEncodingContainer(KeyedContainer<Key>(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if case .list = content {} else { content = .list([]) }
        return ListContainer(encoder: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { SingleContainer(encoder: self) }
}

/// A number of any width as a value.
private func number(_ value: some BinaryInteger) -> TemplateValue {
    Int(exactly: value).map { .int($0) } ?? .float(Double(value))
}

private struct KeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: ValueEncoder
    var codingPath: [any CodingKey] { encoder.codingPath }

    func encodeNil(forKey key: Key) { encoder.add(.none, key.stringValue) }
    func encode(_ value: Bool, forKey key: Key) { encoder.add(.bool(value), key.stringValue) }
    func encode(_ value: String, forKey key: Key) { encoder.add(.string(value), key.stringValue) }
    func encode(_ value: Double, forKey key: Key) { encoder.add(.float(value), key.stringValue) }
    func encode(_ value: Float, forKey key: Key) {
        encoder.add(.float(Double("\(value)") ?? Double(value)), key.stringValue)
    }
    func encode(_ value: Int, forKey key: Key) { encoder.add(.int(value), key.stringValue) }
    func encode(_ value: Int8, forKey key: Key) { encoder.add(number(value), key.stringValue) }
    func encode(_ value: Int16, forKey key: Key) { encoder.add(number(value), key.stringValue) }
    func encode(_ value: Int32, forKey key: Key) { encoder.add(number(value), key.stringValue) }
    func encode(_ value: Int64, forKey key: Key) { encoder.add(number(value), key.stringValue) }
    func encode(_ value: UInt, forKey key: Key) { encoder.add(number(value), key.stringValue) }
    func encode(_ value: UInt8, forKey key: Key) { encoder.add(number(value), key.stringValue) }
    func encode(_ value: UInt16, forKey key: Key) { encoder.add(number(value), key.stringValue) }
    func encode(_ value: UInt32, forKey key: Key) { encoder.add(number(value), key.stringValue) }
    func encode(_ value: UInt64, forKey key: Key) { encoder.add(number(value), key.stringValue) }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        encoder.add(try ValueEncoder.value(value, path: codingPath + [key], depth: encoder.depth), key.stringValue)
    }

    // Absent properties are `None`, so that templates can ask for them.
    func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
    }
    func encodeIfPresent(_ value: Bool?, forKey key: Key) throws {
        encoder.add(value.map { .bool($0) } ?? .none, key.stringValue)
    }
    func encodeIfPresent(_ value: String?, forKey key: Key) throws {
        encoder.add(value.map { .string($0) } ?? .none, key.stringValue)
    }
    func encodeIfPresent(_ value: Double?, forKey key: Key) throws {
        encoder.add(value.map { .float($0) } ?? .none, key.stringValue)
    }
    func encodeIfPresent(_ value: Int?, forKey key: Key) throws {
        encoder.add(value.map { .int($0) } ?? .none, key.stringValue)
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<
        Nested
    > {
        encoder.nested(key.stringValue, key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        encoder.nested(key.stringValue, key).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { encoder.nested("super", PlainKey("super")) }
    func superEncoder(forKey key: Key) -> any Encoder { encoder.nested(key.stringValue, key) }
}

private struct ListContainer: UnkeyedEncodingContainer {
    let encoder: ValueEncoder
    var codingPath: [any CodingKey] { encoder.codingPath }
    var count: Int { encoder.count }
    private var key: PlainKey { PlainKey("\(count)") }

    func encodeNil() { encoder.add(.none) }
    func encode(_ value: Bool) { encoder.add(.bool(value)) }
    func encode(_ value: String) { encoder.add(.string(value)) }
    func encode(_ value: Double) { encoder.add(.float(value)) }
    func encode(_ value: Float) { encoder.add(.float(Double("\(value)") ?? Double(value))) }
    func encode(_ value: Int) { encoder.add(.int(value)) }

    func encode<Value: Encodable>(_ value: Value) throws {
        encoder.add(try ValueEncoder.value(value, path: codingPath, depth: encoder.depth))
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        encoder.nested(nil, key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder.nested(nil, key).unkeyedContainer() }
    func superEncoder() -> any Encoder { encoder.nested(nil, key) }
}

private struct SingleContainer: SingleValueEncodingContainer {
    let encoder: ValueEncoder
    var codingPath: [any CodingKey] { encoder.codingPath }

    private func set(_ value: TemplateValue) { encoder.content = .value(value) }

    func encodeNil() { set(.none) }
    func encode(_ value: Bool) { set(.bool(value)) }
    func encode(_ value: String) { set(.string(value)) }
    func encode(_ value: Double) { set(.float(value)) }
    func encode(_ value: Float) { set(.float(Double("\(value)") ?? Double(value))) }
    func encode(_ value: Int) { set(.int(value)) }
    func encode(_ value: Int8) { set(number(value)) }
    func encode(_ value: Int16) { set(number(value)) }
    func encode(_ value: Int32) { set(number(value)) }
    func encode(_ value: Int64) { set(number(value)) }
    func encode(_ value: UInt) { set(number(value)) }
    func encode(_ value: UInt8) { set(number(value)) }
    func encode(_ value: UInt16) { set(number(value)) }
    func encode(_ value: UInt32) { set(number(value)) }
    func encode(_ value: UInt64) { set(number(value)) }

    func encode<Value: Encodable>(_ value: Value) throws {
        set(try ValueEncoder.value(value, path: codingPath, depth: encoder.depth))
    }
}

private struct PlainKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(_ text: String) { stringValue = text }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

/// A value for templates as a part of something that can be encoded.
public struct EncodableTemplateValue: Encodable, Sendable {
    /// The value.
    public let value: TemplateValue

    /// Wraps a value.
    ///
    /// - Parameter value: The value.
    public init(_ value: TemplateValue) { self.value = value }

    /// Writes the text of the value, for encoders that are not for templates.
    ///
    /// - Parameter encoder: The encoder.
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value.representation)
    }
}

extension SafeHTML: Encodable {
    /// Writes the markup, for encoders that are not for templates.
    ///
    /// - Parameter encoder: The encoder.
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(html)
    }
}
