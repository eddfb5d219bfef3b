// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

@Suite struct ContentSecurityPolicyTests {
    @Test func directivesAreParsedInTheirOrder() {
        let policy = ContentSecurityPolicy(headerValue: "default-src 'self'; script-src 'unsafe-inline' *; img-src")
        #expect(policy.entries.map(\.directive) == [.defaultSources, .scriptSources])
        #expect(policy[.defaultSources] == [.sameOrigin])
        #expect(policy[.scriptSources] == [.unsafeInline, .any])
        #expect(policy[.imageSources] == nil)
        #expect(policy.headerValue == "default-src 'self'; script-src 'unsafe-inline' *")
    }

    @Test func theFirstOfSeveralDirectivesCounts() {
        let policy = ContentSecurityPolicy(headerValue: "script-src 'none'; Script-Src *")
        #expect(policy[.scriptSources] == [.none])
        #expect(policy.entries.count == 1)
    }

    @Test(arguments: ["upgrade-insecure-requests", "sandbox", "block-all-mixed-content"])
    func someDirectivesStandAlone(text: String) {
        #expect(ContentSecurityPolicy(headerValue: text).headerValue == text)
        #expect(ContentSecurityPolicy(headerValue: "; \(text) ;; ").headerValue == text)
    }

    @Test func aPolicyIsBuiltFromWords() {
        var policy = ContentSecurityPolicy()
        policy[.defaultSources] = [.none]
        policy[.scriptSources] = [.sameOrigin, "https://cdn.example", .sha256("abc="), .strictDynamic]
        policy[.imageSources] = [.data, .blob, .https]
        policy[text: .reportTo] = "csp"
        policy.upgradesInsecureRequests = true
        #expect(policy.upgradesInsecureRequests)
        #expect(
            policy.headerValue
                == """
                default-src 'none'; script-src 'self' https://cdn.example 'sha256-abc=' 'strict-dynamic'; \
                img-src data: blob: https:; report-to csp; upgrade-insecure-requests
                """
        )
        policy[.imageSources] = nil
        policy.upgradesInsecureRequests = false
        policy[text: .reportTo] = nil
        #expect(
            policy.headerValue
                == "default-src 'none'; script-src 'self' https://cdn.example 'sha256-abc=' 'strict-dynamic'")
    }

    @Test(arguments: ["https://a;script-src *", "https://a, b", "https://a b", "https://a\r\nX: y", "a\u{0}b"])
    func aSourceCannotAddAnotherDirective(text: String) {
        var policy = ContentSecurityPolicy()
        policy[.imageSources] = [ContentSecurityPolicy.Source(text)]
        #expect(ContentSecurityPolicy(headerValue: policy.headerValue).entries.count == 1)
        #expect(policy[.imageSources]?.count == 1)
        #expect(policy.headerValue.utf8.allSatisfy { $0 != 0x2C && $0 >= 0x20 })
    }

    @Test func theTextOfADirectiveCannotAddAnother() {
        var policy = ContentSecurityPolicy()
        policy[text: .reportURI] = "/r; script-src *, default-src *"
        #expect(policy.headerValue == "report-uri /r%3B script-src *%2C default-src *")
    }

    @Test func theNonceOfTheRequestIsPutIn() {
        var policy = ContentSecurityPolicy()
        policy[.scriptSources] = [.sameOrigin, .nonceOfRequest, .strictDynamic]
        policy[.styleSources] = [.nonceOfRequest]
        #expect(
            policy.headerValue(nonce: "abc123")
                == "script-src 'self' 'nonce-abc123' 'strict-dynamic'; style-src 'nonce-abc123'")
        #expect(policy.headerValue(nonce: nil) == "script-src 'self' 'strict-dynamic'")
        #expect(policy.headerValue == "script-src 'self' 'strict-dynamic'")
        #expect(
            policy.headerValue(nonce: "a; b")
                == "script-src 'self' 'nonce-a%3B%20b' 'strict-dynamic'; style-src 'nonce-a%3B%20b'")
    }

    @Test func anAddedSourceKeepsWhatTheDefaultAllowed() {
        var policy = ContentSecurityPolicy()
        policy[.defaultSources] = [.sameOrigin]
        policy.add(.nonce("x"), to: .scriptSources)
        policy.add(.nonce("x"), to: .scriptSources)
        #expect(policy.headerValue == "default-src 'self'; script-src 'self' 'nonce-x'")
        policy[.imageSources] = [.none]
        policy.add(.data, to: .imageSources)
        #expect(policy[.imageSources] == [.data])
    }

    @Test func aPolicyThatIsTooLongIsEmpty() {
        let text = "default-src " + String(repeating: "a", count: HeaderText.defaultLimit)
        #expect(ContentSecurityPolicy(headerValue: text).entries.isEmpty)
    }
}
