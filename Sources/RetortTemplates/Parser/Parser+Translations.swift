// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The statement `trans`, which becomes a call of one of gettext's functions.
extension Parser {
    mutating func translation() throws -> Expression {
        let at = current.at
        skip()
        var variables: [(name: String, value: Expression)] = []
        var plural: Expression?
        var pluralName: String?
        var countsNum = false
        var isTrimmed: Bool?
        var context: String?
        if current.kind == .string { context = next().text }
        while current.kind != .blockEnd {
            if !variables.isEmpty { try expect(",") }
            if skipIf(":") { break }
            let token = try expect(.name)
            guard !variables.contains(where: { $0.name == token.text }) else {
                throw error("translatable variable \(token.text) defined twice.", token.at, .unknownName)
            }
            if isTrimmed == nil, token.text == "trimmed" || token.text == "notrimmed", !current.isOperator("=") {
                isTrimmed = token.text == "trimmed"
                continue
            }
            let value = skipIf("=") ? try expression() : Expression(kind: .name(token.text), at: token.at)
            variables.append((token.text, value))
            if plural == nil {
                plural = value
                if case .call = value.kind {
                    // Calling twice might give two numbers.
                    countsNum = token.text == "num"
                } else {
                    countsNum = token.text == "num"
                }
                pluralName = token.text
            }
        }
        _ = try expect(.blockEnd)
        var (names, singular) = try translationText()
        var pluralText: String?
        if names.first != nil, plural == nil {
            plural = Expression(kind: .name(names[0]), at: at)
            countsNum = names[0] == "num"
            pluralName = names[0]
        }
        if current.isName("pluralize") {
            skip()
            if current.kind != .blockEnd {
                let token = try expect(.name)
                guard variables.contains(where: { $0.name == token.text }) || names.contains(token.text) else {
                    throw error("unknown variable '\(token.text)' for pluralization", token.at, .unknownName)
                }
                plural = variables.first { $0.name == token.text }?.value ?? Expression(kind: .name(token.text), at: at)
                countsNum = token.text == "num"
                pluralName = token.text
            }
            _ = try expect(.blockEnd)
            let (more, text) = try translationText(isPlural: true)
            skip()
            pluralText = text
            for name in more where !names.contains(name) { names.append(name) }
        } else {
            skip()
        }
        _ = pluralName
        for name in names where !variables.contains(where: { $0.name == name }) {
            variables.append((name, Expression(kind: .name(name), at: at)))
        }
        if isTrimmed ?? trimsTranslations {
            singular = Self.trimmed(singular)
            pluralText = pluralText.map(Self.trimmed)
        }
        guard pluralText == nil || plural != nil else {
            throw error("pluralize without variables", at)
        }
        return call(
            singular, pluralText, context, variables, plural, names.isEmpty == false, countsNum && pluralText != nil, at
        )
    }

    /// Reads the text up to `pluralize` or `endtrans`, of which the name is then the current token.
    private mutating func translationText(isPlural: Bool = false) throws -> ([String], String) {
        var names: [String] = []
        var text = ""
        while true {
            switch current.kind {
            case .data:
                text += next().text.split(separator: "%", omittingEmptySubsequences: false).joined(separator: "%%")
            case .variableBegin:
                skip()
                let name = try expect(.name).text
                if !names.contains(name) { names.append(name) }
                text += "%(\(name))s"
                _ = try expect(.variableEnd)
            case .blockBegin:
                skip()
                if current.isName("endtrans") { return (names, text) }
                if current.isName("pluralize") {
                    if isPlural { throw error("a translatable section can have only one pluralize section") }
                    return (names, text)
                }
                if current.isName("trans") {
                    throw error("trans blocks can't be nested; did you mean `endtrans`?")
                }
                throw error("control structures in translatable sections are not allowed; saw `\(current.text)`")
            case .end: throw error("unclosed translation block")
            default: throw error("internal parser error")
            }
        }
    }

    /// The text in one line: each run of white space with a line end becomes a space.
    private static func trimmed(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let parts = lines.map { line in
            let scalars = line.unicodeScalars
            guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
                let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
            else { return "" }
            return String(line[first...last])
        }
        return parts.filter { !$0.isEmpty }.joined(separator: " ")
    }

    private func call(
        _ singular: String, _ plural: String?, _ context: String?, _ variables: [(name: String, value: Expression)],
        _ count: Expression?, _ usesNames: Bool, _ countsNum: Bool, _ at: Position
    ) -> Expression {
        func constant(_ text: String) -> Expression { Expression(kind: .constant(.string(text)), at: at) }
        var singular = singular
        var plural = plural
        // Nothing is put in, so nothing needs to be doubled.
        if !usesNames, !usesNewstyle, variables.isEmpty {
            singular = Self.undoubled(singular)
            plural = plural.map(Self.undoubled)
        }
        var arguments = Arguments()
        var name = "gettext"
        if let context {
            name = "pgettext"
            arguments.positional.append(constant(context))
        }
        arguments.positional.append(constant(singular))
        if let plural, let count {
            name = context == nil ? "ngettext" : "npgettext"
            arguments.positional += [constant(plural), count]
        }
        if usesNewstyle {
            // The count is passed as `num` by position already.
            arguments.keywords = variables.filter { !(countsNum && $0.name == "num") }
        }
        let function = Expression(kind: .name(name), at: at)
        let call = Expression(kind: .call(function, arguments), at: at)
        guard !usesNewstyle else { return call }
        let text = Expression(kind: .translated(call), at: at)
        guard !variables.isEmpty else { return text }
        let pairs = variables.map { (constant($0.name), $0.value) }
        let dict = Expression(kind: .dict(pairs), at: at)
        return Expression(kind: .binary(.remainder, text, dict), at: at)
    }

    private static func undoubled(_ text: String) -> String {
        var result: [UInt8] = []
        var isAfterPercent = false
        for byte in text.utf8 {
            isAfterPercent = byte == 0x25 && !isAfterPercent
            if byte != 0x25 || isAfterPercent { result.append(byte) }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
