// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import RetortWire
import Testing

/// Values with coders of Foundation, whose names do not clash with those of this library.
@Suite struct JSONForeignCoderTests {
    @Test func valuesPassThroughOtherCoders() throws {
        let value: JSONValue = [
            "null": nil, "yes": true, "int": -3, "big": .unsigned(.max), "half": 2.5, "text": "é\n",
            "list": [1, [], [:], nil],
        ]
        let data = try JSONEncoder().encode(value)
        #expect(try JSONValue(parsing: Array(data)) == value)
        #expect(try JSONDecoder().decode(JSONValue.self, from: Data(value.bytes())) == value)
    }

    @Test func bothCodersReadWhatTheOtherWrites() throws {
        struct Item: Codable, Equatable {
            var id: Int
            var name: String?
            var tags: [String]
            var ratio: Double
            var nested: [String: [Int?]]
        }
        let items = [
            Item(id: 1, name: "a\u{1F600}\"\\/", tags: [], ratio: 0.1, nested: ["x": [1, nil]]),
            Item(id: .max, name: nil, tags: ["", "\u{0}"], ratio: -1e300, nested: [:]),
        ]
        #expect(try JSONCoding.decode([Item].self, from: Array(JSONEncoder().encode(items))) == items)
        #expect(try JSONDecoder().decode([Item].self, from: Data(JSONCoding.encode(items))) == items)
    }

    @Test func everyByteOfAKeyOrTextIsReadBackByFoundation() throws {
        for code in 0..<0x300 {
            let scalar = try #require(Unicode.Scalar(UInt32(code)))
            let value = ["k\(Character(scalar))": "0123456789\(Character(scalar))"]
            for isASCIIOnly in [false, true] {
                let bytes = try JSONCoding.encode(value, options: JSONOptions(isASCIIOnly: isASCIIOnly))
                #expect(try JSONDecoder().decode([String: String].self, from: Data(bytes)) == value)
                #expect(!isASCIIOnly || bytes.allSatisfy { $0 < 0x80 })
            }
        }
    }
}
