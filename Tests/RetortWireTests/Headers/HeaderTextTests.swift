// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

@Suite struct HeaderTextTests {
    @Test(arguments: [
        ("token", "token"), ("", "\"\""), ("two words", "\"two words\""), ("a\"b", "\"a\\\"b\""),
        ("a\\b", "\"a\\\\b\""), ("a/b", "\"a/b\""), ("é", "\"é\""), ("a,b", "\"a,b\""),
        ("!#$%&'*+-.^_`|~", "!#$%&'*+-.^_`|~"),
        ("tab\there", "\"tab\there\""), ("a=b", "\"a=b\""), ("😀", "\"😀\""),
    ])
    func textsThatAreNoTokensAreQuoted(text: String, quoted: String) {
        #expect(HeaderText.quoted(text) == quoted)
        #expect(HeaderText.unquoted(quoted) == text)
    }

    @Test func aTokenIsQuotedWhereItMustBe() {
        #expect(HeaderText.quoted("token", allowingToken: false) == "\"token\"")
    }

    @Test(arguments: ["a\r\nSet-Cookie: b", "a\nb", "a\rb", "a\u{0}b", "a\u{7F}b", "\u{1B}[31m"])
    func quotingNeverWritesAControlByte(text: String) {
        let quoted = HeaderText.quoted(text)
        #expect(quoted.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
        #expect(quoted.utf8.count == text.utf8.count + 2)
    }

    @Test(arguments: [
        ("a", "a"), ("\"a\"", "a"), ("\"a", "\"a"), ("a\"", "a\""), ("\"", "\""), ("\"\"", ""), ("", ""),
        ("\"a\\\"b\"", "a\"b"), ("\"a\\b\"", "ab"), ("\"a\\\\b\"", "a\\b"), ("\"a\\\"", "a\\"), ("\"\\\\\"", "\\"),
        ("\"\\é\"", "é"),
    ])
    func quotesAndEscapesAreTakenOff(text: String, unquoted: String) {
        #expect(HeaderText.unquoted(text) == unquoted)
    }

    @Test(arguments: [
        ("", []), ("a", ["a"]), ("a, b", ["a", "b"]), ("a,b,c", ["a", "b", "c"]), ("a, ,,b,", ["a", "b"]),
        (" a\t,\tb ", ["a", "b"]), ("a b, \"c, d\"", ["a b", "c, d"]), ("\"a\", \"b\\\"c\"", ["a", "b\"c"]),
        ("a, \"b, c\", \"d, e", []), ("\"", []), ("\"\"", [""]), (",,,", []), ("a=\"b, c\"", ["a=\"b, c\""]),
        ("a\"b,c\"d, e", ["a\"b,c\"d", "e"]), ("\"a\" b \"c\"", ["a\" b \"c"]), ("\\\"a, b\\\"", []),
        ("\"a\\\\\", b", ["a\\", "b"]), ("\"a\\\", b", []), ("é, ü", ["é", "ü"]),
    ])
    func itemsAreSplitAtCommasOutsideQuotes(text: String, items: [String]) {
        #expect(HeaderText.parseList(text) == items)
    }

    @Test func aListThatIsTooLongHasNoItems() {
        let text = String(repeating: "a,", count: 5000)
        #expect(HeaderText.parseList(text).count == 5000)
        #expect(HeaderText.parseList(text + "a").isEmpty)
        #expect(HeaderText.parseList(text + "a", limit: 20_000).count == 5001)
        #expect(HeaderText.parseList("a,b", limit: 2).isEmpty)
    }

    @Test(arguments: [
        ([], ""), (["a"], "a"), (["a", "b c"], "a, \"b c\""), (["1", "2", "3"], "1, 2, 3"),
        (["a,b", "\""], "\"a,b\", \"\\\"\""),
        ([""], "\"\""),
    ])
    func aListIsWrittenAndReadAgain(items: [String], text: String) {
        #expect(HeaderText.printList(items) == text)
        #expect(HeaderText.parseList(text) == items)
    }
}
