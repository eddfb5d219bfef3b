// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A configuration that cannot be used: a value that is none, a value that is missing, a file that cannot be read.
public struct ConfigurationError: Error, Sendable, CustomStringConvertible {
    /// What is wrong.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The name of the code in words joined by hyphens.
        public let description: String

        init(_ name: String) { self.description = name }

        /// A value is not what its key takes.
        public static let badValue = Code("bad-value")
        /// A value is needed and nowhere set.
        public static let missingValue = Code("missing-value")
        /// A file cannot be opened or read.
        public static let unreadableFile = Code("unreadable-file")
        /// A file does not follow its format.
        public static let malformedFile = Code("malformed-file")
    }

    /// What is wrong.
    public var code: Code

    /// Sentences that say what was found where, and what would be right.
    ///
    /// A secret is never in them.
    public var message: String

    /// The key; nil when a whole file is wrong.
    public var key: String?

    init(_ code: Code, _ message: String, key: String? = nil) {
        self.code = code
        self.message = message
        self.key = key
    }

    /// The sentences.
    public var description: String { message }

    static func badValue(_ key: String, _ found: FoundValue, form: String, isSecret: Bool) -> ConfigurationError {
        let value = isSecret ? "" : " is \"\(LogText.escaped(found.entry.content.text))\","
        return ConfigurationError(
            .badValue,
            isSecret
                ? "\(key), set in \(found.place), must be \(form)."
                : "\(key)\(value) set in \(found.place). It must be \(form).",
            key: key)
    }
}
