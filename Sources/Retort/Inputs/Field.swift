// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A property of an ``Input``: its default, its limits, and what it means.
///
///     @Field(in: 0...1) var minimumScore = 0.5
///     @Field(in: 1...100, unit: "px") var width: Int?
///     @Field("Title", length: 1...200) var title: String
///     @Field(count: ...5) var tags: [String] = []
///     @Field var format: OutputFormat = .json
///
/// A property without a default and of a type that is no Optional must be sent. The words behind the limits are for
/// documents and forms: a title, a description in place of the documentation comment, a unit, a format such as
/// `email`, `password`, `multiline` or `color`, and a name other than that of the property.
@propertyWrapper
public struct Field<Value: Decodable & Sendable>: Sendable {
    /// The value; nil while a field that must be sent has none.
    var stored: Value?

    let rule: FieldRule<Value>

    init(_ value: Value?, _ notes: FieldNotes, _ limits: [FieldLimit<Value>] = []) {
        rule = FieldRule(value, notes, limits)
        stored = rule.defaultValue
    }

    /// Creates a field without limits, which must be sent unless its type is an Optional.
    public init() { self.init(nil, FieldNotes()) }

    /// The value that was sent, set or left at its default.
    ///
    /// A field without a default has none in a value that `init()` has made. Reading it stops the program, as there is
    /// nothing to go on with; no value that a request brings is without one.
    public var wrappedValue: Value {
        get {
            guard let stored else {
                // fatalError, because the property's type leaves no other way to say that there is nothing: only code
                // that makes the value by `init()` and forgets a property gets here, never what a client sends.
                fatalError(
                    "A field of the type \(Value.self) has no default and was read before it was set. Give it a value.")
            }
            return stored
        }
        set { stored = newValue }
    }
}

// MARK: Without limits

extension Field {
    /// Creates a field with a default and without limits.
    ///
    /// - Parameters:
    ///   - wrappedValue: The default.
    ///   - title: What a form calls it; nil for its name.
    ///   - unit: What stands behind the number, such as `px`.
    ///   - format: What kind of text it is. Nothing is checked by it.
    ///   - description: What it means; nil for the documentation comment.
    ///   - name: The name by which it is sent; nil for that of the property.
    public init(
        wrappedValue: Value, _ title: String? = nil, unit: String? = nil, format: String? = nil,
        description: String? = nil, name: String? = nil
    ) {
        self.init(
            wrappedValue,
            FieldNotes(name: name, title: title, description: description, unit: unit, format: format))
    }

    /// Creates a field without limits, which must be sent unless its type is an Optional.
    ///
    /// - Parameters:
    ///   - title: What a form calls it; nil for its name.
    ///   - unit: What stands behind the number, such as `px`.
    ///   - format: What kind of text it is. Nothing is checked by it.
    ///   - description: What it means; nil for the documentation comment.
    ///   - name: The name by which it is sent; nil for that of the property.
    public init(
        _ title: String? = nil, unit: String? = nil, format: String? = nil, description: String? = nil,
        name: String? = nil
    ) {
        self.init(nil, FieldNotes(name: name, title: title, description: description, unit: unit, format: format))
    }
}

extension Field: Encodable where Value: Encodable {
    /// Writes the value alone.
    ///
    /// - Parameter encoder: Takes the value.
    /// - Throws: What the value throws, and `EncodingError` for a field without a value.
    public func encode(to encoder: any Encoder) throws {
        guard let stored else {
            throw EncodingError.invalidValue(
                Value.self,
                EncodingError.Context(codingPath: encoder.codingPath, debugDescription: "The field has no value."))
        }
        try stored.encode(to: encoder)
    }
}

extension Field: Equatable where Value: Equatable {
    /// Compares the values.
    ///
    /// - Parameters:
    ///   - left: A field.
    ///   - right: A field.
    /// - Returns: Whether the values are equal.
    public static func == (left: Field, right: Field) -> Bool { left.stored == right.stored }
}

extension Field: Hashable where Value: Hashable {
    /// Hashes the value.
    ///
    /// - Parameter hasher: Takes the value.
    public func hash(into hasher: inout Hasher) { hasher.combine(stored) }
}
