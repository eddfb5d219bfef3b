// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What statements and expressions are made of, for those who walk through whole templates.
extension Statement {
    /// The expressions of the statement itself, without those of the statements in it.
    var expressions: [Expression] {
        switch kind {
        case .data, .breakLoop, .continueLoop, .debug, .scope, .block: []
        case .output(let values): values
        case .loop(let loop): [loop.sequence] + (loop.filter.map { [$0] } ?? [])
        case .condition(let branches, _): branches.map(\.test)
        case .set(_, let value), .evaluate(let value), .extends(let value), .include(let value, _, _),
            .importModule(let value, _, _), .importNames(let value, _, _), .filterBlock(let value, _),
            .autoescape(let value, _):
            [value]
        case .setBlock(_, let filter, _): filter.map { [$0] } ?? []
        case .macro(_, let macro): macro.defaults
        case .callBlock(let call, let macro): [call] + macro.defaults
        case .with(let values, _): values.map(\.1)
        }
    }

    /// The statements in the statement.
    var parts: [Statement] {
        switch kind {
        case .data, .breakLoop, .continueLoop, .debug, .output, .set, .evaluate, .extends, .include, .importModule,
            .importNames:
            []
        case .scope(let body), .block(_, let body, _, _), .setBlock(_, _, let body), .filterBlock(_, let body),
            .autoescape(_, let body), .with(_, let body):
            body
        case .loop(let loop): loop.body + loop.otherwise
        case .condition(let branches, let otherwise): branches.flatMap(\.body) + (otherwise ?? [])
        case .macro(_, let macro), .callBlock(_, let macro): macro.body
        }
    }

    /// The names that the statement gives values.
    var assignedNames: [String] {
        switch kind {
        case .loop(let loop): loop.target.names
        case .set(let target, _), .setBlock(let target, _, _): target.names
        case .macro(let name, let macro): [name] + macro.parameters
        case .callBlock(_, let macro): macro.parameters
        case .importModule(_, let name, _): [name]
        case .importNames(_, let names, _): names.map(\.alias)
        case .with(let values, _): values.flatMap { $0.0.names }
        default: []
        }
    }
}

extension Target {
    /// The names of variables in it.
    fileprivate var names: [String] {
        switch self {
        case .name(let name): [name]
        case .tuple(let parts): parts.flatMap(\.names)
        case .attribute: []
        }
    }
}

extension Expression {
    /// The expressions in the expression.
    var parts: [Expression] {
        switch kind {
        case .constant, .name: []
        case .tuple(let values), .list(let values), .concat(let values): values
        case .dict(let pairs): pairs.flatMap { [$0.0, $0.1] }
        case .condition(let test, let then, let otherwise): [test, then] + (otherwise.map { [$0] } ?? [])
        case .and(let left, let right), .or(let left, let right), .binary(_, let left, let right),
            .item(let left, let right):
            [left, right]
        case .not(let value), .negative(let value), .positive(let value), .attribute(let value, _),
            .translated(let value):
            [value]
        case .compare(let left, let parts): [left] + parts.map(\.1)
        case .slice(let start, let stop, let step): [start, stop, step].compactMap { $0 }
        case .call(let function, let arguments): [function] + arguments.parts
        case .filter(let value, _, let arguments): (value.map { [$0] } ?? []) + arguments.parts
        case .test(let value, _, let arguments): [value] + arguments.parts
        }
    }
}

extension Arguments {
    fileprivate var parts: [Expression] {
        positional + keywords.map(\.value) + [star, doubleStar].compactMap { $0 }
    }
}

extension Template {
    /// The statements of the template, read once more: compiled templates do not keep them.
    func statements() throws -> [Statement] {
        var parser = try Parser(program.source, environment.configuration)
        return try parser.parse()
    }

    /// The names that the template itself gives values somewhere: in loops, macros and imports, with `set` and `with`.
    ///
    /// - Returns: The names in order.
    /// - Throws: ``TemplateError``, which a template that was compiled does not give.
    package func assignedNames() throws -> Set<String> {
        func names(_ statements: [Statement]) -> [String] {
            statements.flatMap { $0.assignedNames + names($0.parts) }
        }
        return Set(names(try statements()))
    }

    /// The names that the template asks about before it uses them: `x is defined`, `x is undefined`, `x|default(1)`.
    ///
    /// - Returns: The names.
    /// - Throws: ``TemplateError``, which a template that was compiled does not give.
    package func optionalNames() throws -> Set<String> {
        var names: Set<String> = []
        func visit(_ expression: Expression) {
            switch expression.kind {
            case .test(let value, "defined", _), .test(let value, "undefined", _), .filter(let value?, "default", _),
                .filter(let value?, "d", _):
                if case .name(let name) = value.kind { names.insert(name) }
            default: break
            }
            for part in expression.parts { visit(part) }
        }
        func visit(_ statements: [Statement]) {
            for statement in statements {
                for expression in statement.expressions { visit(expression) }
                visit(statement.parts)
            }
        }
        visit(try statements())
        return names
    }
}
