// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// The tasks in which the handlers of one event loop run.
///
/// This is the only file that starts unstructured tasks.
///
/// A task is kept after its handler has returned and serves the next request, because waking a waiting task on its
/// own loop costs a tenth of starting a new one. A task that was cancelled is not used again.
///
/// `@unchecked Sendable`: everything is touched on the event loop only.
final class HandlerPool: @unchecked Sendable {
    let executor: LoopExecutor
    private var idle: [HandlerWorker] = []
    private(set) var busyCount = 0

    /// More waiting tasks than this are not kept.
    private static let mostIdle = 256

    init(_ executor: LoopExecutor) { self.executor = executor }

    /// Runs a handler and writes its response.
    ///
    /// When the handler does not wait, that is over when this returns.
    func run(_ job: HandlerJob) -> HandlerWorker {
        busyCount += 1
        if let worker = idle.popLast(), let continuation = worker.waiting {
            worker.waiting = nil
            worker.job = job
            if let watch = executor.watch { worker.executor.request = watch.request }
            worker.executor.resumeInline(continuation)
            return worker
        }
        let worker = HandlerWorker(pool: self, executor: makeExecutor(), job: job)
        let task = Task.immediate(executorPreference: worker.executor) { await worker.run() }
        worker.task = task
        return worker
    }

    /// Takes a worker back; answers whether it shall wait for more work.
    func isDone(_ worker: HandlerWorker) -> Bool {
        busyCount -= 1
        if executor.watch != nil { worker.executor.request = nil }
        return !worker.isCancelled && idle.count < Self.mostIdle && !isClosed
    }

    /// All workers share an executor, unless each has to say whose handler it runs.
    private func makeExecutor() -> LoopExecutor {
        guard let watch = executor.watch else { return executor }
        let own = LoopExecutor(executor.loop, watch: watch)
        own.request = watch.request
        return own
    }

    func park(_ worker: HandlerWorker, _ continuation: UnsafeContinuation<Void, Never>) {
        worker.waiting = continuation
        idle.append(worker)
    }

    private var isClosed = false

    /// Ends the waiting tasks.
    ///
    /// To be called on the event loop.
    func close() {
        isClosed = true
        let workers = idle
        idle = []
        for worker in workers {
            let continuation = worker.waiting
            worker.waiting = nil
            continuation?.resume()
        }
    }
}

/// What a task is woken for: the handler of one request.
struct HandlerJob {
    let work: ServerReply.Work
    let connection: Connection

    /// The number of the request on its connection.
    let exchange: Int
}

/// One task that runs handlers, one after another.
///
/// `@unchecked Sendable`: everything is touched on the event loop only.
final class HandlerWorker: @unchecked Sendable {
    fileprivate var waiting: UnsafeContinuation<Void, Never>?
    fileprivate var job: HandlerJob?
    fileprivate var task: Task<Void, Never>?
    private(set) var isCancelled = false
    fileprivate let executor: LoopExecutor
    private let pool: HandlerPool

    init(pool: HandlerPool, executor: LoopExecutor, job: HandlerJob) {
        self.pool = pool
        self.executor = executor
        self.job = job
    }

    @concurrent
    fileprivate func run() async {
        while job != nil {
            await serve()
            guard pool.isDone(self) else { return }
            await withUnsafeContinuation { pool.park(self, $0) }
        }
    }

    /// Does one job; a function of its own, so that a task that waits for the next keeps nothing of it.
    nonisolated(nonsending)
        private func serve() async
    {
        guard let job = job.take() else { return }
        let response = await job.work()
        await job.connection.finishInTask(with: response)
        job.connection.workEnded(exchange: job.exchange)
    }

    /// Cancels the handler at work: its client has gone.
    func cancel() {
        isCancelled = true
        task?.cancel()
    }
}
