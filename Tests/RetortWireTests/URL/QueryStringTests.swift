// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

struct QueryStringTests {
    @Test(
        arguments: [
            ("", []), ("&&&", []), ("a=1", [("a", "1")]), ("a=1&a=2", [("a", "1"), ("a", "2")]),
            ("a=&b", [("a", ""), ("b", "")]), ("=x", [("", "x")]), ("=", [("", "")]), ("a=b=c", [("a", "b=c")]),
            ("a=1;b=2", [("a", "1;b=2")]), ("a+b=c+d", [("a b", "c d")]), ("a%3Db=%26", [("a=b", "&")]),
            ("&a=1&&b=2&", [("a", "1"), ("b", "2")]), ("cur=%A4", [("cur", "\u{FFFD}")]), ("a=%zz", [("a", "%zz")]),
            ("a[]=1&a[0][b]=2", [("a[]", "1"), ("a[0][b]", "2")]), ("%C3%BC=☃", [("ü", "☃")]),
            ("x=a%0D%0Ab", [("x", "a\r\nb")]), ("a=%", [("a", "%")]),
        ] as [(String, [(String, String)])])
    func pairsAreReadInTheirOrder(query: String, pairs: [(String, String)]) throws {
        let expected = MultiDict(pairs.map { (name: $0.0, value: $0.1) })
        #expect(try MultiDict(urlEncoded: query) == expected)
        #expect(try MultiDict(urlEncoded: query.utf8.lazy.map { $0 }) == expected)
    }

    @Test func invalidBytesInTheBodyAreRepaired() throws {
        let form = try MultiDict(urlEncoded: [0x61, 0x3D, 0xFF, 0x26, 0xC3, 0x3D, 0x31])
        #expect(form == ["a": "\u{FFFD}", "\u{FFFD}": "1"])
    }

    @Test func namesThatOnlyLookEqualStayApart() throws {
        let form = try MultiDict(urlEncoded: "%C3%A9=1&e%CC%81=2")
        #expect(form["\u{E9}"] == "1")
        #expect(form["e\u{301}"] == "2")
    }

    @Test(
        arguments: [
            ([("a", "1"), ("b", "2")], "a=1&b=2"), ([("a", "")], "a="), ([("ü", "ñ & =")], "%C3%BC=%C3%B1+%26+%3D"),
            ([("q", "!$'()*,/:;?@")], "q=!$'()*,/:;?@"), ([("q", "+#[]%\"<>")], "q=%2B%23%5B%5D%25%22%3C%3E"),
            ([], ""), ([("a b", "\r\n")], "a+b=%0D%0A"),
        ] as [([(String, String)], String)])
    func pairsAreWrittenAsBrowsersWriteThem(pairs: [(String, String)], query: String) {
        #expect(MultiDict(pairs.map { (name: $0.0, value: $0.1) }).urlEncoded == query)
    }

    @Test func whatIsWrittenIsReadBack() throws {
        let every = String(String.UnicodeScalarView((1...0x2FF).compactMap { Unicode.Scalar($0) }))
        let form: MultiDict<String> = ["a": every, every: "", "": "x", "a&b=c": " + "]
        #expect(try MultiDict(urlEncoded: form.urlEncoded) == form)
    }

    @Test func thePairsAreCountedAgainstTheLimit() throws {
        let limits = QueryLimits(maximumPairs: 3)
        #expect(try MultiDict(urlEncoded: "a&&b&&c&&", limits: limits).count == 3)
        let error = #expect(throws: WireError.self) { try MultiDict(urlEncoded: "a&b&c&d", limits: limits) }
        #expect(error?.code == .tooManyPairs)
        #expect(error?.status == 400)
        #expect(error?.message == "The form has more than 3 fields. Send fewer at once.")
    }

    @Test func theDefaultAllowsAThousandPairs() throws {
        let thousand = Array(repeating: "a=1", count: 1000).joined(separator: "&")
        #expect(try MultiDict(urlEncoded: thousand).count == 1000)
        #expect(throws: WireError.self) { try MultiDict(urlEncoded: thousand + "&a=1") }
    }

    @Test func theBytesAreCountedAgainstTheLimit() throws {
        let limits = QueryLimits(maximumBytes: 4)
        #expect(try MultiDict(urlEncoded: "a=12", limits: limits)["a"] == "12")
        let error = #expect(throws: WireError.self) { try MultiDict(urlEncoded: "a=123", limits: limits) }
        #expect(error?.code == .formTooLarge)
        #expect(error?.status == 413)
    }

    @Test func readingTakesLinearTime() throws {
        func time(_ bytes: [UInt8]) throws -> Duration {
            try ProcessorClock().measure { _ = try MultiDict(urlEncoded: bytes) }
        }
        for unit in ["=", "&", "%", "%41", "+"] {
            let once = Array(String(repeating: unit, count: 10_000).utf8)
            _ = try time(once)
            let short = try (0..<3).map { _ in try time(once) }.min() ?? .zero
            let long = try (0..<3).map { _ in try time(Array(repeatElement(once, count: 8).joined())) }.min() ?? .zero
            // Eight times the bytes may take up to 32 times as long; a quadratic reader takes 64 times as long.
            #expect(long < short * 32 + .milliseconds(5))
        }
    }
}
