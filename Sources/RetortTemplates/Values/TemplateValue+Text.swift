// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension TemplateValue {
    /// Whether the value counts as true: everything but nothing, zero and the empty.
    ///
    /// - Throws: ``TemplateError`` for an undefined value of which every use is an error.
    var isTrue: Bool {
        get throws {
            switch self {
            case .undefined(let undefined):
                if undefined.behavior == .strict { throw undefined.error() }
                return false
            case .none: return false
            case .bool(let truth): return truth
            case .int(let number): return number != 0
            case .float(let number): return number != 0
            case .string(let text): return !text.isEmpty
            case .markup(let markup): return !markup.html.isEmpty
            case .list(let list): return list.count != 0
            case .tuple(let values): return !values.isEmpty
            case .dict(let dict): return dict.count != 0
            case .function: return true
            case .object(let object): return object.isTrue
            }
        }
    }

    /// The text as it is printed.
    ///
    /// - Throws: ``TemplateError`` for an undefined value of which every use is an error.
    public var printed: String {
        get throws {
            switch self {
            case .string(let text): return text
            case .markup(let markup): return markup.html
            case .undefined(let undefined): return try undefined.printed()
            case .object(let object): return object.text
            default: return representation
            }
        }
    }

    /// The text as it stands inside a printed list: as Python's `repr` writes it.
    public var representation: String {
        var text = ""
        represent(into: &text, depth: 0)
        return text
    }

    private static let mostDepth = 64

    private func represent(into text: inout String, depth: Int) {
        guard depth < Self.mostDepth else {
            text += "..."
            return
        }
        switch self {
        case .undefined(let undefined):
            text += (try? undefined.printed()).map { $0.isEmpty ? "Undefined" : $0 } ?? "Undefined"
        case .none: text += "None"
        case .bool(let truth): text += truth ? "True" : "False"
        case .int(let number): text += "\(number)"
        case .float(let number): text += PythonNumber.text(number)
        case .string(let string): PythonString.represent(string, into: &text)
        case .markup(let markup):
            text += "Markup("
            PythonString.represent(markup.html, into: &text)
            text += ")"
        case .list(let list): Self.represent(list.values, "[", "]", into: &text, depth: depth)
        case .tuple(let values):
            Self.represent(values, "(", values.count == 1 ? ",)" : ")", into: &text, depth: depth)
        case .dict(let dict):
            text += "{"
            for (index, pair) in dict.pairs.enumerated() {
                if index > 0 { text += ", " }
                pair.key.represent(into: &text, depth: depth + 1)
                text += ": "
                pair.value.represent(into: &text, depth: depth + 1)
            }
            text += "}"
        case .function(let function): text += "<\(function.isMacro ? "Macro" : "function") \(function.name)>"
        case .object(let object): text += object.representation
        }
    }

    private static func represent(
        _ values: [TemplateValue], _ open: String, _ close: String, into text: inout String, depth: Int
    ) {
        text += open
        for (index, value) in values.enumerated() {
            if index > 0 { text += ", " }
            value.represent(into: &text, depth: depth + 1)
        }
        text += close
    }
}

/// Numbers as Python writes them.
enum PythonNumber {
    /// The shortest text that gives the number back, with `.0` behind whole numbers and an exponent of two digits.
    static func text(_ number: Double) -> String {
        if number.isNaN { return "nan" }
        if number.isInfinite { return number < 0 ? "-inf" : "inf" }
        if number == 0 { return number.sign == .minus ? "-0.0" : "0.0" }
        // Where Python changes to an exponent, Swift does so a little earlier or later.
        if number.magnitude < 1e16, number.magnitude >= 1e-4 {
            let text = "\(number)"
            if !text.utf8.contains(UInt8(ascii: "e")) { return text }
        }
        let (digits, exponent) = DecimalText.decimal(number.magnitude)
        let significant = Array(digits.drop { $0 == 0 })
        let leading = digits.count - significant.count
        var end = significant.count
        while end > 1, significant[end - 1] == 0 { end -= 1 }
        let power = exponent - leading - 1
        let sign = number < 0 ? "-" : ""
        let text = significant[..<end].map { "\($0)" }
        if power >= 16 || power < -4 {
            let fraction = text.count > 1 ? "." + text.dropFirst().joined() : ""
            let size = abs(power) < 10 ? "0\(abs(power))" : "\(abs(power))"
            return "\(sign)\(text[0])\(fraction)e\(power < 0 ? "-" : "+")\(size)"
        }
        if power < 0 { return sign + "0." + String(repeating: "0", count: -power - 1) + text.joined() }
        let zeros = String(repeating: "0", count: max(0, power + 1 - text.count))
        let whole = text.prefix(power + 1).joined() + zeros
        let fraction = text.dropFirst(power + 1).joined()
        return sign + whole + "." + (fraction.isEmpty ? "0" : fraction)
    }
}

/// Texts as Python writes them inside lists.
enum PythonString {
    static func represent(_ string: String, into text: inout String) {
        let hasSingle = string.utf8.contains(UInt8(ascii: "'"))
        let quote: Unicode.Scalar = hasSingle && !string.utf8.contains(UInt8(ascii: "\"")) ? "\"" : "'"
        text.unicodeScalars.append(quote)
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case quote: text += "\\\(quote)"
            default:
                if isPrintable(scalar) { text.unicodeScalars.append(scalar) } else { text += escape(scalar) }
            }
        }
        text.unicodeScalars.append(quote)
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x7F { return scalar.value >= 0x20 }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .spaceSeparator:
            return false
        default: return true
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let hex = String(scalar.value, radix: 16)
        let (mark, width) = scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
        return "\\\(mark)" + String(repeating: "0", count: width - hex.utf8.count) + hex
    }
}
