// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

/// How types are decoded.
@Suite struct JSONDecodingTests {
    struct Item: Codable, Equatable {
        var id: Int
        var name: String?
        var price = 0.0
        var tags: [String] = []
    }

    @Test func membersComeInAnyOrder() throws {
        let item = Item(id: 7, name: "n", price: 1.5, tags: ["a", "b"])
        let members = [
            #""id":7"#, #""name":"n""#, #""price":1.5"#, #""tags":["a","b"]"#, #""unknown":{"id":8,"x":[1,{}]}"#,
        ]
        for first in members.indices {
            // Each rotation, forwards and backwards.
            let rotated = members[first...] + members[..<first]
            for order in [Array(rotated), rotated.reversed()] {
                let text = "{\(order.joined(separator: ", "))}"
                #expect(try JSONCoding.decode(Item.self, from: text) == item)
                #expect(try JSONCoding.decode([Item].self, from: "[\(text),\(text)]") == [item, item])
            }
        }
    }

    @Test func absentAndNullMembersAreNil() throws {
        let item = Item(id: 7, name: nil)
        #expect(try JSONCoding.decode(Item.self, from: #"{"id":7,"price":0,"tags":[]}"#) == item)
        #expect(try JSONCoding.decode(Item.self, from: #"{"id":7,"name":null,"price":0,"tags":[]}"#) == item)
        #expect(try JSONCoding.decode([Int?].self, from: "[1,null,3]") == [1, nil, 3])
        #expect(try JSONCoding.decode([String: Int?].self, from: #"{"a":null}"#) == ["a": Int?.none])
        #expect(try JSONCoding.decode(Int?.self, from: "null") == Int?.none)
        #expect(try JSONCoding.decode([Item?].self, from: "[null]") == [nil])
    }

    @Test(
        arguments: [
            ("0", 0), ("-0", 0), ("-0.0", 0), ("1.0", 1), ("1e2", 100), ("1.5e1", 15), ("100e-2", 1), ("0.0e5", 0),
            ("0e999999999999999999999", 0),
            ("1000000000000000000e-18", 1), ("-128", -128), ("127", 127), ("12.7e1", 127), ("1.27E+2", 127),
            ("0.127e3", 127),
            ("127." + String(repeating: "0", count: 100), 127), ("0." + String(repeating: "0", count: 50) + "1e51", 1),
        ] as [(String, Int8)])
    func wholeNumbersInAnySpelling(_ text: String, _ value: Int8) throws {
        #expect(try JSONCoding.decode(Int8.self, from: text) == value)
        #expect(try JSONCoding.decode([Int8].self, from: "[\(text)]") == [value])
        #expect(try JSONCoding.decode([Int].self, from: "[\(text), 5]") == [Int(value), 5])
        #expect(try JSONCoding.decode([String: Int128].self, from: "{\"k\":\(text)}") == ["k": Int128(value)])
    }

    @Test(arguments: [
        "128", "-129", "1.5", "1e-1", "1e3", "12.71e1", "1e400", "-1e400", "99999999999999999999999999", "true",
        "\"1\"", "[]", "{}", "null",
        "1e999999999999999999999", "1e-999999999999999999999", "0.1", "127.0000000000000000000000001",
        "1e9223372036854775807",
        "10e9223372036854775807", "0.1e-9223372036854775808",
    ])
    func whatIsNoInt8IsRefused(_ text: String) {
        for body in [text, "[\(text)]"] {
            let failure = #expect(throws: JSONDecodingFailure.self) {
                if body == text {
                    _ = try JSONCoding.decode(Int8.self, from: body)
                } else {
                    _ = try JSONCoding.decode([Int8].self, from: body)
                }
            }
            #expect(failure?.code == .jsonMismatch)
            #expect(failure?.status == 422)
            #expect(failure?.expected == "a whole number from -128 to 127")
            #expect(failure?.path == (body == text ? "" : "[0]"))
        }
    }

    @Test func bordersOfEveryIntegerType() throws {
        func check<T: FixedWidthInteger & Codable>(_ type: T.Type) throws {
            for value in [T.min, T.max, 0, 1, T.max / 2, T.min / 2] {
                #expect(try JSONCoding.decode(T.self, from: value.description) == value)
                #expect(
                    try JSONCoding.decode([T].self, from: "[\(value),\(value).0,\(value)e0]") == [value, value, value])
                #expect(try JSONCoding.encode([value]) == Array("[\(value)]".utf8))
            }
            let above = T.bitWidth == 128 ? "1e39" : "\(Int128(T.max) + 1)"
            let below = T.bitWidth == 128 ? "-1e39" : "\(Int128(T.min) - 1)"
            for text in [above, below, "\(above).0"] where !text.contains("e39.") {
                #expect(throws: JSONDecodingFailure.self) { try JSONCoding.decode(T.self, from: text) }
            }
        }
        try check(Int.self)
        try check(Int8.self)
        try check(Int16.self)
        try check(Int32.self)
        try check(Int64.self)
        try check(Int128.self)
        try check(UInt.self)
        try check(UInt8.self)
        try check(UInt16.self)
        try check(UInt32.self)
        try check(UInt64.self)
        try check(UInt128.self)
    }

    @Test(
        arguments: [
            ("1", 1), ("-1", -1), ("1.5", 1.5), ("18446744073709551615", 18_446_744_073_709_551_616), ("1e308", 1e308),
            ("9007199254740993", 9_007_199_254_740_992),
            ("123456789012345678901234567890", 123_456_789_012_345_677_877_719_597_056),
        ] as [(String, Double)])
    func everyNumberIsADouble(_ text: String, _ value: Double) throws {
        #expect(try JSONCoding.decode(Double.self, from: text) == value)
        #expect(try JSONCoding.decode([Double].self, from: "[\(text),\(text)]") == [value, value])
    }

    @Test(arguments: ["1e39", "-3.5e38", "340282356779733661637539395458142568448", "1e400"])
    func numbersBeyondFloatAreRefused(_ text: String) {
        let failure = #expect(throws: JSONDecodingFailure.self) {
            try JSONCoding.decode([Float].self, from: "[\(text)]")
        }
        #expect(failure?.expected == "a number that fits Float")
    }

    @Test(
        arguments: [
            // Between two values of Float, off the middle by less than a Double can hold.
            ("16777217.0", 16_777_216), ("16777217.000000000000000001", 16_777_218),
            ("16777216.999999999999999999", 16_777_216),
            ("1.00000005960464477539062500000000000001", 1.0000001), ("1.000000059604644775390625", 1),
            ("1e-45", .leastNonzeroMagnitude),
            ("7.006492321624085e-46", 0), ("7.006492321624086e-46", .leastNonzeroMagnitude), ("16777217", 16_777_216),
            ("1e-60", 0),
        ] as [(String, Float)])
    func floatsAreRoundedOnce(_ text: String, _ value: Float) throws {
        #expect(try JSONCoding.decode(Float.self, from: text) == value)
    }

    @Test func dictionariesAndKeysWithEscapes() throws {
        #expect(
            try JSONCoding.decode([String: Int].self, from: #"{"a\u0062":1,"é":2,"\u00e8":3,"\n":4,"":5}"#)
                == ["ab": 1, "é": 2, "è": 3, "\n": 4, "": 5])
        #expect(try JSONCoding.decode([Int: String].self, from: #"{"1":"a","-2":"b"}"#) == [1: "a", -2: "b"])
        #expect(
            try JSONCoding.decode(Item.self, from: #"{"\u0069d":7,"pri\u0063e":1,"tags":[]}"#) == Item(id: 7, price: 1))
        #expect(
            try JSONCoding.decode([String: [String: [Item]]].self, from: #"{"a":{"b":[{"id":1,"price":0,"tags":[]}]}}"#)
                == ["a": ["b": [Item(id: 1)]]])
    }

    @Test(arguments: [1, 16, 17, 18, 64, 300]) func objectsOfAnySizeAreFound(_ count: Int) throws {
        struct AnyKey: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }
        struct Reader: Decodable {
            init(from decoder: any Decoder) throws {
                let count = decoder.userInfo[.name] as? Int ?? 0
                let container = try decoder.container(keyedBy: AnyKey.self)
                #expect(container.allKeys.map(\.stringValue) == (0..<count).map { "key\($0)" })
                for step in [1, 7, count - 1] {
                    for number in 0..<count {
                        let place = (number * max(1, step)) % count
                        #expect(try container.decode(Int.self, forKey: AnyKey(stringValue: "key\(place)")) == place)
                    }
                }
                for name in ["", "key", "key\(count)", "kez0", String(repeating: "key", count: 100)] {
                    #expect(!container.contains(AnyKey(stringValue: name)))
                    let absent = try container.decodeIfPresent(Int.self, forKey: AnyKey(stringValue: name))
                    #expect(absent == nil)
                }
            }
        }
        let text = "{\((0..<count).map { "\"key\($0)\":\($0)" }.joined(separator: ","))}"
        _ = try JSONCoding.decode(Reader.self, from: text, options: JSONOptions(userInfo: [.name: count]))
        _ = try JSONCoding.decode(
            [Reader].self, from: "[\(text),\(text)]", options: JSONOptions(userInfo: [.name: count]))
    }

    @Test func keysInSnakeCaseAreListedInCamelCase() throws {
        enum Key: String, CodingKey { case firstName, lastName, id }
        struct Reader: Decodable {
            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: Key.self)
                #expect(container.allKeys == [.firstName, .lastName, .id])
                #expect(try container.decode(Int.self, forKey: .lastName) == 2)
            }
        }
        _ = try JSONCoding.decode(
            Reader.self, from: #"{"first_name":1,"last_name":2,"other_key":0,"id":3}"#,
            options: JSONOptions(keys: .snakeCase))
    }

    @Test func typesMayTryOneThingAfterAnother() throws {
        enum Either: Decodable, Equatable {
            case number(Int)
            case text(String)
            case list([Either])
            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let number = try? container.decode(Int.self) {
                    self = .number(number)
                } else if let text = try? container.decode(String.self) {
                    self = .text(text)
                } else {
                    self = .list(try container.decode([Either].self))
                }
            }
        }
        #expect(
            try JSONCoding.decode([Either].self, from: #"[1,"a",[2,["b"]],[]]"#)
                == [.number(1), .text("a"), .list([.number(2), .list([.text("b")])]), .list([])])
        let failure = #expect(throws: JSONDecodingFailure.self) {
            try JSONCoding.decode([Either].self, from: #"[1,[2,[true]]]"#)
        }
        #expect(failure?.path == "[1][1][0]")
    }

    @Test func anElementThatIsRefusedStaysNext() throws {
        struct Reader: Decodable {
            init(from decoder: any Decoder) throws {
                var container = try decoder.unkeyedContainer()
                #expect(container.count == 8)
                let refused = try? container.decode(Int.self)
                #expect(refused == nil)
                #expect(container.currentIndex == 0)
                #expect(try container.decode(String.self) == "a")
                #expect(try !container.decodeNil())
                #expect(throws: DecodingError.self) { try container.decode([Int].self) }
                #expect(try container.decode([String].self) == ["b"])
                #expect(try container.decodeNil())
                let absent = try container.decodeIfPresent(Int.self)
                #expect(absent == nil)
                var nested = try container.nestedUnkeyedContainer()
                #expect(try nested.decode(Double.self) == 1.5)
                #expect(nested.isAtEnd)
                #expect(throws: DecodingError.self) { try nested.decode(Int.self) }
                let object = try container.nestedContainer(keyedBy: JSONContainerTests.Key.self)
                #expect(try object.decode(Bool.self, forKey: .a))
                #expect(try object.decodeNil(forKey: .b))
                #expect(throws: DecodingError.self) { try object.decodeNil(forKey: .c) }
                #expect(throws: DecodingError.self) { try object.nestedUnkeyedContainer(forKey: .a) }
                #expect(container.currentIndex == 6)
                #expect(try Int(from: container.superDecoder()) == 7)
                #expect(!container.isAtEnd)
                #expect(try container.decode(UInt8.self) == 8)
                #expect(container.isAtEnd)
                #expect(throws: DecodingError.self) { try container.decodeNil() }
            }
        }
        _ = try JSONCoding.decode(Reader.self, from: #"["a",["b"],null,null,[1.5],{"a":true,"b":null},7,8]"#)
    }

    @Test func textsOfEveryType() throws {
        let bytes = Array("[1,2]".utf8)
        #expect(try JSONCoding.decode([Int].self, from: bytes) == [1, 2])
        #expect(try JSONCoding.decode([Int].self, from: bytes.span) == [1, 2])
        #expect(try JSONCoding.decode([Int].self, from: "[1,2]") == [1, 2])
        #expect(throws: JSONDecodingFailure.self) { try JSONCoding.decode([Int].self, from: [] as [UInt8]) }
        #expect(throws: JSONDecodingFailure.self) { try JSONCoding.decode([Int].self, from: "") }
    }

    @Test func otherErrorsOfTypesPassThrough() {
        struct Own: Error, Equatable {}
        struct Refusing: Decodable { init(from decoder: any Decoder) throws { throw Own() } }
        #expect(throws: Own()) { try JSONCoding.decode([Refusing].self, from: "[1]") }
    }
}
