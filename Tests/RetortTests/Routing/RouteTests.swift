// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Retort

@Suite struct RouteTests {
    static let post: Route<String, Int> = "/posts/{slug}/{id}"
    static let home: Route<> = "/"
    static let version: Route<Int, Int> = "/v{major}.{minor}"
    static let file: Route<RestOfPath> = "/files/{path...}"
    static let page: Route<String> = "/wiki/{name...}"
    static let tag: Route<String> = "/tag/{tag}"
    static let paint: Route<Color, Bool> = "/paint/{color}/{bright}"

    @Test func urlsTakeTheValuesInOrder() throws {
        #expect(try Self.post.url("hello", 3) == "/posts/hello/3")
        #expect(Self.home.url() == "/")
        #expect(Self.version.url(1, -2) == "/v1.-2")
        #expect(try Self.paint.url(.red, true) == "/paint/red/true")
        #expect(try Self.file.url(#require(RestOfPath(segments: ["a/b", "c d"]))) == "/files/a%2Fb/c%20d")
        #expect(try Self.page.url("a/b//c") == "/wiki/a/b//c")
    }

    @Test(arguments: [
        ("c++", "/tag/c++"), ("a/b", "/tag/a%2Fb"), ("a b", "/tag/a%20b"), ("é", "/tag/%C3%A9"),
        ("!$&'()*+,:;=@", "/tag/!$&'()*+,:;=@"), ("?#%[]", "/tag/%3F%23%25%5B%5D"), ("-._~", "/tag/-._~"),
        ("\"<>\\^`{|}", "/tag/%22%3C%3E%5C%5E%60%7B%7C%7D"), ("...", "/tag/..."), ("\r\n", "/tag/%0D%0A"),
    ])
    func pathsAreEncoded(text: String, expected: String) throws { #expect(try Self.tag.url(text) == expected) }

    @Test(arguments: ["", ".", "..", "a\0b"])
    func unfitTextIsRefused(text: String) {
        let error = #expect(throws: BuildError.self) { try Self.tag.url(text) }
        #expect(error?.code == .unfitValue)
    }

    @Test(arguments: ["", "/a", "a/../b", "a/."])
    func unfitRestsAreRefused(text: String) {
        let error = #expect(throws: BuildError.self) { try Self.page.url(text) }
        #expect(error?.code == .unfitValue)
    }

    @Test func queryAnchorAndBaseAreOptional() {
        let route: Route<Int> = "/posts/{id}"
        #expect(route.url(1, query: [("q", "a b&c=d+é"), ("q", "")]) == "/posts/1?q=a+b%26c%3Dd%2B%C3%A9&q=")
        #expect(route.url(1, anchor: "top x") == "/posts/1#top%20x")
        #expect(route.url(1, query: [("a", "1")], anchor: "b") == "/posts/1?a=1#b")
        #expect(route.url(1, anchor: "") == "/posts/1")
        #expect(route.url(1, base: "https://example.com/app/") == "https://example.com/app/posts/1")
        #expect(route.url(1, base: "/app") == "/app/posts/1")
    }

    @Test func literalsAreEncodedToo() throws {
        let route: Route<Int> = "/café {{x}}/{id}"
        #expect(route.url(1) == "/caf%C3%A9%20%7Bx%7D/1")
    }

    @Test func whatIsWrittenIsFound() throws {
        let router = try Router([
            ("post", "/posts/{slug}/{id}", "string int"), ("tag", "/tag/{tag}", ""), ("file", "/files/{path...}", ""),
        ])
        for text in ["a", "a b", "a/b", "é", "%41", "?", "a%2Fb", "..a", "+", "\\", "{}"] {
            #expect(router.answer(try Self.tag.url(text)) == "tag \(text)")
            #expect(router.answer(try Self.post.url(text, 7)) == "post \(text) 7")
        }
    }

    @Test func typesMustFitTheVariables() {
        #expect(throws: RoutingError.self) { try Route<Int>(parsing: "/posts") }
        #expect(throws: RoutingError.self) { try Route<Int>(parsing: "/posts/{a}/{b}") }
        #expect(throws: RoutingError.self) { try Route<Int>(parsing: "/posts/{a...}") }
        #expect(throws: RoutingError.self) { try Route<RestOfPath>(parsing: "/posts/{a}") }
        #expect(throws: Never.self) { try Route<Substring>(parsing: "/posts/{a...}") }
    }

    @Test func theSentenceSaysHowToMendIt() {
        let error = #expect(throws: RoutingError.self) { try Route<Int, String>(parsing: "/posts/{id}") }
        #expect(
            error?.message == "\"/posts/{id}\" has 1 variable ({id}), and the handler takes 2 values (Int, String). "
                + "Give each variable one argument, in the same order.")
    }

    @Test func aRouteWithTheWrongTypesStopsTheProgram() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let route: Route<Int, Int> = "/posts/{id}"
            print(route)
        }
        let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(text.contains("Give each variable one argument, in the same order."))
    }
}
