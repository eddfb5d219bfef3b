// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes
import NIOCore
public import RetortWire
import Synchronization

/// An answer whose body a test reads as it comes.
///
/// Each wait has the client's deadline. Leaving the closure that got the stream closes it, as a client that goes away.
public final class TestStream: Sendable {
    private struct State {
        var rest: [UInt8] = []
        var parser = EventStreamParser()
        var events: [ServerSentEvent] = []
    }

    private let incoming: any IncomingResponse
    private let deadline: Duration
    private let subject: String
    private let state = Mutex(State())

    init(_ incoming: any IncomingResponse, deadline: Duration, subject: String) {
        self.incoming = incoming
        self.deadline = deadline
        self.subject = subject
    }

    /// The status, such as `.ok`.
    public var status: HTTPResponse.Status { incoming.head.status }

    /// The headers.
    public var headers: HTTPFields { incoming.head.headers }

    /// The fields behind the body; none until it has been read to its end.
    public var trailers: HTTPFields { incoming.trailers }

    /// Waits for the next piece of the body.
    ///
    /// How a body is cut is up to the transport; a piece that the app writes never arrives together with the next one.
    ///
    /// - Returns: At least one byte, or nil at the end.
    /// - Throws: ``TestClientError`` when nothing comes in time, or when the body breaks off.
    public func next() async throws -> [UInt8]? {
        let rest = state.withLock { state in
            defer { state.rest = [] }
            return state.rest
        }
        return rest.isEmpty ? try await receive() : rest
    }

    /// Waits for the next line of the body.
    ///
    /// - Returns: The line without its end, which is LF or CRLF; the last line need not have one. Nil behind the last.
    /// - Throws: ``TestClientError`` when nothing comes in time, or when the body breaks off.
    public func nextLine() async throws -> String? {
        var searched = 0
        while true {
            let line = state.withLock { state -> String? in
                guard let feed = state.rest[searched...].firstIndex(of: 0x0A) else {
                    searched = state.rest.count
                    return nil
                }
                let end = feed > 0 && state.rest[feed - 1] == 0x0D ? feed - 1 : feed
                let line = String(decoding: state.rest[..<end], as: UTF8.self)
                state.rest.removeFirst(feed + 1)
                return line
            }
            if let line { return line }
            guard let piece = try await receive() else { break }
            state.withLock { $0.rest += piece }
        }
        return try await next().map { String(decoding: $0, as: UTF8.self) }
    }

    /// Waits for the next event of an event stream.
    ///
    /// Comments are passed over.
    ///
    /// - Returns: The event, or nil at the end.
    /// - Throws: ``TestClientError`` when nothing comes in time, or when the body breaks off.
    public func nextEvent() async throws -> ServerSentEvent? {
        while true {
            if let event = state.withLock({ $0.events.isEmpty ? nil : $0.events.removeFirst() }) { return event }
            guard let piece = try await next() else { return nil }
            try state.withLock { state in
                for case .event(let event) in try state.parser.receive(piece) { state.events.append(event) }
            }
        }
    }

    /// Reads the rest of the body.
    ///
    /// - Returns: The rest.
    /// - Throws: ``TestClientError`` when nothing comes in time, or when the body breaks off.
    public func collect() async throws -> [UInt8] {
        var whole: [UInt8] = []
        while let piece = try await next() { whole += piece }
        return whole
    }

    private func receive() async throws -> [UInt8]? {
        let incoming = incoming
        return try await Unstructured.run(within: deadline, "The next piece of \(subject)") {
            try await incoming.next().map { Array($0.readableBytesView) }
        }
    }
}

extension TestStream: AsyncSequence {
    /// Gives the pieces of a body.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let stream: TestStream

        /// Waits for the next piece of the body.
        ///
        /// - Returns: At least one byte, or nil at the end.
        /// - Throws: ``TestClientError`` when nothing comes in time, or when the body breaks off.
        public mutating func next() async throws -> [UInt8]? { try await stream.next() }
    }

    /// Starts reading.
    ///
    /// - Returns: The pieces in the order in which they arrive.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(stream: self) }
}

extension TestClient {
    /// Sends a request, and hands over the answer while its body is still on its way.
    ///
    ///     try await client.stream("/events") { stream in
    ///         let event = try await stream.nextEvent()
    ///         #expect(event?.data == "first")
    ///     }
    ///
    /// Redirects are not followed.
    ///
    /// - Parameters:
    ///   - path: The path below the base, with or without a query; or a URL with a host of its own.
    ///   - method: The method.
    ///   - query: Names and values that are put behind the query of the path.
    ///   - headers: Headers, in the place of the client's of the same name.
    ///   - body: The body of the request.
    ///   - auth: The credentials, in the place of the client's.
    ///   - use: Reads the stream. The exchange ends with it, as when a client goes away.
    /// - Returns: What the closure returns.
    /// - Throws: ``TestClientError`` when there is no answer, and what the closure throws.
    @discardableResult
    public func stream<Result>(
        _ path: String, method: HTTPRequest.Method = .get, query: MultiDict<String> = [:], headers: HTTPFields = [:],
        body: TestBody? = nil, auth: Authorization? = nil, _ use: (TestStream) async throws -> Result
    ) async throws -> Result {
        let request = try makeRequest(method, path, query, headers, body, auth)
        let outgoing = request.outgoing(usesCookies ? cookies : CookieJar(), now: .now)
        let transport = backend.transport(transport)
        let incoming = try await Unstructured.run(within: deadline, request.subject) {
            try await transport.open(outgoing)
        }
        defer { incoming.close() }
        keepCookies(incoming.head, from: request.target)
        return try await use(TestStream(incoming, deadline: deadline, subject: request.subject))
    }
}
