// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

struct URLReferenceTests {
    @Test func aURLSplitsIntoItsParts() throws {
        let url = try URLReference("HTTPS://user:secret@Example.COM:8080/a/b%20c?q=1&r=/?#top?#")
        #expect(url.scheme == "https")
        #expect(url.userinfo == "user:secret")
        #expect(url.host == "example.com")
        #expect(url.port == 8080)
        #expect(url.path == "/a/b%20c")
        #expect(url.query == "q=1&r=/?")
        #expect(url.fragment == "top?#")
        #expect(url.authority == "example.com:8080")
    }

    @Test func absentAndEmptyPartsAreToldApart() throws {
        let bare = try URLReference("/")
        #expect(bare.scheme == nil && bare.host == nil && bare.query == nil && bare.fragment == nil)
        let empty = try URLReference("file:///?#")
        #expect(empty.host == "" && empty.query == "" && empty.fragment == "")
        #expect(empty.description == "file:///?#")
    }

    @Test(arguments: [
        "", "/", "//host", "?q", "#f", "a/b", "http://h", "http://h?q", "http://h#f", "http://u@h/", "http://:@h/",
        "mailto:a@b.c", "urn:isbn:1", "http://[::1]:80/", "http://h:0/", "file:///etc/passwd", "a/b:c", "1a:b",
        "itms-services://?action=x", "http://host/a//b/../c", "tel:+1-800", "data:,x%20y", "http://é.test/ü?ü#ü",
    ])
    func textComesBackAsItWas(text: String) throws {
        #expect(try URLReference(text).description == text)
    }

    @Test(arguments: [
        (URLReference(path: "//evil.example"), "/.//evil.example"),
        (URLReference(scheme: "foo", path: "//x"), "foo:/.//x"),
        (URLReference(path: "javascript:alert(1)"), "./javascript:alert(1)"),
        (URLReference(host: "h", path: "x"), "//h/x"),
        (URLReference(scheme: "http", host: "::1", port: 80, path: "/"), "http://[::1]:80/"),
    ])
    func theWrittenFormKeepsTheMeaningOfTheParts(reference: URLReference, text: String) throws {
        #expect(reference.description == text)
        let again = try URLReference(text)
        #expect(again.host == reference.host && again.scheme == reference.scheme)
    }

    @Test(arguments: [
        "http://h:x/", "http://h:65536/", "http://h:-1/", "http://h:80:80/", "http://[::1", "http://[::1]x/",
        "http://[1:2]/", "http://[v1.x]/", "http://[fe80::1%25eth0]/", "http://a b/", "http://a<b/", "http://a\\b/",
        "http://2001:db8::1/", "http://a\tb/", "/a\nb", "\u{0}", "/\u{7F}", "http://h:99999999999999999999/",
    ])
    func textThatIsNoURLIsRefused(text: String) {
        let error = #expect(throws: WireError.self) { try URLReference(text) }
        #expect(error?.code == .invalidURL)
        #expect(error?.status == 400)
    }

    @Test func longTextIsRefused() throws {
        #expect(try URLReference(String(repeating: "a", count: 16_384)).path.utf8.count == 16_384)
        #expect(throws: WireError.self) { try URLReference(String(repeating: "a", count: 16_385)) }
        #expect(throws: WireError.self) { try URLReference("/ab", maximumBytes: 2) }
    }

    @Test func referencesAreEqualByTheirBytes() throws {
        #expect(try URLReference("http://H/\u{E9}") == URLReference("http://h/\u{E9}"))
        #expect(try URLReference("/\u{E9}") != URLReference("/e\u{301}"))
        #expect(try Set([URLReference("/a"), URLReference("/a"), URLReference("/A")]).count == 2)
    }

    /// The examples of RFC 3986 §5.4.1 and §5.4.2.
    @Test(arguments: [
        ("g:h", "g:h"), ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"),
        ("/g", "http://a/g"), ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"),
        ("#s", "http://a/b/c/d;p?q#s"), ("g#s", "http://a/b/c/g#s"), ("g?y#s", "http://a/b/c/g?y#s"),
        (";x", "http://a/b/c/;x"), ("g;x", "http://a/b/c/g;x"), ("g;x?y#s", "http://a/b/c/g;x?y#s"),
        ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"), ("./", "http://a/b/c/"), ("..", "http://a/b/"),
        ("../", "http://a/b/"), ("../g", "http://a/b/g"), ("../..", "http://a/"), ("../../", "http://a/"),
        ("../../g", "http://a/g"), ("../../../g", "http://a/g"), ("../../../../g", "http://a/g"),
        ("/./g", "http://a/g"), ("/../g", "http://a/g"), ("g.", "http://a/b/c/g."), (".g", "http://a/b/c/.g"),
        ("g..", "http://a/b/c/g.."), ("..g", "http://a/b/c/..g"), ("./../g", "http://a/b/g"),
        ("./g/.", "http://a/b/c/g/"), ("g/./h", "http://a/b/c/g/h"), ("g/../h", "http://a/b/c/h"),
        ("g;x=1/./y", "http://a/b/c/g;x=1/y"), ("g;x=1/../y", "http://a/b/c/y"),
        ("g?y/./x", "http://a/b/c/g?y/./x"), ("g?y/../x", "http://a/b/c/g?y/../x"),
        ("g#s/./x", "http://a/b/c/g#s/./x"), ("g#s/../x", "http://a/b/c/g#s/../x"), ("http:g", "http:g"),
    ])
    func referencesResolveAsTheStandardSays(reference: String, target: String) throws {
        #expect(try URLReference("http://a/b/c/d;p?q").resolving(reference).description == target)
    }

    @Test(arguments: [
        ("http://a", "g", "http://a/g"), ("http://a?q", "", "http://a?q"),
        ("http://u@a:81/x", "/y", "http://u@a:81/y"),
        ("http://a/b", "..", "http://a/"), ("/a/b", "c", "/a/c"), ("/a/b", "//h/../c", "//h/c"),
        ("a/b", "../../c", "c"), ("http://a/", ".//x", "http://a//x"), ("x:", "/..//y", "x:/.//y"),
    ])
    func unusualBasesResolveToo(base: String, reference: String, target: String) throws {
        #expect(try URLReference(base).resolving(reference).description == target)
    }

    @Test func resolvingTakesLinearTime() throws {
        func time(_ count: Int) throws -> Duration {
            let deep = String(repeating: "a/", count: count) + String(repeating: "../", count: count)
            let reference = try URLReference(deep, maximumBytes: .max)
            return try (0..<3).map { _ in
                try ProcessorClock().measure { _ = try URLReference("http://h/").resolving(reference) }
            }.min() ?? .zero
        }
        _ = try time(1000)
        #expect(try time(24_000) < time(3000) * 32 + .milliseconds(5))
    }
}
