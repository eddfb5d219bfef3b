// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The operators with two operands that compute.
enum BinaryOperator: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case floorDivide = "//"
    case remainder = "%"
    case power = "**"
}

/// Computes with values as Python does.
enum Arithmetic {
    /// The most bytes or elements that repeating a text or a list may give.
    static let mostRepeated = 10_000_000

    static func compute(_ sign: BinaryOperator, _ left: TemplateValue, _ right: TemplateValue) throws -> TemplateValue {
        if case .int(let a) = left, case .int(let b) = right { return try integers(sign, a, b) }
        if case .float(let a) = left {
            if case .float(let b) = right { return try floats(sign, a, b) }
            if case .int(let b) = right { return try floats(sign, a, Double(b)) }
        }
        if case .undefined(let undefined) = left { throw undefined.error() }
        if case .undefined(let undefined) = right { throw undefined.error() }
        if let a = left.integer, let b = right.integer { return try integers(sign, a, b) }
        if let a = left.number, let b = right.number { return try floats(sign, a, b) }
        if let result = try large(sign, left, right) { return result }
        switch sign {
        case .add:
            guard (left.text?.utf8.count ?? 0) + (right.text?.utf8.count ?? 0) <= mostRepeated else {
                throw TemplateError(.limit, "The joined text has more than \(mostRepeated) bytes.")
            }
            if let result = joined(left, right) { return result }
        case .multiply:
            if let count = right.integer, let result = try repeated(left, count) { return result }
            if let count = left.integer, let result = try repeated(right, count) { return result }
        case .remainder:
            if let text = left.text { return try formatted(left, text, right) }
        default: break
        }
        let name = sign == .power ? "** or pow()" : sign.rawValue
        if sign == .add, left.text != nil {
            throw TemplateError(.type, "can only concatenate str (not \"\(right.typeName)\") to str")
        }
        throw TemplateError(
            .type, "unsupported operand type(s) for \(name): '\(left.typeName)' and '\(right.typeName)'")
    }

    /// Computes with numbers of which one has more than 64 bits.
    private static func large(
        _ sign: BinaryOperator, _ left: TemplateValue, _ right: TemplateValue
    ) throws -> TemplateValue? {
        if let a = BigInteger.of(left), let b = BigInteger.of(right) { return try BigInteger.compute(sign, a, b) }
        if let a = BigInteger.of(left), let b = right.number { return try floats(sign, a.double, b) }
        if let a = left.number, let b = BigInteger.of(right) { return try floats(sign, a, b.double) }
        return nil
    }

    private static func integers(_ sign: BinaryOperator, _ a: Int, _ b: Int) throws -> TemplateValue {
        switch sign {
        case .add, .subtract, .multiply:
            let (result, isOver) =
                sign == .add
                ? a.addingReportingOverflow(b)
                : sign == .subtract ? a.subtractingReportingOverflow(b) : a.multipliedReportingOverflow(by: b)
            return isOver ? try BigInteger.compute(sign, BigInteger(a), BigInteger(b)) : .int(result)
        case .divide:
            guard b != 0 else { throw TemplateError(.division, "division by zero") }
            return .float(Double(a) / Double(b))
        case .floorDivide, .remainder:
            guard b != 0 else { throw TemplateError(.division, "integer division or modulo by zero") }
            // The smallest number divided by -1 is the one quotient that does not fit.
            if b == -1 { return sign == .remainder ? .int(0) : try negated(.int(a)) }
            let (quotient, rest) = a.quotientAndRemainder(dividingBy: b)
            let isBelow = rest != 0 && (rest < 0) != (b < 0)
            return .int(sign == .floorDivide ? (isBelow ? quotient - 1 : quotient) : (isBelow ? rest + b : rest))
        case .power: return try power(a, b)
        }
    }

    private static func power(_ base: Int, _ exponent: Int) throws -> TemplateValue {
        guard exponent >= 0 else { return try floats(.power, Double(base), Double(exponent)) }
        if base == 0 || base == 1 || exponent == 0 { return .int(exponent == 0 ? 1 : base) }
        if base == -1 { return .int(exponent % 2 == 0 ? 1 : -1) }
        var result = 1
        for _ in 0..<min(exponent, 64) {
            let (product, isTooLarge) = result.multipliedReportingOverflow(by: base)
            if isTooLarge { return try BigInteger.compute(.power, BigInteger(base), BigInteger(exponent)) }
            result = product
        }
        return .int(result)
    }

    private static func floats(_ sign: BinaryOperator, _ a: Double, _ b: Double) throws -> TemplateValue {
        switch sign {
        case .add: return .float(a + b)
        case .subtract: return .float(a - b)
        case .multiply: return .float(a * b)
        case .divide:
            guard b != 0 else { throw TemplateError(.division, "float division by zero") }
            return .float(a / b)
        case .floorDivide:
            guard b != 0 else { throw TemplateError(.division, "float floor division by zero") }
            return .float((a / b).rounded(.down))
        case .remainder:
            guard b != 0 else { throw TemplateError(.division, "float modulo by zero") }
            let rest = a.truncatingRemainder(dividingBy: b)
            return .float(rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest)
        case .power:
            guard a != 0 || b >= 0 else {
                throw TemplateError(.division, "0.0 cannot be raised to a negative power")
            }
            let result = FloatPower.power(a, b)
            guard !result.isNaN || a.isNaN || b.isNaN else {
                throw TemplateError(.value, "A negative number has no such power among the real numbers.")
            }
            return .float(result)
        }
    }

    private static func joined(_ left: TemplateValue, _ right: TemplateValue) -> TemplateValue? {
        switch (left, right) {
        case (.string(let a), .string(let b)): return .string(a + b)
        case (.markup(let a), .markup(let b)): return .markup(SafeHTML(a.html + b.html))
        case (.markup(let a), .string(let b)): return .markup(SafeHTML(a.html + SafeHTML.escaping(b).html))
        case (.string(let a), .markup(let b)): return .markup(SafeHTML(SafeHTML.escaping(a).html + b.html))
        case (.list(let a), .list(let b)): return .list(a.values + b.values)
        case (.tuple(let a), .tuple(let b)): return .tuple(a + b)
        default: return nil
        }
    }

    private static func repeated(_ value: TemplateValue, _ count: Int) throws -> TemplateValue? {
        let times = max(0, count)
        func check(_ size: Int) throws {
            guard size == 0 || times <= mostRepeated / size else {
                throw TemplateError(.limit, "Repeating this \(count) times would give too much.")
            }
        }
        switch value {
        case .string(let text):
            try check(text.utf8.count)
            return .string(String(repeating: text, count: times))
        case .markup(let markup):
            try check(markup.html.utf8.count)
            return .markup(SafeHTML(String(repeating: markup.html, count: times)))
        case .list(let list):
            let values = list.values
            try check(values.count * 8)
            return .list((0..<times).flatMap { _ in values })
        case .tuple(let values):
            try check(values.count * 8)
            return .tuple((0..<times).flatMap { _ in values })
        default: return nil
        }
    }

    private static func formatted(_ left: TemplateValue, _ text: String, _ right: TemplateValue) throws -> TemplateValue
    {
        var arguments = CallArguments()
        switch right {
        case .tuple(let values): arguments.positional = values
        case .dict(let dict):
            arguments.keywords = try dict.pairs.map { (try $0.key.printed, $0.value) }
            arguments.positional = [right]
        default: arguments.positional = [right]
        }
        if case .markup = left { return .markup(SafeHTML(try PercentFormat.format(text, arguments, escaping: true))) }
        return .string(try PercentFormat.format(text, arguments, escaping: false))
    }

    static func negated(_ value: TemplateValue) throws -> TemplateValue {
        switch value {
        case .int(let number): return number == .min ? BigInteger(number).negated : .int(-number)
        case .float(let number): return .float(-number)
        case .bool(let truth): return .int(truth ? -1 : 0)
        case .undefined(let undefined): throw undefined.error()
        default:
            if let number = BigInteger.of(value) { return number.negated }
            throw TemplateError(.type, "bad operand type for unary -: '\(value.typeName)'")
        }
    }

    static func positive(_ value: TemplateValue) throws -> TemplateValue {
        if case .float = value { return value }
        if let number = value.integer { return .int(number) }
        if BigInteger.of(value) != nil { return value }
        if case .undefined(let undefined) = value { throw undefined.error() }
        throw TemplateError(.type, "bad operand type for unary +: '\(value.typeName)'")
    }
}
