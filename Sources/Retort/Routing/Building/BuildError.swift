// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A URL that cannot be written: the name is unknown, values are missing, or a value does not fit.
public struct BuildError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The name of the code in words joined by hyphens.
        public let description: String

        init(_ name: String) { self.description = name }

        /// No route has the name.
        public static let unknownName = Code("unknown-name")
        /// Values for variables were not given.
        public static let missingValues = Code("missing-values")
        /// No route of the name answers the method.
        public static let wrongMethod = Code("wrong-method")
        /// A value cannot stand in the place of its variable.
        public static let unfitValue = Code("unfit-value")
        /// The URL needs a host, and none is known.
        public static let missingHost = Code("missing-host")
    }

    /// What is wrong.
    public var code: Code

    /// What was found and how to mend it.
    public var message: String

    /// The name that was looked for; nil for a ``Route``.
    public var name: String?

    /// The names of the variables that have no value.
    public var missing: [String]

    /// The name that was probably meant.
    public var suggestion: String?

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: What is wrong.
    ///   - message: What was found and how to mend it.
    ///   - name: The name that was looked for.
    ///   - missing: The names of the variables that have no value.
    ///   - suggestion: The name that was probably meant.
    public init(
        _ code: Code, _ message: String, name: String? = nil, missing: [String] = [], suggestion: String? = nil
    ) {
        self.code = code
        self.message = message
        self.name = name
        self.missing = missing
        self.suggestion = suggestion
    }

    /// The code, then the sentence.
    public var description: String { "\(code): \(message)" }
}
