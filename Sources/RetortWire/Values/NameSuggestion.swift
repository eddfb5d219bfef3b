// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Finds the name that was probably meant.
package enum NameSuggestion {
    /// The longest name that is compared; longer ones are no misspellings.
    private static let mostBytes = 100

    /// The name nearest to `wanted`, when it is near enough to be worth a question.
    ///
    /// A name with the same last part, `post.show` for `show`, counts as one edit.
    package static func closest(to wanted: String, among names: some Sequence<String>) -> String? {
        let target = Array(wanted.utf8)
        guard !target.isEmpty, target.count <= mostBytes else { return nil }
        var best: (name: String, distance: Int)?
        for name in names {
            let bytes = Array(name.utf8)
            guard bytes.count <= mostBytes, bytes != target else { continue }
            let distance = lastPart(bytes) == lastPart(target) ? 1 : distance(bytes, target)
            guard distance * 2 <= max(bytes.count, target.count) else { continue }
            let isBetter =
                best.map {
                    (distance, name.utf8.count) < ($0.distance, $0.name.utf8.count)
                        || (distance == $0.distance && name.utf8.count == $0.name.utf8.count && name < $0.name)
                } ?? true
            if isBetter { best = (name, distance) }
        }
        return best?.name
    }

    private static func lastPart(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        let dot = bytes.lastIndex(of: UInt8(ascii: "."))
        return bytes[(dot.map { $0 + 1 } ?? 0)...]
    }

    /// The number of insertions, deletions, replacements and swaps of neighbours between two texts.
    package static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var before: [Int] = []
        var previous = Array(0...right.count)
        var current = previous
        for i in 0..<left.count {
            current[0] = i + 1
            for j in 0..<right.count {
                let cost = left[i] == right[j] ? 0 : 1
                var value = min(previous[j + 1] + 1, current[j] + 1, previous[j] + cost)
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    value = min(value, before[j - 1] + 1)
                }
                current[j + 1] = value
            }
            before = previous
            previous = current
        }
        return previous[right.count]
    }
}
