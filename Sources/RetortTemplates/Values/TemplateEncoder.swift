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
        let state = EncodingState()
        return try withExtendedLifetime(state) { try ValueEncoder.value(value, path: [], depth: 0, state: state) }
    }
}

/// What is known while a value and everything in it is encoded.
private final class EncodingState {
    /// The keys of values of one type, which are nearly always the same.
    private var shapes: [ObjectIdentifier: TemplateDict.Shape] = [:]
    private var last: (type: ObjectIdentifier, shape: TemplateDict.Shape)?
    /// Encoders that nobody uses any more.
    var spares: [ValueEncoder] = []

    func shape(of type: ObjectIdentifier) -> TemplateDict.Shape? {
        if let last, last.type == type { return last.shape }
        guard let shape = shapes[type] else { return nil }
        last = (type, shape)
        return shape
    }

    func keep(_ shape: TemplateDict.Shape, of type: ObjectIdentifier) {
        shapes[type] = shape
        last = nil
    }
}

/// What a value encodes itself into.
private final class ValueEncoder: Encoder {
    private enum Kind { case empty, value, pairs, list }

    private var kind = Kind.empty
    private var values: [TemplateValue] = []
    /// The keys so far, as long as they differ from the expected ones.
    private var shape: TemplateDict.Shape
    private var isExpected: Bool
    /// Encoders of nested containers, with the places where their values go.
    private var pending: [(place: Int, encoder: ValueEncoder)] = []
    private(set) var path: [any CodingKey]
    private(set) var depth: Int
    unowned let state: EncodingState
    var codingPath: [any CodingKey] { path }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    init(path: [any CodingKey], depth: Int, state: EncodingState, shape: TemplateDict.Shape?) {
        self.path = path
        self.depth = depth
        self.state = state
        self.shape = shape ?? TemplateDict.Shape()
        isExpected = shape != nil
    }

    static func value<Value: Encodable>(
        _ value: Value, path: [any CodingKey], depth: Int, state: EncodingState
    ) throws -> TemplateValue {
        if let known = SpecialValues.value(value) { return known }
        guard depth < TemplateEncoder.mostDepth else {
            throw TemplateError(.limit, "The value is nested more than \(TemplateEncoder.mostDepth) deep.")
        }
        let type = ObjectIdentifier(Value.self)
        let shape = state.shape(of: type)
        var encoder = state.spares.popLast() ?? ValueEncoder(path: path, depth: depth + 1, state: state, shape: shape)
        encoder.begin(path, depth + 1, shape)
        try value.encode(to: encoder)
        let result = encoder.finished
        if encoder.kind == .pairs, !encoder.isExpected { state.keep(encoder.shape, of: type) }
        // Somebody may have kept a container, which still writes to this one.
        if isKnownUniquelyReferenced(&encoder) { state.spares.append(encoder) }
        return result
    }

    private func begin(_ path: [any CodingKey], _ depth: Int, _ shape: TemplateDict.Shape?) {
        self.path = path
        self.depth = depth
        kind = .empty
        pending = []
        isExpected = shape != nil
        self.shape = shape ?? TemplateDict.Shape()
        values = []
        if let shape { values.reserveCapacity(shape.count) }
    }

    private var finished: TemplateValue {
        for (place, encoder) in pending { values[place] = encoder.finished }
        switch kind {
        case .empty: return .dict([])
        case .value: return values.last ?? .none
        case .list: return .list(values)
        case .pairs:
            if isExpected, values.count < shape.count { leaveExpected() }
            return .dict(TemplateDict(entries: TemplateDict.Entries(shape, values)))
        }
    }

    /// Goes on with keys of its own.
    private func leaveExpected() {
        let own = TemplateDict.Shape()
        for place in values.indices { own.append(shape.key(at: place), shape.keys[place]) }
        shape = own
        isExpected = false
    }

    func add(_ value: TemplateValue, _ name: String) {
        if isExpected {
            if shape.isText(name, at: values.count) {
                values.append(value)
                return
            }
            leaveExpected()
        }
        let key = DictKey(text: name)
        if let place = shape.find(key) {
            values[place] = value
        } else {
            shape.append(key, .string(name))
            values.append(value)
        }
    }

    @inline(__always)
    func add(_ value: TemplateValue) { values.append(value) }

    func set(_ value: TemplateValue) {
        kind = .value
        values = [value]
    }

    var count: Int { values.count }

    func nested(_ name: String?, _ key: any CodingKey) -> ValueEncoder {
        let encoder = ValueEncoder(path: path + [key], depth: depth + 1, state: state, shape: nil)
        pending.append((count, encoder))
        if let name { add(.none, name) } else { add(.none) }
        return encoder
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        kind = .pairs
        return KeyedEncodingContainer(KeyedContainer<Key>(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        kind = .list
        return ListContainer(encoder: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { SingleContainer(encoder: self) }
}

/// Values that are not encoded part by part.
private enum SpecialValues {
    /// Comparing types is much faster than casting values, and encoding does it for every element of a list.
    @inline(__always)
    private static func read<Value, Wanted>(_ value: Value, as type: Wanted.Type) -> Wanted? {
        guard Value.self == Wanted.self else { return nil }
        return withUnsafePointer(to: value) { UnsafeRawPointer($0).assumingMemoryBound(to: Wanted.self).pointee }
    }

    static func value<Value: Encodable>(_ value: Value) -> TemplateValue? {
        if let text = read(value, as: String.self) { return .string(text) }
        if let number = read(value, as: Int.self) { return .int(number) }
        if let number = read(value, as: Double.self) { return .float(number) }
        if let truth = read(value, as: Bool.self) { return .bool(truth) }
        if let texts = read(value, as: [String].self) { return .list(texts.map { .string($0) }) }
        if let numbers = read(value, as: [Int].self) { return .list(numbers.map { .int($0) }) }
        if let box = read(value, as: EncodableTemplateValue.self) { return box.value }
        if let markup = read(value, as: SafeHTML.self) { return .markup(markup) }
        if let date = read(value, as: Date.self) {
            return .object(DateObject(secondsSince1970: date.timeIntervalSince1970))
        }
        if let id = read(value, as: UUID.self) { return .string(id.uuidString.lowercased()) }
        if let url = read(value, as: URL.self) { return .string(url.absoluteString) }
        return nil
    }
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
        encoder.add(
            try ValueEncoder.value(value, path: encoder.path, depth: encoder.depth, state: encoder.state),
            key.stringValue)
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
        encoder.add(try ValueEncoder.value(value, path: encoder.path, depth: encoder.depth, state: encoder.state))
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

    private func set(_ value: TemplateValue) { encoder.set(value) }

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
        set(try ValueEncoder.value(value, path: encoder.path, depth: encoder.depth, state: encoder.state))
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
