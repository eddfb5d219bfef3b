// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Reads the value of one field; nil where nothing was sent and the default counts.
typealias FieldReader<Value> = @Sendable (KeyedDecodingContainer<InputKey>, InputKey) throws -> Value?

/// The ways to read a field, of which the quickest is chosen once for a type.
enum FieldReaders {
    static func reader<Value: Decodable & Sendable>(_ type: Value.Type, isRequired: Bool) -> FieldReader<Value> {
        // The decoder says what is missing.
        if isRequired { return { try $0.decode(Value.self, forKey: $1) } }
        if let known = scalar(type) { return known }
        guard type is any OptionalField.Type else { return { try $0.decodeIfPresent(Value.self, forKey: $1) } }
        // What is sent and empty is nil; the default is for what is not sent.
        return { $0.contains($1) ? try $0.decode(Value.self, forKey: $1) : nil }
    }

    /// Containers have functions of their own for the commonest types, which need no look at the type.
    private static func scalar<Value>(_ type: Value.Type) -> FieldReader<Value>? {
        if type == String.self { return same { try $0.decodeIfPresent(String.self, forKey: $1) } }
        if type == Int.self { return same { try $0.decodeIfPresent(Int.self, forKey: $1) } }
        if type == Double.self { return same { try $0.decodeIfPresent(Double.self, forKey: $1) } }
        if type == Bool.self { return same { try $0.decodeIfPresent(Bool.self, forKey: $1) } }
        if type == String?.self { return same { optional(try $0.decodeIfPresent(String.self, forKey: $1), $0, $1) } }
        if type == Int?.self { return same { optional(try $0.decodeIfPresent(Int.self, forKey: $1), $0, $1) } }
        if type == Double?.self { return same { optional(try $0.decodeIfPresent(Double.self, forKey: $1), $0, $1) } }
        return nil
    }

    private static func optional<Wrapped>(
        _ value: Wrapped?, _ container: KeyedDecodingContainer<InputKey>, _ key: InputKey
    ) -> Wrapped?? {
        if let value { return .some(value) }
        return container.contains(key) ? .some(nil) : nil
    }

    /// A reader of a type as one of the same type by another name.
    private static func same<Known, Value>(_ reader: @escaping FieldReader<Known>) -> FieldReader<Value>? {
        reader as? FieldReader<Value>
    }
}
