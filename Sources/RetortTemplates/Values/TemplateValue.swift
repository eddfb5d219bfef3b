// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A value in a template.
///
/// Values behave as Jinja's do, which are Python's: what is true, equal, ordered, printed. Integers have 64 bits; what would
/// overflow is an error. Lists, dictionaries and namespaces are shared by whoever holds them, everything else is a value.
public enum TemplateValue: Sendable {
    /// Nothing was found under a name; says what was looked for.
    case undefined(Undefined)
    /// `None`.
    case none
    /// `True` or `False`.
    case bool(Bool)
    /// A whole number of 64 bits.
    case int(Int)
    /// A number with a fraction.
    case float(Double)
    /// Text that is escaped where it is printed into HTML.
    case string(String)
    /// Text that is HTML already.
    case markup(SafeHTML)
    /// A list.
    case list(TemplateList)
    /// A tuple, which never changes.
    case tuple([TemplateValue])
    /// A dictionary, which keeps the order of its keys.
    case dict(TemplateDict)
    /// A function, a macro or a method with its object.
    case function(TemplateFunction)
    /// Something with attributes, elements or behaviour of its own.
    case object(any TemplateObject)

    /// A list of values.
    ///
    /// - Parameter values: The values.
    /// - Returns: The list.
    public static func list(_ values: [TemplateValue]) -> TemplateValue { .list(TemplateList(values)) }

    /// A dictionary with texts as keys.
    ///
    /// - Parameter pairs: The keys with their values, in order. Of several with the same key the last counts.
    /// - Returns: The dictionary.
    public static func dict(_ pairs: [(String, TemplateValue)]) -> TemplateValue { .dict(TemplateDict(pairs)) }
}

extension TemplateValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    /// Creates a text from a literal.
    public init(stringLiteral value: String) { self = .string(value) }
    /// Creates a whole number from a literal.
    public init(integerLiteral value: Int) { self = .int(value) }
    /// Creates a number from a literal.
    public init(floatLiteral value: Double) { self = .float(value) }
    /// Creates a truth value from a literal.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// Creates a list from a literal.
    public init(arrayLiteral elements: TemplateValue...) { self = .list(elements) }
    /// Creates a dictionary from a literal.
    public init(dictionaryLiteral elements: (String, TemplateValue)...) { self = .dict(elements) }
    /// Creates `None` from a literal.
    public init(nilLiteral: ()) { self = .none }
}

extension TemplateValue {
    /// Whether nothing was found.
    public var isUndefined: Bool {
        if case .undefined = self { return true }
        return false
    }

    /// Whether it is `None`.
    public var isNone: Bool {
        if case .none = self { return true }
        return false
    }

    /// The text of a string or of markup; nil for everything else.
    public var text: String? {
        switch self {
        case .string(let text): text
        case .markup(let markup): markup.html
        default: nil
        }
    }

    /// The whole number, with truth values as 0 and 1; nil for everything else.
    public var integer: Int? {
        switch self {
        case .int(let number): number
        case .bool(let truth): truth ? 1 : 0
        default: nil
        }
    }

    /// The number, whole or not, with truth values as 0 and 1; nil for everything else.
    public var number: Double? {
        if case .float(let number) = self { return number }
        return integer.map(Double.init)
    }

    /// The values of a list or a tuple; nil for everything else.
    public var elements: [TemplateValue]? {
        switch self {
        case .list(let list): list.values
        case .tuple(let values): values
        default: nil
        }
    }

    /// What the type is called in Python, for messages.
    public var typeName: String {
        switch self {
        case .undefined: "Undefined"
        case .none: "NoneType"
        case .bool: "bool"
        case .int: "int"
        case .float: "float"
        case .string: "str"
        case .markup: "Markup"
        case .list: "list"
        case .tuple: "tuple"
        case .dict: "dict"
        case .function: "function"
        case .object(let object): object.typeName
        }
    }
}
