// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What an entry of a tape is and was expected to be.
///
/// It travels inside of a `DecodingError`, so that code which catches those errors works, and is found again where
/// decoding ends.
struct JSONTapeMismatch: Error {
    var index: Int
    var expected: String
    var found: String
}

/// Failures of reading from a tape.
extension JSONInput {
    /// The error for an entry that is not what was expected.
    @inline(never)
    func mismatch<T>(_ index: Int, _ type: T.Type, expected: String) -> DecodingError {
        guard index < tape.count else {
            return .dataCorrupted(
                DecodingError.Context(
                    codingPath: [], debugDescription: "The decoder was used after decoding had ended."))
        }
        let entry = tape.entries[index]
        let mismatch = JSONTapeMismatch(index: index, expected: expected, found: describe(index))
        let context = DecodingError.Context(
            codingPath: path(to: index), debugDescription: "Expected \(expected), found \(mismatch.found).",
            underlyingError: mismatch)
        let isNumber = entry.isKind(.integer) || entry.isKind(.unsigned) || entry.isKind(.double)
        if isNumber, type is any Numeric.Type { return .dataCorrupted(context) }
        return entry.isKind(.null) ? .valueNotFound(type, context) : .typeMismatch(type, context)
    }

    /// The error for a key that an object lacks.
    @inline(never)
    func missing(_ key: some CodingKey, in object: Int) -> DecodingError {
        let mismatch = JSONTapeMismatch(
            index: object, expected: "the key \(JSONPath.quoted(key.stringValue.utf8.prefix(64)))",
            found: "an object without it")
        return .keyNotFound(
            key,
            DecodingError.Context(
                codingPath: path(to: object), debugDescription: "Expected \(mismatch.expected), found none.",
                underlyingError: mismatch))
    }

    /// The error for an array that has no further element.
    @inline(never)
    func ended<T>(_ array: Int, _ type: T.Type, count: Int) -> DecodingError {
        let mismatch = JSONTapeMismatch(
            index: array, expected: "more than \(count) element\(count == 1 ? "" : "s")",
            found: "the end of the array")
        return .valueNotFound(
            type,
            DecodingError.Context(
                codingPath: path(to: array) + [JSONPathKey(index: count)],
                debugDescription: "Expected \(mismatch.expected), found the end of the array.",
                underlyingError: mismatch))
    }

    /// What an entry is, in words that fit a sentence.
    func describe(_ index: Int) -> String {
        let entry = peek(index)
        switch entry.kind {
        case .null: return "`null`"
        case .true: return "`true`"
        case .false: return "`false`"
        case .array: return "an array"
        case .object: return "an object"
        case .integer, .unsigned, .double:
            let digits = numberBytes(index) ?? bytes(0, 0)
            return "the number \(String(decoding: digits.prefix(40), as: UTF8.self))\(digits.count > 40 ? "…" : "")"
        default:
            let shown = bytes(entry.start, min(entry.low, 40))
            return "the string \(JSONPath.quoted(shown))\(entry.low > 40 ? "…" : "")"
        }
    }

    /// The failure to report for any error that ended decoding.
    ///
    /// Errors of other kinds stay as they are.
    func failure(for error: any Error) -> any Error {
        guard let error = error as? DecodingError else { return error }
        let context: DecodingError.Context
        var expected: String
        switch error {
        case .typeMismatch(let type, let given), .valueNotFound(let type, let given):
            context = given
            expected = "a value of the type \(type)"
        case .keyNotFound(let key, let given):
            context = given
            expected = "the key \(JSONPath.quoted(key.stringValue.utf8.prefix(64)))"
        case .dataCorrupted(let given):
            context = given
            expected = "a valid value (\(given.debugDescription))"
        @unknown default:
            return error
        }
        let index: Int
        var found: String
        if let mismatch = context.underlyingError as? JSONTapeMismatch {
            index = mismatch.index
            expected = mismatch.expected
            found = mismatch.found
        } else {
            index = locate(context.codingPath)
            found = describe(index)
        }
        let offset = offset(index)
        let (line, column) = lineAndColumn(offset)
        return JSONDecodingFailure(
            .jsonMismatch, path: JSONPath.text(context.codingPath), expected: expected, found: found,
            byteOffset: offset, line: line, column: column, status: 422)
    }

    /// The offset of a value, for a string that of its quotation mark.
    private func offset(_ index: Int) -> Int {
        let entry = peek(index)
        return entry.isKind(.string) || entry.isKind(.escapedString) ? entry.start - 1 : entry.start
    }

    /// The index of the value that a path leads to, as far as the path can be followed.
    private func locate(_ path: [any CodingKey]) -> Int {
        var current = 1
        for key in path {
            let entry = peek(current)
            if entry.isKind(.object) {
                guard let value = find(key.stringValue, in: current) else { break }
                current = value
            } else if entry.isKind(.array), let index = key.intValue, index >= 0, index < entry.low {
                var element = current + 1
                for _ in 0..<index { element = tape.next(element) }
                current = element
            } else {
                break
            }
        }
        return current
    }
}
