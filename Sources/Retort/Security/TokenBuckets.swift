// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// How many requests each client may make: a bucket of tokens for each, which fills at a steady rate.
///
/// Of a bucket only one number is kept, the time at which it will be full again (the generic cell rate algorithm), so
/// a look-up costs one entry of a table. The table has a fixed size; a bucket that falls out of it counts as full.
///
/// Source: ITU-T I.371 annex A.
struct TokenBuckets<Key: Hashable & Sendable>: Sendable {
    /// What became of a request.
    struct Decision: Equatable {
        /// Whether the request may pass.
        var isAllowed: Bool

        /// How many requests may follow at once.
        var remaining: Int

        /// Nanoseconds until the next request may pass; 0 if it may at once.
        var retryAfter: Int64

        /// Nanoseconds until the bucket is full.
        var reset: Int64
    }

    /// Nanoseconds in which one token comes.
    private let interval: Int64

    /// Nanoseconds in which an empty bucket fills.
    private let depth: Int64

    /// When the bucket of a client is full again, in nanoseconds.
    private var fullAt: RecentlyUsedTable<Key, Int64>

    /// Creates buckets.
    ///
    /// - Parameters:
    ///   - interval: Nanoseconds in which one token comes, 1 or more.
    ///   - burst: The tokens in a full bucket, 1 or more.
    ///   - capacity: The most clients that are remembered.
    init(interval: Int64, burst: Int, capacity: Int) {
        self.interval = max(interval, 1)
        let (depth, overflow) = self.interval.multipliedReportingOverflow(by: Int64(max(burst, 1)))
        // Times up to half the range can be added to a clock without passing its end.
        self.depth = overflow ? .max / 4 : min(depth, .max / 4)
        fullAt = RecentlyUsedTable(capacity: capacity)
    }

    /// Takes a token out of a bucket, if there is one.
    ///
    /// - Parameters:
    ///   - key: Whose bucket.
    ///   - now: Nanoseconds of a clock that never goes back, less than half the range.
    /// - Returns: Whether there was one, and what is left.
    mutating func take(_ key: Key, now: Int64) -> Decision {
        let before = max(fullAt[key] ?? now, now)
        let after = before &+ min(interval, depth)
        let latest = now &+ depth
        guard after <= latest else {
            return Decision(isAllowed: false, remaining: 0, retryAfter: after &- latest, reset: before &- now)
        }
        fullAt[key] = after
        return Decision(
            isAllowed: true, remaining: Int(clamping: (latest &- after) / interval), retryAfter: 0,
            reset: after &- now)
    }
}
