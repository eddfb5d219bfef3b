// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Texts from pieces that parsers stumble over, always the same ones.
struct PieceGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next(below limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(limit))
    }

    mutating func text(_ pieces: [String], atMost count: Int = 14) -> String {
        (0..<next(below: count)).map { _ in pieces[next(below: pieces.count)] }.joined()
    }
}

@Suite struct HeaderRobustnessTests {
    static let pieces = [
        "a", "b", "=", ";", ",", "\"", "\\", "\\\"", "'", "*", "*0", "*1", " ", "\t", "%", "%22", "%C3", "%A9",
        "UTF-8''", "W/",
        "-", "0", "9", "/", ":", "é", "\u{301}", "\r\n", "\u{0}", "q=", "0.5", "bytes=", "max-age", "Basic ", "realm",
        "()", "=?1",
        "Domain=", "Expires=", "Sun, 06 Nov 1994 08:49:37 GMT", "99999999999999999999", "nonce", "😀", "{", "[", "_",
        "+",
    ]

    /// Parses a text and prints it; what is printed is parsed to the same value, and printed the same again.
    func isStable<Value: HeaderValue>(_ text: String, _ type: Value.Type) -> Bool {
        guard let value = Value(headerValue: text) else { return true }
        let printed = value.headerValue
        guard printed.utf8.allSatisfy({ ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }) else { return false }
        guard let again = Value(headerValue: printed) else { return printed.isEmpty }
        return again.headerValue.utf8.elementsEqual(printed.utf8)
    }

    @Test(arguments: 0..<4)
    func noTextBreaksAParserOrBringsAControlByteIntoAHeader(seed: Int) {
        var generator = PieceGenerator(seed: UInt64(seed))
        for _ in 0..<500 {
            let text = generator.text(Self.pieces)
            let visible = HeaderText.printable(text)
            #expect(isStable(text, HeaderSet.self), "\(text)")
            #expect(isStable(text, Vary.self), "\(text)")
            // A name that is no token cannot be written so that it is read again.
            let named = HeaderParameters(headerValue: visible).elements.filter { element in
                element.name.utf8.allSatisfy(\.isTokenByte) && element.name.utf8.last.map { $0 != 0x2A } ?? false
            }
            #expect(isStable(HeaderParameters(named).headerValue, ResponseCacheControl.self), "\(text)")
            #expect(isStable(text, HTTPDate.self), "\(text)")
            #expect(isStable(text, ETag.self), "\(text)")
            #expect(isStable(text, ETagSet.self), "\(text)")
            #expect(isStable(text, RangeRequest.self), "\(text)")
            #expect(isStable("bytes=" + text, RangeRequest.self), "\(text)")
            #expect(isStable("bytes " + text, ContentRange.self), "\(text)")
            #expect(isStable(text, StrictTransportSecurity.self), "\(text)")
            #expect(isStable("max-age=1;" + text, StrictTransportSecurity.self), "\(text)")
            #expect(isStable(text, Priority.self), "\(text)")
            #expect(isStable(text, PermissionsPolicy.self), "\(text)")
            #expect(isStable(visible, ContentSecurityPolicy.self), "\(text)")
            #expect(isStable(visible, ContentDisposition.self), "\(text)")
            #expect(isStable(text, SetCookie.self), "\(text)")
            #expect(isStable("a=b;" + text, SetCookie.self), "\(text)")
        }
    }

    @Test(arguments: 0..<4)
    func noTextThatIsPrintedHasAControlByte(seed: Int) {
        var generator = PieceGenerator(seed: UInt64(seed + 100))
        for _ in 0..<500 {
            let text = generator.text(Self.pieces)
            let printed = [
                OptionsHeader(headerValue: "v;" + text).headerValue, HeaderParameters(headerValue: text).headerValue,
                AcceptedMediaTypes(headerValue: text).headerValue, AcceptedLanguages(headerValue: text).headerValue,
                AcceptedCharsets(headerValue: text).headerValue, AcceptedEncodings(headerValue: text).headerValue,
                Authorization(headerValue: text)?.headerValue ?? "",
                WWWAuthenticate(headerValue: text)?.headerValue ?? "",
                IfRange(headerValue: text)?.headerValue ?? "", Cookies.print(Cookies.parse(text)),
                SetCookie(name: text, value: text, domain: text, path: text).headerValue,
                ContentDisposition(.init(text), filename: text, name: text).headerValue,
            ]
            for header in printed {
                #expect(
                    header.utf8.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 },
                    "\(printed.firstIndex(of: header) ?? 0) \(text)")
            }
        }
    }

    /// The least of several times that a piece of work takes on this thread, in nanoseconds.
    func leastTime(_ work: () -> Void) -> Int {
        func now() -> Int {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
        }
        return (0..<3).map { _ in
            let start = now()
            work()
            return now() - start
        }.min() ?? 0
    }

    @Test(arguments: ["a,", "\"a\",", "a=\"b\",", "\"\\\"", ", \"a", "a*=UTF-8''%41,", "aaa"])
    func listsTakeLinearTime(piece: String) {
        let small = String(repeating: piece, count: 8000 / piece.utf8.count)
        let large = String(repeating: piece, count: 64_000 / piece.utf8.count)
        let first = leastTime { _ = HeaderParameters(headerValue: small, limit: .max) }
        let second = leastTime { _ = HeaderParameters(headerValue: large, limit: .max) }
        // Eight times the text: a quadratic parser needs 64 times as long.
        #expect(second < first * 32, "\(first) \(second)")
    }

    @Test(arguments: [
        ";a=b", ";a=\"b", ";a=\"b\"", ";a*0=b", ";a*=UTF-8''%41", "\\\"", ";a=\"\\", "; ;", ";a*0=b;a=c", "a=",
    ])
    func optionsTakeLinearTime(piece: String) {
        let small = "v;" + String(repeating: piece, count: 8000 / piece.utf8.count)
        let large = "v;" + String(repeating: piece, count: 64_000 / piece.utf8.count)
        let first = leastTime { _ = OptionsHeader(headerValue: small, limit: .max) }
        let second = leastTime { _ = OptionsHeader(headerValue: large, limit: .max) }
        #expect(second < first * 32, "\(first) \(second)")
    }

    @Test(arguments: ["a=b;", "a=\"b;", "a=\"\\;", "\"", "a ", "a=\"b\"c;", ";", "=", "a=\"\\\"\\\\;"])
    func cookiesTakeLinearTime(piece: String) {
        let limits = Cookies.Limits(count: .max, bytes: .max)
        let small = String(repeating: piece, count: 8000 / piece.utf8.count)
        let large = String(repeating: piece, count: 64_000 / piece.utf8.count)
        let first = leastTime { _ = Cookies.parse(small, limits: limits) }
        let second = leastTime { _ = Cookies.parse(large, limits: limits) }
        #expect(second < first * 32, "\(first) \(second)")
    }
}
