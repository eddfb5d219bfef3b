// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import RetortWire
package import Synchronization

/// One request as the server hands it to the application: a checked head, a body to read, the connection's facts.
public final class ServerRequest: Sendable {
    /// The request line and the headers.
    public let head: RequestHead

    /// The body, which may still be arriving.
    public let body: RequestBody

    /// The facts of the connection that the request came over.
    public let connection: ConnectionInfo

    /// What has been made of the body, such as its form, for the next one who asks: a body can be read once.
    package let parsedBody = Mutex<(any Sendable)?>(nil)

    /// Creates a request.
    ///
    /// - Parameters:
    ///   - head: The request line and the headers.
    ///   - body: The body.
    ///   - connection: The facts of the connection.
    public init(head: RequestHead, body: RequestBody = .empty, connection: ConnectionInfo = ConnectionInfo()) {
        self.head = head
        self.body = body
        self.connection = connection
    }
}

/// What an application says to a request: a finished answer, or work that will make one.
public enum ServerReply: Sendable {
    /// An asynchronous function that makes an answer, and runs where its caller does.
    public typealias Work = nonisolated(nonsending) @Sendable () async -> Response

    /// The answer is here. Nothing waits, and no task is needed.
    case now(Response)

    /// The answer needs an asynchronous function, which runs on the connection's event loop.
    case later(Work)
}

/// An application as the server sees it.
public protocol Responder: Sendable {
    /// Answers a request.
    ///
    /// The call is made on an event loop and must not block it.
    ///
    /// - Parameter request: The request, whose body may still be arriving.
    /// - Returns: The answer, or the work that makes it.
    func respond(to request: ServerRequest) -> ServerReply

    /// What messages call the handler of a request, such as `GET /posts/{id}`.
    ///
    /// - Parameter request: The request.
    /// - Returns: The method and the path, unless the application knows better.
    func name(of request: ServerRequest) -> String
}

extension Responder {
    /// The method and the path.
    ///
    /// - Parameter request: The request.
    /// - Returns: `GET /posts/7`.
    public func name(of request: ServerRequest) -> String { "\(request.head.method.rawValue) \(request.head.path)" }
}
