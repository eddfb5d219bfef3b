// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

/// Whether texts are JSON, case by case.
///
/// Names follow the custom of such tables: `y` must be accepted, `n` refused, and `i` is left open by the standard, so
/// that this library has made a choice.
@Suite struct JSONGrammarTests {
    @Test(arguments: [
        "[]", "[ ]", "{}", "{ }", "[[]]", "[[],[]]", "[{}]", "{\"\":0}", "{\"a\":[]}", "[null]", "[true]", "[false]",
        "null", "true", "false", "0", "-0", "1", "42", " 42 ", "\t\n\r 1\t\n\r ", "\"\"", "\"a\"", "[1\n]", "[ 4]",
        "[1,null,null,null,2]", "[2] ", "{\"a\":\"b\",\"a\":\"c\"}", "{\"a\":\"b\",\"a\":\"b\"}",
        "{\"min\": -1.0e+28, \"max\": 1.0e+28}", "{\n\"a\": \"b\"\n}", "{\"a\" : 1 , \"b\" : 2 }",
        "{\"x\":[{\"id\": \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}], \"id\": \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}",
    ])
    func yStructures(_ text: String) throws { _ = try JSONValue(parsing: text) }

    @Test(
        arguments: [
            ("123e65", 123e65), ("0e+1", 0), ("0e1", 0), ("-0", -0.0), ("-0.0", -0.0), ("-1", -1), ("-123", -123),
            ("20e1", 200), ("1E22", 1e22), ("1E-2", 0.01), ("1E+2", 100), ("123.456e78", 123.456e78), ("1.5", 1.5),
            ("123.456789", 123.456789), ("1e-2", 0.01), ("1e+2", 100), ("0.0", 0), ("0.5e-1", 0.05), ("10.0e00", 10),
            ("-0.000000000000000000000000000000000000000000000000000000000000000000000000000001", -1e-78),
        ] as [(String, Double)])
    func yNumbers(_ text: String, _ value: Double) throws {
        #expect(try JSONValue(parsing: text).double == value)
        #expect(try JSONValue(parsing: "[\(text)]")[0]?.double == value)
        #expect(try JSONCoding.decode(Double.self, from: text).bitPattern == value.bitPattern)
    }

    @Test(arguments: [
        (#""\u0060\u012a\u12AB""#, "\u{60}\u{12A}\u{12AB}"), (#""\uD801\udc37""#, "\u{10437}"),
        (#""\ud83d\ude39\ud83d\udc8d""#, "\u{1F639}\u{1F48D}"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
        (#""\\u0000""#, "\\u0000"), (#""\"""#, "\""), (#""a/*b*/c/*d//e""#, "a/*b*/c/*d//e"), (#""\\a""#, "\\a"),
        (#""\\n""#, "\\n"), (#""\u0012""#, "\u{12}"), (#""\uFFFF""#, "\u{FFFF}"), (#""\uDBFF\uDFFF""#, "\u{10FFFF}"),
        (#""new\u00A0line""#, "new\u{A0}line"), (#""\u0000""#, "\u{0}"), (#""\u002c""#, ","), ("\"π\"", "π"),
        ("\"𝄞\"", "𝄞"), ("\"\u{7F}\"", "\u{7F}"), ("\"\u{2028}\u{2029}\"", "\u{2028}\u{2029}"), ("\"asd \"", "asd "),
        (#""\uA66D""#, "\u{A66D}"), (#""\u0061\u30af\u30EA\u30b9""#, "a\u{30AF}\u{30EA}\u{30B9}"), ("\"€𝄞\"", "€𝄞"),
        (#""\u005C""#, "\\"), (#""\u0022""#, "\""), ("\"\u{FEFF}\"", "\u{FEFF}"), (#""\u200B""#, "\u{200B}"),
    ])
    func yStrings(_ text: String, _ value: String) throws {
        let string = try #require(try JSONValue(parsing: text).string)
        #expect(Array(string.utf8) == Array(value.utf8))
        // As a key, and with a long text before it, so that whole words are scanned first.
        let object = try JSONValue(parsing: "{\(text): 1}")
        #expect(object[value] == 1)
        let padded = try JSONValue(parsing: "\"0123456789abcdef\(text.dropFirst())").string
        #expect(padded.map { Array($0.utf8) } == Array("0123456789abcdef\(value)".utf8))
    }

    @Test(arguments: [
        "", " ", "[", "]", "{", "}", "[1", "[1,", "[1,]", "[1 true]", "[,]", "[,1]", "[1,,2]", "[1,,]", "[-]",
        "[\"\",]",
        "[\"a\"", "[\"a\",\n4\n,1,", "[1:2]", "[\"x\"", "[\"x\"]]", "[x", "[3[4]]", "[1]x", "[[]", "[\"\": 1]", "[]{}",
        "[a]", "[\u{B}]", "[*]", "[1,\n1\n,1", "[{}", "[\"\u{0}\"]", "{]", "[}", "[<null>]", "<.>", "[][]", "{}}", "1]",
        "{\"a\":\"a", "{\"a\":\"a\" 123}", "{,}", "{\"a\":}", "{\"a\"}", "{\"a\" \"b\"}", "{\"x\"::\"b\"}", "{1:1}",
        "{\"id\":0,,,,,}", "{'a':0}", "{\"id\":0,}", "{\"a\":\"b\",,\"c\":\"d\"}", "{a: \"b\"}",
        "{null:null,null:null}",
        "{\"a\":\"b\"}/**/", "{\"a\":\"b\"}//", "{\"a\":/*comment*/\"b\"}", "{\"a\":\"a\" b}", "{\"a\":\"b\"}#",
        "{9999E9999:1}",
        "{\"a\" b}", "{:\"b\"}", "{ \"foo\" : \"bar\", \"a\" }", "\"", "\"a", "'a'", "abc", "nul", "nulll", "tru",
        "truee",
        "fals", "falsee", "True", "NULL", "[True]", "[nul]", "[tru]", "[fals]", "\\", "a", "å", "[\"a\" \"b\"]",
        "\u{0}",
        "undefined", "NaN", "Infinity", "1 2", "{\"a\":1}{\"b\":2}", "null,", ",", ":", "\u{2060}[]", "[\u{A0}1]",
        "{\"a\":true} \"x\"", "[\u{C}]", "[1]\u{0}", "[\"asd]", "[\"a\"1]", "{\"a\":1 \"b\":2}", "/**/1", "[1/*x*/]",
    ])
    func nStructures(_ text: String) { expectSyntaxError(Array(text.utf8)) }

    @Test(arguments: [
        "-", "--1", "-a", "-01", "-012", "-2.", "-NaN", "-Infinity", "-1x", "+1", "++1234", "+Inf", "Inf", "01", "012",
        "00", "0.", "0.e1", "0.3e", "0.3e+", "0E", "0E+", "0e", "0e+", "1.0e", "1.0e-", "1.0e+", "1eE2", "1e", "1e+-2",
        "2.e3", "2.e-3", "2.e+3", ".1", ".-1", "-.123", ".2e-3", "9.e+", "1.2a-3", "1.8011670033376514H-308", "0x1",
        "0x42",
        "1 000.0", "1,2", "1_000", "1.2.3", "1e2.3", "1ea", "-foo", "1+2", "0.1.2", "\u{FF11}", "1f", "5 ea",
    ])
    func nNumbers(_ text: String) {
        expectSyntaxError(Array(text.utf8))
        expectSyntaxError(Array("[\(text)".utf8))
        expectSyntaxError(Array("{\"a\":\(text)".utf8))
    }

    @Test(arguments: [
        #""\"#, #""\""#, #""\x00""#, #""\a""#, #""\u""#, #""\u0""#, #""\u00""#, #""\u00A""#, #""\u00G0""#,
        #""\uD834\uDd""#,
        #""\uD800\u""#, #""\uD800\u1""#, #""\uD800\u1x""#, #""\UA66D""#, #""\'""#, #""\0""#, #""\v""#, #""\ ""#,
        #""\uu000""#,
        #""\\\""#, "\"\u{9}\"", "\"a\nb\"", "\"a\u{0}b\"", "\"\u{1F}\"", #""\🌀""#, #""\u 123""#, #""\u+123""#,
        #""\u-123""#,
    ])
    func nStrings(_ text: String) {
        expectSyntaxError(Array(text.utf8))
        expectSyntaxError(Array("[\(text)]".utf8))
        expectSyntaxError(Array("{\(text):1}".utf8))
    }

    // A `String` cannot hold half of a surrogate pair, so it is refused and not replaced.
    @Test(arguments: [
        #""\uDADA""#, #""\uD888\u1234""#, #""\uD800\n""#, #""\uD800""#, #""\uD800abc""#, #""\uDd1e\uD834""#,
        #""\uDFAA""#,
        #""\uD800\uD800\n""#, #""\ud800\ud800""#, #""\uDC00\uD800""#, #""\uD83D\\DE00""#, #""\uD83D\uD83D\uDE00""#,
    ])
    func iLoneSurrogatesAreRefused(_ text: String) { expectSyntaxError(Array(text.utf8)) }

    @Test(
        arguments: [
            [0xFF], [0xC0, 0xAF], [0xC1, 0xBF], [0xE0, 0x80, 0xAF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
            [0xED, 0xBF, 0xBF],
            [0xF0, 0x80, 0x80, 0xAF], [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80],
            [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFC, 0x80, 0x80, 0x80, 0x80, 0x80], [0x80], [0xBF], [0xC3], [0xC3, 0x28],
            [0xE2, 0x82], [0xE2, 0x28, 0xA1], [0xE2, 0x82, 0x28], [0xF0, 0x9D, 0x84], [0xF0, 0x28, 0x8C, 0xBC],
            [0xF0, 0x90, 0x28, 0xBC], [0xF0, 0x90, 0x8C, 0x28], [0xE9], [0xFE], [0xC3, 0xA9, 0xC3],
        ] as [[UInt8]])
    func iInvalidUTF8IsRefused(_ bytes: [UInt8]) {
        for padding in 0..<9 {
            let space = [UInt8](repeating: 0x61, count: padding)
            expectSyntaxError([0x22] + space + bytes + [0x22])
            expectSyntaxError([0x22] + space + bytes)
            expectSyntaxError([0x7B, 0x22] + space + bytes + [0x22, 0x3A, 0x31, 0x7D])
        }
        expectSyntaxError(bytes)
        expectSyntaxError([0x5B] + bytes + [0x5D])
    }

    @Test(arguments: [
        "\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{FFFD}", "\u{FFFF}", "\u{10000}", "\u{10FFFF}",
    ])
    func yBordersOfUTF8AreAccepted(_ text: String) throws {
        for padding in 0..<9 {
            let text = String(repeating: "a", count: padding) + text + String(repeating: text, count: padding)
            #expect(try JSONValue(parsing: "\"\(text)\"") == .string(text))
        }
    }

    @Test func iAByteOrderMarkIsSkippedOnce() throws {
        #expect(try JSONValue(parsing: [0xEF, 0xBB, 0xBF, 0x5B, 0x5D]) == [])
        expectSyntaxError([0xEF, 0xBB, 0xBF])
        expectSyntaxError([0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, 0x31])
        expectSyntaxError([0xEF, 0xBB, 0x5B, 0x5D])
        expectSyntaxError([0x5B, 0xEF, 0xBB, 0xBF, 0x5D])
    }

    @Test(
        arguments: [
            [0xFF, 0xFE, 0x5B, 0x00, 0x5D, 0x00], [0xFE, 0xFF, 0x00, 0x5B, 0x00, 0x5D], [0x00, 0x5B, 0x00, 0x5D],
            [0x5B, 0x00, 0x5D, 0x00], [0x22, 0x00, 0xE9, 0x00, 0x22, 0x00],
        ] as [[UInt8]])
    func iOtherEncodingsAreRefused(_ bytes: [UInt8]) { expectSyntaxError(bytes) }

    @Test(arguments: [
        "1e400", "-1e400", "1e9999999999999999999", "-123123e100000", "1" + String(repeating: "0", count: 400),
    ])
    func iHugeNumbersAreWellFormedButFitNoDouble(_ text: String) throws {
        let failure = #expect(throws: JSONDecodingFailure.self) { try JSONValue(parsing: text) }
        #expect(failure?.code == .jsonMismatch)
        #expect(failure?.status == 422)
        // What nobody asks for may be as large as it likes.
        struct Empty: Decodable {}
        _ = try JSONCoding.decode(Empty.self, from: "{\"a\":\(text)}")
    }

    @Test(
        arguments: [
            ("123.456e-789", 0), ("0.4e-400", 0), ("1e-9999999999999999999", 0), ("-1e-400", -0.0),
            ("0e999999999999999999", 0),
            ("4.9e-324", .leastNonzeroMagnitude), ("2.2250738585072009e-308", Double.leastNormalMagnitude.nextDown),
            ("1.7976931348623157e308", .greatestFiniteMagnitude),
        ] as [(String, Double)])
    func iTinyNumbersRoundToZero(_ text: String, _ value: Double) throws {
        #expect(try JSONCoding.decode(Double.self, from: text).bitPattern == value.bitPattern)
    }

    @Test func everyByteAloneGivesAValueOrASyntaxError() {
        for first in UInt8.min...UInt8.max {
            for second in UInt8.min...UInt8.max {
                for text in [[first, second], [0x5B, first, second, 0x5D], [0x22, first, second, 0x22]] {
                    do { _ = try JSONValue(parsing: text) } catch {
                        #expect((error as? JSONDecodingFailure)?.code == .jsonSyntax)
                    }
                }
            }
        }
    }

    @Test func everyBeginningOfATextIsRefused() throws {
        let text = Array(#"{"a":[1,2.5e-3,true,null,"é\u00e9\ud83d\ude00"],"b":{"c":{}},"":false}"#.utf8)
        _ = try JSONValue(parsing: text)
        for count in 0..<text.count { expectSyntaxError(Array(text[..<count])) }
    }

    @Test func everyFlippedByteGivesAValueOrAFailure() throws {
        let text = Array(#"{"a":[1,2.5e-3,true,null,"é\u00e9"],"b":{"c":{}},"":false}"#.utf8)
        for index in text.indices {
            for bit in 0..<8 {
                var changed = text
                changed[index] ^= 1 << UInt8(bit)
                do { _ = try JSONValue(parsing: changed) } catch { #expect(error is JSONDecodingFailure) }
            }
        }
    }

    private func expectSyntaxError(_ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) {
        let failure = #expect(throws: JSONDecodingFailure.self, sourceLocation: sourceLocation) {
            try JSONValue(parsing: bytes)
        }
        #expect(failure?.code == .jsonSyntax, sourceLocation: sourceLocation)
        #expect(failure?.status == 400, sourceLocation: sourceLocation)
        #expect((failure?.byteOffset ?? .max) <= bytes.count, sourceLocation: sourceLocation)
    }
}
