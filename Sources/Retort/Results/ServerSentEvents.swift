// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import RetortServer
public import RetortWire
import Synchronization

/// A stream of events that a page reads with `EventSource`.
///
///     app.get("/clock") {
///         ServerSentEvents { send in
///             while true {
///                 try await send("\(ContinuousClock.now)")
///                 try await Task.sleep(for: .seconds(1))
///             }
///         }
///     }
///
/// When nothing was sent for a while, a comment is, so that proxies keep the connection and a client that has gone is
/// noticed. The function is cancelled then.
///
/// Source: HTML Standard §9.2.
public struct ServerSentEvents: ResponseConvertible {
    private let heartbeat: Duration
    private let body: @Sendable (EventSender) async throws -> Void

    /// Creates a stream from a function that sends.
    ///
    /// - Parameters:
    ///   - heartbeat: The longest silence, from 10 milliseconds on; what is shorter counts as that.
    ///   - body: Sends the events. The stream ends when it returns.
    public init(heartbeat: Duration = .seconds(15), _ body: @escaping @Sendable (EventSender) async throws -> Void) {
        self.heartbeat = max(heartbeat, .milliseconds(10))
        self.body = body
    }

    /// Creates a stream from events that come by themselves.
    ///
    /// - Parameters:
    ///   - events: The events.
    ///   - heartbeat: The longest silence.
    public init<Events: AsyncSequence & Sendable>(_ events: Events, heartbeat: Duration = .seconds(15))
    where Events.Element == ServerSentEvent {
        self.init(heartbeat: heartbeat) { send in
            for try await event in events { try await send(event) }
        }
    }

    /// Makes the response.
    ///
    /// - Parameter request: The request that is answered.
    /// - Returns: A response of type `text/event-stream` that no cache keeps.
    public func response(to request: Request) -> Response {
        let lastID = HTTPField.Name("Last-Event-ID").flatMap { request.header($0) }
        var response = Response(
            .stream { [heartbeat, body] writer in
                try await Self.run(EventSender(writer, lastEventID: lastID), heartbeat, body)
            }, contentType: "text/event-stream")
        response.fields[.cacheControl] = "no-cache"
        // Without it nginx gathers events until its buffer is full.
        if let name = HTTPField.Name("X-Accel-Buffering") { response.fields[name] = "no" }
        return response
    }

    private static func run(
        _ sender: EventSender, _ heartbeat: Duration, _ body: @escaping @Sendable (EventSender) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await body(sender) }
            group.addTask {
                while true {
                    try await Task.sleep(for: heartbeat)
                    try await sender.beat()
                }
            }
            // The function has returned, or one of the two has thrown: either way it is over.
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}

/// Sends the events of one stream.
public struct EventSender: Sendable {
    private final class Activity: Sendable {
        let wasSeen = Atomic(false)
    }

    private let writer: BodyWriter
    private let activity = Activity()

    /// What the client has seen last, when it connects again; nil on its first visit.
    public let lastEventID: String?

    init(_ writer: BodyWriter, lastEventID: String?) {
        self.writer = writer
        self.lastEventID = lastEventID
    }

    /// Sends an event.
    ///
    /// - Parameter event: The event.
    /// - Throws: `CancellationError` or `WriteError` when the client has gone.
    public func callAsFunction(_ event: ServerSentEvent) async throws {
        activity.wasSeen.store(true, ordering: .relaxed)
        try await writer.write(event.encoded)
    }

    /// Sends an event that is a text.
    ///
    /// - Parameters:
    ///   - data: What the page gets.
    ///   - event: The kind of event, or nil for `message`.
    ///   - id: What the browser repeats in ``lastEventID`` when it connects again.
    /// - Throws: `CancellationError` or `WriteError` when the client has gone.
    public func callAsFunction(_ data: String, event: String? = nil, id: String? = nil) async throws {
        try await self(ServerSentEvent(data: data, event: event, id: id))
    }

    /// Sends an event whose data is a value as JSON.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - event: The kind of event, or nil for `message`.
    ///   - id: What the browser repeats in ``lastEventID`` when it connects again.
    /// - Throws: `WireError` when the value cannot be written as JSON; `CancellationError` or `WriteError` when the
    ///   client has gone.
    public func callAsFunction(json value: some Encodable, event: String? = nil, id: String? = nil) async throws {
        let text = String(decoding: try JSONCoding.encode(value), as: UTF8.self)
        try await self(ServerSentEvent(data: text, event: event, id: id))
    }

    /// Sends a sign of life if nothing else was sent since the last one.
    func beat() async throws {
        guard !activity.wasSeen.exchange(false, ordering: .relaxed) else { return }
        try await writer.write(ServerSentEvent.heartbeat.encoded)
    }
}
