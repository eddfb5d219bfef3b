// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Dates in the profile of ISO 8601 that browsers and JSON use.
///
/// `2026-01-31`, `2026-01-31T12:30`, `2026-01-31T12:30:05.25`, with `Z`, `+01:00` or nothing behind a time; nothing
/// means UTC. A space may stand for the `T`.
///
/// Source: RFC 3339 §5.6; HTML Standard, dates and times.
enum ISO8601Text {
    /// The seconds since 1970 that a text means, or nil when it is no date.
    static func seconds(_ text: String) -> Double? {
        var rest = text.utf8[...]
        guard let year = number(&rest, digits: 4), take(&rest, "-"),
            let month = number(&rest, digits: 2), take(&rest, "-"),
            let day = number(&rest, digits: 2),
            1...12 ~= month, 1...daysInMonth(month, of: year) ~= day
        else { return nil }
        let midnight = Double(daysSince1970(year, month, day)) * 86_400
        if rest.isEmpty { return midnight }
        guard take(&rest, "T") || take(&rest, "t") || take(&rest, " "),
            let time = timeOfDay(&rest), let offset = offset(&rest), rest.isEmpty
        else { return nil }
        return midnight + time - Double(offset * 60)
    }

    /// A text in UTC such as `2026-01-31T12:30:05Z`, with milliseconds where there are any.
    static func text(_ secondsSince1970: Double) -> String? {
        // The years 0000 to 9999: others have no four digits.
        guard secondsSince1970 >= -62_167_219_200, secondsSince1970 < 253_402_300_799.9995 else { return nil }
        let milliseconds = Int((secondsSince1970 * 1000).rounded())
        let second = (milliseconds - modulo(milliseconds, 1000)) / 1000
        let timeOfDay = modulo(second, 86_400)
        let (year, month, day) = date((second - timeOfDay) / 86_400)
        var result: [UInt8] = []
        append(year, digits: 4, to: &result)
        for (separator, value) in [("-", month), ("-", day), ("T", timeOfDay / 3600), (":", timeOfDay / 60 % 60)] {
            result += separator.utf8
            append(value, digits: 2, to: &result)
        }
        result += ":".utf8
        append(timeOfDay % 60, digits: 2, to: &result)
        if modulo(milliseconds, 1000) > 0 {
            result += ".".utf8
            append(modulo(milliseconds, 1000), digits: 3, to: &result)
        }
        return String(decoding: result, as: UTF8.self) + "Z"
    }

    private static func timeOfDay(_ rest: inout Substring.UTF8View) -> Double? {
        guard let hour = number(&rest, digits: 2), take(&rest, ":"),
            let minute = number(&rest, digits: 2), hour < 24, minute < 60
        else { return nil }
        var result = Double(hour * 3600 + minute * 60)
        guard take(&rest, ":") else { return result }
        // A leap second is the second after it.
        guard let second = number(&rest, digits: 2), second <= 60 else { return nil }
        result += Double(second)
        guard take(&rest, ".") else { return result }
        let digits = rest.prefix(while: \.isASCIIDigit)
        guard 1...9 ~= digits.count else { return nil }
        rest = rest.dropFirst(digits.count)
        var fraction = 0
        var scale = 1
        for digit in digits {
            fraction = fraction * 10 + Int(digit & 0x0F)
            scale *= 10
        }
        return result + Double(fraction) / Double(scale)
    }

    /// The minutes east of UTC.
    private static func offset(_ rest: inout Substring.UTF8View) -> Int? {
        if rest.isEmpty || take(&rest, "Z") || take(&rest, "z") { return 0 }
        let isNegative = rest.first == UInt8(ascii: "-")
        guard take(&rest, "+") || take(&rest, "-"), let hours = number(&rest, digits: 2) else { return nil }
        _ = take(&rest, ":")
        guard let minutes = number(&rest, digits: 2), hours < 24, minutes < 60 else { return nil }
        return (hours * 60 + minutes) * (isNegative ? -1 : 1)
    }

    private static func take(_ rest: inout Substring.UTF8View, _ byte: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: byte) else { return false }
        rest.removeFirst()
        return true
    }

    private static func number(_ rest: inout Substring.UTF8View, digits: Int) -> Int? {
        let text = rest.prefix(digits)
        guard text.count == digits, text.allSatisfy(\.isASCIIDigit) else { return nil }
        rest = rest.dropFirst(digits)
        return text.reduce(0) { $0 * 10 + Int($1 & 0x0F) }
    }

    private static func append(_ value: Int, digits: Int, to result: inout [UInt8]) {
        let text = String(value).utf8
        result += repeatElement(UInt8(ascii: "0"), count: max(0, digits - text.count))
        result += text
    }

    private static func daysInMonth(_ month: Int, of year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// Days in the Gregorian calendar, counted in years that begin in March, so that leap days come last.
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let marchYear = month > 2 ? year : year - 1
        let era = (marchYear - modulo(marchYear, 400)) / 400
        let yearOfEra = modulo(marchYear, 400)
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func date(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let dayOfEra = modulo(shifted, 146_097)
        let era = (shifted - dayOfEra) / 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    /// The remainder that is never negative.
    private static func modulo(_ value: Int, _ divisor: Int) -> Int {
        let remainder = value % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }
}
