// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

@Suite struct ETagTests {
    @Test(arguments: [
        ("\"foo\"", "foo", false), ("W/\"foo\"", "foo", true), ("w/\"foo\"", "foo", true), ("foo", "foo", false),
        ("W/foo", "foo", true), ("\"\"", "", false), (" \"a b\" ", "a b", false), ("\"a,b\"", "a,b", false),
        ("\"é\"", "é", false),
    ])
    func tagsAreParsed(text: String, tag: String, isWeak: Bool) {
        let parsed = ETag(headerValue: text)
        #expect(parsed?.tag == tag)
        #expect(parsed?.isWeak == isWeak)
    }

    @Test(arguments: [
        "", " ", "\"", "\"a\"b\"", "a\"b", "\"a\nb\"", "\"a\u{7F}\"", String(repeating: "a", count: 10_001),
    ])
    func whatIsNoTagIsRefused(text: String) {
        #expect(ETag(headerValue: text) == nil)
    }

    @Test(arguments: ["a\"b", "a\r\nb", "\u{0}", "\u{7F}"])
    func aTagThatCannotBeWrittenIsAnError(text: String) {
        #expect(throws: WireError.self) { try ETag(text) }
    }

    @Test func tagsAreWritten() throws {
        #expect(try ETag("foo").headerValue == "\"foo\"")
        #expect(try ETag("foo", isWeak: true).headerValue == "W/\"foo\"")
        #expect(try ETag("foo").weakened.headerValue == "W/\"foo\"")
    }

    // Source: RFC 9110 §8.8.3.2, table 3.
    @Test(arguments: [
        ("W/\"1\"", "W/\"1\"", false, true), ("W/\"1\"", "W/\"2\"", false, false), ("W/\"1\"", "\"1\"", false, true),
        ("\"1\"", "\"1\"", true, true),
    ])
    func tagsAreComparedStronglyAndWeakly(first: String, second: String, strong: Bool, weak: Bool) throws {
        let first = try #require(ETag(headerValue: first))
        let second = try #require(ETag(headerValue: second))
        #expect(first.stronglyMatches(second) == strong)
        #expect(second.stronglyMatches(first) == strong)
        #expect(first.weaklyMatches(second) == weak)
        #expect(second.weaklyMatches(first) == weak)
    }

    @Test func tagsOfOtherBytesDiffer() throws {
        #expect(try ETag("e\u{301}") != ETag("\u{E9}"))
        #expect(try !ETag("\u{212A}").weaklyMatches(ETag("K")))
        #expect(try Set([ETag("e\u{301}"), ETag("\u{E9}"), ETag("\u{E9}")]).count == 2)
    }

    @Test(arguments: [
        ("*", true, [], []), ("\"foo\"", false, ["foo"], []),
        ("\"foo\", \"bar\", W/\"baz\", blar", false, ["foo", "bar", "blar"], ["baz"]),
        ("W/\"foo\"", false, [], ["foo"]), ("", false, [], []), (",, ,", false, [], []),
        ("\"a,b\" , \"c\"", false, ["a,b", "c"], []),
        ("\"a\" x, \"b\"", false, ["b"], []), ("\"a, \"b\"", false, ["b"], []), ("\"a, b", false, ["b"], []),
        ("a b, c", false, ["c"], []),
        (" * ", false, ["*"], []),
        ("\"a\", *", false, ["a", "*"], []), ("W/", false, ["W/"], []), ("w/x", false, [], ["x"]),
        ("\"a\"\t,\t\"b\"", false, ["a", "b"], []),
        ("W/\"", false, [], []), ("\"\"", false, [""], []),
    ])
    func setsAreParsed(text: String, isAny: Bool, strong: [String], weak: [String]) {
        let set = ETagSet(headerValue: text)
        guard case .tags(let tags) = set else {
            #expect(isAny)
            return
        }
        #expect(!isAny)
        #expect(tags.filter { !$0.isWeak }.map(\.tag) == strong)
        #expect(tags.filter(\.isWeak).map(\.tag) == weak)
        #expect(set.isEmpty == (strong.isEmpty && weak.isEmpty))
    }

    @Test func setsAreWrittenAndAsked() throws {
        let set = ETagSet(headerValue: "\"a\",W/\"b\"")
        #expect(set.headerValue == "\"a\", W/\"b\"")
        #expect(ETagSet.any.headerValue == "*")
        #expect(try set.stronglyContains(ETag("a")))
        #expect(try !set.stronglyContains(ETag("b")))
        #expect(try !set.stronglyContains(ETag("a", isWeak: true)))
        #expect(try set.weaklyContains(ETag("a", isWeak: true)))
        #expect(try set.weaklyContains(ETag("b")))
        #expect(try !set.weaklyContains(ETag("c")))
        #expect(try ETagSet.any.weaklyContains(ETag("c")))
        #expect(try ETagSet.any.stronglyContains(ETag("c")))
    }

    @Test func aSetThatIsTooLongIsEmpty() {
        #expect(ETagSet(headerValue: String(repeating: "\"a\",", count: 2501)).isEmpty)
        #expect(!ETagSet(headerValue: String(repeating: "\"a\",", count: 2500)).isEmpty)
    }

    @Test func contentOfAnyLengthHasATagOfItsOwn() {
        var tags: Set<ETag> = []
        for count in 0...70 {
            tags.insert(ETag(hashing: [UInt8](repeating: 0, count: count)))
            tags.insert(ETag(hashing: [UInt8](repeating: 1, count: count)))
            tags.insert(ETag(hashing: (0..<count).map { UInt8($0) }))
        }
        // Without content all three are the same, and one zero byte is also the first of the counted ones.
        #expect(tags.count == 71 * 3 - 3)
        #expect(tags.allSatisfy { $0.tag.utf8.count == 32 && !$0.isWeak })
    }

    @Test func oneBitAnywhereChangesTheTag() {
        let content = (0..<64).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        var tags: Set<ETag> = [ETag(hashing: content)]
        for bit in 0..<512 {
            var other = content
            other[bit / 8] ^= 1 << UInt8(bit % 8)
            tags.insert(ETag(hashing: other))
        }
        #expect(tags.count == 513)
        #expect(ETag(hashing: content) == ETag(hashing: content))
        #expect(ETag(hashing: content, isWeak: true).isWeak)
    }

    @Test func swappedBlocksChangeTheTag() {
        let (first, second) = ([UInt8](repeating: 1, count: 16), [UInt8](repeating: 2, count: 16))
        #expect(ETag(hashing: first + second) != ETag(hashing: second + first))
        #expect(ETag(hashing: first + first) != ETag(hashing: second + second))
    }

    @Test func aDigestIsWrittenInHexadecimalDigits() {
        #expect(ETag(digest: [0x00, 0xAB, 0xFF]).headerValue == "\"00abff\"")
        #expect(ETag(digest: [1], isWeak: true).headerValue == "W/\"01\"")
    }

    @Test func aFileHasATagWithoutBeingRead() {
        let tag = ETag(fileModified: 255, size: 4096, path: "/a")
        #expect(tag.tag.utf8.starts(with: "ff-1000-".utf8))
        #expect(tag.tag.utf8.count == 8 + 16)
        #expect(tag != ETag(fileModified: 256, size: 4096, path: "/a"))
        #expect(tag != ETag(fileModified: 255, size: 4097, path: "/a"))
        #expect(tag != ETag(fileModified: 255, size: 4096, path: "/b"))
        #expect(ETag(headerValue: ETag(fileModified: -1, size: 0, path: "").headerValue) != nil)
    }

    @Test(arguments: [
        ("\"Test\"", IfRange.tag(ETag(digest: []))), ("Thu, 01 Jan 1970 00:00:00 GMT", .date(.epoch)),
    ])
    func aRangeHoldsForATagOrADate(text: String, kind: IfRange) {
        let parsed = IfRange(headerValue: text)
        switch (parsed, kind) {
        case (.tag(let tag)?, .tag): #expect(tag.tag == "Test")
        case (.date(let date)?, .date): #expect(date == .epoch)
        default: Issue.record("another kind")
        }
        #expect(parsed?.headerValue == text)
    }

    @Test func aRangeHoldsForTheVeryStateOnly() throws {
        let date = HTTPDate(secondsSince1970: 5)
        let tag = try ETag("a")
        #expect(IfRange.tag(tag).matches(tag, lastModified: nil))
        #expect(!IfRange.tag(tag).matches(nil, lastModified: date))
        #expect(!IfRange.tag(tag).matches(tag.weakened, lastModified: date))
        #expect(!IfRange.tag(tag.weakened).matches(tag, lastModified: date))
        #expect(IfRange.date(date).matches(tag, lastModified: date))
        #expect(!IfRange.date(date).matches(tag, lastModified: HTTPDate(secondsSince1970: 4)))
        #expect(!IfRange.date(date).matches(tag, lastModified: nil))
        #expect(IfRange(headerValue: "invalid_unquoted") == .tag(try ETag("invalid_unquoted")))
        #expect(IfRange(headerValue: "") == nil)
        #expect(IfRange(headerValue: "W/\"Test\"") == .tag(try ETag("Test", isWeak: true)))
    }
}
