// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Dates inside sessions, such as `Thu, 29 Feb 2024 12:30:45 GMT`.
///
/// Source: RFC 9110 §5.6.7.
enum HTTPDateText {
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    /// The first second of the year 1 and the last of the year 9999: what the form can show.
    private static let range: ClosedRange<Double> = -62_135_596_800...253_402_300_799

    /// The text of a time, cut to the second and moved into the years 1 to 9999.
    static func format(_ date: Date) -> String {
        let interval = date.timeIntervalSince1970
        let clamped = interval.isNaN ? 0 : min(max(interval.rounded(.down), range.lowerBound), range.upperBound)
        let seconds = Int64(clamped)
        let days = Int(seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400)
        let second = Int(seconds) - days * 86_400
        let (year, month, day) = civil(days)
        let name = months[month - 1]
        let monthName = name.prefix(1).uppercased() + name.dropFirst()
        let weekday = weekdays[((days % 7) + 7) % 7]
        let time = [second / 3600, second / 60 % 60, second % 60].map { padded($0, 2) }.joined(separator: ":")
        return "\(weekday), \(padded(day, 2)) \(monthName) \(padded(year, 4)) \(time) GMT"
    }

    /// The time of a text in this form.
    ///
    /// The weekday may be missing, and a zone may be given in hours and minutes.
    static func parse(_ text: String) -> Date? {
        guard text.utf8.count <= 64 else { return nil }
        let words = text.utf8.split { $0 == 0x20 || $0 == UInt8(ascii: ",") }.map {
            String(decoding: $0, as: UTF8.self)
        }
        let startsWithDay = words.first?.utf8.first?.isASCIILetter ?? false
        let fields = Array(words.dropFirst(startsWithDay ? 1 : 0))
        guard fields.count == 4 || fields.count == 5, let day = number(fields[0], 1...31),
            let month = months.firstIndex(of: fields[1].asciiLowercased), let year = number(fields[2], 1...9999)
        else { return nil }
        let clock = fields[3].utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard clock.count == 2 || clock.count == 3, let hour = number(clock[0], 0...23),
            let minute = number(clock[1], 0...59), let second = clock.count == 3 ? number(clock[2], 0...59) : 0,
            let offset = fields.count == 5 ? zone(fields[4]) : 0
        else { return nil }
        let days = daysSince1970(year, month + 1, day)
        guard civil(days) == (year, month + 1, day) else { return nil }
        return Date(timeIntervalSince1970: Double(days * 86_400 + hour * 3600 + minute * 60 + second - offset))
    }

    private static func number(_ text: String, _ range: ClosedRange<Int>) -> Int? {
        guard text.utf8.allSatisfy(\.isASCIIDigit), let value = Int(text), range.contains(value) else { return nil }
        return value
    }

    private static func zone(_ text: String) -> Int? {
        if ["gmt", "utc", "ut", "z"].contains(text.asciiLowercased) { return 0 }
        let digits = Array(text.utf8.dropFirst())
        guard digits.count == 4, digits.allSatisfy(\.isASCIIDigit),
            let value = number(String(text.dropFirst()), 0...9999),
            value / 100 < 24, value % 100 < 60
        else { return nil }
        let seconds = value / 100 * 3600 + value % 100 * 60
        switch text.utf8.first {
        case UInt8(ascii: "+"): return seconds
        case UInt8(ascii: "-"): return -seconds
        default: return nil
        }
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    /// The date of a day.
    ///
    /// Years begin in March here, so that the leap day is the last of its year.
    private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

/// UUIDs inside sessions.
enum UUIDText {
    /// 32 digits in lower case, or 36 characters with hyphens.
    static func format(_ uuid: UUID, hyphens: Bool) -> String {
        let text = uuid.uuidString.asciiLowercased
        return hyphens ? text : String(decoding: text.utf8.filter { $0 != UInt8(ascii: "-") }, as: UTF8.self)
    }

    /// The UUID of a text in either form and case.
    static func parse(_ text: String) -> UUID? {
        let digits = text.utf8.filter { $0 != UInt8(ascii: "-") }
        guard digits.count == 32 else { return nil }
        let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(decoding: digits[$0], as: UTF8.self) }
        return UUID(uuidString: parts.joined(separator: "-"))
    }
}
