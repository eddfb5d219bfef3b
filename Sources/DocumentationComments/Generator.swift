// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Writes the comments of types as code.
package enum Generator {
    /// One file of Swift for all types.
    package static func source(_ types: [DocumentedType]) -> String {
        var text = "// Made by RetortDocumentation from documentation comments.\n"
        guard !types.isEmpty else { return text }
        // As far as the widest type is seen, and no farther.
        let access = ["public", "package"].first { access in types.contains { $0.access == access } }
        text += "\n\(access ?? "internal") import Retort\n"
        for type in types { text += "\n" + source(type) }
        return text
    }

    private static func source(_ type: DocumentedType) -> String {
        let access = type.access.isEmpty ? "" : "\(type.access) "
        var lines = [
            "extension \(type.name): SelfDocumenting {",
            "    \(access)static var documentation: TypeDocumentation {",
            "        TypeDocumentation(",
        ]
        lines.append(
            "            \(type.text.map { literal(summary($0)) } ?? "nil")\(type.members.isEmpty ? ")" : ",")")
        if !type.members.isEmpty {
            lines.append("            members: [")
            var seen: Set<String> = []
            // Two members of one name, as overloads of cases have, would stop the program.
            for member in type.members where seen.insert(member.name).inserted {
                lines.append("                \(literal(member.name)): \(literal(summary(member.text))),")
            }
            lines.append("            ])")
        }
        return (lines + ["    }", "}", ""]).joined(separator: "\n")
    }

    /// A comment as it is, but for spaces at the ends of lines and lines without text at its ends.
    static func summary(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> Substring in
            var line = line
            while line.last == " " || line.last == "\t" { line = line.dropLast() }
            return line
        }
        while lines.first?.isEmpty == true { lines.removeFirst() }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    /// A literal of a text.
    static func literal(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            default:
                if scalar.value < 0x20 || scalar.value == 0x7F {
                    result += "\\u{\(String(scalar.value, radix: 16))}"
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }
}
