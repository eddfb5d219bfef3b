// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Finds out how many rows are best computed together.
///
/// A processor that one row keeps busy gains nothing from eight, and everybody waits longer; another one gains a lot. So
/// the time of a row is measured for sizes that double, while requests wait, and the smallest of the best sizes is used.
/// From time to time its neighbours are tried again.
struct BatchSizing: Sendable {
    /// One, its doubles, and the largest that is allowed.
    let sizes: [Int]
    /// The time of a row for each size, as a moving average; `nil` before it was tried.
    private(set) var times: [Duration?]
    private var samples: [Int]
    private var turn = 0

    /// How often a size is tried at first.
    ///
    /// The first time does not count: the engine prepares itself for a new size.
    private static let firstTries = 3
    /// After how many executions a neighbour is tried again.
    private static let interval = 64

    init(maximum: Int) {
        var sizes = [1]
        while let last = sizes.last, last < maximum { sizes.append(min(2 * last, maximum)) }
        self.sizes = sizes
        times = [Duration?](repeating: nil, count: sizes.count)
        samples = [Int](repeating: 0, count: sizes.count)
    }

    /// How many rows should be computed together at the most.
    ///
    /// - Parameter available: How many there are.
    /// - Returns: At least 1.
    func limit(available: Int) -> Int {
        let reachable = sizes.indices.filter { sizes[$0] <= max(available, 1) }
        if let untried = reachable.last(where: { samples[$0] < Self.firstTries }) { return sizes[untried] }
        let best = best(of: reachable)
        if turn % Self.interval == Self.interval - 1 {
            let neighbour = best + ((turn / Self.interval) % 2 == 0 ? 1 : -1)
            if reachable.contains(neighbour) { return sizes[neighbour] }
        }
        return sizes[best]
    }

    private func best(of reachable: [Int]) -> Int {
        let known = reachable.filter { times[$0] != nil }
        guard let least = known.compactMap({ times[$0] }).min() else { return 0 }
        // What is no better than a thirtieth is noise, and smaller ones answer sooner.
        return known.first { (times[$0] ?? least) <= least + least / 30 } ?? 0
    }

    /// Learns from an execution.
    ///
    /// - Parameters:
    ///   - rows: How many rows were computed.
    ///   - time: How long it took.
    ///   - othersWaited: Whether there was enough to do; otherwise the time says nothing about a busy machine.
    mutating func record(rows: Int, time: Duration, othersWaited: Bool) {
        guard othersWaited, rows >= 1, let index = sizes.lastIndex(where: { $0 <= rows }) else { return }
        turn += 1
        samples[index] += 1
        if samples[index] == 1 { return }
        let own = time / rows
        times[index] = times[index].map { $0 * 7 / 8 + own / 8 } ?? own
    }
}
