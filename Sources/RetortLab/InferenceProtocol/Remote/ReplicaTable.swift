// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Which of several servers is asked next, and how often one may ask again.
///
/// A value without clock or sockets.
///
/// Source: Dean and Barroso, "The Tail at Scale", 2013; the budget is that of Finagle's `RetryBudget`.
struct ReplicaTable: Sendable {
    struct Replica: Sendable {
        let url: String
        /// Requests that are on their way.
        var inFlight = 0
        /// Failures since the last success.
        var failures = 0
        /// Until when it is not asked; nil for one that works.
        var downUntil: ContinuousClock.Instant?
    }

    /// What to do with a server.
    struct Choice: Sendable, Equatable {
        let index: Int
        /// Whether it has to be asked first how it is.
        let needsCheck: Bool
    }

    private(set) var replicas: [Replica]
    /// How many further tries are allowed now.
    private(set) var budget: Double
    private let most: Double
    private let share: Double
    /// Where to begin to look, so that servers that are alike take turns.
    private var turn = 0

    init(_ urls: [String], most: Int, share: Double) {
        replicas = urls.map { Replica(url: $0) }
        self.most = Double(most)
        self.share = share
        budget = Double(most)
    }

    /// The server with the fewest requests of those that work; one whose pause is over is tried again.
    ///
    /// - Parameters:
    ///   - tried: Those that have failed this request already.
    ///   - now: The time.
    /// - Returns: A server whose requests were counted up; nil when all were tried.
    mutating func choose(except tried: Set<Int>, now: ContinuousClock.Instant) -> Choice? {
        let candidates = replicas.indices.map { (turn + $0) % replicas.count }.filter { !tried.contains($0) }
        turn = (turn + 1) % max(replicas.count, 1)
        if let returning = candidates.first(where: { replicas[$0].downUntil.map { $0 <= now } ?? false }) {
            // Others do not wait for the same one meanwhile.
            replicas[returning].downUntil = now + Self.pause(replicas[returning].failures)
            replicas[returning].inFlight += 1
            return Choice(index: returning, needsCheck: true)
        }
        let working = candidates.filter { replicas[$0].downUntil == nil }
        if let best = working.min(by: { replicas[$0].inFlight < replicas[$1].inFlight }) {
            replicas[best].inFlight += 1
            return Choice(index: best, needsCheck: false)
        }
        // When all are down, trying is better than not trying.
        guard let first = candidates.min(by: { replicas[$0].failures < replicas[$1].failures }) else { return nil }
        replicas[first].inFlight += 1
        return Choice(index: first, needsCheck: true)
    }

    /// Takes down what became of a request.
    mutating func settle(_ index: Int, works: Bool, now: ContinuousClock.Instant) {
        replicas[index].inFlight -= 1
        if works {
            replicas[index].failures = 0
            replicas[index].downUntil = nil
            budget = min(budget + share, most)
        } else {
            replicas[index].downUntil = now + Self.pause(replicas[index].failures)
            replicas[index].failures += 1
        }
    }

    /// Takes a further try out of the budget.
    mutating func mayTryAgain() -> Bool {
        guard budget >= 1 else { return false }
        budget -= 1
        return true
    }

    /// A quarter of a second, and twice as long after each further failure, up to eight seconds.
    static func pause(_ failures: Int) -> Duration { .milliseconds(250 << min(max(failures, 0), 5)) }
}
