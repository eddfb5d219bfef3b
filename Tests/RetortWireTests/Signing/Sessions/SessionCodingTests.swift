// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

private func encode(_ value: some Encodable, keepsTypes: Bool = true) throws -> SessionValue {
    try SessionValueEncoder(keepsTypes: keepsTypes).encode(value)
}

private func decode<Value: Decodable>(_ type: Value.Type, _ value: SessionValue) throws -> Value {
    try SessionValueDecoder.decode(type, from: value)
}

private struct Address: Codable, Equatable {
    var street: String
    var number: Int?
}

private struct Person: Codable, Equatable {
    var name = "Ada"
    var addresses = [Address(street: "Main", number: 1), Address(street: "Side", number: nil)]
    var scores: [String: Double] = ["a": 1.5]
    var born = Date(timeIntervalSince1970: -4_856_630_400)
    var id = UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16))
    var key: [UInt8] = [1, 2, 3]
    var isActive = true
}

private class Animal: Codable {
    var legs = 4
}

private final class Dog: Animal {
    var name = "Rex"
    enum CodingKeys: CodingKey { case name }
    override init() { super.init() }
    required init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decode(String.self, forKey: .name)
        try super.init(from: container.superDecoder())
    }
    override func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try super.encode(to: container.superEncoder())
    }
}

/// Writes with every kind of nested container.
private struct Nested: Codable, Equatable {
    enum Keys: CodingKey { case object, list, nothing }
    enum Inner: CodingKey { case value }
    var value = 7

    init() {}
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        value = try container.nestedContainer(keyedBy: Inner.self, forKey: .object).decode(Int.self, forKey: .value)
        var list = try container.nestedUnkeyedContainer(forKey: .list)
        _ = try list.nestedContainer(keyedBy: Inner.self).decode(Int.self, forKey: .value)
        var inner = try list.nestedUnkeyedContainer()
        #expect(try inner.decode(Int.self) == 1)
        #expect(try inner.decodeNil())
        #expect(inner.isAtEnd)
        #expect(list.isAtEnd)
        #expect(list.count == 2)
        #expect(list.currentIndex == 2)
        #expect(try container.decodeNil(forKey: .nothing))
        #expect(container.allKeys.count == 3)
    }
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        var object = container.nestedContainer(keyedBy: Inner.self, forKey: .object)
        try object.encode(value, forKey: .value)
        var list = container.nestedUnkeyedContainer(forKey: .list)
        var first = list.nestedContainer(keyedBy: Inner.self)
        try first.encode(value, forKey: .value)
        var inner = list.nestedUnkeyedContainer()
        try inner.encode(1)
        try inner.encodeNil()
        #expect(inner.count == 2)
        try container.encodeNil(forKey: .nothing)
    }
}

private struct Empty: Codable, Equatable {}

@Suite struct SessionCodingTests {
    @Test("Types survive as they are or as texts", arguments: [true, false])
    func person(keepsTypes: Bool) throws {
        let value = try encode(Person(), keepsTypes: keepsTypes)
        #expect(try decode(Person.self, value) == Person())
    }

    @Test func typesHaveTheirOwnValues() throws {
        let value = try encode(Person())
        #expect(value["name"] == "Ada")
        #expect(value["addresses"] == [["street": "Main", "number": 1], ["street": "Side"]])
        #expect(value["born"] == .date(Person().born))
        #expect(value["id"] == .uuid(Person().id))
        #expect(value["key"] == .bytes([1, 2, 3]))
        let plain = try encode(Person(), keepsTypes: false)
        #expect(plain["born"] == "Wed, 07 Feb 1816 00:00:00 GMT")
        #expect(plain["id"] == "01020304-0506-0708-090a-0b0c0d0e0f10")
        #expect(plain["key"] == "AQID")
    }

    @Test func nestedContainersMakeTheRoundTrip() throws {
        let value = try encode(Nested())
        #expect(value == ["object": ["value": 7], "list": [["value": 7], [1, nil]], "nothing": nil])
        #expect(try decode(Nested.self, value) == Nested())
    }

    @Test func classesMakeTheRoundTrip() throws {
        let dog = Dog()
        dog.legs = 3
        let value = try encode(dog)
        #expect(value == ["name": "Rex", "super": ["legs": 3]])
        #expect(try decode(Dog.self, value).legs == 3)
    }

    @Test func anEmptyStructIsAnObject() throws {
        #expect(try encode(Empty()) == .object([]))
        #expect(try decode(Empty.self, .object([])) == Empty())
        #expect(try encode([Int]()) == [])
    }

    @Test func wholeNumbersOfEverySize() throws {
        #expect(try encode(Int8(-1)) == -1)
        #expect(try encode(UInt16(65_535)) == 65_535)
        #expect(try encode([Int16(1), 2]) == [1, 2])
        #expect(try encode([UInt32(1)]) == [1])
        #expect(try encode(Int32(5)) == 5)
        #expect(try encode(UInt(5)) == 5)
        #expect(try encode(UInt8(5)) == 5)
        #expect(try encode(UInt64(Int64.max)) == .int(.max))
        #expect(try decode(Int8.self, -128) == -128)
        #expect(try decode(Int16.self, 5) == 5)
        #expect(try decode(Int32.self, 5) == 5)
        #expect(try decode(Int64.self, 5) == 5)
        #expect(try decode(UInt.self, 5) == 5)
        #expect(try decode(UInt16.self, 5) == 5)
        #expect(try decode(UInt32.self, 5) == 5)
        #expect(try decode(UInt64.self, 5) == 5)
        #expect(try decode(Int.self, 3.0) == 3)
    }

    @Test func aNumberBeyond64BitsIsAnError() {
        #expect(throws: EncodingError.self) { try encode(UInt64.max) }
        #expect(throws: EncodingError.self) { try encode(["a": [UInt64.max]]) }
    }

    @Test(
        "Numbers that do not fit are errors",
        arguments: [256, -1, 3.5, .double(1e300), .double(.nan), "5", nil, true] as [SessionValue])
    func misfits(value: SessionValue) {
        #expect(throws: DecodingError.self) { try decode(UInt8.self, value) }
    }

    @Test func floatsKeepTheirDigits() throws {
        #expect(try encode(Float(0.1)) == 0.1)
        #expect(try decode(Float.self, 0.1) == 0.1)
        #expect(try decode(Double.self, 3) == 3)
        #expect(throws: DecodingError.self) { try decode(Double.self, "3") }
    }

    @Test func textsAndTruth() throws {
        #expect(try decode(String.self, .markup("<b>")) == "<b>")
        #expect(try decode([String].self, .tuple(["a"])) == ["a"])
        #expect(throws: DecodingError.self) { try decode(String.self, 1) }
        #expect(throws: DecodingError.self) { try decode(Bool.self, 1) }
        #expect(throws: DecodingError.self) { try decode([Int].self, ["a": 1]) }
        #expect(throws: DecodingError.self) { try decode([String: Int].self, [1]) }
        #expect(try decode(Int?.self, nil) == nil)
        #expect(try encode(Int?.none) == nil)
    }

    @Test func bytesAreReadInThreeForms() throws {
        #expect(try decode([UInt8].self, .bytes([1, 2])) == [1, 2])
        #expect(try decode([UInt8].self, "AQI=") == [1, 2])
        #expect(try decode([UInt8].self, [1, 2]) == [1, 2])
        #expect(throws: DecodingError.self) { try decode([UInt8].self, "A") }
        #expect(throws: DecodingError.self) { try decode([UInt8].self, [256]) }
    }

    @Test func datesAndUUIDsOfOtherFormsAreErrors() {
        #expect(throws: DecodingError.self) { try decode(Date.self, "soon") }
        #expect(throws: DecodingError.self) { try decode(Date.self, 5) }
        #expect(throws: DecodingError.self) { try decode(UUID.self, "x") }
    }

    @Test func aMissingNameSaysWhere() {
        let error = #expect(throws: DecodingError.self) {
            try decode([Address].self, [["street": "x"], ["number": 1]])
        }
        guard case .keyNotFound(let key, _)? = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
        #expect(key.stringValue == "street")
    }

    @Test func aListThatEndsEarlyIsAnError() throws {
        struct Pair: Decodable {
            init(from decoder: any Decoder) throws {
                var list = try decoder.unkeyedContainer()
                _ = try list.decode(Int.self)
                _ = try list.decode(Int.self)
            }
        }
        #expect(throws: Never.self) { try decode(Pair.self, [1, 2]) }
        #expect(throws: DecodingError.self) { try decode(Pair.self, [1]) }
    }
}

@Suite struct SessionValueTests {
    @Test func literalsMakeValues() {
        let value: SessionValue = ["a": [1, 2.5, "x", true, nil]]
        #expect(value == .object([.init("a", .array([.int(1), .double(2.5), .string("x"), .bool(true), .null]))]))
    }

    @Test func accessors() {
        let value: SessionValue = ["a": .tuple([1]), "e\u{301}": "composed"]
        #expect(value["a"]?.elements == [1])
        #expect(value["\u{e9}"] == nil)
        #expect(value["e\u{301}"]?.string == "composed")
        #expect(value.string == nil)
        #expect(SessionValue.int(1)["a"] == nil)
        #expect(SessionValue.int(1).elements == nil)
        #expect(SessionValue.markup("m").string == "m")
        #expect(SessionValue.array([1]).elements == [1])
    }
}
