// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// Names of Swift types as names of components: letters, digits, dots, hyphens and underscores.
enum SchemaName {
    /// The name of the type alone: `Post`, and `PageOfPost` for `Page<Post>`.
    static func short(_ type: Any.Type) -> String { clean(String(describing: type)) }

    /// The name with those of the types around it and of its module: `Blog.Draft`.
    ///
    /// A type inside a function has a place that changes from run to run, which is left out.
    static func long(_ type: Any.Type) -> String {
        var depth = 0
        var text = ""
        for character in String(reflecting: type).unicodeScalars {
            if character == "(" { depth += 1 }
            if depth == 0 { text.unicodeScalars.append(character) }
            if character == ")" { depth -= 1 }
        }
        let parts = text.utf8.split(separator: UInt8(ascii: ".")).map { String(Substring($0)) }
        return clean(parts.joined(separator: "."))
    }

    private static func clean(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-": result.unicodeScalars.append(scalar)
            case "<": result += "Of"
            case ",": result += "And"
            case ">", " ", "(", ")": break
            default: result += "_"
            }
        }
        return result.isEmpty ? "Value" : result
    }
}
