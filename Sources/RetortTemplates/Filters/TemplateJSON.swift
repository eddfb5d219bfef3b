// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Values as JSON that may stand in a script or an attribute in single quotes.
///
/// `<`, `>`, `&` and `'` are written as escapes. Source: Jinja, filter `tojson`; RFC 8259.
struct TemplateJSON {
    let indent: Int?
    let sortsKeys: Bool
    private static let mostDepth = 100

    func text(_ value: TemplateValue) throws -> String {
        var text = ""
        try write(value, into: &text, depth: 0)
        return text
    }

    private func newline(_ depth: Int, into text: inout String) {
        guard let indent else { return }
        text += "\n" + String(repeating: " ", count: min(max(indent, 0), 16) * depth)
    }

    private func write(_ value: TemplateValue, into text: inout String, depth: Int) throws {
        guard depth < Self.mostDepth else { throw TemplateError(.limit, "The value is nested too deeply for JSON.") }
        switch value {
        case .none: text += "null"
        case .bool(let truth): text += truth ? "true" : "false"
        case .int(let number): text += "\(number)"
        case .float(let number):
            guard number.isFinite else { throw TemplateError(.value, "JSON has no \(PythonNumber.text(number)).") }
            text += PythonNumber.text(number)
        case .string(let string): write(string, into: &text)
        case .markup(let markup): write(markup.html, into: &text)
        case .list(let list): try write(list.values, into: &text, depth: depth)
        case .tuple(let values): try write(values, into: &text, depth: depth)
        case .dict(let dict): try write(dict, into: &text, depth: depth)
        case .undefined(let undefined): throw undefined.error()
        case .function: throw TemplateError(.type, "Object of type function is not JSON serializable")
        case .object(let object):
            if object is BigInteger {
                text += object.text
                return
            }
            guard let elements = try object.elements() else {
                throw TemplateError(.type, "Object of type \(object.typeName) is not JSON serializable")
            }
            try write(elements, into: &text, depth: depth)
        }
    }

    private func write(_ values: [TemplateValue], into text: inout String, depth: Int) throws {
        text += "["
        for (index, value) in values.enumerated() {
            if index > 0 { text += indent == nil ? ", " : "," }
            newline(depth + 1, into: &text)
            try write(value, into: &text, depth: depth + 1)
        }
        if !values.isEmpty { newline(depth, into: &text) }
        text += "]"
    }

    private func write(_ dict: TemplateDict, into text: inout String, depth: Int) throws {
        var pairs = try dict.pairs.map { pair -> (String, TemplateValue) in
            switch pair.key {
            case .string(let name): (name, pair.value)
            case .bool(let truth): (truth ? "true" : "false", pair.value)
            case .none: ("null", pair.value)
            case .int, .float, .markup: (try pair.key.printed, pair.value)
            default: throw TemplateError(.type, "keys must be str, int, float, bool or None, not \(pair.key.typeName)")
            }
        }
        if sortsKeys { pairs.sort { $0.0.unicodeScalars.lexicographicallyPrecedes($1.0.unicodeScalars) } }
        text += "{"
        for (index, (name, value)) in pairs.enumerated() {
            if index > 0 { text += indent == nil ? ", " : "," }
            newline(depth + 1, into: &text)
            write(name, into: &text)
            text += ": "
            try write(value, into: &text, depth: depth + 1)
        }
        if !pairs.isEmpty { newline(depth, into: &text) }
        text += "}"
    }

    private func write(_ string: String, into text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{8}": text += "\\b"
            case "\u{C}": text += "\\f"
            case "<", ">", "&", "'": Self.escape(scalar.value, into: &text)
            default:
                if scalar.value < 0x20 || scalar.value == 0x7F || scalar.value > 0x7F {
                    if scalar.value > 0xFFFF {
                        let rest = scalar.value - 0x10000
                        Self.escape(0xD800 + rest >> 10, into: &text)
                        Self.escape(0xDC00 + rest & 0x3FF, into: &text)
                    } else if scalar.value == 0x7F {
                        text.unicodeScalars.append(scalar)
                    } else {
                        Self.escape(scalar.value, into: &text)
                    }
                } else {
                    text.unicodeScalars.append(scalar)
                }
            }
        }
        text += "\""
    }

    private static func escape(_ unit: UInt32, into text: inout String) {
        let hex = String(unit, radix: 16)
        text += "\\u" + String(repeating: "0", count: max(0, 4 - hex.utf8.count)) + hex
    }
}
