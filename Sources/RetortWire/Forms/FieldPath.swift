// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The grammar of field names: `a`, `a.b`, `a[b]`, `a[0].b`, `a[]`.
enum FieldPath {
    /// Cuts a name into its steps.
    ///
    /// A pair of empty brackets may stand at the end; it means a list and is no step. Returns nil for a name that does
    /// not follow the grammar, such as `a..b` or `a[b`; such a name is one step as it stands.
    ///
    /// - Returns: For each step its bytes, and where the path up to it ends.
    static func steps(of text: [UInt8], in name: Range<Int>) -> [(step: Range<Int>, pathEnd: Int)]? {
        var steps: [(step: Range<Int>, pathEnd: Int)] = []
        guard var index = plainEnd(text, from: name.lowerBound, to: name.upperBound) else { return nil }
        steps.append((name.lowerBound..<index, index))
        while index < name.upperBound {
            let start = index + 1
            if text[index] == UInt8(ascii: ".") {
                guard let end = plainEnd(text, from: start, to: name.upperBound) else { return nil }
                steps.append((start..<end, end))
                index = end
                continue
            }
            guard text[index] == UInt8(ascii: "["),
                let end = text[start..<name.upperBound].firstIndex(where: isBracket),
                text[end] == UInt8(ascii: "]")
            else { return nil }
            index = end + 1
            if end == start {
                return index == name.upperBound ? steps : nil
            }
            steps.append((start..<end, index))
        }
        return steps
    }

    /// Where a step outside of brackets ends, or nil when it is empty or has a closing bracket.
    private static func plainEnd(_ text: [UInt8], from start: Int, to end: Int) -> Int? {
        let stop = text[start..<end].firstIndex { isBracket($0) || $0 == UInt8(ascii: ".") } ?? end
        guard stop > start, stop == end || text[stop] != UInt8(ascii: "]") else { return nil }
        return stop
    }

    private static func isBracket(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]")
    }
}
