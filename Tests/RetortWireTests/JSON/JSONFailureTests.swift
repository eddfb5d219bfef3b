// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

/// What failures say, and where they point.
@Suite struct JSONFailureTests {
    struct Order: Decodable {
        var id: Int
        var items: [Item]
        var note: String?
    }

    struct Item: Decodable {
        var price: Double
        var color: Color?
        var extra: [String: [Int8]]?
    }

    enum Color: String, Decodable { case red, green }

    @Test(
        arguments: [
            ("[1,2", "`,` or `]`", "the end of the text", 4, 1, 5, "[1]"),
            ("{\"a\" 1}", "`:` behind a key", "`1`", 5, 1, 6, "a"),
            ("{\"a\":1,\n  b:2}", "a key in quotation marks", "`b`", 10, 2, 3, "a"),
            ("[1,\n2,\n\n x]", "a value", "`x`", 9, 4, 2, "[2]"),
            ("", "a value", "the end of the text", 0, 1, 1, ""),
            ("[1] 2", "nothing but whitespace behind the value", "`2`", 4, 1, 5, ""),
            ("{\"a\":{\"b c\":[0,tru]}}", "`true`", "`t`", 15, 1, 16, "a[\"b c\"][1]"),
            ("[01]", "no digit behind a leading zero", "`1`", 2, 1, 3, "[0]"),
            ("[1.]", "a digit behind the point", "`]`", 3, 1, 4, "[0]"),
            ("[1e]", "a digit of the exponent", "`]`", 3, 1, 4, "[0]"),
            ("[-]", "a digit", "`]`", 2, 1, 3, "[0]"),
            ("[\"a\tb\"]", "an escape instead of a control character", "the byte 0x09", 3, 1, 4, "[0]"),
            ("[\"a\nb\"]", "an escape instead of a control character", "the end of the line", 3, 1, 4, "[0]"),
            ("[\"\\x\"]", "an escape of JSON, with both halves of a surrogate pair", "`\\`", 2, 1, 3, "[0]"),
            ("[\"abc", "a closing quotation mark", "the end of the text", 5, 1, 6, "[0]"),
            ("[1 2]", "`,` or `]`", "`2`", 3, 1, 4, "[0]"),
            ("{\"a\":1 \"b\"}", "`,` or `}`", "`\"`", 7, 1, 8, "a"),
            ("{\"\\u0061b\":x}", "a value", "`x`", 11, 1, 12, "ab"),
            ("\r\n[ }", "a value", "`}`", 4, 2, 3, "[0]"),
            ("{\"a\":1,}", "a key in quotation marks", "`}`", 7, 1, 8, "a"),
        ] as [(String, String, String, Int, Int, Int, String)])
    func malformedText(
        _ text: String, _ expected: String, _ found: String, _ offset: Int, _ line: Int, _ column: Int, _ path: String
    ) {
        let failure = #expect(throws: JSONDecodingFailure.self) { try JSONValue(parsing: text) }
        #expect(failure?.code == .jsonSyntax)
        #expect(failure?.status == 400)
        #expect(failure?.expected == expected)
        #expect(failure?.found == found)
        #expect(failure?.byteOffset == offset)
        #expect(failure?.line == line)
        #expect(failure?.column == column)
        #expect(failure?.path == path)
    }

    @Test(
        arguments: [
            (
                #"{"id":"x","items":[]}"#, "id", "a whole number from -9223372036854775808 to 9223372036854775807",
                "the string \"x\"", 6
            ),
            (#"{"items":[]}"#, "", "the key \"id\"", "an object without it", 0),
            (
                #"{"id":1,"items":[{"price":1},{"price":null}]}"#, "items[1].price", "a number that fits Double",
                "`null`", 38
            ),
            (
                #"{"id":1,"items":[{"price":1},{"colour":1}]}"#, "items[1]", "the key \"price\"",
                "an object without it", 29
            ),
            (#"{"id":1,"items":[{"price":1},7]}"#, "items[1]", "an object", "the number 7", 29),
            (#"{"id":1,"items":{}}"#, "items", "an array", "an object", 16),
            (
                #"{"id":1.5,"items":[]}"#, "id", "a whole number from -9223372036854775808 to 9223372036854775807",
                "the number 1.5", 6
            ),
            (#"{"id":1,"items":[],"note":[]}"#, "note", "a string", "an array", 26),
            (#"{"id":1,"items":[],"note":false}"#, "note", "a string", "`false`", 26),
            (#"[1]"#, "", "an object", "an array", 0),
            (
                #"{"id":1,"items":[{"price":1,"extra":{"a b":[1,2,300]}}]}"#, "items[0].extra[\"a b\"][2]",
                "a whole number from -128 to 127", "the number 300", 48
            ),
            (
                #"{"id":1,"items":[{"price":1,"color":"blue"}]}"#, "items[0].color",
                "a valid value (Cannot initialize Color from invalid String value blue)", "the string \"blue\"", 36
            ),
            (#"{"id":1,"items":[{"price":1,"color":2}]}"#, "items[0].color", "a string", "the number 2", 36),
        ] as [(String, String, String, String, Int)])
    func textOfTheWrongShape(_ text: String, _ path: String, _ expected: String, _ found: String, _ offset: Int) {
        let failure = #expect(throws: JSONDecodingFailure.self) { try JSONCoding.decode(Order.self, from: text) }
        #expect(failure?.code == .jsonMismatch)
        #expect(failure?.status == 422)
        #expect(failure?.path == path)
        #expect(failure?.expected == expected)
        #expect(failure?.found == found)
        #expect(failure?.byteOffset == offset)
        #expect(failure?.line == 1)
        #expect(failure?.column == offset + 1)
    }

    @Test func sentencesSayAllOfIt() {
        let syntax = #expect(throws: JSONDecodingFailure.self) { try JSONValue(parsing: "{\"a\":[1,\n2 3]}") }
        let sentence = "This is not valid JSON at a[1]: expected `,` or `]`, found `3` (line 2, column 3)."
        #expect(syntax?.message == sentence)
        #expect(syntax?.description == "json-syntax: \(sentence)")
        #expect(syntax?.wireError == WireError(.jsonSyntax, sentence, status: 400))

        let mismatch = #expect(throws: JSONDecodingFailure.self) {
            try JSONCoding.decode([[Int]].self, from: "[[1],\n [true]]")
        }
        #expect(
            mismatch?.message
                == "The JSON does not fit at [1][0]: expected a whole number from -9223372036854775808 to "
                + "9223372036854775807, found `true` (line 2, column 3).")

        let limit = #expect(throws: JSONDecodingFailure.self) {
            try JSONValue(parsing: "[[1]]", limits: JSONLimits(depth: 1))
        }
        #expect(
            limit?.message
                == "The JSON is over a limit at [0]: expected at most 1 nested arrays and objects, found more of "
                + "them (line 1, column 2).")
    }

    @Test func longTextIsShortenedInSentences() {
        let long = String(repeating: "x", count: 1000)
        let failure = #expect(throws: JSONDecodingFailure.self) {
            try JSONCoding.decode([Int].self, from: "[\"\(long)\"]")
        }
        #expect(failure?.found == "the string \"\(String(repeating: "x", count: 40))\"…")
        let digits = #expect(throws: JSONDecodingFailure.self) {
            try JSONCoding.decode([Int8].self, from: "[1\(String(repeating: "0", count: 1000))]")
        }
        #expect(digits?.found == "the number 1\(String(repeating: "0", count: 39))…")
        let key = #expect(throws: JSONDecodingFailure.self) {
            try JSONCoding.decode([String: Int].self, from: "{\"\(long)\":\"\"}")
        }
        #expect(key?.path == "[\"\(String(repeating: "x", count: 64))\"]")
        // Cut inside of a character, and with bytes that a terminal would obey.
        let odd = #expect(throws: JSONDecodingFailure.self) {
            try JSONCoding.decode(Int.self, from: "\"\u{7F}\(String(repeating: "é", count: 30))\"")
        }
        #expect(odd?.found == "the string \"?\(String(repeating: "é", count: 19))\u{FFFD}\"…")
    }

    @Test func foundationsErrorsReachTheType() throws {
        struct Reader: Decodable {
            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: JSONContainerTests.Key.self)
                do { _ = try container.decode(Int.self, forKey: .a) } catch DecodingError.typeMismatch(
                    let type, let context)
                {
                    #expect(type is Int.Type)
                    #expect(context.codingPath.map(\.stringValue) == ["Index 0", "a"])
                    #expect(context.debugDescription.hasSuffix("found the string \"x\"."))
                }
                do { _ = try container.decode(Int8.self, forKey: .b) } catch DecodingError.dataCorrupted(let context) {
                    #expect(context.codingPath.map(\.stringValue) == ["Index 0", "b"])
                }
                do { _ = try container.decode(Int.self, forKey: .c) } catch DecodingError.valueNotFound(_, let context)
                {
                    #expect(context.codingPath.map(\.stringValue) == ["Index 0", "c"])
                }
                do { _ = try container.decode(Int.self, forKey: .d) } catch DecodingError.keyNotFound(
                    let key, let context)
                {
                    #expect(key.stringValue == "d")
                    #expect(context.codingPath.map(\.stringValue) == ["Index 0"])
                }
                throw DecodingError.dataCorruptedError(forKey: .b, in: container, debugDescription: "No.")
            }
        }
        let failure = #expect(throws: JSONDecodingFailure.self) {
            try JSONCoding.decode([Reader].self, from: #"[{"a":"x","b":300,"c":null}]"#)
        }
        #expect(failure?.path == "[0].b")
        #expect(failure?.expected == "a valid value (No.)")
        #expect(failure?.found == "the number 300")
        #expect(failure?.byteOffset == 14)
    }

    @Test func errorsWithoutAPlacePointToTheNearest() {
        struct Lost: Decodable {
            init(from decoder: any Decoder) throws {
                struct Key: CodingKey {
                    var stringValue = "nowhere"
                    var intValue: Int? { nil }
                    init() {}
                    init?(stringValue: String) { nil }
                    init?(intValue: Int) { nil }
                }
                throw DecodingError.typeMismatch(
                    Int.self, DecodingError.Context(codingPath: decoder.codingPath + [Key()], debugDescription: ""))
            }
        }
        let failure = #expect(throws: JSONDecodingFailure.self) {
            try JSONCoding.decode([Lost].self, from: #"[ {"x":1}]"#)
        }
        #expect(failure?.path == "[0].nowhere")
        #expect(failure?.byteOffset == 2)
        #expect(failure?.expected == "a value of the type Int")
    }

    @Test func pathsAreRightInWhateverOrderValuesAreRead() throws {
        struct Reader: Decodable {
            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: JSONContainerTests.Key.self)
                var list = try container.nestedUnkeyedContainer(forKey: .b)
                let first = try container.superDecoder(forKey: .a)
                _ = try list.decode(Int.self)
                var inner = try list.nestedUnkeyedContainer()
                let object = try list.nestedContainer(keyedBy: JSONContainerTests.Key.self)
                _ = try container.decode(Int.self, forKey: .c)
                #expect(inner.codingPath.map(\.stringValue) == ["b", "Index 1"])
                #expect(object.codingPath.map(\.stringValue) == ["b", "Index 2"])
                #expect(first.codingPath.map(\.stringValue) == ["a"])
                #expect(list.codingPath.map(\.stringValue) == ["b"])
                #expect(container.codingPath.isEmpty)
                _ = try inner.decode(Int.self)
                let last = try inner.superDecoder()
                #expect(last.codingPath.map(\.stringValue) == ["b", "Index 1", "Index 1"])
                #expect(try container.superDecoder().codingPath.isEmpty)
            }
        }
        _ = try JSONCoding.decode(Reader.self, from: #"{"a":{"x":[1,2]},"b":[1,[2,3],{"a":1}],"c":4}"#)
    }
}
