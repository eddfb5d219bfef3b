// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

@testable import Retort

@Suite struct RouterMatchingTests {
    static let site: [Rule] = [
        ("index", "/", ""), ("int", "/{blub}", "int"), ("text", "/{blub}", ""), ("nested", "/foo/", ""),
        ("nestedbar", "/foobar/", ""), ("show", "/foo/{testing}/edit", ""), ("users", "/users/", ""),
        ("page", "/users/page/{page}", "int"), ("foox", "/foox", ""), ("rest", "/{bar...}", ""),
    ]

    @Test(arguments: [
        ("/", "index"), ("/42", "int 42"), ("/blub", "text blub"), ("/foo/", "nested"), ("/foobar/", "nestedbar"),
        ("/foo/1/edit", "show 1"), ("/foo/1/2/3/edit", "rest foo/1/2/3/edit"), ("/users/page/2", "page 2"),
        ("/users/page/x", "rest users/page/x"), ("/foox", "foox"), ("/a/b/", "rest a/b/"), ("/-5", "int -5"),
        ("/99999999999999999999", "text 99999999999999999999"), ("/+5", "text +5"), ("/5.0", "text 5.0"), ("", "index"),
    ])
    func theNarrowestRouteAnswers(path: String, expected: String) throws {
        #expect(try Router(Self.site).answer(path) == expected)
    }

    @Test func theOrderOfRegistrationDoesNotCount() throws {
        let paths = ["/", "/42", "/x", "/foo", "/foo/", "/foo/1/edit", "/foo/1/x", "/users", "/foox", "/foox/", "//"]
        let expected = try paths.map { try Router(Self.site).answer($0) }
        var random = SplitMix(seed: 1)
        for _ in 0..<20 {
            let router = try Router(Self.site.shuffled(using: &random))
            #expect(paths.map { router.answer($0) } == expected)
        }
    }

    static let wiki: [Rule] = [
        ("special", "/Special", ""), ("year", "/{year}", "int"), ("talk", "/Talk:{name...}", ""),
        ("user", "/User:{username}", ""), ("userpage", "/User:{username}/{name...}", ""),
        ("comment", "/User:{username}/comment/{id}-{replyId}", "string int int"), ("files", "/Files/{file...}", ""),
        ("admin", "/{admin}/{manage}/{things}", ""), ("edit", "/{name}/edit", ""), ("page", "/{name...}", ""),
    ]

    @Test(arguments: [
        ("/Special", "special"), ("/2007", "year 2007"), ("/Some/edit", "edit Some"), ("/Talk:Foo/Bar", "talk Foo/Bar"),
        ("/User:thomas", "user thomas"), ("/User:thomas/projects/werkzeug", "userpage thomas projects/werkzeug"),
        ("/User:thomas/comment/123-456", "comment thomas 123 456"),
        ("/User:thomas/comment/123-x", "userpage thomas comment/123-x"),
        ("/Files/downloads/werkzeug/0.2.zip", "files downloads/werkzeug/0.2.zip"),
        ("/Jerry/eats/cheese", "admin Jerry eats cheese"), ("/Talk:", "page Talk:"), ("/User:", "page User:"),
        ("/a/b/c/d", "page a/b/c/d"), ("/Talk:/x", "page Talk:/x"),
    ])
    func literalsInSegmentsComeFirst(path: String, expected: String) throws {
        #expect(try Router(Self.wiki).answer(path) == expected)
    }

    @Test(arguments: [
        ("/v1.2", "two 1 2"), ("/v1.2.3", "three 1 2 3"), ("/v1", "one v1"), ("/v1.x", "file v1 x"),
        ("/archive.tar.gz", "file archive.tar gz"), ("/.gz", "one .gz"), ("/a.", "one a."), ("/x-1-2", "dash x-1 2"),
        ("/1-2-3", "dash 1-2 3"), ("/a-1.b-2", "dash a-1.b 2"), ("/color-red", "color red"),
        ("/color-5", "dash color 5"),
        ("/color-mauve", "one color-mauve"),
    ])
    func segmentsHoldSeveralVariables(path: String, expected: String) throws {
        let router = try Router([
            ("one", "/{name}", ""), ("two", "/v{a}.{b}", "int int"), ("three", "/v{a}.{b}.{c}", "int int int"),
            ("file", "/{name}.{extension}", ""), ("dash", "/{name}-{number}", "string int"),
            ("color", "/color-{color}", "color"),
        ])
        #expect(router.answer(path) == expected)
    }

    @Test func manyVariablesShareASegment() throws {
        let router = try Router([
            ("a", "/{a0}-{a1}-{a2}-{a3}-{a4}-{a5}-{a6}-{a7}-{a8}-{a9}-{a10}", String(repeating: "int ", count: 11))
        ])
        #expect(router.answer("/0-1-2-3-4-5-6-7-8-9-10") == "a 0 1 2 3 4 5 6 7 8 9 10")
        #expect(router.answer("/0-1-2-3-4-5-6-7-8-9") == "404")
    }

    @Test(arguments: [
        ("/red", "color red"), ("/9", "floor 9"), ("/2", "int 2"), ("/2.5", "double 2.5"), ("/true", "bool true"),
        ("/mauve", "text mauve"), ("/-2", "int -2"), ("/%72ed", "color red"),
    ])
    func typesAreTriedFromNarrowToWide(path: String, expected: String) throws {
        let router = try Router([
            ("text", "/{a}", ""), ("double", "/{a}", "double"), ("int", "/{a}", "int"), ("color", "/{a}", "color"),
            ("floor", "/{a}", "floor"), ("bool", "/{a}", "bool"),
        ])
        #expect(router.answer(path) == expected)
    }

    @Test(arguments: [("/a/b/c", "inner b"), ("/a/b/d", "outer a b"), ("/b/c/d", "outer b c"), ("/a/b/e", "404")])
    func aWayThatLeadsNowhereIsTakenBack(path: String, expected: String) throws {
        let router = try Router([("inner", "/a/{x}/c", ""), ("outer", "/{x}/{y}/d", "")])
        #expect(router.answer(path) == expected)
    }

    @Test func twoEnumerationsCanShareAPath() throws {
        enum Size: String, PathValue { case small, large }
        var builder = RouterBuilder<String>()
        builder.add("/{a}", types: [Color.self], value: "color")
        builder.add("/{a}", types: [Size.self], value: "size")
        let router = try builder.freeze()
        #expect(router.answer("/red") == "color red")
        #expect(router.answer("/large") == "size large")
        #expect(router.answer("/none") == "404")
    }

    @Test func theValueAndThePlaceComeBack() throws {
        var builder = RouterBuilder<Int>()
        let first = builder.add("/a/{x}", value: 10)
        let second = builder.add("/b", name: "b", value: 20)
        let router = try builder.freeze()
        guard case .found(let a, let aPlace, _) = router.match(.get, "/a/1"),
            case .found(let b, let bPlace, let values) = router.match(.get, "/b")
        else {
            Issue.record("The routes did not match.")
            return
        }
        #expect((a, aPlace, b, bPlace) == (10, first, 20, second))
        #expect(values.isEmpty)
        #expect(router.info(bPlace)?.name == "b")
    }

    @Test func anEmptyRouterFindsNothing() throws {
        let router = try RouterBuilder<String>().freeze()
        for path in ["", "/", "/a", "//", "/a%20b"] { #expect(router.answer(path) == "404") }
        #expect(router.routes.isEmpty)
    }
}

@Suite struct RouterDecodingTests {
    static let rules: [Rule] = [
        ("cafe", "/café", ""), ("plus", "/foo+bar/", ""), ("space", "/a b/{x}", ""), ("one", "/one/{x}", ""),
        ("rest", "/rest/{x...}", ""), ("brace", "/{{x}}", ""), ("percent", "/p/{x}", "int"), ("greek", "/λ/{x}", ""),
        ("word", "/войти/", ""),
    ]

    @Test(arguments: [
        ("/caf%C3%A9", "cafe"), ("/caf%c3%a9", "cafe"), ("/café", "cafe"), ("/%63af%C3%A9", "cafe"), ("/cafe", "404"),
        ("/caf%65%CC%81", "404"), ("/foo+bar/", "plus"), ("/foo%2Bbar/", "plus"), ("/foo%20bar/", "404"),
        ("/foo+bar", "308 /foo+bar/"), ("/a%20b/c", "space c"), ("/a b/c", "space c"), ("/a+b/c", "404"),
        ("/one/a%2Fb", "one a/b"), ("/one%2Fa", "404"), ("/one/a/b", "404"), ("/one/%2F", "one /"),
        ("/rest/a%2Fb/c", "rest a/b/c"), ("/rest/%2Fa", "404"), ("/%7Bx%7D", "brace"), ("/{x}", "brace"),
        ("/p/%34%32", "percent 42"), ("/p/%D9%A4", "404"), ("/%CE%BB/%CE%BB", "greek λ"), ("/one/%25", "one %"),
        ("/one/%2525", "one %25"), ("/%D0%B2%D0%BE%D0%B9%D1%82%D0%B8", "308 /%D0%B2%D0%BE%D0%B9%D1%82%D0%B8/"),
        ("/one/a%5Cb", "one a\\b"), ("/one/%0D%0A", "one \r\n"), ("/one/x%3Fy%23z", "one x?y#z"),
    ])
    func segmentsAreDecodedOneByOne(path: String, expected: String) throws {
        #expect(try Router(Self.rules).answer(path) == expected)
    }

    @Test(arguments: [
        "/%", "/%4", "/one/%zz", "/one/a%", "/one/%4g", "/%00", "/one/a%00b", "/one/%FF", "/one/%C0%AF",
        "/one/%ED%A0%80",
        "/one/%F4%90%80%80", "/one/%C3", "/%C3/%A9", "/one/%E2%82", "a", "*", "one/x", "/one/a\0b",
    ])
    func whatCannotBeReadIsRefused(path: String) throws { #expect(try Router(Self.rules).answer(path) == "400") }

    @Test func bytesThatAreNoTextAreRefused() throws {
        let router = try Router(Self.rules)
        for bytes: [UInt8] in [[0x2F, 0xFF], [0x2F, 0xC0, 0xAF], [0x2F, 0x61, 0x00], [0x2F, 0xC3, 0x2F, 0xA9]] {
            guard case .badPath(let error) = router.match(.get, host: bytes.span, path: bytes.span) else {
                Issue.record("\(bytes) was not refused.")
                continue
            }
            #expect(error.code == .malformedPath)
            #expect(error.status == 400)
        }
    }

    @Test(arguments: [
        ("/one/.", "404"), ("/one/..", "404"), ("/one/%2e%2E", "404"), ("/one/%2e", "404"), ("/one/...", "one ..."),
        ("/rest/a/../b", "404"), ("/rest/a/%2e%2e/b", "404"), ("/rest/a%2F..%2Fb", "404"), ("/rest/..", "404"),
        ("/rest/a..b", "rest a..b"), ("/one/..%2Fa", "one ../a"),
    ])
    func stepsInTheTreeMatchNoVariable(path: String, expected: String) throws {
        #expect(try Router(Self.rules).answer(path) == expected)
    }
}

/// Numbers that are the same in each run.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
