// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

/// What decides where a body ends, with the known ways to make two servers disagree about it.
@Suite struct RequestFramingTests {
    private static let chunked = "POST / 1.1 chunked keep a"
    private static let bad = "400 bad-framing"
    private static let unknown = "501 unsupported-transfer-coding"
    private static let badHeader = "400 bad-header"

    static let lengths: [HeadCase] = [
        .fields("Content-Length: 5", "POST / 1.1 5 keep a"),
        .fields("content-length:5", "POST / 1.1 5 keep a"),
        .fields("CONTENT-LENGTH: \t5 \t", "POST / 1.1 5 keep a"),
        .fields("Content-Length: 0", "POST / 1.1 none keep a"),
        .fields("Content-Length: 0005", "POST / 1.1 5 keep a"),
        .fields("Content-Length: 9223372036854775807", "POST / 1.1 9223372036854775807 keep a"),
        .fields("Content-Length: 9223372036854775808", "413 bad-framing"),
        .fields("Content-Length: 18446744073709551621", "413 bad-framing"),
        .fields("Content-Length: 99999999999999999999999999999999", "413 bad-framing"),
        .fields("Content-Length:", bad), .fields("Content-Length: ", bad), .fields("Content-Length: +5", bad),
        .fields("Content-Length: -5", bad), .fields("Content-Length: 0x10", bad), .fields("Content-Length: 1 2", bad),
        .fields("Content-Length: 5,5", bad), .fields("Content-Length: 5, 6", bad), .fields("Content-Length: 5,", bad),
        .fields("Content-Length: ,5", bad), .fields("Content-Length: 5;x", bad), .fields("Content-Length: 5.0", bad),
        .fields("Content-Length: 1e1", bad), .fields("Content-Length: 1_0", bad), .fields("Content-Length: \"5\"", bad),
        .fields("Content-Length: A", bad), .fields("Content-Length: ٥", bad), .fields("Content-Length: 5\u{A0}", bad),
        .fields("Content-Length: 5\u{0B}", badHeader), .fields("Content-Length: 5\u{00}", badHeader),
        .fields("Content-Length: 5\r\nContent-Length: 5", bad),
        .fields("Content-Length: 5\r\nContent-Length: 6", bad),
        .fields("Content-Length: 0\r\nContent-Length: 5", bad),
        .fields("Content-Length: 5\r\ncontent-length: 6", bad),
        .fields("Content-Length: 5\r\nContent-Length:", bad),
        .fields("Content-Length : 5", badHeader), .fields("Content-Length\t: 5", badHeader),
        .fields(" Content-Length: 5", badHeader), .fields("\tContent-Length: 5", badHeader),
        .fields("Content-Length", badHeader), .fields("Content-Length 5", badHeader),
        .fields("Content-Length:\r\n 5", badHeader), .fields("Content-Length: 1\r\n\t5", badHeader),
        // Names that are not this name, though a careless reader takes them for it.
        .fields("Content_Length: 5", "POST / 1.1 none keep a"),
        .fields("Content-Length-: 5", "POST / 1.1 none keep a"),
        .fields("XContent-Length: 5", "POST / 1.1 none keep a"),
        .fields("Content\u{00}-Length: 5", badHeader),
        .fields("Content-Length\u{00}: 5", badHeader),
        .fields("Content-Len\u{212A}th: 5", badHeader),
        // RFC 9112 §6.3: a request without either header has no body.
        .fields("X: y", "POST / 1.1 none keep a"),
    ]

    static let codings: [HeadCase] = [
        .fields("Transfer-Encoding: chunked", chunked),
        .fields("transfer-encoding:CHUNKED", chunked),
        .fields("Transfer-Encoding:   Chunked \t", chunked),
        // A tab at the end is optional white space, which every reader drops.
        .fields("Transfer-Encoding: chunked\t", chunked),
        .fields("Transfer-Encoding:\tchunked", chunked),
        .fields("Transfer-Encoding: xchunked", unknown), .fields("Transfer-Encoding: chunkedx", unknown),
        .fields("Transfer-Encoding: chunked;q=1", unknown), .fields("Transfer-Encoding: \"chunked\"", unknown),
        .fields("Transfer-Encoding: 'chunked'", unknown), .fields("Transfer-Encoding: identity", unknown),
        .fields("Transfer-Encoding: identity, chunked", unknown),
        .fields("Transfer-Encoding: chunked, identity", unknown), .fields("Transfer-Encoding: gzip", unknown),
        .fields("Transfer-Encoding: gzip, chunked", unknown), .fields("Transfer-Encoding: chunked, gzip", unknown),
        .fields("Transfer-Encoding: chunked, chunked", unknown), .fields("Transfer-Encoding: chunked,", unknown),
        .fields("Transfer-Encoding: ,chunked", unknown), .fields("Transfer-Encoding: , chunked", unknown),
        .fields("Transfer-Encoding:", unknown), .fields("Transfer-Encoding: ", unknown),
        .fields("Transfer-Encoding: x chunked", unknown), .fields("Transfer-Encoding: chunked x", unknown),
        .fields("Transfer-Encoding: chun ked", unknown), .fields("Transfer-Encoding: cow", unknown),
        .fields("Transfer-Encoding: chunKed\u{A0}", unknown), .fields("Transfer-Encoding: chun\u{212A}ed", unknown),
        .fields("Transfer-Encoding: \u{FEFF}chunked", unknown), .fields("Transfer-Encoding: chunked\\", unknown),
        .fields("Transfer-Encoding: chunk\u{0B}ed", badHeader), .fields("Transfer-Encoding: \u{0B}chunked", badHeader),
        .fields("Transfer-Encoding: \u{0C}chunked", badHeader), .fields("Transfer-Encoding: chunked\u{08}", badHeader),
        .fields("Transfer-Encoding: chunked\u{00}", badHeader), .fields("Transfer-Encoding: \u{7F}chunked", badHeader),
        .fields("Transfer-Encoding: chunked\rX", badHeader), .fields("Transfer-Encoding: \rchunked", badHeader),
        .fields("Transfer-Encoding: chunked\r", badHeader),
        .fields("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", bad),
        .fields("Transfer-Encoding: chunked\r\nTransfer-Encoding: x", bad),
        .fields("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked", bad),
        .fields("Transfer-Encoding: x\r\ntransfer-encoding: chunked", bad),
        .fields("Transfer-Encoding:\r\n chunked", badHeader), .fields("Transfer-Encoding\r\n : chunked", badHeader),
        .fields("Transfer-Encoding : chunked", badHeader), .fields("Transfer-Encoding\t: chunked", badHeader),
        .fields(" Transfer-Encoding: chunked", badHeader),
        .fields("Foo: bar\r\n Transfer-Encoding: chunked", badHeader),
        .fields("Foo: bar\nTransfer-Encoding: chunked", badHeader),
        .fields("Foo: bar\rTransfer-Encoding: chunked", badHeader),
        .fields("Foo\r\nTransfer-Encoding: chunked", badHeader),
        .fields("\u{00}Transfer-Encoding: chunked", badHeader), .fields(":Transfer-Encoding: chunked", badHeader),
        .fields("Transfer-Encoding\u{00}: chunked", badHeader), .fields("Transfer\u{0B}-Encoding: chunked", badHeader),
        .fields("Transfer Encoding: chunked", badHeader), .fields("[Transfer-Encoding: chunked", badHeader),
        // Not this header; its name is a valid one that means nothing.
        .fields("Transfer_Encoding: chunked", "POST / 1.1 none keep a"),
        .fields("Transfer-Encoding-: chunked", "POST / 1.1 none keep a"),
        .fields("Transfer.Encoding: chunked", "POST / 1.1 none keep a"),
        .fields("X-Transfer-Encoding: chunked", "POST / 1.1 none keep a"),
        // RFC 9112 §6.1: HTTP/1.0 has no transfer coding.
        HeadCase("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", bad),
    ]

    static let both: [HeadCase] = [
        .fields("Content-Length: 5\r\nTransfer-Encoding: chunked", bad),
        .fields("Transfer-Encoding: chunked\r\nContent-Length: 5", bad),
        .fields("Transfer-Encoding: chunked\r\nContent-Length: 0", bad),
        .fields("Transfer-Encoding: x\r\nContent-Length: 5", bad),
        .fields("Transfer-Encoding:\r\nContent-Length: 5", bad),
        .fields("Transfer-Encoding: identity\r\nContent-Length: 5", bad),
        .fields("Content-Length: x\r\nTransfer-Encoding: chunked", bad),
        .fields("Content-Length:\r\nTransfer-Encoding: chunked", bad),
        HeadCase("GET / HTTP/1.0\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", bad),
    ]

    static let connections: [HeadCase] = [
        .fields("Connection: close", "POST / 1.1 none close a"),
        .fields("Connection: Close", "POST / 1.1 none close a"),
        .fields("Connection: keep-alive, close", "POST / 1.1 none close a"),
        .fields("Connection: close\r\nConnection: keep-alive", "POST / 1.1 none close a"),
        .fields("Connection: ,,\t close\t,", "POST / 1.1 none close a"),
        .fields("Connection: closed", "POST / 1.1 none keep a"),
        .fields("Connection: x", "POST / 1.1 none keep a"),
        .fields("Connection:", "POST / 1.1 none keep a"),
        HeadCase("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", "GET / 1.0 none keep -"),
        HeadCase("GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n", "GET / 1.0 none close -"),
        .fields("Connection: Upgrade\r\nUpgrade: websocket", "POST / 1.1 none keep a upgrade"),
        .fields("Connection: keep-alive, upgrade\r\nUpgrade: x", "POST / 1.1 none keep a upgrade"),
        .fields("Upgrade: websocket", "POST / 1.1 none keep a"),
        .fields("Connection: Upgrade", "POST / 1.1 none keep a"),
        HeadCase("GET / HTTP/1.0\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n", "GET / 1.0 none close -"),
        .fields("Expect: 100-continue\r\nContent-Length: 3", "POST / 1.1 3 keep a expect"),
        .fields("Expect: 100-Continue\r\nTransfer-Encoding: chunked", "POST / 1.1 chunked keep a expect"),
        .fields("Expect: 100-continue", "POST / 1.1 none keep a"),
        HeadCase("POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n", "POST / 1.0 3 close -"),
        .fields("Expect: 200-ok", "417 bad-header"),
        .fields("Expect:", "417 bad-header"),
    ]

    @Test(arguments: lengths) func lengthIsDigitsAndStandsOnce(_ row: HeadCase) { expectAtEveryCut(row) }

    @Test(arguments: codings) func chunkedIsTheOnlyCodingAndStandsOnce(_ row: HeadCase) { expectAtEveryCut(row) }

    @Test(arguments: both) func lengthBesideCodingIsRefused(_ row: HeadCase) { expectAtEveryCut(row) }

    @Test(arguments: connections) func connectionHeadersAreReadAsLists(_ row: HeadCase) { expectAtEveryCut(row) }
}
