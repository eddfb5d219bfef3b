// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing

@testable import Retort
@testable import RetortWire

@Suite struct TrustedHostsMiddlewareTests {
    @Test(arguments: [
        ("example.test", 200), ("EXAMPLE.test", 200), ("example.test:8000", 200), ("a.sub.test", 200),
        ("sub.test", 200),
        ("a.example.test", 400), ("example.test.evil.test", 400), ("evil.test", 400), ("xsub.test", 400),
    ])
    func onlyListedHostsAreAnswered(_ host: String, _ status: Int) async throws {
        var app = App()
        app.use(.trustedHosts(["example.test", ".sub.test"]))
        app.get("/") { "x" }
        var probe = try AppProbe(app)
        probe.host = host
        let answer = try await probe.get()
        #expect(answer.status == status)
        #expect(answer.text.contains("host-not-trusted") == (status == 400))
    }

    @Test(arguments: [([String](), ".trustedHosts([]) trusts nobody."), ([""], ".trustedHosts() cannot be set up:")])
    func aListThatCannotBeStopsTheApp(_ hosts: [String], _ start: String) throws {
        var app = App()
        app.use(.trustedHosts(hosts))
        let error = #expect(throws: SetupError.self) { try app.freeze() }
        #expect(error?.message.hasPrefix(start) == true)
    }

    @Test func theHostOfATrustedProxyCounts() async throws {
        var app = App()
        app.use(.trustedProxies(for: 1, proto: 1, host: 1), .trustedHosts(["public.test"]))
        app.get("/") { "x" }
        let probe = try AppProbe(app)
        #expect(try await probe.get("/", [("X-Forwarded-Host", "public.test")]).status == 200)
        #expect(try await probe.get("/", [("X-Forwarded-Host", "evil.test, public.test")]).status == 200)
        #expect(try await probe.get("/", [("X-Forwarded-Host", "public.test, evil.test")]).status == 400)
        #expect(try await probe.get().status == 400)
    }
}

@Suite struct TrustedProxiesMiddlewareTests {
    private static func seen(_ middleware: TrustedProxiesMiddleware?, _ headers: [(String, String)]) async throws
        -> String
    {
        var app = App()
        if let middleware { app.use(middleware) }
        app.get("/") { (request: Request) in
            let origin = request.origin
            return "\(origin.address ?? "-") \(origin.scheme) \(origin.host) \(origin.rootPath) \(origin.isSecure)"
        }
        return try await AppProbe(app).get("/", headers).text
    }

    static let plain = "192.0.2.7 http example.test  false"

    @Test func withoutTheMiddlewareNothingIsBelieved() async throws {
        let headers = [("X-Forwarded-For", "1.1.1.1"), ("X-Forwarded-Proto", "https"), ("Forwarded", "for=1.1.1.1")]
        #expect(try await Self.seen(nil, headers) == Self.plain)
    }

    @Test(arguments: [
        ("1.1.1.1", "1.1.1.1"), ("evil, 1.1.1.1", "1.1.1.1"), ("9.9.9.9, 8.8.8.8, 1.1.1.1", "1.1.1.1"),
        ("1.1.1.1:4711", "1.1.1.1"), ("[2001:db8::1]:80", "2001:db8::1"), ("2001:db8::1", "2001:db8::1"),
        ("", "192.0.2.7"),
    ])
    func theLastAddressCounts(_ value: String, _ expected: String) async throws {
        let text = try await Self.seen(.trustedProxies(), [("X-Forwarded-For", value)])
        #expect(text == "\(expected) http example.test  false")
    }

    @Test(arguments: [("a, b, c", "b"), ("b, c", "b"), ("c", "192.0.2.7"), ("x, a, b, c", "b")])
    func withTwoProxiesTheOneBeforeTheLastCounts(_ value: String, _ expected: String) async throws {
        let text = try await Self.seen(.trustedProxies(for: 2), [("X-Forwarded-For", value)])
        #expect(text.hasPrefix(expected + " "))
        // Several lines are one list.
        let lines = value.split(separator: ",").map { ("X-Forwarded-For", $0.trimmingPrefix(" ").description) }
        #expect(try await Self.seen(.trustedProxies(for: 2), lines) == text)
    }

    @Test(
        arguments: [
            ([("X-Forwarded-Proto", "https")], "192.0.2.7 https example.test  true"),
            ([("X-Forwarded-Proto", "http, https")], "192.0.2.7 https example.test  true"),
            ([("X-Forwarded-Proto", "https, http")], "192.0.2.7 http example.test  false"),
            ([("X-Forwarded-Proto", "java script:")], "192.0.2.7 http example.test  false"),
            ([("X-Forwarded-Host", "public.test:8443")], "192.0.2.7 http public.test:8443  false"),
            ([("X-Forwarded-Host", "a b")], "192.0.2.7 http example.test  false"),
            ([("X-Forwarded-Port", "8443")], "192.0.2.7 http example.test:8443  false"),
            ([("X-Forwarded-Prefix", "/app")], "192.0.2.7 http example.test /app false"),
            ([("X-Forwarded-Prefix", "/app/")], "192.0.2.7 http example.test /app false"),
            ([("X-Forwarded-Prefix", "//evil.test")], "192.0.2.7 http example.test  false"),
            ([("Forwarded", "for=1.1.1.1;proto=https")], "192.0.2.7 http example.test  false"),
            ([("X_Forwarded_Proto", "https")], "192.0.2.7 http example.test  false"),
        ] as [([(String, String)], String)])
    func eachHeaderCorrectsItsOwnFact(_ headers: [(String, String)], _ expected: String) async throws {
        let all = TrustedProxiesMiddleware.trustedProxies(for: 1, proto: 1, host: 1, port: 1, prefix: 1)
        #expect(try await Self.seen(all, headers) == expected)
        let none = TrustedProxiesMiddleware.trustedProxies(for: 0, proto: 0)
        #expect(try await Self.seen(none, headers) == Self.plain)
    }

    @Test func theStandardHeaderSaysAllAtOnce() async throws {
        let value = "for=_evil, for=\"[2001:db8::1]:4711\";proto=https;host=public.test"
        #expect(
            try await Self.seen(.trustedProxies(forwarded: 1), [("Forwarded", value)])
                == "2001:db8::1 https public.test  true")
        #expect(try await Self.seen(.trustedProxies(forwarded: 1), [("X-Forwarded-For", "1.1.1.1")]) == Self.plain)
    }
}
