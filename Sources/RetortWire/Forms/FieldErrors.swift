// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// One field of a form or query that could not be read.
public struct FieldError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong with the field.
    ///
    /// An open set.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The name of the code in words joined by hyphens, such as `out-of-range`.
        public let description: String

        /// Creates a code.
        ///
        /// - Parameter name: Words joined by hyphens.
        public init(_ name: String) { self.description = name }

        /// The field is absent, or empty where something is needed.
        public static let missing = Code("missing")
        /// The text is not a whole number.
        public static let invalidInteger = Code("invalid-integer")
        /// The number does not fit its type, or the index of an array passes the limit.
        public static let outOfRange = Code("out-of-range")
        /// The text is not a finite decimal number.
        public static let invalidNumber = Code("invalid-number")
        /// The text is not one of true, false, 1, 0, on, off, yes and no.
        public static let invalidBoolean = Code("invalid-boolean")
        /// The text is none of the values that are allowed.
        public static let invalidChoice = Code("invalid-choice")
        /// The text is not a UUID.
        public static let invalidUUID = Code("invalid-uuid")
        /// The text is not a date.
        public static let invalidDate = Code("invalid-date")
        /// The text is not a URL.
        public static let invalidURL = Code("invalid-url")
        /// The name of the field has too many parts.
        public static let tooDeep = Code("too-deep")
        /// The text or the list is shorter or longer than is allowed.
        public static let invalidLength = Code("invalid-length")
        /// The text does not have the form that is asked for.
        public static let invalidFormat = Code("invalid-format")
        /// The type of the field refuses the value for a reason of its own.
        public static let invalid = Code("invalid")
    }

    /// The path of the field as the client wrote it, such as `items[0].name`.
    public var field: String

    /// What is wrong.
    public var code: Code

    /// One sentence that is safe to show.
    ///
    /// It begins with the path: "`age` must be a whole number, not `abc`".
    public var message: String

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - field: The path of the field.
    ///   - code: What is wrong.
    ///   - message: One sentence that is safe to show.
    public init(field: String, code: Code, message: String) {
        self.field = field
        self.code = code
        self.message = message
    }

    /// The sentence.
    public var description: String { message }
}

/// The fields of a form or query that could not be read, in the order in which the type asked for them.
public struct FieldErrors: Error, Hashable, Sendable, CustomStringConvertible {
    /// The fields, at least one.
    public var errors: [FieldError]

    /// The HTTP status of an answer that reports these errors.
    public var status: Int { 422 }

    /// Creates the list.
    ///
    /// - Parameter errors: The fields, at least one.
    public init(_ errors: [FieldError]) { self.errors = errors }

    /// The errors of one field.
    ///
    /// - Parameter field: The path of the field, compared byte by byte.
    /// - Returns: The errors; none when the field is fine.
    public func all(_ field: String) -> [FieldError] { errors.filter { $0.field.hasSameBytes(as: field) } }

    /// The sentences, one after another.
    public var description: String { errors.map(\.message).joined(separator: " ") }
}

extension FieldError {
    /// Creates an error whose sentence begins with the field.
    package init(_ field: String, _ code: Code, _ complaint: String) {
        let subject = field.isEmpty ? "The form" : Self.quoted(field, limit: 100)
        let end = complaint.utf8.last == UInt8(ascii: "?") ? "" : "."
        self.init(field: field, code: code, message: "\(subject) \(complaint)\(end)")
    }

    /// A text of the client for a sentence: cut after some bytes, without control characters, in backquotes.
    package static func quoted(_ text: String, limit: Int = 40) -> String {
        var result: [UInt8] = []
        for scalar in text.unicodeScalars {
            let isControl = [.control, .format].contains(scalar.properties.generalCategory)
            let bytes = Array(String(isControl ? "\u{FFFD}" : Character(scalar)).utf8)
            if result.count + bytes.count > limit { return "`\(String(decoding: result, as: UTF8.self))…`" }
            result += bytes
        }
        return "`\(String(decoding: result, as: UTF8.self))`"
    }
}
