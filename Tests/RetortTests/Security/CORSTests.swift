// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing

@testable import Retort
@testable import RetortWire

@Suite struct CORSTests {
    private static func app(_ policy: CORSPolicy) -> App {
        var app = App()
        app.use(.cors(policy))
        app.get("/") { "x" }
        app.put("/") { "x" }
        app.get("/vary") { Response(headers: [.vary: "Accept"]) }
        app.get("/error") { () -> String in throw HTTPError(.conflict) }
        return app
    }

    private static func some(_ credentials: Bool = false) -> CORSPolicy {
        CORSPolicy(origins: .only(["https://a.test", "https://*.b.test"]), allowsCredentials: credentials)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let policy: CORSPolicy
        let origin: String?
        let allowed: String?
        var credentials: String?
        var vary: String? = "Origin"
        var testDescription: String { "\(name) from \(origin ?? "nowhere")" }
    }

    static let cases: [Case] = [
        Case(name: "any", policy: CORSPolicy(), origin: "https://x.test", allowed: "*", vary: nil),
        Case(name: "any", policy: CORSPolicy(), origin: "null", allowed: "*", vary: nil),
        Case(name: "any", policy: CORSPolicy(), origin: nil, allowed: "*", vary: nil),
        Case(name: "some", policy: some(), origin: "https://a.test", allowed: "https://a.test"),
        Case(name: "some", policy: some(), origin: "https://x.b.test", allowed: "https://x.b.test"),
        Case(name: "some", policy: some(), origin: "https://b.test", allowed: nil),
        Case(name: "some", policy: some(), origin: "http://a.test", allowed: nil),
        Case(name: "some", policy: some(), origin: "https://a.test.evil.test", allowed: nil),
        Case(name: "some", policy: some(), origin: "null", allowed: nil),
        Case(name: "some", policy: some(), origin: nil, allowed: nil),
        Case(
            name: "credentials", policy: some(true), origin: "https://a.test", allowed: "https://a.test",
            credentials: "true"),
        Case(name: "credentials", policy: some(true), origin: "https://evil.test", allowed: nil),
        Case(name: "null", policy: CORSPolicy(origins: .only(["null"])), origin: "null", allowed: "null"),
        Case(
            name: "matching", policy: CORSPolicy(origins: .matching { $0.hasSuffix(".c.test") }),
            origin: "https://x.c.test", allowed: "https://x.c.test"),
        Case(
            name: "matching", policy: CORSPolicy(origins: .matching { $0.hasSuffix(".c.test") }),
            origin: "https://c.test", allowed: nil),
    ]

    @Test(arguments: cases, ["GET", "OPTIONS"])
    func thePermissionDependsOnTheOrigin(_ test: Case, _ method: String) async throws {
        var headers = test.origin.map { [("Origin", $0)] } ?? []
        let isPreflight = method == "OPTIONS" && test.origin != nil
        if isPreflight { headers.append(("Access-Control-Request-Method", "PUT")) }
        let answer = try await AppProbe(Self.app(test.policy)).send(method, "/", headers)
        #expect(answer.status == (isPreflight ? 204 : 200))
        #expect(answer[.accessControlAllowOrigin] == test.allowed)
        #expect(answer[.accessControlAllowCredentials] == test.credentials)
        let preflightVary = "Access-Control-Request-Method, Access-Control-Request-Headers"
        let vary = isPreflight ? [test.vary, preflightVary].compactMap { $0 }.joined(separator: ", ") : test.vary
        #expect(answer[.vary] == vary)
        #expect((answer[.accessControlAllowMethods] != nil) == (isPreflight && test.allowed != nil))
    }

    @Test func aPreflightIsAnsweredInFull() async throws {
        var policy = Self.some(true)
        policy.exposedHeaders = ["X-Total"]
        let headers = [
            ("Origin", "https://a.test"), ("Access-Control-Request-Method", "PUT"),
            ("Access-Control-Request-Headers", "x-other, content-type"),
        ]
        let answer = try await AppProbe(Self.app(policy)).send("OPTIONS", "/", headers)
        #expect(answer.status == 204)
        #expect(answer[.accessControlAllowMethods] == "GET, HEAD, POST, PUT, PATCH, DELETE")
        #expect(answer[.accessControlAllowHeaders] == "Authorization, Content-Type")
        #expect(answer[.accessControlMaxAge] == "600")
        #expect(answer[.accessControlExposeHeaders] == nil)
        // For a path that is not there too: the browser wants to know before it can see the 404.
        #expect(try await AppProbe(Self.app(policy)).send("OPTIONS", "/missing", headers).status == 204)
        #expect(
            try await AppProbe(Self.app(policy)).get("/", [("Origin", "https://a.test")])[.accessControlExposeHeaders]
                == "X-Total")
    }

    @Test func askedHeadersAreRepeatedWhereAllAreAllowed() async throws {
        var policy = CORSPolicy()
        policy.requestHeaders = .any
        policy.maxAge = nil
        let headers = [
            ("Origin", "https://a.test"), ("Access-Control-Request-Method", "GET"),
            ("Access-Control-Request-Headers", "X-One,x-two, bad name, \"q\", é"),
        ]
        let answer = try await AppProbe(Self.app(policy)).send("OPTIONS", "/", headers)
        #expect(answer[.accessControlAllowHeaders] == "X-One, x-two, q")
        #expect(answer[.accessControlMaxAge] == nil)
    }

    @Test func aMethodThatIsNotAllowedGetsNoPermission() async throws {
        var policy = CORSPolicy()
        policy.methods = [.get]
        let headers = [("Origin", "https://a.test"), ("Access-Control-Request-Method", "DELETE")]
        let answer = try await AppProbe(Self.app(policy)).send("OPTIONS", "/", headers)
        #expect(answer.status == 204 && answer[.accessControlAllowMethods] == nil)
    }

    @Test func optionsWithoutAQuestionIsTheRoutesOwn() async throws {
        let answer = try await AppProbe(Self.app(CORSPolicy())).send("OPTIONS", "/", [("Origin", "https://a.test")])
        #expect(answer.status == 200)
        #expect(answer[.allow]?.contains("PUT") == true)
        #expect(answer[.accessControlAllowOrigin] == "*")
    }

    @Test func errorsCanBeReadTooAndOtherFieldsStay() async throws {
        let probe = try AppProbe(Self.app(Self.some()))
        let origin = [("Origin", "https://a.test")]
        let error = try await probe.get("/error", origin)
        #expect(error.status == 409 && error[.accessControlAllowOrigin] == "https://a.test")
        #expect(try await probe.get("/vary", origin)[.vary] == "Accept, Origin")
    }

    @Test func aPolicyThatLetsEverybodyActStopsTheApp() throws {
        let open = #expect(throws: SetupError.self) {
            try Self.app(CORSPolicy(origins: .any, allowsCredentials: true)).freeze()
        }
        #expect(open?.message.hasSuffix("List the origins with .only([…]).") == true)
        #expect(throws: SetupError.self) { try Self.app(CORSPolicy(origins: .only(["a.test"]))).freeze() }
    }
}
