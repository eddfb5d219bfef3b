// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// How servers of the Open Inference Protocol are asked.
public struct RemoteOptions: Sendable {
    /// The most requests that are on their way at once, each with a connection and a thread; 16 by default.
    public var connections = 16

    /// The most requests that wait for a connection, 256 by default; one more is refused.
    public var maximumWaiting = 256

    /// How long a connection may take to be made; 2 seconds by default.
    public var connectTime: Duration = .seconds(2)

    /// How long a request without a deadline may take; 30 seconds by default.
    public var requestTime: Duration = .seconds(30)

    /// The most bytes of an answer; 64 MiB by default.
    public var answerBytes = 64 << 20

    /// How many further tries there may be in a row before answers have earned new ones; 10 by default.
    public var retryReserve = 10

    /// How many further tries each answer earns; a fifth by default.
    ///
    /// So servers that are in trouble get at most so much more to do.
    public var retryShare = 0.2

    /// The value of the header `Authorization`, as in "Bearer …"; nil for none.
    public var authorization: String?

    /// Creates options with their defaults.
    public init() {}
}
