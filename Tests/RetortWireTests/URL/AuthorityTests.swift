// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

struct AuthorityTests {
    @Test(
        arguments: [
            ("spam", "spam", nil), ("spam:80", "spam", 80), ("127.0.0.1:8080", "127.0.0.1", 8080),
            ("[::1]", "::1", nil),
            ("[::1]:65535", "::1", 65_535), ("A-b.C:1", "A-b.C", 1), (".example.org", ".example.org", nil),
            ("[::ffff:1.2.3.4]:80", "::ffff:1.2.3.4", 80),
        ] as [(String, String, Int?)])
    func hostHeadersAreParsed(text: String, host: String, port: Int?) {
        let authority = Authority(text)
        #expect(authority?.host == host)
        #expect(authority?.port == port)
        #expect(authority?.description == text)
    }

    @Test(arguments: [
        "", " ", " a", "a ", "a b", "a_b", "ü", "a:", "a:0", "a:080", "a:port", "a:65536", "a:123456", "a:+1", "a:1 ",
        "a@b",
        "a:80@b", "a,b", "a/b", "a\\b", "a\r\n", "::1", "[::1", "[::1]x", "[::1]80", "[z:443]:8080", "[1:2]", "[]",
        "[::1%eth0]",
        "[1.2.3.4]", ":80", "a:80:80", "http://a", "a\u{0}", "\u{212A}",
    ])
    func textThatIsNoHostIsRefused(text: String) {
        #expect(Authority(text) == nil)
    }

    @Test(
        arguments: [
            ("http", "spam", nil, "spam"), ("http", "spam:80", nil, "spam"), ("https", "spam:443", nil, "spam"),
            ("https", "spam:80", nil, "spam:80"), ("ws", "spam:80", nil, "spam"), ("wss", "spam:443", nil, "spam"),
            ("HTTP", "spam:80", nil, "spam"), ("gopher", "spam:80", nil, "spam:80"),
            ("http", "[::1]:80", nil, "[::1]"),
            ("http", nil, ("spam", 80), "spam"), ("http", nil, ("spam", 8080), "spam:8080"),
            ("http", nil, ("::1", 8080), "[::1]:8080"), ("http", nil, ("[::1]", 80), "[::1]"),
            ("http", "spam", ("eggs", 80), "spam"),
            ("http", nil, nil, nil), ("http", "", nil, nil), ("http", "a@b", ("eggs", 80), nil),
            ("http", "a.test:0", nil, nil),
            ("http", nil, ("my_host", 80), nil), ("http", nil, ("a", 0), nil),
        ] as [(String, String?, (String, Int)?, String?)])
    func theRequestNamesItsHost(scheme: String, header: String?, server: (String, Int)?, expected: String?) throws {
        let authority = try Authority.ofRequest(
            hostHeader: header, scheme: scheme, server: server.map { (name: $0.0, port: $0.1) })
        #expect(authority?.description == expected)
    }

    @Test(arguments: [
        ("example.com", true), ("EXAMPLE.com", true), ("example.com:8080", true), ("sub.example.com", false),
        ("example.com.evil", false), ("evilexample.com", false), ("example.org", true), ("a.b.example.org", true),
        ("A.Example.ORG:1", true), ("evilexample.org", false), (".example.org", true), ("127.0.0.1", true),
        ("[::1]:80", true), ("[::2]", false), ("xn--bcher-kva.test", true), ("localhost", false),
        ("example.com@evil", false),
        ("", false),
    ])
    func onlyTrustedHostsAreAnswered(header: String, isTrusted: Bool) throws {
        let hosts = try TrustedHosts(["example.com:443", ".Example.org", "127.0.0.1", "[::1]", "bücher.test"])
        let result = Result { try Authority.ofRequest(hostHeader: header, scheme: "https", trustedHosts: hosts) }
        switch result {
        case .success(let authority): #expect(isTrusted && authority != nil)
        case .failure(let error):
            #expect(!isTrusted)
            #expect((error as? WireError)?.code == .hostNotTrusted)
            #expect((error as? WireError)?.status == 400)
        }
    }

    @Test func withoutTrustedHostsEveryHostIsTrusted() throws {
        #expect(TrustedHosts().isEmpty)
        #expect(TrustedHosts().contains("anything"))
        #expect(Authority("a.test")?.isTrusted(by: TrustedHosts()) == true)
        #expect(try TrustedHosts([String]()) == TrustedHosts())
    }

    @Test(arguments: ["", ".", ":80", "a..b", "[x]", "ü x", String(repeating: "a", count: 64)])
    func trustedHostsThatAreNoneAreRefused(host: String) {
        let error = #expect(throws: WireError.self) { try TrustedHosts([host]) }
        #expect(error?.code == .invalidDomain)
    }

    @Test func hostsAreEqualWithoutRegardToCase() {
        #expect(Authority("A.test:1") == Authority("a.TEST:1"))
        #expect(Authority("a.test") != Authority("a.test:80"))
        #expect(Set([Authority("A.test"), Authority("a.test")]).count == 1)
    }

    @Test func portsCanBeReplaced() {
        #expect(Authority("[::1]:1")?.withPort(8080)?.description == "[::1]:8080")
        #expect(Authority("a:1")?.withPort(nil)?.description == "a")
        #expect(Authority("a:1")?.withPort(0) == nil)
        #expect(Authority("a:1")?.withPort(65_536) == nil)
    }

    @Test(arguments: [
        ("::", true), ("::1", true), ("1::", true), ("1:2:3:4:5:6:7:8", true), ("1:2:3:4:5:6:7::", true),
        ("::2:3:4:5:6:7:8", true),
        ("1::3:4:5:6:7:8", true), ("FFFF::abcd", true), ("1:2:3:4:5:6:1.2.3.4", true), ("::1.2.3.4", true),
        ("64:ff9b::1.2.3.4", true),
        ("", false), (":", false), (":::", false), ("1", false), ("1:", false), (":1", false), ("1::2::3", false),
        ("12345::", false),
        ("g::", false), ("1:2:3:4:5:6:7", false), ("1:2:3:4:5:6:7:8:9", false), ("1:2:3:4:5:6:7::8", false),
        ("::1:2:3:4:5:6:7:8", false),
        ("1.2.3.4", false), ("::1.2.3", false), ("::1.2.3.256", false), ("::01.2.3.4", false), ("::1.2.3.4:5", false),
        ("1:2:3:4:5:6:7:1.2.3.4", false), ("::1%1", false), ("::1 ", false),
        (String(repeating: "1", count: 46), false),
    ])
    func addressesAreRecognised(text: String, isAddress: Bool) {
        #expect(HostSyntax.isIPv6Address(text.utf8) == isAddress)
    }
}
