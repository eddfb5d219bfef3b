// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The tests of Jinja: `value is name`.
enum StandardTests {
    static let all: [String: TemplateTest] = {
        var all: [String: TemplateTest] = [:]
        for test in types + states + values + comparisons { all[test.name] = test }
        let aliases = [
            ("==", "eq"), ("equalto", "eq"), ("!=", "ne"), ("<", "lt"), ("lessthan", "lt"), ("<=", "le"), (">", "gt"),
            ("greaterthan", "gt"), (">=", "ge"),
        ]
        for (alias, name) in aliases { all[alias] = all[name] }
        return all
    }()

    private static let types: [TemplateTest] = [
        TemplateTest("boolean") { value, _ in
            if case .bool = value { return true }
            return false
        },
        TemplateTest("integer") { value, _ in
            if case .int = value { return true }
            if case .bool = value { return false }
            return BigInteger.of(value) != nil
        },
        TemplateTest("float") { value, _ in
            if case .float = value { return true }
            return false
        },
        TemplateTest("number") { value, _ in value.number != nil || BigInteger.of(value) != nil },
        TemplateTest("string") { value, _ in value.text != nil },
        TemplateTest("mapping") { value, _ in
            if case .dict = value { return true }
            return false
        },
        TemplateTest("sequence") { value, _ in
            switch value {
            case .string, .markup, .list, .tuple, .dict: return true
            case .undefined(let undefined):
                if undefined.behavior == .strict { throw undefined.error() }
                return true
            case .object(let object): return object.count != nil
            default: return false
            }
        },
        TemplateTest("iterable") { value, _ in
            switch value {
            case .string, .markup, .list, .tuple, .dict: return true
            case .undefined(let undefined):
                if undefined.behavior == .strict { throw undefined.error() }
                return true
            case .object(let object): return try object.elements() != nil || object.asyncElements() != nil
            default: return false
            }
        },
        TemplateTest("callable") { value, _ in
            switch value {
            case .function: return true
            case .object(let object):
                return object is MacroObject || object is BlockReference || object is any CallableObject
            default: return false
            }
        },
        TemplateTest("none") { value, _ in value.isNone },
        TemplateTest("true") { value, _ in
            if case .bool(true) = value { return true }
            return false
        },
        TemplateTest("false") { value, _ in
            if case .bool(false) = value { return true }
            return false
        },
    ]

    private static let states: [TemplateTest] = [
        TemplateTest("defined") { value, _ in !value.isUndefined },
        TemplateTest("undefined") { value, _ in value.isUndefined },
        TemplateTest("escaped") { value, _ in
            if case .markup = value { return true }
            if case .object(let object) = value { return object.html != nil }
            return false
        },
        TemplateTest("sameas") { value, call in
            guard let other = try call.parameters("other")[0] else { return false }
            return isSame(value, other)
        },
        TemplateTest("filter") { value, call in
            value.text.map { call.rendering.environment.configuration.filters[$0] != nil } ?? false
        },
        TemplateTest("test") { value, call in
            value.text.map { call.rendering.environment.configuration.tests[$0] != nil } ?? false
        },
    ]

    private static func isSame(_ left: TemplateValue, _ right: TemplateValue) -> Bool {
        switch (left, right) {
        case (.list(let left), .list(let right)): left === right
        case (.dict(let left), .dict(let right)): left === right
        case (.function(let left), .function(let right)): left === right
        case (.object(let left), .object(let right)): left === right
        case (.bool(let left), .bool(let right)): left == right
        case (.none, .none): true
        case (.int(let left), .int(let right)): left == right
        case (.string(let left), .string(let right)): left.hasSameUTF8(as: right)
        default: false
        }
    }

    private static let values: [TemplateTest] = [
        TemplateTest("odd") { value, _ in try remainder(value, 2, "odd") != 0 },
        TemplateTest("even") { value, _ in try remainder(value, 2, "even") == 0 },
        TemplateTest("divisibleby") { value, call in
            guard let by = try call.parameters("num")[0]?.integer else {
                throw TemplateError(.argument, "divisibleby needs a whole number.")
            }
            guard by != 0 else { throw TemplateError(.division, "integer modulo by zero") }
            return try remainder(value, by, "divisibleby") == 0
        },
        TemplateTest("lower") { value, _ in
            let text = try value.filterText()
            return text.lowercased().hasSameUTF8(as: text)
                && text.unicodeScalars.contains(where: \.properties.isLowercase)
        },
        TemplateTest("upper") { value, _ in
            let text = try value.filterText()
            return text.uppercased().hasSameUTF8(as: text)
                && text.unicodeScalars.contains(where: \.properties.isUppercase)
        },
        TemplateTest("in") { value, call in
            guard let other = try call.parameters("seq")[0] else {
                throw TemplateError(.argument, "in needs a container.")
            }
            return try other.holds(value)
        },
    ]

    private static func remainder(_ value: TemplateValue, _ by: Int, _ name: String) throws -> Double {
        if let number = value.integer { return by == -1 ? 0 : Double(number % by) }
        guard let number = value.number else {
            if case .undefined(let undefined) = value { throw undefined.error() }
            throw TemplateError(.type, "'\(name)' needs a number, not \(value.typeName).")
        }
        return number.truncatingRemainder(dividingBy: Double(by))
    }

    private static let comparisons: [TemplateTest] = [
        ("eq", Expression.Comparison.eq), ("ne", .ne), ("lt", .lt), ("le", .le), ("gt", .gt), ("ge", .ge),
    ].map { name, sign in
        TemplateTest(name) { value, call in
            guard let other = try call.parameters("other")[0] else {
                throw TemplateError(.argument, "'\(name)' needs a value to compare with.")
            }
            return try CompareOperation.holds(value, sign, other)
        }
    }
}

/// An object that can be called, for the test `callable`.
public protocol CallableObject: TemplateObject {}
