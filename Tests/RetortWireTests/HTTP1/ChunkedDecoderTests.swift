// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RetortWire
import Testing

@Suite struct ChunkedDecoderTests {
    /// Decodes bytes in pieces that end at the cuts: `body|trailers|rest`, `400 bad-chunk`, or `more`.
    private static func decode(_ bytes: [UInt8], cuts: [Int], limits: HeadLimits = HeadLimits()) -> String {
        var decoder = ChunkedDecoder(limits: limits)
        var body: [UInt8] = []
        var position = 0
        let all = bytes.span
        do {
            for cut in cuts + [bytes.count] {
                pieces: while true {
                    switch try decoder.next(all.extracting(position..<cut)) {
                    case .skip(let count): position += count
                    case .data(let count):
                        body += bytes[position..<position + count]
                        position += count
                    case .needsMore: break pieces
                    case .end(let count):
                        let trailers = decoder.trailers.map { "\($0.name.rawName)=\($0.value)" }
                        let rest = String(decoding: bytes[(position + count)...], as: UTF8.self)
                        return "\(String(decoding: body, as: UTF8.self))|\(trailers.joined(separator: ","))|\(rest)"
                    }
                }
            }
            return "more"
        } catch let error as WireError {
            return "\(error.status) \(error.code)"
        } catch {
            return "\(error)"
        }
    }

    private func expectAtEveryCut(
        _ text: String, _ expected: String, limits: HeadLimits = HeadLimits(),
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let bytes = Array(text.utf8)
        for cuts in everyCut(of: bytes.count) {
            let found = Self.decode(bytes, cuts: cuts, limits: limits)
            #expect(found == expected, "cut at \(cuts.prefix(3))", sourceLocation: sourceLocation)
            if found != expected { return }
        }
    }

    static let accepted: [(String, String)] = [
        ("0\r\n\r\n", "||"), ("5\r\nhello\r\n0\r\n\r\n", "hello||"), ("5\r\nhello\r\n0\r\n\r\nGET /", "hello||GET /"),
        ("1\r\na\r\n1\r\nb\r\n0\r\n\r\n", "ab||"), ("A\r\n0123456789\r\n0\r\n\r\n", "0123456789||"),
        ("a\r\n0123456789\r\n0\r\n\r\n", "0123456789||"), ("05\r\nhello\r\n000\r\n\r\n", "hello||"),
        ("000000000000005\r\nhello\r\n0\r\n\r\n", "hello||"), ("2\r\n\r\n\r\n0\r\n\r\n", "\r\n||"),
        // Extensions are passed over, RFC 9112 §7.1.1.
        ("5;a\r\nhello\r\n0;b=c\r\n\r\n", "hello||"), ("5;a=\"b;c\"\r\nhello\r\n0\r\n\r\n", "hello||"),
        ("5 ; a = b\r\nhello\r\n0\r\n\r\n", "hello||"), ("5\t;a\r\nhello\r\n0\r\n\r\n", "hello||"),
        ("5;a;b;c=d\r\nhello\r\n0\r\n\r\n", "hello||"), ("5;a=\"\\\"\"\r\nhello\r\n0\r\n\r\n", "hello||"),
        // Trailers.
        ("0\r\nX: y\r\n\r\n", "|X=y|"), ("1\r\na\r\n0\r\nX: y\r\nZ:\r\n\r\nrest", "a|X=y,Z=|rest"),
        ("0\r\nX:\ty \t\r\nX: z\r\n\r\n", "|X=y,X=z|"),
    ]

    static let refused: [String] = [
        "\r\n", "\r\n0\r\n\r\n", "x\r\n", "G\r\n", "-1\r\n", "+5\r\nhello\r\n", "0x5\r\nhello\r\n", " 5\r\nhello\r\n",
        "\t5\r\nhello\r\n", "5 \r\nhello\r\n", "5\t\r\nhello\r\n", "5,\r\nhello\r\n", "5x\r\nhello\r\n",
        "5 5\r\nhello\r\n",
        "5.0\r\nhello\r\n", "\"5\"\r\nhello\r\n", ";a\r\n", "５\r\nhello\r\n", "5\u{00}\r\nhello\r\n", "5h\r\n",
        "_5\r\n",
        // Sizes that overflow, or that are padded to no end.
        "FFFFFFFFFFFFFFFF\r\n", "FFFFFFFFFFFFFFFF0\r\n", "10000000000000005\r\nhello\r\n", "8000000000000000\r\n",
        "0000000000000005\r\nhello\r\n", "0000000000000000000000000000000000000000\r\n\r\n",
        // Line ends.
        "5\nhello\r\n0\r\n\r\n", "5\rhello\r\n0\r\n\r\n", "5\r\r\nhello\r\n", "0\n\n", "0\r\n\n", "5;a\nhello\r\n",
        "5;a\rb\r\nhello\r\n", "5;a=\"\n\"\r\nhello\r\n", "5;a\u{00}\r\nhello\r\n", "5;\u{7F}\r\nhello\r\n",
        "5;\u{0B}\r\n",
        // What follows the data.
        "5\r\nhello0\r\n\r\n", "5\r\nhello\n0\r\n\r\n", "5\r\nhello\r0\r\n\r\n", "5\r\nhelloXX0\r\n\r\n",
        "5\r\nhelloX\r\n",
        "5\r\nhello\r\n\r\n0\r\n\r\n", "5\r\nhello!\r\n0\r\n\r\n", "4\r\nhello\r\n0\r\n\r\n",
        "5\r\nhello\r\r\n0\r\n\r\n",
        "5\r\nhello \r\n0\r\n\r\n",
    ]

    static let refusedTrailers: [String] = [
        "0\r\nX\r\n\r\n", "0\r\n: y\r\n\r\n", "0\r\nX : y\r\n\r\n", "0\r\n X: y\r\n\r\n", "0\r\nX: a\r\n b\r\n\r\n",
        "0\r\nX: a\r\n\tb\r\n\r\n", "0\r\nX: \u{00}\r\n\r\n", "0\r\nX: a\rb\r\n\r\n", "0\r\né: y\r\n\r\n",
        "0\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
    ]

    @Test(arguments: accepted) func bodyIsTakenApart(_ text: String, _ expected: String) {
        let cutsThatMatter = expected.hasSuffix("|") ? expected : nil
        if cutsThatMatter != nil { return expectAtEveryCut(text, expected) }
        #expect(Self.decode(Array(text.utf8), cuts: []) == expected)
    }

    @Test(arguments: refused) func anythingElseIsRefused(_ text: String) { expectAtEveryCut(text, "400 bad-chunk") }

    @Test(arguments: refusedTrailers) func trailersFollowTheRulesOfHeaders(_ text: String) {
        expectAtEveryCut(text, "400 bad-header")
    }

    @Test func trailerWithLoneLineFeedIsRefused() { expectAtEveryCut("0\r\nX: y\n\r\n", "400 bad-chunk") }

    @Test(arguments: [
        "content-length", "Transfer-Encoding", "HOST", "trailer", "Connection", "Cookie", "Authorization",
        "Content-Type", "Content-Encoding", "Expect", "Range", "Set-Cookie", "If-Match", "TE", "Upgrade",
    ])
    func trailerThatBelongsIntoAHeadIsLeftOut(_ name: String) {
        expectAtEveryCut("0\r\n\(name): 5\r\nX: y\r\n\r\n", "|X=y|")
    }

    static let unfinished = [
        "", "5", "5\r", "5\r\n", "5\r\nhell", "5\r\nhello", "5\r\nhello\r", "5\r\nhello\r\n", "5\r\nhello\r\n0",
        "5\r\nhello\r\n0\r\n", "5\r\nhello\r\n0\r\n\r", "0\r\nX: y\r\n", "0\r\nX: y\r\n\r", "5;a", "FFFFFFFF\r\nx",
    ]

    @Test(arguments: unfinished) func bodyThatGoesOnNeedsMore(_ text: String) { expectAtEveryCut(text, "more") }

    @Test func sizeLineEndsAtItsLimit() {
        let longest = "5;" + String(repeating: "x", count: 254)
        #expect(longest.utf8.count == 256)
        let bytes = Array("\(longest)\r\nhello\r\n0\r\n\r\n".utf8)
        #expect(Self.decode(bytes, cuts: []) == "hello||")
        #expect(Self.decode(bytes, cuts: Array(1..<bytes.count)) == "hello||")
        let longer = Array("\(longest)x\r\nhello\r\n0\r\n\r\n".utf8)
        #expect(Self.decode(longer, cuts: []) == "400 bad-chunk")
        #expect(Self.decode(longer, cuts: Array(1..<longer.count)) == "400 bad-chunk")
    }

    @Test func extensionsOfABodyTogetherHaveALimit() {
        func body(_ chunks: Int) -> [UInt8] {
            // 128 bytes of extension each, the semicolon counted.
            let chunk = "1;" + String(repeating: "x", count: 127) + "\r\na\r\n"
            return Array((String(repeating: chunk, count: chunks) + "0\r\n\r\n").utf8)
        }
        #expect(Self.decode(body(512), cuts: []) == String(repeating: "a", count: 512) + "||")
        #expect(Self.decode(body(513), cuts: []) == "400 bad-chunk")
    }

    @Test func trailersEndAtTheirLimits() {
        var limits = HeadLimits()
        limits.headerBytes = 40
        limits.headerCount = 2
        // `X:` and a line end are four bytes.
        expectAtEveryCut(
            "0\r\nX:" + String(repeating: "y", count: 36) + "\r\n\r\n", "|X=" + String(repeating: "y", count: 36) + "|",
            limits: limits)
        expectAtEveryCut(
            "0\r\nX:" + String(repeating: "y", count: 37) + "\r\n\r\n", "431 headers-too-large", limits: limits)
        expectAtEveryCut("0\r\nA:\r\nB:\r\n\r\n", "|A=,B=|", limits: limits)
        expectAtEveryCut("0\r\nA:\r\nB:\r\nC:\r\n\r\n", "431 headers-too-large", limits: limits)
    }

    @Test func manyTinyChunksCostTimeInProportion() {
        func cost(_ count: Int) -> Double {
            let bytes = Array((String(repeating: "1\r\na\r\n", count: count) + "0\r\n\r\n").utf8)
            return cpuSeconds { #expect(Self.decode(bytes, cuts: Array(1..<bytes.count)).utf8.count == count + 2) }
        }
        _ = cost(1_000)
        let small = (0..<3).map { _ in cost(5_000) }.min() ?? 0
        let large = (0..<3).map { _ in cost(20_000) }.min() ?? 0
        #expect(large < small * 9, "four times the chunks took \(large / small) times the time")
    }
}
