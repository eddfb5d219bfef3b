// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Why a catalog of translations cannot be read.
public struct CatalogError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of error it is.
    ///
    /// An open set.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The name in words joined by hyphens.
        public let description: String

        /// Creates a code.
        ///
        /// - Parameter name: Words joined by hyphens.
        public init(_ name: String) { description = name }

        /// The file does not follow its format.
        public static let syntax = Code("syntax")
        /// A text is defined twice.
        public static let duplicate = Code("duplicate")
        /// The file is written in another encoding than UTF-8.
        public static let charset = Code("charset")
        /// The rule for plurals is none, or a translation has another number of forms than the rule.
        public static let plural = Code("plural")
        /// A limit was passed.
        public static let limit = Code("limit")
        /// The file cannot be read.
        public static let unreadable = Code("unreadable")
    }

    /// What kind of error it is.
    public var code: Code
    /// One or two sentences: what was found, and what would be right.
    public var message: String
    /// The file; nil where bytes were read.
    public var file: String?
    /// The line, from 1; nil for files that have no lines.
    public var line: Int?

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: What kind of error it is.
    ///   - message: One or two sentences: what was found, and what would be right.
    ///   - file: The file; nil where bytes were read.
    ///   - line: The line, from 1; nil for files that have no lines.
    public init(_ code: Code, _ message: String, file: String? = nil, line: Int? = nil) {
        self.code = code
        self.message = message
        self.file = file
        self.line = line
    }

    /// The place and the sentences.
    public var description: String {
        let place = [file, line.map { "\($0)" }].compactMap { $0 }.joined(separator: ":")
        return place.isEmpty ? message : "\(place): \(message)"
    }
}
