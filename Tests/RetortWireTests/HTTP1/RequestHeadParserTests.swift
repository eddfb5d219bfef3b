// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RetortWire
import Testing

@Suite struct RequestHeadParserTests {
    private static let bad = "400 bad-header"
    private static let good = "POST / 1.1 none keep a"

    static let lines: [HeadCase] = [
        .fields("X: y", good), .fields("X:y", good), .fields("X:", good), .fields("X: \t ", good),
        .fields("!#$%&'*+-.^_`|~: y", good), .fields("X: a:b:c", good), .fields("X: a\tb", good),
        .fields("X: \"a\\\"b\" (c)", good), .fields("1: y", good),
        .fields("X : y", bad), .fields("X\t: y", bad), .fields("X", bad), .fields(": y", bad), .fields(":", bad),
        .fields(" : y", bad), .fields("X Y: z", bad), .fields("X(: y", bad), .fields("X@: y", bad),
        .fields("X\"Y\": z", bad), .fields("X;: y", bad), .fields("X/Y: z", bad), .fields("é: y", bad),
        .fields("X\u{7F}: y", bad), .fields("X\u{00}: y", bad), .fields("\u{00}: y", bad), .fields("{X}: y", bad),
        .fields("X: \u{00}", bad), .fields("X: a\u{00}b", bad), .fields("X: a\u{01}", bad), .fields("X: a\u{08}", bad),
        .fields("X: a\u{0B}b", bad), .fields("X: a\u{0C}b", bad), .fields("X: a\u{1B}b", bad),
        .fields("X: a\u{1F}", bad), .fields("X: a\u{7F}", bad), .fields("X: \u{00}\u{00}", bad),
        // obs-text is carried, RFC 9110 §5.5.
        .fields("X: é", good),
        HeadCase(Array("POST / HTTP/1.1\r\nHost: a\r\nX: ".utf8) + [0xFF, 0x80] + Array("\r\n\r\n".utf8), good),
        HeadCase(Array("POST / HTTP/1.1\r\nHost: a\r\nX".utf8) + [0xFF] + Array(": y\r\n\r\n".utf8), bad),
        // obs-fold, RFC 9112 §5.2.
        .fields("X: a\r\n b", bad), .fields("X: a\r\n\tb", bad), .fields("X: a\r\n ", bad),
        HeadCase("GET / HTTP/1.1\r\n Host: a\r\n\r\n", bad),
        HeadCase("GET / HTTP/1.1\r\n \r\nHost: a\r\n\r\n", bad),
    ]

    static let lineEnds: [HeadCase] = [
        HeadCase("GET / HTTP/1.1\nHost: a\r\n\r\n", bad), HeadCase("GET / HTTP/1.1\r\nHost: a\n\r\n", bad),
        HeadCase("GET / HTTP/1.1\r\nHost: a\r\n\n", bad), HeadCase("GET / HTTP/1.1\r\nHost: a\n\n", bad),
        HeadCase("GET / HTTP/1.1\nHost: a\n\n", bad), HeadCase("GET / HTTP/1.1\r\nHost: a\r\nX: y\nZ: z\r\n\r\n", bad),
        HeadCase("GET / HTTP/1.1\r\nHost: a\r\r\n\r\n", bad), HeadCase("GET / HTTP/1.1\r\nHost: a\r\n\r\r\n\r\n", bad),
        HeadCase("GET / HTTP/1.1\r\nHost: a\rX: y\r\n\r\n", bad),
        HeadCase("GET / HTTP/1.1\r\nHost: a\r\n\rX: y\r\n\r\n", bad),
        HeadCase("GET / HTTP/1.1\r\nHost: a\r\nX: \ry\r\n\r\n", bad),
        HeadCase("GET / HTTP/1.1\r\nHost: a\r\nX\r: y\r\n\r\n", bad),
        HeadCase("GET / HTTP/1.1\rHost: a\r\n\r\n", "400 bad-request-line"),
        HeadCase("GET / HTTP/1.1\r\nHost: a\r\r", "more"), HeadCase("GET / HTTP/1.1\r\nHost: a\r\n\r", "more"),
        HeadCase("", "more"), HeadCase("\r", "more"), HeadCase("\r\n", "more"), HeadCase("G", "more"),
        HeadCase("GET / HTTP/1.1\r\nHost: a\r\n", "more"),
        HeadCase("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /", "GET / 1.1 none keep a +5"),
        HeadCase("GET / HTTP/1.1\r\nHost: a\r\n\r\n\r\n", "GET / 1.1 none keep a +2"),
    ]

    @Test(arguments: lines) func headerLineIsNameColonValue(_ row: HeadCase) { expectAtEveryCut(row) }

    @Test(arguments: lineEnds) func everyLineEndsWithBothBytes(_ row: HeadCase) {
        // What stands behind a head stays out when the cut comes before it.
        let end = row.expected.contains("+") ? "" : row.expected
        guard end.isEmpty else { return expectAtEveryCut(row) }
        #expect(readHead(row.bytes, cuts: []) == row.expected)
    }

    @Test func everyControlByteInAValueIsRefusedButTheTab() {
        for byte in UInt8.min...UInt8.max where byte != 0x0A {
            let bytes = Array("GET / HTTP/1.1\r\nHost: a\r\nX: a".utf8) + [byte] + Array("b\r\n\r\n".utf8)
            let isAllowed = byte == 0x09 || byte >= 0x20 && byte != 0x7F
            #expect(readHead(bytes, cuts: []) == (isAllowed ? "GET / 1.1 none keep a" : Self.bad), "\(byte)")
        }
    }

    @Test func everyByteOfANameIsATokenByte() {
        let token = Set("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz".utf8)
        for byte in UInt8.min...UInt8.max where byte != 0x0A && byte != UInt8(ascii: ":") {
            let bytes = Array("GET / HTTP/1.1\r\nHost: a\r\nX".utf8) + [byte] + Array("Y: b\r\n\r\n".utf8)
            let isLetter = (0x41...0x5A).contains(byte)
            let isAllowed = isLetter || token.contains(byte)
            #expect(readHead(bytes, cuts: []) == (isAllowed ? "GET / 1.1 none keep a" : Self.bad), "\(byte)")
        }
    }

    @Test func everyByteOfATargetIsVisibleASCII() {
        for byte in UInt8.min...UInt8.max where byte != 0x0A {
            let bytes = Array("GET /a".utf8) + [byte] + Array("b HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
            let isAllowed = byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "#")
            #expect(readHead(bytes, cuts: []).hasPrefix("GET") == isAllowed, "\(byte)")
        }
    }

    @Test func fieldsKeepOrderCaseAndDoubles() throws {
        let bytes = Array("GET / HTTP/1.1\r\nHost: a\r\nB: 1\r\na: 2\r\nb:  3\t\r\nC:\r\n\r\n".utf8)
        var parser = RequestHeadParser()
        guard case .head(let head, let consumed) = try parser.parse(bytes.span) else {
            Issue.record("the head is complete")
            return
        }
        #expect(consumed == bytes.count)
        #expect(head.fields.map { "\($0.name.rawName)=\($0.value)" } == ["Host=a", "B=1", "a=2", "b=3", "C="])
        let name = try #require(HTTPField.Name("b"))
        #expect(head.header(name) == "1")
        #expect(head.headers(name) == ["1", "3"])
        #expect(head.header(.cookie) == nil)
    }

    @Test func valueThatIsNotUTF8IsReadAsLatin1() throws {
        let bytes = Array("GET / HTTP/1.1\r\nHost: a\r\nX: caf".utf8) + [0xE9] + Array("\r\n\r\n".utf8)
        var parser = RequestHeadParser()
        guard case .head(let head, _) = try parser.parse(bytes.span), let name = HTTPField.Name("x") else {
            Issue.record("the head is complete")
            return
        }
        #expect(head.header(name) == "café")
    }

    @Test func parserReadsOneHeadBehindAnother() throws {
        let requests = (0..<50).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\nX-Number: \($0)\r\n\r\n" }
        let bytes = Array(requests.joined().utf8)
        var parser = RequestHeadParser()
        let all = bytes.span
        var position = 0
        for number in 0..<50 {
            guard case .head(let head, let consumed) = try parser.parse(all.extracting(position..<bytes.count)) else {
                Issue.record("head \(number) is complete")
                return
            }
            #expect(head.path == "/\(number)")
            position += consumed
        }
        #expect(position == bytes.count)
    }

    @Test func parserIsAsNewAfterARefusal() throws {
        var parser = RequestHeadParser()
        let broken = Array("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nX\r\n".utf8)
        #expect(throws: WireError.self) { try parser.parse(broken.span) }
        let whole = Array("GET /x HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        guard case .head(let head, _) = try parser.parse(whole.span) else {
            Issue.record("the head is complete")
            return
        }
        #expect(summary(head) == "GET /x 1.1 none keep a")
    }
}
