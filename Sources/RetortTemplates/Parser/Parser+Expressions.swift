// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The expressions of the language, from what binds loosest to what binds tightest.
extension Parser {
    /// Reads a value, or several with commas between them.
    ///
    /// With `withConditions`, `x if y else z` may stand there; the name `end` ends the tuple; an empty one must be
    /// explicit, in parentheses.
    mutating func tuple(withConditions: Bool = true, until end: String? = nil, explicit: Bool = false) throws
        -> Expression
    {
        let at = current.at
        var values: [Expression] = []
        var isTuple = false
        while true {
            if !values.isEmpty { try expect(",") }
            if isTupleEnd(end) { break }
            values.append(try expression(withConditions: withConditions))
            if current.isOperator(",") { isTuple = true } else { break }
        }
        if !isTuple {
            if let first = values.first { return first }
            guard explicit else { throw error("Expected an expression, got '\(current.description)'") }
        }
        return Expression(kind: .tuple(values), at: at)
    }

    private func isTupleEnd(_ end: String?) -> Bool {
        isAtEndOfTag || current.isOperator(")") || current.kind == .end || (end.map { current.isName($0) } ?? false)
    }

    mutating func expression(withConditions: Bool = true) throws -> Expression {
        let value = try anyExpression(withConditions: withConditions)
        guard value.depth <= Self.mostInRow else { throw error("The expression is too long.", value.at, .limit) }
        return value
    }

    private mutating func anyExpression(withConditions: Bool) throws -> Expression {
        try nested { parser in
            guard withConditions else { return try parser.or() }
            let at = parser.current.at
            var value = try parser.or()
            var count = 0
            while parser.skipIf(name: "if") {
                count += 1
                try parser.check(row: count)
                let test = try parser.or()
                let otherwise = parser.skipIf(name: "else") ? try parser.expression() : nil
                value = Expression(kind: .condition(test: test, then: value, otherwise: otherwise), at: at)
            }
            return value
        }
    }

    private mutating func or() throws -> Expression {
        let at = current.at
        var left = try and()
        var count = 0
        while skipIf(name: "or") {
            count += 1
            try check(row: count)
            left = Expression(kind: .or(left, try and()), at: at)
        }
        return left
    }

    private mutating func and() throws -> Expression {
        let at = current.at
        var left = try not()
        var count = 0
        while skipIf(name: "and") {
            count += 1
            try check(row: count)
            left = Expression(kind: .and(left, try not()), at: at)
        }
        return left
    }

    private mutating func not() throws -> Expression {
        let at = current.at
        guard current.isName("not") else { return try comparison() }
        skip()
        let value = try nested { try $0.not() }
        return Expression(kind: .not(value), at: at)
    }

    private mutating func comparison() throws -> Expression {
        let at = current.at
        let left = try sum()
        var parts: [(Expression.Comparison, Expression)] = []
        while true {
            if current.kind == .op, let sign = Expression.Comparison(rawValue: current.text) {
                skip()
                parts.append((sign, try sum()))
            } else if skipIf(name: "in") {
                parts.append((.isIn, try sum()))
            } else if current.isName("not"), following.isName("in") {
                skip()
                skip()
                parts.append((.notIn, try sum()))
            } else {
                break
            }
        }
        return parts.isEmpty ? left : Expression(kind: .compare(left, parts), at: at)
    }

    private mutating func sum() throws -> Expression {
        var left = try concat()
        var count = 0
        while current.isOperator("+") || current.isOperator("-") {
            count += 1
            try check(row: count)
            let sign = next()
            left = Expression(kind: .binary(sign.text == "+" ? .add : .subtract, left, try concat()), at: sign.at)
        }
        return left
    }

    private mutating func concat() throws -> Expression {
        let at = current.at
        var parts = [try product()]
        while skipIf("~") { parts.append(try product()) }
        return parts.count == 1 ? parts[0] : Expression(kind: .concat(parts), at: at)
    }

    private mutating func product() throws -> Expression {
        var left = try power()
        var count = 0
        while current.kind == .op, let sign = BinaryOperator(rawValue: current.text),
            [.multiply, .divide, .floorDivide, .remainder].contains(sign)
        {
            count += 1
            try check(row: count)
            let at = current.at
            skip()
            left = Expression(kind: .binary(sign, left, try power()), at: at)
        }
        return left
    }

    private mutating func power() throws -> Expression {
        var left = try unary()
        var count = 0
        while current.isOperator("**") {
            count += 1
            try check(row: count)
            let at = current.at
            skip()
            left = Expression(kind: .binary(.power, left, try unary()), at: at)
        }
        return left
    }

    mutating func unary(withFilter: Bool = true) throws -> Expression {
        let at = current.at
        var value: Expression
        if skipIf("-") {
            value = Expression(kind: .negative(try nested { try $0.unary(withFilter: false) }), at: at)
        } else if skipIf("+") {
            value = Expression(kind: .positive(try nested { try $0.unary(withFilter: false) }), at: at)
        } else {
            value = try primary()
        }
        value = try postfix(value)
        return withFilter ? try filterExpression(value) : value
    }

    private mutating func primary() throws -> Expression {
        let token = current
        let kind: Expression.Kind
        switch token.kind {
        case .name:
            skip()
            switch token.text {
            case "true", "True": kind = .constant(.bool(true))
            case "false", "False": kind = .constant(.bool(false))
            case "none", "None": kind = .constant(.none)
            default: kind = .name(token.text)
            }
        case .string:
            var text = ""
            while current.kind == .string { text += next().text }
            kind = .constant(.string(text))
        case .integer, .float:
            skip()
            kind = .constant(token.value)
        case .op where token.text == "(":
            skip()
            let value = try nested { try $0.tuple(explicit: true) }
            try expect(")")
            return value
        case .op where token.text == "[": kind = try list()
        case .op where token.text == "{": kind = try dict()
        default: throw error("unexpected '\(token.description)'")
        }
        return Expression(kind: kind, at: token.at)
    }

    private mutating func list() throws -> Expression.Kind {
        try expect("[")
        var values: [Expression] = []
        while !current.isOperator("]") {
            if !values.isEmpty { try expect(",") }
            if current.isOperator("]") { break }
            values.append(try expression())
        }
        try expect("]")
        return .list(values)
    }

    private mutating func dict() throws -> Expression.Kind {
        try expect("{")
        var pairs: [(Expression, Expression)] = []
        while !current.isOperator("}") {
            if !pairs.isEmpty { try expect(",") }
            if current.isOperator("}") { break }
            let key = try expression()
            try expect(":")
            pairs.append((key, try expression()))
        }
        try expect("}")
        return .dict(pairs)
    }

    private mutating func postfix(_ value: Expression) throws -> Expression {
        var value = value
        var count = 0
        while current.isOperator(".") || current.isOperator("[") || current.isOperator("(") {
            count += 1
            try check(row: count)
            value = current.isOperator("(") ? try call(value) : try subscripted(value)
        }
        return value
    }

    private mutating func filterExpression(_ value: Expression) throws -> Expression {
        var value = value
        var count = 0
        while true {
            count += 1
            try check(row: count)
            if current.isOperator("|") {
                value = try filters(on: value) ?? value
            } else if current.isName("is") {
                value = try test(value)
            } else if current.isOperator("(") {
                // Behind a filter or a test its result can be called.
                value = try call(value)
            } else {
                return value
            }
        }
    }

    private mutating func subscripted(_ value: Expression) throws -> Expression {
        let token = next()
        if token.text == "." {
            let name = next()
            switch name.kind {
            case .name: return Expression(kind: .attribute(value, name.text), at: name.at)
            case .integer:
                return Expression(
                    kind: .item(value, Expression(kind: .constant(name.value), at: name.at)), at: token.at)
            default: throw error("expected name or number", name.at)
            }
        }
        var parts: [Expression] = []
        while !current.isOperator("]") {
            if !parts.isEmpty { try expect(",") }
            parts.append(try subscriptPart())
        }
        try expect("]")
        guard let first = parts.first else { throw error("Expected an expression, got ']'") }
        let key = parts.count == 1 ? first : Expression(kind: .tuple(parts), at: token.at)
        return Expression(kind: .item(value, key), at: token.at)
    }

    private mutating func subscriptPart() throws -> Expression {
        let at = current.at
        var parts: [Expression?] = [nil]
        if !current.isOperator(":") {
            let value = try expression()
            guard current.isOperator(":") else { return value }
            parts[0] = value
        }
        while skipIf(":"), parts.count < 3 {
            let isEmpty = current.isOperator(":") || current.isOperator("]") || current.isOperator(",")
            parts.append(isEmpty ? nil : try expression())
        }
        parts += [nil, nil]
        return Expression(kind: .slice(parts[0], parts[1], parts[2]), at: at)
    }

    mutating func call(_ value: Expression) throws -> Expression {
        let at = current.at
        return Expression(kind: .call(value, try arguments()), at: at)
    }

    mutating func arguments() throws -> Arguments {
        let at = current.at
        try expect("(")
        var result = Arguments()
        var isFirst = true
        func check(_ isRight: Bool) throws {
            if !isRight { throw error("invalid syntax for function call expression", at) }
        }
        while !current.isOperator(")") {
            if !isFirst {
                try expect(",")
                if current.isOperator(")") { break }
            }
            isFirst = false
            if skipIf("*") {
                try check(result.star == nil && result.doubleStar == nil)
                result.star = try expression()
            } else if skipIf("**") {
                try check(result.doubleStar == nil)
                result.doubleStar = try expression()
            } else if current.kind == .name, following.isOperator("=") {
                try check(result.doubleStar == nil)
                let name = next().text
                skip()
                result.keywords.append((name, try expression()))
            } else {
                try check(result.star == nil && result.doubleStar == nil && result.keywords.isEmpty)
                result.positional.append(try expression())
            }
        }
        try expect(")")
        return result
    }

    /// Reads `|name(arguments)` as often as it stands.
    mutating func filters(on value: Expression?, startsInline: Bool = false) throws -> Expression? {
        var value = value
        var isInline = startsInline
        var count = 0
        while current.isOperator("|") || isInline {
            count += 1
            try check(row: count)
            if !isInline { skip() }
            isInline = false
            let at = current.at
            let name = try dottedName()
            let arguments = current.isOperator("(") ? try arguments() : Arguments()
            value = Expression(kind: .filter(value, name, arguments), at: at)
        }
        return value
    }

    private mutating func dottedName() throws -> String {
        var name = try expect(.name).text
        while skipIf(".") { name += "." + (try expect(.name).text) }
        return name
    }

    private mutating func test(_ value: Expression) throws -> Expression {
        let at = current.at
        skip()
        let isNegated = skipIf(name: "not")
        let nameAt = current.at
        let name = try dottedName()
        var arguments = Arguments()
        let isEnd = ["else", "or", "and"].contains { current.isName($0) }
        if current.isOperator("(") {
            arguments = try self.arguments()
        } else if [.name, .string, .integer, .float].contains(current.kind) || current.isOperator("[")
            || current.isOperator("{"), !isEnd
        {
            if current.isName("is") { throw error("You cannot chain multiple tests with is") }
            let argument = try primary()
            arguments.positional = [try postfix(argument)]
        }
        let result = Expression(kind: .test(value, name, arguments), at: nameAt)
        return isNegated ? Expression(kind: .not(result), at: at) : result
    }
}
