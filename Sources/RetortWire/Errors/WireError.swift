// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A refusal of bytes or values that do not follow their format, or that pass a limit.
///
/// It says which rule was broken and, where the answer of a server follows from it, the status of that answer.
public struct WireError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of rule was broken.
    ///
    /// An open set: each subject of this library adds its own members.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The name of the code in words joined by hyphens, such as `header-too-large`.
        public let description: String

        /// Creates a code.
        ///
        /// - Parameter name: Words joined by hyphens.
        public init(_ name: String) { self.description = name }
    }

    /// The kind of rule that was broken.
    public var code: Code

    /// One sentence: what was found, and what was expected instead.
    ///
    /// Safe to send to the client.
    public var message: String

    /// The HTTP status of an answer that reports this error, such as 400, 413 or 431.
    public var status: Int

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: The kind of rule that was broken.
    ///   - message: One sentence that is safe to send to the client.
    ///   - status: The HTTP status of an answer that reports this error.
    public init(_ code: Code, _ message: String, status: Int = 400) {
        self.code = code
        self.message = message
        self.status = status
    }

    /// The code, then the sentence.
    public var description: String { "\(code): \(message)" }
}
