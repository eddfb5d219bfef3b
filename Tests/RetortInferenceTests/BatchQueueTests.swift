// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortInference

@Suite struct BatchQueueTests {
    private let start = ContinuousClock.now

    private func queue(batch: Int = 1, delay: Duration = .zero, waiting: Int = 256) -> BatchQueue<String> {
        var options = QueueOptions()
        options.maximumBatch = batch
        options.maximumDelay = delay
        options.maximumWaiting = waiting
        return BatchQueue(options: options)
    }

    private func entry(
        _ id: UInt64, rows: Int = 1, signature: [[Int]] = [[3]], priority: Int = 0, due: Duration? = nil,
        arrival: Duration = .zero, isAlone: Bool = false
    ) -> BatchQueue<String>.Entry {
        BatchQueue.Entry(
            id: id, rows: rows, signature: signature, priority: priority, deadline: due.map { start + $0 },
            arrival: start + arrival, isAlone: isAlone, payload: "\(id)")
    }

    @Test func urgentRequestsGoFirst() {
        var queue = queue()
        queue.insert(entry(1))
        queue.insert(entry(2, due: .seconds(9)))
        queue.insert(entry(3, due: .seconds(5)))
        queue.insert(entry(4, priority: 1))
        queue.insert(entry(5))
        queue.insert(entry(6, priority: -1, due: .zero))
        var order: [UInt64] = []
        while let first = queue.next(limit: 1).first { order.append(first.id) }
        #expect(order == [4, 3, 2, 1, 5, 6])
        #expect(queue.rows == 0)
    }

    @Test func batchesHoldWhatFitsTogether() {
        var queue = queue(batch: 4)
        queue.insert(entry(1))
        queue.insert(entry(2, signature: [[5]]))
        queue.insert(entry(3, rows: 2))
        queue.insert(entry(4, isAlone: true))
        queue.insert(entry(5, rows: 2))
        queue.insert(entry(6))
        queue.insert(entry(7))
        #expect(queue.next(limit: 4).map(\.id) == [1, 3, 6])
        #expect(queue.next(limit: 4).map(\.id) == [2])
        #expect(queue.next(limit: 4).map(\.id) == [4])
        #expect(queue.next(limit: 4).map(\.id) == [5, 7])
        #expect(queue.next(limit: 4).isEmpty)
    }

    @Test func whatWaitsIsSharedOutBetweenSlots() {
        var queue = BatchQueue<String>(options: QueueOptions(), slots: 2)
        for id in 1...7 { queue.insert(entry(UInt64(id))) }
        #expect(queue.share == 4)
        _ = queue.next(limit: 4)
        #expect(queue.share == 2)
    }

    @Test func aLoneRequestNeverWaits() {
        var queue = queue(batch: 8, delay: .seconds(1))
        #expect(queue.readiness(now: start, limit: 8, isBusy: false) == .empty)
        queue.insert(entry(1))
        #expect(queue.readiness(now: start, limit: 8, isBusy: false) == .now)
    }

    @Test func companyIsWaitedForWhileTheEngineIsBusy() {
        var queue = queue(batch: 3, delay: .milliseconds(10))
        queue.insert(entry(1, arrival: .milliseconds(1)))
        queue.insert(entry(2, arrival: .milliseconds(2)))
        #expect(queue.readiness(now: start, limit: 3, isBusy: true) == .later(start + .milliseconds(11)))
        #expect(queue.readiness(now: start + .milliseconds(11), limit: 3, isBusy: true) == .now)
        queue.insert(entry(3))
        #expect(queue.readiness(now: start, limit: 3, isBusy: true) == .now)
    }

    @Test func withoutADelayNothingWaits() {
        var queue = queue(batch: 3)
        queue.insert(entry(1))
        #expect(queue.readiness(now: start, limit: 3, isBusy: true) == .now)
    }

    @Test func whatFailedWithOthersIsTriedAloneAtOnce() {
        var queue = queue(batch: 3, delay: .seconds(1))
        queue.insert(entry(1, isAlone: true))
        queue.insert(entry(2))
        #expect(queue.readiness(now: start, limit: 3, isBusy: true) == .now)
        #expect(queue.next(limit: 4).map(\.id) == [1])
    }

    @Test func requestsLeaveFromAnywhere() {
        var queue = queue(waiting: 2)
        queue.insert(entry(1, rows: 3))
        #expect(!queue.isFull)
        queue.insert(entry(2))
        #expect(queue.isFull)
        #expect(queue.remove(1)?.payload == "1")
        #expect(queue.remove(1) == nil)
        #expect(queue.rows == 1)
        #expect(queue.count == 1)
    }
}
