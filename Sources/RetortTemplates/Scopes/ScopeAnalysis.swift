// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Finds out which names a part of a template loads and stores, without going into the parts inside it.
struct ScopeAnalysis {
    let scope: Scope

    func visit(_ statements: [Statement]) {
        for statement in statements { visit(statement) }
    }

    func visit(_ statement: Statement) {
        switch statement.kind {
        case .data, .breakLoop, .continueLoop, .debug, .scope, .block: break
        case .output(let values): for value in values { visit(value) }
        case .loop(let loop): visit(loop.sequence)
        case .condition(let branches, let otherwise): condition(branches, otherwise)
        case .set(let target, let value):
            visit(value)
            store(target)
        case .setBlock(let target, _, _): store(target)
        case .macro(let name, _): scope.store(name)
        case .callBlock(let call, _): visit(call)
        case .filterBlock(let filter, _): visit(filter)
        case .extends(let template), .include(let template, _, _), .evaluate(let template): visit(template)
        case .autoescape(let value, let body):
            visit(value)
            visit(body)
        case .importModule(let template, let name, _):
            visit(template)
            scope.store(name)
        case .importNames(let template, let names, _):
            visit(template)
            for name in names { scope.store(name.alias) }
        case .with(let values, _): for (_, value) in values { visit(value) }
        }
    }

    private func condition(_ branches: [(test: Expression, body: [Statement])], _ otherwise: [Statement]?) {
        // The tests behind the first one run only where those before are false, but name no new scope.
        visit(branches[0].test)
        let start = scope.snapshot
        var ends: [Scope.Snapshot] = []
        visit(branches[0].body)
        ends.append(scope.snapshot)
        scope.restore(start)
        for branch in branches.dropFirst() {
            visit(branch.test)
            visit(branch.body)
        }
        ends.append(scope.snapshot)
        scope.restore(start)
        visit(otherwise ?? [])
        ends.append(scope.snapshot)
        scope.restore(start)
        scope.join(ends)
    }

    func store(_ target: Target, asParameter: Bool = false) {
        switch target {
        case .name(let name): if asParameter { scope.declareParameter(name) } else { scope.store(name) }
        case .tuple(let targets): for target in targets { store(target, asParameter: asParameter) }
        case .attribute(let owner, _): scope.load(owner)
        }
    }

    func visit(_ arguments: Arguments) {
        for value in arguments.positional { visit(value) }
        for (_, value) in arguments.keywords { visit(value) }
        if let star = arguments.star { visit(star) }
        if let doubleStar = arguments.doubleStar { visit(doubleStar) }
    }

    func visit(_ expression: Expression) {
        switch expression.kind {
        case .constant: break
        case .name(let name): scope.load(name)
        case .tuple(let values), .list(let values), .concat(let values): for value in values { visit(value) }
        case .dict(let pairs):
            for (key, value) in pairs {
                visit(key)
                visit(value)
            }
        case .condition(let test, let then, let otherwise):
            visit(test)
            visit(then)
            if let otherwise { visit(otherwise) }
        case .and(let left, let right), .or(let left, let right), .binary(_, let left, let right),
            .item(let left, let right):
            visit(left)
            visit(right)
        case .not(let value), .negative(let value), .positive(let value), .attribute(let value, _),
            .translated(let value):
            visit(value)
        case .compare(let left, let parts):
            visit(left)
            for (_, value) in parts { visit(value) }
        case .slice(let start, let stop, let step): for value in [start, stop, step] { if let value { visit(value) } }
        case .call(let function, let arguments):
            visit(function)
            visit(arguments)
        case .filter(let value, _, let arguments):
            if let value { visit(value) }
            visit(arguments)
        case .test(let value, _, let arguments):
            visit(value)
            visit(arguments)
        }
    }
}

/// Whether a part of a template names something, in whatever scope.
struct NameSearch {
    let names: Set<String>
    private(set) var found: Set<String> = []

    /// Which of some names occur in statements, and are not parameters of the macros there.
    static func names(_ names: Set<String>, in statements: [Statement]) -> Set<String> {
        var search = NameSearch(names: names)
        search.visit(statements)
        return search.found
    }

    static func names(_ names: Set<String>, in expression: Expression) -> Set<String> {
        var search = NameSearch(names: names)
        search.visit(expression)
        return search.found
    }

    private init(names: Set<String>) { self.names = names }

    private mutating func visit(_ statements: [Statement]) {
        for statement in statements { visit(statement) }
    }

    private mutating func visit(_ statement: Statement) {
        switch statement.kind {
        case .data, .breakLoop, .continueLoop, .debug: break
        case .scope(let body): visit(body)
        case .block: break
        case .output(let values): for value in values { visit(value) }
        case .loop(let loop):
            visit(loop.sequence)
            if let filter = loop.filter { visit(filter) }
            visit(loop.body)
            visit(loop.otherwise)
        case .condition(let branches, let otherwise):
            for branch in branches {
                visit(branch.test)
                visit(branch.body)
            }
            visit(otherwise ?? [])
        case .set(_, let value), .evaluate(let value), .extends(let value), .include(let value, _, _),
            .importModule(let value, _, _), .importNames(let value, _, _):
            visit(value)
        case .setBlock(_, let filter, let body):
            if let filter { visit(filter) }
            visit(body)
        case .macro(_, let macro): visit(macro)
        case .callBlock(let call, let macro):
            visit(call)
            visit(macro)
        case .filterBlock(let value, let body), .autoescape(let value, let body):
            visit(value)
            visit(body)
        case .with(let values, let body):
            for (_, value) in values { visit(value) }
            visit(body)
        }
    }

    private mutating func visit(_ macro: Statement.Macro) {
        for value in macro.defaults { visit(value) }
        visit(macro.body)
    }

    private mutating func visit(_ arguments: Arguments) {
        for value in arguments.positional { visit(value) }
        for (_, value) in arguments.keywords { visit(value) }
        if let star = arguments.star { visit(star) }
        if let doubleStar = arguments.doubleStar { visit(doubleStar) }
    }

    private mutating func visit(_ expression: Expression) {
        switch expression.kind {
        case .constant: break
        case .name(let name): if names.contains(name) { found.insert(name) }
        case .tuple(let values), .list(let values), .concat(let values): for value in values { visit(value) }
        case .dict(let pairs):
            for (key, value) in pairs {
                visit(key)
                visit(value)
            }
        case .condition(let test, let then, let otherwise):
            visit(test)
            visit(then)
            if let otherwise { visit(otherwise) }
        case .and(let left, let right), .or(let left, let right), .binary(_, let left, let right),
            .item(let left, let right):
            visit(left)
            visit(right)
        case .not(let value), .negative(let value), .positive(let value), .attribute(let value, _),
            .translated(let value):
            visit(value)
        case .compare(let left, let parts):
            visit(left)
            for (_, value) in parts { visit(value) }
        case .slice(let start, let stop, let step): for value in [start, stop, step] { if let value { visit(value) } }
        case .call(let function, let arguments):
            visit(function)
            visit(arguments)
        case .filter(let value, _, let arguments):
            if let value { visit(value) }
            visit(arguments)
        case .test(let value, _, let arguments):
            visit(value)
            visit(arguments)
        }
    }
}
