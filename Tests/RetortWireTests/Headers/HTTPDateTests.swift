// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct HTTPDateTests {
    @Test(
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (-1, "Wed, 31 Dec 1969 23:59:59 GMT"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
            (1_199_190_600, "Tue, 01 Jan 2008 12:30:00 GMT"), (-30_641_760_000, "Tue, 01 Jan 0999 00:00:00 GMT"),
            (-30_610_224_000, "Wed, 01 Jan 1000 00:00:00 GMT"), (1_577_836_800, "Wed, 01 Jan 2020 00:00:00 GMT"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"), (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"),
            (-62_135_596_800, "Mon, 01 Jan 0001 00:00:00 GMT"), (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
            (1_167_616_461, "Mon, 01 Jan 2007 01:54:21 GMT"),
        ] as [(Int64, String)])
    func secondsAreWrittenAsADateAndReadAgain(seconds: Int64, text: String) {
        let date = HTTPDate(secondsSince1970: seconds)
        #expect(date.headerValue == text)
        #expect(date.description == text)
        var bytes: [UInt8] = [1]
        date.append(to: &bytes)
        #expect(bytes == [1] + Array(text.utf8))
        // A year of two digits is read as one of our time, however many zeros stand before it.
        if seconds > -59_000_000_000 { #expect(HTTPDate(headerValue: text) == date) }
    }

    @Test func momentsThatNoDateCanSayBecomeTheNearest() {
        #expect(HTTPDate(secondsSince1970: .max).headerValue == "Fri, 31 Dec 9999 23:59:59 GMT")
        #expect(HTTPDate(secondsSince1970: .min).headerValue == "Mon, 01 Jan 0001 00:00:00 GMT")
    }

    @Test func everyDayOfFourCenturiesHasItsParts() {
        var day = (year: 1900, month: 1, day: 1)
        var weekday = 0
        for number in HTTPDate.days(year: 1900, month: 1, day: 1)..<HTTPDate.days(year: 2300, month: 1, day: 1) {
            let parts = HTTPDate(secondsSince1970: number * 86_400 + 86_399).parts
            guard (parts.year, parts.month, parts.day) == day, parts.weekday == weekday, parts.second == 59,
                HTTPDate.days(year: day.year, month: day.month, day: day.day) == number
            else {
                Issue.record("\(day) is wrong")
                return
            }
            weekday = (weekday + 1) % 7
            day.day += 1
            if day.day > HTTPDate.dayCount(ofMonth: day.month, year: day.year) { day = (day.year, day.month + 1, 1) }
            if day.month > 12 { day = (day.year + 1, 1, 1) }
        }
    }

    // Source: RFC 9110 §5.6.7.
    @Test(arguments: [
        "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
        "Sun, 06 Nov 1994 08:49:37 GMT    ", "Mon, 06 Nov 1994 08:49:37 GMT", "06 Nov 1994 08:49:37 GMT",
        "Sun,06 Nov 1994 08:49:37 GMT", "sun, 06 nov 1994 08:49:37 gmt", "Sun 06 Nov 1994 08:49:37",
        "6 November 1994 8:49:37 UTC", "Sun, 06 Nov 1994 08:49:37 +0000", "Sun, 06 Nov 1994 09:49:37 +0100",
        "Sun, 06 Nov 1994 03:49:37 EST", "Sun, 06 Nov 1994 00:49:37 PST", "Sun, 06 Nov 1994 08:49:37 -0000",
        "Sun, 06 Nov 1994 08:49:37+0000", "Sun, 06 Nov 1994 08:49:37 XYZ", "06-Nov-1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 07:19:37 -0130",
    ])
    func allFormsOfADateAreUnderstood(text: String) {
        #expect(HTTPDate(headerValue: text)?.secondsSince1970 == 784_111_777)
    }

    @Test(arguments: [
        "", " ", "foo", "Thu, 33 Jan 1970 00:00:00 GMT", "Thu, 00 Jan 1970 00:00:00 GMT",
        "Wed, 29 Feb 2023 00:00:00 GMT",
        "Thu, 01 Jan 1970 24:00:00 GMT", "Thu, 01 Jan 1970 00:60:00 GMT", "Thu, 01 Jan 1970 00:00:61 GMT",
        "Thu, 01 Foo 1970 00:00:00 GMT", "Thu, 01 Jan 1970", "01 Jan 00:00:00", "1970-01-01T00:00:00Z",
        "Thu, 01 Jan 1970 00:00:00 GMT GMT", "Thu, 01 Jan 1970 00:00:00 00:00:00", "Thu, 01 Jan 1970 1 00:00:00",
        "Thu, 01 Jan 1970 0:0:0:0 GMT", "Thu, 01 Jan 1970 : GMT", "Thu, 01 Jan 99999 00:00:00 GMT",
        "Thu, 01 Jan 1970 00:00:00 +2400", "Thu, 01 Jan 1970 00:00:00 +01", "Thu, 01--1970 00:00:00 GMT",
        "Thu, 01-Jan-Feb 00:00:00 GMT", "Thu, 01 Jan 1970 ٠٠:٠٠:٠٠ GMT", "+1 Jan 1970 00:00:00 GMT", "0",
        "Thu, 01 Jan 1970 00:00:00 " + String(repeating: "G", count: 200), "Thu, 0b Jan 1970 00:00:00 GMT",
    ])
    func whatIsNoDateIsRefused(text: String) {
        #expect(HTTPDate(headerValue: text) == nil)
    }

    @Test(arguments: [("69", 1969), ("68", 2068), ("00", 2000), ("99", 1999), ("0070", 1970)])
    func aYearOfTwoDigitsIsOfOurTime(digits: String, year: Int) {
        #expect(
            HTTPDate(headerValue: "Sunday, 06-Nov-\(digits) 08:49:37 GMT")
                == HTTPDate(year: year, month: 11, day: 6, hour: 8, minute: 49, second: 37))
    }

    @Test(arguments: [("76", 2076), ("77", 1977), ("26", 2026), ("94", 1994)])
    func aYearOfTwoDigitsIsNeverMoreThanFiftyYearsAhead(digits: String, year: Int) throws {
        let now = try #require(HTTPDate(year: 2026, month: 6, day: 1))
        let date = try #require(HTTPDate(headerValue: "Sunday, 06-Nov-\(digits) 08:49:37 GMT", now: now))
        #expect(date.parts.year == year)
    }

    @Test func theLeapSecondBeginsTheNextMinute() {
        let date = HTTPDate(headerValue: "Sat, 31 Dec 2016 23:59:60 GMT")
        #expect(date == HTTPDate(year: 2017, month: 1, day: 1))
    }

    @Test func datesHaveAnOrder() {
        #expect(HTTPDate(secondsSince1970: 1) < HTTPDate(secondsSince1970: 2))
        #expect(HTTPDate.epoch.secondsSince1970 == 0)
    }

    @Test func theTypeOfFoundationIsConvertedBothWays() {
        #expect(HTTPDate(Date(timeIntervalSince1970: 1.9)).secondsSince1970 == 1)
        #expect(HTTPDate(Date(timeIntervalSince1970: -0.5)).secondsSince1970 == -1)
        #expect(HTTPDate(Date(timeIntervalSince1970: .nan)) == .epoch)
        #expect(HTTPDate(Date(timeIntervalSince1970: .infinity)) == HTTPDate(secondsSince1970: .max))
        #expect(HTTPDate(Date(timeIntervalSince1970: -1e300)) == HTTPDate(secondsSince1970: .min))
        #expect(HTTPDate(secondsSince1970: 784_111_777).date == Date(timeIntervalSince1970: 784_111_777))
    }

    @Test(
        arguments: [
            ("", nil), ("0", 0), ("42", 42), (" 42 ", 42), ("-1", nil), ("+1", nil), ("1.5", nil), ("x", nil),
            ("1_0", nil),
            ("٣", nil), ("2147483648", 2_147_483_648), ("99999999999999999999999999", 2_147_483_648), ("999x", nil),
            ("99999999999999999999999999x", nil),
        ] as [(String, Int64?)])
    func secondsAreParsed(text: String, seconds: Int64?) {
        #expect(DeltaSeconds.parse(text) == seconds.map { .seconds($0) })
    }

    @Test func secondsAreWritten() {
        #expect(DeltaSeconds.print(.seconds(60)) == "60")
        #expect(DeltaSeconds.print(.milliseconds(1999)) == "1")
        #expect(DeltaSeconds.print(.seconds(-5)) == "0")
    }
}
