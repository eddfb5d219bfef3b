// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore

/// The way of a request to the app and of the answer back.
protocol ExchangeTransport: Sendable {
    /// Sends a request, and waits for the head of the answer.
    func open(_ request: OutgoingRequest) async throws -> any IncomingResponse

    /// Lets go of what is kept for later requests.
    func close() async
}

/// The head of an answer.
struct ResponseHead: Sendable {
    var status: HTTPResponse.Status
    var headers: HTTPFields

    /// The error behind the answer, where the app runs in the same process.
    var failure: (any Error)?
}

/// An answer whose head is here and whose body may still be on its way.
///
/// It closes when nobody holds it any more.
protocol IncomingResponse: Sendable {
    var head: ResponseHead { get }

    /// The next piece of the body, or nil at its end.
    func next() async throws -> ByteBuffer?

    /// The fields behind the body, once it has ended.
    var trailers: HTTPFields { get }

    /// Leaves, as a client does that has seen enough.
    func close()
}

/// A request as it goes out.
struct OutgoingRequest: Sendable {
    var method: HTTPRequest.Method

    /// The request line and the headers with the empty line behind them.
    var head: [UInt8]

    var body: TestBody.Content
    var isSecure: Bool

    /// Whether the body waits for `100 Continue`.
    var expectsContinue: Bool

    /// The method and the path, for messages.
    var subject: String
}
