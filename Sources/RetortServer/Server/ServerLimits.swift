// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import RetortWire

/// Limits on what one client may cost, each with a default.
public struct ServerLimits: Sendable {
    /// Limits on the request line and the headers: 400, 414, 431.
    public var head = HeadLimits()

    /// Most bytes of a body unless a route allows others: 413.
    public var bodyBytes = 2 * 1_024 * 1_024

    /// Longest time from the first byte of a head to its end: 408.
    public var headTime: Duration = .seconds(10)

    /// Longest pause between two pieces of a body: 408.
    public var bodyPause: Duration = .seconds(30)

    /// Least bytes per second of a body once ``bodyPause`` has passed: 408.
    public var bodyRate = 512

    /// Longest time that a connection may stay open without a request: it is closed.
    public var idleTime: Duration = .seconds(60)

    /// Longest time that a client may read nothing of a response: the connection is closed.
    public var writePause: Duration = .seconds(30)

    /// Most connections at the same time.
    ///
    /// One more is answered 503 and closed.
    public var connections = 16_384

    /// Most handlers at work at the same time.
    ///
    /// One more request is answered 503 with Retry-After.
    public var requestsInFlight = 4_096

    /// Most requests over one connection.
    public var requestsPerConnection = 1_000_000_000

    /// Most bytes of one WebSocket message after decompression: close code 1009.
    public var webSocketMessageBytes = 1_024 * 1_024

    /// Longest pause after which an idle WebSocket is sent a ping; it is closed when no answer comes in the same time.
    public var webSocketPing: Duration = .seconds(30)

    /// Creates the default limits.
    public init() {}
}
