// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

@testable import RetortTemplates

/// The syntax and the rules that the first byte of an input chooses.
private func configuration(_ choice: UInt8) -> TemplateEnvironment.Configuration {
    var configuration = TemplateEnvironment.Configuration()
    configuration.syntax.trimBlocks = choice & 1 != 0
    configuration.syntax.lstripBlocks = choice & 2 != 0
    configuration.syntax.keepTrailingNewline = choice & 4 != 0
    if choice & 8 != 0 {
        configuration.syntax.lineStatementPrefix = "%"
        configuration.syntax.lineCommentPrefix = "##"
    }
    if choice & 16 != 0 {
        configuration.syntax.blockStart = "<%"
        configuration.syntax.blockEnd = "%>"
        configuration.syntax.variableStart = "${"
        configuration.syntax.variableEnd = "}"
        configuration.syntax.newlineSequence = "\r\n"
    }
    configuration.autoescape = choice & 32 != 0 ? .off : .on
    configuration.undefined = choice & 64 != 0 ? .strict : .lenient
    configuration.usesNewstyleGettext = choice & 128 != 0
    configuration.translations = NullTranslations()
    return configuration
}

/// The tokens of a template: in order, inside of the text, with one end.
@Sendable func fuzzLexer(_ input: [UInt8]) {
    guard let choice = input.first else { return }
    let syntax = configuration(choice).syntax
    let text = String(decoding: input.dropFirst(), as: UTF8.self)
    guard let source = try? TemplateSource(text, name: nil, keepsTrailingNewline: syntax.keepTrailingNewline) else {
        return
    }
    do {
        let tokens = try Lexer.tokens(source, syntax)
        require(tokens.last?.kind == .end, "the tokens do not end")
        var last = Position()
        for token in tokens {
            require(token.kind != .end || token.at.offset <= source.bytes.count, "a token behind the end")
            require(token.at.offset >= last.offset && token.at.line >= last.line, "tokens out of order")
            last = token.at
            _ = source.place(token.at)
        }
    } catch { checkError(error) }
}

/// A template's text to its program.
@Sendable func fuzzParser(_ input: [UInt8]) {
    guard let choice = input.first else { return }
    require(rendersAtAll, "no template can be rendered in this process")
    let text = String(decoding: input.dropFirst(), as: UTF8.self)
    do {
        let template = try TemplateEnvironment(configuration(choice)).template(source: text)
        _ = (template.variables, template.references, template.blockNames)
    } catch { checkError(error) }
}

/// A template to its output, within the limits of a sandbox: at once, and in pieces, which must be the same.
@Sendable func fuzzRender(_ input: [UInt8]) {
    guard let choice = input.first else { return }
    require(rendersAtAll, "no template can be rendered in this process")
    let text = String(decoding: input.dropFirst(), as: UTF8.self)
    var configuration = configuration(choice)
    configuration.sandbox = TemplateSandbox(isImmutable: choice & 4 != 0, rangeElements: 1_000)
    configuration.limits.steps = 2_000
    configuration.limits.outputBytes = 1 << 16
    configuration.limits.depth = 40
    configuration.policies.now = { 1_784_000_000 }
    configuration.loader = DictionaryLoader(["self": text].merging(neighbours) { $1 })
    do {
        let template = try TemplateEnvironment(configuration).template("self")
        let whole = try template.render(value: values)
        require(whole.utf8.count <= 1 << 16, "\(whole.utf8.count) bytes of output")
        // What is drawn by lot, or shows where something lies, differs from time to time.
        guard !["random", "lipsum", "0x"].contains(where: { text.contains($0) || whole.contains($0) }) else { return }
        var pieces: [UInt8] = []
        try template.stream(value: values) { pieces += copy $0 }
        requireEqual(String(decoding: pieces, as: UTF8.self), whole, "in pieces and at once")
    } catch { checkError(error) }
}

/// Catalogs of translations, as people write them and compiled: what is read is written and read again.
@Sendable func fuzzCatalog(_ input: [UInt8]) {
    for catalog in [try? Catalog(po: input), try? Catalog(mo: input)].compactMap({ $0 }) {
        let compiled = catalog.moBytes
        guard let again = try? Catalog(mo: compiled) else { fatalError("compiled but not read") }
        requireEqual(again.moBytes, compiled, "compiled twice")
        requireEqual(again.messages.count, catalog.messages.count, "texts of a compiled catalog")
        for message in catalog.messages {
            for count in [0, 1, 2, 5, -1, Int.max] {
                requireEqual(
                    again.find(message.id, plural: message.plural, count: count, context: message.context),
                    catalog.find(message.id, plural: message.plural, count: count, context: message.context), "found")
            }
        }
    }
    if let rule = try? PluralRule(String(decoding: input, as: UTF8.self)) {
        for count in [0, 1, 1_001, Int.min, Int.max] {
            require((0..<rule.count).contains(rule.form(for: count)), "a form that is not there")
        }
    }
}

/// Every mistake is an error of the library, with a sentence, and its place can be shown.
private func checkError(_ error: any Error) {
    guard let error = error as? TemplateError else { fatalError("another error: \(error)") }
    require(!error.message.isEmpty, "an error without a sentence")
    require(error.description.utf8.count < 1 << 20, "a sentence of \(error.description.utf8.count) bytes")
}

/// Where every template is refused, as without room on the stack, nothing would ever be found.
private let rendersAtAll = (try? TemplateEnvironment().template(source: "{{ [1, 2]|sum }}").render()) == "3"

private let neighbours = [
    "base": "<{% block a %}a{% endblock %}{% block b scoped %}{{ x }}{% endblock %}>{{ self.a() }}",
    "part": "[{{ x }}{{ loop is defined }}]",
    "macros": "{% macro m(a, b=2) %}{{ a }}{{ b }}{{ varargs }}{{ kwargs }}{{ caller() if caller }}{% endmacro %}",
]

private let values: TemplateValue = .dict([
    ("x", .string("<x> & \u{e4}\u{1f600}")), ("n", .int(42)), ("f", .float(-2.5)), ("t", .bool(true)), ("z", .none),
    ("m", .markup(SafeHTML("<b>&amp;</b>"))), ("l", .list([.int(3), .string("b"), .float(1e300), .none])),
    (
        "d",
        .dict([("a", .int(1)), ("b", .list([.dict([("k", .int(2))]), .dict([("k", .string("v"))])])), ("", .none)])
    ),
    ("users", .list((0..<4).map { .dict([("name", .string("u\($0 % 3)")), ("age", .int($0 * 7 % 5))]) })),
])
