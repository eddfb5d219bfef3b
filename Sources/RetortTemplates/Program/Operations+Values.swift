// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

final class ConstantOperation: Operation {
    let at: Position
    private let stored: TemplateValue

    init(_ value: TemplateValue, at: Position) {
        stored = value
        self.at = at
    }

    func value(_ rendering: Rendering) throws -> TemplateValue { stored }
    var constant: TemplateValue? { stored }
}

/// A variable of the unit that runs.
final class LocalOperation: Operation {
    let at: Position
    let slot: Int
    private let name: String

    init(_ slot: Int, _ name: String, at: Position) {
        self.slot = slot
        self.name = name
        self.at = at
    }

    func value(_ rendering: Rendering) throws -> TemplateValue {
        if let value = rendering.state.pointee.slots[slot] { return value }
        return rendering.undefined(name)
    }

    /// Numbers and texts, which most variables hold, are printed where they lie.
    func print(_ rendering: Rendering) throws {
        if rendering.printsPlainly {
            switch rendering.state.pointee.slots[slot] {
            case .int(let number)?: return rendering.output.append(number)
            case .string(let text)?: return rendering.write(text)
            default: break
            }
        }
        try rendering.print(value(rendering))
    }
}

/// A variable of a unit around the one that runs.
final class OuterOperation: Operation {
    let at: Position
    private let depth: Int
    private let slot: Int
    private let name: String

    init(_ depth: Int, _ slot: Int, _ name: String, at: Position) {
        self.depth = depth
        self.slot = slot
        self.name = name
        self.at = at
    }

    func value(_ rendering: Rendering) throws -> TemplateValue {
        if let value = rendering.frame.outer(depth).slots[slot] { return value }
        return rendering.undefined(name)
    }
}

final class ListOperation: Operation {
    let at: Position
    private let values: [any Operation]
    private let isTuple: Bool

    init(_ values: [any Operation], isTuple: Bool, at: Position) {
        self.values = values
        self.isTuple = isTuple
        self.at = at
    }

    func value(_ rendering: Rendering) throws -> TemplateValue {
        let elements = try values.map { try $0.value(rendering) }
        return isTuple ? .tuple(elements) : .list(elements)
    }

    var constant: TemplateValue? {
        guard isTuple else { return nil }
        let known = values.compactMap(\.constant)
        return known.count == values.count ? .tuple(known) : nil
    }
}

final class DictOperation: Operation {
    let at: Position
    private let pairs: [(any Operation, any Operation)]

    init(_ pairs: [(any Operation, any Operation)], at: Position) {
        self.pairs = pairs
        self.at = at
    }

    func value(_ rendering: Rendering) throws -> TemplateValue {
        rendering.state.pointee.at = at
        return .dict(try TemplateDict(pairs: pairs.map { (try $0.0.value(rendering), try $0.1.value(rendering)) }))
    }
}

final class ConditionOperation: Operation {
    let at: Position
    private let test: any Operation
    private let then: any Operation
    private let otherwise: (any Operation)?

    init(_ test: any Operation, _ then: any Operation, _ otherwise: (any Operation)?, at: Position) {
        self.test = test
        self.then = then
        self.otherwise = otherwise
        self.at = at
    }

    func value(_ rendering: Rendering) throws -> TemplateValue {
        if try test.isTrue(rendering) { return try then.value(rendering) }
        if let otherwise { return try otherwise.value(rendering) }
        return .undefined(
            Undefined(
                hint: "the inline if-expression evaluated to false and no else section was defined.",
                // Even where every other undefined value is an error, leaving out the else is how one prints nothing.
                behavior: .lenient))
    }
}

final class LogicOperation: Operation {
    let at: Position
    private let left: any Operation
    private let right: any Operation
    private let isAnd: Bool

    init(_ left: any Operation, _ right: any Operation, isAnd: Bool, at: Position) {
        self.left = left
        self.right = right
        self.isAnd = isAnd
        self.at = at
    }

    func value(_ rendering: Rendering) throws -> TemplateValue {
        let first = try left.value(rendering)
        return try first.isTrue == isAnd ? try right.value(rendering) : first
    }

    func isTrue(_ rendering: Rendering) throws -> Bool {
        try left.isTrue(rendering) == isAnd ? try right.isTrue(rendering) : !isAnd
    }
}

final class NotOperation: Operation {
    let at: Position
    private let operand: any Operation

    init(_ operand: any Operation, at: Position) {
        self.operand = operand
        self.at = at
    }

    func value(_ rendering: Rendering) throws -> TemplateValue { .bool(try !operand.isTrue(rendering)) }
    func isTrue(_ rendering: Rendering) throws -> Bool { try !operand.isTrue(rendering) }
}

final class SignOperation: Operation {
    let at: Position
    private let operand: any Operation
    private let isNegative: Bool

    init(_ operand: any Operation, isNegative: Bool, at: Position) {
        self.operand = operand
        self.isNegative = isNegative
        self.at = at
    }

    func value(_ rendering: Rendering) throws -> TemplateValue {
        let value = try operand.value(rendering)
        rendering.state.pointee.at = at
        return isNegative ? try Arithmetic.negated(value) : try Arithmetic.positive(value)
    }

    var constant: TemplateValue? {
        operand.constant.flatMap { try? isNegative ? Arithmetic.negated($0) : Arithmetic.positive($0) }
    }
}

final class BinaryOperation: Operation {
    let at: Position
    private let sign: BinaryOperator
    private let left: any Operation
    private let right: any Operation

    init(_ sign: BinaryOperator, _ left: any Operation, _ right: any Operation, at: Position) {
        self.sign = sign
        self.left = left
        self.right = right
        self.at = at
    }

    func value(_ rendering: Rendering) throws -> TemplateValue {
        let first = try left.value(rendering)
        let second = try right.value(rendering)
        rendering.state.pointee.at = at
        return try Arithmetic.compute(sign, first, second)
    }

    var constant: TemplateValue? {
        guard let first = left.constant, let second = right.constant, first.number != nil, second.number != nil
        else { return nil }
        return try? Arithmetic.compute(sign, first, second)
    }
}

final class ConcatOperation: Operation {
    let at: Position
    private let parts: [any Operation]

    init(_ parts: [any Operation], at: Position) {
        self.parts = parts
        self.at = at
    }

    func value(_ rendering: Rendering) throws -> TemplateValue {
        let values = try parts.map { try $0.value(rendering) }
        rendering.state.pointee.at = at
        let size = values.reduce(0) { $0 + ($1.text?.utf8.count ?? 0) }
        guard size <= rendering.limits.outputBytes else {
            throw TemplateError(.limit, "The joined text has more than \(rendering.limits.outputBytes) bytes.")
        }
        return try Self.joined(values, escapes: rendering.state.pointee.escapes)
    }

    static func joined(_ values: [TemplateValue], escapes: Bool) throws -> TemplateValue {
        let hasMarkup = values.contains { value in
            if case .markup = value { return true }
            return false
        }
        guard escapes || hasMarkup else { return .string(try values.reduce(into: "") { $0 += try $1.printed }) }
        guard hasMarkup else { return .string(try values.reduce(into: "") { $0 += try $1.printed }) }
        return .markup(SafeHTML(try values.reduce(into: "") { $0 += try $1.escaped().html }))
    }
}

final class CompareOperation: Operation {
    let at: Position
    private let first: any Operation
    private let parts: [(Expression.Comparison, any Operation)]
    /// The only comparison, where there are not several.
    private let sign: Expression.Comparison
    private let second: any Operation
    private let isSingle: Bool

    init(_ first: any Operation, _ parts: [(Expression.Comparison, any Operation)], at: Position) {
        self.first = first
        self.parts = parts
        sign = parts.first?.0 ?? .eq
        second = parts.first?.1 ?? first
        isSingle = parts.count == 1
        self.at = at
    }

    func value(_ rendering: Rendering) throws -> TemplateValue { .bool(try isTrue(rendering)) }

    func isTrue(_ rendering: Rendering) throws -> Bool {
        var left = try first.value(rendering)
        if isSingle {
            let right = try second.value(rendering)
            rendering.state.pointee.at = at
            return try Self.holds(left, sign, right)
        }
        for (sign, operand) in parts {
            let right = try operand.value(rendering)
            rendering.state.pointee.at = at
            guard try Self.holds(left, sign, right) else { return false }
            left = right
        }
        return true
    }

    static func holds(_ left: TemplateValue, _ sign: Expression.Comparison, _ right: TemplateValue) throws -> Bool {
        if case .int(let left) = left, case .int(let right) = right {
            switch sign {
            case .eq: return left == right
            case .ne: return left != right
            case .lt: return left < right
            case .gt: return left > right
            case .le: return left <= right
            case .ge: return left >= right
            case .isIn, .notIn: break
            }
        }
        switch sign {
        case .eq: return try left.equals(right)
        case .ne: return try !left.equals(right)
        case .lt: return try left.precedes(right)
        case .gt: return try right.precedes(left, ">")
        case .le: return try left.equals(right) ? left.isComparable(with: right, "<=") : left.precedes(right, "<=")
        case .ge: return try left.equals(right) ? left.isComparable(with: right, ">=") : right.precedes(left, ">=")
        case .isIn: return try right.holds(left)
        case .notIn: return try !right.holds(left)
        }
    }
}

extension TemplateValue {
    /// True for equal values that have an order; an error for those without one.
    fileprivate func isComparable(with other: TemplateValue, _ sign: String) throws -> Bool {
        _ = try precedes(other, sign)
        return true
    }
}
