// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Retort

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct PathValueTests {
    /// Reads a text in both ways, which must agree.
    private func read<Value: PathValue>(_ type: Value.Type, _ text: String) -> String? {
        let value = Value(pathText: text)
        #expect(Value.accepts(text.utf8.span) == (value != nil), "\(type) \(text)")
        return value?.pathText
    }

    @Test(arguments: [
        ("0", "0"), ("42", "42"), ("007", "7"), ("-5", "-5"), ("-0", "0"),
        ("9223372036854775807", "9223372036854775807"),
        ("-9223372036854775808", "-9223372036854775808"), ("9223372036854775808", nil), ("-9223372036854775809", nil),
        ("", nil), ("-", nil), ("+5", nil), (" 5", nil), ("5 ", nil), ("5.0", nil), ("5e3", nil), ("0x10", nil),
        ("--5", nil), ("٤٢", nil), ("4２", nil), ("1_000", nil), ("00000000000000000001", "1"),
        ("000000000000000000001", nil),
    ])
    func integersAreDigitsThatFit(text: String, expected: String?) {
        #expect(read(Int.self, text) == expected)
        #expect(read(Int64.self, text) == expected)
    }

    @Test(arguments: [("255", "255"), ("256", nil), ("0255", nil), ("-1", nil), ("-0", nil), ("0", "0")])
    func unsignedIntegersHaveNoSign(text: String, expected: String?) { #expect(read(UInt8.self, text) == expected) }

    @Test func everyWidthStopsAtItsBounds() {
        func check<Integer: FixedWidthInteger & PathValue>(_ type: Integer.Type) {
            for text in [Integer.max.description, Integer.min.description] { #expect(read(type, text) == text) }
            #expect(read(type, Integer.max.description + "0") == nil)
            #expect(read(type, String(repeating: "9", count: Integer.max.description.utf8.count)) == nil)
        }
        check(Int.self)
        check(Int8.self)
        check(Int16.self)
        check(Int32.self)
        check(Int64.self)
        check(Int128.self)
        check(UInt.self)
        check(UInt8.self)
        check(UInt16.self)
        check(UInt32.self)
        check(UInt64.self)
        check(UInt128.self)
    }

    @Test(arguments: [
        ("0.815", "0.815"), ("2", "2.0"), ("-2.5", "-2.5"), ("1.", nil), (".5", nil), ("1.5.2", nil), ("inf", nil),
        ("nan", nil), ("1e5", nil), ("+1.5", nil), ("", nil), ("-", nil), ("1,5", nil), ("0x1p3", nil),
        ("99999999999999999999999999999999999999", "100000000000000000000000000000000000000"),
        ("999999999999999999999999999999999999999", nil),
    ])
    func numbersAreDigitsWithAPoint(text: String, expected: String?) { #expect(read(Double.self, text) == expected) }

    @Test(arguments: [
        (1e20, "100000000000000000000"), (1.5e-7, "0.00000015"), (-2.5e-5, "-0.000025"), (1.0, "1.0"), (0.1, "0.1"),
        (123_456_789_012_345_683_968, "123456789012345680000"), (-1e16, "-10000000000000000"),
    ])
    func numbersAreWrittenWithoutExponent(number: Double, text: String) {
        #expect(number.pathText == text)
        #expect(Double(pathText: text) == number)
    }

    @Test(arguments: [("true", "true"), ("false", "false"), ("True", nil), ("1", nil), ("", nil), ("truE", nil)])
    func booleansAreTwoWords(text: String, expected: String?) { #expect(read(Bool.self, text) == expected) }

    @Test(arguments: [("a", "a"), ("", nil), ("a/b", "a/b"), ("é", "é"), (" ", " ")])
    func textIsAnythingButNothing(text: String, expected: String?) {
        #expect(read(String.self, text) == expected)
        #expect(read(Substring.self, text) == expected)
    }

    @Test(arguments: [
        ("a3bb189e-8bf9-3888-9912-ace4e6543002", true), ("A3BB189E-8BF9-3888-9912-ACE4E6543002", true),
        ("a3bb189e8bf938889912ace4e6543002", false), ("{a3bb189e-8bf9-3888-9912-ace4e6543002}", false),
        ("a3bb189e-8bf9-3888-9912-ace4e654300", false), ("a3bb189g-8bf9-3888-9912-ace4e6543002", false),
        ("a3bb189e-8bf93-888-9912-ace4e6543002", false), ("", false),
    ])
    func identifiersHaveHyphens(text: String, isOne: Bool) {
        #expect(read(UUID.self, text) == (isOne ? "a3bb189e-8bf9-3888-9912-ace4e6543002" : nil))
    }

    @Test(arguments: [("red", "red"), ("Red", nil), ("pink", nil), ("", nil)])
    func enumerationsTakeTheirRawValues(text: String, expected: String?) { #expect(read(Color.self, text) == expected) }

    @Test(arguments: [("0", "0"), ("09", "9"), ("2", nil), ("attic", nil)])
    func enumerationsOfNumbersTakeNumbers(text: String, expected: String?) {
        #expect(read(Floor.self, text) == expected)
    }

    @Test func narrowTypesWeighLess() {
        let types: [any PathValue.Type] = [
            Floor.self, UUID.self, Int.self, Double.self, Color.self, String.self, RestOfPath.self,
        ]
        let weights = types.map { $0.pathWeight }
        #expect(weights == weights.sorted())
        #expect(Set(weights).count == weights.count)
    }

    @Test func aTypeOfYourOwnNeedsTwoMembers() {
        struct Year: PathValue {
            var number: Int
            init?(pathText: String) {
                guard pathText.utf8.count == 4, let number = Int(pathText: pathText) else { return nil }
                self.number = number
            }
            var pathText: String { "\(number)" }
        }
        #expect(read(Year.self, "2026") == "2026")
        #expect(read(Year.self, "26") == nil)
        #expect(Year.pathWeight < String.pathWeight)
        #expect(Year.pathExtent == .segment)
    }
}

@Suite struct RestOfPathTests {
    @Test(arguments: [
        ("a", ["a"]), ("a/b", ["a", "b"]), ("a/", ["a", ""]), ("a//b", ["a", "", "b"]), ("", nil), ("/a", nil),
        ("a/../b", nil), ("..", nil), (".", nil), ("a/.", nil), ("...", ["..."]), (".a/b.", [".a", "b."]),
    ])
    func itHasSegmentsAndNoDots(text: String, segments: [String]?) {
        #expect(RestOfPath(pathText: text)?.segments == segments)
        #expect(RestOfPath.accepts(text.utf8.span) == (segments != nil))
        #expect(RestOfPath(pathText: text).map(\.string) == segments.map { _ in text })
    }

    @Test(arguments: [
        (["a/b", "c"], true), (["..%2f"], true), (["../a"], false), (["a", "b/.."], false), ([], false), ([""], false),
        (["/a"], false), (["a", "", "b"], true),
    ])
    func segmentsMayHoldSlashesButNoSteps(segments: [String], isOne: Bool) {
        #expect((RestOfPath(segments: segments) != nil) == isOne)
    }
}

@Suite struct PathValuesTests {
    @Test func valuesAreTakenFromLeftToRight() {
        var values = PathValues(["blog", "42", "red"])
        #expect(values.count == 3)
        #expect(values[1] == "42")
        #expect(values.next(String.self) == "blog")
        #expect(values.next(Int.self) == 42)
        #expect(values.next(Color.self) == .red)
        #expect(values.next(String.self) == nil)
        #expect(values.texts == ["blog", "42", "red"])
    }

    @Test func aValueOfAnotherTypeIsNil() {
        var values = PathValues(["x", "1"])
        #expect(values.next(Int.self) == nil)
        #expect(values.next(Int.self) == 1)
    }

    @Test(arguments: [-1, 2, 100]) func placesOutsideAreNil(place: Int) {
        #expect(PathValues(["a", "b"])[place] == nil)
    }

    @Test func thereMayBeNone() {
        var values = PathValues()
        #expect(values.isEmpty)
        #expect(values.texts.isEmpty)
        #expect(values.next(String.self) == nil)
    }

    @Test func theRestKeepsItsSegments() throws {
        let router = try Router([("file", "/{user}/{path...}", "")])
        guard case .found(_, _, var values) = router.match(.get, "/ann/a%2Fb/c/") else {
            Issue.record("The route did not match.")
            return
        }
        #expect(values.texts == ["ann", "a/b/c/"])
        #expect(values.next(String.self) == "ann")
        #expect(values.next(RestOfPath.self)?.segments == ["a/b", "c", ""])
    }

    @Test func theRestCanBeText() throws {
        let router = try Router([("file", "/{path...}", "string")])
        guard case .found(_, _, var values) = router.match(.get, "/a/b") else {
            Issue.record("The route did not match.")
            return
        }
        #expect(values.next(String.self) == "a/b")
    }
}
