// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import NIOPosix
import Synchronization

/// One context for each event loop of a server, and what they count together.
final class LoopContexts: Sendable {
    private let byLoop: [ObjectIdentifier: LoopContext]
    private let all: [LoopContext]

    /// How long handlers that were cancelled may take to end.
    private static let farewell: Duration = .seconds(2)

    /// Handlers at work on all loops.
    private var busyCount: Int {
        get async {
            var sum = 0
            for context in all { sum += (try? await context.loop.submit { context.pool.busyCount }.get()) ?? 0 }
            return sum
        }
    }

    /// Connections open on all loops.
    let connectionCount = Atomic<Int>(0)

    /// What looks for slow handlers; none when nobody does.
    var watches: [LoopWatch] { all.compactMap(\.watch) }

    init(
        _ group: MultiThreadedEventLoopGroup, configuration: ServerConfiguration, responder: any Responder, log: Logger
    ) {
        let limits = configuration.limits
        let loops = Array(group.makeIterator())
        // Each loop has its share, so that nothing is counted across threads for a request.
        var share = limits
        share.requestsInFlight = max(1, (limits.requestsInFlight + loops.count - 1) / loops.count)
        all = loops.map { loop in
            let watch = configuration.slowHandlerTime.map { LoopWatch(limit: $0, responder: responder, log: log) }
            return LoopContext(loop: loop, limits: share, responder: responder, log: log, watch: watch)
        }
        byLoop = Dictionary(all.map { (ObjectIdentifier($0.loop), $0) }, uniquingKeysWith: { first, _ in first })
    }

    subscript(loop: any EventLoop) -> LoopContext? { byLoop[ObjectIdentifier(loop)] }

    /// Lets every request at work finish, for so long; then cancels what is left.
    func drain(within gracePeriod: Duration) async {
        for context in all { try? await context.loop.submit { context.drain() }.get() }
        let clock = ContinuousClock()
        let end = clock.now + gracePeriod
        while connectionCount.load(ordering: .relaxed) > 0, clock.now < end {
            // The task may be cancelled already, in which case `Task.sleep` would not wait.
            try? await all.first?.loop.scheduleTask(in: .milliseconds(20)) {}.futureResult.get()
        }
        for context in all { try? await context.loop.submit { context.closeAll() }.get() }
        // The loops run the handlers: those that were cancelled must come to their ends before the loops stop.
        let last = clock.now + Self.farewell
        while await busyCount > 0, clock.now < last {
            try? await all.first?.loop.scheduleTask(in: .milliseconds(5)) {}.futureResult.get()
        }
    }
}
