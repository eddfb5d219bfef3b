// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// An expression as it is written.
struct Expression: Sendable {
    indirect enum Kind: Sendable {
        case constant(TemplateValue)
        case name(String)
        case tuple([Expression])
        case list([Expression])
        case dict([(Expression, Expression)])
        case condition(test: Expression, then: Expression, otherwise: Expression?)
        case and(Expression, Expression)
        case or(Expression, Expression)
        case not(Expression)
        case negative(Expression)
        case positive(Expression)
        case binary(BinaryOperator, Expression, Expression)
        case concat([Expression])
        case compare(Expression, [(Comparison, Expression)])
        case attribute(Expression, String)
        case item(Expression, Expression)
        case slice(Expression?, Expression?, Expression?)
        case call(Expression, Arguments)
        /// A filter; without a value it applies to the body of a filter block.
        case filter(Expression?, String, Arguments)
        case test(Expression, String, Arguments)
        /// Text that translators wrote: markup where output is escaped.
        case translated(Expression)
    }

    /// An operator between two values that compares them.
    enum Comparison: String, Sendable {
        case eq = "==", ne = "!=", lt = "<", le = "<=", gt = ">", ge = ">=", isIn = "in", notIn = "not in"
    }

    var kind: Kind
    var at: Position
}

/// The arguments of a call as they are written.
struct Arguments: Sendable {
    var positional: [Expression] = []
    var keywords: [(name: String, value: Expression)] = []
    var star: Expression?
    var doubleStar: Expression?

    var isEmpty: Bool { positional.isEmpty && keywords.isEmpty && star == nil && doubleStar == nil }
}

/// What a value is assigned to.
indirect enum Target: Sendable {
    case name(String)
    case tuple([Target])
    /// An attribute of a namespace.
    case attribute(String, String)
}
