// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

@Suite struct RequestLineTests {
    static let requestLines: [HeadCase] = [
        .line("GET / HTTP/1.1", "GET / 1.1 none keep a"),
        .line("get / HTTP/1.1", "get / 1.1 none keep a"),
        .line("M-SEARCH /x HTTP/1.1", "M-SEARCH /x 1.1 none keep a"),
        .line("!#$%&'*+-.^_`|~ / HTTP/1.1", "!#$%&'*+-.^_`|~ / 1.1 none keep a"),
        .line("GET /a/b?c=d&e HTTP/1.1", "GET /a/b?c=d&e 1.1 none keep a"),
        .line("GET /? HTTP/1.1", "GET /? 1.1 none keep a"),
        .line("GET /?a?b HTTP/1.1", "GET /?a?b 1.1 none keep a"),
        .line("GET //a HTTP/1.1", "GET //a 1.1 none keep a"),
        .line("GET /%00 HTTP/1.1", "GET /%00 1.1 none keep a"),
        .line("GET /{}|\\^`\"<> HTTP/1.1", "GET /{}|\\^`\"<> 1.1 none keep a"),
        // RFC 9112 §2.2: one empty line before the request line is passed over, and no more.
        HeadCase("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / 1.1 none keep a"),
        HeadCase("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "400 bad-request-line"),
        HeadCase("\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "400 bad-request-line"),
        // White space: exactly one space twice.
        .line("GET  / HTTP/1.1", "400 bad-target"),
        .line("GET /  HTTP/1.1", "400 bad-target"),
        .line("GET\t/ HTTP/1.1", "400 bad-request-line"),
        .line("GET /\tHTTP/1.1", "400 bad-request-line"),
        .line("GET / HTTP/1.1 ", "400 bad-request-line"),
        .line(" GET / HTTP/1.1", "400 bad-request-line"),
        .line("GET /a b HTTP/1.1", "400 bad-target"),
        .line("GET /\u{0B} HTTP/1.1", "400 bad-target"),
        .line("GET / HTTP/1.1\r", "400 bad-request-line"),
        .line("GET /\rX HTTP/1.1", "400 bad-target"),
        .line("\rGET / HTTP/1.1", "400 bad-request-line"),
        // Methods.
        .line(" / HTTP/1.1", "400 bad-request-line"),
        .line("GE(T / HTTP/1.1", "400 bad-request-line"),
        .line("G\u{00}T / HTTP/1.1", "400 bad-request-line"),
        .line("GÉT / HTTP/1.1", "400 bad-request-line"),
        .line("\u{16}\u{03}\u{01} / HTTP/1.1", "400 bad-request-line"),
        .line("ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEF / HTTP/1.1", "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEF / 1.1 none keep a"),
        .line("ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFG / HTTP/1.1", "501 bad-request-line"),
    ]

    static let versions: [HeadCase] = [
        .line("GET / HTTP/1.0", "GET / 1.0 none close a"),
        // RFC 9110 §2.5: a later minor version is treated as the one that is known.
        .line("GET / HTTP/1.2", "GET / 1.1 none keep a"),
        .line("GET / HTTP/1.9", "GET / 1.1 none keep a"),
        .line("GET / HTTP/2.0", "505 unsupported-version"),
        .line("GET / HTTP/0.9", "505 unsupported-version"),
        .line("GET / HTTP/3.0", "505 unsupported-version"),
        HeadCase("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505 unsupported-version"),
        .line("GET /", "400 bad-request-line"),
        .line("GET", "400 bad-request-line"),
        .line("GET HTTP/1.1", "400 bad-target"),
        .line("GET / http/1.1", "400 bad-request-line"),
        .line("GET / HTTP/1.10", "400 bad-request-line"),
        .line("GET / HTTP/01.1", "400 bad-request-line"),
        .line("GET / HTTP/1", "400 bad-request-line"),
        .line("GET / HTTP/1,1", "400 bad-request-line"),
        .line("GET / HTTP/a.b", "400 bad-request-line"),
        .line("GET / HTTP 1.1", "400 bad-request-line"),
        .line("GET / XHTTP/1.1", "400 bad-request-line"),
        .line("GET / HTTPS/1.1", "400 bad-request-line"),
        .line("GET / ICAP/1.0", "400 bad-request-line"),
        .line("HTTP/1.1 200 OK", "400 bad-request-line"),
    ]

    static let targets: [HeadCase] = [
        // Absolute form, RFC 9112 §3.2.2.
        .line("GET http://a/x?y HTTP/1.1", "GET /x?y 1.1 none keep a"),
        .line("GET HTTP://A/x HTTP/1.1", "GET /x 1.1 none keep A"),
        .line("GET https://a HTTP/1.1", "GET / 1.1 none keep a"),
        .line("GET http://a?x HTTP/1.1", "GET /?x 1.1 none keep a"),
        .line("OPTIONS http://a HTTP/1.1", "OPTIONS / 1.1 none keep a"),
        .line("GET http://b/ HTTP/1.1", "400 bad-host"),
        .line("GET http://a:80/ HTTP/1.1", "400 bad-host"),
        .line("GET http:///x HTTP/1.1", "400 bad-target"),
        .line("GET http://?x HTTP/1.1", "400 bad-target"),
        .line("GET http:// HTTP/1.1", "400 bad-target"),
        .line("GET http:/a HTTP/1.1", "400 bad-target"),
        .line("GET http://u@a/ HTTP/1.1", "400 bad-target"),
        .line("GET http://u:p@a/ HTTP/1.1", "400 bad-target"),
        .line("GET ftp://a/ HTTP/1.1", "400 bad-target"),
        .line("GET ws://a/ HTTP/1.1", "400 bad-target"),
        HeadCase("GET http://a/ HTTP/1.0\r\n\r\n", "GET / 1.0 none close a"),
        HeadCase("GET http://a/ HTTP/1.1\r\n\r\n", "400 bad-host"),
        HeadCase("GET http://b/ HTTP/1.0\r\nHost: a\r\n\r\n", "400 bad-host"),
        // Authority form belongs to CONNECT, which is refused in every form.
        .line("GET a:80 HTTP/1.1", "400 bad-target"),
        .line("CONNECT a:80 HTTP/1.1", "501 bad-target"),
        .line("CONNECT /x HTTP/1.1", "501 bad-target"),
        .line("CONNECT http://a/ HTTP/1.1", "501 bad-target"),
        // Asterisk form belongs to OPTIONS.
        .line("OPTIONS * HTTP/1.1", "OPTIONS * 1.1 none keep a"),
        .line("GET * HTTP/1.1", "400 bad-target"),
        .line("OPTIONS ** HTTP/1.1", "400 bad-target"),
        .line("OPTIONS *?x HTTP/1.1", "400 bad-target"),
        // Bytes that no target has.
        .line("GET /a#b HTTP/1.1", "400 bad-target"),
        .line("GET # HTTP/1.1", "400 bad-target"),
        .line("GET x HTTP/1.1", "400 bad-target"),
        .line("GET ?x HTTP/1.1", "400 bad-target"),
        .line("GET ./x HTTP/1.1", "400 bad-target"),
        .line("GET \\x HTTP/1.1", "400 bad-target"),
        .line("GET /é HTTP/1.1", "400 bad-target"),
        .line("GET /\u{00} HTTP/1.1", "400 bad-target"),
        .line("GET /\u{7F} HTTP/1.1", "400 bad-target"),
        HeadCase(Array("GET /".utf8) + [0xC0, 0xAF] + Array(" HTTP/1.1\r\nHost: a\r\n\r\n".utf8), "400 bad-target"),
        HeadCase(Array("GET /".utf8) + [0xFF] + Array(" HTTP/1.1\r\nHost: a\r\n\r\n".utf8), "400 bad-target"),
        HeadCase(Array("GET /".utf8) + [0xA0] + Array(" HTTP/1.1\r\nHost: a\r\n\r\n".utf8), "400 bad-target"),
    ]

    static let hosts: [HeadCase] = [
        host("a", "a"), host("a.example:8080", "a.example:8080"), host("[::1]:80", "[::1]:80"), host(" \t a \t", "a"),
        host("xn--bcher-kva", "xn--bcher-kva"), host("a%20b", "a%20b"), host("127.0.0.1", "127.0.0.1"),
        host("", nil), host(" ", nil), host("u@a", nil), host("u:p@a", nil), host("a/x", nil), host("a?x", nil),
        host("a#x", nil), host("a b", nil), host("a, b", nil), host("a\tb", nil), host("http://a", nil),
        host("a\\b", nil), host("a\"", nil), host("<a>", nil), host("é", nil), host("a{b}", nil),
        HeadCase("GET / HTTP/1.1\r\n\r\n", "400 bad-host"),
        HeadCase("GET / HTTP/1.1\r\nX-Host: a\r\n\r\n", "400 bad-host"),
        HeadCase("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", "400 bad-host"),
        HeadCase("GET / HTTP/1.1\r\nHost: a\r\nhOST: b\r\n\r\n", "400 bad-host"),
        HeadCase("GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", "400 bad-host"),
        HeadCase("GET / HTTP/1.0\r\nHost:\r\n\r\n", "400 bad-host"),
        HeadCase("GET / HTTP/1.0\r\n\r\n", "GET / 1.0 none close -"),
        HeadCase("GET / HTTP/1.2\r\n\r\n", "400 bad-host"),
    ]

    private static func host(_ value: String, _ expected: String?) -> HeadCase {
        HeadCase(
            "GET / HTTP/1.1\r\nHost:\(value)\r\n\r\n", expected.map { "GET / 1.1 none keep \($0)" } ?? "400 bad-host")
    }

    @Test(arguments: requestLines) func requestLineIsReadInOneWayOnly(_ row: HeadCase) { expectAtEveryCut(row) }

    @Test(arguments: versions) func versionIsReadExactly(_ row: HeadCase) { expectAtEveryCut(row) }

    @Test(arguments: targets) func targetHasOneOfTheAllowedForms(_ row: HeadCase) { expectAtEveryCut(row) }

    @Test(arguments: hosts) func hostIsNamedOnceAndPlainly(_ row: HeadCase) { expectAtEveryCut(row) }
}
