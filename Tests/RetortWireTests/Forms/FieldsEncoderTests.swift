// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct FieldsEncoderTests {
    struct Everything: Codable, Equatable {
        var text = "a&b=ü"
        var empty = ""
        var none: Int?
        var number = -42
        var byte: UInt8 = 255
        var huge = UInt128.max
        var fraction = 0.1
        var single: Float = 2.5
        var flag = true
        var size = FieldsDecoderTests.Size.large
        var level = FieldsDecoderTests.Level.high
        var date = Date(timeIntervalSince1970: 1_790_000_000.25)
        var identifier = UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16))
        var link = URL(string: "https://example.org/a?b=c")
        var tags = ["x", "", "z"]
        var nobody: [Int] = []
        var rows = [[1, 2], [3]]
        var wide = [Int128.min, 0]
        var widest = [UInt128.max]
        var counts = ["one": 1]
        var order = FieldsDecoderObjectTests.order
    }

    @Test(arguments: [FieldsEncoder.Style.dots, .brackets]) func whatIsWrittenIsRead(style: FieldsEncoder.Style) throws
    {
        let fields = try FieldsEncoder(style: style).encode(Everything())
        #expect(try FieldsDecoder().decode(Everything.self, from: fields) == Everything())
    }

    @Test func namesFollowTheStyle() throws {
        let order = FieldsDecoderObjectTests.order
        #expect(
            try FieldsEncoder().encode(order) == [
                "customer.street": "s", "customer.city": "c", "items[0].name": "a", "items[0].count": "1",
                "items[0].tags": "x", "items[0].tags": "y", "items[1].name": "b", "items[1].count": "2",
            ])
        #expect(
            try FieldsEncoder(style: .brackets).encode(order).pairs.map(\.name).prefix(4) == [
                "customer[street]", "customer[city]", "items[0][name]", "items[0][count]",
            ])
    }

    @Test func textsOfScalars() throws {
        struct Scalars: Encodable {
            var a = 1.0
            var b = 1e300
            var c = false
            var d = Date(timeIntervalSince1970: 0)
            var e: [Int?] = [1, nil, 2]
            var f = [[1], [2, 3]]
        }
        #expect(
            try FieldsEncoder().encode(Scalars()) == [
                "a": "1.0", "b": "1e+300", "c": "false", "d": "1970-01-01T00:00:00Z", "e": "1", "e": "2",
                "f[0]": "1", "f[1]": "2", "f[1]": "3",
            ])
    }

    @Test func scalarsAndArraysAloneAreRefused() {
        #expect(throws: EncodingError.self) { try FieldsEncoder().encode(1) }
        #expect(throws: EncodingError.self) { try FieldsEncoder().encode("x") }
        #expect(throws: EncodingError.self) { try FieldsEncoder().encode([1]) }
        #expect(throws: EncodingError.self) { try FieldsEncoder().encode(Date(timeIntervalSince1970: 0)) }
    }

    @Test func numbersThatAreNotFiniteAreRefused() {
        #expect(throws: EncodingError.self) { try FieldsEncoder().encode(["x": Double.nan]) }
        #expect(throws: EncodingError.self) { try FieldsEncoder().encode(["x": -Float.infinity]) }
        #expect(throws: EncodingError.self) { try FieldsEncoder().encode(["x": Date(timeIntervalSince1970: 1e18)]) }
    }

    @Test func classesWriteTheirSuperclass() throws {
        class Base: Encodable { var a = 1 }
        final class Derived: Base {
            enum CodingKeys: CodingKey { case b }
            override func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encode(2, forKey: .b)
                try super.encode(to: container.superEncoder())
            }
        }
        #expect(try FieldsEncoder().encode(Derived()) == ["b": "2", "super.a": "1"])
    }
}

@Suite struct ISO8601TextTests {
    @Test(
        arguments: [
            ("1970-01-01", 0), ("1970-01-01T00:00", 0), ("1970-01-01T00:00:01Z", 1), ("1970-01-01 00:01:00", 60),
            ("1970-01-01T01:00:00+01:00", 0), ("1970-01-01T00:00:00-0130", 5400), ("1969-12-31T23:59:59.5z", -0.5),
            ("2000-02-29", 951_782_400), ("2026-11-23T12:34:56.123Z", 1_795_437_296.123),
            ("0000-03-01", -62_162_035_200),
            ("9999-12-31T23:59:59Z", 253_402_300_799), ("2016-12-31T23:59:60Z", 1_483_228_800),
            ("1970-01-01t00:00:00.000000001Z", 1e-9),
        ] as [(String, Double)]) func datesAreRead(text: String, seconds: Double)
    {
        #expect(ISO8601Text.seconds(text) == seconds)
    }

    @Test(arguments: [
        "", "1970", "1970-1-1", "1970-13-01", "1970-00-01", "1970-01-32", "1970-01-00", "1970-02-29", "1900-02-29",
        "1970-04-31", "1970-01-01T", "1970-01-01T24:00", "1970-01-01T00:60", "1970-01-01T00:00:61Z",
        "1970-01-01T00:00:00.Z", "1970-01-01T00:00:00.1234567891Z", "1970-01-01T00:00Zx", "1970-01-01T00:00+1",
        "1970-01-01T00:00+24:00", "1970-01-01x", "+970-01-01", "１970-01-01", "1970-01-01T00:00:0", "1970-01-01Z",
    ]) func otherTextsAreNoDates(text: String) {
        #expect(ISO8601Text.seconds(text) == nil)
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (-0.5, "1969-12-31T23:59:59.500Z"), (951_782_400, "2000-02-29T00:00:00Z"),
            (1_795_437_296.123, "2026-11-23T12:34:56.123Z"), (-62_167_219_200, "0000-01-01T00:00:00Z"),
            (253_402_300_799, "9999-12-31T23:59:59Z"), (0.9996, "1970-01-01T00:00:01Z"),
        ] as [(Double, String)]) func datesAreWritten(seconds: Double, text: String)
    {
        #expect(ISO8601Text.text(seconds) == text)
    }

    @Test(arguments: [253_402_300_800, -62_167_219_201, .infinity, -.infinity, .nan, 1e300] as [Double])
    func datesOutsideOfFourDigitYearsAreNotWritten(seconds: Double) {
        #expect(ISO8601Text.text(seconds) == nil)
    }

    @Test func everyDayOfFourCenturiesComesBack() {
        for day in stride(from: -146_097, to: 146_097, by: 1) {
            let seconds = Double(day) * 86_400
            guard let text = ISO8601Text.text(seconds), ISO8601Text.seconds(text) == seconds else {
                Issue.record("day \(day)")
                return
            }
        }
    }
}
