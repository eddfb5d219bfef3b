// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The methods of texts.
enum StringMethods {
    static func bound(_ name: String, _ owner: TemplateValue) -> TemplateValue? { all[name]?.bound(name, owner) }

    private static func plain(_ change: @escaping @Sendable (String) -> String) -> ValueMethod {
        ValueMethod { value, call in
            _ = try call.parameters()
            return value.replacing(change(value.text ?? ""))
        }
    }

    private static func question(_ test: @escaping @Sendable (String) -> Bool) -> ValueMethod {
        ValueMethod { value, _ in .bool(test(value.text ?? "")) }
    }

    private static func everyScalar(_ test: @escaping @Sendable (Unicode.Scalar) -> Bool) -> ValueMethod {
        question { !$0.isEmpty && $0.unicodeScalars.allSatisfy(test) }
    }

    private static func strip(left: Bool, right: Bool) -> ValueMethod {
        ValueMethod { value, call in
            let set = try call.parameters("chars")[0].flatMap { $0.isNone ? nil : $0.text }
            return value.replacing(TextCutting.strip(value.text ?? "", set, left: left, right: right))
        }
    }

    private static func edge(_ test: @escaping @Sendable ([UInt8], [UInt8]) -> Bool) -> ValueMethod {
        ValueMethod { value, call in
            guard let part = call.arguments.positional.first else {
                throw TemplateError(.type, "\(call.name)() needs a text.")
            }
            let parts = part.text.map { [$0] } ?? part.elements?.compactMap(\.text) ?? []
            let text = Array((value.text ?? "").utf8)
            return .bool(parts.contains { test(text, Array($0.utf8)) })
        }
    }

    static let all: [String: ValueMethod] = cases.merging(searches) { $1 }.merging(parts) { $1 }

    private static let cases: [String: ValueMethod] = [
        "upper": plain { $0.uppercased() },
        "lower": plain { $0.lowercased() },
        "casefold": plain { $0.lowercased() },
        "capitalize": plain { $0.prefix(1).uppercased() + $0.dropFirst().lowercased() },
        "swapcase": plain { text in
            text.unicodeScalars.reduce(into: "") {
                $0 += $1.properties.isUppercase ? $1.properties.lowercaseMapping : $1.properties.uppercaseMapping
            }
        },
        "title": plain { text in
            var isInside = false
            return text.unicodeScalars.reduce(into: "") { result, scalar in
                let isLetter = scalar.properties.isAlphabetic
                result +=
                    isLetter
                    ? (isInside ? scalar.properties.lowercaseMapping : scalar.properties.titlecaseMapping)
                    : String(scalar)
                isInside = isLetter
            }
        },
        "strip": strip(left: true, right: true),
        "lstrip": strip(left: true, right: false),
        "rstrip": strip(left: false, right: true),
        "isdigit": everyScalar { $0.properties.numericType == .digit || $0.properties.numericType == .decimal },
        "isdecimal": everyScalar { $0.properties.numericType == .decimal },
        "isnumeric": everyScalar { $0.properties.numericType != nil },
        "isalpha": everyScalar(\.properties.isAlphabetic),
        "isalnum": everyScalar { $0.properties.isAlphabetic || $0.properties.numericType != nil },
        "isspace": everyScalar(\.properties.isWhitespace),
        "isascii": question { $0.utf8.allSatisfy { $0 < 128 } },
        "isidentifier": question(\.isIdentifier),
        "isupper": question { $0.unicodeScalars.contains(where: \.properties.isUppercase) && $0.uppercased() == $0 },
        "islower": question { $0.unicodeScalars.contains(where: \.properties.isLowercase) && $0.lowercased() == $0 },
    ]

    private static let searches: [String: ValueMethod] = [
        "startswith": edge { text, part in text.starts(with: part) },
        "endswith": edge { text, part in text.count >= part.count && text.suffix(part.count).elementsEqual(part) },
        "find": ValueMethod { value, call in .int(try place(value, call, backwards: false) ?? -1) },
        "rfind": ValueMethod { value, call in .int(try place(value, call, backwards: true) ?? -1) },
        "index": ValueMethod { value, call in
            guard let place = try place(value, call, backwards: false) else {
                throw TemplateError(.value, "substring not found")
            }
            return .int(place)
        },
        "count": ValueMethod { value, call in
            let part = Array((try call.parameters("sub")[0]?.text ?? "").utf8)
            let text = value.text ?? ""
            guard !part.isEmpty else { return .int(text.unicodeScalars.count + 1) }
            let bytes = Array(text.utf8)
            var count = 0
            var index = 0
            while let found = TextSearch.find(part, in: bytes, from: index) {
                count += 1
                index = found + part.count
            }
            return .int(count)
        },
        "replace": ValueMethod { value, call in
            let parameters = try call.parameters("old", "new", "count")
            guard let old = parameters[0], let new = parameters[1] else {
                throw TemplateError(.type, "replace() needs two texts.")
            }
            let count = try parameters[2].integer("replace", default: -1)
            if case .markup(let markup) = value {
                return .markup(
                    SafeHTML(try TextCutting.replace(markup.html, old.escaped().html, new.escaped().html, count)))
            }
            return .string(try TextCutting.replace(value.text ?? "", old.filterText(), new.filterText(), count))
        },
        "removeprefix": ValueMethod { value, call in
            let part = try call.parameters("prefix")[0]?.text ?? ""
            let text = value.text ?? ""
            return value.replacing(
                text.utf8.starts(with: part.utf8) ? String(Substring(text.utf8.dropFirst(part.utf8.count))) : text)
        },
        "removesuffix": ValueMethod { value, call in
            let part = try call.parameters("suffix")[0]?.text ?? ""
            let text = value.text ?? ""
            let ends =
                !part.isEmpty && text.utf8.count >= part.utf8.count
                && text.utf8.suffix(part.utf8.count).elementsEqual(part.utf8)
            return value.replacing(ends ? String(Substring(text.utf8.dropLast(part.utf8.count))) : text)
        },
    ]

    private static func place(_ value: TemplateValue, _ call: TemplateCall, backwards: Bool) throws -> Int? {
        let text = Array((value.text ?? "").unicodeScalars)
        let part = Array((try call.parameters("sub")[0]?.text ?? "").unicodeScalars)
        guard part.count <= text.count else { return nil }
        let starts = 0...(text.count - part.count)
        let matches = { (start: Int) in text[start..<(start + part.count)].elementsEqual(part) }
        return backwards ? starts.reversed().first(where: matches) : starts.first(where: matches)
    }

    private static let parts: [String: ValueMethod] = [
        "split": ValueMethod { value, call in
            let parameters = try call.parameters("sep", "maxsplit")
            let most = try parameters[1].integer("split", default: -1)
            let separator = parameters[0].flatMap { $0.isNone ? nil : $0.text }
            return .list(try TextSplitting.split(value.text ?? "", separator, most).map(value.replacing))
        },
        "rsplit": ValueMethod { value, call in
            let parameters = try call.parameters("sep", "maxsplit")
            let most = try parameters[1].integer("rsplit", default: -1)
            let separator = parameters[0].flatMap { $0.isNone ? nil : $0.text }
            return .list(
                try TextSplitting.split(value.text ?? "", separator, most, backwards: true).map(value.replacing))
        },
        "splitlines": ValueMethod { value, _ in
            let lines = TextLayout.lines(value.text ?? "").map(String.init)
            return .list((lines.last == "" ? lines.dropLast() : lines[...]).map(value.replacing))
        },
        "partition": ValueMethod { value, call in
            let separator = try call.parameters("sep")[0]?.text ?? ""
            let pieces = try TextSplitting.split(value.text ?? "", separator, 1)
            let parts = pieces.count == 2 ? [pieces[0], separator, pieces[1]] : [pieces[0], "", ""]
            return .tuple(parts.map(value.replacing))
        },
        "join": ValueMethod { value, call in
            let values = try call.parameters("iterable")[0]?.loopElements(call.rendering) ?? []
            if case .markup(let separator) = value {
                return .markup(SafeHTML(try values.map { try $0.escaped().html }.joined(separator: separator.html)))
            }
            let texts = try values.enumerated().map { index, value in
                guard let text = value.text else {
                    throw TemplateError(.type, "sequence item \(index): expected str instance, \(value.typeName) found")
                }
                return text
            }
            return .string(texts.joined(separator: value.text ?? ""))
        },
        "format": ValueMethod { value, call in try BraceFormat.format(value, call.arguments, call.rendering) },
        "format_map": ValueMethod { value, call in
            guard case .dict(let dict)? = call.arguments.positional.first else {
                throw TemplateError(.type, "format_map() takes a dictionary.")
            }
            let keywords = try dict.pairs.map { (name: try $0.key.printed, value: $0.value) }
            return try BraceFormat.format(value, CallArguments(keywords: keywords), call.rendering)
        },
        "center": ValueMethod { value, call in
            value.replacing(
                TextCutting.center(
                    value.text ?? "", try call.parameters("width", "fillchar")[0].integer("center", default: 0)))
        },
        "ljust": ValueMethod { value, call in
            let width = try call.parameters("width", "fillchar")[0].integer("ljust", default: 0)
            return value.replacing(TextLayout.justify(value.text ?? "", width, left: true))
        },
        "rjust": ValueMethod { value, call in
            let width = try call.parameters("width", "fillchar")[0].integer("rjust", default: 0)
            return value.replacing(TextLayout.justify(value.text ?? "", width, left: false))
        },
        "zfill": ValueMethod { value, call in
            let width = min(try call.parameters("width")[0].integer("zfill", default: 0), 10_000)
            let text = value.text ?? ""
            let zeros = String(repeating: "0", count: max(0, width - text.unicodeScalars.count))
            guard let first = text.first, first == "-" || first == "+" else { return value.replacing(zeros + text) }
            return value.replacing(String(first) + zeros + text.dropFirst())
        },
    ]
}

/// Cuts texts into pieces as Python does.
enum TextSplitting {
    static func split(_ text: String, _ separator: String?, _ most: Int, backwards: Bool = false) throws -> [String] {
        guard let separator else { return words(text, most) }
        guard !separator.isEmpty else { throw TemplateError(.value, "empty separator") }
        let bytes = Array(text.utf8)
        let part = Array(separator.utf8)
        var pieces: [ArraySlice<UInt8>] = []
        var start = 0
        while let found = TextSearch.find(part, in: bytes, from: start) {
            if !backwards, most >= 0, pieces.count == most { break }
            pieces.append(bytes[start..<found])
            start = found + part.count
        }
        pieces.append(bytes[start...])
        if backwards, most >= 0, pieces.count > most + 1 {
            let head = bytes[..<pieces[pieces.count - most - 1].endIndex]
            pieces = [head] + pieces.suffix(most)
        }
        return pieces.map { String(decoding: $0, as: UTF8.self) }
    }

    private static func words(_ text: String, _ most: Int) -> [String] {
        let trimmed = TextCutting.strip(text, nil)
        guard most >= 0 else {
            return trimmed.unicodeScalars.split(whereSeparator: \.properties.isWhitespace).map { String($0) }
        }
        return trimmed.unicodeScalars.split(maxSplits: most, whereSeparator: \.properties.isWhitespace).map {
            TextCutting.strip(String($0), nil, right: false)
        }
    }
}
