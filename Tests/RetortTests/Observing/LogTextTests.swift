// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Retort

@Suite struct LogTextTests {
    @Test(arguments: [
        ("/plain path", "/plain path"), ("äöü 漢字", "äöü 漢字"), ("a\nb", "a\\u{a}b"), ("a\r\nb", "a\\u{d}\\u{a}b"),
        ("\u{1b}[31m", "\\u{1b}[31m"), ("\u{9b}31m", "\\u{9b}31m"), ("\u{85}", "\\u{85}"), ("\0", "\\u{0}"),
        ("\u{7f}", "\\u{7f}"), ("a\u{2028}b\u{2029}", "a\\u{2028}b\\u{2029}"), ("\u{202e}txt", "\\u{202e}txt"),
        ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"), ("\\u{a}", "\\\\u{a}"), ("\"", "\""), ("", ""),
        ("e\u{301}\n", "e\u{301}\\u{a}"),
    ])
    func whatCouldBeginALineIsEscaped(_ text: String, _ expected: String) {
        let result = LogText.escaped(text)
        #expect(Array(result.utf8) == Array(expected.utf8))
    }

    @Test func quotesAreEscapedWhereTheTextIsQuoted() {
        #expect(LogText.escaped("a\"b\\", quoting: true) == "a\\\"b\\\\")
    }

    @Test func longTextsAreCut() {
        #expect(LogText.escaped(String(repeating: "x", count: 10), limit: 10).utf8.count == 10)
        #expect(
            LogText.escaped(String(repeating: "x", count: 11), limit: 10) == String(repeating: "x", count: 10) + "…")
        #expect(LogText.escaped("äääää", limit: 5) == "äääää")
    }
}
