// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A failure of a test's client to exchange a request for a response.
///
/// An answer with an error status is no such failure: it is a ``TestResponse`` like any other.
public struct TestClientError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    ///
    /// An open set.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The name of the code in words joined by hyphens.
        public let description: String

        init(_ name: String) { self.description = name }

        /// The answer, or the next piece of it, did not come in time.
        public static let deadline = Code("deadline")

        /// The connection could not be opened, or ended before the answer.
        public static let connectionFailed = Code("connection-failed")

        /// The answer is not HTTP/1.1 as the standard has it.
        public static let malformedResponse = Code("malformed-response")

        /// The body of the answer ended too early.
        public static let incompleteResponse = Code("incomplete-response")

        /// The body of the answer is larger than the client's limit.
        public static let responseTooLarge = Code("response-too-large")

        /// A redirect led to a redirect too often.
        public static let tooManyRedirects = Code("too-many-redirects")

        /// A redirect leads to a host that is not the app's.
        public static let externalRedirect = Code("external-redirect")

        /// The request cannot be sent as it was asked for.
        public static let badRequest = Code("bad-request")

        /// The server did not accept the WebSocket, or broke its rules.
        public static let webSocket = Code("web-socket")

        /// The app has no sessions to edit.
        public static let noSessions = Code("no-sessions")
    }

    /// What kind of failure it is.
    public var code: Code

    /// What happened, and what to do.
    public var message: String

    /// What caused it.
    public var underlying: (any Error)?

    /// The answer that made the client give up, such as the refusal of a WebSocket; nil without one.
    public var response: TestResponse?

    init(
        _ code: Code, _ message: String, underlying: (any Error)? = nil, response: TestResponse? = nil
    ) {
        self.code = code
        self.message = message
        self.underlying = underlying
        self.response = response
    }

    /// The code, the sentence, and the cause where there is one.
    public var description: String { "\(code): \(message)" + (underlying.map { " (\($0))" } ?? "") }
}
