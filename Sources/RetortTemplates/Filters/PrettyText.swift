// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Values over several lines where one would be too long.
///
/// Source: Python, `pprint`.
enum PrettyText {
    private static let width = 80
    private static let mostDepth = 64

    static func text(_ value: TemplateValue, indent: Int = 0, allowance: Int = 0, depth: Int = 0) -> String {
        let line = value.representation
        guard indent + line.unicodeScalars.count + allowance > width, depth < mostDepth else { return line }
        switch value {
        case .list(let list): return lines(list.values, "[", "]", indent, allowance, depth)
        case .tuple(let values): return lines(values, "(", values.count == 1 ? ",)" : ")", indent, allowance, depth)
        case .dict(let dict):
            let pairs = dict.pairs.map { (key: $0.key.representation, value: $0.value) }
            // Keys that are texts are sorted by their text.
            let sorted = pairs.sorted { $0.key.unicodeScalars.lexicographicallyPrecedes($1.key.unicodeScalars) }
            let parts = sorted.enumerated().map { index, pair in
                let start = indent + 1 + pair.key.unicodeScalars.count + 2
                let end = index == sorted.count - 1 ? allowance + 1 : 1
                return "\(pair.key): \(text(pair.value, indent: start, allowance: end, depth: depth + 1))"
            }
            return "{" + parts.joined(separator: ",\n" + String(repeating: " ", count: indent + 1)) + "}"
        default: return line
        }
    }

    private static func lines(
        _ values: [TemplateValue], _ open: String, _ close: String, _ indent: Int, _ allowance: Int, _ depth: Int
    ) -> String {
        let parts = values.enumerated().map { index, value in
            let end = index == values.count - 1 ? allowance + close.count : 1
            return text(value, indent: indent + 1, allowance: end, depth: depth + 1)
        }
        return open + parts.joined(separator: ",\n" + String(repeating: " ", count: indent + 1)) + close
    }
}
