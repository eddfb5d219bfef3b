// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The least processor time that some work took in a few runs, in seconds.
///
/// The clock is that of this thread. A wall clock would also count the tests that run at the same time.
func processorSeconds(_ work: () throws -> Void) rethrows -> Double {
    func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    var best = Double.infinity
    for _ in 0..<5 {
        let start = now()
        try work()
        best = min(best, now() - start)
    }
    return best
}

/// Measures the processor time of this thread, as `ContinuousClock` measures the time of the wall.
struct ProcessorClock {
    /// The time that the work took on this thread, whatever else the machine was doing.
    func measure(_ work: () throws -> Void) rethrows -> Duration {
        func now() -> Duration {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
        }
        let start = now()
        try work()
        return now() - start
    }
}
