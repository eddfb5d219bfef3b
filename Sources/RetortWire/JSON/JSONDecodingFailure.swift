// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension WireError.Code {
    /// A text is not JSON.
    ///
    /// Status 400.
    public static let jsonSyntax = Self("json-syntax")

    /// A text is JSON, but not of the expected shape.
    ///
    /// Status 422.
    public static let jsonMismatch = Self("json-mismatch")

    /// A JSON text is longer, deeper or has more values than is allowed.
    ///
    /// Status 400 or 413.
    public static let jsonLimit = Self("json-limit")

    /// A value cannot be written as JSON.
    ///
    /// Status 500.
    public static let jsonUnencodable = Self("json-unencodable")
}

/// Why a JSON text could not be read: where, what was expected, and what stood there.
///
/// Malformed text has the status 400, text over the limit of its size 413, and well-formed text of the wrong shape 422.
public struct JSONDecodingFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of failure: `.jsonSyntax`, `.jsonMismatch` or `.jsonLimit`.
    public var code: WireError.Code

    /// The place within the value, such as `items[2].price`.
    ///
    /// Empty for the whole text.
    public var path: String

    /// What was expected, such as `a whole number from -128 to 127`.
    public var expected: String

    /// What stood there instead, such as `the string "abc"`, shortened where it is long.
    public var found: String

    /// The number of bytes before the place in the text.
    public var byteOffset: Int

    /// The line of the place, counted from 1.
    public var line: Int

    /// The column of the place in bytes, counted from 1.
    public var column: Int

    /// The HTTP status of an answer that reports this failure.
    public var status: Int

    /// One sentence that says all of it.
    ///
    /// Safe to send to the client.
    public var message: String {
        let place = path.isEmpty ? "" : " at \(path)"
        let start =
            switch code {
            case .jsonSyntax: "This is not valid JSON"
            case .jsonLimit: "The JSON is over a limit"
            default: "The JSON does not fit"
            }
        return "\(start)\(place): expected \(expected), found \(found) (line \(line), column \(column))."
    }

    /// The code, then the sentence.
    public var description: String { "\(code): \(message)" }

    /// The same refusal in the form that all parsers of this library share.
    public var wireError: WireError { WireError(code, message, status: status) }

    /// Creates a failure.
    ///
    /// - Parameters:
    ///   - code: The kind of failure.
    ///   - path: The place within the value, such as `items[2].price`.
    ///   - expected: What was expected, as a noun with its article.
    ///   - found: What stood there instead, as a noun with its article.
    ///   - byteOffset: The number of bytes before the place.
    ///   - line: The line of the place, counted from 1.
    ///   - column: The column of the place in bytes, counted from 1.
    ///   - status: The HTTP status of an answer that reports this failure.
    public init(
        _ code: WireError.Code, path: String = "", expected: String, found: String, byteOffset: Int = 0, line: Int = 1,
        column: Int = 1, status: Int = 422
    ) {
        self.code = code
        self.path = path
        self.expected = expected
        self.found = found
        self.byteOffset = byteOffset
        self.line = line
        self.column = column
        self.status = status
    }
}

/// Writes places within JSON values, such as `items[2].price`.
enum JSONPath {
    /// The path that these keys make.
    ///
    /// A key with an index stands in brackets.
    static func text(_ keys: [any CodingKey]) -> String {
        var path = ""
        for key in keys {
            // Keys of dictionaries with numbers have an index too, but their text is the number as it stood.
            if let index = key.intValue, key is JSONPathKey {
                append(index: index, to: &path)
            } else {
                append(key: key.stringValue, to: &path)
            }
        }
        return path
    }

    static func append(index: Int, to path: inout String) { path += "[\(index)]" }

    static func append(key: String, to path: inout String) {
        let isPlain =
            (1...64).contains(key.utf8.count)
            && key.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == 0x5F || $0 > 127 }
        if isPlain {
            path += path.isEmpty ? key : ".\(key)"
        } else {
            path += "[\(quoted(key.utf8.prefix(64)))]"
        }
    }

    /// The text in quotation marks with control characters replaced, for messages.
    static func quoted(_ bytes: some Sequence<UInt8>) -> String {
        let kept = bytes.map { $0 < 0x20 || $0 == 0x7F ? UInt8(ascii: "?") : $0 }
        return "\"\(String(decoding: kept, as: UTF8.self))\""
    }
}

/// One step of a path: an index of an array or a key of an object.
struct JSONPathKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(index: Int) {
        self.stringValue = "Index \(index)"
        self.intValue = index
    }

    init(stringValue: String) {
        self.stringValue = stringValue
        self.intValue = nil
    }

    init?(intValue: Int) { self.init(index: intValue) }
}
