// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Why something was not fetched.
public struct FetchError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it was.
    ///
    /// An open set.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The name in words joined by hyphens.
        public let description: String

        /// Creates a code.
        ///
        /// - Parameter name: Words joined by hyphens.
        public init(_ name: String) { description = name }

        /// The text is no URL that could be fetched.
        public static let invalidURL = Code("invalid-url")
        /// The scheme, the host, the port or the address is not allowed.
        public static let refused = Code("refused")
        /// The name of the host has no address.
        public static let unknownHost = Code("unknown-host")
        /// No connection, or none that could be trusted.
        public static let unreachable = Code("unreachable")
        /// It took too long.
        public static let timedOut = Code("timed-out")
        /// The answer is larger than the limit.
        public static let tooLarge = Code("too-large")
        /// The answer is not of a kind that is accepted.
        public static let wrongContent = Code("wrong-content")
        /// The other side redirected too often, or to a place that is no URL.
        public static let redirects = Code("redirects")
        /// The other side answered with a status that is not 200.
        public static let status = Code("status")
        /// The answer is not HTTP, or ended too early.
        public static let brokenAnswer = Code("broken-answer")
        /// Too much is being fetched already.
        public static let busy = Code("busy")
    }

    /// What kind of failure it was.
    public var code: Code

    /// One sentence that is safe to send to the client: it names no address that the client did not name itself.
    public var message: String

    /// What lies beneath, for the log only.
    public var underlying: String?

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: What kind of failure it was.
    ///   - message: One sentence that is safe to send to the client.
    ///   - underlying: What lies beneath, for the log only.
    public init(_ code: Code, _ message: String, underlying: String? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }

    /// The status of an answer that reports this error: 413, 415, 503, and 422 for the rest.
    public var status: Int {
        switch code {
        case .tooLarge: 413
        case .wrongContent: 415
        case .busy: 503
        default: 422
        }
    }

    /// The code, then the sentence.
    public var description: String { "\(code): \(message)\(underlying.map { " (\($0))" } ?? "")" }
}
