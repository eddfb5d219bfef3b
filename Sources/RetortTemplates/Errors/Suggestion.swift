// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Finds the name that was probably meant.
enum Suggestion {
    /// A sentence that asks whether a similar name was meant.
    ///
    /// - Parameters:
    ///   - name: The name that does not exist.
    ///   - names: Those that do.
    /// - Returns: ` Did you mean 'x'?`, or nothing where no name is similar.
    static func sentence(for name: String, among names: some Sequence<String>) -> String {
        closest(to: name, among: names).map { " Did you mean '\($0)'?" } ?? ""
    }

    static func closest(to name: String, among names: some Sequence<String>) -> String? {
        let wanted = Array(name.utf8.prefix(64))
        let most = max(1, wanted.count / 3)
        var best: (distance: Int, name: String)?
        for candidate in names {
            let bytes = Array(candidate.utf8.prefix(64))
            guard abs(bytes.count - wanted.count) <= most else { continue }
            let distance = distance(wanted, bytes)
            guard distance <= most else { continue }
            if let found = best, (found.distance, found.name) <= (distance, candidate) { continue }
            best = (distance, candidate)
        }
        return best?.name
    }

    /// The number of bytes to insert, remove, replace or swap with their neighbour.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        for row in left.indices {
            var next = [row + 1]
            for column in right.indices {
                let same = left[row] == right[column]
                var cost = min(next[column] + 1, last[column + 1] + 1, last[column] + (same ? 0 : 1))
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                next.append(cost)
            }
            beforeLast = last
            last = next
        }
        return last[right.count]
    }
}
