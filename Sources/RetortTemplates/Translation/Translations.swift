// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Finds the translations of texts, as gettext does.
public protocol Translations: Sendable {
    /// The translation of a text.
    ///
    /// - Parameters:
    ///   - message: The text as it stands in the template.
    ///   - plural: The text for other counts than one; nil where there is no count.
    ///   - count: The count; nil where there is none.
    ///   - context: What distinguishes texts that are written alike; nil for none.
    ///   - rendering: The rendering, which knows for example the language of the visitor.
    /// - Returns: The translation; the text itself, or the plural, where there is none.
    func translation(
        of message: String, plural: String?, count: Int?, context: String?, in rendering: Rendering
    ) -> String
}

/// No translations: every text is its own.
public struct NullTranslations: Translations {
    /// Creates the absence of translations.
    public init() {}

    /// The text itself, or the plural.
    ///
    /// - Parameters:
    ///   - message: The text.
    ///   - plural: The text for other counts than one.
    ///   - count: The count.
    ///   - context: Ignored.
    ///   - rendering: Ignored.
    /// - Returns: The text.
    public func translation(
        of message: String, plural: String?, count: Int?, context: String?, in rendering: Rendering
    ) -> String {
        count == nil || count == 1 ? message : plural ?? message
    }
}

/// The functions `gettext`, `ngettext`, `pgettext`, `npgettext` and `_`.
enum TranslationGlobals {
    static func add(to configuration: inout TemplateEnvironment.Configuration) {
        guard let translations = configuration.translations else { return }
        let isNewstyle = configuration.usesNewstyleGettext
        let names = [
            ("gettext", false, false), ("ngettext", false, true), ("pgettext", true, false), ("npgettext", true, true),
            ("_", false, false),
        ]
        for (name, hasContext, hasPlural) in names where configuration.globals[name] == nil {
            configuration.globals[name] = .function(
                TemplateFunction(name) { call in
                    try translate(
                        call, translations, hasContext: hasContext, hasPlural: hasPlural, isNewstyle: isNewstyle)
                })
        }
    }

    private static func translate(
        _ call: TemplateCall, _ translations: any Translations, hasContext: Bool, hasPlural: Bool, isNewstyle: Bool
    ) throws -> TemplateValue {
        var values = call.arguments.positional[...]
        let context = hasContext ? try values.popFirst()?.filterText() : nil
        guard let message = try values.popFirst()?.filterText() else {
            throw TemplateError(.argument, "\(call.name)() needs a text.")
        }
        let plural = hasPlural ? try values.popFirst()?.filterText() : nil
        let countValue = hasPlural ? values.popFirst() : nil
        if case .undefined(let undefined)? = countValue { throw undefined.error() }
        let count = countValue.map { $0.integer ?? Int(clampingValue: $0.number ?? 0) }
        let text = translations.translation(
            of: message, plural: plural, count: count, context: context, in: call.rendering)
        guard isNewstyle else { return .string(text) }
        return try formatted(text, call, countValue, context)
    }

    /// Puts the variables into a text, escaped where output is.
    static func formatted(
        _ text: String, _ call: TemplateCall, _ count: TemplateValue?, _ context: String?
    ) throws -> TemplateValue {
        var keywords = call.arguments.keywords
        if let count, !keywords.contains(where: { $0.name == "num" }) { keywords.append(("num", count)) }
        if let context, !keywords.contains(where: { $0.name == "context" }) {
            keywords.append(("context", .string(context)))
        }
        let escapes = call.rendering.isEscaping
        let dict = TemplateValue.dict(keywords.map { ($0.name, $0.value) })
        let arguments = CallArguments([dict], keywords: keywords)
        let result = try PercentFormat.format(text, arguments, escaping: escapes)
        return escapes ? .markup(SafeHTML(result)) : .string(result)
    }
}
