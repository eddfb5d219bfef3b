// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortLab
import Synchronization
import Testing

/// Many callers at once.
struct LoadTests {
    @Test func twentyCallersGetTwentyRightAnswers() async throws {
        let photo = try Photos.bytes("street.jpg")
        try await TestClient.run(try LabApp.make(), over: .socket) { client in
            let expected = try await client.post("/faces", body: .bytes(photo)).text
            #expect(expected.contains("face"))
            let right = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await client.post("/faces", body: .bytes(photo)).text == expected }
                }
                return try await group.reduce(into: 0) { count, isRight in count += isRight ? 1 : 0 }
            }
            #expect(right == 20)
        }
    }

    @Test func theSurplusIsToldWhenToComeBack() async throws {
        let photo = try Photos.bytes("street.jpg")
        let pool = ComputePool(threads: 1, queueLimit: 2)
        try await TestClient.run(try LabApp.make(Lab(pool: pool)), over: .socket) { client in
            let answers = try await withThrowingTaskGroup(of: TestResponse.self) { group in
                for _ in 0..<12 { group.addTask { try await client.post("/faces", body: .bytes(photo)) } }
                return try await group.reduce(into: [TestResponse]()) { $0.append($1) }
            }
            let (served, refused) = (answers.filter { $0.status == .ok }, answers.filter { $0.status != .ok })
            #expect(served.count >= 3)
            #expect(!refused.isEmpty)
            for answer in refused {
                #expect(answer.status == .serviceUnavailable)
                #expect(Int(answer.header(.retryAfter) ?? "") ?? 0 >= 1)
            }
            #expect(Set(served.map(\.text)).count == 1)
            // Afterwards everything is as before.
            #expect(try await client.post("/faces", body: .bytes(photo)).status == .ok)
        }
    }

    @Test func whoHangsUpFreesTheirPlace() async throws {
        let pool = ComputePool(threads: 1, queueLimit: 8)
        let photo = try Photos.bytes("street.jpg")
        let blocked = Atomic(false)
        let hold = Hold()
        try await TestClient.run(try LabApp.make(Lab(pool: pool)), over: .socket) { client in
            async let held: Void = pool.run { hold.wait() }
            let callers = (0..<4).map { _ in Task { try await client.post("/edges", body: .bytes(photo)) } }
            for _ in 0..<500 where pool.statistics.waiting < 4 { try await Task.sleep(for: .milliseconds(10)) }
            #expect(pool.statistics.waiting == 4)
            for caller in callers { caller.cancel() }
            for _ in 0..<500 where pool.statistics.waiting > 0 { try await Task.sleep(for: .milliseconds(10)) }
            #expect(pool.statistics.waiting == 0)
            hold.release()
            try await held
            _ = blocked
        }
    }
}

/// Keeps a thread of a pool busy until it is told to go on.
final class Hold: Sendable {
    private let isOpen = Atomic(false)

    func wait() { while !isOpen.load(ordering: .acquiring) { pause() } }
    func release() { isOpen.store(true, ordering: .releasing) }
}
