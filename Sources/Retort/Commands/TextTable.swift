// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Columns of text, each as wide as its widest cell.
struct TextTable {
    private var rows: [[String]]

    init(_ headings: [String]) { rows = [headings] }

    mutating func add(_ cells: [String]) { rows.append(cells) }

    /// The lines.
    ///
    /// The last column is not filled up, and columns without any text but their heading are left out.
    func lines(_ terminal: Terminal) -> [String] {
        guard let headings = rows.first else { return [] }
        let columns = headings.indices.filter { column in
            rows.count == 1 || rows.dropFirst().contains { !$0[column].isEmpty }
        }
        let widths = columns.map { column in rows.map { $0[column].unicodeScalars.count }.max() ?? 0 }
        return rows.enumerated().map { number, row in
            var line = ""
            for (place, column) in columns.enumerated() {
                line += row[column]
                guard place < columns.count - 1 else { break }
                line += String(repeating: " ", count: widths[place] - row[column].unicodeScalars.count + 2)
            }
            while line.utf8.last == 0x20 { line.removeLast() }
            return number == 0 ? terminal.coloured(line, .bold) : line
        }
    }
}
