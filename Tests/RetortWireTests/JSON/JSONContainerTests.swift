// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

/// Containers in every order in which a type may use them.
@Suite struct JSONContainerTests {
    enum Key: String, CodingKey { case a, b, c, d }

    /// Runs a function as the encoding of a value.
    struct Script: Encodable {
        let body: @Sendable (any Encoder) throws -> Void

        init(_ body: @escaping @Sendable (any Encoder) throws -> Void) { self.body = body }

        func encode(to encoder: any Encoder) throws { try body(encoder) }
    }

    @Test func nestedContainersStreamInOrder() throws {
        let script = Script { encoder in
            var container = encoder.container(keyedBy: Key.self)
            var nested = container.nestedContainer(keyedBy: Key.self, forKey: .a)
            try nested.encode(1, forKey: .a)
            var list = nested.nestedUnkeyedContainer(forKey: .b)
            try list.encode(2)
            var object = list.nestedContainer(keyedBy: Key.self)
            try object.encodeNil(forKey: .c)
            var inner = list.nestedUnkeyedContainer()
            try inner.encodeNil()
            #expect(list.count == 3)
            try list.encode("x")
            #expect(list.count == 4)
            try container.encode(3, forKey: .b)
        }
        try expect(script, #"{"a":{"a":1,"b":[2,{"c":null},[null],"x"]},"b":3}"#)
    }

    @Test func containersThatTakeTurnsAreWrittenWhole() throws {
        let script = Script { encoder in
            var container = encoder.container(keyedBy: Key.self)
            var first = container.nestedContainer(keyedBy: Key.self, forKey: .a)
            var second = container.nestedUnkeyedContainer(forKey: .b)
            try first.encode(1, forKey: .a)
            try second.encode(2)
            try first.encode([1: "x"], forKey: .b)
            try second.encode([3.5])
            try container.encode("end", forKey: .c)
            try first.encode(true, forKey: .c)
            #expect(second.count == 2)
        }
        try expect(script, #"{"a":{"a":1,"b":{"1":"x"},"c":true},"b":[2,[3.5]],"c":"end"}"#)
    }

    @Test func containersThatTakeTurnsInsideOfOthers() throws {
        let inner = Script { encoder in
            var container = encoder.unkeyedContainer()
            var first = container.nestedUnkeyedContainer()
            var second = container.nestedUnkeyedContainer()
            try second.encode("second")
            try first.encode("first")
        }
        try expect([inner, inner], #"[[["first"],["second"]],[["first"],["second"]]]"#)
        try expect(["k": inner], #"{"k":[["first"],["second"]]}"#)
    }

    @Test func anEncoderMayBeAskedForItsContainerAgain() throws {
        let script = Script { encoder in
            var first = encoder.container(keyedBy: Key.self)
            try first.encode(1, forKey: .a)
            var second = encoder.container(keyedBy: Key.self)
            try second.encode(2, forKey: .b)
            try first.encode(3, forKey: .c)
        }
        try expect(script, #"{"a":1,"b":2,"c":3}"#)
        let list = Script { encoder in
            var first = encoder.unkeyedContainer()
            try first.encode(1)
            var second = encoder.unkeyedContainer()
            try second.encode(2)
            #expect(second.count == 2)
        }
        try expect([list], "[[1,2]]")
    }

    @Test func anObjectMayBeFlattenedIntoAnother() throws {
        struct Base: Encodable { var id = 1 }
        let script = Script { encoder in
            try Base().encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode([Base()], forKey: .a)
            try Base().encode(to: encoder)
        }
        try expect(script, #"{"id":1,"a":[{"id":1}],"id":1}"#, sorted: #"{"a":[{"id":1}],"id":1}"#)
    }

    class Animal: Codable {
        var legs: Int
        init(legs: Int) { self.legs = legs }
    }

    final class Dog: Animal {
        var name: String
        enum CodingKeys: String, CodingKey { case name }
        init(name: String) {
            self.name = name
            super.init(legs: 4)
        }
        required init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            self.name = try container.decode(String.self, forKey: .name)
            try super.init(from: container.superDecoder())
        }
        override func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try super.encode(to: container.superEncoder())
            try container.encode(name, forKey: .name)
        }
    }

    @Test func superclassesHaveAPlaceOfTheirOwn() throws {
        let text = #"{"super":{"legs":4},"name":"Rex"}"#
        try expect(Dog(name: "Rex"), text)
        let dog = try JSONCoding.decode(Dog.self, from: text)
        #expect(dog.name == "Rex")
        #expect(dog.legs == 4)
        let failure = #expect(throws: JSONDecodingFailure.self) {
            try JSONCoding.decode(Dog.self, from: #"{"name":"Rex"}"#)
        }
        #expect(failure?.code == .jsonMismatch)
    }

    @Test func superEncodersAreUsedAtOnceOrLaterOrNever() throws {
        try expect(
            Script { encoder in
                var container = encoder.container(keyedBy: Key.self)
                try 1.encode(to: container.superEncoder(forKey: .a))
                try [2].encode(to: container.superEncoder(forKey: .b))
                try container.encode(3, forKey: .c)
            }, #"{"a":1,"b":[2],"c":3}"#)
        try expect(
            Script { encoder in
                var container = encoder.container(keyedBy: Key.self)
                let later = container.superEncoder()
                try container.encode(1, forKey: .a)
                try ["x": "y"].encode(to: later)
            }, #"{"super":{"x":"y"},"a":1}"#)
        try expect(
            Script { encoder in
                var container = encoder.unkeyedContainer()
                let first = container.superEncoder()
                let second = container.superEncoder()
                try "second".encode(to: second)
                try "first".encode(to: first)
            }, #"["first","second"]"#)
        try expect(
            [
                Script { encoder in
                    var container = encoder.container(keyedBy: Key.self)
                    _ = container.superEncoder()
                }
            ], #"[{"super":{}}]"#)
    }

    @Test func emptyContainersAreWritten() throws {
        try expect(Script { _ = $0.container(keyedBy: Key.self) }, "{}")
        try expect(Script { _ = $0.unkeyedContainer() }, "[]")
        try expect(
            Script { encoder in
                var container = encoder.container(keyedBy: Key.self)
                _ = container.nestedUnkeyedContainer(forKey: .a)
                _ = container.nestedContainer(keyedBy: Key.self, forKey: .b)
            }, #"{"a":[],"b":{}}"#)
    }

    @Test func anErrorThatSomebodyCatchesLeavesNoTrace() throws {
        struct Bad: Encodable {
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Key.self)
                var list = container.nestedUnkeyedContainer(forKey: .a)
                try list.encode([1, 2])
                try list.encode(Double.nan)
            }
        }
        try expect(
            Script { encoder in
                var container = encoder.container(keyedBy: Key.self)
                try? container.encode(Double.nan, forKey: .a)
                try container.encode(1, forKey: .b)
                try? container.encode(Bad(), forKey: .c)
                try? container.encode([1, .infinity], forKey: .c)
                try container.encode(2, forKey: .d)
            }, #"{"b":1,"d":2}"#)
        try expect(
            Script { encoder in
                var container = encoder.unkeyedContainer()
                try? container.encode(Float.nan)
                try? container.encode(Bad())
                try container.encode(1)
                try? container.encode(["x": Bad()])
                #expect(container.count == 1)
                try container.encode(2)
            }, "[1,2]")
    }

    @Test func containersOfTwoKindsForOneValueAreRefused() throws {
        let scripts = [
            Script { encoder in
                _ = encoder.unkeyedContainer()
                var container = encoder.container(keyedBy: Key.self)
                try container.encode(1, forKey: .a)
            },
            Script { encoder in
                var container = encoder.singleValueContainer()
                try container.encode(1)
                _ = encoder.container(keyedBy: Key.self)
            },
        ]
        for script in scripts {
            let error = #expect(throws: WireError.self) { try JSONCoding.encode(["x": script]) }
            #expect(error?.code == .jsonUnencodable)
            #expect(error?.message.contains("The value at x asked for containers of two kinds") == true)
        }
    }

    @Test func endlessNestingEndsAtTheLimit() throws {
        struct Endless: Encodable {
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Key.self)
                try container.encode(Endless(), forKey: .a)
            }
        }
        struct Forgiving: Encodable {
            func encode(to encoder: any Encoder) throws {
                var container = encoder.unkeyedContainer()
                try? container.encode(Forgiving())
            }
        }
        for value in [AnyEncodable(Endless()), AnyEncodable(Forgiving()), AnyEncodable([[Endless()]])] {
            let error = #expect(throws: WireError.self) { try JSONCoding.encode(value) }
            #expect(error?.message.hasPrefix("The value nests deeper than 128 arrays and objects.") == true)
        }
        #expect(throws: WireError.self) { try JSONCoding.encode([[1]], options: JSONOptions(maximumDepth: 1)) }
        #expect(try JSONCoding.encode([[1]], options: JSONOptions(maximumDepth: 2)) == Array("[[1]]".utf8))
        let nested = Script { encoder in
            var container = encoder.unkeyedContainer()
            var inner = container.nestedUnkeyedContainer()
            var innermost = inner.nestedUnkeyedContainer()
            try? innermost.encode(1)
        }
        #expect(throws: WireError.self) { try JSONCoding.encode(nested, options: JSONOptions(maximumDepth: 2)) }
    }

    @Test func encodersKnowTheirPath() throws {
        try expect(
            [
                "k\"": [
                    Script { encoder in
                        #expect(encoder.codingPath.map(\.stringValue) == ["k\"", "Index 0"])
                        var container = encoder.container(keyedBy: Key.self)
                        #expect(container.codingPath.count == 2)
                        try container.encode(1, forKey: .a)
                        var list = container.nestedUnkeyedContainer(forKey: .b)
                        try list.encode(1)
                        #expect(list.codingPath.map(\.stringValue) == ["k\"", "Index 0", "b"])
                        try list.encode(
                            Script { encoder in
                                #expect(encoder.codingPath.map(\.stringValue) == ["k\"", "Index 0", "b", "Index 1"])
                                #expect(encoder.codingPath.map(\.intValue) == [nil, 0, nil, 1])
                                var container = encoder.singleValueContainer()
                                try container.encode("x")
                            })
                    }
                ]
            ], #"{"k\"":[{"a":1,"b":[1,"x"]}]}"#)
    }

    @Test func errorsOfTypesNameTheirPath() {
        struct Refusing: Encodable {
            func encode(to encoder: any Encoder) throws {
                throw EncodingError.invalidValue(
                    1, EncodingError.Context(codingPath: encoder.codingPath, debugDescription: "It is refused."))
            }
        }
        struct Own: Error {}
        let error = #expect(throws: WireError.self) { try JSONCoding.encode(["a": [1: [Refusing()]]]) }
        #expect(error?.message == "The value at a.1[0] cannot be encoded: It is refused.")
        #expect(throws: Own.self) { try JSONCoding.encode(Script { _ in throw Own() }) }
    }

    @Test func whatWasKeptBeyondTheEndDoesNoHarm() throws {
        final class Keeper: @unchecked Sendable {
            var encoder: (any Encoder)?
            var decoder: (any Decoder)?
            var keyed: KeyedDecodingContainer<Key>?
            var list: (any UnkeyedDecodingContainer)?
        }
        struct Kept: Decodable {
            init(from decoder: any Decoder) throws {
                let keeper = decoder.userInfo[.name] as? Keeper
                keeper?.decoder = decoder
                keeper?.keyed = try decoder.container(keyedBy: Key.self)
                keeper?.list = try keeper?.keyed?.nestedUnkeyedContainer(forKey: .a)
            }
        }
        let keeper = Keeper()
        _ = try JSONCoding.encode(Script { keeper.encoder = $0 })
        try? 5.encode(to: #require(keeper.encoder))
        var container = try #require(keeper.encoder).container(keyedBy: Key.self)
        try? container.encode(1, forKey: .a)

        var options = JSONOptions()
        options.userInfo[.name] = keeper
        _ = try JSONCoding.decode(Kept.self, from: #"{"a":[1,2]}"#, options: options)
        let decoder = try #require(keeper.decoder)
        #expect(throws: DecodingError.self) { try decoder.singleValueContainer().decode(String.self) }
        #expect(throws: DecodingError.self) { try decoder.container(keyedBy: Key.self) }
        #expect(throws: DecodingError.self) { try keeper.list?.decode(Int.self) }
        #expect(throws: DecodingError.self) { try keeper.keyed?.decode([Int].self, forKey: .a) }
        #expect(keeper.keyed?.allKeys == [])
        #expect(keeper.list?.isAtEnd == true)
        #expect(decoder.codingPath.isEmpty)
        // The decoder holds its options, and with them the keeper.
        keeper.decoder = nil
        keeper.keyed = nil
        keeper.list = nil
    }

    /// Encodes in every layout, with the tree and without it.
    private func expect(
        _ value: some Encodable, _ text: String, sorted: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        #expect(String(decoding: try JSONCoding.encode(value), as: UTF8.self) == text, sourceLocation: sourceLocation)
        // The other layouts hold the same value.
        let expected = try JSONValue(parsing: sorted ?? text)
        for options in [
            JSONOptions(isIndented: true), JSONOptions(sortsKeys: true), JSONOptions(sortsKeys: true, isIndented: true),
        ] {
            let bytes = try JSONCoding.encode(value, options: options)
            #expect(try JSONValue(parsing: bytes) == expected, sourceLocation: sourceLocation)
            #expect(
                try expected.bytes(options).count == bytes.count || !options.sortsKeys, sourceLocation: sourceLocation)
        }
    }
}
