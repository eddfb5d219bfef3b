// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Which of its plural forms a language uses for a count, as the header `Plural-Forms` says it.
///
///     let rule = try PluralRule("nplurals=2; plural=n > 1;")
///     rule.form(for: 1)  // 0
///
/// The expression is one of C over the variable `n`, with unsigned arithmetic that wraps around.
///
/// Source: the manual of GNU gettext, "Additional functions for plural forms".
public struct PluralRule: Sendable, Hashable {
    /// The most forms that a rule may have.
    public static let mostForms = 64
    /// The longest expression, in bytes.
    static let mostBytes = 1_024

    /// How many forms there are.
    public let count: Int
    private let expression: PluralExpression

    /// The rule of languages such as English and German, and of catalogs that have none: one, and all others.
    public static let oneAndOthers = PluralRule(count: 2, expression: .binary(.notEqual, .n, .number(1)))

    private init(count: Int, expression: PluralExpression) {
        self.count = count
        self.expression = expression
    }

    /// Reads a rule, and tries it for the counts from 0 to 1,000.
    ///
    /// - Parameter header: The value of the header, such as `nplurals=2; plural=n != 1;`.
    /// - Throws: ``CatalogError`` with `.plural` for what is no rule, and for one that asks for forms it does not have.
    public init(_ header: String) throws {
        guard header.utf8.count <= Self.mostBytes else {
            throw CatalogError(.plural, "Plural-Forms has more than \(Self.mostBytes) bytes.")
        }
        var number: Substring?
        var formula: Substring?
        for part in header.split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else { continue }
            switch pair[0].filter({ !$0.isWhitespace }) {
            case "nplurals": number = pair[1]
            case "plural": formula = pair[1]
            default: break
            }
        }
        guard let number, let count = Int(number.filter { !$0.isWhitespace }), let formula else {
            throw CatalogError(
                .plural, "Plural-Forms is \"\(header)\". It is written like \"nplurals=2; plural=n != 1;\".")
        }
        guard (1...Self.mostForms).contains(count) else {
            throw CatalogError(.plural, "nplurals is \(count). It is a number from 1 to \(Self.mostForms).")
        }
        var parser = PluralParser(formula.utf8)
        self.init(count: count, expression: try parser.parse())
        for sample in 0...1_000 {
            let form = expression.value(UInt64(sample))
            guard let form, form < UInt64(count) else {
                let found = form.map { "form \($0)" } ?? "a division by zero"
                throw CatalogError(
                    .plural, "The plural expression gives \(found) for \(sample), where nplurals is \(count).")
            }
        }
    }

    /// The form for a count.
    ///
    /// - Parameter count: The count; of a negative one the amount counts.
    /// - Returns: A number from 0 that is less than ``count``; 0 where the expression gives another.
    public func form(for count: Int) -> Int {
        guard let form = expression.value(UInt64(count.magnitude)), form < UInt64(self.count) else { return 0 }
        return Int(form)
    }
}

/// An expression over `n`.
indirect enum PluralExpression: Sendable, Hashable {
    enum Operator: Sendable {
        case or, and, equal, notEqual, less, greater, atMost, atLeast, plus, minus, times, divided, remainder
    }

    case n
    case number(UInt64)
    case not(PluralExpression)
    case binary(Operator, PluralExpression, PluralExpression)
    case choice(PluralExpression, PluralExpression, PluralExpression)

    /// The value for a count; nil where it divides by zero.
    func value(_ count: UInt64) -> UInt64? {
        switch self {
        case .n: return count
        case .number(let number): return number
        case .not(let operand): return operand.value(count).map { $0 == 0 ? 1 : 0 }
        case .choice(let condition, let then, let otherwise):
            return condition.value(count).flatMap { $0 != 0 ? then.value(count) : otherwise.value(count) }
        case .binary(let sign, let first, let second):
            guard let left = first.value(count) else { return nil }
            // The second operand counts only where the first has not decided.
            if sign == .or, left != 0 { return 1 }
            if sign == .and, left == 0 { return 0 }
            guard let right = second.value(count) else { return nil }
            return Self.apply(sign, left, right)
        }
    }

    private static func apply(_ sign: Operator, _ left: UInt64, _ right: UInt64) -> UInt64? {
        switch sign {
        case .or, .and: right != 0 ? 1 : 0
        case .equal: left == right ? 1 : 0
        case .notEqual: left != right ? 1 : 0
        case .less: left < right ? 1 : 0
        case .greater: left > right ? 1 : 0
        case .atMost: left <= right ? 1 : 0
        case .atLeast: left >= right ? 1 : 0
        case .plus: left &+ right
        case .minus: left &- right
        case .times: left &* right
        case .divided: right == 0 ? nil : left / right
        case .remainder: right == 0 ? nil : left % right
        }
    }
}

/// Reads an expression, with the precedence of C.
struct PluralParser {
    /// How deeply parentheses, conditions and negations may be nested.
    private static let mostDepth = 40
    private static let levels: [[(String, PluralExpression.Operator)]] = [
        [("||", .or)], [("&&", .and)], [("==", .equal), ("!=", .notEqual)],
        [("<=", .atMost), (">=", .atLeast), ("<", .less), (">", .greater)], [("+", .plus), ("-", .minus)],
        [("*", .times), ("/", .divided), ("%", .remainder)],
    ]
    private let bytes: [UInt8]
    private var index = 0
    private var depth = 0

    init(_ text: some Sequence<UInt8>) { bytes = Array(text) }

    mutating func parse() throws -> PluralExpression {
        let result = try condition()
        skipSpace()
        guard index == bytes.count else { throw unexpected() }
        return result
    }

    private func unexpected() -> CatalogError {
        let rest = String(decoding: bytes[index...].prefix(20), as: UTF8.self)
        let what = rest.isEmpty ? "The plural expression ends too early" : "In the plural expression stands \"\(rest)\""
        return CatalogError(.plural, "\(what). It has n, numbers, parentheses and the operators of C.")
    }

    private mutating func skipSpace() {
        while index < bytes.count, bytes[index] == 0x20 || (0x09...0x0D).contains(bytes[index]) { index += 1 }
    }

    private mutating func skip(_ sign: String) -> Bool {
        skipSpace()
        guard bytes[index...].starts(with: sign.utf8) else { return false }
        index += sign.utf8.count
        return true
    }

    private mutating func deeper(
        _ read: (inout PluralParser) throws -> PluralExpression
    ) throws -> PluralExpression {
        guard depth < Self.mostDepth else {
            throw CatalogError(.limit, "The plural expression is nested too deeply.")
        }
        depth += 1
        defer { depth -= 1 }
        return try read(&self)
    }

    private mutating func condition() throws -> PluralExpression {
        try deeper { parser in
            let first = try parser.binary(0)
            guard parser.skip("?") else { return first }
            let then = try parser.condition()
            guard parser.skip(":") else { throw parser.unexpected() }
            return .choice(first, then, try parser.condition())
        }
    }

    private mutating func binary(_ level: Int) throws -> PluralExpression {
        guard level < Self.levels.count else { return try operand() }
        var result = try binary(level + 1)
        while let sign = nextOperator(level) { result = .binary(sign, result, try binary(level + 1)) }
        return result
    }

    private mutating func nextOperator(_ level: Int) -> PluralExpression.Operator? {
        for (sign, meaning) in Self.levels[level] where skip(sign) { return meaning }
        return nil
    }

    private mutating func operand() throws -> PluralExpression {
        if skip("!") { return try deeper { .not(try $0.operand()) } }
        if skip("(") {
            let inner = try condition()
            guard skip(")") else { throw unexpected() }
            return inner
        }
        if skip("n") { return .n }
        let start = index
        var number: UInt64 = 0
        while index < bytes.count, (0x30...0x39).contains(bytes[index]) {
            let (tens, overflows) = number.multipliedReportingOverflow(by: 10)
            let (next, overflowsToo) = tens.addingReportingOverflow(UInt64(bytes[index] - 0x30))
            guard !overflows, !overflowsToo else {
                throw CatalogError(.plural, "A number of the plural expression needs more than 64 bits.")
            }
            number = next
            index += 1
        }
        guard index > start else { throw unexpected() }
        return .number(number)
    }
}
