// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Limits, and time in proportion to the text.
@Suite struct JSONLimitTests {
    @Test func textsOfTheLimitAreRead() throws {
        let text = Array("[1,2,3]".utf8)
        #expect(try JSONValue(parsing: text, limits: JSONLimits(bytes: 7)) == [1, 2, 3])
        let failure = #expect(throws: JSONDecodingFailure.self) {
            try JSONValue(parsing: text, limits: JSONLimits(bytes: 6))
        }
        #expect(failure?.code == .jsonLimit)
        #expect(failure?.status == 413)
        #expect(failure?.expected == "at most 6 bytes")
        #expect(failure?.found == "7 bytes")
    }

    @Test(arguments: [1, 2, 7, 8, 128, 1000]) func depthOfTheLimitIsRead(_ depth: Int) throws {
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"b\":[", "]}]")] {
            let levels = open.utf8.filter { $0 == 0x5B || $0 == 0x7B }.count
            let text = String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
            let limits = JSONLimits(depth: depth * levels)
            let value = try JSONValue(parsing: text, limits: limits)
            #expect(value.description == text)
            let failure = #expect(throws: JSONDecodingFailure.self) {
                try JSONValue(parsing: text, limits: JSONLimits(depth: depth * levels - 1))
            }
            #expect(failure?.code == .jsonLimit)
            #expect(failure?.status == 400)
        }
    }

    @Test func theDefaultDepthIs128() throws {
        let text = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
        _ = try JSONValue(parsing: text)
        #expect(throws: JSONDecodingFailure.self) { try JSONValue(parsing: "[\(text)]") }
        #expect(JSONLimits().depth == JSONOptions().maximumDepth)
    }

    @Test(arguments: ["[", "{\"a\":", "[[],", "{\"\":[{\"x\":0},"]) func endlessNestingIsRefusedSoon(_ piece: String) {
        let failure = #expect(throws: JSONDecodingFailure.self) {
            try JSONValue(parsing: String(repeating: piece, count: 200_000))
        }
        #expect(failure?.code == .jsonLimit)
        #expect((failure?.byteOffset ?? .max) < 5000)
    }

    @Test func valuesAreCountedWithKeys() throws {
        _ = try JSONValue(parsing: "[1,2,3]", limits: JSONLimits(values: 4))
        let failure = #expect(throws: JSONDecodingFailure.self) {
            try JSONValue(parsing: "[1,2,3,4,5,6]", limits: JSONLimits(values: 4))
        }
        #expect(failure?.code == .jsonLimit)
        #expect(throws: JSONDecodingFailure.self) {
            try JSONValue(parsing: #"{"a":1,"b":2,"c":3}"#, limits: JSONLimits(values: 4))
        }
    }

    /// Texts that are slow for a parser which searches, joins or counts again for each value.
    @Test(arguments: [
        "manyKeys", "equalKeys", "collidingKeys", "escapes", "digits", "wideCharacters", "spaces", "emptyArrays",
        "missingKeys",
        "lossyElements", "lossyScalars", "lossyMembers", "mixedScalars", "keysInOtherOrder", "lines",
    ])
    func twiceTheTextTakesAboutTwiceTheTime(_ kind: String) throws {
        let small = Self.text(kind, 1000)
        let large = Self.text(kind, 8000)
        try Self.read(kind, small)
        let times = try (0..<3).map { _ in
            let start = Self.threadTime()
            try Self.read(kind, small)
            let middle = Self.threadTime()
            try Self.read(kind, large)
            return (Self.threadTime() - middle) / (middle - start)
        }
        // Eight times the text. In proportion to its square it would take 64 times as long.
        #expect((times.min() ?? 0) < 20, "\(kind): \(times)")
    }

    /// The seconds that this thread has computed, whatever else the machine is doing.
    private static func threadTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func text(_ kind: String, _ count: Int) -> [UInt8] {
        let members = 0..<count
        let text =
            switch kind {
            case "manyKeys", "lossyMembers": "{\(members.map { "\"key\($0)\":\"x\"" }.joined(separator: ","))}"
            case "equalKeys": "{\(members.map { _ in "\"key\":1" }.joined(separator: ","))}"
            // The same length, first and last byte.
            case "collidingKeys", "keysInOtherOrder":
                "{\(members.map { "\"a\($0 + 100_000)z\":1" }.joined(separator: ","))}"
            case "escapes": "\"\(String(repeating: #"\u00e9\n\""#, count: count))\""
            case "digits": "[0.\(String(repeating: "7", count: count))]"
            case "wideCharacters": "\"\(String(repeating: "é😀", count: count))\""
            case "spaces": "[\(String(repeating: " \n\t", count: count))]"
            case "emptyArrays": "[\(members.map { _ in "[]" }.joined(separator: ","))]"
            case "missingKeys": "[\(members.map { _ in "{}" }.joined(separator: ","))]"
            case "lossyElements", "lossyScalars": "[\(members.map { _ in "\"x\"" }.joined(separator: ","))]"
            case "mixedScalars": "[\(members.map { $0 % 2 == 0 ? "\"x\"" : "1.5" }.joined(separator: ",\n"))]"
            default: "[\n\(members.map { _ in "1" }.joined(separator: "\n,\n"))\n]"
            }
        return Array(text.utf8)
    }

    private static func read(_ kind: String, _ text: [UInt8]) throws {
        switch kind {
        case "missingKeys": _ = try JSONCoding.decode([Sparse].self, from: text)
        case "lossyElements": _ = try JSONCoding.decode([Lossy<Color>].self, from: text)
        case "lossyScalars", "mixedScalars": _ = try JSONCoding.decode(LossyScalars.self, from: text)
        case "lossyMembers": _ = try JSONCoding.decode(LossyMembers.self, from: text)
        case "keysInOtherOrder": _ = try JSONCoding.decode(Backwards.self, from: text)
        default: _ = try JSONValue(parsing: text)
        }
    }

    struct Sparse: Decodable { var a, b, c, d: Int? }

    enum Color: String, Decodable { case red }

    /// A value that may fail to decode, as lenient programs have it.
    struct Lossy<Value: Decodable>: Decodable {
        var value: Value?
        init(from decoder: any Decoder) throws { self.value = try? Value(from: decoder) }
    }

    struct LossyScalars: Decodable {
        init(from decoder: any Decoder) throws {
            var container = try decoder.unkeyedContainer()
            while !container.isAtEnd {
                if (try? container.decode(Int.self)) != nil { continue }
                if (try? container.decode(Color.self)) != nil { continue }
                if (try? container.decode(Double.self)) != nil { continue }
                _ = try container.decode(String.self)
            }
        }
    }

    struct LossyMembers: Decodable {
        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: AnyKey.self)
            for key in container.allKeys {
                #expect((try? container.decode(Int.self, forKey: key)) == nil)
                #expect((try? container.decode(Color.self, forKey: key)) == nil)
            }
        }
    }

    struct Backwards: Decodable {
        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: AnyKey.self)
            for key in container.allKeys.reversed() { #expect(try container.decode(Int.self, forKey: key) == 1) }
        }
    }

    struct AnyKey: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
