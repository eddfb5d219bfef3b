// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

/// Texts that are written step by step, and sequences of values.
@Suite struct JSONWriterTests {
    @Test func aTextOfEveryKindOfValue() throws {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("id")
        writer.value(42)
        writer.key("né\"w")
        writer.value("te\nxt")
        writer.key("list")
        writer.beginArray()
        writer.value(1.5)
        writer.value(true)
        writer.null()
        writer.value(["a": [1, nil]])
        writer.beginObject()
        writer.endObject()
        writer.beginArray()
        writer.endArray()
        writer.endArray()
        writer.key("last")
        writer.value([0.1 as Float])
        writer.endObject()
        let text = #"{"id":42,"né\"w":"te\nxt","list":[1.5,true,null,{"a":[1,null]},{},[]],"last":[0.1]}"#
        #expect(try writer.finish() == Array(text.utf8))
    }

    @Test func aTextMayBeAScalar() throws {
        var writer = JSONWriter()
        writer.value(5)
        #expect(try writer.finish() == [0x35])
    }

    @Test func layoutsReachValuesOfEveryKind() throws {
        func write(_ options: JSONOptions) throws -> String {
            var writer = JSONWriter(options: options)
            writer.beginObject()
            writer.key("fooBar")
            writer.value(
                JSONContainerTests.Script { encoder in
                    var container = encoder.container(keyedBy: JSONContainerTests.Key.self)
                    try container.encode([1], forKey: .b)
                    try container.encode("é", forKey: .a)
                })
            writer.key("a")
            writer.null()
            writer.endObject()
            return String(decoding: try writer.finish(), as: UTF8.self)
        }
        #expect(try write(JSONOptions(keys: .snakeCase)) == #"{"fooBar":{"b":[1],"a":"é"},"a":null}"#)
        #expect(
            try write(JSONOptions(sortsKeys: true, isASCIIOnly: true)) == #"{"a":null,"fooBar":{"a":"\u00e9","b":[1]}}"#
        )
        let indented = "{\n  \"fooBar\": {\n    \"b\": [\n      1\n    ],\n    \"a\": \"é\"\n  },\n  \"a\": null\n}"
        #expect(try write(JSONOptions(isIndented: true)) == indented)
        let sorted = "{\n  \"a\": null,\n  \"fooBar\": {\n    \"a\": \"é\",\n    \"b\": [\n      1\n    ]\n  }\n}"
        #expect(try write(JSONOptions(sortsKeys: true, isIndented: true)) == sorted)
    }

    enum Step: Sendable { case object, array, endObject, endArray, key, value, encodable, null, text, number, bool }

    @Test(
        arguments: [
            ([], "The text has no value."), ([.object], "An array or object is still open."),
            ([.array, .array, .endArray], "An array or object is still open."),
            ([.key], "A key has to stand in an object"), ([.array, .key], "A key has to stand in an object"),
            ([.object, .key, .key], "A key has to stand in"),
            ([.object, .value], "A value in an object needs a key"),
            ([.object, .key, .value, .value], "A value in an object needs a key"),
            ([.object, .array], "A value in an object needs a key"),
            ([.object, .encodable], "A value in an object needs a key"),
            ([.object, .null], "A value in an object needs a key"),
            ([.object, .text], "A value in an object needs a key"),
            ([.object, .number], "A value in an object needs a key"),
            ([.object, .bool], "A value in an object needs a key"),
            ([.object, .endArray], "What is ended has to be what was begun last"),
            ([.array, .endObject], "What is ended has to be"),
            ([.endObject], "What is ended has to be"), ([.endArray], "What is ended has to be"),
            ([.object, .key, .endObject], "What is ended has to be"),
            ([.value, .value], "The text has a value already"),
            ([.array, .endArray, .object], "The text has a value already"),
            ([.array, .endArray, .endArray], "What is ended has to be"),
            ([.value, .value, .key, .object, .endObject], "The text has a value already"),
        ] as [([Step], String)])
    func mistakesAreReportedAtTheEnd(_ steps: [Step], _ message: String) {
        let error = #expect(throws: WireError.self) {
            var writer = JSONWriter()
            for step in steps {
                switch step {
                case .object: writer.beginObject()
                case .array: writer.beginArray()
                case .endObject: writer.endObject()
                case .endArray: writer.endArray()
                case .key: writer.key("k")
                case .value: writer.value(1)
                case .encodable: writer.value([1])
                case .null: writer.null()
                case .text: writer.value("x")
                case .number: writer.value(1.5)
                case .bool: writer.value(true)
                }
            }
            return try writer.finish()
        }
        #expect(error?.code == .jsonUnencodable)
        #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
    }

    @Test func whatCannotBeWrittenIsReportedAtTheEnd() {
        let error = #expect(throws: WireError.self) {
            var writer = JSONWriter()
            writer.beginArray()
            writer.value(Double.nan)
            writer.value([Double.infinity])
            writer.endArray()
            return try writer.finish()
        }
        #expect(error?.message.contains("nan") == true)
        for levels in [2, 3] {
            #expect(throws: WireError.self) {
                var writer = JSONWriter(options: JSONOptions(maximumDepth: 2))
                for _ in 1..<levels { writer.beginArray() }
                writer.value([[1]])
                for _ in 1..<levels { writer.endArray() }
                return try writer.finish()
            }
        }
        #expect(throws: WireError.self) {
            var writer = JSONWriter(options: JSONOptions(maximumDepth: 1))
            writer.beginArray()
            writer.beginArray()
            writer.endArray()
            writer.endArray()
            return try writer.finish()
        }
    }

    // MARK: Sequences

    struct Row: Codable, Equatable {
        var id: Int
        var text: String
    }

    @Test(arguments: [
        (JSONSequenceEncoder.Layout.lines, "{\"id\":0,\"text\":\"a\\nb\"}\n{\"id\":1,\"text\":\"a\\nb\"}\n", ""),
        (.array, "[{\"id\":0,\"text\":\"a\\nb\"},{\"id\":1,\"text\":\"a\\nb\"}]", "[]"),
        (.records, "\u{1E}{\"id\":0,\"text\":\"a\\nb\"}\n\u{1E}{\"id\":1,\"text\":\"a\\nb\"}\n", ""),
    ])
    func sequencesOfEveryLayout(_ layout: JSONSequenceEncoder.Layout, _ text: String, _ empty: String) throws {
        for options in [JSONOptions(), JSONOptions(sortsKeys: true), JSONOptions(isIndented: true)] {
            var sequence = JSONSequenceEncoder(layout, options: options)
            var bytes: [UInt8] = []
            for id in 0..<2 { bytes += try sequence.encode(Row(id: id, text: "a\nb")) }
            #expect(sequence.count == 2)
            bytes += sequence.finish()
            #expect(String(decoding: bytes, as: UTF8.self) == text)
            #expect(sequence.finish().isEmpty)
            #expect(throws: WireError.self) { try sequence.encode(1) }
        }
        var none = JSONSequenceEncoder(layout)
        #expect(String(decoding: none.finish(), as: UTF8.self) == empty)
    }

    @Test func aRefusedElementLeavesTheSequenceWhole() throws {
        var sequence = JSONSequenceEncoder(.array)
        var bytes: [UInt8] = []
        for value in [Double.nan, 1, .infinity, 2] {
            if let next = try? sequence.encode(value) { bytes += next }
        }
        bytes += sequence.finish()
        #expect(bytes == Array("[1.0,2.0]".utf8))
        #expect(sequence.count == 2)
    }

    @Test func aLongSequenceIsOneArray() throws {
        var sequence = JSONSequenceEncoder(.array)
        let rows = (0..<1000).map { Row(id: $0, text: "row \($0)") }
        var bytes = try rows.flatMap { try sequence.encode($0) }
        bytes += sequence.finish()
        #expect(bytes == (try JSONCoding.encode(rows)))
        #expect(try JSONCoding.decode([Row].self, from: bytes) == rows)
    }
}
