// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Prints times as a pattern of letters says, each of which stands for a part of the time.
///
/// `"j F Y"` gives `5 March 2027`. The letters are those of Django and PHP; a letter behind `\` stands for itself.
///
/// Source: Django, built-in template filter `date`.
struct DatePattern {
    let pattern: String

    init(_ pattern: String) { self.pattern = Self.named[pattern] ?? pattern }

    /// The names of Django's settings for English, which may stand in place of a pattern.
    private static let named = [
        "DATE_FORMAT": "N j, Y", "TIME_FORMAT": "P", "DATETIME_FORMAT": "N j, Y, P", "YEAR_MONTH_FORMAT": "F Y",
        "MONTH_DAY_FORMAT": "F j", "SHORT_DATE_FORMAT": "m/d/Y", "SHORT_DATETIME_FORMAT": "m/d/Y P",
    ]

    private static let days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// The months as the Associated Press shortens them.
    private static let pressMonths = [
        "Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
    ]

    func text(of time: CivilTime) -> String {
        var result = ""
        var isEscaped = false
        for scalar in pattern.unicodeScalars {
            if isEscaped {
                result.unicodeScalars.append(scalar)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else if let part = Self.date(scalar, time) ?? Self.clock(scalar, time) ?? Self.zone(scalar, time) {
                result += part
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func date(_ letter: Unicode.Scalar, _ time: CivilTime) -> String? {
        switch letter {
        case "d": pad(time.day)
        case "j": "\(time.day)"
        case "D": String(days[time.weekday].prefix(3))
        case "l": days[time.weekday]
        case "S": ordinalSuffix(time.day)
        case "w": "\(time.weekday)"
        case "z": "\(time.dayOfYear)"
        case "W": "\(time.isoWeek.week)"
        case "m": pad(time.month)
        case "n": "\(time.month)"
        case "M": String(months[time.month - 1].prefix(3))
        case "b": String(months[time.month - 1].prefix(3)).lowercased()
        case "F", "E": months[time.month - 1]
        case "N": pressMonths[time.month - 1]
        case "t": "\(time.daysInMonth)"
        case "Y": pad(time.year, 4)
        case "y": pad(((time.year % 100) + 100) % 100)
        case "o": "\(time.isoWeek.year)"
        case "L": time.isLeapYear ? "True" : "False"
        default: nil
        }
    }

    private static func clock(_ letter: Unicode.Scalar, _ time: CivilTime) -> String? {
        let twelve = time.hour % 12 == 0 ? 12 : time.hour % 12
        let short = time.minute == 0 ? "\(twelve)" : "\(twelve):\(pad(time.minute))"
        return switch letter {
        case "a": time.hour < 12 ? "a.m." : "p.m."
        case "A": time.hour < 12 ? "AM" : "PM"
        case "f": short
        case "g": "\(twelve)"
        case "G": "\(time.hour)"
        case "h": pad(twelve)
        case "H": pad(time.hour)
        case "i": pad(time.minute)
        case "s": pad(time.second)
        case "u": pad(time.microsecond, 6)
        case "P":
            switch (time.hour, time.minute) {
            case (0, 0): "midnight"
            case (12, 0): "noon"
            default: "\(short) \(time.hour < 12 ? "a.m." : "p.m.")"
            }
        default: nil
        }
    }

    private static func zone(_ letter: Unicode.Scalar, _ time: CivilTime) -> String? {
        let minutes = abs(time.utcOffset) / 60
        let sign = time.utcOffset < 0 ? "-" : "+"
        return switch letter {
        case "e", "T": time.zoneName
        case "O": "\(sign)\(pad(minutes / 60))\(pad(minutes % 60))"
        case "Z": "\(time.utcOffset)"
        case "U": "\(time.unixSeconds)"
        case "c":
            "\(pad(time.year, 4))-\(pad(time.month))-\(pad(time.day))T\(pad(time.hour)):\(pad(time.minute)):"
                + "\(pad(time.second))\(time.microsecond == 0 ? "" : ".\(pad(time.microsecond, 6))")"
                + "\(sign)\(pad(minutes / 60)):\(pad(minutes % 60))"
        case "r":
            "\(days[time.weekday].prefix(3)), \(pad(time.day)) \(months[time.month - 1].prefix(3)) "
                + "\(pad(time.year, 4)) \(pad(time.hour)):\(pad(time.minute)):\(pad(time.second)) "
                + "\(sign)\(pad(minutes / 60))\(pad(minutes % 60))"
        default: nil
        }
    }

    static func ordinalSuffix(_ number: Int) -> String {
        let last = abs(number % 100)
        if (11...13).contains(last) { return "th" }
        return switch last % 10 {
        case 1: "st"
        case 2: "nd"
        case 3: "rd"
        default: "th"
        }
    }

    private static func pad(_ number: Int, _ width: Int = 2) -> String {
        let digits = "\(abs(number))"
        let zeros = String(repeating: "0", count: max(0, width - digits.utf8.count))
        return (number < 0 ? "-" : "") + zeros + digits
    }
}
