// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

struct SafeRedirectTests {
    @Test(arguments: [
        "/", "/view/?param=http://evil.com", "/view/?param=//evil.com", "relative/path", "?q=1", "#frag",
        "/path with space",
        "path/http:2222222222", "/url%20with%20spaces/", "/a//b", "/a\\b", "/ü", " /x ", "1a:b", "/%2F/evil.com",
        "/@evil.com",
    ])
    func referencesToTheSameHostAreSafe(url: String) {
        #expect(isSafeRedirect(to: url))
        #expect(isSafeRedirect(to: url, allowedHosts: ["example.com"], requiringHTTPS: true))
    }

    @Test(arguments: [
        ("http://example.com/", true, false), ("https://example.com/x", true, true),
        ("HTTPS://EXAMPLE.com", true, true),
        ("//example.com", true, false), ("/\\example.com", true, false), ("\\\\example.com", true, false),
        ("http://example.com:8080/", true, false), ("https://[::1]/", true, true),
        ("http://example.com/confirm?email=me@example.com", true, false),
    ])
    func allowedHostsAreSafe(url: String, plain: Bool, secure: Bool) {
        let hosts = ["example.com", "example.com:8080", "[::1]"]
        #expect(isSafeRedirect(to: url, allowedHosts: hosts) == plain)
        #expect(isSafeRedirect(to: url, allowedHosts: hosts, requiringHTTPS: true) == secure)
        #expect(!isSafeRedirect(to: url))
    }

    @Test(arguments: [
        "", " ", "\n", "http://evil.com", "https://evil.com", "//evil.com/x", "///evil.com", "////evil.com",
        "http:///example.com",
        "http:example.com", "http:/example.com", "https:evil", "http:999999999", "ftp:9999999999", "/\\/example.com",
        "\\\\\\evil.com",
        "\\\\evil.com", "/\\evil.com", "\\/evil.com", "http:\\\\example.com", "http:\\/example.com",
        "http:/\\example.com",
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "ftp://example.com",
        "//",
        "http://example.com:80/", "http://example.com@evil.com", "http://user@example.com",
        "http://example.com\\@evil.com",
        "http://[invalid", "http://[::1", "http://::1]/", "http://2001:db8::1/", "http://example.com.",
        "http://.example.com",
        "//\u{301}evil.com", "/\t/evil.com", "\t//evil.com", "\u{8}//evil.com", "\u{0}//evil.com",
        "java\nscript:alert(1)",
        "\u{200B}//evil.com", "\u{FEFF}/x", "\u{202E}/x", "\u{3000}//evil.com", "\u{A0}//evil.com",
        "\u{85}//evil.com",
        "/x\r\nSet-Cookie: a",
        "/x\u{7F}", "blob:http://example.com/x", "http://example.com:evil/", "http://example.com%00/",
        "http://ｅxample.com/",
    ])
    func whateverMayLeadElsewhereIsNotSafe(url: String) {
        #expect(!isSafeRedirect(to: url, allowedHosts: ["example.com"]))
        #expect(!isSafeRedirect(to: url, allowedHosts: ["example.com"], requiringHTTPS: true))
    }

    @Test func longURLsAreNotSafe() {
        #expect(isSafeRedirect(to: "/" + String(repeating: "a", count: 2047)))
        #expect(!isSafeRedirect(to: "/" + String(repeating: "a", count: 2048)))
        #expect(!isSafeRedirect(to: "/" + String(repeating: "ü", count: 1024)))
    }
}
