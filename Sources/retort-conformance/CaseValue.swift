// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A JSON value that keeps the order of object members and the difference between `1` and `1.0`.
///
/// Both matter here: dictionaries of the recorded cases keep their order, and numbers their type.
enum CaseValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    case array([CaseValue])
    case object([Member])

    /// One name and value of an object.
    struct Member: Hashable, Sendable {
        var name: String
        var value: CaseValue
    }

    /// Makes an object from pairs in this order.
    static func object(_ pairs: [(String, CaseValue)]) -> CaseValue {
        .object(pairs.map { Member(name: $0.0, value: $0.1) })
    }

    /// The answer `{"value": …}`, to which the main program adds the id of the case.
    static func answer(_ value: CaseValue) -> CaseValue { .object([("value", value)]) }

    /// The answer `{"error": "ClassName"}`.
    static func failure(_ className: String) -> CaseValue { .object([("error", .string(className))]) }

    /// A text, or null for nil.
    static func text(_ text: String?) -> CaseValue { text.map { .string($0) } ?? .null }

    /// The value of an object's member, or nil where there is none or this is no object.
    ///
    /// - Parameter name: The name, compared byte by byte. The last of several members wins.
    subscript(name: String) -> CaseValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }

    /// The element of an array, or nil where there is none or this is no array.
    subscript(index: Int) -> CaseValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// The text, or nil where this is none.
    var string: String? { if case .string(let value) = self { value } else { nil } }

    /// The whole number, or nil where this is none.
    var int: Int? { if case .int(let value) = self { value } else { nil } }

    /// The number, whole or not, or nil where this is none.
    var double: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }

    /// The truth value, or nil where this is none.
    var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

    /// The elements, or nil where this is no array.
    var array: [CaseValue]? { if case .array(let elements) = self { elements } else { nil } }

    /// The members in their order, or nil where this is no object.
    var members: [Member]? { if case .object(let members) = self { members } else { nil } }

    /// Whether this is `null`.
    var isNull: Bool { self == .null }
}

extension CaseValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int) { self = .int(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension CaseValue {
    /// The value as JSON on one line, in ASCII.
    var json: String {
        var output = ""
        write(to: &output)
        return output
    }

    private func write(to output: inout String) {
        switch self {
        case .null: output += "null"
        case .bool(let value): output += value ? "true" : "false"
        case .int(let value): output += String(value)
        case .double(let value): output += value.isFinite ? value.description : "null"
        case .string(let value): Self.write(value, to: &output)
        case .array(let elements):
            output += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { output += ", " }
                element.write(to: &output)
            }
            output += "]"
        case .object(let members):
            output += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { output += ", " }
                Self.write(member.name, to: &output)
                output += ": "
                member.value.write(to: &output)
            }
            output += "}"
        }
    }

    private static func write(_ text: String, to output: inout String) {
        output += "\""
        for unit in text.utf16 {
            switch unit {
            case 0x22: output += "\\\""
            case 0x5C: output += "\\\\"
            case 0x20...0x7E: output.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            default:
                let digits = String(unit, radix: 16)
                output += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            }
        }
        output += "\""
    }
}
