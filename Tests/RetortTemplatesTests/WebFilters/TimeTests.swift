// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortTemplates

@Suite struct CivilTimeTests {
    static let dates: [(Double, Int, Int, Int, Int, Int)] = [
        (0.0, 1970, 1, 1, 4, 1), (951_782_400, 2000, 2, 29, 2, 60), (1_709_164_800, 2024, 2, 29, 4, 60),
        (-1, 1969, 12, 31, 3, 365), (4_107_542_400, 2100, 3, 1, 1, 60), (-62_135_596_800, 1, 1, 1, 1, 1),
        (253_402_300_799, 9999, 12, 31, 5, 365), (1_803_038_400, 2027, 2, 19, 5, 50),
    ]

    @Test(arguments: dates)
    func secondsBecomeDates(seconds: Double, year: Int, month: Int, day: Int, weekday: Int, dayOfYear: Int) {
        let time = CivilTime(secondsSince1970: seconds)
        #expect([time.year, time.month, time.day] == [year, month, day])
        #expect(time.weekday == weekday)
        #expect(time.dayOfYear == dayOfYear)
        #expect(CivilTime.dayNumber(year, month, day) == time.dayNumber)
    }

    @Test(arguments: [
        (1_230_768_000.0, 2009, 1), (1_262_304_000, 2009, 53), (1_293_840_000, 2010, 52), (1_735_516_800, 2025, 1),
        (1_104_537_600, 2004, 53),
    ])
    func weeksFollowISO8601(seconds: Double, year: Int, week: Int) {
        let found = CivilTime(secondsSince1970: seconds).isoWeek
        #expect(found.year == year)
        #expect(found.week == week)
    }

    @Test func offsetsMoveTheClock() {
        let time = CivilTime(secondsSince1970: 1_000_000_000.25, utcOffset: 7200, zoneName: "CEST")
        #expect([time.year, time.month, time.day, time.hour, time.minute, time.second] == [2001, 9, 9, 3, 46, 40])
        #expect(time.microsecond == 250_000)
        #expect(time.unixSeconds == 1_000_000_000)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300, -1e300])
    func momentsOutsideOfTimeDoNotTrap(seconds: Double) {
        let time = CivilTime(secondsSince1970: seconds, utcOffset: .max)
        #expect((-9999...10_000).contains(time.year))
    }
}

@Suite struct DatePatternTests {
    /// Thursday, 2 January 2025, 15:04:05.000678, two hours ahead of UTC.
    static let time = CivilTime(secondsSince1970: 1_735_823_045.000678, utcOffset: 7200, zoneName: "EET")

    @Test(arguments: [
        ("d", "02"), ("j", "2"), ("D", "Thu"), ("l", "Thursday"), ("S", "nd"), ("w", "4"), ("z", "2"), ("W", "1"),
        ("m", "01"), ("n", "1"), ("M", "Jan"), ("b", "jan"), ("F", "January"), ("E", "January"), ("N", "Jan."),
        ("t", "31"), ("Y", "2025"), ("y", "25"), ("o", "2025"), ("L", "False"), ("a", "p.m."), ("A", "PM"),
        ("f", "3:04"), ("g", "3"), ("G", "15"), ("h", "03"), ("H", "15"), ("i", "04"), ("s", "05"), ("u", "000678"),
        ("P", "3:04 p.m."), ("e", "EET"), ("T", "EET"), ("O", "+0200"), ("Z", "7200"), ("U", "1735823045"),
        ("c", "2025-01-02T15:04:05.000678+02:00"), ("r", "Thu, 02 Jan 2025 15:04:05 +0200"),
        ("jS \\o\\f F", "2nd of January"), ("d.m.Y H:i", "02.01.2025 15:04"), ("\\", ""), ("", ""), ("é x", "é x"),
        ("DATE_FORMAT", "Jan. 2, 2025"), ("SHORT_DATE_FORMAT", "01/02/2025"), ("TIME_FORMAT", "3:04 p.m."),
    ])
    func lettersStandForPartsOfTheTime(pattern: String, text: String) {
        #expect(DatePattern(pattern).text(of: Self.time) == text)
    }

    @Test(arguments: [(0.0, "midnight"), (43_200, "noon"), (39_600, "11 a.m."), (46_860, "1:01 p.m.")])
    func theClockOfThePressNamesMidnightAndNoon(seconds: Double, text: String) {
        #expect(DatePattern("P").text(of: CivilTime(secondsSince1970: seconds)) == text)
    }

    @Test(arguments: [
        (1, "st"), (2, "nd"), (3, "rd"), (4, "th"), (11, "th"), (12, "th"), (13, "th"), (21, "st"), (112, "th"),
    ])
    func ordinalsHaveTheirEnding(number: Int, ending: String) { #expect(DatePattern.ordinalSuffix(number) == ending) }
}

@Suite struct TimeWordsTests {
    static let day = 86_400.0
    static let start = CivilTime(secondsSince1970: 1_187_098_190)  // 2007-08-14 13:29:50

    static let distances: [(Double, String)] = [
        (0.0, "0 minutes"), (59, "0 minutes"), (60, "1 minute"), (3600, "1 hour"), (3660, "1 hour, 1 minute"),
        (day, "1 day"), (day + 7260, "1 day, 2 hours"), (day + 60, "1 day"), (7 * day, "1 week"),
        (8 * day, "1 week, 1 day"), (31 * day, "1 month"), (38 * day, "1 month, 1 week"), (366 * day, "1 year"),
        (366 * day + 35 * day, "1 year, 1 month"), (-100, "0 minutes"),
    ]

    @Test(arguments: distances)
    func twoUnitsThatFollowEachOtherSayHowLong(seconds: Double, words: String) {
        let end = CivilTime(secondsSince1970: Double(Self.start.unixSeconds) + seconds)
        #expect(TimeWords.since(Self.start, end) == words)
    }

    @Test func theDepthLimitsTheUnits() {
        let end = CivilTime(secondsSince1970: Double(Self.start.unixSeconds) + 8 * Self.day + 3661)
        #expect(TimeWords.since(Self.start, end, depth: 1) == "1 week")
        #expect(TimeWords.since(Self.start, end, depth: 4) == "1 week, 1 day, 1 hour, 1 minute")
    }

    @Test(arguments: [
        (0.0, "now"), (-1, "a second ago"), (-30, "30 seconds ago"), (-90, "a minute ago"), (-150, "2 minutes ago"),
        (-3600, "an hour ago"), (-7200, "2 hours ago"), (-86_400, "1 day ago"), (1, "a second from now"),
        (45, "45 seconds from now"), (180, "3 minutes from now"), (5400, "an hour from now"),
        (172_800, "2 days from now"),
    ])
    func everydayWordsTellTheDistanceFromNow(seconds: Double, words: String) {
        let time = CivilTime(secondsSince1970: Double(Self.start.unixSeconds) + seconds)
        #expect(TimeWords.natural(time, now: Self.start) == words)
    }

    @Test(arguments: [
        (-86_400.0, "yesterday"), (0, "today"), (86_400, "tomorrow"), (172_800, nil), (-50_000, "yesterday"),
    ])
    func nearDaysHaveNames(seconds: Double, name: String?) {
        let time = CivilTime(secondsSince1970: Double(Self.start.unixSeconds) + seconds)
        #expect(TimeWords.naturalDay(time, now: Self.start) == name)
    }
}
