// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What a template prints, as a value instead of a text.
///
/// Source: Jinja, native types.
enum NativeValues {
    /// One part is itself; several are joined as text, and read again as a literal if they are one.
    static func joined(_ parts: [TemplateValue]) throws -> TemplateValue {
        guard let first = parts.first else { return .none }
        var text = ""
        if parts.count == 1 {
            guard let only = first.text else { return first }
            text = only
        } else {
            for part in parts { text += try part.printed }
        }
        return PythonLiteral.parse(text) ?? .string(text)
    }
}
