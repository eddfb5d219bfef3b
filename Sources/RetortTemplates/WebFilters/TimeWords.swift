// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// How far two moments lie apart, in words.
///
/// Source: Django, built-in template filters `timesince` and `timeuntil`, `humanize` filters `naturaltime` and
/// `naturalday`.
enum TimeWords {
    private static let units = ["year", "month", "week", "day", "hour", "minute"]

    /// The time that has passed between two moments, in its two largest units that follow each other.
    ///
    /// Months and years are counted on the calendar. What is in the future is `0 minutes`.
    ///
    /// - Parameters:
    ///   - start: The earlier moment.
    ///   - end: The later moment.
    ///   - depth: The most units, at least 1.
    /// - Returns: Such as `2 weeks, 3 days`.
    static func since(_ start: CivilTime, _ end: CivilTime, depth: Int = 2) -> String {
        guard start.unixSeconds < end.unixSeconds else { return "0 minutes" }
        let counts = counts(start, end)
        guard let first = counts.firstIndex(where: { $0 != 0 }) else { return "0 minutes" }
        var parts: [String] = []
        // A unit of zero ends the list: "1 year, 3 minutes" would promise an exactness that nobody asked for.
        for index in first..<min(first + max(1, depth), units.count) {
            guard counts[index] != 0 else { break }
            parts.append("\(counts[index]) \(units[index])\(counts[index] == 1 ? "" : "s")")
        }
        return parts.joined(separator: ", ")
    }

    private static func counts(_ start: CivilTime, _ end: CivilTime) -> [Int] {
        let shift = end.utcOffset - start.utcOffset
        let start =
            shift == 0
            ? start : CivilTime(secondsSince1970: Double(start.unixSeconds), utcOffset: end.utcOffset)
        var months = (end.year - start.year) * 12 + end.month - start.month
        let isEarlier = (end.day, secondOfDay(end)) < (start.day, secondOfDay(start))
        if isEarlier { months -= 1 }
        let pivot = moment(start, plusMonths: months)
        var rest = max(0, end.unixSeconds - pivot)
        var result = [months / 12, months % 12]
        for length in [604_800, 86_400, 3600, 60] {
            result.append(rest / length)
            rest %= length
        }
        return result
    }

    private static func secondOfDay(_ time: CivilTime) -> Int { time.hour * 3600 + time.minute * 60 + time.second }

    /// The moment some months later, on the last day of the month where the day does not exist.
    private static func moment(_ time: CivilTime, plusMonths months: Int) -> Int {
        let total = time.year * 12 + time.month - 1 + months
        let year = total >= 0 ? total / 12 : (total - 11) / 12
        let month = total - year * 12 + 1
        let day = min(time.day, CivilTime.days(inMonth: month, of: year))
        return CivilTime.dayNumber(year, month, day) * 86_400 + secondOfDay(time) - time.utcOffset
    }

    /// The distance of a moment from now, in everyday words: `now`, `3 minutes ago`, `2 hours from now`.
    ///
    /// - Parameters:
    ///   - time: The moment.
    ///   - now: The present.
    /// - Returns: The words.
    static func natural(_ time: CivilTime, now: CivilTime) -> String {
        let difference = time.unixSeconds - now.unixSeconds
        let isPast = difference <= 0
        let seconds = abs(difference)
        if seconds == 0 { return "now" }
        let distance: String
        switch seconds {
        case ..<60: distance = seconds == 1 ? "a second" : "\(seconds) seconds"
        case ..<3600: distance = seconds < 120 ? "a minute" : "\(seconds / 60) minutes"
        case ..<86_400: distance = seconds < 7200 ? "an hour" : "\(seconds / 3600) hours"
        default: distance = isPast ? since(time, now) : since(now, time)
        }
        return isPast ? "\(distance) ago" : "\(distance) from now"
    }

    /// The day of a moment: `yesterday`, `today`, `tomorrow`, or nil for others.
    static func naturalDay(_ time: CivilTime, now: CivilTime) -> String? {
        switch time.dayNumber - now.dayNumber {
        case -1: "yesterday"
        case 0: "today"
        case 1: "tomorrow"
        default: nil
        }
    }
}
