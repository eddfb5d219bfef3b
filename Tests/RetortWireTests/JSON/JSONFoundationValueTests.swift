// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import RetortWire
import Testing

/// Dates, UUIDs, URLs, data and decimal numbers.
@Suite struct JSONFoundationValueTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (1_700_000_000, "2023-11-14T22:13:20Z"), (-1, "1969-12-31T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"), (-62_135_596_800, "0001-01-01T00:00:00Z"),
            (253_402_300_799, "9999-12-31T23:59:59Z"),
            (0.5, "1970-01-01T00:00:00.500Z"), (-0.25, "1969-12-31T23:59:59.750Z"), (1.0004, "1970-01-01T00:00:01Z"),
            (1.9996, "1970-01-01T00:00:02Z"),
            (1_769_862_896.123, "2026-01-31T12:34:56.123Z"), (-2_203_891_200, "1900-03-01T00:00:00Z"),
            (68_169_600, "1972-02-29T00:00:00Z"),
        ] as [(Double, String)])
    func datesInISO8601(_ seconds: Double, _ text: String) throws {
        let date = Date(timeIntervalSince1970: seconds)
        #expect(try encode([date]) == "[\"\(text)\"]")
        #expect(try encode(["d": date]) == "{\"d\":\"\(text)\"}")
        let read = try JSONCoding.decode(Date.self, from: "\"\(text)\"")
        #expect(abs(read.timeIntervalSince1970 - seconds) <= 0.0005)
    }

    @Test(
        arguments: [
            ("2026-01-31T12:34:56+01:00", 1_769_859_296), ("2026-01-31t12:34:56z", 1_769_862_896),
            ("2026-01-31 12:34:56Z", 1_769_862_896),
            ("2026-01-31T12:34:56-00:30", 1_769_864_696), ("2026-01-31T12:34:56.000Z", 1_769_862_896),
            ("2016-12-31T23:59:60Z", 1_483_228_800),
            ("1970-01-01T00:00:00.123456789Z", 0.123456789),
            ("1970-01-01T00:00:00.1234567890123456789012345Z", 0.12345678901234568),
            ("1970-01-01T23:59:59+23:59", 59),
        ] as [(String, Double)])
    func otherSpellingsOfISO8601(_ text: String, _ seconds: Double) throws {
        let read = try JSONCoding.decode(Date.self, from: "\"\(text)\"").timeIntervalSince1970
        // A Date counts from 2001, so it rounds fractions of 1970.
        #expect(abs(read - seconds) < 1e-6)
    }

    @Test(arguments: [
        "", "2026", "2026-01-31", "2026-01-31T12:34:56", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
        "2026-02-29T00:00:00Z", "2026-04-31T00:00:00Z",
        "2026-01-00T00:00:00Z", "1900-02-29T00:00:00Z", "2026-01-31T24:00:00Z", "2026-01-31T00:60:00Z",
        "2026-01-31T00:00:61Z", "0000-01-01T00:00:00Z",
        "2026-01-31T12:34:56.Z", "2026-01-31T12:34:56Zx", "2026-01-31T12:34:56+1:00", "2026-01-31T12:34:56+0100",
        "2026-01-31T12:34:56+24:00",
        "2026-01-31T12:34:56+01:60", "2026/01/31T12:34:56Z", "2026-01-31X12:34:56Z", "20260131T123456Z0000",
        "+026-01-31T12:34:56Z", "2026-1-031T12:34:56Z",
        "２026-01-31T12:34:56Z", "2026-01-31T12:34:56 ", "2026-01-31T12:34:56.5", "Sat, 31 Jan 2026 12:34:56 GMT",
    ])
    func whatIsNoISO8601IsRefused(_ text: String) {
        let failure = #expect(throws: JSONDecodingFailure.self) {
            try JSONCoding.decode([Date].self, from: "[\"\(text)\"]")
        }
        #expect(failure?.path == "[0]")
        #expect(failure?.expected == "a date such as \"2026-01-31T12:34:56Z\"")
    }

    @Test(
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (784_111_777.9, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (1_769_862_896, "Sat, 31 Jan 2026 12:34:56 GMT"), (-0.5, "Wed, 31 Dec 1969 23:59:59 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
        ] as [(Double, String)])
    func datesOfHTTP(_ seconds: Double, _ text: String) throws {
        let options = JSONOptions(dates: .httpDate)
        #expect(try encode(Date(timeIntervalSince1970: seconds), options) == "\"\(text)\"")
        let read = try JSONCoding.decode(Date.self, from: "\"\(text)\"", options: options)
        #expect(read.timeIntervalSince1970 == seconds.rounded(.down))
    }

    @Test(arguments: [
        "", "Sun, 06 Nov 1994 08:49:37", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 31 Nov 1994 08:49:37 GMT",
        "Sun, 06 nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 UTC", "Son, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT",
        "1994-11-06T08:49:37Z",
    ])
    func whatIsNoDateOfHTTPIsRefused(_ text: String) {
        #expect(throws: JSONDecodingFailure.self) {
            try JSONCoding.decode(Date.self, from: "\"\(text)\"", options: JSONOptions(dates: .httpDate))
        }
    }

    @Test func datesInSeconds() throws {
        let options = JSONOptions(dates: .secondsSince1970)
        for seconds in [0, 1.5, -1e9, 1_769_862_896.123] {
            let date = Date(timeIntervalSince1970: seconds)
            #expect(try encode(date, options) == date.timeIntervalSince1970.description)
            #expect(try JSONCoding.decode(Date.self, from: encode(date, options), options: options) == date)
        }
        #expect(try JSONCoding.decode(Date.self, from: "5", options: options).timeIntervalSince1970 == 5)
        #expect(throws: JSONDecodingFailure.self) { try JSONCoding.decode(Date.self, from: "\"5\"", options: options) }
        #expect(throws: JSONDecodingFailure.self) { try JSONCoding.decode(Date.self, from: "5") }
    }

    @Test(arguments: [
        Date.distantFuture.timeIntervalSince1970 * 10, -1e12, .nan, .infinity, -.infinity, 253_402_300_799.9999, 1e300,
    ])
    func datesOutsideTheYears1To9999AreRefused(_ seconds: Double) {
        let date = Date(timeIntervalSince1970: seconds)
        let error = #expect(throws: WireError.self) { try JSONCoding.encode([date]) }
        #expect(error?.code == .jsonUnencodable)
        if seconds > 253_402_300_800 || !(seconds > 0) {
            #expect(throws: WireError.self) { try JSONCoding.encode(date, options: JSONOptions(dates: .httpDate)) }
        }
    }

    @Test func everyDayOfFourCenturiesIsReadBack() throws {
        let days = stride(from: -135_140, through: 12_000, by: 3).map {
            Date(timeIntervalSince1970: Double($0) * 86_400)
        }
        #expect(try JSONCoding.decode([Date].self, from: JSONCoding.encode(days)) == days)
        let options = JSONOptions(dates: .httpDate)
        #expect(
            try JSONCoding.decode([Date].self, from: JSONCoding.encode(days, options: options), options: options)
                == days)
        let foundation = JSONDecoder()
        foundation.dateDecodingStrategy = .iso8601
        let some = stride(from: 0, to: days.count, by: 97).map { days[$0] }
        #expect(try foundation.decode([Date].self, from: Data(JSONCoding.encode(some))) == some)
    }

    @Test func uuids() throws {
        for _ in 0..<50 {
            let id = UUID()
            #expect(try encode(id) == "\"\(id.uuidString)\"")
            #expect(try JSONCoding.decode([String: UUID].self, from: encode(["id": id])) == ["id": id])
            #expect(try JSONCoding.decode(UUID.self, from: "\"\(id.uuidString.lowercased())\"") == id)
        }
    }

    @Test(arguments: [
        "", "E621E1F8-C36C-495A-93FC-0C247A3E6E5", "E621E1F8-C36C-495A-93FC-0C247A3E6E5FF",
        "E621E1F8C36C495A93FC0C247A3E6E5F", "G621E1F8-C36C-495A-93FC-0C247A3E6E5F",
        "E621E1F8-C36C-495A-93FC+0C247A3E6E5F", "E621E1F8--C36C-495A-93FC-0C247A3E6E5F",
        "{E621E1F8-C36C-495A-93FC-0C247A3E6E}", "E621E1F8-C36C-495A-93FC-0C247A3E6E5é",
    ])
    func whatIsNoUUIDIsRefused(_ text: String) {
        #expect(throws: JSONDecodingFailure.self) { try JSONCoding.decode(UUID.self, from: "\"\(text)\"") }
    }

    @Test func urls() throws {
        let url = try #require(URL(string: "https://example.com/a?b=c&d=%20#e"))
        #expect(try encode([url]) == #"["https://example.com/a?b=c&d=%20#e"]"#)
        #expect(try JSONCoding.decode([URL].self, from: #"["https:\/\/example.com/a?b=c&d=%20#e"]"#) == [url])
        #expect(throws: JSONDecodingFailure.self) { try JSONCoding.decode(URL.self, from: #""""#) }
        #expect(throws: JSONDecodingFailure.self) { try JSONCoding.decode(URL.self, from: "1") }
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
        ("\u{0}\u{0}\u{0}", "AAAA"), ("\u{7FF}\u{7FF}", "37/fvw=="), (">>>???", "Pj4+Pz8/"),
    ])
    func dataInBase64(_ text: String, _ base64: String) throws {
        let data = Data(text.utf8)
        #expect(try encode(data) == "\"\(base64)\"")
        #expect(try JSONCoding.decode(Data.self, from: "\"\(base64)\"") == data)
        let bare = base64.prefix { $0 != "=" }
        #expect(try JSONCoding.decode([Data].self, from: "[\"\(bare)\"]") == [data])
    }

    @Test(arguments: [
        "Z", "Zg=", "Zm9vY", "Zh==", "Zm9=", "Zm9v\\n", " Zg==", "Zg==Zg==", "====", "=", "Zm-_", "Zm9v!", "Zm9vé",
        "Z===", "Zm9vZm9v\\u0000AAA",
    ])
    func whatIsNoBase64IsRefused(_ text: String) {
        #expect(throws: JSONDecodingFailure.self) { try JSONCoding.decode(Data.self, from: "\"\(text)\"") }
    }

    @Test func dataOfEveryByteAndLength() throws {
        for count in 0..<300 {
            let data = Data((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ count) })
            let text = try encode(data)
            #expect(text == "\"\(data.base64EncodedString())\"")
            #expect(try JSONCoding.decode(Data.self, from: text) == data)
        }
    }

    @Test(arguments: [
        "0", "1", "-1", "0.1", "123456789012345678901234567890.12345", "-0.000000000000000000000001",
        "79228162514264337593543950335",
    ])
    func decimalNumbersKeepTheirDigits(_ text: String) throws {
        let decimal = try #require(Decimal(string: text))
        #expect(try JSONCoding.decode(Decimal.self, from: text) == decimal)
        #expect(try encode(["d": decimal]) == "{\"d\":\(text)}")
        #expect(try JSONCoding.decode([Decimal].self, from: "[\(text)]") == [decimal])
    }

    @Test func decimalNumbersThatJSONLacksAreRefused() throws {
        #expect(throws: WireError.self) { try JSONCoding.encode(Decimal.nan) }
        #expect(try encode([Decimal.nan], JSONOptions(nonFiniteNumbers: .null)) == "[null]")
        #expect(throws: JSONDecodingFailure.self) { try JSONCoding.decode(Decimal.self, from: "\"1\"") }
        #expect(throws: JSONDecodingFailure.self) { try JSONCoding.decode(Decimal.self, from: "null") }
        #expect(throws: JSONDecodingFailure.self) { try JSONCoding.decode(Decimal.self, from: "1e999") }
    }

    @Test func typesOfFoundationAsMembersInEveryLayout() throws {
        struct Record: Codable, Equatable {
            var id: UUID?
            var url: URL?
            var when: [Date]
            var data: [String: Data]
            var price: Decimal
        }
        let record = Record(
            id: UUID(), url: URL(string: "http://a/"), when: [Date(timeIntervalSince1970: 1.5)],
            data: ["x": Data([1, 2])], price: 1.25)
        for options in [
            JSONOptions(), JSONOptions(sortsKeys: true), JSONOptions(isIndented: true),
            JSONOptions(dates: .secondsSince1970),
        ] {
            let bytes = try JSONCoding.encode(record, options: options)
            #expect(try JSONCoding.decode(Record.self, from: bytes, options: options) == record)
        }
        let empty = Record(id: nil, url: nil, when: [], data: [:], price: 0)
        #expect(try encode(empty) == #"{"when":[],"data":{},"price":0}"#)
    }

    private func encode(_ value: some Encodable, _ options: JSONOptions = JSONOptions()) throws -> String {
        String(decoding: try JSONCoding.encode(value, options: options), as: UTF8.self)
    }
}
