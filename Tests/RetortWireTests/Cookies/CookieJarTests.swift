// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

@Suite struct CookieJarTests {
    let now = HTTPDate(secondsSince1970: 1_800_000_000)
    let target = CookieJar.Target(host: "www.example.com", path: "/shop/cart", isSecure: true)

    func later(_ seconds: Int64) -> HTTPDate { HTTPDate(secondsSince1970: now.secondsSince1970 + seconds) }

    /// The header that a jar sends to one place after it got cookies from another.
    func sent(_ cookies: [String], from: CookieJar.Target, to: CookieJar.Target) -> String? {
        var jar = CookieJar()
        for cookie in cookies { jar.store(cookie, from: from, now: now) }
        return jar.headerValue(for: to, now: now)
    }

    @Test(
        arguments: [
            ("a=b", "www.example.com", "/shop/x", "a=b"), ("a=b", "www.example.com", "/other", nil),
            ("a=b", "example.com", "/shop", nil),
            ("a=b", "sub.www.example.com", "/shop", nil), ("a=b; Domain=example.com", "example.com", "/shop", "a=b"),
            ("a=b; Domain=example.com; Path=/", "api.example.com", "/", "a=b"),
            ("a=b; Domain=other.com", "other.com", "/shop", nil),
            ("a=b; Domain=sub.www.example.com", "sub.www.example.com", "/shop", nil),
            ("a=b; Domain=com", "www.example.com", "/shop", nil),
            ("a=b; Path=/shop/cart", "www.example.com", "/shop/cart/item", "a=b"),
            ("a=b; Path=/shop/cart", "www.example.com", "/shop", nil),
            ("a=\"b c\"; Path=/", "WWW.Example.COM", "/", "a=\"b c\""), ("b; Path=/", "www.example.com", "/", "b"),
            ("a=b; Domain=ample.com", "www.example.com", "/shop", nil),
        ] as [(String, String, String, String?)])
    func cookiesGoWhereTheyBelong(cookie: String, host: String, path: String, header: String?) {
        #expect(sent([cookie], from: target, to: .init(host: host, path: path, isSecure: true)) == header)
    }

    @Test func secureCookiesGoOverSecureConnectionsOnly() {
        let plain = CookieJar.Target(host: "www.example.com", path: "/shop/cart")
        #expect(sent(["a=b; Secure", "c=d"], from: target, to: plain) == "c=d")
        #expect(sent(["a=b; Secure", "c=d"], from: plain, to: target) == "c=d")
    }

    @Test func aPlainConnectionCannotHideASecureCookie() {
        var jar = CookieJar()
        let plain = CookieJar.Target(host: "www.example.com", path: "/")
        jar.store("a=safe; Secure; Path=/", from: target, now: now)
        let evil = ["a=evil; Path=/", "a=evil; Path=/; Domain=example.com", "a=evil; Path=/login"]
        let wereAccepted = evil.map { jar.store($0, from: plain, now: now) }
        #expect(wereAccepted == [false, false, false])
        jar.store("other=fine; Path=/", from: plain, now: now)
        jar.store("a=new; Path=/; Secure", from: target, now: now)
        #expect(jar.headerValue(for: target, now: now) == "a=new; other=fine")
    }

    @Test(arguments: [
        "__Secure-a=b", "__Host-a=b; Secure", "__Host-a=b; Secure; Path=/x",
        "__Host-a=b; Secure; Path=/; Domain=example.com",
        "__host-a=b; Path=/", "=__Host-a=b; Secure; Path=/", "__Secure-a; Secure", "a=b; SameSite=None",
        "a=b; Partitioned",
        "a=b\u{7}", "", "a=b; Domain=localhost",
    ])
    func cookiesThatBreakARuleAreRefused(cookie: String) {
        var jar = CookieJar()
        let isAccepted = jar.store(cookie, from: target, now: now)
        #expect(isAccepted == false)
        #expect(jar.cookies.isEmpty)
    }

    @Test(arguments: [
        "__Secure-a=b; Secure", "__Host-a=b; Secure; Path=/", "a=b; SameSite=None; Secure", "a=b; Partitioned; Secure",
        "a=b; Domain=.www.example.com", "a=; Max-Age=0",
    ])
    func cookiesThatKeepTheRulesAreAccepted(cookie: String) {
        var jar = CookieJar()
        let isAccepted = jar.store(cookie, from: target, now: now)
        #expect(isAccepted == true)
    }

    @Test func aHostOfOneLabelHasCookiesOfItsOwn() {
        let local = CookieJar.Target(host: "localhost")
        #expect(sent(["a=b; Domain=localhost"], from: local, to: local) == "a=b")
        #expect(sent(["a=b; Domain=localhost"], from: local, to: .init(host: "x.localhost")) == nil)
    }

    @Test func anAddressHasNoSubdomains() {
        let address = CookieJar.Target(host: "127.0.0.1")
        #expect(sent(["a=b; Domain=127.0.0.1"], from: address, to: address) == "a=b")
        #expect(sent(["a=b; Domain=0.0.1"], from: address, to: address) == nil)
    }

    @Test func longerPathsComeFirstThenOlderCookies() {
        let cookies = ["a=1; Path=/", "b=2; Path=/shop", "c=3; Path=/", "d=4; Path=/shop/cart", "a=5; Path=/"]
        #expect(sent(cookies, from: target, to: target) == "d=4; b=2; a=5; c=3")
    }

    @Test func cookiesExpire() {
        var jar = CookieJar()
        jar.store("a=1; Max-Age=10", from: target, now: now)
        jar.store("b=2; Expires=\(later(20).headerValue)", from: target, now: now)
        jar.store("c=3; Max-Age=30; Expires=Thu, 01 Jan 1970 00:00:00 GMT", from: target, now: now)
        jar.store("d=4", from: target, now: now)
        #expect(jar.headerValue(for: target, now: later(9)) == "a=1; b=2; c=3; d=4")
        #expect(jar.headerValue(for: target, now: later(10)) == "b=2; c=3; d=4")
        #expect(jar.headerValue(for: target, now: later(25)) == "c=3; d=4")
        #expect(jar.headerValue(for: target, now: later(30)) == "d=4")
        jar.store("e=5", from: target, now: later(40))
        #expect(jar.cookies.map(\.name) == ["d", "e"])
    }

    @Test func noCookieIsKeptForMoreThanFourHundredDays() {
        var jar = CookieJar()
        jar.store("a=1; Max-Age=99999999999", from: target, now: now)
        jar.store("b=1; Expires=Fri, 31 Dec 9999 23:59:59 GMT", from: target, now: now)
        #expect(jar.cookies.map(\.expires) == [later(400 * 86_400), later(400 * 86_400)])
    }

    @Test func cookiesAreDeleted() {
        var jar = CookieJar()
        jar.store("a=1; Path=/", from: target, now: now)
        jar.store("b=2; Path=/", from: target, now: now)
        jar.store(SetCookie.deletion(of: "a"), from: target, now: now)
        #expect(jar.headerValue(for: target, now: now) == "b=2")
        jar.store("b=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT", from: target, now: now)
        #expect(jar.headerValue(for: target, now: now) == nil)
    }

    @Test func cookiesAreForgotten() {
        var jar = CookieJar()
        jar.store("a=1; Path=/; Domain=example.com", from: target, now: now)
        jar.store("a=2; Path=/", from: target, now: now)
        jar.store("b=3; Path=/", from: target, now: now)
        jar.remove("a", domain: "Example.com")
        #expect(jar.headerValue(for: target, now: now) == "a=2; b=3")
        jar.remove("a")
        #expect(jar.headerValue(for: target, now: now) == "b=3")
        jar.removeAll()
        #expect(jar.cookies.isEmpty)
    }

    @Test func theOldestCookieMakesRoom() {
        var jar = CookieJar(limit: 2)
        for name in ["a", "b", "c"] { jar.store("\(name)=1; Path=/", from: target, now: now) }
        #expect(jar.headerValue(for: target, now: now) == "b=1; c=1")
        #expect(CookieJar(limit: 0).limit == 1)
    }

    @Test func aKeptCookieSaysWhereItBelongs() throws {
        var jar = CookieJar()
        jar.store("a=\"\\303\\251\"; Domain=EXAMPLE.com; Path=/x", from: target, now: now)
        let cookie = try #require(jar.cookies.first)
        #expect(cookie.name == "a")
        #expect(cookie.value == "é")
        #expect(cookie.domain == "example.com")
        #expect(!cookie.isHostOnly)
        #expect(cookie.path == "/x")
        #expect(cookie.expires == nil)
    }
}
