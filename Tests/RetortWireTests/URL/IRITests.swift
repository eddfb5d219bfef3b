// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

struct IRITests {
    @Test(arguments: [
        ("http://☃.net/", "http://xn--n3h.net/"),
        ("http://üser:pässword@☃.net/påth", "http://%C3%BCser:p%C3%A4ssword@xn--n3h.net/p%C3%A5th"),
        ("http://föö.com:8080/bam/baz", "http://xn--f-1gaa.com:8080/bam/baz"),
        ("/foo", "/foo"), ("/foo\u{8F}", "/foo%C2%8F"), ("/path[bracket]?(paren)", "/path%5Bbracket%5D?(paren)"),
        ("http://u:@d.test", "http://u:@d.test"), ("http://:@d.test", "http://:@d.test"),
        ("http://@d.test", "http://@d.test"), ("http://d.test:0", "http://d.test:0"),
        ("http://d.test:", "http://d.test"),
        ("http://d.test/?", "http://d.test/"), ("http://d.test/#", "http://d.test/"),
        ("/%41%zz%", "/%41%zz%"), ("/a b?c d#e f", "/a%20b?c%20d#e%20f"),
        ("/?a=\"<>\\^`{|}", "/?a=%22%3C%3E%5C%5E%60%7B%7C%7D"),
        ("#a#b", "#a#b"), ("http://u:p:q@h/", "http://u:p%3Aq@h/"), ("HTTP://EXAMPLE.com/A", "http://example.com/A"),
        (
            "itms-services://?action=download-manifest&url=https://test.example/path",
            "itms-services://?action=download-manifest&url=https://test.example/path"
        ),
        ("http://[2001:db8::1]:80/ü", "http://[2001:db8::1]:80/%C3%BC"),
        ("mailto:ü@example.com", "mailto:%C3%BC@example.com"),
    ])
    func everythingBecomesASCII(iri: String, uri: String) throws {
        #expect(try IRI.toURI(iri) == uri)
    }

    @Test(arguments: [
        ("http://xn--n3h.net/", "http://☃.net/"),
        ("http://test.com/%3Fmeh?foo=%26%2F", "http://test.com/%3Fmeh?foo=%26/"),
        ("http://xn--f-1gaa.com/%2F%25?q=%C3%B6&x=%3D%25#%25", "http://föö.com/%2F%25?q=ö&x=%3D%25#%25"),
        ("abc%20def", "abc%20def"), ("/%C3%A8ry%DF", "/èry%DF"), ("/%c3%2f%b6", "/%C3%2f%B6"), ("/%E2%98", "/%E2%98"),
        ("/%0D%0A%7F%00", "/%0D%0A%7F%00"), ("/%zz%4", "/%zz%4"), ("?a=%26%3D%2B%23%40", "?a=%26%3D%2B%23@"),
        ("http://%3A%40:p%2Fq@h/", "http://%3A%40:p%2Fq@h/"), ("/%ed%a0%80", "/%ED%A0%80"), ("/%C0%AF", "/%C0%AF"),
        ("/%F0%9F%92%A9", "/💩"), ("/%F4%90%80%80", "/%F4%90%80%80"), ("http://xn--/", "http://xn--/"),
    ])
    func whatIsSafeToReadIsDecoded(uri: String, iri: String) throws {
        #expect(try IRI.fromURI(uri).utf8.elementsEqual(iri.utf8))
    }

    @Test(arguments: [
        "http://föñ.com/\u{2610}/fred?utf8=\u{2713}", "http://xn--f-rgao.com/\u{2610}/fred?utf8=\u{2713}",
        "http://xn--f-rgao.com/%E2%98%90/fred?utf8=%E2%9C%93", "http://föñ.com/\u{2610}/fred?utf8=%E2%9C%93",
    ])
    func bothDirectionsAgree(text: String) throws {
        let uri = "http://xn--f-rgao.com/%E2%98%90/fred?utf8=%E2%9C%93"
        let iri = "http://föñ.com/\u{2610}/fred?utf8=\u{2713}"
        #expect(try IRI.toURI(text) == uri)
        #expect(try IRI.fromURI(text) == iri)
        #expect(try IRI.toURI(IRI.fromURI(text)) == uri)
        #expect(try IRI.fromURI(IRI.toURI(text)) == iri)
        #expect(try IRI.toURI(IRI.toURI(text)) == uri)
        #expect(try IRI.fromURI(IRI.fromURI(text)) == iri)
    }

    @Test(arguments: [
        (" \u{1}/x", "/x"), ("/a\r\nSet-Cookie: b", "/aSet-Cookie:%20b"), ("\tht\ntp://h/", "http://h/"),
        ("/a\u{B}b", "/a%0Bb"),
    ])
    func controlsAreReadAsBrowsersReadThem(iri: String, uri: String) throws {
        #expect(try IRI.toURI(iri) == uri)
    }

    @Test(arguments: [
        "http://h:x/", "http://a..b/", "http://.a/", "http://[x]/", "http://ｅｖｉｌ／x/", "http://a\u{2488}b/",
    ])
    func hostsAndPortsThatAreNoneAreRefused(iri: String) {
        #expect(throws: WireError.self) { try IRI.toURI(iri) }
    }
}
