// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// How long the stages of one answer took: fetch, decode, queue, work, encode.
final class Stages: Sendable {
    private let times = Mutex<[(name: String, duration: Duration)]>([])

    /// Adds a stage; one of the same name grows.
    func add(_ name: String, _ duration: Duration) {
        times.withLock { times in
            if let index = times.firstIndex(where: { $0.name == name }) {
                times[index].duration += duration
            } else {
                times.append((name, duration))
            }
        }
    }

    /// Measures work as a stage.
    func measure<Result>(_ name: String, _ work: () throws -> Result) rethrows -> Result {
        let start = ContinuousClock.now
        defer { add(name, .now - start) }
        return try work()
    }

    /// `fetch;dur=12.3, decode;dur=4.5`, in milliseconds; nil when nothing was measured.
    var headerValue: String? {
        let times = times.withLock { $0 }
        guard !times.isEmpty else { return nil }
        return times.map { name, duration in
            let hundredths = Int((duration / .microseconds(10)).rounded())
            let digits = hundredths % 100
            return "\(name);dur=\(hundredths / 100).\(digits < 10 ? "0" : "")\(digits)"
        }.joined(separator: ", ")
    }
}

extension Stages? {
    /// Measures work as a stage, where somebody wants to know.
    func measure<Result>(_ name: String, _ work: () throws -> Result) rethrows -> Result {
        guard let self else { return try work() }
        return try self.measure(name, work)
    }
}
