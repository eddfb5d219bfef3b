// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import Synchronization

/// Watches one event loop for handlers that hold it, and names them.
///
/// The loop says when it begins and ends to run the code of a request. What took too long is reported at its end, with
/// its time. What does not end is reported by ``Watchdog/watch(_:)``. Either way an incident is one line.
final class LoopWatch: Sendable {
    private struct Stay {
        var request: ServerRequest?
        var since: ContinuousClock.Instant
        var depth = 1
        var isReported = false
    }

    private let stay = Mutex<Stay?>(nil)
    private let limit: Duration
    private let responder: any Responder
    private let log: Logger

    init(limit: Duration, responder: any Responder, log: Logger) {
        self.limit = limit
        self.responder = responder
        self.log = log
    }

    /// The request whose code the loop runs.
    var request: ServerRequest? { stay.withLock { $0?.request } }

    /// The loop begins to run code of a request.
    func enter(_ request: ServerRequest?) {
        stay.withLock { stay in
            if stay == nil { stay = Stay(request: request, since: .now) } else { stay?.depth += 1 }
        }
    }

    /// The loop is done with that code for now.
    func leave() {
        let ended = stay.withLock { stay -> Stay? in
            stay?.depth -= 1
            guard let ended = stay, ended.depth <= 0 else { return nil }
            stay = nil
            return ended
        }
        guard let ended, !ended.isReported else { return }
        let time = ended.since.duration(to: .now)
        if time >= limit { report(ended.request, "held an event loop for \(Self.milliseconds(time)) ms") }
    }

    /// Reports code that runs for so long that it may never end.
    func checkForStandstill(after patience: Duration) {
        let stuck = stay.withLock { stay -> Stay? in
            guard let current = stay, !current.isReported, current.since.duration(to: .now) >= patience else {
                return nil
            }
            stay?.isReported = true
            return current
        }
        guard let stuck else { return }
        let time = Self.milliseconds(stuck.since.duration(to: .now))
        report(stuck.request, "has held an event loop for \(time) ms and does not let go")
    }

    private func report(_ request: ServerRequest?, _ what: String) {
        let name = request.map { responder.name(of: $0) } ?? "A handler"
        log.warning(
            "\(name) \(what). Nothing else was served on it meanwhile: move work that blocks to a thread pool.")
    }

    private static func milliseconds(_ time: Duration) -> Int64 {
        time.components.seconds * 1_000 + time.components.attoseconds / 1_000_000_000_000_000
    }
}

/// Looks after the loops of a server for as long as it serves.
enum Watchdog {
    /// How long code may run before it counts as never ending.
    static let patience: Duration = .seconds(2)

    @concurrent
    static func watch(_ watches: [LoopWatch]) async {
        guard !watches.isEmpty else { return }
        while !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(500))
            for watch in watches { watch.checkForStandstill(after: patience) }
        }
    }
}
