// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

/// Numbers and values chosen at random, from a seed, so that a failure can be repeated.
@Suite struct JSONPropertyTests {
    /// Numbers that look random and are the same in each run.
    struct Generator: RandomNumberGenerator {
        var state: UInt64

        init(_ seed: UInt64) { self.state = seed }

        mutating func next() -> UInt64 {
            // Source: Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, 2014, as SplitMix64.
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64]) func doublesOfAnyBitsAreReadBack(_ seed: UInt64) throws {
        var generator = Generator(seed)
        var values: [Double] = []
        while values.count < 5000 {
            let value = Double(bitPattern: generator.next())
            if value.isFinite { values.append(value) }
            values.append(Double.random(in: -1...1, using: &generator))
            values.append(Double(Int.random(in: -1_000_000...1_000_000, using: &generator)) / 1000)
            values.append((Double.random(in: -1e9...1e9, using: &generator) * 100).rounded() / 100)
        }
        let text = String(decoding: try JSONCoding.encode(values), as: UTF8.self)
        #expect(text == "[\(values.map(\.description).joined(separator: ","))]")
        #expect(try JSONCoding.decode([Double].self, from: text).map(\.bitPattern) == values.map(\.bitPattern))
    }

    @Test(arguments: [5, 6, 7, 8] as [UInt64]) func floatsOfAnyBitsAreReadBack(_ seed: UInt64) throws {
        var generator = Generator(seed)
        var values: [Float] = []
        while values.count < 5000 {
            let value = Float(bitPattern: UInt32(truncatingIfNeeded: generator.next()))
            if value.isFinite { values.append(value) }
            values.append(Float.random(in: -1...1, using: &generator))
            values.append(Float(Int.random(in: -100_000...100_000, using: &generator)) / 100)
        }
        let text = String(decoding: try JSONCoding.encode(values), as: UTF8.self)
        #expect(text == "[\(values.map(\.description).joined(separator: ","))]")
        #expect(try JSONCoding.decode([Float].self, from: text).map(\.bitPattern) == values.map(\.bitPattern))
    }

    @Test(arguments: [9, 10, 11, 12] as [UInt64]) func digitsOfAnyLengthAreReadAsTheStandardLibraryDoes(_ seed: UInt64)
        throws
    {
        var generator = Generator(seed)
        var texts: [String] = []
        for _ in 0..<4000 {
            var text = Bool.random(using: &generator) ? "-" : ""
            text += "\(Int.random(in: 1...9, using: &generator))"
            for _ in 0..<Int.random(in: 0...24, using: &generator) {
                text += "\(Int.random(in: 0...9, using: &generator))"
            }
            if Bool.random(using: &generator) { text = "\(text.hasPrefix("-") ? "-" : "")0" }
            text += "."
            for _ in 0..<Int.random(in: 1...24, using: &generator) {
                text += "\(Int.random(in: 0...9, using: &generator))"
            }
            if Bool.random(using: &generator) { text += "e\(Int.random(in: -360...280, using: &generator))" }
            texts.append(text)
        }
        let values = try JSONCoding.decode([Double].self, from: "[\(texts.joined(separator: ","))]")
        for (text, value) in zip(texts, values) { #expect(value.bitPattern == Double(text)?.bitPattern, "\(text)") }
        let floats = try JSONCoding.decode(
            [Float].self, from: "[\(texts.filter { (Float($0) ?? .nan).isFinite }.joined(separator: ","))]")
        #expect(floats.map(\.bitPattern) == texts.compactMap(Float.init).filter(\.isFinite).map(\.bitPattern))
    }

    @Test func numbersHalfWayBetweenDoublesAreRoundedToEven() throws {
        var generator = Generator(13)
        for exponent in [0, 1, 2, 5, 10] {
            for _ in 0..<300 {
                // An odd number of 54 bits lies between two numbers of 53 bits.
                let odd = UInt64.random(in: 1 << 53..<1 << 54, using: &generator) | 1
                let scale = (0..<exponent).reduce(UInt128(1)) { power, _ in power * 10 }
                let text = "\(UInt128(odd) * scale)"
                for spelling in ["\(text)", "\(text).0", "\(odd)e\(exponent)", "\(text)000e-3"] {
                    #expect(try JSONCoding.decode(Double.self, from: spelling) == Double(spelling), "\(spelling)")
                }
            }
        }
    }

    @Test(arguments: [14, 15, 16] as [UInt64]) func integersOfAnyBitsAreReadBack(_ seed: UInt64) throws {
        var generator = Generator(seed)
        let values = (0..<3000).map { _ in
            Int64(bitPattern: generator.next()) >> Int64.random(in: 0..<64, using: &generator)
        }
        #expect(try JSONCoding.encode(values) == Array("[\(values.map(\.description).joined(separator: ","))]".utf8))
        #expect(try JSONCoding.decode([Int64].self, from: JSONCoding.encode(values)) == values)
        let magnitudes = values.map { UInt64(bitPattern: $0) }
        #expect(try JSONCoding.decode([UInt64].self, from: JSONCoding.encode(magnitudes)) == magnitudes)
    }

    @Test(arguments: Array(20..<60) as [UInt64]) func anyValueIsReadBackFromEveryLayout(_ seed: UInt64) throws {
        var generator = Generator(seed)
        for _ in 0..<20 {
            let value = Self.value(depth: 5, &generator)
            for isIndented in [false, true] {
                for isASCIIOnly in [false, true] {
                    for sortsKeys in [false, true] {
                        let options = JSONOptions(
                            sortsKeys: sortsKeys, isIndented: isIndented, isASCIIOnly: isASCIIOnly)
                        let bytes = try value.bytes(options)
                        #expect(try JSONValue(parsing: bytes) == value)
                        // A value is encoded as it is written, also as a part of others and through a tree.
                        #expect(try JSONCoding.encode(value, options: options) == bytes)
                        #expect(try JSONCoding.encode(AnyEncodable(value), options: options) == bytes)
                        #expect(
                            try JSONCoding.encode(Turns(value: value), options: options)
                                == [value, value].jsonBytes(options))
                    }
                }
            }
            #expect(try JSONValue(parsing: [0x20, 0x0A] + value.bytes() + [0x0D, 0x09]) == value)
        }
    }

    @Test(arguments: Array(60..<80) as [UInt64]) func changedTextsGiveAValueOrAFailure(_ seed: UInt64) throws {
        var generator = Generator(seed)
        for _ in 0..<30 {
            var bytes = try Self.value(depth: 4, &generator).bytes()
            for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes.remove(at: index)
                case 1: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: index)
                case 2: bytes[index] = Array("{}[]\",:\\u0e-.".utf8).randomElement(using: &generator) ?? 0
                default: bytes.replaceSubrange(index..., with: bytes[..<index])
                }
            }
            do {
                let value = try JSONValue(parsing: bytes)
                // What is accepted can be written, and is the same again.
                #expect(try JSONValue(parsing: value.bytes()) == value)
            } catch {
                let failure = try #require(error as? JSONDecodingFailure)
                #expect(failure.byteOffset <= bytes.count)
                #expect(failure.line >= 1 && failure.column >= 1)
                #expect(!failure.message.utf8.contains { $0 < 0x20 })
            }
        }
    }

    /// Writes a value twice through containers that take turns, which needs a tree.
    struct Turns: Encodable {
        var value: JSONValue

        func encode(to encoder: any Encoder) throws {
            var container = encoder.unkeyedContainer()
            let first = container.superEncoder()
            let second = container.superEncoder()
            try AnyEncodable(value).encode(to: second)
            try value.encode(to: first)
        }
    }

    private static func value(depth: Int, _ generator: inout Generator) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 10 : 7), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .int(Int64(bitPattern: generator.next()) >> Int64.random(in: 0..<64, using: &generator))
        case 3: return .unsigned(generator.next() | 1 << 63)
        case 4:
            let value = Double(bitPattern: generator.next())
            return .double(value.isFinite ? value : 0.5)
        case 5, 6: return .string(text(&generator))
        case 7, 8:
            let count = Int.random(in: 0...5, using: &generator)
            return .array((0..<count).map { _ in value(depth: depth - 1, &generator) })
        default:
            // Some objects are large enough for a hash table.
            let count = Int.random(in: 0...(depth == 1 ? 40 : 6), using: &generator)
            return .object(JSONObject((0..<count).map { _ in (text(&generator), value(depth: depth - 1, &generator)) }))
        }
    }

    private static func text(_ generator: inout Generator) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...20, using: &generator) {
            let limits: [UInt32] = [0x20, 0x7F, 0x80, 0x800, 0xFFFF, 0x10FFFF]
            let limit = limits.randomElement(using: &generator) ?? 0x7F
            text.append(Unicode.Scalar(UInt32.random(in: 0...limit, using: &generator)) ?? "x")
        }
        return String(text)
    }
}

extension [JSONValue] {
    /// The text of an array of these values.
    fileprivate func jsonBytes(_ options: JSONOptions) throws -> [UInt8] { try JSONValue.array(self).bytes(options) }
}
