// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Retort
import RetortWire
import Testing

@Suite struct FieldPatternTests {
    @Test(arguments: [
        ("abc", ["abc"], ["", "ab", "abcd", "xabc"]),
        ("^a$", ["a"], ["", "aa"]),
        ("", [""], ["a"]),
        ("a|bc|", ["a", "bc", ""], ["b", "abc"]),
        ("[a-z][a-z0-9-]*", ["a", "a-1", "z9"], ["", "9a", "-", "A", "a_"]),
        ("[^,]+", ["a", "a b"], ["", "a,b"]),
        ("[\\]x]+", ["x", "]]"], ["", "[x"]),
        ("(?:ab)+c?", ["ab", "abab", "ababc"], ["", "c", "abcab"]),
        ("(a|b){2,3}", ["ab", "bba"], ["a", "abab"]),
        ("\\d{4}-\\d\\d", ["2026-01"], ["26-01", "2026-1"]),
        ("\\w+@\\w+\\.[a-z]{2,}", ["ada@example.org"], ["ada@example", "@example.org"]),
        ("a.c", ["abc", "a€c", "a\u{1F600}c"], ["ac", "a\nc"]),
        ("x*y*", ["", "xxyy", "x", "y"], ["yx"]),
        ("(x+)+y", ["xxy"], ["xx", "y"]),
        ("a{0,2}", ["", "a", "aa"], ["aaa"]),
        ("a{3}", ["aaa"], ["aa", "aaaa"]),
        ("a{2,}", ["aa", "aaaaa"], ["a"]),
        ("[\\d.]+", ["1.5"], ["1,5"]),
        ("a\\$", ["a$"], ["a"]),
        ("[é-ü]", ["ö"], ["o"]),
    ])
    func textsFitAsAWhole(pattern: String, fit: [String], others: [String]) throws {
        let pattern = try FieldPattern(parsing: pattern)
        for text in fit { #expect(pattern.matches(text), "\(pattern) and \(text)") }
        for text in others { #expect(!pattern.matches(text), "\(pattern) and \(text)") }
    }

    @Test(arguments: [
        "(", ")", "a)", "[a", "*", "+a", "a**", "a{", "a{x}", "a{2", "a{3,2}", "a{2000}", "\\", "\\q", "\\1", "(?=a)",
        "[z-a]", "a^b", "[\\D]", "((a{1000}){1000}){1000}", String(repeating: "(", count: 60),
    ])
    func whatCannotBeReadIsRefused(pattern: String) {
        #expect(throws: PatternError.self) { try FieldPattern(parsing: pattern) }
    }

    @Test func documentsGetThePatternWithItsEnds() throws {
        #expect(try FieldPattern(parsing: "[a-z]+").text == "^[a-z]+$")
        #expect(try FieldPattern(parsing: "^a$").text == "^a$")
        #expect(try FieldPattern(parsing: "a|b").text == "^(?:a|b)$")
    }

    /// The same answers as the engine of the standard library, over all short texts of a small alphabet.
    @Test(arguments: [
        "a*b|c", "(ab|a)(bc|c)?", "a?a?a?aaa", "[ab]{1,2}c*", "(a|b)*abb", "((a|b)c?)+", "(a*)*b", "a{0,0}b",
    ])
    func agreesWithTheStandardLibrary(pattern: String) throws {
        let own = try FieldPattern(parsing: pattern)
        let other = try Regex(pattern)
        var texts = [""]
        for _ in 0..<5 { texts += texts.flatMap { text in ["a", "b", "c"].map { text + $0 } } }
        for text in Set(texts) {
            #expect(own.matches(text) == (text.wholeMatch(of: other) != nil), "\(pattern) and \(text)")
        }
    }

    @Test func timeIsLinear() throws {
        let pattern = try FieldPattern(parsing: "(a*)*(a|aa)+(a?){20}b")
        let short = String(repeating: "a", count: 5_000)
        let long = short + short
        let clock = ContinuousClock()
        #expect(!pattern.matches(short))
        let times = (0..<3).map { _ in
            (clock.measure { #expect(!pattern.matches(short)) }, clock.measure { #expect(!pattern.matches(long)) })
        }
        let ratio = try #require(times.map { $0.1 / $0.0 }.min())
        #expect(ratio < 3.5)
    }
}
