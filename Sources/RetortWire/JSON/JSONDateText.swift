// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Instants as text.
///
/// An instant is a number of seconds since the start of 1970 in UTC, without leap seconds.
enum JSONDateText {
    /// A date and time of day of the proleptic Gregorian calendar in UTC.
    struct Parts {
        var year = 1970
        var month = 1
        var day = 1
        var hour = 0
        var minute = 0
        var second = 0
        var milliseconds = 0
        /// 0 is Sunday.
        var weekday = 4
    }

    private static let months: [StaticString] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    private static let weekdays: [StaticString] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

    // MARK: Writing

    /// The instant as `2026-01-31T12:34:56Z`, with milliseconds when there are any.
    ///
    /// Nil outside the years 1 to 9999.
    ///
    /// Source: RFC 3339 §5.6.
    static func iso8601(_ seconds: Double) -> [UInt8]? {
        guard let parts = parts(of: seconds, rounding: 1000) else { return nil }
        var text: [UInt8] = []
        text.reserveCapacity(24)
        append(parts.year, digits: 4, to: &text)
        text.append(0x2D)
        append(parts.month, digits: 2, to: &text)
        text.append(0x2D)
        append(parts.day, digits: 2, to: &text)
        text.append(UInt8(ascii: "T"))
        appendTime(parts, to: &text)
        if parts.milliseconds > 0 {
            text.append(0x2E)
            append(parts.milliseconds, digits: 3, to: &text)
        }
        text.append(UInt8(ascii: "Z"))
        return text
    }

    /// The instant as `Sat, 31 Jan 2026 12:34:56 GMT`.
    ///
    /// Nil outside the years 1 to 9999.
    ///
    /// Source: RFC 9110 §5.6.7.
    static func httpDate(_ seconds: Double) -> [UInt8]? {
        guard let parts = parts(of: seconds.rounded(.down), rounding: 1) else { return nil }
        var text: [UInt8] = []
        text.reserveCapacity(29)
        append(weekdays[parts.weekday], to: &text)
        text.append(0x2C)
        text.append(0x20)
        append(parts.day, digits: 2, to: &text)
        text.append(0x20)
        append(months[parts.month - 1], to: &text)
        text.append(0x20)
        append(parts.year, digits: 4, to: &text)
        text.append(0x20)
        appendTime(parts, to: &text)
        append(" GMT", to: &text)
        return text
    }

    private static func appendTime(_ parts: Parts, to text: inout [UInt8]) {
        append(parts.hour, digits: 2, to: &text)
        text.append(0x3A)
        append(parts.minute, digits: 2, to: &text)
        text.append(0x3A)
        append(parts.second, digits: 2, to: &text)
    }

    private static func append(_ value: Int, digits: Int, to text: inout [UInt8]) {
        var divisor = 1
        for _ in 1..<digits { divisor *= 10 }
        while divisor > 0 {
            text.append(0x30 + UInt8(truncatingIfNeeded: value / divisor % 10))
            divisor /= 10
        }
    }

    private static func append(_ word: StaticString, to text: inout [UInt8]) {
        word.withUTF8Buffer { text.append(contentsOf: $0) }
    }

    // MARK: The calendar

    /// The parts of an instant, rounded to so many steps a second.
    private static func parts(of seconds: Double, rounding steps: Double) -> Parts? {
        // The first instant of year 1, and of year 10000.
        guard seconds >= -62_135_596_800, seconds < 253_402_300_800 else { return nil }
        let total = Int((seconds * steps).rounded())
        let perDay = 86_400 * Int(steps)
        let days = floor(total, perDay)
        var rest = total - days * perDay
        var parts = civil(days)
        guard parts.year <= 9999 else { return nil }
        parts.milliseconds = rest % Int(steps)
        rest /= Int(steps)
        parts.second = rest % 60
        parts.minute = rest / 60 % 60
        parts.hour = rest / 3600
        return parts
    }

    private static func floor(_ value: Int, _ divisor: Int) -> Int {
        (value >= 0 ? value : value - divisor + 1) / divisor
    }

    /// The date of a number of days since the start of 1970.
    ///
    /// Years are counted from March, so that the leap day ends a year, in eras of 400 years, which have equal lengths.
    private static func civil(_ days: Int) -> Parts {
        let shifted = days + 719_468
        let era = floor(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        var parts = Parts()
        parts.day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        parts.month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        parts.year = yearOfEra + era * 400 + (parts.month <= 2 ? 1 : 0)
        parts.weekday = ((days + 4) % 7 + 7) % 7
        return parts
    }

    /// The number of days from the start of 1970 to a date, or nil when the calendar lacks it.
    private static func days(year: Int, month: Int, day: Int) -> Int? {
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = floor(shiftedYear, 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = era * 146_097 + dayOfEra - 719_468
        let back = civil(days)
        return back.month == month && back.day == day ? days : nil
    }

    // MARK: Reading

    /// The instant of a text such as `2026-01-31T12:34:56.5+01:00`, or nil.
    ///
    /// A second of 60 counts as the start of the next minute. Source: RFC 3339 §5.6.
    static func parseISO8601(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        guard bytes.count >= 20, bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[10] | 0x20 == 0x74 || bytes[10] == 0x20,
            let year = number(bytes, 0, 4), let month = number(bytes, 5, 2), let day = number(bytes, 8, 2),
            let days = days(year: year, month: month, day: day), let time = time(bytes, 11)
        else { return nil }
        var index = 19
        var fraction = 0.0
        if bytes[index] == 0x2E {
            index += 1
            let start = index
            var scale = 1.0
            while index < bytes.count, bytes[index].isASCIIDigit {
                // Digits beyond the eighteenth are below what a Double can tell apart.
                if index - start < 18 {
                    fraction = fraction * 10 + Double(bytes[index] - 0x30)
                    scale *= 10
                }
                index += 1
            }
            guard index > start else { return nil }
            fraction /= scale
        }
        guard let offset = offset(bytes, index) else { return nil }
        return Double(days * 86_400 + time - offset) + fraction
    }

    /// The seconds east of UTC that the rest of a text names, such as `Z` or `+01:00`.
    private static func offset(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
        guard index < bytes.count else { return nil }
        if bytes[index] | 0x20 == 0x7A { return bytes.count == index + 1 ? 0 : nil }
        guard bytes[index] == 0x2B || bytes[index] == 0x2D, bytes.count == index + 6, bytes[index + 3] == 0x3A,
            let hours = number(bytes, index + 1, 2), let minutes = number(bytes, index + 4, 2), hours < 24, minutes < 60
        else { return nil }
        let seconds = hours * 3600 + minutes * 60
        return bytes[index] == 0x2D ? -seconds : seconds
    }

    /// The instant of a text such as `Sat, 31 Jan 2026 12:34:56 GMT`, or nil.
    ///
    /// The name of the day is not compared.
    ///
    /// Source: RFC 9110 §5.6.7, the preferred form.
    static func parseHTTPDate(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        guard bytes.count == 29, bytes[3] == 0x2C, bytes[4] == 0x20, bytes[7] == 0x20, bytes[11] == 0x20,
            bytes[16] == 0x20, bytes[25] == 0x20, matches(bytes, 26, "GMT"),
            weekdays.contains(where: { matches(bytes, 0, $0) }),
            let month = months.firstIndex(where: { matches(bytes, 8, $0) }),
            let day = number(bytes, 5, 2), let year = number(bytes, 12, 4),
            let days = days(year: year, month: month + 1, day: day), let time = time(bytes, 17)
        else { return nil }
        return Double(days * 86_400 + time)
    }

    /// The seconds of `12:34:56`, or nil.
    private static func time(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
        guard bytes.count >= index + 8, bytes[index + 2] == 0x3A, bytes[index + 5] == 0x3A,
            let hour = number(bytes, index, 2), let minute = number(bytes, index + 3, 2),
            let second = number(bytes, index + 6, 2), hour < 24, minute < 60, second < 61
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    private static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ digits: Int) -> Int? {
        guard bytes.count >= index + digits else { return nil }
        var value = 0
        for byte in bytes[index..<(index + digits)] {
            guard byte.isASCIIDigit else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        return value
    }

    private static func matches(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ word: StaticString) -> Bool {
        word.withUTF8Buffer { word in
            bytes.count >= index + word.count && word.indices.allSatisfy { bytes[index + $0] == word[$0] }
        }
    }
}
