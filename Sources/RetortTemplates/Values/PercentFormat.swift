// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Texts with places such as `%s` and `%(name)05.2f`.
///
/// Source: Python, printf-style string formatting.
enum PercentFormat {
    /// The most characters that one place is widened to.
    static let mostWidth = 10_000

    /// Puts values into the places of a text.
    ///
    /// - Parameters:
    ///   - pattern: The text.
    ///   - arguments: The values by position, or by name.
    ///   - isEscaping: Whether values are escaped as HTML.
    /// - Returns: The text.
    /// - Throws: ``TemplateError`` for a place that has no value or that a value does not fit.
    static func format(_ pattern: String, _ arguments: CallArguments, escaping isEscaping: Bool) throws -> String {
        var result = ""
        var scalars = Array(pattern.unicodeScalars)[...]
        var next = 0
        var usesNames = false
        while let scalar = scalars.popFirst() {
            guard scalar == "%" else {
                result.unicodeScalars.append(scalar)
                continue
            }
            var place = Place()
            let name = try place.parse(&scalars)
            if place.type == "%" {
                result += "%"
                continue
            }
            let value: TemplateValue
            if let name {
                usesNames = true
                guard let found = arguments[name] else {
                    throw TemplateError(.value, "The format has no value '\(name)'.")
                }
                value = found
            } else {
                guard next < arguments.positional.count else {
                    throw TemplateError(.type, "not enough arguments for format string")
                }
                value = arguments.positional[next]
                next += 1
            }
            let text = try place.text(of: value)
            if isEscaping, value.isTextLike { result += value.escapedForFormat(text) } else { result += text }
        }
        let isDict = arguments.positional.count == 1 && arguments.keywords.count > 0
        if !usesNames, !isDict, next < arguments.positional.count,
            !(arguments.positional.count == 1 && isMapping(arguments))
        {
            throw TemplateError(.type, "not all arguments converted during string formatting")
        }
        return result
    }

    private static func isMapping(_ arguments: CallArguments) -> Bool {
        if case .dict = arguments.positional[0] { return true }
        return false
    }

    private struct Place {
        var type: Unicode.Scalar = "s"
        var width = 0
        var precision: Int?
        var isLeft = false
        var isZero = false
        var sign = ""
        var isAlternate = false

        mutating func parse(_ scalars: inout ArraySlice<Unicode.Scalar>) throws -> String? {
            var name: String?
            if scalars.first == "(" {
                guard let end = scalars.firstIndex(of: ")") else {
                    throw TemplateError(.value, "incomplete format key")
                }
                name = String(String.UnicodeScalarView(scalars[(scalars.startIndex + 1)..<end]))
                scalars = scalars[(end + 1)...]
            }
            while let flag = scalars.first, "-+ 0#".unicodeScalars.contains(flag) {
                switch flag {
                case "-": isLeft = true
                case "0": isZero = true
                case "#": isAlternate = true
                default: if sign != "+" { sign = String(flag) }
                }
                scalars.removeFirst()
            }
            width = number(&scalars)
            if scalars.first == "." {
                scalars.removeFirst()
                precision = number(&scalars)
            }
            guard let last = scalars.popFirst() else { throw TemplateError(.value, "incomplete format") }
            type = last
            return name
        }

        private func number(_ scalars: inout ArraySlice<Unicode.Scalar>) -> Int {
            var result = 0
            while let digit = scalars.first, ("0"..."9").contains(digit) {
                result = min(result * 10 + Int(digit.value - 48), PercentFormat.mostWidth)
                scalars.removeFirst()
            }
            return result
        }

        func text(of value: TemplateValue) throws -> String {
            switch type {
            case "s", "r", "a":
                var text = type == "s" ? try value.printed : value.representation
                if let precision { text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(precision))) }
                return padded("", text, zero: false)
            case "d", "i", "u", "x", "X", "o": return try whole(value)
            case "f", "F", "e", "E", "g", "G": return try fraction(value)
            case "c":
                if let code = value.integer, let scalar = Unicode.Scalar(UInt32(clamping: code)) {
                    return padded("", String(Character(scalar)), zero: false)
                }
                return padded("", try value.printed, zero: false)
            default:
                throw TemplateError(.value, "unsupported format character '\(type)'")
            }
        }

        private func whole(_ value: TemplateValue) throws -> String {
            let number: Int
            if let integer = value.integer {
                number = integer
            } else if case .float(let float) = value, let integer = Int(exactly: float.rounded(.towardZero)) {
                number = integer
            } else {
                if case .undefined(let undefined) = value { throw undefined.error() }
                throw TemplateError(.type, "%\(type) format: a number is required, not \(value.typeName)")
            }
            let radix = type == "x" || type == "X" ? 16 : type == "o" ? 8 : 10
            var digits = String(number.magnitude, radix: radix, uppercase: type == "X")
            if let precision { digits = String(repeating: "0", count: max(0, precision - digits.count)) + digits }
            let mark = isAlternate ? (radix == 16 ? "0\(type)" : radix == 8 ? "0o" : "") : ""
            return padded((number < 0 ? "-" : sign) + mark, digits, zero: isZero)
        }

        private func fraction(_ value: TemplateValue) throws -> String {
            guard let number = value.number else {
                if case .undefined(let undefined) = value { throw undefined.error() }
                throw TemplateError(.type, "must be real number, not \(value.typeName)")
            }
            guard number.isFinite else {
                return padded(number < 0 ? "-" : sign, number.isNaN ? "nan" : "inf", zero: false)
            }
            let digits = CFormat.text(number.magnitude, type, precision ?? 6, alternate: isAlternate)
            return padded(number.sign == .minus ? "-" : sign, digits, zero: isZero)
        }

        private func padded(_ prefix: String, _ text: String, zero: Bool) -> String {
            let missing = width - prefix.unicodeScalars.count - text.unicodeScalars.count
            guard missing > 0 else { return prefix + text }
            if isLeft { return prefix + text + String(repeating: " ", count: missing) }
            if zero { return prefix + String(repeating: "0", count: missing) + text }
            return String(repeating: " ", count: missing) + prefix + text
        }
    }
}

extension TemplateValue {
    fileprivate var isTextLike: Bool { number == nil }

    fileprivate func escapedForFormat(_ text: String) -> String {
        if case .markup = self { return text }
        if case .object(let object) = self, object.html != nil { return text }
        return SafeHTML.escaping(text).html
    }
}
