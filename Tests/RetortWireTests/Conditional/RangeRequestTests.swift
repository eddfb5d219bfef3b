// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

@Suite struct RangeRequestTests {
    @Test(
        arguments: [
            ("bytes=0-499", [.closed(0...499)]), ("bytes=52-", [.from(52)]), ("bytes=-500", [.suffix(500)]),
            ("bytes=0-0,-1", [.closed(0...0), .suffix(1)]), ("bytes = 1 - 100", [.closed(1...100)]),
            ("BYTES=0-1, 2-3 ,4-", [.closed(0...1), .closed(2...3), .from(4)]), ("bytes=007-010", [.closed(7...10)]),
            ("bytes=0-99999999999999999999", [.closed(0...Int64.max)]), ("bytes=99999999999999999999-", [.from(.max)]),
            ("bytes=-99999999999999999999", [.suffix(.max)]),
        ] as [(String, [RangeRequest.Part])])
    func partsAreParsed(text: String, parts: [RangeRequest.Part]) {
        let request = RangeRequest(headerValue: text)
        #expect(request?.parts == parts)
        #expect(request?.unit == "bytes")
    }

    @Test(arguments: [
        "", "bytes", "bytes=", "bytes=52", "bytes=-", "bytes=-0", "bytes=bad-1", "bytes=1-bad", "bytes=52-99, bad",
        "bytes=5-4",
        "bytes=0-5,3-9", "bytes=5-9,0-1", "bytes=0-,5-9", "bytes=-5,0-1", "bytes=0-1,", "bytes=,0-1", "bytes=+0-1",
        "bytes=0-+1",
        "bytes=0_0-1", "bytes=- 5", "bytes=--5", "bytes=0--1", "bytes=٠-١", "🯱🯲🯳",
        "bytes=0-99999999999999999999,5-6",
        "bytes=0-0,0-0",
        "bytes=" + String(repeating: "1", count: 10_000) + "-",
    ])
    func malformedPartsAreIgnored(text: String) {
        #expect(RangeRequest(headerValue: text) == nil)
    }

    @Test func tooManyPartsAreIgnored() {
        func header(_ count: Int) -> String {
            "bytes=" + (0..<count).map { "\($0 * 2)-\($0 * 2)" }.joined(separator: ",")
        }
        #expect(RangeRequest(headerValue: header(16))?.parts.count == 16)
        #expect(RangeRequest(headerValue: header(17)) == nil)
        #expect(RangeRequest(headerValue: header(17), limit: 17)?.parts.count == 17)
    }

    @Test func otherUnitsAreReadAndAnsweredInFull() {
        let request = RangeRequest(headerValue: "AWesomes=0-999")
        #expect(request?.unit == "awesomes")
        #expect(request?.resolve(length: 10) == .whole)
    }

    @Test(
        arguments: [
            ("bytes=0-499", 1000, .parts([0..<500])), ("bytes=0-499", 100, .parts([0..<100])),
            ("bytes=500-", 1000, .parts([500..<1000])),
            ("bytes=-1", 1000, .parts([999..<1000])), ("bytes=-5000", 1000, .parts([0..<1000])),
            ("bytes=1000-", 1000, .unsatisfiable),
            ("bytes=999-", 1000, .parts([999..<1000])), ("bytes=1000-2000", 1000, .unsatisfiable),
            ("bytes=0-0", 0, .unsatisfiable),
            ("bytes=0-", 0, .unsatisfiable), ("bytes=-1", 0, .unsatisfiable),
            ("bytes=0-0,-1", 1000, .parts([0..<1, 999..<1000])),
            ("bytes=0-9,5000-", 1000, .parts([0..<10])), ("bytes=0-99,-950", 1000, .whole),
            ("bytes=0-49,-950", 1000, .parts([0..<50, 50..<1000])),
            ("bytes=0-99999999999999999999", 10, .parts([0..<10])), ("bytes=99999999999999999999-", 10, .unsatisfiable),
            ("bytes=-99999999999999999999", 10, .parts([0..<10])), ("bytes=0-0,-2", 1, .whole),
        ] as [(String, Int64, RangeRequest.Resolution)])
    func partsAreCutToTheContent(text: String, length: Int64, resolution: RangeRequest.Resolution) {
        #expect(RangeRequest(headerValue: text)?.resolve(length: length) == resolution)
    }

    @Test(arguments: [
        ([RangeRequest.Part.closed(0...499)], "bytes=0-499"), ([.from(5)], "bytes=5-"),
        ([.closed(0...1), .suffix(7)], "bytes=0-1,-7"),
    ])
    func partsAreWritten(parts: [RangeRequest.Part], text: String) {
        #expect(RangeRequest(parts).headerValue == text)
        #expect(RangeRequest(headerValue: text) == RangeRequest(parts))
    }

    @Test func partsThatWereMadeByHandCannotBreakAnything() {
        let request = RangeRequest([
            .suffix(-5), .from(-3), .closed(-9 ... -2), .from(.max), .suffix(.max), .closed(5...9), .suffix(.min),
        ])
        for length in [Int64.min, -1, 0, 1, 7, .max] { _ = request.resolve(length: length) }
        #expect(RangeRequest([]).resolve(length: 5) == .unsatisfiable)
        #expect(RangeRequest([.from(-3)]).resolve(length: 5) == .parts([0..<5]))
    }

    @Test(
        arguments: [
            ("bytes 0-499/1234", 0..<500, 1234), ("bytes 0-98/*", 0..<99, nil), ("bytes */100", nil, 100),
            ("bytes */*", nil, nil),
            (" bytes 0-99/100 ", 0..<100, 100), ("items 5-5/6", 5..<6, 6), ("bytes 0 - 9/10", 0..<10, 10),
        ] as [(String, Range<Int64>?, Int64?)])
    func contentRangesAreParsed(text: String, range: Range<Int64>?, length: Int64?) {
        let parsed = ContentRange(headerValue: text)
        #expect(parsed != nil)
        #expect(parsed?.range == range)
        #expect(parsed?.length == length)
    }

    @Test(arguments: [
        "", "bytes", "bytes 0-99", "bytes 0-98/*asdfsa", "bytes 5-4/10", "bytes 0-100/100", "bytes 1-+2/3",
        "bytes 1_23-125/*",
        "bytes -5/10", "bytes 5-/10", "bytes 5/10", "bytes 0-1/-5", "bytes 0-1/", "bytes 0-99999999999999999999/*",
        "bytes=0-1/2", "by\u{0}es 0-4/10", "\u{1} 0-4/10", "\u{FFFD} 0-4/10",
        String(repeating: " ", count: 10_001),
    ])
    func malformedContentRangesAreRefused(text: String) {
        #expect(ContentRange(headerValue: text) == nil)
    }

    @Test func contentRangesAreWritten() {
        #expect(ContentRange(0..<500, length: 1234)?.headerValue == "bytes 0-499/1234")
        #expect(ContentRange(0..<500, length: nil)?.headerValue == "bytes 0-499/*")
        #expect(ContentRange(nil, length: 1234)?.headerValue == "bytes */1234")
        #expect(ContentRange(nil, length: nil, unit: "x")?.headerValue == "x */*")
    }

    @Test func contentRangesOutsideTheContentCannotBeMade() {
        #expect(ContentRange(0..<0, length: 5) == nil)
        #expect(ContentRange(0..<6, length: 5) == nil)
        #expect(ContentRange(-1..<3, length: 5) == nil)
        #expect(ContentRange(nil, length: -1) == nil)
    }
}
