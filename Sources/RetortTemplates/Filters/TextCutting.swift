// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Strips, centres, replaces, indents and cuts texts.
enum TextCutting {
    /// The text without some characters at its ends.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - set: The characters; nil for white space.
    ///   - left: Whether the beginning is stripped.
    ///   - right: Whether the end is stripped.
    /// - Returns: What is left.
    static func strip(_ text: String, _ set: String?, left: Bool = true, right: Bool = true) -> String {
        if set == nil, text.isASCII { return stripASCII(text, left: left, right: right) }
        let characters = set.map { Set($0.unicodeScalars) }
        let isStripped = { (scalar: Unicode.Scalar) in
            characters?.contains(scalar) ?? (scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value))
        }
        var scalars = text.unicodeScalars[...]
        if left { scalars = scalars.drop(while: isStripped) }
        while right, let last = scalars.last, isStripped(last) { scalars.removeLast() }
        return String(String.UnicodeScalarView(scalars))
    }

    private static func stripASCII(_ text: String, left: Bool, right: Bool) -> String {
        var text = text
        let part = text.withUTF8 { bytes -> String? in
            var (start, end) = (0, bytes.count)
            while left, start < end, bytes[start].isTemplateSpace { start += 1 }
            while right, start < end, bytes[end - 1].isTemplateSpace { end -= 1 }
            guard end - start < bytes.count else { return nil }
            return String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
        }
        return part ?? text
    }

    static func center(_ text: String, _ width: Int) -> String {
        let length = text.unicodeScalars.count
        let missing = min(width, 100_000) - length
        guard missing > 0 else { return text }
        // Python puts the odd space to the left where the width is odd.
        let left = missing / 2 + (missing & width & 1)
        return String(repeating: " ", count: left) + text + String(repeating: " ", count: missing - left)
    }

    /// The text with another in place of a part.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - old: The part; between all characters where it is empty.
    ///   - new: What stands in its place.
    ///   - count: How often at most; negative for always.
    /// - Returns: The text after replacing.
    /// - Throws: ``TemplateError`` with `.limit` where the result would be too long.
    static func replace(_ text: String, _ old: String, _ new: String, _ count: Int) throws -> String {
        if count < 0, text.utf8.count <= Arithmetic.mostRepeated, old.utf8.count == 1, new.utf8.count == 1,
            let from = old.utf8.first, let to = new.utf8.first
        {
            return replaceByte(text, from, to)
        }
        var left = count < 0 ? Int.max : count
        var result: [UInt8] = []
        let replacement = Array(new.utf8)
        func check() throws {
            guard result.count <= Arithmetic.mostRepeated else {
                throw TemplateError(.limit, "The text is too long after replacing.")
            }
        }
        if old.isEmpty {
            for scalar in text.unicodeScalars {
                if left > 0 {
                    result += replacement
                    left -= 1
                    try check()
                }
                result += Array(String(scalar).utf8)
            }
            if left > 0 { result += replacement }
            return String(decoding: result, as: UTF8.self)
        }
        let bytes = Array(text.utf8)
        let part = Array(old.utf8)
        var index = 0
        while left > 0, let found = TextSearch.find(part, in: bytes, from: index) {
            result += bytes[index..<found]
            result += replacement
            index = found + part.count
            left -= 1
            try check()
        }
        return index == 0 ? text : String(decoding: result + bytes[index...], as: UTF8.self)
    }

    /// The text with a byte of ASCII in place of another, which is the replacement that most templates ask for.
    private static func replaceByte(_ text: String, _ old: UInt8, _ new: UInt8) -> String {
        var text = text
        return text.withUTF8 { bytes in
            String(unsafeUninitializedCapacity: bytes.count) { result in
                for index in bytes.indices { result[index] = bytes[index] == old ? new : bytes[index] }
                return bytes.count
            }
        }
    }

    static func indent(_ text: String, _ space: String, first: Bool, blank: Bool) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        // CRLF is one character for Swift and two for the template.
        let parts =
            lines.count == 1 && text.utf8.contains(0x0A)
            ? text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) } : lines
        return parts.enumerated().map { index, line in
            if index == 0 { return first ? space + line : line }
            return line.isEmpty && !blank ? line : space + line
        }.joined(separator: "\n")
    }

    static func truncate(_ text: String, length: Int, killsWords: Bool, end: String, leeway: Int) throws -> String {
        let endLength = end.unicodeScalars.count
        guard length >= endLength else {
            throw TemplateError(.argument, "expected length >= \(endLength), got \(length)")
        }
        guard leeway >= 0 else { throw TemplateError(.argument, "expected leeway >= 0, got \(leeway)") }
        let scalars = text.unicodeScalars
        let (most, isOver) = length.addingReportingOverflow(leeway)
        if isOver || scalars.count <= most { return text }
        let kept = scalars.prefix(length - endLength)
        if killsWords { return String(String.UnicodeScalarView(kept)) + end }
        let last = kept.lastIndex(of: " ")
        return String(String.UnicodeScalarView(last.map { kept[..<$0] } ?? kept)) + end
    }
}

/// Breaks lines of texts.
///
/// Source: Python, `textwrap`.
enum WordWrap {
    static func wrap(
        _ text: String, width: Int, breaksLongWords: Bool, with wrap: String, breaksOnHyphens: Bool
    ) -> String {
        let lines = TextLayout.lines(text)
        // A line end at the very end makes no further line.
        let kept = lines.count > 1 && lines.last?.isEmpty == true ? lines.dropLast() : lines[...]
        return kept.map { line in
            wrapLine(String(line), max(1, width), breaksLongWords, breaksOnHyphens).joined(separator: wrap)
        }.joined(separator: wrap)
    }

    private static func wrapLine(_ line: String, _ width: Int, _ breaksLong: Bool, _ onHyphens: Bool) -> [String] {
        var chunks = chunks(line, onHyphens)[...]
        var lines: [String] = []
        while !chunks.isEmpty {
            var current: [ArraySlice<Unicode.Scalar>] = []
            var length = 0
            if !lines.isEmpty, let first = chunks.first, first.allSatisfy(\.properties.isWhitespace) {
                chunks.removeFirst()
            }
            while let chunk = chunks.first, length + chunk.count <= width {
                current.append(chunk)
                length += chunk.count
                chunks.removeFirst()
            }
            if let chunk = chunks.first, chunk.count > width {
                if breaksLong {
                    var space = width < 1 ? 1 : width - length
                    if onHyphens, chunk.count > space, space > 0, let hyphen = chunk.prefix(space).lastIndex(of: "-"),
                        chunk[..<hyphen].contains(where: { $0 != "-" })
                    {
                        space = hyphen + 1 - chunk.startIndex
                    }
                    if space > 0 {
                        current.append(chunk.prefix(space))
                        chunks[chunks.startIndex] = chunk.dropFirst(space)
                    }
                } else if current.isEmpty {
                    current.append(chunk)
                    chunks.removeFirst()
                }
            }
            if let last = current.last, last.allSatisfy(\.properties.isWhitespace) { current.removeLast() }
            if !current.isEmpty { lines.append(String(String.UnicodeScalarView(current.joined()))) }
        }
        return lines
    }

    /// Words and the white space between them; words with hyphens in parts.
    ///
    /// They are parts of one array, so that a long word is not copied for each line that it fills.
    private static func chunks(_ line: String, _ onHyphens: Bool) -> [ArraySlice<Unicode.Scalar>] {
        let scalars = Array(line.unicodeScalars)
        var chunks: [ArraySlice<Unicode.Scalar>] = []
        var start = 0
        for (index, scalar) in scalars.enumerated() {
            let isSpace = scalar.properties.isWhitespace
            if index > start, scalars[index - 1].properties.isWhitespace != isSpace {
                chunks.append(scalars[start..<index])
                start = index
            }
            let isLetter = { (place: Int) in scalars.indices.contains(place) && scalars[place].properties.isAlphabetic }
            if onHyphens, scalar == "-", isLetter(index - 1), isLetter(index - 2) || isLetter(index + 1),
                isLetter(index + 1)
            {
                chunks.append(scalars[start...index])
                start = index + 1
            }
        }
        if start < scalars.count { chunks.append(scalars[start...]) }
        return chunks
    }
}
