// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import NIOPosix
internal import Synchronization

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Threads for work that keeps a core busy: decoding pictures, detecting faces, running networks.
///
/// Such work on an event loop would hold up every connection of it. Here it has threads of its own, as many as there are
/// cores, and a queue with an end: when more work arrives than can be done, the surplus is refused at once with the time
/// after which trying again makes sense, and what was accepted is served. Work whose caller is cancelled leaves the queue.
///
///     let pool = ComputePool()
///     let edges = try await pool.run { try Image(decoding: bytes).canny().encoded(as: .jpeg()) }
///
/// Put a whole chain of operations into one call: each call leaves the event loop once and comes back once.
public final class ComputePool: Sendable {
    /// How many pieces of work run at once.
    public let threads: Int
    /// How many pieces of work may wait.
    public let queueLimit: Int
    /// How long a piece of work may wait, unless it says otherwise.
    public let patience: Duration

    private let workers: NIOThreadPool
    private let state = Mutex(State())

    /// Makes a pool.
    ///
    /// - Parameters:
    ///   - threads: How many pieces of work run at once; as many as cores by default.
    ///   - queueLimit: How many may wait; 16 for each thread by default.
    ///   - patience: How long one may wait.
    public init(threads: Int? = nil, queueLimit: Int? = nil, patience: Duration = .seconds(30)) {
        let threads = max(1, threads ?? ComputePool.cores)
        self.threads = threads
        self.queueLimit = max(0, queueLimit ?? threads * 16)
        self.patience = patience
        workers = NIOThreadPool(numberOfThreads: threads)
        workers.start()
    }

    deinit { workers.shutdownGracefully { _ in } }

    /// How many cores this process may use.
    public static var cores: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

    /// Does work on a thread of the pool.
    ///
    /// - Parameters:
    ///   - patience: How long it may wait for a thread; the pool's own by default.
    ///   - isContinuation: Whether it goes on with what the pool has begun, such as encoding what was found: it is never
    ///     refused, and goes before work that has not begun.
    ///   - work: The work.
    /// - Returns: What the work returns.
    /// - Throws: `ComputeError` when the queue is full or the wait too long; `CancellationError` when the caller was
    ///   cancelled before the work began; what the work throws.
    public func run<Result: Sendable>(
        patience: Duration? = nil, isContinuation: Bool = false, _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await run(
            as: ComputeJob(), patience: patience ?? self.patience, isContinuation: isContinuation
        ) { _ in try work() }
    }

    /// Does work that asks whether anybody still waits.
    ///
    /// - Parameters:
    ///   - patience: How long it may wait for a thread; the pool's own by default.
    ///   - work: The work; it gets itself, to ask.
    /// - Returns: What the work returns.
    /// - Throws: As the other `run`.
    public func run<Result: Sendable>(
        patience: Duration? = nil, _ work: @escaping @Sendable (ComputeJob) throws -> Result
    ) async throws -> Result {
        try await run(as: ComputeJob(), patience: patience ?? self.patience, work)
    }

    func run<Result: Sendable>(
        as job: ComputeJob, patience: Duration, isContinuation: Bool = false,
        _ work: @escaping @Sendable (ComputeJob) throws -> Result
    ) async throws -> Result {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Result, any Error>) in
                let entry = Entry(job: job, deadline: .now + patience, isContinuation: isContinuation) {
                    let result = Swift.Result { try work(job) }
                    return { continuation.resume(with: result) }
                } fail: { error in
                    continuation.resume(throwing: error)
                }
                admit(entry)
            }
        } onCancel: {
            job.cancel()
            withdraw(job, CancellationError())
        }
    }

    /// Takes work out of the queue, if it is still there.
    func withdraw(_ job: ComputeJob, _ error: any Error) {
        let entry = state.withLock { state -> Entry? in
            guard let index = state.queue.firstIndex(where: { $0.job === job }) else { return nil }
            return state.queue.remove(at: index)
        }
        entry?.fail(error)
    }

    /// What the pool is doing.
    public var statistics: ComputeStatistics {
        state.withLock { state in
            ComputeStatistics(
                threads: threads, running: state.running, waiting: state.queue.count, finished: state.finished,
                refused: state.refused, meanDuration: .seconds(state.mean))
        }
    }
}

/// What a pool is doing.
public struct ComputeStatistics: Sendable, Hashable {
    /// How many pieces of work run at once.
    public var threads: Int
    /// How many are running.
    public var running: Int
    /// How many are waiting.
    public var waiting: Int
    /// How many were done.
    public var finished: Int
    /// How many were refused, or gave up waiting.
    public var refused: Int
    /// How long a piece of work takes: a mean in which new ones count more.
    public var meanDuration: Duration
}

extension ComputePool {
    /// Work that waits.
    private struct Entry: Sendable {
        let job: ComputeJob
        let deadline: ContinuousClock.Instant
        let isContinuation: Bool
        /// Does the work and returns what hands its result to the caller.
        let work: @Sendable () -> @Sendable () -> Void
        let fail: @Sendable (any Error) -> Void
    }

    private struct State {
        var queue: [Entry] = []
        var running = 0
        var finished = 0
        var refused = 0
        /// Seconds.
        var mean = 0.0
        /// When the task wakes up that looks for those who have waited too long.
        var wake: ContinuousClock.Instant?
    }

    private enum Admission {
        case start, wait
        case refuse(any Error)
    }

    private func admit(_ entry: Entry) {
        let admission = state.withLock { state -> Admission in
            if entry.job.isCancelled { return .refuse(CancellationError()) }
            if state.running < threads {
                state.running += 1
                return .start
            }
            if entry.isContinuation {
                let place = state.queue.firstIndex { !$0.isContinuation } ?? state.queue.endIndex
                state.queue.insert(entry, at: place)
                return .wait
            }
            guard state.queue.count < queueLimit else {
                state.refused += 1
                return .refuse(overload(state))
            }
            state.queue.append(entry)
            return .wait
        }
        switch admission {
        case .start: submit(entry)
        case .refuse(let error): entry.fail(error)
        case .wait: wakeUp(at: entry.deadline)
        }
    }

    /// Runs one piece of work after another on a thread, until the queue is empty.
    private func submit(_ first: Entry) {
        workers.submit { [self] status in
            guard status == .active else {
                state.withLock { $0.running -= 1 }
                first.fail(ComputeError(.stopped, "The pool was stopped."))
                return
            }
            ComputePool.stepBehind()
            var next: Entry? = first
            while let entry = next {
                let start = ContinuousClock.now
                let deliver = entry.work()
                next = finish(after: ContinuousClock.now - start)
                deliver()
            }
        }
    }

    /// Lets the event loops of the process go first, whose work is short and waited for; then small requests are answered
    /// within milliseconds while every core works on pictures.
    ///
    /// On Linux a niceness belongs to a thread, against POSIX; elsewhere it would be that of the whole process.
    private static func stepBehind() {
        #if os(Linux)
            // The first is PRIO_PROCESS, which has another type in each C library; the second is the calling thread.
            _ = setpriority(0, 0, 5)
        #endif
    }

    private func finish(after duration: Duration) -> Entry? {
        state.withLock { state in
            state.finished += 1
            let seconds = duration / .seconds(1)
            state.mean = state.mean == 0 ? seconds : state.mean * 0.9 + seconds * 0.1
            guard !state.queue.isEmpty else {
                state.running -= 1
                return nil
            }
            return state.queue.removeFirst()
        }
    }

    /// Has those who have waited too long give up in time, though all threads may be stuck in long work.
    ///
    /// One task sleeps for the whole queue, until the earliest deadline in it.
    private func wakeUp(at deadline: ContinuousClock.Instant) {
        let isEarlier = state.withLock { state in
            guard state.wake.map({ deadline < $0 }) ?? true else { return false }
            state.wake = deadline
            return true
        }
        guard isEarlier else { return }
        Task { [weak self] in
            try? await Task.sleep(until: deadline, clock: .continuous)
            self?.giveUp(at: deadline)
        }
    }

    private func giveUp(at deadline: ContinuousClock.Instant) {
        let now = ContinuousClock.now
        let (late, next) = state.withLock { state -> ([Entry], ContinuousClock.Instant?) in
            let late = state.queue.filter { $0.deadline <= now }
            state.queue.removeAll { $0.deadline <= now }
            state.refused += late.count
            // An earlier deadline has a task of its own.
            if state.wake == deadline { state.wake = nil }
            return (late, state.queue.map(\.deadline).min())
        }
        for entry in late {
            entry.fail(
                ComputeError(.timedOut, "The work waited too long for a free core.", retryAfter: .seconds(5)))
        }
        if let next { wakeUp(at: next) }
    }

    private func overload(_ state: State) -> ComputeError {
        let wait = max(1, (Double(state.queue.count + 1) * state.mean / Double(threads)).rounded(.up))
        return ComputeError(
            .overloaded, "All \(threads) cores are busy and \(state.queue.count) requests wait already.",
            retryAfter: .seconds(wait))
    }
}
