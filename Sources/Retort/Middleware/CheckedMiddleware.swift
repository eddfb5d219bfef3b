// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A middleware that can tell before the first request that it was set up wrongly.
public protocol CheckedMiddleware: Middleware {
    /// Looks for mistakes while the app starts.
    ///
    /// - Parameter outer: The middlewares in front of this one, outermost first.
    /// - Throws: ``SetupError`` with a sentence that says how to mend it.
    func check(behind outer: [any Middleware]) throws
}

/// A mistake in how an app was put together, found while it starts: a secret that is too short, a middleware without
/// another that it needs.
public struct SetupError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was found and how to mend it.
    public var message: String

    /// Creates an error.
    ///
    /// - Parameter message: What was found and how to mend it.
    public init(_ message: String) { self.message = message }

    /// The sentence.
    public var description: String { message }

    /// Checks a way to a handler from the outside to the inside.
    static func check(_ middleware: [any Middleware]) throws {
        for (index, part) in middleware.enumerated() {
            if let part = part as? any CheckedMiddleware { try part.check(behind: Array(middleware[..<index])) }
        }
    }
}
