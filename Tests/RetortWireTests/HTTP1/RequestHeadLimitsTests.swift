// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

@Suite struct RequestHeadLimitsTests {
    private func limits(line: Int = 8_192, bytes: Int = 32_768, count: Int = 100) -> HeadLimits {
        var limits = HeadLimits()
        limits.requestLine = line
        limits.headerBytes = bytes
        limits.headerCount = count
        return limits
    }

    @Test(arguments: [(40, "GET"), (41, "414"), (42, "414"), (43, "414"), (400, "414")])
    func requestLineEndsAtItsLimit(_ length: Int, _ expected: String) {
        let line = "GET /" + String(repeating: "x", count: length - 14) + " HTTP/1.1"
        #expect(line.utf8.count == length)
        let bytes = Array("\(line)\r\nHost: a\r\n\r\n".utf8)
        for cuts in everyCut(of: bytes.count) {
            #expect(readHead(bytes, cuts: cuts, limits: limits(line: 40)).hasPrefix(expected), "\(cuts)")
        }
    }

    @Test func requestLineWithoutEndIsRefusedAtItsLimit() {
        let endless = Array(("GET /" + String(repeating: "x", count: 35)).utf8)
        #expect(readHead(endless, cuts: [], limits: limits(line: 40)) == "more")
        #expect(readHead(endless + [0x78], cuts: [], limits: limits(line: 40)) == "more")
        #expect(readHead(endless + [0x78, 0x78], cuts: [], limits: limits(line: 40)) == "414 target-too-long")
    }

    /// `Host: a` and its line end are nine bytes; `X:` and its line end four.
    @Test(arguments: [(87, "GET"), (88, "431"), (89, "431"), (90, "431"), (91, "431"), (500, "431")])
    func headersEndAtTheirLimit(_ length: Int, _ expected: String) {
        let value = String(repeating: "x", count: length)
        let bytes = Array("GET / HTTP/1.1\r\nHost: a\r\nX:\(value)\r\n\r\n".utf8)
        for cuts in everyCut(of: bytes.count) {
            #expect(readHead(bytes, cuts: cuts, limits: limits(bytes: 100)).hasPrefix(expected), "\(cuts)")
        }
    }

    @Test(arguments: [(1, "GET / 1.1"), (2, "431 headers-too-large"), (30, "431 headers-too-large")])
    func manyLinesEndAtTheLimitOfTheirCount(_ more: Int, _ expected: String) {
        let lines = (0..<8 + more).map { "X\($0): y\r\n" }.joined()
        let bytes = Array("GET / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n".utf8)
        for cuts in everyCut(of: bytes.count) {
            #expect(readHead(bytes, cuts: cuts, limits: limits(count: 10)).hasPrefix(expected), "\(cuts)")
        }
    }

    @Test func malformedLinesBeyondALimitAreRefusedAlikeAtEveryCut() {
        let rows: [HeadCase] = [
            HeadCase(
                "GET / HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "x", count: 200) + "\n\r\n",
                "431 headers-too-large"),
            HeadCase(
                "GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "x", count: 200) + "\r\n\r\n",
                "431 headers-too-large"),
            HeadCase("GET / HTTP/1.1\r\nHost: a\r\n\n", "400 bad-header"),
            HeadCase("GET /" + String(repeating: "x", count: 200) + "\n", "414 target-too-long"),
            HeadCase("\u{16}" + String(repeating: "x", count: 200), "400 bad-request-line"),
        ]
        for row in rows { expectAtEveryCut(row, limits: limits(line: 40, bytes: 100)) }
    }

    @Test func defaultsTakeWhatTheyPromise() {
        let value = String(repeating: "x", count: 32_768 - 9 - 4)
        let request = "GET / HTTP/1.1\r\nHost: a\r\nX:\(value)"
        #expect(readHead(Array("\(request)\r\n\r\n".utf8), cuts: []) == "GET / 1.1 none keep a")
        #expect(readHead(Array("\(request)x\r\n\r\n".utf8), cuts: []) == "431 headers-too-large")
    }

    /// Twice the bytes in single steps must cost about twice the time: nothing is searched again.
    @Test func trickledHeadCostsTimeInProportion() {
        func cost(_ size: Int) -> Double {
            let value = String(repeating: "x: yyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n", count: size / 32)
            let bytes = Array("GET / HTTP/1.1\r\nHost: a\r\n\(value)\r\n".utf8)
            let cuts = Array(1..<bytes.count)
            let limits = limits(bytes: 10_000_000, count: 1_000_000)
            return cpuSeconds { #expect(readHead(bytes, cuts: cuts, limits: limits) == "GET / 1.1 none keep a") }
        }
        _ = cost(10_000)
        let small = (0..<3).map { _ in cost(60_000) }.min() ?? 0
        let large = (0..<3).map { _ in cost(240_000) }.min() ?? 0
        #expect(large < small * 9, "four times the bytes took \(large / small) times the time")
    }
}
