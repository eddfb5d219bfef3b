// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A text of a template that is to be translated.
package struct ExtractedMessage: Sendable, Hashable {
    package var context: String?
    package var id: String
    package var plural: String?
    /// The templates and lines where it stands.
    package var places: [String]
}

extension Template {
    /// The texts of `trans` and of gettext's functions that are constants, in the order of the template.
    ///
    /// - Returns: The texts; one that stands there twice is there twice.
    /// - Throws: ``TemplateError``, which a template that was compiled does not give.
    package func messages() throws -> [ExtractedMessage] {
        var result: [ExtractedMessage] = []
        func visit(_ expression: Expression) {
            if let message = message(expression) { result.append(message) }
            for part in expression.parts { visit(part) }
        }
        func visit(_ statements: [Statement]) {
            for statement in statements {
                for expression in statement.expressions { visit(expression) }
                visit(statement.parts)
            }
        }
        visit(try statements())
        return result
    }

    private func message(_ expression: Expression) -> ExtractedMessage? {
        guard case .call(let function, let arguments) = expression.kind, case .name(let name) = function.kind else {
            return nil
        }
        let texts = arguments.positional.map { argument -> String? in
            guard case .constant(.string(let text)) = argument.kind else { return nil }
            return text
        }
        let shape: (hasContext: Bool, hasPlural: Bool)
        switch name {
        case "gettext", "_": shape = (false, false)
        case "ngettext": shape = (false, true)
        case "pgettext": shape = (true, false)
        case "npgettext": shape = (true, true)
        default: return nil
        }
        let count = 1 + (shape.hasContext ? 1 : 0) + (shape.hasPlural ? 1 : 0)
        // A text that is computed is found only when the page is made.
        let known = texts.prefix(count).compactMap { $0 }
        let start = shape.hasContext ? 1 : 0
        guard known.count == count, !known[start].isEmpty else { return nil }
        let place = "\(self.name ?? "<template>"):\(expression.at.line)"
        return ExtractedMessage(
            context: shape.hasContext ? known[0] : nil, id: known[start],
            plural: shape.hasPlural ? known[start + 1] : nil,
            places: [place])
    }
}

/// Writes templates of catalogs (`.pot`), which translators begin with.
package enum CatalogTemplate {
    /// The text of a template of a catalog, with each text once.
    ///
    /// - Parameter messages: The texts, in the order in which they are written.
    /// - Returns: A file `.pot`. It has no time in it, so that it changes only with its texts.
    package static func text(_ messages: [ExtractedMessage]) -> String {
        var places: [MessageKey: Int] = [:]
        var merged: [ExtractedMessage] = []
        for message in messages {
            let key = MessageKey(message.context, message.id)
            if let place = places[key] {
                merged[place].places += message.places
                merged[place].plural = merged[place].plural ?? message.plural
            } else {
                places[key] = merged.count
                merged.append(message)
            }
        }
        let header = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=INTEGER; plural=EXPRESSION;\n"
        return "#, fuzzy\nmsgid \"\"\nmsgstr \(quoted(header))\n" + merged.map(entry).joined()
    }

    private static func entry(_ message: ExtractedMessage) -> String {
        var lines = [""] + message.places.map { "#: \($0)" }
        if message.id.contains("%(") || message.plural?.contains("%(") == true { lines.append("#, python-format") }
        if let context = message.context { lines.append("msgctxt \(quoted(context))") }
        lines.append("msgid \(quoted(message.id))")
        if let plural = message.plural {
            lines += ["msgid_plural \(quoted(plural))", "msgstr[0] \"\"", "msgstr[1] \"\""]
        } else {
            lines.append("msgstr \"\"")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A text in quotes, in several lines where it has several.
    private static func quoted(_ text: String) -> String {
        var lines: [String] = [""]
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n":
                lines[lines.count - 1] += "\\n"
                lines.append("")
            case "\"": lines[lines.count - 1] += "\\\""
            case "\\": lines[lines.count - 1] += "\\\\"
            case "\t": lines[lines.count - 1] += "\\t"
            case "\r": lines[lines.count - 1] += "\\r"
            case "\0", "\u{4}": break
            default:
                if scalar.value < 0x20 {
                    let octal = String(scalar.value, radix: 8)
                    lines[lines.count - 1] += "\\" + String(repeating: "0", count: 3 - octal.count) + octal
                } else {
                    lines[lines.count - 1].unicodeScalars.append(scalar)
                }
            }
        }
        if lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
        guard lines.count > 1 else { return "\"\(lines[0])\"" }
        return "\"\"\n" + lines.map { "\"\($0)\"" }.joined(separator: "\n")
    }
}
