// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// ASCII bytes that stay as they are in a part of a URL.
struct URLByteSet: Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    /// Letters, digits, `-._~` and these.
    init(unreservedAnd others: StaticString) {
        for byte in UInt8.min..<0x80 {
            let isUnreserved = byte.isASCIILetter || byte.isASCIIDigit || "-._~".utf8.contains(byte)
            if isUnreserved || others.withUTF8Buffer({ $0.contains(byte) }) { insert(byte) }
        }
    }

    private mutating func insert(_ byte: UInt8) {
        if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte & 63) }
    }

    func contains(_ byte: UInt8) -> Bool {
        if byte < 64 { return (low >> UInt64(byte)) & 1 == 1 }
        return byte < 128 && (high >> UInt64(byte & 63)) & 1 == 1
    }

    /// What RFC 3986 lets stand in a segment.
    ///
    /// Source: RFC 3986 §3.3.
    static let segment = URLByteSet(unreservedAnd: "!$&'()*+,:;=@")
    /// What a query may hold inside a name or a value.
    ///
    /// `&`, `=` and `+` mean something there.
    static let query = URLByteSet(unreservedAnd: "!$'()*,/:;?@")
    /// What a fragment may hold.
    ///
    /// Source: RFC 3986 §3.5.
    static let fragment = URLByteSet(unreservedAnd: "!$&'()*+,/:;=?@")
}

/// Writes the parts of URLs.
enum URLText {
    private static let digits: [UInt8] = Array("0123456789ABCDEF".utf8)

    /// Appends bytes, those outside the set as `%XY`.
    static func append(_ bytes: some Sequence<UInt8>, keeping safe: URLByteSet, to result: inout [UInt8]) {
        for byte in bytes {
            if safe.contains(byte) {
                result.append(byte)
            } else {
                result.append(UInt8(ascii: "%"))
                result.append(digits[Int(byte >> 4)])
                result.append(digits[Int(byte & 15)])
            }
        }
    }

    /// Appends `?a=1&b=2` in the form encoding, where a space is a plus; nothing when there are no pairs.
    static func append(query: [(String, String)], to result: inout [UInt8]) {
        var mark = UInt8(ascii: "?")
        for (name, value) in query {
            result.append(mark)
            mark = UInt8(ascii: "&")
            appendFormText(name, to: &result)
            result.append(UInt8(ascii: "="))
            appendFormText(value, to: &result)
        }
    }

    private static func appendFormText(_ text: String, to result: inout [UInt8]) {
        for byte in text.utf8 {
            if byte == 0x20 {
                result.append(UInt8(ascii: "+"))
            } else {
                append(CollectionOfOne(byte), keeping: .query, to: &result)
            }
        }
    }

    /// Appends `#anchor`; nothing when there is none.
    static func append(anchor: String?, to result: inout [UInt8]) {
        guard let anchor, !anchor.isEmpty else { return }
        result.append(UInt8(ascii: "#"))
        append(anchor.utf8, keeping: .fragment, to: &result)
    }

    /// The text of a prefix without slashes at its end.
    static func withoutTrailingSlashes(_ text: String) -> Substring.UTF8View {
        var bytes = text[...].utf8
        while bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
        return bytes
    }
}

/// Writes the path of a pattern with values in the places of its variables.
struct PathWriter {
    /// The encoded path.
    private(set) var bytes: [UInt8] = []

    /// Whether a value that a path cannot hold is refused.
    ///
    /// Else it is written as it is.
    let isChecked: Bool

    init(isChecked: Bool = true) { self.isChecked = isChecked }

    /// Appends the path.
    ///
    /// `value` gives the decoded segments that stand for a variable: one, or several for the rest of a path.
    mutating func append(_ pattern: PathPattern, value: (PatternVariable) throws -> [String]) throws {
        for segment in pattern.segments {
            var decoded: [UInt8] = []
            var further: ArraySlice<String> = []
            for piece in segment.pieces {
                switch piece {
                case .literal(let literal): decoded += literal
                case .variable(let variable):
                    let texts = try value(variable)
                    let first = texts.first ?? ""
                    if isChecked { try Self.check(texts, for: variable) }
                    decoded += first.utf8
                    further = texts.dropFirst()
                }
            }
            try append(segment: decoded, isVariable: segment.literal == nil, of: pattern)
            for text in further { try append(segment: Array(text.utf8), isVariable: true, of: pattern) }
        }
    }

    private mutating func append(segment: [UInt8], isVariable: Bool, of pattern: PathPattern) throws {
        if isChecked, isVariable, DotSegments.isOne(segment) {
            throw BuildError(
                .unfitValue,
                "A segment of \(pattern) would be \"\(String(decoding: segment, as: UTF8.self))\", which clients "
                    + "resolve as a step in the tree. Refuse such a value before it gets here.")
        }
        bytes.append(UInt8(ascii: "/"))
        URLText.append(segment, keeping: .segment, to: &bytes)
    }

    private static func check(_ texts: [String], for variable: PatternVariable) throws {
        if texts.first?.isEmpty ?? true {
            throw BuildError(
                .unfitValue,
                "The value of \(variable.text) is empty\(variable.takesRest ? " or starts with a slash" : ""), "
                    + "and such a path would not come back to the route.")
        }
        for text in texts where text.utf8.contains(0) {
            throw BuildError(.unfitValue, "The value of \(variable.text) holds a NUL, which no path can.")
        }
    }
}

extension PathValue {
    /// The decoded segments that stand for the value in a path.
    func segments(for variable: PatternVariable) -> [String] {
        if let rest = self as? RestOfPath { return rest.segments }
        if !variable.takesRest { return [pathText] }
        return pathText.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
    }
}
