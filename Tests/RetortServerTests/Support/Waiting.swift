// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortServer
import RetortWire
import Synchronization
import Testing

/// A number that several threads count.
final class Counter: Sendable {
    private let number = Atomic<Int>(0)

    var value: Int { number.load(ordering: .sequentiallyConsistent) }

    func add(_ more: Int = 1) { number.add(more, ordering: .sequentiallyConsistent) }
}

/// Waits until a condition holds; answers whether it came to hold in time.
func waitUntil(within time: Duration = .seconds(5), _ condition: () throws -> Bool) async rethrows -> Bool {
    let clock = ContinuousClock()
    let end = clock.now + time
    while clock.now < end {
        if try condition() { return true }
        try? await Task.sleep(for: .milliseconds(4))
    }
    return try condition()
}

/// How long some work takes.
func duration(_ work: () async throws -> Void) async rethrows -> Duration {
    let clock = ContinuousClock()
    let start = clock.now
    try await work()
    return clock.now - start
}

extension Response {
    /// The answer that a handler gives when reading its request failed.
    static func failed(_ error: any Error) -> Response {
        let status = (error as? WireError)?.status ?? 500
        return Response(.text("failed: \(error)\n"), contentType: "text/plain", status: .standard(status))
    }
}
