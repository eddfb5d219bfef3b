// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

/// `JSONValue` and `JSONObject` as values, and their texts.
@Suite struct JSONValueTests {
    @Test func literalsMakeValues() {
        let value: JSONValue = [
            "null": nil, "yes": true, "no": false, "int": -3, "double": 2.5, "text": "é", "list": [1, "a", nil],
            "empty": [:],
        ]
        #expect(value["null"] == .null)
        #expect(value["yes"] == .bool(true))
        #expect(value["no"]?.bool == false)
        #expect(value["int"] == .int(-3))
        #expect(value["double"] == .double(2.5))
        #expect(value["text"] == .string("é"))
        #expect(value["list"]?[1] == "a")
        #expect(value["list"]?[2]?.isNull == true)
        #expect(value["empty"]?.object?.isEmpty == true)
        #expect(value["missing"] == nil)
        let name = "world"
        #expect(("hello \(name)" as JSONValue).string == "hello world")
    }

    @Test(
        arguments: [
            (JSONValue.int(5), 5, 5), (.unsigned(.max), nil, 18_446_744_073_709_551_616), (.double(5), 5, 5),
            (.double(5.5), nil, 5.5),
            (.string("5"), nil, nil), (.bool(true), nil, nil), (.null, nil, nil), (.double(1e300), nil, 1e300),
            (.double(.nan), nil, .nan),
        ] as [(JSONValue, Int?, Double?)])
    func numbersAnswerAsIntAndDouble(_ value: JSONValue, _ int: Int?, _ double: Double?) {
        #expect(value.int == int)
        #expect(value.double?.description == double?.description)
    }

    @Test func integersTakeTheSmallestCase() {
        #expect(JSONValue(5 as UInt64) == .int(5))
        #expect(JSONValue(UInt64(Int64.max)) == .int(.max))
        #expect(JSONValue(UInt64(Int64.max) + 1) == .unsigned(9_223_372_036_854_775_808))
        #expect(JSONValue(Int64.min) == .int(.min))
        #expect(JSONValue(-1 as Int8) == .int(-1))
        #expect(JSONValue(UInt128(1) << 64) == .double(18_446_744_073_709_551_616))
    }

    @Test(
        arguments: [
            ("9223372036854775807", .int(.max)), ("9223372036854775808", .unsigned(9_223_372_036_854_775_808)),
            ("-9223372036854775808", .int(.min)), ("-9223372036854775809", .double(-9_223_372_036_854_775_808)),
            ("18446744073709551615", .unsigned(.max)), ("18446744073709551616", .double(18_446_744_073_709_551_616)),
            ("999999999999999999", .int(999_999_999_999_999_999)),
            ("1000000000000000000", .int(1_000_000_000_000_000_000)),
            ("-999999999999999999", .int(-999_999_999_999_999_999)), ("1.0", .double(1)), ("1e2", .double(100)),
            ("-0", .double(-0.0)),
            ("0", .int(0)), ("-1", .int(-1)), ("100000000000000000000", .double(1e20)),
        ] as [(String, JSONValue)])
    func numbersTakeTheCaseThatFits(_ text: String, _ value: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == value)
    }

    @Test func accessorsOfOtherKindsAnswerNil() {
        let values: [JSONValue] = [nil, true, 1, 1.5, "a", [], [:]]
        #expect(values.map { $0.bool != nil } == [false, true, false, false, false, false, false])
        #expect(values.map { $0.int != nil } == [false, false, true, false, false, false, false])
        #expect(values.map { $0.double != nil } == [false, false, true, true, false, false, false])
        #expect(values.map { $0.string != nil } == [false, false, false, false, true, false, false])
        #expect(values.map { $0.array != nil } == [false, false, false, false, false, true, false])
        #expect(values.map { $0.object != nil } == [false, false, false, false, false, false, true])
        #expect(values.map(\.isNull) == [true, false, false, false, false, false, false])
        #expect(values.allSatisfy { $0[0] == nil && $0["a"] == nil })
    }

    @Test(arguments: [-1, 3, Int.max, Int.min]) func anIndexOutsideTheArrayAnswersNil(_ index: Int) {
        #expect(([1, 2, 3] as JSONValue)[index] == nil)
    }

    @Test func subscriptsSetAndRemoveMembers() {
        var value: JSONValue = ["a": 1]
        value["b"] = [1]
        value["a"] = 2
        #expect(value.description == #"{"a":2,"b":[1]}"#)
        value["a"] = nil
        #expect(value.description == #"{"b":[1]}"#)
        value["missing"] = nil
        #expect(value.object?.count == 1)
        value["b"]?["c"] = true
        #expect(value.description == #"{"b":{"c":true}}"#)
    }

    @Test func textIsComparedByItsBytes() {
        let composed = "\u{E9}"
        let decomposed = "e\u{301}"
        #expect(composed == decomposed)
        #expect(JSONValue.string(composed) != .string(decomposed))
        let object: JSONValue = [composed: 1, decomposed: 2]
        #expect(object.object?.count == 2)
        #expect(object[composed] == 1)
        #expect(object[decomposed] == 2)
        #expect(Set([JSONValue.string(composed), .string(decomposed)]).count == 2)
    }

    @Test func theOrderOfMembersDoesNotCountForEquality() {
        let left: JSONValue = ["a": 1, "b": ["c": 2, "d": 3]]
        let right: JSONValue = ["b": ["d": 3, "c": 2], "a": 1]
        #expect(left == right)
        #expect(left.hashValue == right.hashValue)
        #expect(left.description != right.description)
        #expect(left != ["a": 1])
        #expect(left != ["a": 1, "b": ["c": 2, "e": 3]])
        #expect(([1, 2] as JSONValue) != [2, 1])
        #expect((1 as JSONValue) != 1.0)
        #expect((0 as JSONValue) != false)
        #expect((nil as JSONValue) != [:])
    }

    @Test(arguments: [0, 1, 15, 16, 17, 18, 100]) func objectsOfAnySizeFindTheirMembers(_ count: Int) throws {
        var object = JSONObject()
        for number in 0..<count { object["key\(number)"] = .init(number) }
        for number in 0..<count { #expect(object["key\(number)"] == .init(number)) }
        #expect(object["other"] == nil)
        #expect(object.count == count)
        #expect(object.keys == (0..<count).map { "key\($0)" })
        #expect(object.values == (0..<count).map { JSONValue($0) })
        // Replaced values stay where they were, and removed ones leave the others to be found.
        for number in 0..<count { object["key\(number)"] = .init(-number) }
        #expect(object.keys == (0..<count).map { "key\($0)" })
        if count > 0 {
            object["key0"] = nil
            #expect(object["key0"] == nil)
            for number in 1..<count { #expect(object["key\(number)"] == .init(-number)) }
        }
        let read = try JSONValue(parsing: JSONValue.object(object).bytes()).object
        #expect(read == object)
        #expect(read?.keys == object.keys)
    }

    @Test func ofEqualKeysTheLastOneCounts() throws {
        #expect(JSONObject([("a", 1), ("b", 2), ("a", 3)]).members.map(\.value) == [3, 2])
        #expect((["a": 1, "a": 2] as JSONValue).description == #"{"a":2}"#)
        #expect(try JSONValue(parsing: #"{"a":1,"b":2,"a":3}"#) == ["b": 2, "a": 3])
        #expect(try JSONValue(parsing: #"{"a":1,"\u0061":2}"#) == ["a": 2])
        #expect(try JSONValue(parsing: #"{"\u0061":1,"a":2}"#) == ["a": 2])
        #expect(try JSONValue(parsing: #"{"":1,"":2}"#) == ["": 2])
        #expect(try JSONValue(parsing: #"{"a":{"x":1},"a":{"y":2}}"#) == ["a": ["y": 2]])
        // Keys of the same first and last byte and length are not equal for that.
        #expect(try JSONValue(parsing: #"{"abc":1,"axc":2,"abc":3}"#) == ["axc": 2, "abc": 3])
    }

    @Test(arguments: [2, 16, 17, 40, 1000]) func ofManyEqualKeysTheLastOnesCount(_ count: Int) throws {
        let members = (0..<(count * 3)).map { "\"k\($0 % count)\":\($0)" }
        let object = try #require(try JSONValue(parsing: "{\(members.joined(separator: ","))}").object)
        #expect(object.count == count)
        #expect(object.values == ((count * 2)..<(count * 3)).map { JSONValue($0) })
        let read = try JSONCoding.decode([String: Int].self, from: "{\(members.joined(separator: ","))}")
        #expect(read.count == count)
        #expect(read["k0"] == count * 2)
        #expect(read["k\(count - 1)"] == count * 3 - 1)
    }

    // MARK: Texts

    @Test func textsAreCompactInTheOrderOfMembers() throws {
        let value: JSONValue = ["z": [1, 2.5, nil], "a": ["b": true], "": "x", "e": [], "o": [:]]
        #expect(try value.text() == #"{"z":[1,2.5,null],"a":{"b":true},"":"x","e":[],"o":{}}"#)
        #expect(try value.bytes() == Array(try value.text().utf8))
        #expect(value.description == (try value.text()))
    }

    @Test func indentedTextsHaveALineForEachValue() throws {
        let value: JSONValue = ["z": [1, [2]], "a": ["b": true], "e": [], "o": [:]]
        let text = """
            {
              "z": [
                1,
                [
                  2
                ]
              ],
              "a": {
                "b": true
              },
              "e": [],
              "o": {}
            }
            """
        #expect(try value.text(JSONOptions(isIndented: true)) == text)
        #expect(try JSONValue(parsing: text) == value)
        #expect(try ([] as JSONValue).text(JSONOptions(isIndented: true)) == "[]")
        #expect(try (1 as JSONValue).text(JSONOptions(isIndented: true)) == "1")
    }

    @Test func sortedTextsOrderKeysByTheirBytes() throws {
        let value: JSONValue = [
            "b": 1, "a": ["y": 1, "x": 2], "B": 2, "": 3, "é": 4, "aa": 5, "\u{1F600}": 6, "\u{FFFD}": 7,
        ]
        let text = "{\"\":3,\"B\":2,\"a\":{\"x\":2,\"y\":1},\"aa\":5,\"b\":1,\"é\":4,\"\u{FFFD}\":7,\"\u{1F600}\":6}"
        #expect(try value.text(JSONOptions(sortsKeys: true)) == text)
        #expect(
            try String(decoding: JSONCoding.encode(value, options: JSONOptions(sortsKeys: true)), as: UTF8.self) == text
        )
    }

    @Test(arguments: [
        ("é", #""\u00e9""#), ("\u{10437}", #""\ud801\udc37""#), ("\u{1F600}", #""\ud83d\ude00""#), ("€", #""\u20ac""#),
        ("aé", #""a\u00e9""#), ("\u{7F}", "\"\u{7F}\""), ("\u{80}", #""\u0080""#), ("\u{FFFF}", #""\uffff""#),
        ("\u{10FFFF}", #""\udbff\udfff""#), ("plain text, rather long", "\"plain text, rather long\""),
        ("0123456789abcdefé0123456789abcdef", #""0123456789abcdef\u00e90123456789abcdef""#), ("\n", #""\n""#),
    ])
    func asciiTextsEscapeEverythingElse(_ text: String, _ expected: String) throws {
        let options = JSONOptions(isASCIIOnly: true)
        #expect(try JSONValue.string(text).text(options) == expected)
        #expect(try JSONValue(parsing: expected) == .string(text))
        #expect(try ([text: 1] as JSONValue).text(options) == "{\(expected):1}")
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity]) func nonFiniteNumbersAreRefusedOrNull(_ number: Double) throws
    {
        let value: JSONValue = ["a": [.double(number)]]
        let error = #expect(throws: WireError.self) { try value.bytes() }
        #expect(error?.code == .jsonUnencodable)
        #expect(error?.message.contains(number.description) == true)
        #expect(error?.status == 500)
        #expect(try value.text(JSONOptions(nonFiniteNumbers: .null)) == #"{"a":[null]}"#)
        #expect(value.description == #"{"a":[null]}"#)
    }

    @Test func deepValuesAreRefusedAtTheLimit() throws {
        var value: JSONValue = 1
        for _ in 0..<5 { value = [value] }
        #expect(try value.text(JSONOptions(maximumDepth: 5)) == "[[[[[1]]]]]")
        #expect(throws: WireError.self) { try value.text(JSONOptions(maximumDepth: 4)) }
        for _ in 0..<300 { value = ["a": value] }
        #expect(throws: WireError.self) { try value.text() }
        #expect(value.description.hasPrefix(#"{"a":{"a""#))
    }

    @Test func valuesConvertToAndFromTypes() throws {
        struct Point: Codable, Equatable {
            var x: Int
            var y: Double?
        }
        #expect(try JSONValue(encoding: Point(x: 1, y: 2.5)) == ["x": 1, "y": 2.5])
        #expect(try JSONValue(encoding: [Point(x: 1)]) == [["x": 1]])
        #expect(try JSONValue(encoding: "a") == "a")
        #expect(try JSONValue(encoding: Int?.none) == nil)
        #expect(try (["x": 1, "y": 2.5] as JSONValue).decode(Point.self) == Point(x: 1, y: 2.5))
        #expect(throws: JSONDecodingFailure.self) { try (["y": 2.5] as JSONValue).decode(Point.self) }
    }

    @Test func valuesAreMembersOfTypes() throws {
        struct Envelope: Codable, Equatable {
            var kind: String
            var data: JSONValue
            var extra: JSONValue?
        }
        let envelope = Envelope(kind: "k", data: ["fooBar": [1, nil, ["z": 1, "a": 2.5]]], extra: nil)
        let text = #"{"kind":"k","data":{"fooBar":[1,null,{"z":1,"a":2.5}]}}"#
        #expect(String(decoding: try JSONCoding.encode(envelope), as: UTF8.self) == text)
        #expect(try JSONCoding.decode(Envelope.self, from: text) == envelope)
        // Keys of values are data, which no style of keys changes.
        let options = JSONOptions(keys: .snakeCase)
        #expect(String(decoding: try JSONCoding.encode(envelope, options: options), as: UTF8.self) == text)
        #expect(try JSONCoding.decode(Envelope.self, from: text, options: options) == envelope)
    }
}
