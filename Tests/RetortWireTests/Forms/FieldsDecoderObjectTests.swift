// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

@Suite struct FieldsDecoderObjectTests {
    struct Address: Codable, Equatable {
        var street: String
        var city: String?
    }
    struct Item: Codable, Equatable {
        var name: String
        var count: Int
        var tags: [String]
    }
    struct Order: Codable, Equatable {
        var customer: Address
        var items: [Item]
        var note: String?
    }

    static let order = Order(
        customer: Address(street: "s", city: "c"),
        items: [Item(name: "a", count: 1, tags: ["x", "y"]), Item(name: "b", count: 2, tags: [])], note: nil)

    @Test(
        arguments: [
            [
                "customer.street": "s", "customer.city": "c", "items[0].name": "a", "items[0].count": "1",
                "items[0].tags": "x", "items[0].tags": "y", "items[1].name": "b", "items[1].count": "2",
            ],
            [
                "customer[street]": "s", "customer[city]": "c", "items[0][name]": "a", "items[0][count]": "1",
                "items[0][tags][]": "x", "items[0][tags][]": "y", "items[1][name]": "b", "items[1][count]": "2",
            ],
            [
                "items.20.name": "b", "items.20.count": "2", "items.3.name": "a", "items[3].count": "1",
                "items.3[tags][1]": "y", "items.3.tags.0": "x", "customer.street": "s", "customer[city]": "c",
                "unknown": "1", "unknown.x": "2", "items[x].name": "z",
            ],
        ] as [MultiDict<String>]) func objectsAreReadInEitherStyle(fields: MultiDict<String>) throws
    {
        #expect(try FieldsDecoder().decode(Order.self, from: fields) == Self.order)
    }

    @Test func nestedListsAreRead() throws {
        struct Table: Decodable { var rows: [[Int]] }
        let fields: MultiDict<String> = ["rows[0]": "1", "rows[0]": "2", "rows[1][0]": "3"]
        #expect(try FieldsDecoder().decode(Table.self, from: fields).rows == [[1, 2], [3]])
    }

    @Test(arguments: ["a..b", ".a", "a.", "a[b", "a]b", "a[b]c", "a[[b]]", "a[].b", "[a]", "a[", "[", "]", ".", ""])
    func namesThatAreNoPathsAreTakenAsTheyAre(name: String) throws {
        struct Whole: Decodable {
            var value: String?
            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: FieldKey.self)
                let key = try #require(container.allKeys.first)
                value = try container.decode(String.self, forKey: key)
                #expect(container.allKeys.map(\.stringValue) == [key.stringValue])
            }
        }
        #expect(try FieldsDecoder().decode(Whole.self, from: [name: "v"]).value == "v")
    }

    @Test func keysMayBePathsThemselves() throws {
        struct Flat: Decodable {
            var city: String
            var first: Int?
            var broken: String?
            enum CodingKeys: String, CodingKey {
                case city = "address.city"
                case first = "list[0]"
                case broken = "a[b"
            }
        }
        let flat = try FieldsDecoder().decode(Flat.self, from: ["address[city]": "c", "list[0]": "1", "a[b": "2"])
        #expect(flat.city == "c")
        #expect(flat.first == 1)
        #expect(flat.broken == "2")
        #expect(errors(Flat.self, ["address": "x"]).map(\.field) == ["address.city"])
    }

    @Test func namesAreComparedByteByByte() throws {
        struct One: Decodable {
            var value: Int?
            enum CodingKeys: String, CodingKey { case value = "\u{E9}" }
        }
        #expect(try FieldsDecoder().decode(One.self, from: ["e\u{301}": "1", "\u{E9}": "2"]).value == 2)
        #expect(try FieldsDecoder().decode(One.self, from: ["e\u{301}": "1"]).value == nil)
    }

    @Test func depthHasALimit() throws {
        struct Other: Decodable { var other: Int? }
        let deepest = "a" + String(repeating: ".a", count: 15)
        #expect(try FieldsDecoder().decode(Other.self, from: [deepest + "[]": "1", "other": "2"]).other == 2)
        #expect(errors(Other.self, [deepest + ".a": "1"]).map(\.code) == [.tooDeep])
        #expect(errors(Other.self, ["a" + String(repeating: "[b]", count: 50_000): "1"]).map(\.code) == [.tooDeep])
    }

    @Test func typesThatContainThemselvesEnd() {
        final class Chain: Decodable { let next: Chain }
        #expect(errors(Chain.self, [:]).map(\.code) == [.missing])
        #expect(errors(Chain.self, ["next.next": "1"]).map(\.code) == [.missing])
    }

    @Test func manyNamesAreFound() throws {
        // More names than the tree searches without its table, and siblings with the same steps elsewhere.
        var fields = MultiDict<String>()
        for index in 0..<500 {
            fields.append("items[\(index)].name", "n\(index)")
            fields.append("items[\(index)].count", "\(index)")
            fields.append("name\(index)", "x")
        }
        fields.append("customer.street", "s")
        let order = try FieldsDecoder().decode(Order.self, from: fields)
        #expect(order.items.map(\.count) == Array(0..<500))
        #expect(order.items.map(\.name) == (0..<500).map { "n\($0)" })
        #expect(order.customer.street == "s")
    }

    @Test func timeGrowsWithTheNumberOfFields() throws {
        struct List: Decodable { var items: [Item] }
        func seconds(_ count: Int) throws -> Double {
            var fields = MultiDict<String>()
            for index in 0..<count {
                fields.append("items[\(index)].name", "n")
                fields.append("items[\(index)].count", "1")
            }
            var decoder = FieldsDecoder()
            decoder.maximumIndex = .max
            return try processorSeconds { _ = try decoder.decode(List.self, from: fields) }
        }
        // Eight times the fields: linear time gives 8, quadratic 64.
        #expect(try seconds(4000) / seconds(500) < 32)
    }

    @Test func classesReadTheirSuperclass() throws {
        class Base: Decodable { var a = 0 }
        final class Derived: Base {
            var b = 0
            enum CodingKeys: CodingKey { case b }
            required init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: CodingKeys.self)
                b = try container.decode(Int.self, forKey: .b)
                try super.init(from: container.superDecoder())
            }
        }
        let value = try FieldsDecoder().decode(Derived.self, from: ["b": "1", "super.a": "2"])
        #expect(value.b == 1)
        #expect(value.a == 2)
    }

    @Test func containersCanBeNestedByHand() throws {
        struct Manual: Decodable {
            var values: [Int] = []
            var isEmpty = false
            init(from decoder: any Decoder) throws {
                let outer = try decoder.container(keyedBy: FieldKey.self)
                let object = try outer.nestedContainer(keyedBy: FieldKey.self, forKey: FieldKey(stringValue: "o"))
                values.append(try object.decode(Int.self, forKey: FieldKey(stringValue: "a")))
                var list = try outer.nestedUnkeyedContainer(forKey: FieldKey(stringValue: "l"))
                while !list.isAtEnd {
                    if try list.decodeNil() {
                        values.append(-1)
                    } else {
                        values.append(Int(try list.decode(Int8.self)))
                    }
                }
                isEmpty = try outer.decodeNil(forKey: FieldKey(stringValue: "none"))
                #expect(object.codingPath.map(\.stringValue) == ["o"])
                #expect(list.count == 3)
            }
        }
        let value = try FieldsDecoder().decode(Manual.self, from: ["o.a": "1", "l": "2", "l": "", "l": "3"])
        #expect(value.values == [1, 2, -1, 3])
        #expect(value.isEmpty)
    }

    @Test func readingBehindTheEndOfAnArrayIsAnError() {
        struct Pair: Decodable {
            init(from decoder: any Decoder) throws {
                var list = try decoder.container(keyedBy: FieldKey.self).nestedUnkeyedContainer(
                    forKey: FieldKey(stringValue: "l"))
                _ = try list.decode(Int.self)
                _ = try list.decode(Int.self)
            }
        }
        #expect(errors(Pair.self, ["l": "1"]).map(\.message) == ["`l.1` is missing."])
    }
}

@Suite struct FieldErrorsTests {
    struct Person: Decodable {
        var name: String
        var age: UInt8
        var mail: String?
        var size: FieldsDecoderTests.Size
        var address: FieldsDecoderObjectTests.Address
        var active: Bool
    }

    @Test func everyFieldIsNamed() {
        let fields: MultiDict<String> = ["age": "abc", "size": "huge", "active": "maybe", "address.city": "x"]
        #expect(
            errors(Person.self, fields).map(\.message) == [
                "`name` is missing.", "`age` must be a whole number, not `abc`.",
                "`size` must be one of `small`, `large`, not `huge`.", "`address.street` is missing.",
                "`active` must be true or false, not `maybe`.",
            ])
    }

    @Test func sentencesSayWhatIsWrong() {
        struct One<T: Decodable>: Decodable { var x: T }
        #expect(errors(One<UInt8>.self, ["x": "300"]).first?.message == "`x` must be between 0 and 255, not `300`.")
        #expect(errors(One<Int>.self, ["x": ""]).first?.message == "`x` must not be empty.")
        #expect(errors(One<Double>.self, ["x": "a"]).first?.message == "`x` must be a number, not `a`.")
        #expect(errors(One<Double>.self, ["x": "1e999"]).first?.message == "`x` is too large a number.")
        #expect(errors(One<[Int]>.self, ["x[1000]": "a"]).first?.message == "`x[1000]` has an index above 999.")
    }

    @Test func pathsAreThoseOfTheClient() {
        let fields: MultiDict<String> = [
            "customer[street]": "s", "items[3][name]": "a", "items[3][count]": "x", "items[7].name": "b",
        ]
        #expect(
            errors(FieldsDecoderObjectTests.Order.self, fields).map(\.field) == ["items[3][count]", "items[7].count"])
    }

    @Test func valuesInSentencesAreShortAndClean() {
        struct One: Decodable { var x: Int }
        let long = errors(One.self, ["x": String(repeating: "é", count: 1000)])
        #expect(long.first?.message == "`x` must be a whole number, not `\(String(repeating: "é", count: 20))…`.")
        let control = errors(One.self, ["x": "a\r\n\u{1B}[31m\u{202E}b"])
        #expect(control.first?.message == "`x` must be a whole number, not `a\u{FFFD}\u{FFFD}\u{FFFD}[31m\u{FFFD}b`.")
    }

    @Test func thereIsALimit() {
        struct List: Decodable { var x: [Int] }
        let fields = MultiDict((0..<500).map { _ in (name: "x", value: "a") })
        #expect(errors(List.self, fields).count == 100)
    }

    @Test func errorsOfTypesAreDescribed() {
        struct Even: Decodable {
            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                guard try container.decode(Int.self) % 2 == 0 else {
                    throw DecodingError.dataCorruptedError(in: container, debugDescription: "secret")
                }
            }
        }
        struct Form: Decodable {
            var a: Even
            var b: Int
        }
        let found = errors(Form.self, ["a": "1", "b": "x"])
        #expect(found.first == FieldError(field: "a", code: .invalid, message: "`a` is not valid."))
    }

    @Test(arguments: [
        ("age", "`r[age]` is not valid."), ("other", "`r.other` is not valid."), (nil, "`r` is not valid."),
    ])
    func errorsOfTypesMayNameAField(key: String?, message: String) {
        struct Range: Decodable {
            static let key = CodingUserInfoKey(rawValue: "key")
            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: FieldKey.self)
                guard let name = Self.key.flatMap({ decoder.userInfo[$0] }) as? String else {
                    throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: ""))
                }
                throw DecodingError.keyNotFound(
                    FieldKey(stringValue: name), .init(codingPath: container.codingPath, debugDescription: ""))
            }
        }
        struct Form: Decodable { var r: Range }
        var decoder = FieldsDecoder()
        if let userKey = Range.key { decoder.userInfo[userKey] = key }
        #expect(errors(Form.self, ["r[age]": "1"], decoder).map(\.message) == [message])
    }

    @Test func aFormAsAWholeMayBeRefused() {
        struct Form: Decodable {
            init(from decoder: any Decoder) throws {
                throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: ""))
            }
        }
        #expect(
            errors(Form.self, ["a": "1"]) == [
                FieldError(field: "", code: .invalid, message: "The form is not valid.")
            ])
    }

    @Test func errorsOfATypesOwnComeThrough() {
        struct Own: Error, Equatable {}
        struct Form: Decodable {
            init(from decoder: any Decoder) throws {
                _ = try decoder.container(keyedBy: FieldKey.self).decode(Int.self, forKey: FieldKey(stringValue: "n"))
                throw Own()
            }
        }
        #expect(throws: Own()) { try FieldsDecoder().decode(Form.self, from: ["n": "1"]) }
        // The error may come from the stand-in for n, so n is reported.
        #expect(errors(Form.self, ["n": "x"]).map(\.field) == ["n"])
    }

    @Test func listsAreValues() {
        let list = FieldErrors([
            FieldError(field: "a", code: .missing, message: "A."),
            FieldError(field: "b", code: .invalid, message: "B."),
        ])
        #expect(list.status == 422)
        #expect(list.description == "A. B.")
        #expect(list.all("b").map(\.code) == [.invalid])
        #expect(list.all("c").isEmpty)
        #expect(list.errors.first?.description == "A.")
        #expect(FieldError.Code.outOfRange.description == "out-of-range")
    }
}
