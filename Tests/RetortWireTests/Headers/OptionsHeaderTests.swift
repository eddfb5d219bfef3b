// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

@Suite struct OptionsHeaderTests {
    @Test(
        arguments: [
            ("", "", [:]), ("text/html", "text/html", [:]), ("v;", "v", [:]),
            ("v;a=b;c=d;", "v", ["a": "b", "c": "d"]),
            ("v;  ; a=b ; ", "v", ["a": "b"]), (" v ; a=b", "v", ["a": "b"]), (" ,; a=b", ",", ["a": "b"]),
            (" ; a=b", "", [:]), ("v; a", "v", [:]), ("v; =b", "v", [:]), ("v; a=", "v", [:]), ("v; a =b", "v", [:]),
            ("v; a= b", "v", [:]), ("v; é=b; c=d", "v", ["c": "d"]), ("v; A=b; a=c", "v", ["a": "c"]),
            ("text/html; charset=UTF-8", "text/html", ["charset": "UTF-8"]),
            ("something; fileName=\"File.ext\"", "something", ["filename": "File.ext"]),
        ] as [(String, String, HeaderParameters)])
    func valuesAndOptionsAreParsed(text: String, value: String, options: HeaderParameters) {
        #expect(OptionsHeader(headerValue: text) == OptionsHeader(value, options: options))
    }

    // Source: RFC 9110 §5.6.4.
    @Test(
        arguments: [
            ("v;a=\"b c\"", ["a": "b c"]), ("v;a=\"b;c\";d=e", ["a": "b;c", "d": "e"]), ("v;a=\"\"", ["a": ""]),
            ("v;a=\"b\\\"c\"", ["a": "b\"c"]), ("v;a=\"b\\\\c\"", ["a": "b\\c"]), ("v;a=\"b%22c\"", ["a": "b\"c"]),
            ("v;a=\"c:\\\"", [:]), ("v;a=\"b;c=d", [:]), ("v;x=y;a=\"b;c=d", ["x": "y"]),
            ("v;a=\"b\"c;d=e", ["a": "b", "d": "e"]),
            ("v;a=b c;d=e", ["a": "b", "d": "e"]), ("v;a=\"é\"", ["a": "é"]), ("v;a=\"\\\\\\\"\"", ["a": "\\\""]),
            ("v;a=%22", ["a": "\""]), ("v;a=\"%2\"", ["a": "%2"]), ("v;a=\"b\\c\"", ["a": "bc"]),
        ] as [(String, HeaderParameters)])
    func quotedValuesAreUnderstood(text: String, options: HeaderParameters) {
        #expect(OptionsHeader(headerValue: text).options == options)
    }

    // Source: RFC 8187 §3.2.3.
    @Test(arguments: [
        ("v;a*=ASCII'en'b", "b"), ("v;a*=US-ASCII''%62", "b"), ("v;a*=UTF-8''%C2%B5", "µ"),
        ("v;a*=utf-8''%e2%82%ac", "€"),
        ("v;a*=US-ASCII''%C2%B5", "\u{FFFD}\u{FFFD}"), ("v;a*=ISO-8859-1''%A3", "£"), ("v;a*=BAD''%62", "%62"),
        ("v;a*=UTF-8'''%F0%9F%90%8D'.txt", "'🐍'.txt"), ("v;a*=UTF-8''%FF", "\u{FFFD}"), ("v;a*=b", "b"),
        ("v;a*=''b", "b"), ("v;a*=\"b\"", "\"b\""), ("v;a*=UTF-8''%", "%"), ("v;a*=UTF-8''%4", "%4"),
        ("v;a*=iso-8859-1''x%", "x%"), ("v;a*=iso-8859-1''%E9%zz", "é%zz"),
    ])
    func encodedValuesAreDecoded(text: String, value: String) {
        #expect(OptionsHeader(headerValue: text).options == ["a": value])
    }

    // Source: RFC 2231 §3.
    @Test(
        arguments: [
            ("v;a*0=b;a*1=c;d=e", ["d": "e", "a": "bc"]), ("v;a*0*=b", ["a": "b"]),
            ("v;a*0*=UTF-8''b;a*1=c;a*2*=%C2%B5", ["a": "bcµ"]),
            ("v;a*0*=UTF-8''b;a*1*=US-ASCII''c;a*2*=%41", ["a": "bcA"]),
            ("v;a*1=c;a*0=b", ["a": "cb"]), ("v;a=x;a*0=b;a*1=c", ["a": "bc"]), ("v;a*0=b;a=x", ["a": "x"]),
            ("v;a*0=b;a=x;a*0=c", ["a": "c"]), ("v;a*0=\"b c\";a*1=d", ["a": "b cd"]),
            ("v;a*0*=UTF-8''b;c*=%41", ["c": "%41", "a": "b"]), ("v;a**=b", ["a*": "b"]), ("v;a*b=c", ["a*b": "c"]),
            ("v;a*0x=c", ["a*0x": "c"]), ("v;*0=c", ["": "c"]),
        ] as [(String, HeaderParameters)])
    func continuedValuesAreJoined(text: String, options: HeaderParameters) {
        #expect(OptionsHeader(headerValue: text).options == options)
    }

    @Test(arguments: [
        (OptionsHeader("foo", options: ["bar": "42"]), "foo; bar=42"),
        (OptionsHeader("foo", options: ["bar": "42", "fizz": nil]), "foo; bar=42"),
        (OptionsHeader("foo", options: ["bar": "a b"]), "foo; bar=\"a b\""), (OptionsHeader("foo"), "foo"),
        (OptionsHeader("foo", options: ["bar*": "UTF-8''x"]), "foo; bar*=UTF-8''x"),
        (OptionsHeader("foo", options: ["fizz": nil]), "foo"),
        (OptionsHeader("a\r\nb", options: ["c": "d\r\ne"]), "a  b; c=\"d  e\""),
    ])
    func valuesAndOptionsAreWritten(header: OptionsHeader, text: String) {
        #expect(header.headerValue == text)
    }

    @Test func aHeaderThatIsTooLongIsEmpty() {
        let text = "v; a=" + String(repeating: "x", count: HeaderText.defaultLimit)
        #expect(OptionsHeader(headerValue: text) == OptionsHeader(""))
        #expect(OptionsHeader(headerValue: text, limit: 20_000).options["a"]?.utf8.count == HeaderText.defaultLimit)
    }

    @Test func manyBackslashesEndInAnOpenQuote() {
        let text = "v;a=\"" + String(repeating: "\\", count: 800)
        #expect(OptionsHeader(headerValue: text).options.isEmpty)
    }
}
