// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortTemplates

@Suite struct NumberWordsTests {
    @Test(arguments: [
        ("0", "0"), ("100", "100"), ("1000", "1,000"), ("10123", "10,123"), ("1000000", "1,000,000"),
        ("1234567.1234567", "1,234,567.1234567"), ("-1234567", "-1,234,567"), ("999.5", "999.5"), ("abc", "abc"),
        ("", ""),
        ("12345 euros", "12,345 euros"),
    ])
    func commasPartGroupsOfThree(text: String, result: String) { #expect(NumberWords.intcomma(text) == result) }

    @Test func longNumbersStayAsTheyAre() {
        let digits = String(repeating: "1", count: 500)
        #expect(NumberWords.intcomma(digits) == digits)
    }

    @Test(arguments: [
        (999_999, nil), (1_000_000, "1.0 million"), (1_200_000, "1.2 million"), (1_290_000, "1.3 million"),
        (999_960_000, "1.0 billion"), (-8_100_000_000, "-8.1 billion"), (Int.max, "9.2 quintillion"),
        (Int.min, "-9.2 quintillion"),
    ])
    func largeNumbersHaveNames(number: Int, words: String?) { #expect(NumberWords.intword(number) == words) }

    @Test(arguments: [
        (1, "", "s", ""), (1, "", "es", ""), (2, "es", "es", "es"), (1, "y", "y,ies", "ies"), (2, "ies", "y,ies", ""),
    ])
    func endingsFollowTheCount(count: Int, ending: String, endings: String, unused: String) {
        #expect(NumberWords.pluralize(isOne: count == 1, endings) == (count == 1 && ending == "" ? "" : ending))
    }

    @Test func threeEndingsAreNoEnding() { #expect(NumberWords.pluralize(isOne: false, "a,b,c") == "") }

    @Test(arguments: [
        (123, 1, 3), (123, 2, 2), (123, 3, 1), (123, 4, 0), (123, 0, 123), (123, -1, 123), (Int.min, 1, 8),
    ])
    func digitsAreCountedFromTheRight(number: Int, place: Int, digit: Int) {
        #expect(NumberWords.digit(number, place) == digit)
    }

    @Test(arguments: [(1, "1st"), (22, "22nd"), (103, "103rd"), (12, "12th"), (-3, "-3"), (0, "0th")])
    func ordinals(number: Int, text: String) { #expect(NumberWords.ordinal(number) == text) }

    @Test(arguments: [(1, "one"), (9, "nine"), (10, "10"), (0, "0"), (-1, "-1")])
    func smallNumbersAreWords(number: Int, text: String) { #expect(NumberWords.apnumber(number) == text) }

    @Test func lettersOfATelephoneAreDigits() {
        #expect(NumberWords.phone2numeric("0800 flowers-Z é") == "0800 3569377-9 é")
    }
}

@Suite struct DecimalTextTests {
    @Test(arguments: [
        (7.7, 0, "8"), (7.7, 1, "7.7"), (7.7, 3, "7.700"), (34.23234, 2, "34.23"), (2.675, 2, "2.68"), (0.5, 0, "1"),
        (1.5, 0, "2"), (-0.5, 0, "-1"), (-0.4, 0, "0"), (0.000_01, 6, "0.000010"), (0.000_01, 3, "0.000"),
        (0.0006, 3, "0.001"), (9.99, 1, "10.0"), (99.999, 2, "100.00"), (1e21, 0, "1000000000000000000000"),
        (1.23e-7, 9, "0.000000123"), (123_456.789, 2, "123456.79"), (0, 2, "0.00"), (.nan, 2, "nan"),
        (.infinity, 2, "inf"), (-.infinity, 2, "-inf"), (1e300, 0, "1" + String(repeating: "0", count: 300)),
    ])
    func numbersHaveSoManyDecimals(number: Double, places: Int, text: String) {
        #expect(DecimalText.fixed(number, places: places) == text)
    }
}

@Suite struct SlugTests {
    @Test(arguments: [
        ("Hello, World!", "hello-world"), ("Crème brûlée!", "creme-brulee"), ("  a  b  ", "a-b"), ("a--b - c", "a-b-c"),
        ("__init__", "init"), ("Straße", "strasse"), ("Łódź", "lodz"), ("Ｆｕｌｌ", "full"), ("日本", ""),
        ("un_der", "un_der"),
        ("Æsop's", "aesops"), ("-x-", "x"), ("e\u{301}", "e"), ("1 + 1 = 2", "1-1-2"), ("", ""),
    ])
    func slugsAreASCII(text: String, slug: String) { #expect(Slug.slug(text) == slug) }
}

@Suite struct TextLayoutTests {
    @Test(arguments: [
        ("line 1", "<p>line 1</p>"), ("line 1\nline 2", "<p>line 1<br>line 2</p>"),
        ("a\n\nb\r\rc", "<p>a</p>\n\n<p>b</p>\n\n<p>c</p>"), ("a\r\n\r\nb", "<p>a</p>\n\n<p>b</p>"), ("", "<p></p>"),
    ])
    func emptyLinesPartParagraphs(text: String, markup: String) { #expect(TextLayout.lineBreaks(text) == markup) }

    @Test func eachLineEndBecomesABreak() { #expect(TextLayout.lineBreaksBR("a\r\nb\rc\nd") == "a<br>b<br>c<br>d") }

    @Test func linesAreNumbered() {
        let text = (1...10).map { _ in "x" }.joined(separator: "\n")
        #expect(TextLayout.lineNumbers(text).hasPrefix("01. x\n02. x\n"))
        #expect(TextLayout.lineNumbers(text).hasSuffix("\n10. x"))
    }

    @Test(arguments: [
        ("A sentence with a few words in it", 1, "A …"), ("A sentence", 2, "A sentence"), ("  a   b  c ", 2, "a b …"),
        ("a", 0, ""), ("", 3, ""), ("a b", -1, ""),
    ])
    func wordsAreCounted(text: String, count: Int, result: String) {
        #expect(TextLayout.truncateWords(text, count) == result)
    }

    @Test(arguments: [
        ("Testing", 7, "Testing"), ("Testing", 5, "Test…"), ("Testing", 1, "…"), ("e\u{301}a\u{301}b", 2, "e\u{301}…"),
        ("x", 0, ""),
    ])
    func charactersAreCounted(text: String, count: Int, result: String) {
        #expect(TextLayout.truncateCharacters(text, count) == result)
    }

    @Test func textIsJustified() {
        #expect(TextLayout.justify("é", 3, left: true) == "é  ")
        #expect(TextLayout.justify("é", 3, left: false) == "  é")
        #expect(TextLayout.justify("long", 3, left: false) == "long")
        #expect(TextLayout.justify("", .max, left: true).utf8.count == 10_000)
    }

    @Test func partsAreCut() {
        #expect(TextLayout.cut("a string to be mangled", " ") == "astringtobemangled")
        #expect(TextLayout.cut("aaa", "aa") == "a")
        #expect(TextLayout.cut("a\r\nb", "\n") == "a\rb")
        #expect(TextLayout.cut("x", "") == "x")
    }

    @Test func quotesGetBackslashes() { #expect(TextLayout.addSlashes(#"I'm "\x""#) == #"I\'m \"\\x\""#) }

    @Test func scriptsCannotBeLeft() {
        #expect(TextLayout.escapeScript("</script>\n'\u{2028}é") == #"\u003C/script\u003E\u000A\u0027\u2028é"#)
    }

    @Test func firstLettersBecomeCapitals() {
        #expect(TextLayout.capitalizeFirst("über uns") == "Über uns")
        #expect(TextLayout.capitalizeFirst("") == "")
    }
}

@Suite struct MarkupTruncationTests {
    @Test(arguments: [
        ("<p>one <a href='#'>two - three <br>four</a> five</p>", 0, ""),
        ("<p>one <a href='#'>two - three <br>four</a> five</p>", 2, "<p>one <a href='#'>two …</a></p>"),
        (
            "<p>one <a href='#'>two - three <br>four</a> five</p>", 5,
            "<p>one <a href='#'>two - three <br>four …</a></p>"
        ),
        (
            "<p>one <a href='#'>two - three <br>four</a> five</p>", 6,
            "<p>one <a href='#'>two - three <br>four</a> five</p>"
        ),
        ("<b title='a > b'>x y</b>", 1, "<b title='a > b'>x …</b>"), ("a <!-- c d --> b c", 2, "a <!-- c d --> b …"),
        ("x &lt; y", 2, "x &lt; …"), ("<i>", 1, "<i>"), ("a <", 3, "a <"), ("</p>a b", 1, "</p>a …"),
    ])
    func wordsOfMarkup(markup: String, count: Int, result: String) {
        #expect(MarkupTruncation.truncate(markup, count, .words) == result)
    }

    @Test(arguments: [
        ("<p>one</p>", 3, "<p>one</p>"), ("<p>one two</p>", 5, "<p>one …</p>"), ("<b>é&amp;x</b>", 2, "<b>é…</b>"),
        ("<b>é&amp;x</b>", 3, "<b>é&amp;x</b>"), ("<b>a</b>bc", 2, "<b>a</b>…"), ("abc", 1, "…"),
    ])
    func charactersOfMarkup(markup: String, count: Int, result: String) {
        #expect(MarkupTruncation.truncate(markup, count, .characters) == result)
    }

    @Test func deepMarkupIsCut() {
        let deep = String(repeating: "<b>", count: 5000) + "x"
        let result = MarkupTruncation.truncate(deep, 10, .words)
        #expect(result.utf8.count < 10_000)
        #expect(result.hasSuffix("</b>"))
    }
}
