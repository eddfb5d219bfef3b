// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A value that a session can keep: what JSON has, and six types that Flask adds to it by tags.
///
/// Names and texts are compared as Swift compares strings; ``SessionData`` looks names up by their bytes.
public enum SessionValue: Hashable, Sendable {
    /// `null`.
    case null
    /// A truth value.
    case bool(Bool)
    /// A whole number. One that does not fit is read as ``double(_:)``.
    case int(Int64)
    /// A number, possibly infinite or not a number.
    case double(Double)
    /// A text.
    case string(String)
    /// A list.
    case array([SessionValue])
    /// Names with values. They are written in the order of their bytes.
    case object([Member])
    /// A list of fixed length, which Python calls a tuple.
    case tuple([SessionValue])
    /// Bytes.
    case bytes([UInt8])
    /// Text that is safe HTML and is not escaped again.
    case markup(String)
    /// A UUID.
    case uuid(UUID)
    /// A time, written to the second.
    case date(Date)

    /// One name and value of an object.
    public struct Member: Hashable, Sendable {
        /// The name.
        public var name: String
        /// The value.
        public var value: SessionValue

        /// Creates a member.
        ///
        /// - Parameters:
        ///   - name: The name.
        ///   - value: The value.
        public init(_ name: String, _ value: SessionValue) {
            self.name = name
            self.value = value
        }
    }

    /// The text of a string or of safe HTML, or nil.
    public var string: String? {
        switch self {
        case .string(let text), .markup(let text): text
        default: nil
        }
    }

    /// The elements of a list or tuple, or nil.
    public var elements: [SessionValue]? {
        switch self {
        case .array(let elements), .tuple(let elements): elements
        default: nil
        }
    }

    /// The value of an object's member, or nil.
    ///
    /// - Parameter name: The name, compared byte by byte.
    public subscript(name: String) -> SessionValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name.hasSameBytes(as: name) }?.value
    }
}

extension SessionValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// Creates a text.
    ///
    /// - Parameter value: The text.
    public init(stringLiteral value: String) { self = .string(value) }

    /// Creates a whole number.
    ///
    /// - Parameter value: The number.
    public init(integerLiteral value: Int64) { self = .int(value) }

    /// Creates a number.
    ///
    /// - Parameter value: The number.
    public init(floatLiteral value: Double) { self = .double(value) }

    /// Creates a truth value.
    ///
    /// - Parameter value: The truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }

    /// Creates `null`.
    ///
    /// - Parameter nilLiteral: Nothing.
    public init(nilLiteral: ()) { self = .null }

    /// Creates a list.
    ///
    /// - Parameter elements: The elements.
    public init(arrayLiteral elements: SessionValue...) { self = .array(elements) }

    /// Creates an object.
    ///
    /// - Parameter elements: Names and values; a name stands once.
    public init(dictionaryLiteral elements: (String, SessionValue)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }
}
