// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension HTTPDate: HeaderValue {
    /// Parses a date, or returns nil where the text holds none.
    ///
    /// The three forms of HTTP are understood, and what senders of mail and of old clients make of them: no comma, no
    /// day of the week, no seconds, a numeric time zone. The day of the week is not compared with the date. A year of
    /// two digits lies between 1969 and 2068.
    ///
    /// - Parameter headerValue: The header value, at most 128 bytes.
    ///
    /// Source: RFC 9110 §5.6.7.
    public init?(headerValue: String) { self.init(headerValue: headerValue, now: nil) }

    /// Parses a date, or returns nil where the text holds none.
    ///
    /// - Parameters:
    ///   - headerValue: The header value, at most 128 bytes.
    ///   - now: The moment that a year of two digits is read by: it is never more than 50 years after that. With nil
    ///     such a year lies between 1969 and 2068.
    ///
    /// Source: RFC 9110 §5.6.7.
    public init?(headerValue: String, now: HTTPDate?) {
        guard let parsed = Self.parse(headerValue, now: now) else { return nil }
        self = parsed.date
    }

    /// Parses a date and its time zone, in seconds east of UTC.
    package static func parse(_ text: String, now: HTTPDate? = nil) -> (date: HTTPDate, zone: Int)? {
        guard let slice = text.fieldSlice(limit: 128) else { return nil }
        if let date = fixdate(slice) { return (date, 0) }
        var reader = DateReader()
        guard reader.read(slice) else { return nil }
        return reader.result(now: now)
    }

    /// Parses the form that nearly everybody sends, of which each byte has its place.
    private static func fixdate(_ slice: FieldSlice) -> HTTPDate? {
        guard slice.count == 29 else { return nil }
        let base = slice.startIndex
        func number(_ offset: Int, _ count: Int = 2) -> Int? {
            slice[(base + offset)..<(base + offset + count)].fieldNumber.map(Int.init)
        }
        guard [4, 7, 11, 16].allSatisfy({ slice[base + $0] == 0x20 }),
            slice[base + 3] == UInt8(ascii: ","), slice[base + 19] == UInt8(ascii: ":"),
            slice[base + 22] == UInt8(ascii: ":"), slice[(base + 25)...].elementsEqual(" GMT".utf8),
            let month = DateReader.month(slice[(base + 8)..<(base + 11)]), let day = number(5), let hour = number(17),
            let year = number(12, 4), let minute = number(20), let second = number(23), year >= 100
        else { return nil }
        return HTTPDate(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    }
}

/// Collects the parts of a date from words, each of which is known by its looks.
///
/// In all forms of HTTP the day comes before the year.
private struct DateReader {
    var day: Int?
    var month: Int?
    var year: Int?
    var time: (hour: Int, minute: Int, second: Int)?
    var zone: Int?

    /// Reads all words, or returns false where one does not belong to a date.
    mutating func read(_ slice: FieldSlice) -> Bool {
        let words = slice.split { $0.isHTTPWhitespace || $0 == UInt8(ascii: ",") }
        for (index, word) in words.enumerated() {
            let isWeekday = index == 0 && word.allSatisfy(\.isASCIILetter) && Self.month(word) == nil
            guard isWeekday || read(word: word) else { return false }
        }
        return true
    }

    private mutating func read(word: FieldSlice) -> Bool {
        if word.contains(UInt8(ascii: ":")) { return time == nil && readTime(word) }
        if word.allSatisfy(\.isASCIIDigit) { return readNumber(word) }
        if month == nil, let found = Self.month(word) {
            month = found
            return true
        }
        let dashed = word.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        if dashed.count == 3, day == nil, month == nil, year == nil {
            month = Self.month(dashed[1])
            return month != nil && readNumber(dashed[0]) && readNumber(dashed[2])
        }
        return time != nil && zone == nil && readZone(word)
    }

    private mutating func readNumber(_ word: FieldSlice) -> Bool {
        guard word.count <= 4, let number = word.fieldNumber.map(Int.init) else { return false }
        if day == nil {
            day = number
        } else if year == nil {
            year = number
        } else {
            return false
        }
        return true
    }

    /// Reads `08:49:37`, with or without seconds and with or without a zone behind it.
    private mutating func readTime(_ word: FieldSlice) -> Bool {
        let sign = word.firstIndex { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") } ?? word.endIndex
        let pieces = word[..<sign].split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard pieces.count == 2 || pieces.count == 3, pieces.allSatisfy({ (1...2).contains($0.count) }) else {
            return false
        }
        let numbers = pieces.compactMap { $0.fieldNumber.map(Int.init) }
        guard numbers.count == pieces.count else { return false }
        time = (numbers[0], numbers[1], numbers.count == 3 ? numbers[2] : 0)
        return sign == word.endIndex || readZone(word[sign...])
    }

    /// Reads the name of a zone or its distance as `+0100`.
    ///
    /// A name that is not known counts as UTC.
    private mutating func readZone(_ word: FieldSlice) -> Bool {
        if word.allSatisfy(\.isASCIILetter) {
            zone = Self.zones.first { word.fieldEquals($0.name) }.map { $0.hours * 3600 } ?? 0
            return true
        }
        guard word.count == 5, word.first == UInt8(ascii: "+") || word.first == UInt8(ascii: "-"),
            let number = word.dropFirst().fieldNumber.map(Int.init), number / 100 < 24
        else { return false }
        let seconds = number / 100 * 3600 + number % 100 * 60
        zone = word.first == UInt8(ascii: "-") ? -seconds : seconds
        return true
    }

    func result(now: HTTPDate?) -> (date: HTTPDate, zone: Int)? {
        guard let day, let month, let year, let time,
            let local = HTTPDate(
                year: Self.fullYear(year, now: now), month: month, day: day, hour: time.hour, minute: time.minute,
                second: time.second)
        else { return nil }
        return (HTTPDate(secondsSince1970: local.secondsSince1970 - Int64(zone ?? 0)), zone ?? 0)
    }

    private static func fullYear(_ year: Int, now: HTTPDate?) -> Int {
        guard year < 100 else { return year }
        guard let now else { return year > 68 ? 1900 + year : 2000 + year }
        let current = now.parts.year
        let candidate = current - current % 100 + year
        return candidate > current + 50 ? candidate - 100 : candidate
    }

    /// The number of a month by its name, which may be written out.
    static func month(_ word: FieldSlice) -> Int? { months.firstIndex { word.fieldEquals($0) }.map { $0 % 12 + 1 } }

    private static let months: [StaticString] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]

    /// The zones of RFC 822 with their hours east of UTC; every other name is UTC.
    private static let zones: [(name: StaticString, hours: Int)] = [
        ("ast", -4), ("adt", -3), ("est", -5), ("edt", -4), ("cst", -6), ("cdt", -5), ("mst", -7), ("mdt", -6),
        ("pst", -8), ("pdt", -7),
    ]
}
