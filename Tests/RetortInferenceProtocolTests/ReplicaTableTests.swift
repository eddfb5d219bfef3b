// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortLab

/// Which server gets the next request.
@Suite struct ReplicaTableTests {
    private let start = ContinuousClock.now

    private func choose(_ table: inout ReplicaTable, except tried: Set<Int> = [], _ now: ContinuousClock.Instant? = nil)
        -> ReplicaTable.Choice?
    {
        table.choose(except: tried, now: now ?? start)
    }

    @Test func theOneWithTheFewestRequestsIsNext() {
        var table = ReplicaTable(["a", "b", "c"], most: 10, share: 0.2)
        let first = (0..<6).compactMap { _ in choose(&table)?.index }
        #expect(first.sorted() == [0, 0, 1, 1, 2, 2])
        table.settle(1, works: true, now: start)
        let next = choose(&table)
        #expect(next == ReplicaTable.Choice(index: 1, needsCheck: false))
    }

    @Test func theOneThatFailedPausesAndIsThenAskedFirstHowItIs() {
        var table = ReplicaTable(["a", "b"], most: 10, share: 0.2)
        let first = choose(&table, except: [1])
        #expect(first?.index == 0)
        table.settle(0, works: false, now: start)
        let meanwhile = (0..<10).map { _ in choose(&table)?.index }
        #expect(meanwhile.allSatisfy { $0 == 1 })
        let later = start + .milliseconds(250)
        let check = choose(&table, later)
        #expect(check == ReplicaTable.Choice(index: 0, needsCheck: true))
        // Meanwhile nobody else waits for it.
        let other = choose(&table, later)
        #expect(other?.index == 1)
        table.settle(0, works: true, now: later)
        let back = choose(&table, later)
        #expect(back == ReplicaTable.Choice(index: 0, needsCheck: false))
    }

    @Test func pausesGrowUpToEightSeconds() {
        let expected = [250, 500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000].map { Duration.milliseconds($0) }
        #expect((0..<8).map(ReplicaTable.pause) == expected)
    }

    @Test func whenAllAreDownOneIsTriedNevertheless() {
        var table = ReplicaTable(["a"], most: 10, share: 0.2)
        let first = choose(&table)
        #expect(first?.needsCheck == false)
        table.settle(0, works: false, now: start)
        let second = choose(&table)
        #expect(second == ReplicaTable.Choice(index: 0, needsCheck: true))
        let third = choose(&table, except: [0])
        #expect(third == nil)
    }

    @Test func furtherTriesAreEarned() {
        var table = ReplicaTable(["a"], most: 2, share: 0.5)
        let tries = (0..<3).map { _ in table.mayTryAgain() }
        #expect(tries == [true, true, false])
        for _ in 0..<2 {
            let choice = choose(&table)
            #expect(choice?.index == 0)
            table.settle(0, works: true, now: start)
        }
        let earned = (0..<2).map { _ in table.mayTryAgain() }
        #expect(earned == [true, false])
    }
}
