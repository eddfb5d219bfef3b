// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortTemplates

/// Answers the kinds of cases about templates.
@Sendable func answerJinjaCase(_ testCase: CaseValue) async -> CaseValue? {
    guard let kind = testCase["kind"]?.string, let environment = testCase["env"], environment["class"] != nil else {
        return nil
    }
    do {
        let run = try JinjaRun(testCase, environment)
        switch kind {
        case "render", "generate": return try await run.render()
        case "compile_error", "load_error":
            _ = try run.template()
            return .object([("output", "")])
        case "macro_call": return try run.callMacro()
        case "module": return try run.module()
        case "expression": return try run.expression()
        default: return nil
        }
    } catch let error as TemplateError {
        var answer: [(String, CaseValue)] = [
            ("error", .string(error.code.jinjaName)), ("message", .string(error.message)),
        ]
        if let place = error.place { answer.append(("lineno", .int(place.line))) }
        return .object(answer)
    } catch {
        return .object([("error", .string("\(error)"))])
    }
}

/// One case with its environment.
private struct JinjaRun {
    let testCase: CaseValue
    let environment: TemplateEnvironment
    let context: TemplateValue
    let isAsync: Bool
    let isNative: Bool

    init(_ testCase: CaseValue, _ env: CaseValue) throws {
        self.testCase = testCase
        var configuration = TemplateEnvironment.Configuration()
        let options = env["options"] ?? .object([CaseValue.Member]())
        configuration.syntax = Self.syntax(options)
        configuration.extensions = Self.extensions(options)
        configuration.autoescape = Self.autoescape(options)
        isAsync = options["enable_async"]?.bool ?? false
        switch options["undefined"]?.string {
        case "ChainableUndefined"?: configuration.undefined = .chainable
        case "DebugUndefined"?: configuration.undefined = .debug
        case "StrictUndefined"?: configuration.undefined = .strict
        default: break
        }
        switch env["class"]?.string {
        case "SandboxedEnvironment"?: configuration.sandbox = TemplateSandbox()
        case "ImmutableSandboxedEnvironment"?: configuration.sandbox = TemplateSandbox(isImmutable: true)
        case "NativeEnvironment"?: configuration.isNative = true
        default: break
        }
        isNative = configuration.isNative
        if env["policies"]?["ext.i18n.trimmed"]?.bool == true { configuration.policies.trimsTranslations = true }
        if let i18n = env["i18n"], !i18n.isNull {
            configuration.translations = RecordedTranslations(i18n)
            configuration.usesNewstyleGettext = i18n["newstyle"]?.bool ?? false
        }
        var templates: [String: String] = [:]
        for member in testCase["templates"]?.members ?? [] { templates[member.name] = member.value.string ?? "" }
        configuration.loader = DictionaryLoader(templates)
        for member in env["globals"]?.members ?? [] {
            configuration.globals[member.name] = try JinjaValue.value(member.value, nil)
        }
        environment = TemplateEnvironment(configuration)
        var pairs: [(String, TemplateValue)] = []
        for member in testCase["context"]?.members ?? [] {
            pairs.append((member.name, try JinjaValue.value(member.value, environment)))
        }
        context = .dict(pairs)
    }

    private static func syntax(_ options: CaseValue) -> TemplateSyntax {
        var syntax = TemplateSyntax()
        if let text = options["block_start_string"]?.string { syntax.blockStart = text }
        if let text = options["block_end_string"]?.string { syntax.blockEnd = text }
        if let text = options["variable_start_string"]?.string { syntax.variableStart = text }
        if let text = options["variable_end_string"]?.string { syntax.variableEnd = text }
        if let text = options["comment_start_string"]?.string { syntax.commentStart = text }
        if let text = options["comment_end_string"]?.string { syntax.commentEnd = text }
        syntax.lineStatementPrefix = options["line_statement_prefix"]?.string
        syntax.lineCommentPrefix = options["line_comment_prefix"]?.string
        syntax.trimBlocks = options["trim_blocks"]?.bool ?? false
        syntax.lstripBlocks = options["lstrip_blocks"]?.bool ?? false
        syntax.keepTrailingNewline = options["keep_trailing_newline"]?.bool ?? false
        if let text = options["newline_sequence"]?.string { syntax.newlineSequence = text }
        return syntax
    }

    private static func extensions(_ options: CaseValue) -> Set<TemplateExtension> {
        var result: Set<TemplateExtension> = []
        for name in options["extensions"]?.array?.compactMap(\.string) ?? [] {
            switch name.split(separator: ".").last {
            case "i18n"?: result.insert(.i18n)
            case "do"?: result.insert(.do)
            case "loopcontrols"?: result.insert(.loopControls)
            case "debug"?: result.insert(.debug)
            default: break
            }
        }
        return result
    }

    private static func autoescape(_ options: CaseValue) -> Autoescape {
        if let names = options["autoescape_by_name"]?.members {
            var known: [String: Bool] = [:]
            for member in names { known[member.name] = member.value.bool ?? false }
            return Autoescape { [known] name in name.flatMap { known[$0] } ?? true }
        }
        return options["autoescape"]?.bool == true ? .on : .off
    }

    func template() throws -> Template {
        guard let entry = testCase["entry"] else { throw TemplateError(.runtime, "The case has no entry.") }
        var globals: [String: TemplateValue] = [:]
        for member in entry["globals"]?.members ?? [] {
            globals[member.name] = try JinjaValue.value(member.value, environment)
        }
        return try found(entry).with(globals: globals)
    }

    private func found(_ entry: CaseValue) throws -> Template {
        if let source = entry["source"]?.string { return try environment.template(source: source, name: nil) }
        if let names = entry["names"]?.array ?? entry["select"]?.array {
            return try environment.template(firstOf: names.compactMap(\.string))
        }
        if let names = entry["name"]?.array { return try environment.template(firstOf: names.compactMap(\.string)) }
        return try environment.template(entry["name"]?.string ?? "")
    }

    func render() async throws -> CaseValue {
        let template = try template()
        if isNative {
            let value = try template.nativeValue(value: context)
            if case .undefined(let undefined) = value {
                return .answer(.object([("$undefined", .text(undefined.name))]))
            }
            return .answer(JinjaValue.plain(value))
        }
        let text = isAsync ? try await template.renderAsync(value: context) : try template.render(value: context)
        return .object([("output", .string(text))])
    }

    func callMacro() throws -> CaseValue {
        let module = try template().module()
        let given = testCase["context"]
        let positional = try given?["args"]?.array?.map { try JinjaValue.value($0, environment) } ?? []
        let keywords =
            try given?["kwargs"]?.members?.map { ($0.name, try JinjaValue.value($0.value, environment)) } ?? []
        let result = try module.call(
            testCase["macro"]?.string ?? "",
            CallArguments(positional, keywords: keywords.map { (name: $0.0, value: $0.1) }))
        return .object([("output", .string(try result.printed))])
    }

    func module() throws -> CaseValue {
        let module = try template().module(context: context)
        let exports = module.exports.sorted { $0.key < $1.key }.map { name, value -> (String, CaseValue) in
            if case .object(let object) = value, object.typeName == "Macro" {
                return (name, .object([("macro", true)]))
            }
            return (name, .object([("value", JinjaValue.plain(value))]))
        }
        return .object([("output", .string(module.text)), ("exports", .object(exports))])
    }

    func expression() throws -> CaseValue {
        let source = testCase["entry"]?["source"]?.string ?? ""
        var values: [String: TemplateValue] = [:]
        if case .dict(let dict) = context { for (key, value) in dict.pairs { values[key.text ?? ""] = value } }
        return .answer(JinjaValue.plain(try environment.expression(source)(values)))
    }
}

/// The translations of a case.
private struct RecordedTranslations: Translations {
    private let catalog: CaseValue
    private let variable: String?

    init(_ i18n: CaseValue) {
        catalog = i18n["catalog"] ?? .null
        variable = i18n["locale_variable"]?.string
    }

    func translation(
        of message: String, plural: String?, count: Int?, context: String?, in rendering: Rendering
    ) -> String {
        let text = count == nil || count == 1 ? message : plural ?? message
        let language = variable.flatMap { rendering.value(of: $0)?.text } ?? "en"
        switch catalog[language]?[text] {
        case .string(let translated)?: return translated
        case let contexts?: return contexts[context ?? ""]?.string ?? text
        case nil: return text
        }
    }
}
