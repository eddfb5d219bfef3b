// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

/// How types are encoded.
@Suite struct JSONEncodingTests {
    struct Scalars: Codable, Equatable {
        var int = Int.min
        var int8 = Int8.min
        var int16 = Int16.min
        var int32 = Int32.min
        var int64 = Int64.max
        var int128 = Int128.min
        var uint = UInt.max
        var uint8 = UInt8.max
        var uint16 = UInt16.max
        var uint32 = UInt32.max
        var uint64 = UInt64.max
        var uint128 = UInt128.max
        var bool = true
        var double = 0.1
        var float: Float = 0.1
        var string = "s"
        var absent: String?
        var present: Int? = 5
    }

    @Test func scalarsStandInTheOrderOfDeclaration() throws {
        let text = """
            {"int":-9223372036854775808,"int8":-128,"int16":-32768,"int32":-2147483648,"int64":9223372036854775807,\
            "int128":-170141183460469231731687303715884105728,"uint":18446744073709551615,"uint8":255,"uint16":65535,\
            "uint32":4294967295,"uint64":18446744073709551615,"uint128":340282366920938463463374607431768211455,\
            "bool":true,"double":0.1,"float":0.1,"string":"s","present":5}
            """
        #expect(try encode(Scalars()) == text)
        #expect(try JSONCoding.decode(Scalars.self, from: text) == Scalars())
    }

    @Test(
        arguments: [
            0, 1, 9, 10, 11, 99, 100, 101, 999, 1000, 9999, 10_000, 99_999, 100_000, 123_456, 999_999, 1_000_000,
            12_345_678,
            999_999_999, 1_000_000_000, 9_999_999_999, 123_456_789_012_345_678, .max,
        ] as [Int64])
    func integersOfEveryLength(_ value: Int64) throws {
        #expect(try encode(value) == value.description)
        #expect(try encode(-value) == (-value).description)
        #expect(try encode([value, -value]) == "[\(value),\(-value)]")
        #expect(try encode(UInt64(value)) == value.description)
    }

    @Test func powersOfTenAndTheirNeighboursAsIntegers() throws {
        var power: UInt64 = 1
        while power < .max / 10 {
            power *= 10
            for value in [power - 1, power, power + 1] { #expect(try encode(value) == value.description) }
        }
    }

    @Test(arguments: [
        (0.0, "0.0"), (-0.0, "-0.0"), (1, "1.0"), (-1, "-1.0"), (0.5, "0.5"), (1.25, "1.25"), (98.6, "98.6"),
        (0.1, "0.1"), (0.0001, "0.0001"),
        (0.00001, "1e-05"), (1e15, "1000000000000000.0"), (1e16, "1e+16"), (123456.789, "123456.789"),
        (-0.1234, "-0.1234"), (0.12345, "0.12345"),
        (1e-7, "1e-07"), (1.7976931348623157e308, "1.7976931348623157e+308"), (.leastNonzeroMagnitude, "5e-324"),
        (100, "100.0"),
        (99_999_999_999.9999, "99999999999.9999"), (100_000_000_000.0001, "100000000000.0001"),
        (9007199254740992, "9007199254740992.0"),
        (0.30000000000000004, "0.30000000000000004"), (2.0 / 3, "0.6666666666666666"), (1.005, "1.005"), (4.35, "4.35"),
        (0.9999, "0.9999"),
    ])
    func doublesHaveTheirShortestDigits(_ value: Double, _ text: String) throws {
        #expect(try encode(value) == text)
        #expect(try encode([value]) == "[\(text)]")
        #expect(text == value.description)
        #expect(try JSONCoding.decode(Double.self, from: text).bitPattern == value.bitPattern)
    }

    @Test(
        arguments: [
            (0.1, "0.1"), (0.2, "0.2"), (16_777_216, "16777216.0"), (3.4028235e38, "3.4028235e+38"),
            (.leastNonzeroMagnitude, "1e-45"), (99.9999, "99.9999"),
            (0.3, "0.3"), (1.1, "1.1"), (0.33333334, "0.33333334"), (123.4567, "123.4567"), (-7.25, "-7.25"),
            (-0.0, "-0.0"), (1, "1.0"),
        ] as [(Float, String)])
    func floatsHaveTheirShortestDigits(_ value: Float, _ text: String) throws {
        #expect(try encode(value) == text)
        #expect(try encode(["a": value]) == "{\"a\":\(text)}")
        #expect(text == value.description)
        #expect(try JSONCoding.decode(Float.self, from: text).bitPattern == value.bitPattern)
    }

    @Test(arguments: [
        ("", #""""#), ("a", #""a""#), ("\"", #""\"""#), ("\\", #""\\""#), ("/", #""/""#),
        ("\u{8}\u{9}\u{A}\u{C}\u{D}", #""\b\t\n\f\r""#),
        ("\u{0}", #""\u0000""#), ("\u{1F}", #""\u001f""#), ("\u{7F}", "\"\u{7F}\""), ("<script>&'", #""<script>&'""#),
        ("é😀", #""é😀""#),
        ("\r\n", #""\r\n""#), ("\u{2028}", "\"\u{2028}\""),
    ])
    func stringsEscapeWhatJSONRequires(_ value: String, _ text: String) throws {
        #expect(try encode(value) == text)
        #expect(try encode([value, value]) == "[\(text),\(text)]")
        #expect(try encode([value: value]) == "{\(text):\(text)}")
    }

    @Test func anEscapeAtEveryPlaceOfEveryLength() throws {
        for length in 0..<40 {
            for place in 0...length {
                let plain = String(repeating: "x", count: length)
                let start = plain.prefix(place)
                let rest = plain.dropFirst(place)
                #expect(try encode("\(start)\"\(rest)") == "\"\(start)\\\"\(rest)\"")
                #expect(try encode("\(start)\n\u{1}\(rest)") == "\"\(start)\\n\\u0001\(rest)\"")
                #expect(try encode("\(start)é\(rest)") == "\"\(start)é\(rest)\"")
            }
        }
    }

    @Test func textLongerThanTheFirstMemoryIsWhole() throws {
        for count in [900, 970, 990, 1000, 1010, 4000, 100_000] {
            for piece in ["x", "\"", "é", "\u{1}"] {
                let value = String(repeating: piece, count: count)
                #expect(try JSONCoding.decode(String.self, from: JSONCoding.encode(value)) == value)
            }
        }
    }

    @Test func collectionsOfEveryKind() throws {
        #expect(try encode([Int]()) == "[]")
        #expect(try encode([1, 2, 3]) == "[1,2,3]")
        #expect(try encode([1.5, -2]) == "[1.5,-2.0]")
        #expect(try encode([0.1, 0.2] as [Float]) == "[0.1,0.2]")
        #expect(try encode(["a", "\""]) == #"["a","\""]"#)
        #expect(try encode([true, false]) == "[true,false]")
        #expect(try encode([1, 255] as [UInt8]) == "[1,255]")
        #expect(try encode([-1, 255] as [Int16]) == "[-1,255]")
        #expect(try encode([1, nil, 3]) == "[1,null,3]")
        #expect(try encode([[1], [], [2, 3]]) == "[[1],[],[2,3]]")
        #expect(try encode([[[1.5]]]) == "[[[1.5]]]")
        #expect(try encode([String: Int]()) == "{}")
        #expect(try encode(["a": [1]]) == #"{"a":[1]}"#)
        #expect(try encode(["a": ["b": nil as Int?]]) == #"{"a":{"b":null}}"#)
        #expect(try encode([7: "x"]) == #"{"7":"x"}"#)
        #expect(try encode(Set([5])) == "[5]")
        #expect(try encode([[String: [Int]]]()) == "[]")
        #expect(try encode(1...3) == "[1,3]")
        #expect(try encode(Optional(Optional(5))) == "5")
        #expect(try encode(Int?.none) == "null")
        #expect(try encode(ContiguousArray([1, 2])) == "[1,2]")
    }

    enum Shape: Codable, Equatable {
        case empty
        case circle(radius: Double)
        case box(Int, Int)
        case group([Shape])
    }

    enum Color: String, Codable { case red, green }

    @Test func enumerationsOfEveryKind() throws {
        let shapes: [Shape] = [.empty, .circle(radius: 1.5), .box(1, 2), .group([.empty, .box(3, 4)])]
        let text = """
            [{"empty":{}},{"circle":{"radius":1.5}},{"box":{"_0":1,"_1":2}},\
            {"group":{"_0":[{"empty":{}},{"box":{"_0":3,"_1":4}}]}}]
            """
        #expect(try encode(shapes) == text)
        #expect(try JSONCoding.decode([Shape].self, from: text) == shapes)
        #expect(try encode([Color.red, .green]) == #"["red","green"]"#)
        #expect(try encode(["c": Color.red]) == #"{"c":"red"}"#)
        #expect(try JSONCoding.decode([Color].self, from: #"["red","green"]"#) == [.red, .green])
    }

    @Test func aTypeWithoutPropertiesIsAnEmptyObject() throws {
        struct Empty: Codable, Equatable {}
        struct Silent: Encodable { func encode(to encoder: any Encoder) {} }
        struct Holder: Encodable {
            var before = 1
            var silent = Silent()
            var empty = Empty()
            var after = 2
        }
        #expect(try encode(Empty()) == "{}")
        #expect(try encode(Silent()) == "{}")
        #expect(try encode([Silent(), Silent()]) == "[{},{}]")
        #expect(try encode(Holder()) == #"{"before":1,"silent":{},"empty":{},"after":2}"#)
        #expect(try JSONCoding.decode(Empty.self, from: #"{"x":1}"#) == Empty())
    }

    // MARK: Options

    @Test func indentation() throws {
        struct Item: Encodable {
            var id = 1
            var tags = ["a", "b"]
            var none: [Int] = []
            var more = ["k": ["v": 1]]
        }
        let text = """
            [
              {
                "id": 1,
                "tags": [
                  "a",
                  "b"
                ],
                "none": [],
                "more": {
                  "k": {
                    "v": 1
                  }
                }
              }
            ]
            """
        #expect(try encode([Item()], JSONOptions(isIndented: true)) == text)
        #expect(try encode([Item()], JSONOptions(sortsKeys: true, isIndented: true)).split(separator: "\n").count == 15)
    }

    @Test func sortedKeysReachEveryLevel() throws {
        struct Inner: Encodable {
            var zebra = 1
            var apple = 2
        }
        struct Outer: Encodable {
            var b = [Inner()]
            var a = ["y": 0.10, "x": 1e-7]
            var c = "\u{1}é"
        }
        let text = #"{"a":{"x":1e-07,"y":0.1},"b":[{"apple":2,"zebra":1}],"c":"\u0001é"}"#
        #expect(try encode(Outer(), JSONOptions(sortsKeys: true)) == text)
        let indented = try encode(Outer(), JSONOptions(sortsKeys: true, isIndented: true))
        #expect(indented.hasPrefix("{\n  \"a\": {\n    \"x\": 1e-07,\n    \"y\": 0.1\n  },\n"))
    }

    @Test(arguments: [
        ("name", "name"), ("firstName", "first_name"), ("userID", "user_id"), ("myURLPath", "my_url_path"),
        ("URL", "url"),
        ("aB", "a_b"), ("ABTest", "ab_test"), ("x1Y2", "x1_y2"), ("_private", "_private"),
        ("_privateName", "_private_name"),
        ("already_snake", "already_snake"), ("Mixed_Case", "mixed_case"), ("größeÄnderung", "größeÄnderung"), ("", ""),
        ("isHTTP2", "is_http2"), ("trailing_", "trailing_"),
    ])
    func keysInSnakeCase(_ name: String, _ key: String) throws {
        struct AnyKey: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }
        struct Pair: Codable {
            var name: String
            init(name: String) { self.name = name }
            init(from decoder: any Decoder) throws {
                let name = decoder.userInfo[.name] as? String ?? ""
                self.name = name
                let value = try decoder.container(keyedBy: AnyKey.self).decode(
                    Int.self, forKey: AnyKey(stringValue: name))
                #expect(value == 1)
            }
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: AnyKey.self)
                try container.encode(1, forKey: AnyKey(stringValue: name))
            }
        }
        var options = JSONOptions(keys: .snakeCase)
        #expect(try encode(Pair(name: name), options) == "{\"\(key)\":1}")
        options.userInfo[.name] = name
        _ = try JSONCoding.decode(Pair.self, from: "{\"\(key)\":1}", options: options)
    }

    @Test func dictionariesKeepTheirKeysInEveryStyle() throws {
        struct Holder: Codable, Equatable {
            var byName = ["firstName": ["lastName": 1]]
            var someShape = Shape.box(1, 2)
        }
        let options = JSONOptions(keys: .snakeCase)
        let text = #"{"by_name":{"firstName":{"lastName":1}},"some_shape":{"box":{"_0":1,"_1":2}}}"#
        #expect(try encode(Holder(), options) == text)
        #expect(try JSONCoding.decode(Holder.self, from: text, options: options) == Holder())
        var sorted = options
        sorted.sortsKeys = true
        #expect(try encode(Holder(), sorted) == text)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity]) func nonFiniteNumbers(_ value: Double) throws {
        struct Holder: Encodable {
            var a: Double
            var b: [Double]
            var c: Float
            var d: [String: Double?]
        }
        let holder = Holder(a: value, b: [1, value], c: Float(value), d: ["x": value])
        #expect(
            try encode(holder, JSONOptions(nonFiniteNumbers: .null))
                == #"{"a":null,"b":[1.0,null],"c":null,"d":{"x":null}}"#)
        for refused in [AnyEncodable(holder), AnyEncodable(value), AnyEncodable([value]), AnyEncodable(Float(value))] {
            let error = #expect(throws: WireError.self) { try encode(refused) }
            #expect(error?.code == .jsonUnencodable)
            #expect(error?.status == 500)
        }
    }

    @Test func bytesAreAppendedOrLeftAlone() throws {
        var bytes: [UInt8] = [0x61]
        try JSONCoding.encode([1], into: &bytes)
        #expect(bytes == Array("a[1]".utf8))
        #expect(throws: WireError.self) { try JSONCoding.encode([Double.nan], into: &bytes) }
        #expect(bytes == Array("a[1]".utf8))
        #expect(try JSONCoding.withEncodedBytes(of: "x") { Array($0) } == Array("\"x\"".utf8))
    }

    @Test func userInfoReachesTheType() throws {
        struct Asking: Encodable {
            func encode(to encoder: any Encoder) throws {
                var container = encoder.singleValueContainer()
                try container.encode(encoder.userInfo[.name] as? String)
            }
        }
        let options = JSONOptions(userInfo: [.name: "v"])
        #expect(try encode([Asking()], options) == #"["v"]"#)
        #expect(try encode([Asking()]) == "[null]")
    }

    private func encode(_ value: some Encodable, _ options: JSONOptions = JSONOptions()) throws -> String {
        String(decoding: try JSONCoding.encode(value, options: options), as: UTF8.self)
    }
}

/// Any value that can be encoded.
struct AnyEncodable: Encodable {
    let value: any Encodable

    init(_ value: any Encodable) { self.value = value }

    func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}

extension CodingUserInfoKey {
    /// A key that the tests use.
    static var name: Self {
        guard let key = Self(rawValue: "name") else { preconditionFailure("A key can have any name.") }
        return key
    }
}
