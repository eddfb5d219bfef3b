// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// How requests wait for a model, and whether several are computed together.
public struct QueueOptions: Sendable, Hashable {
    /// The most rows that are computed together; 1, the default, computes each request alone.
    ///
    /// Below it, as many are computed together as pays on this machine, which is measured while requests wait. The first
    /// axis of every input and output must be open for more than 1.
    public var maximumBatch = 1

    /// How long a request may wait for company although the engine has room, zero by default.
    ///
    /// It never waits when nothing else is being computed.
    public var maximumDelay: Duration = .zero

    /// The most requests that wait; one more is refused with ``InferenceError/Code/overloaded``.
    public var maximumWaiting = 256

    /// Creates options with their defaults.
    public init() {}
}
