// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// A piece of work in a pool, as it sees itself.
///
/// Long work asks it from time to time whether anybody still waits:
///
///     try await pool.run { job in
///         for tile in tiles {
///             try job.checkCancellation()
///             …
///         }
///     }
public final class ComputeJob: Sendable {
    private let cancelled = Atomic(false)

    init() {}

    /// Whether nobody waits for the result any more.
    public var isCancelled: Bool { cancelled.load(ordering: .relaxed) }

    /// Stops the work when nobody waits for its result.
    ///
    /// - Throws: `CancellationError` when the caller was cancelled, such as by a client that hung up.
    public func checkCancellation() throws {
        if isCancelled { throw CancellationError() }
    }

    func cancel() { cancelled.store(true, ordering: .relaxed) }
}
