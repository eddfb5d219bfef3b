// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Reads a text that is written as a value: a number, a text in quotes, a list, a tuple, a dictionary.
enum PythonLiteral {
    /// The value of a text.
    ///
    /// - Parameter text: The text.
    /// - Returns: The value, or nil for what is no literal.
    static func parse(_ text: String) -> TemplateValue? {
        guard text.utf8.first != 0x20, text.utf8.first != 0x09 else { return nil }
        guard text.utf8.count <= 1 << 20,
            let source = try? TemplateSource("{{" + text + "}}", name: nil, keepsTrailingNewline: true),
            let tokens = try? Lexer.tokens(source, TemplateSyntax())
        else { return nil }
        var reader = Reader(tokens: tokens[...])
        guard reader.take(.variableBegin), let value = reader.tuple(), reader.take(.variableEnd), reader.take(.end)
        else {
            return nil
        }
        return value
    }

    private struct Reader {
        var tokens: ArraySlice<Token>
        var depth = 0

        mutating func take(_ kind: Token.Kind) -> Bool {
            guard tokens.first?.kind == kind else { return false }
            tokens.removeFirst()
            return true
        }

        mutating func take(_ sign: String) -> Bool {
            guard tokens.first?.isOperator(sign) == true else { return false }
            tokens.removeFirst()
            return true
        }

        mutating func tuple() -> TemplateValue? {
            guard let first = value() else { return nil }
            guard tokens.first?.isOperator(",") == true else { return first }
            var values = [first]
            while take(",") {
                if tokens.first?.kind == .variableEnd || tokens.first?.isOperator(")") == true { break }
                guard let next = value() else { return nil }
                values.append(next)
            }
            return .tuple(values)
        }

        mutating func value() -> TemplateValue? {
            depth += 1
            defer { depth -= 1 }
            guard depth < 100, let token = tokens.popFirst() else { return nil }
            switch token.kind {
            case .integer, .float: return token.value
            case .string:
                var text = token.text
                while tokens.first?.kind == .string { text += tokens.removeFirst().text }
                return .string(text)
            case .name:
                switch token.text {
                case "True": return .bool(true)
                case "False": return .bool(false)
                case "None": return TemplateValue.none
                case "b" where tokens.first?.kind == .string:
                    return .object(TemplateBytes(Array(tokens.removeFirst().text.utf8)))
                default: return nil
                }
            case .op: return container(token.text)
            default: return nil
            }
        }

        private mutating func container(_ sign: String) -> TemplateValue? {
            switch sign {
            case "-", "+":
                guard let number = value(), number.number != nil else { return nil }
                return sign == "-" ? try? Arithmetic.negated(number) : number
            case "(":
                if take(")") { return .tuple([]) }
                guard let inner = tuple(), take(")") else { return nil }
                return inner
            case "[":
                var values: [TemplateValue] = []
                while !take("]") {
                    if !values.isEmpty, !take(",") { return nil }
                    if take("]") { break }
                    guard let next = value() else { return nil }
                    values.append(next)
                }
                return .list(values)
            case "{":
                var pairs: [(TemplateValue, TemplateValue)] = []
                while !take("}") {
                    if !pairs.isEmpty, !take(",") { return nil }
                    if take("}") { break }
                    guard let key = value(), take(":"), let value = value() else { return nil }
                    pairs.append((key, value))
                }
                return (try? TemplateDict(pairs: pairs)).map { .dict($0) }
            default: return nil
            }
        }
    }
}
