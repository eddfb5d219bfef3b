// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A point in time to the second, as header fields carry it: `Sun, 06 Nov 1994 08:49:37 GMT`.
///
/// The years 1 to 9999 of the Gregorian calendar can be written; what lies outside becomes the nearest of them.
///
/// Source: RFC 9110 §5.6.7.
public struct HTTPDate: Hashable, Comparable, Sendable {
    /// Seconds since 1970-01-01 00:00:00 UTC, without leap seconds.
    public let secondsSince1970: Int64

    /// Creates a date.
    ///
    /// - Parameter secondsSince1970: Seconds since 1970-01-01 00:00:00 UTC, without leap seconds.
    public init(secondsSince1970: Int64) {
        self.secondsSince1970 = min(max(secondsSince1970, Self.range.lowerBound), Self.range.upperBound)
    }

    /// Creates a date from the parts of a calendar and a clock in UTC, or returns nil where there is no such moment.
    ///
    /// - Parameters:
    ///   - year: 1 to 9999.
    ///   - month: 1 to 12.
    ///   - day: 1 to the last of the month.
    ///   - hour: 0 to 23.
    ///   - minute: 0 to 59.
    ///   - second: 0 to 60; the leap second is the first second of the next minute.
    public init?(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.dayCount(ofMonth: month, year: year), (0...23).contains(hour), (0...59).contains(minute),
            (0...60).contains(second)
        else { return nil }
        let days = Self.days(year: year, month: month, day: day)
        self.init(secondsSince1970: days * 86_400 + Int64(hour * 3600 + minute * 60 + second))
    }

    /// Whether one moment is before the other.
    public static func < (left: HTTPDate, right: HTTPDate) -> Bool { left.secondsSince1970 < right.secondsSince1970 }

    /// 0001-01-01 00:00:00 to 9999-12-31 23:59:59.
    private static let range: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

    /// The beginning of 1970.
    public static let epoch = HTTPDate(secondsSince1970: 0)
}

extension HTTPDate {
    /// The parts of a calendar and a clock in UTC.
    struct Parts {
        let year: Int
        let month: Int
        let day: Int
        /// 0 is Monday.
        let weekday: Int
        let hour: Int
        let minute: Int
        let second: Int
    }

    /// The date as parts.
    ///
    /// The year of the calculation begins in March, so that the leap day is its last: the length of the months is then
    /// a straight line, and an era of 400 years has 146,097 days.
    var parts: Parts {
        let (quotient, remainder) = secondsSince1970.quotientAndRemainder(dividingBy: 86_400)
        let days = Int(remainder < 0 ? quotient - 1 : quotient)
        let time = Int(remainder < 0 ? remainder + 86_400 : remainder)
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * dayOfYear + 2) / 153
        let month = march < 10 ? march + 3 : march - 9
        return Parts(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
            day: dayOfYear - (153 * march + 2) / 5 + 1, weekday: ((days % 7) + 10) % 7, hour: time / 3600,
            minute: time / 60 % 60, second: time % 60)
    }

    /// The days from 1970-01-01 to a date of the calendar.
    static func days(year: Int, month: Int, day: Int) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let march = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * march + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int64(era * 146_097 + dayOfEra - 719_468)
    }

    /// The number of days of a month.
    static func dayCount(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
