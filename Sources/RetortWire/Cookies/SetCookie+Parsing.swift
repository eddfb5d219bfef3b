// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension SetCookie {
    /// Parses a field as a client does, or returns nil where the client has to ignore it.
    ///
    /// Attributes that are unknown or malformed are skipped, and of several of a name the last counts. The value keeps
    /// its quotes in ``encodedValue``.
    ///
    /// - Parameter headerValue: The header value. Name and value together have at most 4096 bytes, and the whole at
    ///   most 65,536.
    ///
    /// Source: RFC 6265bis §5.6.
    public init?(headerValue: String) {
        guard let slice = headerValue.fieldSlice(limit: 65_536),
            !slice.contains(where: { HeaderText.printable($0) != $0 })
        else { return nil }
        let (pair, attributes) = slice.fieldSplit(UInt8(ascii: ";"))
        let (head, tail) = pair.fieldSplit(UInt8(ascii: "="))
        // Without an equals sign all of it is the value of a cookie without a name.
        let name = tail == nil ? [] : head.fieldTrimmed
        let value = (tail ?? head).fieldTrimmed
        guard !(name.isEmpty && value.isEmpty), name.count + value.count <= 4096 else { return nil }
        self.init(name: name.fieldText, value: "", path: nil)
        encodedValue = value.fieldText
        for attribute in (attributes ?? []).split(separator: UInt8(ascii: ";")) {
            let (name, value) = attribute.fieldSplit(UInt8(ascii: "="))
            let text = (value ?? []).fieldTrimmed
            if text.count <= 1024 { read(name.fieldTrimmed, text) }
        }
    }

    private mutating func read(_ name: FieldSlice, _ value: FieldSlice) {
        if name.fieldEquals("expires") {
            if let date = CookieDate.parse(value) { expires = date }
        } else if name.fieldEquals("max-age") {
            if let seconds = Self.seconds(value) { maxAge = .seconds(seconds) }
        } else if name.fieldEquals("domain") {
            let text = value.first == UInt8(ascii: ".") ? value.dropFirst() : value
            domain = text.isEmpty ? nil : text.fieldText.asciiLowercased
        } else if name.fieldEquals("path") {
            path = value.first == UInt8(ascii: "/") ? value.fieldText : nil
        } else if name.fieldEquals("secure") {
            isSecure = true
        } else if name.fieldEquals("httponly") {
            isHTTPOnly = true
        } else if name.fieldEquals("samesite") {
            sameSite = SameSite.allCases.first { $0.rawValue.equalsIgnoringASCIICase(value.fieldText) }
        } else if name.fieldEquals("partitioned") {
            isPartitioned = true
        }
    }

    /// A number of seconds, negative or not; one out of range becomes the nearest.
    private static func seconds(_ value: FieldSlice) -> Int64? {
        let isNegative = value.first == UInt8(ascii: "-")
        guard let number = (isNegative ? value.dropFirst() : value).fieldNumber else { return nil }
        return isNegative ? -min(number, DeltaSeconds.maximum) : min(number, DeltaSeconds.maximum)
    }
}

/// The date of a cookie, in which clients understand nearly everything.
enum CookieDate {
    /// Finds a time, a day, a month and a year among the words, in whatever order; nil where one is missing.
    ///
    /// Source: RFC 6265bis §5.1.1.
    static func parse(_ slice: FieldSlice) -> HTTPDate? {
        var time: [Int]?
        var day: Int?
        var month: Int?
        var year: Int?
        for word in slice.split(whereSeparator: isDelimiter) {
            if time == nil, let found = clock(word) {
                time = found
            } else if day == nil, let found = number(word, digits: 1...2) {
                day = found
            } else if month == nil, let found = monthNumber(word) {
                month = found
            } else if year == nil, let found = number(word, digits: 2...4) {
                year = found < 70 ? found + 2000 : found < 100 ? found + 1900 : found
            }
        }
        guard let time, let day, let month, let year, year >= 1601, time[2] <= 59 else { return nil }
        return HTTPDate(year: year, month: month, day: day, hour: time[0], minute: time[1], second: time[2])
    }

    private static func isDelimiter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x09, 0x20...0x2F, 0x3B...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }

    /// The number that the leading digits write, where there are so many and no more.
    private static func number(_ word: FieldSlice, digits: ClosedRange<Int>) -> Int? {
        let prefix = word.prefix(while: \.isASCIIDigit)
        return digits.contains(prefix.count) ? prefix.fieldNumber.map(Int.init) : nil
    }

    private static func clock(_ word: FieldSlice) -> [Int]? {
        let pieces = word.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard pieces.count >= 3 else { return nil }
        // Only the last of the three may have something behind its digits.
        guard pieces.prefix(2).allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }) else { return nil }
        let numbers = pieces.prefix(3).compactMap { number($0, digits: 1...2) }
        return numbers.count == 3 ? numbers : nil
    }

    private static func monthNumber(_ word: FieldSlice) -> Int? {
        let names: [StaticString] = [
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ]
        return names.firstIndex { word.prefix(3).fieldEquals($0) }.map { $0 + 1 }
    }
}
