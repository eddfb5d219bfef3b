// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The statements of the language.
extension Parser {
    mutating func loop() throws -> Statement.Kind {
        skip()
        let target = try target(withTuple: true, until: "in")
        try expectName("in")
        let sequence = try tuple(withConditions: false, until: "recursive")
        var filter: Expression?
        if skipIf(name: "if") { filter = try expression() }
        let isRecursive = skipIf(name: "recursive")
        let body = try body(until: ["endfor", "else"])
        var otherwise: [Statement] = []
        if next().text == "else" {
            otherwise = try self.body(until: ["endfor"])
            skip()
        }
        return .loop(
            Statement.Loop(
                target: target, sequence: sequence, filter: filter, body: body, otherwise: otherwise,
                isRecursive: isRecursive))
    }

    mutating func condition() throws -> Statement.Kind {
        var branches: [(test: Expression, body: [Statement])] = []
        var otherwise: [Statement]?
        skip()
        while true {
            let test = try tuple(withConditions: false)
            branches.append((test, try body(until: ["elif", "else", "endif"])))
            let end = next().text
            if end == "elif" { continue }
            if end == "else" {
                otherwise = try body(until: ["endif"])
                skip()
            }
            return .condition(branches, otherwise: otherwise)
        }
    }

    mutating func assignment() throws -> Statement.Kind {
        skip()
        let target = try target(withTuple: true, until: nil, withNamespace: true)
        if skipIf("=") { return .set(target, try tuple()) }
        let filter = try filters(on: nil)
        let body = try body(until: ["endset"])
        skip()
        return .setBlock(target, filter: filter, body: body)
    }

    mutating func macro() throws -> Statement.Kind {
        skip()
        let name = try assignableName()
        let (parameters, defaults) = try signature()
        let body = try body(until: ["endmacro"])
        skip()
        return .macro(name: name, Statement.Macro(parameters: parameters, defaults: defaults, body: body))
    }

    private mutating func signature() throws -> ([String], [Expression]) {
        var parameters: [String] = []
        var defaults: [Expression] = []
        try expect("(")
        while !current.isOperator(")") {
            if !parameters.isEmpty { try expect(",") }
            parameters.append(try assignableName())
            if skipIf("=") {
                defaults.append(try expression())
            } else if !defaults.isEmpty {
                throw error("non-default argument follows default argument")
            }
        }
        try expect(")")
        return (parameters, defaults)
    }

    mutating func callBlock() throws -> Statement.Kind {
        let at = current.at
        skip()
        var macro = Statement.Macro(parameters: [], defaults: [], body: [])
        if current.isOperator("(") { (macro.parameters, macro.defaults) = try signature() }
        let call = try expression()
        guard case .call = call.kind else { throw error("expected call", at) }
        macro.body = try body(until: ["endcall"])
        skip()
        return .callBlock(call, macro)
    }

    mutating func filterBlock() throws -> Statement.Kind {
        skip()
        guard let filter = try filters(on: nil, startsInline: true) else { throw unexpected("name") }
        let body = try body(until: ["endfilter"])
        skip()
        return .filterBlock(filter, body: body)
    }

    mutating func block() throws -> Statement.Kind {
        skip()
        let at = current.at
        let name = try expect(.name).text
        try addBlock(name, at)
        let isScoped = skipIf(name: "scoped")
        let isRequired = skipIf(name: "required")
        // A hyphen would be read as a minus.
        if current.isOperator("-") {
            throw error(
                "Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an "
                    + "underscore instead.")
        }
        let body = try body(until: ["endblock"])
        skip()
        if current.isName(name) { skip() }
        if isRequired {
            for statement in body {
                guard case .data(let text) = statement.kind, text.utf8.allSatisfy(\.isTemplateSpace) else {
                    throw error("Required blocks can only contain comments or whitespace", at)
                }
            }
        }
        return .block(name: name, body: body, isScoped: isScoped, isRequired: isRequired)
    }

    mutating func include() throws -> Statement.Kind {
        skip()
        let template = try expression()
        var ignoresMissing = false
        if current.isName("ignore"), following.isName("missing") {
            ignoresMissing = true
            skip()
            skip()
        }
        return .include(template, ignoresMissing: ignoresMissing, withContext: contextMark() ?? true)
    }

    /// Reads `with context` or `without context`.
    private mutating func contextMark() -> Bool? {
        guard current.isName("with") || current.isName("without"), following.isName("context") else { return nil }
        let isWith = next().text == "with"
        skip()
        return isWith
    }

    mutating func importModule() throws -> Statement.Kind {
        skip()
        let template = try expression()
        try expectName("as")
        let name = try assignableName()
        return .importModule(template, name: name, withContext: contextMark() ?? false)
    }

    mutating func importNames() throws -> Statement.Kind {
        skip()
        let template = try expression()
        try expectName("import")
        var names: [(name: String, alias: String)] = []
        while true {
            if !names.isEmpty {
                if let mark = contextMark() { return .importNames(template, names: names, withContext: mark) }
                guard current.isOperator(",") else { break }
                skip()
            }
            if let mark = contextMark() { return .importNames(template, names: names, withContext: mark) }
            let at = current.at
            let name = try assignableName()
            guard !name.hasPrefix("_") else {
                throw error("names starting with an underline can not be imported", at, .unknownName)
            }
            names.append((name, skipIf(name: "as") ? try assignableName() : name))
        }
        return .importNames(template, names: names, withContext: false)
    }

    mutating func with() throws -> Statement.Kind {
        skip()
        var values: [(Target, Expression)] = []
        while current.kind != .blockEnd, !current.isOperator(":") {
            if !values.isEmpty { try expect(",") }
            let target = try target(withTuple: false, until: nil)
            try expect("=")
            values.append((target, try expression()))
        }
        let body = try body(until: ["endwith"])
        skip()
        return .with(values, body: body)
    }

    // MARK: Targets

    mutating func assignableName() throws -> String {
        let at = current.at
        let name = try expect(.name).text
        try checkAssignable(name, at)
        return name
    }

    private func checkAssignable(_ name: String, _ at: Position) throws {
        guard !["true", "false", "none", "True", "False", "None"].contains(name) else {
            throw error("can't assign to '\(name)'", at)
        }
    }

    mutating func target(withTuple: Bool, until end: String?, withNamespace: Bool = false) throws -> Target {
        let at = current.at
        if withNamespace, current.kind == .name, following.isOperator(".") {
            let owner = next().text
            skip()
            return .attribute(owner, try expect(.name).text)
        }
        guard withTuple else { return .name(try assignableName()) }
        var targets: [Target] = []
        var isTuple = false
        while true {
            if !targets.isEmpty { guard skipIf(",") else { break } }
            if isAtEndOfTag || current.isOperator("=") || (end.map { current.isName($0) } ?? false)
                || current.isOperator(")")
            {
                break
            }
            if withNamespace, current.kind == .name, following.isOperator(".") {
                let owner = next().text
                skip()
                targets.append(.attribute(owner, try expect(.name).text))
            } else if skipIf("(") {
                targets.append(try nested { try $0.target(withTuple: true, until: end) })
                try expect(")")
            } else {
                targets.append(.name(try assignableName()))
            }
            if current.isOperator(",") { isTuple = true } else { break }
        }
        guard let first = targets.first else { throw error("Expected an expression, got '\(current.description)'", at) }
        return isTuple ? .tuple(targets) : first
    }
}
