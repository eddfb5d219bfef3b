// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A statement as it is written.
struct Statement: Sendable {
    indirect enum Kind: Sendable {
        case data(String)
        case output([Expression])
        case loop(Loop)
        case condition([(test: Expression, body: [Statement])], otherwise: [Statement]?)
        case set(Target, Expression)
        case setBlock(Target, filter: Expression?, body: [Statement])
        case macro(name: String, Macro)
        case callBlock(Expression, Macro)
        case filterBlock(Expression, body: [Statement])
        case block(name: String, body: [Statement], isScoped: Bool, isRequired: Bool)
        case extends(Expression)
        case include(Expression, ignoresMissing: Bool, withContext: Bool)
        case importModule(Expression, name: String, withContext: Bool)
        case importNames(Expression, names: [(name: String, alias: String)], withContext: Bool)
        case with([(Target, Expression)], body: [Statement])
        case autoescape(Expression, body: [Statement])
        case evaluate(Expression)
        case breakLoop
        case continueLoop
        case debug
        case scope([Statement])
    }

    struct Loop: Sendable {
        var target: Target
        var sequence: Expression
        var filter: Expression?
        var body: [Statement]
        var otherwise: [Statement]
        var isRecursive: Bool
    }

    struct Macro: Sendable {
        var parameters: [String]
        /// The defaults of the last parameters.
        var defaults: [Expression]
        var body: [Statement]
    }

    var kind: Kind
    var at: Position
}
