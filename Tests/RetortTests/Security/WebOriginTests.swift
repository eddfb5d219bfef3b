// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Retort

@Suite struct WebOriginTests {
    @Test(
        arguments: [
            ("https://example.com", "https://example.com"), ("HTTPS://Example.com:443", "https://Example.com"),
            ("http://example.com:80", "http://example.com"), ("http://example.com:443", "http://example.com:443"),
            ("http://[::1]:8000", "http://[::1]:8000"), ("http://127.0.0.1", "http://127.0.0.1"),
            ("null", nil), ("", nil), ("https://", nil), ("https://a/", nil), ("https://a b", nil),
            ("https://a@b", nil),
            ("file:///x", nil), ("https:a", nil), ("https://a:0", nil), ("https://a:99999", nil),
            ("https://bücher.de", nil),
        ] as [(String, String?)])
    func originsAreReadAsBrowsersWriteThem(_ text: String, _ expected: String?) {
        #expect(WebOrigin(text)?.description == expected)
    }

    @Test(
        arguments: [
            ("https://a.test/x", "https://a.test"), ("https://a.test", "https://a.test"),
            ("https://a.test?x", "https://a.test"),
            ("https://a.test#x", "https://a.test"), ("https://a.test:8443/", "https://a.test:8443"), ("/x", nil),
            ("", nil),
            ("https:/a.test/", nil), ("data:text/html,https://a.test", nil), ("https://u:p@a.test/", nil), (":", nil),
        ] as [(String, String?)])
    func theOriginOfAURLIsItsBeginning(_ text: String, _ expected: String?) {
        #expect(WebOrigin(ofURL: text)?.description == expected)
    }

    @Test func spellingsOfOneOriginAreEqual() {
        #expect(WebOrigin("https://a.TEST") == WebOrigin("https://A.test:443"))
        #expect(WebOrigin("https://a.test") != WebOrigin("http://a.test"))
        #expect(WebOrigin("https://a.test")?.hashValue == WebOrigin("HTTPS://A.TEST:443")?.hashValue)
    }

    @Test(arguments: [
        ("https://a.test", true), ("https://b.test", false), ("https://x.c.test", true), ("https://x.y.c.test", true),
        ("https://c.test", false), ("https://xc.test", false), ("http://x.c.test", false),
        ("https://x.c.test:1", false),
        ("http://d.test:8000", true), ("http://d.test", false),
    ])
    func listsHoldOriginsAndSubdomains(_ text: String, _ expected: Bool) throws {
        let list = try OriginList(["https://a.test", "https://*.c.test", "http://d.test:8000"], of: "the test")
        let origin = try #require(WebOrigin(text))
        #expect(list.contains(origin) == expected)
    }
}

@Suite struct ClientNetworkTests {
    @Test(arguments: [
        ("192.0.2.1", ClientNetwork.v4(0xC000_0201)), ("::ffff:192.0.2.1", .v4(0xC000_0201)),
        ("2001:db8:1:2::1", .v6Network(0x2001_0db8_0001_0002)),
        ("2001:db8:1:2:ffff::9", .v6Network(0x2001_0db8_0001_0002)), ("::1", .v6Network(0)), ("name", .text("name")),
        ("", .text("")), ("192.0.2.256", .text("192.0.2.256")),
    ])
    func anAddressCountsByItsNetwork(_ text: String, _ expected: ClientNetwork) {
        #expect(ClientNetwork(text) == expected)
    }

    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("192.0.2.1:5000", "192.0.2.1"), ("[2001:db8::1]:80", "2001:db8::1"),
        ("[::1]", "::1"), ("2001:db8::1", "2001:db8::1"), ("unknown", "unknown"), ("", ""), ("[", "["), (":", ""),
    ])
    func aPortIsLeftOut(_ text: String, _ expected: String) {
        #expect(ClientNetwork.withoutPort(text) == expected)
    }
}
