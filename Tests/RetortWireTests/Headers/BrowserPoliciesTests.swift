// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

@Suite struct BrowserPoliciesTests {
    @Test(arguments: CrossOriginOpenerPolicy.allCases)
    func openerPoliciesComeBack(policy: CrossOriginOpenerPolicy) {
        #expect(CrossOriginOpenerPolicy(headerValue: policy.headerValue) == policy)
    }

    @Test(arguments: CrossOriginEmbedderPolicy.allCases)
    func embedderPoliciesComeBack(policy: CrossOriginEmbedderPolicy) {
        #expect(CrossOriginEmbedderPolicy(headerValue: policy.headerValue.uppercased()) == policy)
    }

    @Test(arguments: CrossOriginResourcePolicy.allCases)
    func resourcePoliciesComeBack(policy: CrossOriginResourcePolicy) {
        #expect(CrossOriginResourcePolicy(headerValue: " " + policy.headerValue + " ") == policy)
    }

    @Test(arguments: ReferrerPolicy.allCases)
    func referrerPoliciesComeBack(policy: ReferrerPolicy) {
        #expect(ReferrerPolicy(headerValue: policy.headerValue) == policy)
    }

    @Test func optionsBehindAWordAreSkippedAndOtherWordsRefused() {
        #expect(CrossOriginOpenerPolicy(headerValue: "same-origin; report-to=\"x\"") == .sameOrigin)
        #expect(CrossOriginOpenerPolicy(headerValue: "same origin") == nil)
        #expect(CrossOriginResourcePolicy(headerValue: "") == nil)
        #expect(CrossOriginResourcePolicy(headerValue: String(repeating: " ", count: 10_001)) == nil)
    }

    @Test(
        arguments: [
            ("no-referrer, strict-origin", .strictOrigin), ("strict-origin, next-great-thing", .strictOrigin),
            ("", nil),
            ("unknown", nil), ("NO-REFERRER", .noReferrer),
        ] as [(String, ReferrerPolicy?)])
    func theLastReferrerPolicyThatIsKnownCounts(text: String, policy: ReferrerPolicy?) {
        #expect(ReferrerPolicy(headerValue: text) == policy)
    }

    // Source: RFC 6797 §6.2.
    @Test(arguments: [
        ("max-age=31536000", StrictTransportSecurity(maxAge: .seconds(31_536_000))),
        (
            "max-age=15768000 ; includeSubDomains",
            StrictTransportSecurity(maxAge: .seconds(15_768_000), includesSubdomains: true)
        ),
        ("MAX-AGE=\"1\"; PRELOAD;", StrictTransportSecurity(maxAge: .seconds(1), allowsPreload: true)),
        ("includeSubDomains; x=y; max-age = 0", StrictTransportSecurity(maxAge: .zero, includesSubdomains: true)),
    ])
    func transportSecurityIsParsed(text: String, value: StrictTransportSecurity) {
        #expect(StrictTransportSecurity(headerValue: text) == value)
        #expect(StrictTransportSecurity(headerValue: value.headerValue) == value)
    }

    @Test(arguments: ["", "includeSubDomains", "max-age", "max-age=x", "max-age=1; max-age=2", "max-age=-1"])
    func transportSecurityWithoutATimeIsNone(text: String) {
        #expect(StrictTransportSecurity(headerValue: text) == nil)
    }

    @Test func transportSecurityIsWritten() {
        let value = StrictTransportSecurity(maxAge: .seconds(60), includesSubdomains: true, allowsPreload: true)
        #expect(value.headerValue == "max-age=60; includeSubDomains; preload")
    }

    // Source: RFC 9218 §4.
    @Test(arguments: [
        ("", Priority()), ("u=0", Priority(urgency: 0)), ("u=7, i", Priority(urgency: 7, isIncremental: true)),
        ("i=?0", Priority()), ("i=?1", Priority(isIncremental: true)), ("u=8", Priority()), ("u=-1", Priority()),
        ("u=1.5, x=y", Priority()), ("u=(1 2)", Priority()), ("i=1", Priority()),
    ])
    func prioritiesAreParsed(text: String, priority: Priority) {
        #expect(Priority(headerValue: text) == priority)
        #expect(Priority(headerValue: priority.headerValue) == priority)
    }

    @Test(arguments: ["=", "u=,", "U=1", "u=1 i", String(repeating: "a", count: 10_001)])
    func whatIsNoDictionaryIsNoPriority(text: String) {
        #expect(Priority(headerValue: text) == nil)
    }

    @Test func urgencyStaysInItsRange() {
        var priority = Priority(urgency: 99)
        #expect(priority.urgency == 7)
        priority.urgency = -3
        #expect(priority.headerValue == "u=0")
        #expect(Priority().headerValue == "")
        #expect(Priority(urgency: 1, isIncremental: true).headerValue == "u=1, i")
    }

    @Test func permissionsAreParsedAndWritten() throws {
        let text = "camera=(), geolocation=(self \"https://a.example\"), fullscreen=*, usb=(src)"
        var policy = try #require(PermissionsPolicy(headerValue: text))
        #expect(policy["camera"] == .nobody)
        #expect(policy["geolocation"] == .only([.page, .origin("https://a.example")]))
        #expect(policy["fullscreen"] == .everyone)
        #expect(policy["usb"] == .only([.frameSource]))
        #expect(policy["midi"] == nil)
        #expect(policy.headerValue == text)
        policy["camera"] = nil
        policy["usb"] = .nobody
        policy["midi"] = .only([.page])
        #expect(policy.headerValue == "geolocation=(self \"https://a.example\"), fullscreen=*, usb=(), midi=(self)")
    }

    @Test(arguments: [
        ("camera=self", "camera=(self)"), ("camera=(* self)", "camera=*"), ("camera=5", ""),
        ("camera=(5 self)", "camera=(self)"),
        ("", ""),
    ])
    func looseAllowancesAreBroughtIntoForm(text: String, written: String) {
        #expect(PermissionsPolicy(headerValue: text)?.headerValue == written)
    }

    @Test func whatCannotBeWrittenLeavesThePolicyEmpty() {
        var policy = PermissionsPolicy()
        #expect(policy.headerValue == "")
        policy["Bad Name\r\n"] = .nobody
        #expect(policy.headerValue == "")
        policy = PermissionsPolicy()
        policy["camera"] = .only([.origin("é")])
        #expect(policy.headerValue == "")
        #expect(PermissionsPolicy(headerValue: "camera=(") == nil)
    }
}
