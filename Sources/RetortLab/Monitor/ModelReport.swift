// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortCompute
import RetortInference

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// What models do at one moment.
struct ModelReport: Encodable, Sendable {
    struct Entry: Encodable, Sendable {
        var name: String
        var version: Int
        var state: String
        var reason: String
        var waiting = 0
        var running = 0
        var perSecond = 0
        var queueMilliseconds: Double?
        var computeMilliseconds: Double?
        var rowsPerBatch: Double?
        var failed = 0

        enum CodingKeys: String, CodingKey {
            case name, version, state, reason, waiting, running, perSecond, queueMilliseconds, computeMilliseconds
            case rowsPerBatch, failed
        }

        /// Writes all members, null where there is nothing to say yet.
        func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(name, forKey: .name)
            try values.encode(version, forKey: .version)
            try values.encode(state, forKey: .state)
            try values.encode(reason, forKey: .reason)
            try values.encode(waiting, forKey: .waiting)
            try values.encode(running, forKey: .running)
            try values.encode(perSecond, forKey: .perSecond)
            try values.encode(queueMilliseconds, forKey: .queueMilliseconds)
            try values.encode(computeMilliseconds, forKey: .computeMilliseconds)
            try values.encode(rowsPerBatch, forKey: .rowsPerBatch)
            try values.encode(failed, forKey: .failed)
        }
    }

    struct Pool: Encodable, Sendable {
        var threads: Int
        var running: Int
        var waiting: Int
        var refused: Int
    }

    var models: [Entry]
    var loadedBytes: Int
    var residentBytes: Int
    var pool: Pool

    /// Looks at all models of a repository; those that are not loaded stay so.
    init(
        _ repository: ModelRepository, _ pool: ComputePool, since last: inout [ModelRepository.Version: Int],
        _ interval: Duration
    ) async {
        var entries: [Entry] = []
        for status in repository.index {
            var entry = Entry(
                name: status.version.name, version: status.version.number, state: status.state.rawValue,
                reason: status.reason)
            if status.state == .ready,
                let model = try? await repository.model(status.version.name, version: status.version.number)
            {
                let counted = model.statistics
                entry.waiting = counted.waiting
                entry.running = counted.running
                entry.failed = counted.failure.count + counted.rejected + counted.expired
                entry.queueMilliseconds = Self.mean(counted.queue)
                entry.computeMilliseconds = Self.mean(counted.compute)
                if counted.executions > 0 {
                    entry.rowsPerBatch = Double(counted.inferences) / Double(counted.executions)
                }
                if let before = last[status.version] {
                    entry.perSecond = Int((Double(counted.inferences - before) / (interval / .seconds(1))).rounded())
                }
                last[status.version] = counted.inferences
            }
            entries.append(entry)
        }
        models = entries
        loadedBytes = repository.loadedBytes
        residentBytes = Self.resident
        let statistics = pool.statistics
        self.pool = Pool(
            threads: statistics.threads, running: statistics.running, waiting: statistics.waiting,
            refused: statistics.refused)
    }

    private static func mean(_ sum: ModelStatistics.Sum) -> Double? {
        sum.count > 0 ? sum.time / .milliseconds(1) / Double(sum.count) : nil
    }

    /// The memory that the process has at the moment; the most that it had, where the system says no more.
    private static var resident: Int {
        #if os(Linux)
            guard let file = fopen("/proc/self/statm", "r") else { return 0 }
            defer { fclose(file) }
            var line = [CChar](repeating: 0, count: 128)
            guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
            let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
            return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
        #else
            var usage = rusage()
            getrusage(RUSAGE_SELF, &usage)
            return Int(usage.ru_maxrss)
        #endif
    }
}
