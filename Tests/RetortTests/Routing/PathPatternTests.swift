// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Retort

@Suite struct PathPatternTests {
    @Test(arguments: [
        ("/", []), ("/posts", []), ("/posts/", []), ("/posts/{id}", ["id"]), ("/v{major}.{minor}", ["major", "minor"]),
        ("/files/{path...}", ["path"]), ("/User:{name...}", ["name"]), ("/{{literal}}/{a}", ["a"]),
        ("/{{{a}}}", ["a"]), ("/café/{_x1}", ["_x1"]), ("/a//b", []), ("/.{format}", ["format"]), ("/a b", []),
    ])
    func patternsAreReadAndWrittenBack(text: String, names: [String]) throws {
        let pattern = try PathPattern(parsing: text)
        #expect(pattern.variableNames == names)
        #expect(pattern.description == text)
        #expect(try PathPattern(parsing: pattern.description) == pattern)
    }

    @Test(arguments: [
        ("", 0, "starts with a slash"), ("posts", 0, "Write \"/posts\""), ("/{id", 1, "never closed"),
        ("/id}", 3, "closes nothing"), ("/{}", 1, "no name"), ("/{...}", 1, "no name"),
        ("/{a}/{a}", 5, "stands twice"), ("/{a}{b}", 4, "Put a literal between them"),
        ("/{a...}/b", 7, "nothing can follow"), ("/{a...}/", 7, "nothing can follow"),
        ("/{a...}b", 1, "no text can follow"),
        ("/{a}-{b...}", 1, "not with another variable"), ("/{int:id}", 5, "letters, digits and _"),
        ("/{1a}", 2, "does not start with a digit"), ("/{a b}", 3, "letters, digits and _"), ("/a?b", 2, "query"),
        ("/a#b", 2, "fragment"), ("/a%20b", 2, "write the character itself"), ("/a\nb", 2, "control characters"),
        ("/a/../b", 3, "never matches"), ("/.", 1, "never matches"), ("//a", 1, "two slashes"),
        ("//", 1, "two slashes"),
        ("/{é}", 2, "letters, digits and _"), ("/{a}{{", 4, nil),
    ])
    func mistakesAreNamedWithTheirPlace(text: String, position: Int, sentence: String?) throws {
        guard let sentence else {
            #expect(throws: Never.self) { try PathPattern(parsing: text) }
            return
        }
        let error = #expect(throws: RoutingError.self) { try PathPattern(parsing: text) }
        #expect(error?.code == .malformedPattern)
        #expect(error?.position == position)
        #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [
        "/" + String(repeating: "a", count: 4_096), String(repeating: "/a", count: 257),
        (0...64).map { "/{a\($0)}" }.joined(),
    ])
    func sizesHaveLimits(text: String) {
        let error = #expect(throws: RoutingError.self) { try PathPattern(parsing: text) }
        #expect(error?.code == .limitExceeded)
    }

    @Test(arguments: [
        ("/blog", "/{id}", "/blog/{id}"), ("/blog/", "/{id}", "/blog/{id}"), ("/blog", "/", "/blog/"),
        ("/", "/a", "/a"),
        ("/", "/", "/"), ("/{{x}}", "/{a}", "/{{x}}/{a}"),
    ])
    func prefixesArePutInFront(prefix: String, pattern: String, whole: String) throws {
        #expect(try PathPattern(parsing: prefix).appending(PathPattern(parsing: pattern)).description == whole)
    }

    @Test(arguments: [("/{a}", "/{a}"), ("/{a...}", "/b")])
    func prefixesMustFit(prefix: String, pattern: String) {
        #expect(throws: RoutingError.self) { try PathPattern(parsing: prefix).appending(PathPattern(parsing: pattern)) }
    }

    @Test func aMalformedLiteralStopsTheProgram() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let pattern: PathPattern = "/posts/{id"
            print(pattern)
        }
        let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(text.contains("Write {name}, or {{ for the brace itself."))
    }
}

@Suite struct HostPatternTests {
    @Test(arguments: [
        ("www.example.com", "www.example.com"), ("WWW.Example.COM", "www.example.com"),
        ("{user}.example.com", "{user}.example.com"), ("www.{domain...}", "www.{domain...}"),
        ("xn--caf-dma.example", "xn--caf-dma.example"),
    ])
    func patternsAreReadInLowerCase(text: String, expected: String) throws {
        #expect(try HostPattern(parsing: text).description == expected)
    }

    @Test(arguments: [
        ("", "empty"), ("example.com:80", "no port"), ("café.example", "xn--"), ("a/b", "letters, digits"),
        ("{a...}.{b...}", "only one variable"), ("{a}{b}.c", "Put a literal between them"),
        ("{a.example", "never closed"),
    ])
    func mistakesAreNamed(text: String, sentence: String) {
        let error = #expect(throws: RoutingError.self) { try HostPattern(parsing: text) }
        #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [
        ("Example.COM", "example.com"), ("example.com:8080", "example.com"), ("example.com.", "example.com"),
        ("[2001:db8::A]:80", "[2001:db8::a]"), ("[2001:db8::a]", "[2001:db8::a]"), ("", ""), (":80", ""), ("[", "["),
    ])
    func hostsOfRequestsAreNormalized(host: String, expected: String) {
        #expect(HostText.normalized(host.utf8.span) == expected)
    }
}
