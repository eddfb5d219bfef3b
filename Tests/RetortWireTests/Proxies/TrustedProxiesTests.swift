// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RetortWire
import Testing

struct TrustedProxiesTests {
    static let facts = ConnectionFacts(
        clientAddress: "192.168.0.9", scheme: "http", hostHeader: "spam", serverName: "localhost", serverPort: 80)

    static func corrected(
        _ proxies: TrustedProxies, _ headers: [(String, String)], facts: ConnectionFacts = facts
    ) -> ConnectionFacts {
        proxies.corrected(facts, headers: headers.map { (name: $0.0, value: $0.1) })
    }

    @Test func theDefaultTrustsOneProxyForClientAndScheme() {
        let result = Self.corrected(
            TrustedProxies(),
            [
                ("X-Forwarded-For", "192.168.0.1"), ("x-forwarded-proto", "HTTPS"), ("X-Forwarded-Host", "evil"),
                ("X-Forwarded-Port", "1"), ("X-Forwarded-Prefix", "/evil"), ("Forwarded", "for=6.6.6.6;host=evil"),
            ])
        #expect(result.clientAddress == "192.168.0.1")
        #expect(result.scheme == "https")
        #expect(result.hostHeader == "spam" && result.serverName == "localhost" && result.serverPort == 80)
        #expect(result.rootPath == "")
    }

    @Test(
        arguments: [
            (1, ["192.168.0.3, 192.168.0.1"], "192.168.0.1"), (2, ["192.168.0.1, 192.168.0.2"], "192.168.0.1"),
            (0, ["192.168.0.2"], "192.168.0.9"),
            (3, ["192.168.0.3, 192.168.0.2"], "192.168.0.9"), (2, [", 192.168.0.3"], "192.168.0.9"),
            (2, ["192.168.0.1", "192.168.0.2"], "192.168.0.1"),
            (1, [""], "192.168.0.9"), (1, [" , "], "192.168.0.9"), (1, ["\"192.168.0.1\""], "192.168.0.1"),
            (1, ["\"192.168.0.1"], "192.168.0.9"),
            (1, ["a b"], "192.168.0.9"), (1, ["2001:db8::1"], "2001:db8::1"), (-1, ["192.168.0.1"], "192.168.0.9"),
            (Int.max, ["192.168.0.1"], "192.168.0.9"),
            (1, ["6.6.6.6, \"x,y\""], "x,y"), (1, ["1.1.1.1\u{e9}"], "192.168.0.9"),
        ] as [(Int, [String], String)])
    func valuesAreCountedFromTheRight(count: Int, values: [String], client: String) {
        let result = Self.corrected(TrustedProxies(for: count), values.map { ("X-Forwarded-For", $0) })
        #expect(result.clientAddress == client)
    }

    @Test(
        arguments: [
            ("spam", nil, "8080", "spam:8080", "localhost", 8080),
            ("spam:9000", nil, "8080", "spam:8080", "localhost", 8080),
            (nil, nil, "8080", nil, "localhost", 8080), ("spam", "eggs", nil, "eggs", "eggs", 80),
            ("spam", "eggs:81", nil, "eggs:81", "eggs", 81),
            ("spam", "[2001:db8::a]", nil, "[2001:db8::a]", "[2001:db8::a]", 80),
            ("[2001:db8::a]", nil, "8080", "[2001:db8::a]:8080", "localhost", 8080),
            ("[2001:db8::a]:9000", nil, "8080", "[2001:db8::a]:8080", "localhost", 8080),
            ("spam:9000", "eggs", "443", "eggs:443", "eggs", 443),
            ("spam", "a b", nil, "spam", "localhost", 80), ("spam", "a@b", nil, "spam", "localhost", 80),
            ("spam", nil, "0", "spam", "localhost", 80),
            ("spam", nil, "65536", "spam", "localhost", 80), ("spam", nil, "+81", "spam", "localhost", 80),
            ("spam", nil, "x", "spam", "localhost", 80),
            ("spam", "a, eggs", "1, 443", "eggs:443", "eggs", 443),
        ] as [(String?, String?, String?, String?, String, Int)])
    func hostAndPortAreCorrectedTogether(
        header: String?, host: String?, port: String?, newHeader: String?, name: String, newPort: Int
    ) {
        var facts = Self.facts
        facts.hostHeader = header
        let headers = [("X-Forwarded-Host", host), ("X-Forwarded-Port", port)].compactMap { name, value in
            value.map { (name, $0) }
        }
        let result = Self.corrected(TrustedProxies(host: 1, port: 1), headers, facts: facts)
        #expect(result.hostHeader == newHeader)
        #expect(result.serverName == name)
        #expect(result.serverPort == newPort)
    }

    @Test(arguments: [
        ("/ham", "/ham"), ("/ham, /eggs", "/eggs"), ("/", "/"), ("/a/b", "/a/b"), ("ham", "/old"),
        ("//evil.com", "/old"), ("/\\evil.com", "/old"),
        ("/a b", "/old"), ("/a\u{0}", "/old"), ("", "/old"), ("http://evil", "/old"),
    ])
    func thePrefixBeginsWithOneSlash(value: String, rootPath: String) {
        var facts = Self.facts
        facts.rootPath = "/old"
        #expect(
            Self.corrected(TrustedProxies(prefix: 1), [("X-Forwarded-Prefix", value)], facts: facts).rootPath
                == rootPath)
    }

    @Test(arguments: [
        ("https", "https"), ("WSS", "wss"), ("ht tp", "http"), ("1x", "http"), ("java:", "http"), ("", "http"),
        ("https, http", "http"),
    ])
    func theSchemeMustBeOne(value: String, scheme: String) {
        #expect(Self.corrected(TrustedProxies(), [("X-Forwarded-Proto", value)]).scheme == scheme)
    }

    @Test(arguments: [
        "X_Forwarded_For", "X-Forwarded_For", "X_FORWARDED-FOR", "X-Forwarded-For ", "XForwardedFor",
        "X-Forwarded-Fo\u{212A}", "X-Forwarded",
    ])
    func otherNamesAreNotAccepted(name: String) {
        #expect(Self.corrected(TrustedProxies(), [(name, "6.6.6.6")]) == Self.facts)
    }

    @Test(
        arguments: [
            (
                1, ["for=6.6.6.6, for=\"[2001:db8::1]:80\";proto=https;host=\"eggs:81\""], "2001:db8::1", "https",
                "eggs:81"
            ),
            (2, ["for=1.1.1.1", "for=2.2.2.2;proto=https"], "1.1.1.1", "http", "spam"),
            (1, ["for=unknown;proto=https"], "192.168.0.9", "https", "spam"),
            (2, ["for=1.1.1.1"], "192.168.0.9", "http", "spam"),
            (1, ["for=1.1.1.1, broken"], "192.168.0.9", "http", "spam"),
            (1, ["host=\"a b\""], "192.168.0.9", "http", "spam"), (0, ["for=1.1.1.1"], "192.168.0.9", "http", "spam"),
        ] as [(Int, [String], String, String, String)])
    func theStandardHeaderIsBelievedWhereAsked(
        count: Int, values: [String], client: String, scheme: String, host: String
    ) {
        let headers = values.map { ("Forwarded", $0) } + [("X-Forwarded-For", "6.6.6.6")]
        let result = Self.corrected(TrustedProxies(forwarded: count), headers)
        #expect(result.clientAddress == client)
        #expect(result.scheme == scheme)
        #expect(result.hostHeader == host)
    }

    @Test func fieldsOfAMessageAreAcceptedToo() throws {
        var fields = HTTPFields()
        let name = try #require(HTTPField.Name("X-Forwarded-For"))
        let spoofed = try #require(HTTPField.Name("X_Forwarded_Proto"))
        fields.append(HTTPField(name: name, value: "6.6.6.6"))
        fields.append(HTTPField(name: name, value: "192.168.0.1"))
        fields.append(HTTPField(name: spoofed, value: "https"))
        let result = TrustedProxies().corrected(Self.facts, headers: fields)
        #expect(result.clientAddress == "192.168.0.1")
        #expect(result.scheme == "http")
    }

    @Test func manyHeadersTakeLinearTime() {
        func time(_ count: Int) -> Duration {
            let headers = Array(repeating: ("X-Forwarded-For", "1.1.1.1, \"2,2\""), count: count)
            return (0..<3).map { _ in
                ProcessorClock().measure { #expect(Self.corrected(TrustedProxies(), headers).clientAddress == "2,2") }
            }.min() ?? .zero
        }
        _ = time(500)
        #expect(time(24_000) < time(3000) * 32 + .milliseconds(5))
    }
}
