// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What the numbers of classes mean.
enum Labels {
    /// One label in each line; where every line begins with its own number, from zero on, the numbers are left out.
    static func read(_ bytes: [UInt8]) -> [String] {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
            String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        let areNumbered = lines.enumerated().allSatisfy { index, line in line.hasPrefix("\(index) ") }
        if areNumbered {
            for (index, line) in lines.enumerated() { lines[index] = String(line.dropFirst("\(index) ".count)) }
        }
        return lines
    }
}
