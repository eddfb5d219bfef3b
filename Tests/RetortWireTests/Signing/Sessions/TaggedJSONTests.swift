// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

private func parse(_ text: String, limit: Int = 1 << 20) throws -> SessionValue {
    try TaggedJSON.parse(Array(text.utf8), limit: limit)
}

private func print(_ value: SessionValue, _ style: TaggedJSON.Style = .session) throws -> String {
    String(decoding: try TaggedJSON.print(value, style), as: UTF8.self)
}

@Suite struct TaggedJSONParserTests {
    static let values: [(String, SessionValue)] = [
        ("null", .null), ("true", true), ("false", false), ("0", 0), ("-0", 0), ("42", 42), ("-7", -7),
        ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
        ("9223372036854775808", .double(9_223_372_036_854_775_808)), ("1.0", 1.0), ("1e2", 100.0), ("-2.5E-3", -0.0025),
        ("1e400", .double(.infinity)), ("Infinity", .double(.infinity)), ("-Infinity", .double(-.infinity)),
        ("\"\"", ""), ("\"a\"", "a"), ("\"é☃𝄞\"", "é☃𝄞"), ("[]", []), ("[ ]", []), ("{}", .object([])),
        (" [1 , 2]\n", [1, 2]), ("{\"a\":{\"b\":[null]}}", ["a": ["b": [nil]]]), ("{ \"a\" : 1 }", ["a": 1]),
        ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\u{8}\u{C}\n\r\t"), ("\"\\u00e9\\u2603\"", "é☃"),
        ("\"\\ud834\\udd1e\"", "𝄞"), ("\"x\\u0041y\"", "xAy"), ("\"\\ud834x\"", "\u{FFFD}x"),
        ("\"\\udd1e\"", "\u{FFFD}"),
        ("\"\\ud834\\u0041\"", "\u{FFFD}A"), ("\"\\u0000\"", "\u{0}"),
    ]

    @Test("Values are read", arguments: values)
    func value(text: String, expected: SessionValue) throws {
        #expect(try parse(text) == expected)
    }

    @Test func notANumberIsRead() throws {
        guard case .double(let number) = try parse("NaN") else {
            Issue.record("no number")
            return
        }
        #expect(number.isNaN)
    }

    @Test(
        "Malformed texts are refused",
        arguments: [
            "", " ", "nul", "tru", "True", "01", "-", "+1", "1.", ".5", "1e", "1e+", "0x1", "1 2", "[", "[1", "[1,]",
            "[,1]",
            "[1 2]", "]", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,}", "{a:1}", "{1:1}", "{\"a\" 1}", "\"",
            "\"a",
            "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u12G4\"", "\"\n\"", "\"\u{0}\"", "'a'", "-Inf", "Nan", "--1",
            "\u{FEFF}1",
            "1\u{0}", "\"\\",
        ])
    func malformed(text: String) {
        let error = #expect(throws: WireError.self) { try parse(text) }
        #expect(error?.code == .malformedSessionJSON)
        #expect(error?.status == 400)
    }

    @Test(
        "Bytes that are no UTF-8 are refused",
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0x5C, 0x6E, 0xE2, 0x98, 0x22],
            [0x22, 0xED, 0xA0, 0x80, 0x22],
        ]
            as [[UInt8]])
    func notUTF8(bytes: [UInt8]) {
        #expect(throws: WireError.self) { try TaggedJSON.parse(bytes, limit: 100) }
    }

    @Test("The last value of a name counts in the place of the first", arguments: [0, 5, 40])
    func duplicates(others: Int) throws {
        let middle = (0..<others).map { "\"n\($0)\":\($0)," }.joined()
        let value = try parse("{\"a\":1,\(middle)\"b\":2,\"a\":3,\"b\":4}")
        guard case .object(let members) = value else {
            Issue.record("no object")
            return
        }
        #expect(members.count == others + 2)
        #expect(members.first == SessionValue.Member("a", 3))
        #expect(members.last == SessionValue.Member("b", 4))
    }

    @Test func namesDifferByTheirBytes() throws {
        guard case .object(let members) = try parse("{\"e\u{301}\":1,\"\u{e9}\":2}") else {
            Issue.record("no object")
            return
        }
        #expect(members.count == 2)
    }

    @Test("Depth has its limit", arguments: ["[", "{\"a\":"])
    func depth(open: String) throws {
        let close = open == "[" ? "]" : "}"
        func nested(_ count: Int) -> String {
            String(repeating: open, count: count) + "1" + String(repeating: close, count: count)
        }
        _ = try parse(nested(TaggedJSON.maximumDepth))
        #expect(throws: WireError.self) { try parse(nested(TaggedJSON.maximumDepth + 1)) }
        #expect(throws: WireError.self) { try parse(String(repeating: open, count: 100_000)) }
    }

    @Test func lengthHasItsLimit() throws {
        #expect(try parse("[1]", limit: 3) == [1])
        let error = #expect(throws: WireError.self) { try parse("[1]", limit: 2) }
        #expect(error?.status == 413)
    }

    @Test func timeGrowsWithLengthAlone() throws {
        func seconds(_ count: Int) throws -> Double {
            let names = (0..<count).map { "\"name\($0)\":\"\\n\\u00e9\"" }.joined(separator: ",")
            let bytes = Array("{\(names)}".utf8)
            return try cpuSeconds { _ = try TaggedJSON.parse(bytes, limit: .max) }
        }
        _ = try seconds(1_000)
        let small = try (0..<3).map { _ in try seconds(2_000) }.min() ?? 0
        let large = try (0..<3).map { _ in try seconds(16_000) }.min() ?? 0
        // Eight times the work; a quadratic parser would take sixty-four times as long.
        #expect(large < small * 30)
    }
}

@Suite struct TaggedJSONPrinterTests {
    static let uuid = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7))

    static let tagged: [(SessionValue, String)] = [
        (["b": .bytes([0, 255])], "{\"b\":{\" b\":\"AP8=\"}}"),
        (
            ["d": .date(Date(timeIntervalSince1970: 1_709_209_845))],
            "{\"d\":{\" d\":\"Thu, 29 Feb 2024 12:30:45 GMT\"}}"
        ),
        (["m": .markup("<b>&amp;</b>")], "{\"m\":{\" m\":\"<b>&amp;</b>\"}}"),
        (["t": .tuple([1, "x"])], "{\"t\":{\" t\":[1,\"x\"]}}"),
        (["u": .uuid(uuid)], "{\"u\":{\" u\":\"00000000000000000000000000000007\"}}"),
        (["only": [" t": "clash"]], "{\"only\":{\" di\":{\" t__\":\"clash\"}}}"),
        ([" t": 1], "{\" di\":{\" t__\":1}}"),
        ([" di": [" di": 1]], "{\" di\":{\" di__\":{\" di\":{\" di__\":1}}}}"),
        ([" t": 1, "x": 2], "{\" t\":1,\"x\":2}"),
        ([" x": .tuple([])], "{\" x\":{\" t\":[]}}"),
        ([" t__": 1], "{\" t__\":1}"),
        (.tuple([.tuple([.bytes([])]), []]), "{\" t\":[{\" t\":[{\" b\":\"\"}]},[]]}"),
        ([" b": .bytes([1])], "{\" di\":{\" b__\":{\" b\":\"AQ==\"}}}"),
    ]

    @Test("Tags are written and read", arguments: tagged)
    func tags(value: SessionValue, json: String) throws {
        #expect(try print(value) == json)
        #expect(try TaggedJSON.parseTagged(Array(json.utf8), limit: 1_000) == value)
    }

    @Test(
        "Malformed tags are refused",
        arguments: [
            "{\" t\":1}", "{\" t\":\"x\"}", "{\" b\":1}", "{\" b\":\"A\"}", "{\" m\":1}", "{\" u\":\"0\"}",
            "{\" u\":null}",
            "{\" u\":\"zz000000000000000000000000000007\"}", "{\" d\":1}", "{\" di\":1}", "{\" di\":{}}",
            "{\" di\":{\"a\":1}}",
            "{\" di\":{\"a__\":1,\"b__\":2}}", "{\"x\":[{\" t\":{}}]}",
        ])
    func malformedTags(json: String) {
        let error = #expect(throws: WireError.self) {
            try TaggedJSON.parseTagged(Array(json.utf8), limit: 1_000)
        }
        #expect(error?.code == .malformedSessionJSON)
    }

    @Test func aMalformedDateIsNothing() throws {
        #expect(try TaggedJSON.parseTagged(Array("{\" d\":\"soon\"}".utf8), limit: 100) == .null)
    }

    @Test func uuidsAreReadInBothForms() throws {
        let json = "{\" u\":\"00000000-0000-0000-0000-000000000007\"}"
        #expect(try TaggedJSON.parseTagged(Array(json.utf8), limit: 100) == .uuid(Self.uuid))
    }

    static let styles: [(SessionValue, session: String, spaced: String, compact: String)] = [
        ([1, [2]], "[1,[2]]", "[1, [2]]", "[1,[2]]"),
        (["b": 1, "a": 2], "{\"a\":2,\"b\":1}", "{\"b\": 1, \"a\": 2}", "{\"b\":1,\"a\":2}"),
        ("é☃𝄞", "\"\\u00e9\\u2603\\ud834\\udd1e\"", "\"\\u00e9\\u2603\\ud834\\udd1e\"", "\"é☃𝄞\""),
        ("\u{7F}", "\"\\u007f\"", "\"\\u007f\"", "\"\u{7F}\""),
        (
            "\"\\/\n\r\t\u{8}\u{C}\u{1}", "\"\\\"\\\\/\\n\\r\\t\\b\\f\\u0001\"", "\"\\\"\\\\/\\n\\r\\t\\b\\f\\u0001\"",
            "\"\\\"\\\\/\\n\\r\\t\\b\\f\\u0001\""
        ),
        ("\r\n", "\"\\r\\n\"", "\"\\r\\n\"", "\"\\r\\n\""),
        (
            [nil, true, false, -1, 0.5], "[null,true,false,-1,0.5]", "[null, true, false, -1, 0.5]",
            "[null,true,false,-1,0.5]"
        ),
    ]

    @Test("Each style writes as its original", arguments: styles)
    func style(value: SessionValue, session: String, spaced: String, compact: String) throws {
        #expect(try print(value) == session)
        #expect(try print(value, .spacedASCII) == spaced)
        #expect(try print(value, .compactUnicode) == compact)
    }

    @Test func namesAreSortedByCodePoints() throws {
        // The surrogates of the last sort before U+FFFF as UTF-16 and behind it as code points.
        let value: SessionValue = ["\u{1D11E}": 1, "\u{FFFF}": 2, "é": 3, "e\u{301}": 4, "z": 5, "Z": 6, "": 7]
        #expect(
            try print(value)
                == "{\"\":7,\"Z\":6,\"e\\u0301\":4,\"z\":5,\"\\u00e9\":3,\"\\uffff\":2,\"\\ud834\\udd1e\":1}")
    }

    @Test func typesBeyondJSONNeedTags() {
        #expect(throws: WireError.self) { try print(.bytes([1]), .spacedASCII) }
        #expect(throws: WireError.self) { try print([.tuple([])], .compactUnicode) }
    }

    @Test func depthHasItsLimit() {
        var value: SessionValue = 1
        for _ in 0..<TaggedJSON.maximumDepth { value = [value] }
        #expect(throws: Never.self) { try print(value) }
        let tooDeep: SessionValue = [value]
        #expect(throws: WireError.self) { try print(tooDeep) }
    }
}

@Suite struct PythonNumberTests {
    static let numbers: [(Double, String)] = [
        (0, "0.0"), (-0.0, "-0.0"), (1, "1.0"), (-1.5, "-1.5"), (0.1, "0.1"), (100, "100.0"),
        (1234567.125, "1234567.125"),
        (0.001, "0.001"), (0.0001, "0.0001"), (0.00012, "0.00012"), (0.00001, "1e-05"), (0.000015, "1.5e-05"),
        (1e15, "1000000000000000.0"), (1e16, "1e+16"), (1.5e16, "1.5e+16"),
        (9_999_999_999_999_998, "9999999999999998.0"),
        (12_345_678_901_234_568, "1.2345678901234568e+16"), (18_014_398_509_481_984, "1.8014398509481984e+16"),
        (123_456_789_012_345_680, "1.2345678901234568e+17"), (1e21, "1e+21"), (1e22, "1e+22"), (1e23, "1e+23"),
        (1e100, "1e+100"), (.leastNonzeroMagnitude, "5e-324"), (2.2250738585072014e-308, "2.2250738585072014e-308"),
        (1.7976931348623157e308, "1.7976931348623157e+308"), (0.30000000000000004, "0.30000000000000004"),
        (.infinity, "Infinity"), (-.infinity, "-Infinity"), (.nan, "NaN"),
        (9_007_199_254_740_992, "9007199254740992.0"),
    ]

    @Test("Numbers look as in Python", arguments: numbers)
    func looks(number: Double, expected: String) {
        var output: [UInt8] = []
        PythonNumber.append(number, to: &output)
        #expect(String(decoding: output, as: UTF8.self) == expected)
    }

    @Test func everyNumberComesBack() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<5_000 {
            let number = Double(bitPattern: generator.next())
            guard number.isFinite else { continue }
            var output: [UInt8] = []
            PythonNumber.append(number, to: &output)
            #expect(Double(String(decoding: output, as: UTF8.self)) == number)
        }
    }
}

@Suite struct HTTPDateTextTests {
    static let dates: [(Double, String)] = [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
        (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
        (1_709_209_845, "Thu, 29 Feb 2024 12:30:45 GMT"), (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
        (-62_135_596_800, "Mon, 01 Jan 0001 00:00:00 GMT"), (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
    ]

    @Test("Dates are written and read", arguments: dates)
    func roundTrip(seconds: Double, text: String) {
        #expect(HTTPDateText.format(Date(timeIntervalSince1970: seconds)) == text)
        #expect(HTTPDateText.parse(text)?.timeIntervalSince1970 == seconds)
    }

    @Test(
        "Fractions are cut and other times moved into range",
        arguments: [
            (0.999, "Thu, 01 Jan 1970 00:00:00 GMT"), (-0.5, "Wed, 31 Dec 1969 23:59:59 GMT"),
            (1e300, "Fri, 31 Dec 9999 23:59:59 GMT"), (-1e300, "Mon, 01 Jan 0001 00:00:00 GMT"),
            (.nan, "Thu, 01 Jan 1970 00:00:00 GMT"),
        ] as [(Double, String)])
    func odd(seconds: Double, text: String) {
        #expect(HTTPDateText.format(Date(timeIntervalSince1970: seconds)) == text)
    }

    @Test(
        "Relaxed forms are read",
        arguments: [
            ("6 Nov 1994 08:49:37 GMT", 784_111_777), ("Sun, 06 nov 1994 08:49:37 UTC", 784_111_777),
            ("Sun, 06 Nov 1994 08:49:37 +0000", 784_111_777), ("Sun, 06 Nov 1994 10:49:37 +0200", 784_111_777),
            ("Sun, 06 Nov 1994 03:19:37 -0530", 784_111_777), ("06 Nov 1994 08:49 GMT", 784_111_740),
            ("06 Nov 1994 08:49:37", 784_111_777),
        ] as [(String, Double)])
    func relaxed(text: String, seconds: Double) {
        #expect(HTTPDateText.parse(text)?.timeIntervalSince1970 == seconds)
    }

    @Test(
        "Malformed dates are nil",
        arguments: [
            "", "now", "30 Feb 2024 00:00:00 GMT", "29 Feb 2023 00:00:00 GMT", "01 Foo 2024 00:00:00 GMT", "1 Jan 2024",
            "01 Jan 2024 24:00:00 GMT", "01 Jan 2024 00:60:00 GMT", "01 Jan 2024 00:00:60 GMT",
            "01 Jan 2024 00:00:00 EST",
            "01 Jan 2024 00:00:00 +24000", "01 Jan 2024 00:00:00 +9900", "32 Jan 2024 00:00:00 GMT",
            "0 Jan 2024 00:00:00 GMT",
            "01 Jan 99999 00:00:00 GMT", "01 Jan 2024 :: GMT", "01 Jan 2024 1:2:3:4 GMT", "01 Jan 2024 00:00:00 GMT x",
            "99999999999999999999 Jan 2024 00:00:00 GMT", "é Jan 2024 00:00:00 GMT",
        ])
    func malformed(text: String) {
        #expect(HTTPDateText.parse(text) == nil)
    }
}
