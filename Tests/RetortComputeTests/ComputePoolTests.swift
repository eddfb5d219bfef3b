// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortCompute
import Synchronization
import Testing

/// Holds threads until it is opened; threads block on it as they would in OpenCV.
final class Gate: Sendable {
    private let open = Atomic(false)
    let entered = Atomic(0)

    func pass() {
        entered.add(1, ordering: .relaxed)
        while !open.load(ordering: .acquiring) { usleepBriefly() }
    }

    func unlock() { open.store(true, ordering: .releasing) }

    /// Waits until so many threads stand before it.
    func isReached(by count: Int) async throws {
        for _ in 0..<2_000 where entered.load(ordering: .relaxed) < count {
            try await Task.sleep(for: .milliseconds(1))
        }
        try #require(entered.load(ordering: .relaxed) >= count)
    }
}

/// Counts who is inside at once.
final class Count: Sendable {
    private let inside = Atomic(0)
    let most = Atomic(0)

    func enter() { most.max(inside.add(1, ordering: .relaxed).newValue, ordering: .relaxed) }
    func leave() { inside.subtract(1, ordering: .relaxed) }
}

/// Remembers what happened first.
final class Order: Sendable {
    private let all = Mutex<[String]>([])
    var names: [String] { all.withLock { $0 } }
    func add(_ name: String) { all.withLock { $0.append(name) } }
}

struct ComputePoolTests {
    @Test func workIsDone() async throws {
        let pool = ComputePool(threads: 2)
        #expect(try await pool.run { 6 * 7 } == 42)
        await #expect(throws: CancellationError.self) { try await pool.run { throw CancellationError() } }
        #expect(pool.statistics.finished == 2)
        #expect(pool.statistics.running == 0)
    }

    @Test func asManyRunAtOnceAsThereAreThreads() async throws {
        let pool = ComputePool(threads: 3, queueLimit: 100)
        let count = Count()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<30 {
                group.addTask {
                    try await pool.run {
                        count.enter()
                        for _ in 0..<5 { usleepBriefly() }
                        count.leave()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(count.most.load(ordering: .relaxed) == 3)
        #expect(pool.statistics.finished == 30)
    }

    @Test func theSurplusIsRefusedAndTheRestServed() async throws {
        let pool = ComputePool(threads: 1, queueLimit: 3)
        let gate = Gate()
        let results = try await withThrowingTaskGroup(of: Result<Int, ComputeError>.self) { group in
            group.addTask {
                try await pool.run { gate.pass() }
                return .success(-1)
            }
            try await gate.isReached(by: 1)
            for index in 0..<10 {
                group.addTask {
                    do { return .success(try await pool.run { index }) } catch let error as ComputeError {
                        return .failure(error)
                    }
                }
            }
            // Seven are refused while the only thread is held; then the others go on.
            var refused: [ComputeError] = []
            while refused.count < 7, let result = try await group.next() {
                if case .failure(let error) = result { refused.append(error) }
            }
            gate.unlock()
            var served = 0
            for try await result in group where (try? result.get()) != nil { served += 1 }
            return (refused, served)
        }
        #expect(results.0.allSatisfy { $0.code == .overloaded && ($0.retryAfter ?? .zero) >= .seconds(1) })
        #expect(results.0.count == 7 && results.1 == 4)
        #expect(pool.statistics.refused == 7)
    }

    @Test func whatWasBegunGoesOnThoughTheQueueIsFull() async throws {
        let pool = ComputePool(threads: 1, queueLimit: 1)
        let gate = Gate()
        let order = Order()
        async let held: Void = pool.run { gate.pass() }
        try await gate.isReached(by: 1)
        async let other: Void = pool.run { order.add("new") }
        while pool.statistics.waiting == 0 { await Task.yield() }
        await #expect(throws: ComputeError.self) { try await pool.run { 1 } }
        async let begun: Void = pool.run(isContinuation: true) { order.add("begun") }
        while pool.statistics.waiting < 2 { await Task.yield() }
        gate.unlock()
        _ = try await (held, other, begun)
        #expect(order.names == ["begun", "new"])
    }

    @Test func whoHangsUpFreesTheirPlace() async throws {
        let pool = ComputePool(threads: 1, queueLimit: 1)
        let gate = Gate()
        async let held: Void = pool.run { gate.pass() }
        try await gate.isReached(by: 1)
        let waiting = Task { try await pool.run { 1 } }
        while pool.statistics.waiting == 0 { await Task.yield() }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(pool.statistics.waiting == 0)
        let next = Task { try await pool.run { 2 } }
        while pool.statistics.waiting == 0 { await Task.yield() }
        gate.unlock()
        #expect(try await next.value == 2)
        try await held
    }

    @Test func cancelledBeforeItBeganIsNotDone() async throws {
        let pool = ComputePool(threads: 1)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await pool.run { 1 }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(pool.statistics.finished == 0)
    }

    @Test func longWorkSeesThatNobodyWaits() async throws {
        let pool = ComputePool(threads: 1)
        let gate = Gate()
        let task = Task {
            try await pool.run { job in
                gate.entered.add(1, ordering: .relaxed)
                while true {
                    try job.checkCancellation()
                    usleepBriefly()
                }
            }
        }
        try await gate.isReached(by: 1)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await pool.run { 3 } == 3)
    }

    @Test func whoWaitsTooLongGivesUp() async throws {
        let pool = ComputePool(threads: 1, queueLimit: 4)
        let gate = Gate()
        async let held: Void = pool.run { gate.pass() }
        try await gate.isReached(by: 1)
        let error = await #expect(throws: ComputeError.self) {
            try await pool.run(patience: .milliseconds(20)) { 1 }
        }
        #expect(error?.code == .timedOut)
        gate.unlock()
        try await held
    }

    @Test func whoIsLessPatientGivesUpBeforeThoseInFront() async throws {
        let pool = ComputePool(threads: 1, queueLimit: 4)
        let gate = Gate()
        async let held: Void = pool.run { gate.pass() }
        try await gate.isReached(by: 1)
        let patient = Task { try await pool.run { 1 } }
        while pool.statistics.waiting == 0 { await Task.yield() }
        for _ in 0..<3 {
            let error = await #expect(throws: ComputeError.self) {
                try await pool.run(patience: .milliseconds(20)) { 2 }
            }
            #expect(error?.code == .timedOut)
        }
        #expect(pool.statistics.waiting == 1 && pool.statistics.refused == 3)
        gate.unlock()
        #expect(try await patient.value == 1)
        try await held
    }

    @Test func onlyTheNewestFrameIsWorkedOn() async throws {
        let pool = ComputePool(threads: 2)
        let latest = LatestWins(pool)
        let gate = Gate()
        let first = Task {
            try await latest.run {
                gate.pass()
                return 0
            }
        }
        try await gate.isReached(by: 1)
        var frames: [Task<Int, any Error>] = []
        for index in 1...5 {
            frames.append(Task { try await latest.run { index } })
            try await Task.sleep(for: .milliseconds(10))
        }
        gate.unlock()
        #expect(try await first.value == 0)
        for frame in frames.dropLast() {
            let error = await #expect(throws: ComputeError.self) { try await frame.value }
            #expect(error?.code == .superseded)
        }
        #expect(try await frames[4].value == 5)
        #expect(try await latest.run { 6 } == 6)
    }

    @Test func aFrameWhoseStreamEndedIsNotWorkedOn() async throws {
        let latest = LatestWins(ComputePool(threads: 1))
        let gate = Gate()
        async let held: Void = latest.run { gate.pass() }
        try await gate.isReached(by: 1)
        let waiting = Task { try await latest.run { 1 } }
        try await Task.sleep(for: .milliseconds(10))
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        gate.unlock()
        try await held
    }
}
