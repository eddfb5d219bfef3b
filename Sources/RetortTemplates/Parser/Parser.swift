// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Reads the tokens of a template into statements.
struct Parser {
    /// How deeply statements and expressions may be nested.
    static let mostDepth = 120

    /// How many operators, filters, attributes or calls may follow each other.
    static let mostInRow = 200

    let source: TemplateSource
    let extensions: Set<TemplateExtension>
    let trimsTranslations: Bool
    let usesNewstyle: Bool
    private let tokens: [Token]
    private var index = 0
    private var depth = 0
    private let stack = StackGuard()
    /// The end tags that are looked for, from outside to inside, and the tags that are open.
    private var endTags: [[String]] = []
    private var openTags: [String] = []
    private(set) var blockNames: Set<String> = []

    init(_ source: TemplateSource, _ environment: TemplateEnvironment.Configuration) throws {
        self.source = source
        extensions = environment.extensions
        trimsTranslations = environment.policies.trimsTranslations
        usesNewstyle = environment.usesNewstyleGettext
        tokens = try Lexer.tokens(source, environment.syntax)
    }

    /// The statements of a template.
    mutating func parse() throws -> [Statement] {
        let body = try statements(until: [])
        return body
    }

    // MARK: Tokens

    /// Refuses what is too long in a row: it is a deep tree, though it looks flat.
    func check(row count: Int) throws {
        guard count <= Self.mostInRow else { throw error("The expression is too long.", nil, .limit) }
    }

    var current: Token { tokens[index] }
    var following: Token { tokens[min(index + 1, tokens.count - 1)] }

    mutating func skip() { if index < tokens.count - 1 { index += 1 } }

    mutating func next() -> Token {
        let token = tokens[index]
        skip()
        return token
    }

    mutating func skipIf(_ sign: String) -> Bool {
        guard current.isOperator(sign) else { return false }
        skip()
        return true
    }

    mutating func skipIf(name: String) -> Bool {
        guard current.isName(name) else { return false }
        skip()
        return true
    }

    func error(_ message: String, _ at: Position? = nil, _ code: TemplateError.Code = .syntax) -> TemplateError {
        source.error(message, at ?? current.at, code)
    }

    func unexpected(_ expected: String) -> TemplateError {
        if current.kind == .end { return error("unexpected end of template, expected '\(expected)'.") }
        return error("expected token '\(expected)', got '\(current.description)'")
    }

    mutating func expect(_ sign: String) throws {
        guard current.isOperator(sign) else { throw unexpected(sign) }
        skip()
    }

    mutating func expect(_ kind: Token.Kind) throws -> Token {
        guard current.kind == kind else {
            let name: String =
                kind == .name
                ? "name" : kind == .string ? "string" : Token(kind: kind, text: "", at: current.at).description
            throw unexpected(name)
        }
        return next()
    }

    mutating func expectName(_ name: String) throws {
        guard current.isName(name) else { throw unexpected(name) }
        skip()
    }

    var isAtEndOfTag: Bool { current.kind == .blockEnd || current.kind == .variableEnd }

    /// Reads something nested, up to the limit of depth.
    mutating func nested<Result>(_ read: (inout Parser) throws -> Result) throws -> Result {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.mostDepth, stack.hasRoom else {
            throw error("The template is nested too deeply.", nil, .limit)
        }
        return try read(&self)
    }

    // MARK: Bodies

    /// Reads statements up to one of some tags, of which the name is then the current token.
    mutating func statements(until ends: [String]) throws -> [Statement] {
        if !ends.isEmpty { endTags.append(ends) }
        defer { if !ends.isEmpty { endTags.removeLast() } }
        return try nested { parser in
            var body: [Statement] = []
            while true {
                let token = parser.current
                switch token.kind {
                case .data:
                    body.append(Statement(kind: .data(token.text), at: token.at))
                    parser.skip()
                case .variableBegin:
                    parser.skip()
                    let value = try parser.tuple()
                    body.append(Statement(kind: .output([value]), at: token.at))
                    _ = try parser.expect(.variableEnd)
                case .blockBegin:
                    parser.skip()
                    if parser.current.kind == .name, ends.contains(parser.current.text) { return body }
                    if let statement = try parser.statement() { body.append(statement) }
                    _ = try parser.expect(.blockEnd)
                case .end:
                    guard ends.isEmpty else { throw parser.endOfTemplate() }
                    return body
                default: throw parser.error("internal parsing error")
                }
            }
        }
    }

    /// Reads the body of a tag and its end tag, without the end of the latter.
    mutating func body(until ends: [String]) throws -> [Statement] {
        // A colon is allowed behind the head, as in Python.
        _ = skipIf(":")
        _ = try expect(.blockEnd)
        return try statements(until: ends)
    }

    private func endOfTemplate() -> TemplateError {
        var message = "Unexpected end of template."
        if let expected = endTags.last {
            message += " Jinja was looking for the following tags: \(Self.list(expected))."
        }
        return error(message + innermost)
    }

    private func unknownTag(_ name: String, _ at: Position) -> TemplateError {
        guard let expected = endTags.last else {
            let hint = Suggestion.sentence(for: name, among: Self.tags)
            return error("Encountered unknown tag '\(name)'.\(hint)", at)
        }
        if endTags.contains(where: { $0.contains(name) }) {
            return error(
                "Unexpected end of block tag '\(name)'. Jinja was looking for the following tags: "
                    + "\(Self.list(expected)).\(innermost)", at)
        }
        return error(
            "Encountered unknown tag '\(name)'. Jinja was looking for the following tags: \(Self.list(expected))."
                + innermost, at)
    }

    private var innermost: String {
        openTags.last.map { " The innermost block that needs to be closed is '\($0)'." } ?? ""
    }

    private static func list(_ names: [String]) -> String { names.map { "'\($0)'" }.joined(separator: " or ") }

    private static let tags = [
        "for", "if", "block", "extends", "print", "macro", "include", "from", "import", "set", "with", "autoescape",
        "call", "filter", "raw", "trans", "do", "break", "continue", "debug",
    ]

    private mutating func statement() throws -> Statement? {
        let token = current
        guard token.kind == .name else { throw error("tag name expected") }
        openTags.append(token.text)
        defer { openTags.removeLast() }
        if let statement = try knownStatement(token) { return statement }
        openTags.removeLast()
        defer { openTags.append("") }
        throw unknownTag(token.text, token.at)
    }

    private mutating func knownStatement(_ token: Token) throws -> Statement? {
        let kind: Statement.Kind
        switch token.text {
        case "for": kind = try loop()
        case "if": kind = try condition()
        case "set": kind = try assignment()
        case "macro": kind = try macro()
        case "call": kind = try callBlock()
        case "filter": kind = try filterBlock()
        case "block": kind = try block()
        case "extends":
            skip()
            kind = .extends(try expression())
        case "include": kind = try include()
        case "import": kind = try importModule()
        case "from": kind = try importNames()
        case "with": kind = try with()
        case "autoescape":
            skip()
            let value = try expression()
            let body = try body(until: ["endautoescape"])
            skip()
            kind = .autoescape(value, body: body)
        case "print":
            skip()
            var values: [Expression] = []
            while current.kind != .blockEnd {
                if !values.isEmpty { try expect(",") }
                values.append(try expression())
            }
            kind = .output(values)
        case "do" where extensions.contains(.do):
            skip()
            kind = .evaluate(try tuple())
        case "break" where extensions.contains(.loopControls):
            skip()
            kind = .breakLoop
        case "continue" where extensions.contains(.loopControls):
            skip()
            kind = .continueLoop
        case "debug" where extensions.contains(.debug):
            skip()
            kind = .debug
        case "trans" where extensions.contains(.i18n): kind = .output([try translation()])
        default: return nil
        }
        return Statement(kind: kind, at: token.at)
    }

    mutating func addBlock(_ name: String, _ at: Position) throws {
        guard blockNames.insert(name).inserted else { throw error("block '\(name)' defined twice", at, .unknownName) }
    }
}
