// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing

@testable import Retort
@testable import RetortWire

@Suite struct SecurityHeadersTests {
    private static func app(_ headers: SecurityHeaders = SecurityHeaders()) -> App {
        var app = App()
        app.use(.securityHeaders(headers))
        app.get("/") { HTML("<p>x</p>") }
        app.get("/nonce") { (nonce: CSPNonce, request: Request) in
            "\(nonce.value) \(try request.cspNonce.value == nonce.value)"
        }
        app.get("/own") {
            Response(headers: [
                .xFrameOptions: "DENY", .contentSecurityPolicy: "default-src *", .strictTransportSecurity: "max-age=1",
            ])
        }
        return app
    }

    @Test func theDefaultsAreSafe() async throws {
        let answer = try await AppProbe(Self.app()).get()
        let expected = [
            "X-Content-Type-Options": "nosniff", "Referrer-Policy": "strict-origin-when-cross-origin",
            "X-Frame-Options": "SAMEORIGIN", "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": "camera=(self), microphone=(self), geolocation=(), payment=(), usb=()",
            "Content-Security-Policy":
                "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
                + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'",
        ]
        for (name, value) in expected { #expect(answer[name] == value) }
        #expect(answer[.strictTransportSecurity] == nil)
        #expect(answer["Cross-Origin-Embedder-Policy"] == nil)
        #expect(answer[.contentType] == "text/html; charset=utf-8")
    }

    @Test func transportSecurityIsPromisedOverHTTPSAlone() async throws {
        var probe = try AppProbe(Self.app())
        probe.isSecure = true
        #expect(try await probe.get()[.strictTransportSecurity] == "max-age=31536000")
        var headers = SecurityHeaders()
        headers.transportSecurity = StrictTransportSecurity(
            maxAge: .seconds(60), includesSubdomains: true, allowsPreload: true)
        probe = try AppProbe(Self.app(headers))
        probe.isSecure = true
        #expect(try await probe.get()[.strictTransportSecurity] == "max-age=60; includeSubDomains; preload")
    }

    @Test func aNonceIsInTheHeaderWhenSomebodyHasAskedForIt() async throws {
        let probe = try AppProbe(Self.app())
        var seen: Set<String> = []
        for _ in 0..<3 {
            let answer = try await probe.get("/nonce")
            let parts = answer.text.split(separator: " ")
            let nonce = try #require(parts.first.map { String($0) })
            #expect(nonce.utf8.count == 22 && parts.last == "true")
            #expect(answer[.contentSecurityPolicy]?.contains("script-src 'self' 'nonce-\(nonce)';") == true)
            seen.insert(nonce)
        }
        #expect(seen.count == 3)
    }

    @Test func whatAHandlerSetsStays() async throws {
        var probe = try AppProbe(Self.app())
        probe.isSecure = true
        let answer = try await probe.get("/own")
        #expect(answer["X-Frame-Options"] == "DENY")
        #expect(answer[.contentSecurityPolicy] == "default-src *")
        #expect(answer[.strictTransportSecurity] == "max-age=1")
        #expect(answer["X-Content-Type-Options"] == "nosniff")
    }

    @Test func errorsHaveTheHeadersToo() async throws {
        var app = Self.app()
        app.use(.trustedHosts(["other.test"]))
        let answer = try await AppProbe(app).get()
        #expect(answer.status == 400)
        #expect(answer["X-Content-Type-Options"] == "nosniff")
        #expect(try await AppProbe(Self.app()).get("/missing")["X-Content-Type-Options"] == "nosniff")
    }

    @Test func eachHeaderCanBeLeftOut() async throws {
        var headers = SecurityHeaders()
        headers.forbidsSniffing = false
        headers.referrerPolicy = nil
        headers.framing = nil
        headers.openerPolicy = nil
        headers.resourcePolicy = nil
        headers.permissionsPolicy = nil
        headers.transportSecurity = nil
        headers.contentSecurityPolicy = nil
        var probe = try AppProbe(Self.app(headers))
        probe.isSecure = true
        #expect(try await probe.get().response.headers.map(\.name.canonicalName) == ["content-type"])
    }

    @Test func aPolicyCanBeWatchedOnly() async throws {
        var headers = SecurityHeaders()
        headers.onlyReports = true
        headers.embedderPolicy = .requireCORP
        let answer = try await AppProbe(Self.app(headers)).get()
        #expect(answer[.contentSecurityPolicy] == nil)
        #expect(answer[.contentSecurityPolicyReportOnly]?.hasPrefix("default-src 'self'") == true)
        #expect(answer["Cross-Origin-Embedder-Policy"] == "require-corp")
    }
}
