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

    let kind: Kind
    let at: Position
    /// How many expressions lie inside each other here: whoever walks through them calls itself as often.
    let depth: Int

    init(kind: Kind, at: Position) {
        self.kind = kind
        self.at = at
        depth = 1 + Self.depth(of: kind)
    }

    private static func depth(of kind: Kind) -> Int {
        func most(_ parts: (Expression?)...) -> Int { parts.reduce(0) { max($0, $1?.depth ?? 0) } }
        func most(_ parts: [Expression]) -> Int { parts.reduce(0) { max($0, $1.depth) } }
        switch kind {
        case .constant, .name: return 0
        case .tuple(let parts), .list(let parts), .concat(let parts): return most(parts)
        case .dict(let pairs): return max(most(pairs.map(\.0)), most(pairs.map(\.1)))
        case .condition(let test, let then, let otherwise): return most(test, then, otherwise)
        case .and(let left, let right), .or(let left, let right), .binary(_, let left, let right),
            .item(let left, let right):
            return most(left, right)
        case .not(let value), .negative(let value), .positive(let value), .attribute(let value, _),
            .translated(let value):
            return value.depth
        case .compare(let left, let parts): return max(left.depth, most(parts.map(\.1)))
        case .slice(let start, let stop, let step): return most(start, stop, step)
        case .call(let function, let arguments): return max(function.depth, arguments.depth)
        case .filter(let value, _, let arguments): return max(value?.depth ?? 0, arguments.depth)
        case .test(let value, _, let arguments): return max(value.depth, arguments.depth)
        }
    }
}

/// The arguments of a call as they are written.
struct Arguments: Sendable {
    var positional: [Expression] = []
    var keywords: [(name: String, value: Expression)] = []
    var star: Expression?
    var doubleStar: Expression?

    /// How deep the deepest argument is.
    var depth: Int {
        let all = positional + keywords.map(\.value) + [star, doubleStar].compactMap { $0 }
        return all.reduce(0) { max($0, $1.depth) }
    }

    var isEmpty: Bool { positional.isEmpty && keywords.isEmpty && star == nil && doubleStar == nil }
}

/// What a value is assigned to.
indirect enum Target: Sendable {
    case name(String)
    case tuple([Target])
    /// An attribute of a namespace.
    case attribute(String, String)
}
