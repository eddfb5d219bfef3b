// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Runs the jobs of tasks on an event loop, so that a handler that never waits costs no change of thread.
///
/// `@unchecked Sendable`: `startsInline` and `request` are touched on the event loop only.
final class LoopExecutor: TaskExecutor, @unchecked Sendable {
    let loop: any EventLoop

    /// Whether the next job runs at once, inside the call that enqueues it.
    private var startsInline = false

    /// What wants to know when code runs; nil unless slow handlers are looked for.
    let watch: LoopWatch?

    /// The request whose handler this executor runs, where there is a watch.
    var request: ServerRequest?

    init(_ loop: any EventLoop, watch: LoopWatch? = nil) {
        self.loop = loop
        self.watch = watch
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if loop.inEventLoop, startsInline {
            startsInline = false
            run(job)
        } else {
            loop.execute { self.run(job) }
        }
    }

    private func run(_ job: UnownedJob) {
        watch?.enter(request)
        job.runSynchronously(on: asUnownedTaskExecutor())
        watch?.leave()
    }

    /// Resumes a continuation whose task runs here, and runs that task until it waits again, inside this call.
    ///
    /// To be called on the event loop, outside any task: jobs must not nest.
    func resumeInline(_ continuation: UnsafeContinuation<Void, Never>) {
        startsInline = true
        continuation.resume()
        startsInline = false
    }
}
