// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A mistake in the routes of a program: a malformed pattern, two routes for one path, a name that nobody has.
///
/// Requests never cause it. It is found while the routes are put together, which is when it should stop the program.
public struct RoutingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of mistake it is.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The name of the code in words joined by hyphens.
        public let description: String

        init(_ name: String) { self.description = name }

        /// A path pattern or host pattern cannot be read.
        public static let malformedPattern = Code("malformed-pattern")
        /// Two routes answer the same method, host and path.
        public static let duplicateRoute = Code("duplicate-route")
        /// Two routes differ only in types that accept the same text, so that one is never reached.
        public static let shadowedRoute = Code("shadowed-route")
        /// The types of a route do not fit its variables.
        public static let typeMismatch = Code("type-mismatch")
        /// An alias names a route that is not there, or a redirection needs a value that is not there.
        public static let brokenTarget = Code("broken-target")
        /// The options of a route contradict each other.
        public static let contradiction = Code("contradiction")
        /// There are more routes, variables or segments than the router takes.
        public static let limitExceeded = Code("limit-exceeded")
    }

    /// What kind of mistake it is.
    public var code: Code

    /// What was found and how to mend it.
    public var message: String

    /// How many bytes of a malformed pattern come before the mistake; nil where no pattern is malformed.
    public var position: Int?

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: What kind of mistake it is.
    ///   - message: What was found and how to mend it.
    ///   - position: How many bytes of a malformed pattern come before the mistake.
    public init(_ code: Code, _ message: String, position: Int? = nil) {
        self.code = code
        self.message = message
        self.position = position
    }

    /// The code, then the sentence.
    public var description: String { "\(code): \(message)" }
}

/// Ends the program because of a mistake in its source, while it starts.
///
/// `fatalError` and not `preconditionFailure`, which says nothing in release builds: the sentence tells how to mend it.
func stopAtStartUp(_ sentence: String) -> Never {
    fatalError(sentence)
}
