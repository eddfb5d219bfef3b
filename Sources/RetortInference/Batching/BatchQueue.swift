// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Requests that wait for the engine, and the choice of those that are computed next.
///
/// It computes nothing, waits for nothing and reads no clock, so that a test can walk through every case of it.
struct BatchQueue<Payload: Sendable>: Sendable {
    struct Entry: Sendable {
        let id: UInt64
        /// How many rows the request has.
        let rows: Int
        /// What requests must have in common to be computed together: the shapes of their inputs but for the rows.
        let signature: [[Int]]
        let priority: Int
        let deadline: ContinuousClock.Instant?
        let arrival: ContinuousClock.Instant
        /// Whether it is computed without others, because it failed with them.
        var isAlone = false
        var payload: Payload

        /// Higher priorities first, then those that are due sooner, then those that came sooner.
        func isBefore(_ other: Entry) -> Bool {
            if priority != other.priority { return priority > other.priority }
            switch (deadline, other.deadline) {
            case (let own?, let others?) where own != others: return own < others
            case (_?, nil): return true
            case (nil, _?): return false
            default: return id < other.id
            }
        }
    }

    enum Readiness: Equatable {
        case empty
        case now
        /// Company may come until then.
        case later(ContinuousClock.Instant)
    }

    let options: QueueOptions
    /// How many batches are computed at once.
    var slots: Int
    private(set) var entries: [Entry] = []
    private(set) var rows = 0

    init(options: QueueOptions, slots: Int = 1) {
        self.options = options
        self.slots = max(slots, 1)
    }

    var count: Int { entries.count }

    /// Whether one more may wait.
    var isFull: Bool { entries.count >= max(options.maximumWaiting, 1) }

    mutating func insert(_ entry: Entry) {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].isBefore(entry) { low = middle + 1 } else { high = middle }
        }
        entries.insert(entry, at: low)
        rows += entry.rows
    }

    mutating func remove(_ id: UInt64) -> Entry? {
        guard let index = entries.firstIndex(where: { $0.id == id }) else { return nil }
        rows -= entries[index].rows
        return entries.remove(at: index)
    }

    /// Whether something should be computed now.
    ///
    /// - Parameters:
    ///   - now: The time.
    ///   - limit: The most rows that should be computed together.
    ///   - isBusy: Whether anything is being computed. A request that is alone never waits for company.
    /// - Returns: Whether the next batch is to be taken, or when.
    func readiness(now: ContinuousClock.Instant, limit: Int, isBusy: Bool) -> Readiness {
        guard let first = entries.first else { return .empty }
        guard isBusy, options.maximumDelay > .zero, limit > 1, !first.isAlone else { return .now }
        let batch = chosen(limit)
        if batch.reduce(0, { $0 + entries[$1].rows }) >= limit { return .now }
        let oldest = batch.map { entries[$0].arrival }.min() ?? now
        let due = oldest + options.maximumDelay
        return due <= now ? .now : .later(due)
    }

    /// What each slot gets of what waits: one batch of all of it would leave the others nothing to compute.
    var share: Int { (rows + slots - 1) / slots }

    /// Takes the most urgent request out, and those that can be computed together with it.
    ///
    /// - Parameter limit: The most rows of them together; a request that has more by itself is computed alone.
    /// - Returns: Requests in the order of their urgency; none when none waits.
    mutating func next(limit: Int) -> [Entry] {
        let indexes = chosen(limit)
        let batch = indexes.map { entries[$0] }
        for index in indexes.reversed() { entries.remove(at: index) }
        rows -= batch.reduce(0) { $0 + $1.rows }
        return batch
    }

    private func chosen(_ limit: Int) -> [Int] {
        guard let first = entries.first else { return [] }
        var indexes = [0]
        guard !first.isAlone else { return indexes }
        var room = limit - first.rows
        for index in entries.indices.dropFirst() where room > 0 {
            let entry = entries[index]
            if !entry.isAlone, entry.rows <= room, entry.signature == first.signature {
                indexes.append(index)
                room -= entry.rows
            }
        }
        return indexes
    }
}
