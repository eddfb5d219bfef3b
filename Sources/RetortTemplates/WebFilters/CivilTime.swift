// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A moment as a calendar and a clock show it, at a distance from UTC.
///
/// The calendar is the Gregorian one, also before it was introduced. Years are `-9999...9999`; what lies outside is
/// moved to the nearest end.
public struct CivilTime: Hashable, Sendable {
    /// The year; 1 BC is 0.
    public let year: Int
    /// The month, `1...12`.
    public let month: Int
    /// The day of the month, `1...31`.
    public let day: Int
    /// The hour, `0...23`.
    public let hour: Int
    /// The minute, `0...59`.
    public let minute: Int
    /// The second, `0...59`.
    public let second: Int
    /// The millionths of a second, `0...999_999`.
    public let microsecond: Int
    /// How far the clock is ahead of UTC, in seconds.
    public let utcOffset: Int
    /// What the zone is called, such as `UTC` or `CEST`.
    public let zoneName: String

    /// The seconds since 1970-01-01 00:00 UTC, without the parts of one.
    public let unixSeconds: Int

    private static let earliest = -377_705_116_800.0
    private static let latest = 253_402_300_799.0

    /// Creates the time of a moment.
    ///
    /// - Parameters:
    ///   - seconds: The seconds since 1970-01-01 00:00 UTC. What is no number counts as 0.
    ///   - utcOffset: How far the clock is ahead of UTC, in seconds, `-86_400...86_400`.
    ///   - zoneName: What the zone is called.
    public init(secondsSince1970 seconds: Double, utcOffset: Int = 0, zoneName: String = "UTC") {
        let bounded = seconds.isNaN ? 0 : min(max(seconds, Self.earliest), Self.latest)
        var whole = Int(bounded.rounded(.down))
        var micros = Int(((bounded - bounded.rounded(.down)) * 1_000_000).rounded())
        if micros == 1_000_000 {
            whole += 1
            micros = 0
        }
        let offset = min(max(utcOffset, -86_400), 86_400)
        let local = whole + offset
        let days = Self.floorDivide(local, 86_400)
        let time = local - days * 86_400
        (year, month, day) = Self.date(ofDay: days)
        hour = time / 3600
        minute = time / 60 % 60
        second = time % 60
        microsecond = micros
        self.utcOffset = offset
        self.zoneName = zoneName
        unixSeconds = whole
    }

    /// The day of the week: 0 is Sunday.
    public var weekday: Int { let day = (dayNumber + 4) % 7; return day < 0 ? day + 7 : day }

    /// The day of the year, `1...366`.
    public var dayOfYear: Int { dayNumber - Self.dayNumber(year, 1, 1) + 1 }

    /// Whether the year has 366 days.
    public var isLeapYear: Bool { Self.isLeap(year) }

    /// The number of days of the month.
    public var daysInMonth: Int { Self.days(inMonth: month, of: year) }

    /// The year and the week, `1...53`, in which weeks begin on Monday and the first has the year's first Thursday.
    ///
    /// Source: ISO 8601.
    public var isoWeek: (year: Int, week: Int) {
        let monday = (weekday + 6) % 7
        let thursday = Self.date(ofDay: dayNumber - monday + 3)
        let first = Self.dayNumber(thursday.year, 1, 1)
        return (thursday.year, (dayNumber - monday + 3 - first) / 7 + 1)
    }

    /// The days since 1970-01-01 on this clock.
    var dayNumber: Int { Self.floorDivide(unixSeconds + utcOffset, 86_400) }

    static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    /// The days from 1970-01-01 to a date, counted in cycles of 400 years that begin in March.
    static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = floorDivide(shifted, 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func date(ofDay number: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let index = (5 * dayOfYear + 2) / 153
        let month = index < 10 ? index + 3 : index - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * index + 2) / 5 + 1)
    }

    private static func floorDivide(_ left: Int, _ right: Int) -> Int {
        let quotient = left / right
        return left % right < 0 ? quotient - 1 : quotient
    }
}
