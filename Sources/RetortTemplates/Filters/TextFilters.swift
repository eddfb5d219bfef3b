// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Filters of texts.
enum TextFilters {
    static let all: [TemplateFilter] = [
        TemplateFilter(plain: "capitalize") { value in
            let text = try value.filterText()
            let first = text.unicodeScalars.prefix(1).map { $0.properties.titlecaseMapping }.joined()
            return value.replacing(
                first + String(String.UnicodeScalarView(text.unicodeScalars.dropFirst())).lowercased())
        },
        TemplateFilter(plain: "lower") { value in value.replacing(LetterCase.lower(try value.filterText())) },
        TemplateFilter(plain: "upper") { value in value.replacing(LetterCase.upper(try value.filterText())) },
        TemplateFilter(plain: "title") { value in value.replacing(titled(try value.filterText())) },
        TemplateFilter(plain: "string") { value in
            if case .markup = value { return value }
            return .string(try value.filterText())
        },
        TemplateFilter("trim", ParameterNames.chars) { value, parameters, _ in
            let characters = parameters[0]
            let set = characters?.isNone == true ? nil : characters?.text
            return value.replacing(TextCutting.strip(try value.filterText(), set))
        },
        TemplateFilter("center") { value, call in
            let width = try call.parameters(ParameterNames.width)[0].integer("center", default: 80)
            return value.replacing(try TextCutting.center(value.filterText(), width))
        },
        TemplateFilter("replace", ParameterNames.oldNewCount) { value, parameters, rendering in
            guard let old = parameters[0], let new = parameters[1] else {
                throw TemplateError(.argument, "replace() needs an old and a new text.")
            }
            let count = parameters[2].flatMap { $0.isNone ? nil : $0.integer } ?? -1
            return try replace(value, old, new, count, rendering.isEscaping)
        },
        TemplateFilter("format") { value, call in
            guard call.arguments.keywords.isEmpty || call.arguments.positional.isEmpty else {
                throw TemplateError(.argument, "can't handle positional and keyword arguments at the same time")
            }
            if case .markup(let markup) = value {
                return .markup(SafeHTML(try PercentFormat.format(markup.html, call.arguments, escaping: true)))
            }
            return .string(try PercentFormat.format(value.filterText(), call.arguments, escaping: false))
        },
        TemplateFilter("indent") { value, call in
            let parameters = try call.parameters(ParameterNames.widthFirstBlank)
            let space: String
            if let text = parameters[0]?.text {
                space = text
            } else {
                let width = try parameters[0].integer("indent", default: 4)
                space = String(repeating: " ", count: min(max(width, 0), 10_000))
            }
            let text = TextCutting.indent(
                try value.filterText(), space, first: try parameters[1].isTrue(default: false),
                blank: try parameters[2].isTrue(default: false))
            return value.replacing(text)
        },
        TemplateFilter("truncate", ParameterNames.lengthKillwordsEndLeeway) { value, parameters, rendering in
            let leeway = rendering.environment.configuration.policies.truncateLeeway
            let text = try TextCutting.truncate(
                value.filterText(), length: parameters[0].integer("truncate", default: 255),
                killsWords: parameters[1].isTrue(default: false), end: parameters[2].text(default: "..."),
                leeway: parameters[3].flatMap { $0.isNone ? nil : $0.integer } ?? leeway)
            return value.replacing(text)
        },
        TemplateFilter("wordwrap") { value, call in
            let parameters = try call.parameters(ParameterNames.widthBreakLongWordsWrapstringBreakOnHyphens)
            let newline = call.rendering.environment.configuration.syntax.newlineSequence
            let wrap = parameters[2].flatMap { $0.isNone ? nil : $0.text } ?? newline
            let text = WordWrap.wrap(
                try value.filterText(), width: try parameters[0].integer("wordwrap", default: 79),
                breaksLongWords: try parameters[1].isTrue(default: true), with: wrap,
                breaksOnHyphens: try parameters[3].isTrue(default: true))
            return value.replacing(text)
        },
        TemplateFilter(plain: "wordcount") { value in .int(wordCount(try value.filterText())) },
        TemplateFilter("reverse") { value, call in
            if let text = value.text {
                return value.replacing(String(String.UnicodeScalarView(text.unicodeScalars.reversed())))
            }
            return .list(try value.loopElements(call.rendering).reversed())
        },
        TemplateFilter("filesizeformat") { value, call in
            let isBinary = try call.parameters(ParameterNames.binary)[0].isTrue(default: false)
            let number = value.number ?? value.text.flatMap(Double.init)
            guard let number else { throw TemplateError(.argument, "filesizeformat needs a number.") }
            return .string(sizeText(number, isBinary))
        },
        TemplateFilter(plain: "pprint") { value in .string(PrettyText.text(value)) },
    ]

    /// A capital behind each start of a word, small letters elsewhere.
    private static func titled(_ text: String) -> String {
        if let result = LetterCase.titledASCII(text) { return result }
        var result = ""
        var isStart = true
        for scalar in text.unicodeScalars {
            let isDelimiter = scalar == "-" || "([{<".unicodeScalars.contains(scalar) || scalar.properties.isWhitespace
            result +=
                isDelimiter
                ? String(scalar) : isStart ? scalar.properties.titlecaseMapping : scalar.properties.lowercaseMapping
            isStart = isDelimiter
        }
        return result
    }

    private static func wordCount(_ text: String) -> Int {
        var count = 0
        var isInside = false
        for scalar in text.unicodeScalars {
            let isWord = scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            if isWord, !isInside { count += 1 }
            isInside = isWord
        }
        return count
    }

    private static func replace(
        _ value: TemplateValue, _ old: TemplateValue, _ new: TemplateValue, _ count: Int, _ escapes: Bool
    ) throws -> TemplateValue {
        var isMarkup = false
        if case .markup = value { isMarkup = true }
        if escapes, !isMarkup {
            for argument in [old, new] {
                if case .markup = argument { isMarkup = true }
            }
        }
        guard isMarkup else {
            return .string(try TextCutting.replace(value.filterText(), old.filterText(), new.filterText(), count))
        }
        let result = try TextCutting.replace(value.escaped().html, old.escaped().html, new.escaped().html, count)
        return .markup(SafeHTML(result))
    }

    private static func sizeText(_ number: Double, _ isBinary: Bool) -> String {
        let base = isBinary ? 1024.0 : 1000.0
        let prefixes =
            isBinary
            ? ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"]
            : ["kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"]
        if number == 1 { return "1 Byte" }
        if number < base { return "\(Int(clampingValue: number)) Bytes" }
        var unit = base
        for (index, prefix) in prefixes.enumerated() {
            unit *= base
            if number < unit || index == prefixes.count - 1 {
                return "\(CFormat.text(base * number / unit, "f", 1)) \(prefix)"
            }
        }
        return "\(number)"
    }
}

extension Int {
    /// The whole part of a number, moved to the nearest end where it does not fit.
    init(clampingValue number: Double) {
        self = Int(exactly: number.rounded(.towardZero)) ?? (number.isNaN ? 0 : number < 0 ? .min : .max)
    }
}
