// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Any JSON value.
///
/// Text is compared byte by byte, and the order of members does not matter for equality. `1` and `1.0` are different
/// values, as they are different texts.
///
/// Source: RFC 8259 §3.
public enum JSONValue: Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A whole number that fits `Int64`.
    case int(Int64)
    /// A whole number above the highest `Int64`. Smaller ones are `.int`, also where they came from a `UInt64`.
    case unsigned(UInt64)
    /// Every other number, rounded to the nearest `Double`.
    case double(Double)
    /// A string.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object.
    case object(JSONObject)

    /// Creates a whole number.
    ///
    /// - Parameter number: Any whole number. One that fits neither `Int64` nor `UInt64` becomes a `Double`.
    public init(_ number: some BinaryInteger) {
        if let value = Int64(exactly: number) {
            self = .int(value)
        } else if let value = UInt64(exactly: number) {
            self = .unsigned(value)
        } else {
            self = .double(Double(number))
        }
    }

    /// Whether the value is `null`.
    public var isNull: Bool { self == .null }

    /// The value of `true` or `false`, otherwise nil.
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

    /// The whole number, otherwise nil.
    ///
    /// A `.double` without a fraction counts.
    public var int: Int? {
        switch self {
        case .int(let value): Int(exactly: value)
        case .unsigned(let value): Int(exactly: value)
        case .double(let value): Int(exactly: value)
        default: nil
        }
    }

    /// The number, rounded to the nearest `Double`, otherwise nil.
    public var double: Double? {
        switch self {
        case .int(let value): Double(value)
        case .unsigned(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }

    /// The string, otherwise nil.
    public var string: String? { if case .string(let value) = self { value } else { nil } }

    /// The elements of the array, otherwise nil.
    public var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }

    /// The object, otherwise nil.
    public var object: JSONObject? { if case .object(let value) = self { value } else { nil } }

    /// The value of a key, or nil when there is none or this is no object.
    ///
    /// Setting a key of something that is no object makes it an object of this one member. Setting nil removes the key.
    ///
    /// - Parameter key: The key, compared byte by byte.
    public subscript(key: String) -> JSONValue? {
        get { if case .object(let object) = self { object[key] } else { nil } }
        set {
            var object = object ?? JSONObject()
            // Otherwise the members would have a second owner, and the change would copy all of them.
            self = .null
            object[key] = newValue
            self = .object(object)
        }
    }

    /// The element at an index, or nil when there is none or this is no array.
    ///
    /// - Parameter index: The index, counted from 0.
    public subscript(index: Int) -> JSONValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }
}

extension JSONValue: Hashable {
    /// Whether both are the same value.
    public static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.int(let left), .int(let right)): left == right
        case (.unsigned(let left), .unsigned(let right)): left == right
        case (.double(let left), .double(let right)): left == right
        case (.string(let left), .string(let right)): left.hasSameBytes(as: right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }

    /// Feeds the value to a hasher.
    ///
    /// - Parameter hasher: The hasher.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let value): hasher.combine(value)
        case .int(let value): hasher.combine(value)
        case .unsigned(let value): hasher.combine(value)
        case .double(let value): hasher.combine(value)
        case .string(let value): JSONObject.Name(value).hash(into: &hasher)
        case .array(let elements): hasher.combine(elements)
        case .object(let object): hasher.combine(object)
        }
    }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByStringInterpolation,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// Creates `null`.
    ///
    /// - Parameter nilLiteral: Nothing.
    public init(nilLiteral: ()) { self = .null }

    /// Creates `true` or `false`.
    ///
    /// - Parameter value: The value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }

    /// Creates a whole number.
    ///
    /// - Parameter value: The number.
    public init(integerLiteral value: Int64) { self = .int(value) }

    /// Creates a number with a fraction.
    ///
    /// - Parameter value: The number.
    public init(floatLiteral value: Double) { self = .double(value) }

    /// Creates a string.
    ///
    /// - Parameter value: The text.
    public init(stringLiteral value: String) { self = .string(value) }

    /// Creates an array.
    ///
    /// - Parameter elements: The elements.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    /// Creates an object.
    ///
    /// Of members with the same key the last one counts.
    ///
    /// - Parameter elements: The members.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(JSONObject(elements.map { (key: $0.0, value: $0.1) }))
    }
}
