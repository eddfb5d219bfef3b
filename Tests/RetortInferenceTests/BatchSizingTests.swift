// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortInference

@Suite struct BatchSizingTests {
    /// Lets a machine with these times compute, and says how often it took which size.
    private func run(
        _ sizing: inout BatchSizing, executions: Int, available: Int = 64, time: (Int) -> Duration
    ) -> [Int: Int] {
        var taken: [Int: Int] = [:]
        for _ in 0..<executions {
            let rows = min(sizing.limit(available: available), available)
            taken[rows, default: 0] += 1
            sizing.record(rows: rows, time: time(rows), othersWaited: true)
        }
        return taken
    }

    @Test(arguments: [(1, [1]), (2, [1, 2]), (8, [1, 2, 4, 8]), (12, [1, 2, 4, 8, 12])])
    func sizesDouble(maximum: Int, sizes: [Int]) {
        #expect(BatchSizing(maximum: maximum).sizes == sizes)
    }

    @Test func aMachineThatGainsNothingComputesOneByOne() {
        var sizing = BatchSizing(maximum: 8)
        let taken = run(&sizing, executions: 1000) { .milliseconds(7 * $0) }
        #expect(taken[1] ?? 0 > 970)
    }

    @Test func aMachineThatGainsComputesTheMost() {
        var sizing = BatchSizing(maximum: 8)
        let taken = run(&sizing, executions: 1000) { .milliseconds(10 + $0) }
        #expect(taken[8] ?? 0 > 970)
    }

    @Test func theBestMayLieBetween() {
        var sizing = BatchSizing(maximum: 16)
        let taken = run(&sizing, executions: 1000) { .milliseconds($0 <= 4 ? 10 + $0 : 10 * $0) }
        #expect(taken[4] ?? 0 > 960)
    }

    @Test func aChangeIsNoticed() {
        var sizing = BatchSizing(maximum: 4)
        _ = run(&sizing, executions: 200) { .milliseconds(7 * $0) }
        #expect(sizing.limit(available: 4) == 1)
        _ = run(&sizing, executions: 10_000) { .milliseconds(20 + $0) }
        #expect(sizing.limit(available: 4) == 4)
    }

    @Test func whatIsNotThereIsNotWaitedFor() {
        var sizing = BatchSizing(maximum: 8)
        let taken = run(&sizing, executions: 200, available: 3) { .milliseconds(7 * $0) }
        #expect(taken[1] ?? 0 > 190)
        #expect(sizing.limit(available: 0) == 1)
    }

    @Test func aMachineThatIsNotBusyTeachesNothing() {
        var sizing = BatchSizing(maximum: 2)
        sizing.record(rows: 1, time: .milliseconds(1), othersWaited: false)
        #expect(sizing.times == [nil, nil])
    }
}
