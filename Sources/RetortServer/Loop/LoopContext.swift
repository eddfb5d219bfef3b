// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import RetortWire

/// What the connections of one event loop share: its tasks, its clock, its timers, its buffers.
///
/// `@unchecked Sendable`: everything is touched on the event loop only.
final class LoopContext: @unchecked Sendable {
    let loop: any EventLoop
    let pool: HandlerPool
    let limits: ServerLimits
    let responder: any Responder
    let log: Logger

    /// What looks for slow handlers; nil when nobody does.
    let watch: LoopWatch?

    /// The connections under way, by identity.
    private var connections: [ObjectIdentifier: Connection] = [:]

    /// Rises by one each ``tickLength`` while there are connections.
    ///
    /// Deadlines count in ticks, so that a request needs no look at the clock.
    private(set) var tick: UInt64 = 0

    /// `Date: …` with its line end, for the second that the last tick saw.
    private(set) var dateLine: [UInt8]

    /// A buffer for responses that is taken and given back, so that a response needs no allocation.
    ///
    /// It is exchanged and not used in its place, so no two accesses can overlap.
    @exclusivity(unchecked) var scratch = ByteBuffer()

    /// Whether the server stops: no connection takes another request.
    private(set) var isDraining = false

    private var ticking: RepeatedTask?

    /// The precision of every time limit.
    static let tickLength: TimeAmount = .milliseconds(250)

    /// How long an idle connection may still send a request after the server has begun to stop.
    static let lastCall: Duration = .milliseconds(500)

    init(
        loop: any EventLoop, limits: ServerLimits, responder: any Responder, log: Logger, watch: LoopWatch? = nil
    ) {
        self.loop = loop
        self.limits = limits
        self.responder = responder
        self.log = log
        self.watch = watch
        pool = HandlerPool(LoopExecutor(loop, watch: watch))
        dateLine = DateLine.now()
        idleTicks = Self.ticks(limits.idleTime)
    }

    var count: Int { connections.count }

    func add(_ connection: Connection) {
        connections[ObjectIdentifier(connection)] = connection
        guard ticking == nil else { return }
        dateLine = DateLine.now()
        ticking = loop.scheduleRepeatedTask(initialDelay: Self.tickLength, delay: Self.tickLength) { [weak self] _ in
            self?.advance()
        }
    }

    func remove(_ connection: Connection) {
        connections[ObjectIdentifier(connection)] = nil
        guard connections.isEmpty else { return }
        ticking?.cancel()
        ticking = nil
    }

    /// ``ServerLimits/idleTime`` in ticks, because it is asked for behind every response.
    private let idleTicks: UInt64

    /// The tick in which a connection that becomes idle now will have been idle for too long.
    var idleDeadline: UInt64 { tick + idleTicks }

    /// The tick in which a time from now will have passed.
    func deadline(_ time: Duration) -> UInt64 { tick + Self.ticks(time) }

    private static func ticks(_ time: Duration) -> UInt64 {
        let (seconds, attoseconds) = time.components
        // A day is longer than any limit that means something, and keeps the arithmetic safe.
        let milliseconds = min(max(seconds, 0), 86_400) * 1_000 + attoseconds / 1_000_000_000_000_000
        return UInt64(milliseconds + 249) / 250 + 1
    }

    private func advance() {
        tick += 1
        dateLine = DateLine.now()
        for connection in Array(connections.values) { connection.tickCame(tick) }
    }

    /// Stops taking requests: connections close as soon as they have answered what they have.
    func drain() {
        isDraining = true
        for connection in Array(connections.values) { connection.drain() }
    }

    /// Closes every connection at once, and cancels its handler.
    func closeAll() {
        for connection in Array(connections.values) { connection.closeNow() }
        pool.close()
    }
}
