// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where signers take the time from: seconds since 1970-01-01, UTC.
///
/// A test passes a fixed time or a function of its own.
public struct UnixClock: Sendable {
    private let read: @Sendable () -> Int64

    /// Creates a clock.
    ///
    /// - Parameter read: Answers the seconds since 1970.
    public init(_ read: @escaping @Sendable () -> Int64) { self.read = read }

    /// The clock of the machine.
    public static let system = UnixClock { Int64(time(nil)) }

    /// A clock that stands still.
    ///
    /// - Parameter seconds: The time since 1970 that it always shows.
    /// - Returns: The clock.
    public static func fixed(_ seconds: Int64) -> UnixClock { UnixClock { seconds } }

    /// The seconds since 1970.
    public var now: Int64 { read() }

    /// Whether a time is younger than an age and not in the future.
    func allows(_ timestamp: Int64, maxAge: Duration, leeway: Int64 = 0) -> Bool {
        let (age, overflow) = now.subtractingReportingOverflow(timestamp)
        return !overflow && age >= 0 &- leeway && age <= maxAge.components.seconds
    }
}
