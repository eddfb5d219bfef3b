// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Texts with places such as `{}`, `{name}`, `{0.attribute[key]:>10.2f}`.
///
/// Source: Python, format string syntax.
enum BraceFormat {
    static func format(_ pattern: TemplateValue, _ arguments: CallArguments, _ rendering: Rendering) throws
        -> TemplateValue
    {
        var isMarkup = false
        if case .markup = pattern { isMarkup = true }
        var next = 0
        let text = try expand(pattern.text ?? "", arguments, rendering, escaping: isMarkup, &next, depth: 0)
        return pattern.replacing(text)
    }

    private static func expand(
        _ pattern: String, _ arguments: CallArguments, _ rendering: Rendering, escaping: Bool, _ next: inout Int,
        depth: Int
    ) throws -> String {
        guard depth < 3 else { throw TemplateError(.value, "Max string recursion exceeded") }
        var result = ""
        let scalars = Array(pattern.unicodeScalars)
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            let isDouble = index + 1 < scalars.count && scalars[index + 1] == scalar
            if scalar == "{" || scalar == "}", isDouble {
                result.unicodeScalars.append(scalar)
                index += 2
            } else if scalar == "{" {
                guard let end = closing(scalars, index) else {
                    throw TemplateError(.value, "expected '}' before end of string")
                }
                let place = Array(scalars[(index + 1)..<end])
                result += try field(place, arguments, rendering, escaping: escaping, &next, depth)
                index = end + 1
            } else if scalar == "}" {
                throw TemplateError(.value, "Single '}' encountered in format string")
            } else {
                result.unicodeScalars.append(scalar)
                index += 1
            }
            if result.utf8.count > Arithmetic.mostRepeated {
                throw TemplateError(.limit, "The formatted text is too long.")
            }
        }
        return result
    }

    private static func closing(_ scalars: [Unicode.Scalar], _ start: Int) -> Int? {
        var depth = 0
        for index in start..<scalars.count {
            if scalars[index] == "{" { depth += 1 }
            if scalars[index] == "}" {
                depth -= 1
                if depth == 0 { return index }
            }
        }
        return nil
    }

    private static func field(
        _ place: [Unicode.Scalar], _ arguments: CallArguments, _ rendering: Rendering, escaping: Bool,
        _ next: inout Int,
        _ depth: Int
    ) throws -> String {
        let colon = place.firstIndex(of: ":") ?? place.count
        var name = String(String.UnicodeScalarView(place[..<colon]))
        var conversion: Character?
        if name.count >= 2, name[name.index(name.endIndex, offsetBy: -2)] == "!" {
            conversion = name.last
            name.removeLast(2)
        }
        let value = try self.value(name, arguments, rendering, &next)
        let pattern = colon < place.count ? String(String.UnicodeScalarView(place[(colon + 1)...])) : ""
        let spec = try expand(pattern, arguments, rendering, escaping: false, &next, depth: depth + 1)
        if conversion == "r" || conversion == "a" { return try FormatSpec(spec).text(.string(value.representation)) }
        if conversion == "s" { return try FormatSpec(spec).text(.string(value.printed)) }
        if escaping, value.number == nil { return try FormatSpec(spec).text(.string(value.escaped().html)) }
        return try FormatSpec(spec).text(value)
    }

    private static func value(
        _ name: String, _ arguments: CallArguments, _ rendering: Rendering, _ next: inout Int
    ) throws -> TemplateValue {
        let end = name.firstIndex { $0 == "." || $0 == "[" } ?? name.endIndex
        let first = String(name[..<end])
        var value: TemplateValue
        if let index = first.isEmpty ? next : Int(first) {
            if first.isEmpty { next += 1 }
            guard arguments.positional.indices.contains(index) else {
                throw TemplateError(.value, "Replacement index \(index) out of range for positional args tuple")
            }
            value = arguments.positional[index]
        } else {
            guard let found = arguments[first] else {
                throw TemplateError(.value, "The format has no value '\(first)'.")
            }
            value = found
        }
        var rest = name[end...]
        while let sign = rest.popFirst() {
            if sign == "." {
                let part = rest.prefix { $0 != "." && $0 != "[" }
                value = try rendering.attribute(ContextName(String(part)), of: value)
                rest = rest.dropFirst(part.count)
            } else {
                let part = rest.prefix { $0 != "]" }
                value = try rendering.item(Int(part).map { .int($0) } ?? .string(String(part)), of: value)
                rest = rest.dropFirst(part.count + 1)
            }
        }
        return value
    }
}

/// How one value is written: `[[fill]align][sign][#][0][width][,][.precision][type]`.
struct FormatSpec {
    private var fill: Unicode.Scalar = " "
    private var align: Unicode.Scalar?
    private var sign: Unicode.Scalar = "-"
    private var isAlternate = false
    private var width = 0
    private var grouping: Unicode.Scalar?
    private var precision: Int?
    private var type: Unicode.Scalar?

    init(_ text: String) throws {
        var scalars = Array(text.unicodeScalars)[...]
        let aligns: Set<Unicode.Scalar> = ["<", ">", "=", "^"]
        if scalars.count >= 2, aligns.contains(scalars[scalars.startIndex + 1]) {
            fill = scalars.removeFirst()
            align = scalars.removeFirst()
        } else if let first = scalars.first, aligns.contains(first) {
            align = scalars.removeFirst()
        }
        if let first = scalars.first, "+- ".unicodeScalars.contains(first) { sign = scalars.removeFirst() }
        if scalars.first == "#" {
            isAlternate = true
            scalars.removeFirst()
        }
        if scalars.first == "0" {
            if align == nil {
                fill = "0"
                align = "="
            }
            scalars.removeFirst()
        }
        width = Self.number(&scalars) ?? 0
        if scalars.first == "," || scalars.first == "_" { grouping = scalars.removeFirst() }
        if scalars.first == "." {
            scalars.removeFirst()
            precision = Self.number(&scalars) ?? 0
        }
        type = scalars.popFirst()
        guard scalars.isEmpty else { throw TemplateError(.value, "Invalid format specifier '\(text)'") }
    }

    private static func number(_ scalars: inout ArraySlice<Unicode.Scalar>) -> Int? {
        var result: Int?
        while let digit = scalars.first, ("0"..."9").contains(digit) {
            result = min((result ?? 0) * 10 + Int(digit.value - 48), PercentFormat.mostWidth)
            scalars.removeFirst()
        }
        return result
    }

    func text(_ value: TemplateValue) throws -> String {
        var isNumeric = false
        if case .bool = value {} else { isNumeric = value.number != nil }
        guard isNumeric || (value.number != nil && type != nil) else {
            var text = try value.printed
            if let precision { text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(precision))) }
            guard type == nil || type == "s" else {
                throw TemplateError(
                    .value, "Unknown format code '\(type ?? "s")' for object of type '\(value.typeName)'")
            }
            return padded("", text, default: "<")
        }
        let number = value.number ?? 0
        var digits: String
        if let whole = value.integer, type == nil || "dnxXob".unicodeScalars.contains(type ?? "d") {
            let radix = type == "x" || type == "X" ? 16 : type == "o" ? 8 : type == "b" ? 2 : 10
            digits = String(whole.magnitude, radix: radix, uppercase: type == "X")
            if isAlternate, radix != 10 { digits = "0\(type ?? "x")" + digits }
        } else if type == "%" {
            digits = CFormat.text(abs(number) * 100, "f", precision ?? 6) + "%"
        } else if let type, "eEfFgG".unicodeScalars.contains(type) {
            digits = CFormat.text(abs(number), type, precision ?? 6, alternate: isAlternate)
        } else if type == nil, let precision {
            digits = CFormat.text(abs(number), "g", precision)
        } else if type == nil {
            digits = PythonNumber.text(abs(number))
        } else {
            throw TemplateError(.value, "Unknown format code '\(type ?? "s")' for object of type '\(value.typeName)'")
        }
        if let grouping { digits = grouped(digits, grouping) }
        let mark = number < 0 ? "-" : sign == "-" ? "" : String(sign)
        return padded(mark, digits, default: ">")
    }

    private func grouped(_ digits: String, _ separator: Unicode.Scalar) -> String {
        let text = NumberWords.intcomma(digits)
        return separator == "," ? text : text.split(separator: ",").joined(separator: String(separator))
    }

    private func padded(_ mark: String, _ text: String, default natural: Unicode.Scalar) -> String {
        let missing = width - mark.unicodeScalars.count - text.unicodeScalars.count
        guard missing > 0 else { return mark + text }
        let space = String(repeating: Character(fill), count: missing)
        switch align ?? natural {
        case "<": return mark + text + space
        case "^":
            let left = String(repeating: Character(fill), count: missing / 2)
            return left + mark + text + String(repeating: Character(fill), count: missing - missing / 2)
        case "=": return mark + space + text
        default: return space + mark + text
        }
    }
}
