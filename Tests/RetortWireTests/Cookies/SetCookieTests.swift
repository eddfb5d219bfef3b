// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

@Suite struct SetCookieTests {
    @Test(arguments: [
        (SetCookie(name: "foo", value: "bar"), "foo=bar; Path=/"),
        (SetCookie(name: "foo", value: "bar", path: nil), "foo=bar"),
        (SetCookie(name: "key", value: "xxx=", path: nil), "key=xxx="),
        (
            SetCookie(name: "foo", value: "bar baz blub", maxAge: .seconds(360), path: nil, isHTTPOnly: true),
            "foo=\"bar baz blub\"; Max-Age=360; HttpOnly"
        ),
        (SetCookie(name: "foo", value: "bar", domain: "☃.com"), "foo=bar; Domain=xn--n3h.com; Path=/"),
        (SetCookie(name: "foo", value: "bar", domain: ".foo.com:80"), "foo=bar; Domain=foo.com; Path=/"),
        (
            SetCookie(name: "foo", value: "bar", expires: .epoch),
            "foo=bar; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/"
        ),
        (SetCookie(name: "foo", value: "bar", path: nil, sameSite: .strict), "foo=bar; SameSite=Strict"),
        (SetCookie(name: "foo", value: "bar", path: nil, sameSite: .lax), "foo=bar; SameSite=Lax"),
        (
            SetCookie(name: "foo", value: "bar", isSecure: true, sameSite: SetCookie.SameSite.none),
            "foo=bar; Secure; Path=/; SameSite=None"
        ),
        (SetCookie(name: "foo", value: "bar", isPartitioned: true), "foo=bar; Secure; Path=/; Partitioned"),
        (SetCookie(name: "foo", value: "bar", path: "/a b;c?é"), "foo=bar; Path=/a%20b%3Bc%3F%C3%A9"),
        (SetCookie(name: "foo", value: "bar", path: "/a%20b"), "foo=bar; Path=/a%20b"),
        (SetCookie(name: "foo", value: "bar", maxAge: .seconds(-1)), "foo=bar; Max-Age=0; Path=/"),
        (SetCookie.deletion(of: "foo"), "foo=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/"),
        (
            SetCookie.deletion(of: "__Host-a", isSecure: true),
            "__Host-a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Secure; Path=/"
        ),
        (
            SetCookie(
                name: "a", value: "b", maxAge: .seconds(1), expires: .epoch, domain: "c.d", path: "/e", isSecure: true,
                isHTTPOnly: true, sameSite: .lax, isPartitioned: true),
            """
            a=b; Domain=c.d; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=1; Secure; HttpOnly; Path=/e; \
            SameSite=Lax; Partitioned
            """
        ),
    ])
    func cookiesAreWritten(cookie: SetCookie, text: String) {
        #expect(cookie.headerValue == text)
    }

    @Test(arguments: ["a;b", "a\r\nSet-Cookie: x", "a=b", "a b", "a,b"])
    func nothingInACookieAddsAnAttributeOrALine(text: String) {
        let cookie = SetCookie(name: "n" + text, value: text, domain: text, path: "/" + text)
        let header = cookie.headerValue
        #expect(header.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
        let parsed = SetCookie(headerValue: header)
        #expect(parsed?.name.utf8.contains(UInt8(ascii: "=")) == false)
        #expect(parsed?.value == text)
    }

    @Test(arguments: [
        (SetCookie(name: "", value: ""), "not a token"), (SetCookie(name: "a b", value: ""), "not a token"),
        (SetCookie(name: "é", value: ""), "not a token"), (SetCookie(name: "a=", value: ""), "not a token"),
        (SetCookie(name: "a", value: "", domain: "a..b"), "not a host name"),
        (SetCookie(name: "a", value: "", domain: "a b"), "not a host name"),
        (SetCookie(name: "a", value: "", domain: ""), "not a host name"),
        (SetCookie(name: "a", value: "", sameSite: SetCookie.SameSite.none), "SameSite=None"),
        (SetCookie(name: "__Secure-a", value: ""), "not secure"),
        (SetCookie(name: "__Host-a", value: ""), "not secure"),
        (SetCookie(name: "__host-a", value: "", path: "/x", isSecure: true), "rules out"),
        (SetCookie(name: "__Host-a", value: "", path: nil, isSecure: true), "rules out"),
        (SetCookie(name: "__Host-a", value: "", domain: "a.b", isSecure: true), "rules out"),
    ])
    func whatABrowserWouldDropIsAnError(cookie: SetCookie, reason: String) {
        #expect {
            try cookie.validate()
        } throws: { error in
            guard let error = error as? WireError else { return false }
            return error.code == .invalidCookie && error.message.contains(reason)
        }
    }

    @Test(arguments: [
        SetCookie(name: "a", value: "any thing;"), SetCookie(name: "__Host-a", value: "", isSecure: true),
        SetCookie(name: "__Secure-a", value: "", domain: "x.y", path: "/z", isSecure: true),
        SetCookie(name: "__Host-a", value: "", isPartitioned: true), SetCookie(name: "a", value: "", domain: "☃.com"),
        SetCookie(name: "a", value: "", domain: "localhost"), SetCookie(name: "a", value: "", path: nil),
        SetCookie(name: "a", value: "", isSecure: true, sameSite: SetCookie.SameSite.none), .deletion(of: "a"),
    ])
    func whatABrowserKeepsIsNone(cookie: SetCookie) throws {
        try cookie.validate()
    }

    @Test func theSizeIsThatOfTheWholeField() {
        var cookie = SetCookie(name: "a", value: String(repeating: "x", count: 4083), path: "/")
        #expect(cookie.size == 4093)
        #expect(!cookie.isTooLarge)
        cookie.value += "x"
        #expect(cookie.isTooLarge)
        #expect(cookie.headerValue.utf8.count == 4094)
    }

    @Test func theValueIsDecodedAndEncoded() {
        var cookie = SetCookie(name: "a", value: "☃")
        #expect(cookie.encodedValue == "\"\\342\\230\\203\"")
        #expect(cookie.value == "☃")
        cookie.value = "x"
        #expect(cookie.encodedValue == "x")
    }

    // Source: RFC 6265bis §5.6.
    @Test(arguments: [
        ("a=b", SetCookie(name: "a", value: "b", path: nil)),
        (" a = b ; Secure", SetCookie(name: "a", value: "b", path: nil, isSecure: true)),
        ("a=b; SECURE; httponly", SetCookie(name: "a", value: "b", path: nil, isSecure: true, isHTTPOnly: true)),
        ("a=b; Max-Age=60", SetCookie(name: "a", value: "b", maxAge: .seconds(60), path: nil)),
        ("a=b; Max-Age=-1", SetCookie(name: "a", value: "b", maxAge: .seconds(-1), path: nil)),
        ("a=b; Max-Age=1x", SetCookie(name: "a", value: "b", path: nil)),
        ("a=b; Max-Age=", SetCookie(name: "a", value: "b", path: nil)),
        (
            "a=b; Max-Age=99999999999999999999",
            SetCookie(name: "a", value: "b", maxAge: .seconds(DeltaSeconds.maximum), path: nil)
        ),
        ("a=b; Max-Age=1; Max-Age=2", SetCookie(name: "a", value: "b", maxAge: .seconds(2), path: nil)),
        ("a=b; Domain=.Example.COM", SetCookie(name: "a", value: "b", domain: "example.com", path: nil)),
        ("a=b; Domain=", SetCookie(name: "a", value: "b", path: nil)),
        ("a=b; Path=/x", SetCookie(name: "a", value: "b", path: "/x")),
        ("a=b; Path=x", SetCookie(name: "a", value: "b", path: nil)),
        ("a=b; Path=/x; Path=", SetCookie(name: "a", value: "b", path: nil)),
        ("a=b; SameSite=lax", SetCookie(name: "a", value: "b", path: nil, sameSite: .lax)),
        ("a=b; SameSite=odd", SetCookie(name: "a", value: "b", path: nil)),
        ("a=b; Unknown=1; ;", SetCookie(name: "a", value: "b", path: nil)),
        ("a=b; Partitioned; Secure", SetCookie(name: "a", value: "b", path: nil, isSecure: true, isPartitioned: true)),
        ("a=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT", SetCookie(name: "a", value: "b", expires: .epoch, path: nil)),
        ("a=b; Expires=never", SetCookie(name: "a", value: "b", path: nil)),
        ("=b", SetCookie(name: "", value: "b", path: nil)),
        ("b", SetCookie(name: "", value: "b", path: nil)), ("a=b=c", SetCookie(name: "a", value: "b=c", path: nil)),
        ("a=\"b\"", SetCookie(name: "a", value: "b", path: nil)),
    ])
    func fieldsAreParsedAsAClientDoes(text: String, cookie: SetCookie) throws {
        let parsed = try #require(SetCookie(headerValue: text))
        #expect(parsed.name == cookie.name)
        #expect(parsed.value == cookie.value)
        #expect(parsed.maxAge == cookie.maxAge)
        #expect(parsed.expires == cookie.expires)
        #expect(parsed.domain == cookie.domain)
        #expect(parsed.path == cookie.path)
        #expect(parsed.isSecure == cookie.isSecure)
        #expect(parsed.isHTTPOnly == cookie.isHTTPOnly)
        #expect(parsed.sameSite == cookie.sameSite)
        #expect(parsed.isPartitioned == cookie.isPartitioned)
    }

    @Test func aParsedCookieIsWrittenWithItsOwnQuotes() {
        #expect(SetCookie(headerValue: "a=\"b\"; Path=/")?.headerValue == "a=\"b\"; Path=/")
    }

    @Test(arguments: [
        "", "=", ";", " ; Secure", "a=b\r\nc", "a=\u{0}", "a=b\u{7F}", "a=" + String(repeating: "x", count: 4096),
        "a=b; Path=/" + String(repeating: "x", count: 66_000),
    ])
    func whatAClientIgnoresIsNothing(text: String) {
        #expect(SetCookie(headerValue: text) == nil)
    }

    @Test func anAttributeThatIsTooLongIsSkipped() {
        let path = "/" + String(repeating: "x", count: 1023)
        #expect(SetCookie(headerValue: "a=b; Path=" + path)?.path == path)
        #expect(SetCookie(headerValue: "a=b; Path=" + path + "x")?.path == nil)
    }
}
