// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Filters that make or take HTML.
enum MarkupFilters {
    static let all: [TemplateFilter] = [
        TemplateFilter(plain: "escape") { value in .markup(try value.escaped()) },
        TemplateFilter(plain: "forceescape") { value in .markup(SafeHTML.escaping(try value.filterText())) },
        TemplateFilter(plain: "safe") { value in
            if case .object(let object) = value, let html = object.html { return .markup(html) }
            return .markup(SafeHTML(try value.filterText()))
        },
        TemplateFilter(plain: "striptags") { value in
            .string(MarkupText.withoutTags(try value.escapedOrText()))
        },
        TemplateFilter("xmlattr") { value, call in
            try attributes(
                value, autospace: try call.parameters(ParameterNames.autospace)[0].isTrue(default: true), call.rendering
            )
        },
        TemplateFilter("urlencode") { value, call in .string(try URLText.encode(value, call.rendering)) },
        TemplateFilter("urlize") { value, call in
            let parameters = try call.parameters(ParameterNames.trimUrlLimitNofollowTargetRelExtraSchemes)
            let policies = call.rendering.environment.configuration.policies
            var rel = Set(try parameters[3].text(default: "").split(separator: " ").map(String.init))
            if try parameters[1].isTrue(default: false) { rel.insert("nofollow") }
            rel.formUnion(policies.urlizeRel.split(separator: " ").map(String.init))
            let schemes = try parameters[4].flatMap { $0.isNone ? nil : $0 }?.loopElements(call.rendering).map {
                try $0.printed
            }
            let links = LinkFinder(
                limit: parameters[0].flatMap { $0.isNone ? nil : $0.integer }, rel: rel.sorted().joined(separator: " "),
                target: parameters[2].flatMap { $0.isNone ? nil : $0.text } ?? policies.urlizeTarget,
                schemes: schemes ?? policies.urlizeSchemes)
            let text = try links.markup(value.escaped().html)
            return call.rendering.isEscaping ? .markup(SafeHTML(text)) : .string(text)
        },
        TemplateFilter("tojson") { value, call in
            let indent = try call.parameters(ParameterNames.indent)[0].flatMap { $0.isNone ? nil : $0 }?.filterInteger(
                "tojson")
            let sorts = call.rendering.environment.configuration.policies.sortsJSONKeys
            return .markup(SafeHTML(try TemplateJSON(indent: indent, sortsKeys: sorts).text(value)))
        },
    ]

    private static func attributes(
        _ value: TemplateValue, autospace: Bool, _ rendering: Rendering
    ) throws -> TemplateValue {
        guard case .dict(let dict) = value else {
            if case .undefined(let undefined) = value { throw undefined.error() }
            throw TemplateError(.argument, "xmlattr needs a dictionary, not \(value.typeName).")
        }
        var text = ""
        for (key, value) in dict.pairs where !value.isNone && !value.isUndefined {
            let name = try key.printed
            guard !name.utf8.contains(where: { $0.isTemplateSpace || $0 == 0x2F || $0 == 0x3E || $0 == 0x3D }) else {
                throw TemplateError(
                    .value, "Invalid character in attribute name: \(TemplateValue.string(name).representation)")
            }
            text += " \(SafeHTML.escaping(name).html)=\"\(try value.escaped().html)\""
        }
        if !autospace, !text.isEmpty { text.removeFirst() }
        return rendering.isEscaping ? .markup(SafeHTML(text)) : .string(text)
    }
}

extension TemplateValue {
    fileprivate func escapedOrText() throws -> String {
        if case .object(let object) = self, let html = object.html { return html.html }
        return try filterText()
    }
}

/// Text out of HTML.
enum MarkupText {
    /// The text without tags and comments, with its white space as single spaces and its references decoded.
    static func withoutTags(_ markup: String) -> String {
        var bytes: [UInt8] = []
        let source = Array(markup.utf8)
        var index = 0
        while index < source.count {
            guard source[index] == UInt8(ascii: "<") else {
                bytes.append(source[index])
                index += 1
                continue
            }
            let isComment = source[index...].starts(with: "<!--".utf8)
            let ending: [UInt8] = isComment ? Array("-->".utf8) : Array(">".utf8)
            guard let end = TextSearch.find(ending, in: source, from: isComment ? index + 4 : index + 1) else {
                bytes += source[index...]
                break
            }
            index = end + ending.count
        }
        let text = String(decoding: bytes, as: UTF8.self)
        let words = text.unicodeScalars.split(whereSeparator: \.properties.isWhitespace).map { String($0) }
        return unescaped(words.joined(separator: " "))
    }

    private static let names: [String: String] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "copy": "©", "reg": "®",
        "hellip": "…", "mdash": "—", "ndash": "–", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "laquo": "«",
        "raquo": "»", "euro": "€", "auml": "ä", "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü",
        "szlig": "ß", "eacute": "é", "egrave": "è", "agrave": "à", "ccedil": "ç", "times": "×", "middot": "·",
    ]

    /// The text with its character references decoded.
    static func unescaped(_ text: String) -> String {
        guard text.utf8.contains(0x26) else { return text }
        var result = ""
        var rest = text[...]
        while let mark = rest.firstIndex(of: "&") {
            result += rest[..<mark]
            rest = rest[mark...]
            guard let end = rest.prefix(12).firstIndex(of: ";"),
                let character = decoded(rest[rest.index(after: mark)..<end])
            else {
                result += "&"
                rest = rest.dropFirst()
                continue
            }
            result += character
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    private static func decoded(_ name: Substring) -> String? {
        guard name.utf8.first == 0x23 else { return names[String(name)] }
        let digits = name.dropFirst()
        let isHex = digits.utf8.first.map { $0 | 0x20 } == UInt8(ascii: "x")
        guard let code = UInt32(isHex ? digits.dropFirst() : digits, radix: isHex ? 16 : 10),
            let scalar = Unicode.Scalar(code)
        else { return nil }
        return String(scalar)
    }
}
