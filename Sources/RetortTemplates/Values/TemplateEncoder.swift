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
        defer { state.forget() }
        return try ValueEncoder.value(value, path: [], depth: 0, state: state)
    }
}

/// What is known about a type while a value is encoded.
private final class TypeFacts {
    let type: ObjectIdentifier
    let isArray: Bool
    /// The keys of its values, which are nearly always the same; nil until there was one.
    var shape: TemplateDict.Shape?

    init<Value: Encodable>(_ type: Value.Type) {
        self.type = ObjectIdentifier(type)
        isArray = type is any EncodableElements.Type
    }
}

/// What is known while a value and everything in it is encoded.
private final class EncodingState {
    private struct Content {
        /// The types so far, which are few in one value.
        var types: [TypeFacts] = []
        /// Encoders that nobody uses any more.
        var spares: [ValueEncoder] = []
    }

    /// Behind a pointer, so that using it takes plain loads and stores.
    private let content: UnsafeMutablePointer<Content> = .allocate(capacity: 1)

    init() { content.initialize(to: Content()) }

    deinit {
        content.deinitialize(count: 1)
        content.deallocate()
    }

    func facts<Value: Encodable>(of type: Value.Type) -> TypeFacts {
        let key = ObjectIdentifier(type)
        for facts in content.pointee.types where facts.type == key { return facts }
        let facts = TypeFacts(type)
        content.pointee.types.append(facts)
        return facts
    }

    func takeEncoder() -> ValueEncoder { content.pointee.spares.popLast() ?? ValueEncoder(self) }

    /// Keeps an encoder for the next value, unless somebody has kept a container, which still writes to this one.
    func giveBack(_ encoder: inout ValueEncoder) {
        if !isShared(&encoder) { content.pointee.spares.append(encoder) }
    }

    func isShared(_ encoder: inout ValueEncoder) -> Bool { !isKnownUniquelyReferenced(&encoder) }

    /// Lets go of the encoders, which hold this.
    func forget() { content.pointee.spares = [] }
}

/// Arrays, which are gone through here: encoding themselves they would ask for each of their elements what it is.
private protocol EncodableElements {
    func templateValues(path: [any CodingKey], depth: Int, state: EncodingState) throws -> [TemplateValue]
}

extension Array: EncodableElements where Element: Encodable {
    fileprivate func templateValues(
        path: [any CodingKey], depth: Int, state: EncodingState
    ) throws -> [TemplateValue] {
        var values: [TemplateValue] = []
        values.reserveCapacity(count)
        if SpecialValues.has(Element.self) {
            for element in self { values.append(SpecialValues.value(element) ?? .none) }
            return values
        }
        let facts = state.facts(of: Element.self)
        guard !facts.isArray, !isEmpty else {
            for element in self {
                values.append(try ValueEncoder.value(element, facts, path: path, depth: depth, state: state))
            }
            return values
        }
        try ValueEncoder.check(depth: depth)
        var encoder = state.takeEncoder()
        encoder.begin(path, depth + 1)
        try withUnsafeBufferPointer { elements in
            for index in elements.indices {
                encoder.expect(facts.shape)
                try elements[index].encode(to: encoder)
                values.append(encoder.finish(facts))
                guard state.isShared(&encoder) else { continue }
                encoder = state.takeEncoder()
                encoder.begin(path, depth + 1)
            }
        }
        state.giveBack(&encoder)
        return values
    }
}

/// What a value encodes itself into.
private final class ValueEncoder: Encoder {
    private enum Kind { case empty, value, pairs, list }

    private struct Content {
        var kind = Kind.empty
        var values: [TemplateValue] = []
        /// The keys so far, or those that are expected; nil as long as there are none.
        var shape: TemplateDict.Shape?
        /// The keys of the shape where they are expected ones, and all that came so far are among them.
        var expected: UnsafeMutablePointer<TemplateDict.Shape.Content>?
        /// Encoders of nested containers, with the places where their values go.
        var pending: [(place: Int, encoder: ValueEncoder)] = []
        var path: [any CodingKey] = []
        var depth = 0
    }

    /// Behind a pointer, so that using it takes plain loads and stores.
    private let content: UnsafeMutablePointer<Content> = .allocate(capacity: 1)
    let state: EncodingState
    var path: [any CodingKey] { content.pointee.path }
    var depth: Int { content.pointee.depth }
    var codingPath: [any CodingKey] { path }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    init(_ state: EncodingState) {
        self.state = state
        content.initialize(to: Content())
    }

    deinit {
        content.deinitialize(count: 1)
        content.deallocate()
    }

    static func value<Value: Encodable>(
        _ value: Value, path: [any CodingKey], depth: Int, state: EncodingState
    ) throws -> TemplateValue {
        if let known = SpecialValues.value(value) { return known }
        return try self.value(value, state.facts(of: Value.self), path: path, depth: depth, state: state)
    }

    static func value<Value: Encodable>(
        _ value: Value, _ facts: TypeFacts, path: [any CodingKey], depth: Int, state: EncodingState
    ) throws -> TemplateValue {
        try check(depth: depth)
        if facts.isArray, let array = value as? any EncodableElements {
            return .list(try array.templateValues(path: path, depth: depth + 1, state: state))
        }
        var encoder = state.takeEncoder()
        encoder.begin(path, depth + 1)
        encoder.expect(facts.shape)
        try value.encode(to: encoder)
        let result = encoder.finish(facts)
        state.giveBack(&encoder)
        return result
    }

    static func check(depth: Int) throws {
        guard depth < TemplateEncoder.mostDepth else {
            throw TemplateError(.limit, "The value is nested more than \(TemplateEncoder.mostDepth) deep.")
        }
    }

    func begin(_ path: [any CodingKey], _ depth: Int) {
        content.pointee.path = path
        content.pointee.depth = depth
    }

    /// Begins with a value that will probably have some keys.
    func expect(_ shape: TemplateDict.Shape?) {
        content.pointee.kind = .empty
        content.pointee.expected = shape?.content
        content.pointee.shape = shape
        guard let shape else { return }
        content.pointee.values = Array(unsafeUninitializedCapacity: shape.count) { _, count in count = 0 }
    }

    /// The value, which is taken out of the encoder.
    func finish(_ facts: TypeFacts?) -> TemplateValue {
        if !content.pointee.pending.isEmpty {
            for (place, encoder) in content.pointee.pending { content.pointee.values[place] = encoder.finish(nil) }
            content.pointee.pending = []
        }
        switch content.pointee.kind {
        case .empty: return .dict([])
        case .value: return takenValues.last ?? .none
        case .list: return .list(takenValues)
        case .pairs:
            if let expected = content.pointee.expected, count < expected.pointee.keys.count { leaveExpected() }
            // Whoever has kept a container writes to keys that nobody else has.
            let shape = content.pointee.shape.take() ?? TemplateDict.Shape()
            if content.pointee.expected == nil { facts?.shape = shape }
            content.pointee.expected = nil
            return .dict(TemplateDict(entries: TemplateDict.Entries(shape, takenValues)))
        }
    }

    private var takenValues: [TemplateValue] {
        var values: [TemplateValue] = []
        swap(&values, &content.pointee.values)
        return values
    }

    /// Goes on with keys of its own.
    private func leaveExpected() {
        let own = TemplateDict.Shape()
        if let shape = content.pointee.shape {
            for place in content.pointee.values.indices { own.append(shape.key(at: place), shape.keys[place]) }
        }
        content.pointee.shape = own
        content.pointee.expected = nil
    }

    func add(_ value: TemplateValue, _ name: String) {
        if let expected = content.pointee.expected {
            if expected.pointee.isText(name, at: count) {
                content.pointee.values.append(value)
                return
            }
            leaveExpected()
        }
        let shape = content.pointee.shape ?? TemplateDict.Shape()
        content.pointee.shape = shape
        let key = DictKey(text: name)
        if let place = shape.find(key) {
            content.pointee.values[place] = value
        } else {
            shape.append(key, .string(name))
            content.pointee.values.append(value)
        }
    }

    @inline(__always)
    func add(_ value: TemplateValue) { content.pointee.values.append(value) }

    func set(_ value: TemplateValue) {
        content.pointee.kind = .value
        content.pointee.values = [value]
    }

    var count: Int { content.pointee.values.count }

    func nested(_ name: String?, _ key: any CodingKey) -> ValueEncoder {
        let encoder = ValueEncoder(state)
        encoder.begin(path + [key], depth + 1)
        content.pointee.pending.append((count, encoder))
        if let name { add(.none, name) } else { add(.none) }
        return encoder
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        content.pointee.kind = .pairs
        return KeyedEncodingContainer(KeyedContainer<Key>(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        content.pointee.kind = .list
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

    /// Whether values of a type are such values.
    static func has<Value>(_ type: Value.Type) -> Bool {
        type == String.self || type == Int.self || type == Double.self || type == Bool.self || type == [String].self
            || type == [Int].self || type == EncodableTemplateValue.self || type == SafeHTML.self || type == Date.self
            || type == UUID.self || type == URL.self
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
