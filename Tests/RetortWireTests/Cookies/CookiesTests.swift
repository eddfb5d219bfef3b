// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

@Suite struct CookiesTests {
    @Test(
        arguments: [
            ("", []), ("a=b", [("a", "b")]), ("a=b; c=d", [("a", "b"), ("c", "d")]),
            ("a=b;c=d", [("a", "b"), ("c", "d")]),
            (
                "first=IamTheFirst ; a=1; oops ; a=2 ;second = andMeTwo;",
                [("first", "IamTheFirst"), ("a", "1"), ("oops", ""), ("a", "2"), ("second", "andMeTwo")]
            ),
            ("foo=?foo; Path=/", [("foo", "?foo"), ("Path", "/")]), ("a=b=c", [("a", "b=c")]), ("a=", [("a", "")]),
            ("=b; c=d", [("c", "d")]), ("; ;a=b;;", [("a", "b")]), ("a b=c; d=e", [("d", "e")]),
            ("a=b c; d=e", [("d", "e")]),
            ("a=b\"c; d=e", [("d", "e")]), ("a:b=c", [("a:b", "c")]), ("a=b,c", [("a", "b,c")]),
            ("é=ü", [("é", "ü")]),
            ("a={\"x\": 1}; b=c", [("b", "c")]), ("a\t=\tb\t;c=d", [("a", "b"), ("c", "d")]),
            ("\"a\"=b;c=d", [("c", "d")]),
        ] as [(String, [(String, String)])])
    func cookiesAreParsed(text: String, pairs: [(String, String)]) {
        #expect(Cookies.parse(text) == MultiDict(pairs.map { (name: $0.0, value: $0.1) }))
    }

    @Test(arguments: [
        ("a=\"b\"", "b"), ("a=\"b;c\"", "b;c"), ("a=\"b c\"", "b c"), ("a=\"\\342\\230\\203\"", "☃"),
        ("a=\"\\\"\"", "\""),
        ("a=\"\\\\\"", "\\"), ("a=\"\\054\"", ","), ("a=\"\\x\"", "x"), ("a=\"\\9\"", "9"), ("a=\"\\400\"", "400"),
        ("a=\"\\377\"", "\u{FFFD}"), ("a=\"\\07\"", "07"), ("a=\"\"", ""), ("a=\"é\"", "é"), ("a = \"b\" ;", "b"),
    ])
    func quotedValuesAreDecoded(text: String, value: String) {
        #expect(Cookies.parse(text)["a"] == value)
        #expect(Cookies.parse(text).count == 1)
    }

    @Test(arguments: ["a=\"", "a=\"b", "a=\"b\\\"", "a=\"b\"c", "a=b\""])
    func quotesInTheWrongPlaceMakeNoCookie(text: String) {
        #expect(Cookies.parse(text).isEmpty)
        #expect(Cookies.parse(text + "; x=y")["a"] == nil)
    }

    @Test func aCookieBehindABrokenOneIsRead() {
        #expect(Cookies.parse("a=\"b; c=d")["c"] == "d")
        #expect(Cookies.parse("a=\"b;x\"y; c=d")["c"] == "d")
    }

    @Test func cookiesBehindTheLimitAreLeftOut() {
        let text = (0..<200).map { "c\($0)=v" }.joined(separator: "; ")
        #expect(Cookies.parse(text).count == 180)
        #expect(Cookies.parse(text, limits: .init(count: 3)).names == ["c0", "c1", "c2"])
        #expect(Cookies.parse(text, limits: .init(count: 0)).isEmpty)
        #expect(Cookies.parse(text, limits: .init(bytes: 100)).isEmpty)
        #expect(Cookies.parse("a=" + String(repeating: "x", count: 65_535)).isEmpty)
    }

    @Test func namesAreComparedByteByByte() {
        let cookies = Cookies.parse("\u{212A}=kelvin; e\u{301}=1; \u{E9}=2")
        #expect(cookies["K"] == nil)
        #expect(cookies["\u{E9}"] == "2")
        #expect(cookies.names.count == 3)
    }

    @Test(arguments: [
        ("plain", "plain"), ("xxx=", "xxx="), ("", ""), ("two words", "\"two words\""), ("a;b", "\"a\\073b\""),
        ("a,b", "\"a\\054b\""), ("a\"b", "\"a\\\"b\""), ("a\\b", "\"a\\\\b\""), ("☃", "\"\\342\\230\\203\""),
        ("a\r\nb", "\"a\\015\\012b\""), ("\u{1F}", "\"\\037\""), ("\u{7F}", "\"\\177\""), ("?foo", "?foo"),
        ("!#$%&'()*+-./:<=>?@[]^_`{|}~", "!#$%&'()*+-./:<=>?@[]^_`{|}~"),
    ])
    func valuesAreQuotedWhereTheyMustBeAndComeBack(value: String, text: String) {
        #expect(CookieText.encoded(value) == text)
        #expect(CookieText.decoded(FieldSlice(text.utf8)) == value)
        #expect(Cookies.parse("a=" + text)["a"] == value)
    }

    @Test func everyByteComesBack() {
        let value = String(String.UnicodeScalarView((0..<300).compactMap { Unicode.Scalar($0) }))
        let written = Cookies.print(["a": value, "b;=c": "d"])
        #expect(written.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
        #expect(Cookies.parse(written)["a"] == value)
        #expect(Cookies.parse(written)["bc"] == "d")
    }

    @Test(
        arguments: [
            ("example.com", "example.com"), (".example.com", "example.com"), ("example.com:8080", "example.com"),
            ("☃.com", "xn--n3h.com"), ("bücher.example", "xn--bcher-kva.example"), ("a b", nil), ("a;b", nil),
            ("a\r\nb", nil), ("ü\r\nX: y", nil), ("ü;x", nil),
            ("localhost", "localhost"),
        ] as [(String, String?)])
    func domainsAreWrittenInASCII(domain: String, ascii: String?) {
        #expect(CookieDomain.ascii(domain) == ascii)
    }

    // Source: RFC 6265bis §5.1.3.
    @Test(arguments: [
        ("example.com", "example.com", true), ("www.example.com", "example.com", true),
        ("example.com", "www.example.com", false),
        ("badexample.com", "example.com", false), ("127.0.0.1", "127.0.0.1", true), ("127.0.0.1", "0.0.1", false),
        ("a.b.c", "c", true), ("example.com", "", false), ("::1", "1", false),
    ])
    func hostsMatchTheirDomains(host: String, domain: String, matches: Bool) {
        #expect(CookieDomain.matches(host: host, domain: domain) == matches)
    }

    // Source: RFC 6265bis §5.1.4.
    @Test(arguments: [
        ("/", "/", true), ("/a", "/", true), ("/a/b", "/a", true), ("/a/b", "/a/", true), ("/ab", "/a", false),
        ("/a", "/a/", false), ("/", "/a", false),
    ])
    func pathsMatchThoseAbove(request: String, cookie: String, matches: Bool) {
        #expect(CookieDomain.pathMatches(request: request, cookie: cookie) == matches)
    }

    @Test(arguments: [("/", "/"), ("/a", "/"), ("/a/b", "/a"), ("/a/b/", "/a/b"), ("", "/"), ("a/b", "/")])
    func theDefaultPathIsTheFolder(request: String, path: String) {
        #expect(CookieDomain.defaultPath(request) == path)
    }
}
