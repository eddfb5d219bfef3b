// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// Work on a stream of frames, of which only the newest matters.
///
/// While one frame is being worked on, at most one waits; a newer one takes its place, and the older one ends with
/// `ComputeError` and the code `superseded`. So a slow machine shows fewer frames, and none of them late.
///
///     let latest = LatestWins(pool)
///     for try await message in socket.messages {
///         Task { … try await latest.run { try detector.detect(in: Image(decoding: message.bytes)) } … }
///     }
public final class LatestWins: Sendable {
    private let pool: ComputePool
    private let state = Mutex(State())

    private struct State {
        var isRunning = false
        var waiting: (job: ComputeJob, resume: @Sendable (Bool) -> Void)?
    }

    /// Makes a stream of work.
    ///
    /// - Parameter pool: The pool that does it.
    public init(_ pool: ComputePool) { self.pool = pool }

    /// Does work on the newest frame.
    ///
    /// - Parameter work: The work.
    /// - Returns: What the work returns.
    /// - Throws: `ComputeError` with the code `superseded` when a newer frame came first; as `ComputePool.run` else.
    public func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        let job = ComputeJob()
        guard await turn(of: job) else {
            try Task.checkCancellation()
            throw ComputeError(.superseded, "A newer frame came first.")
        }
        defer { passOn() }
        return try await pool.run(as: job, patience: pool.patience) { _ in try work() }
    }

    /// Waits until no other frame is being worked on; `false` when a newer one took the place.
    private func turn(of job: ComputeJob) async -> Bool {
        await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Bool, Never>) in
                let resume: @Sendable (Bool) -> Void = { continuation.resume(returning: $0) }
                let (mine, older) = state.withLock { state -> (Bool?, (@Sendable (Bool) -> Void)?) in
                    if job.isCancelled { return (false, nil) }
                    guard state.isRunning else {
                        state.isRunning = true
                        return (true, nil)
                    }
                    let older = state.waiting?.resume
                    state.waiting = (job, resume)
                    return (nil, older)
                }
                older?(false)
                if let mine { resume(mine) }
            }
        } onCancel: {
            job.cancel()
            let waiting = state.withLock { state -> (@Sendable (Bool) -> Void)? in
                guard let waiting = state.waiting, waiting.job === job else { return nil }
                state.waiting = nil
                return waiting.resume
            }
            waiting?(false)
        }
    }

    private func passOn() {
        let next = state.withLock { state -> (@Sendable (Bool) -> Void)? in
            let next = state.waiting?.resume
            state.waiting = nil
            if next == nil { state.isRunning = false }
            return next
        }
        next?(true)
    }
}
