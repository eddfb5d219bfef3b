// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Why work was not done by a pool.
public struct ComputeError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of error, for programs.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The queue is full.
        case overloaded
        /// The work waited longer than it was allowed to.
        case timedOut = "timed-out"
        /// Newer work of the same stream took its place.
        case superseded
        /// The pool was stopped.
        case stopped
    }

    /// The kind of error.
    public var code: Code
    /// What happened, as a sentence.
    public var message: String
    /// When trying again makes sense, as measured; `nil` where it does not.
    public var retryAfter: Duration?

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - code: The kind of error.
    ///   - message: What happened, as a sentence.
    ///   - retryAfter: When trying again makes sense.
    public init(_ code: Code, _ message: String, retryAfter: Duration? = nil) {
        (self.code, self.message, self.retryAfter) = (code, message, retryAfter)
    }

    /// The code and the sentence.
    public var description: String { "\(code.rawValue): \(message)" }
}
