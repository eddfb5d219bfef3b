// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Retort

@Suite struct RouterSlashTests {
    static let rules: [Rule] = [
        ("index", "/", ""), ("leaf", "/leaf", ""), ("branch", "/branch/", ""), ("deep", "/a/{x}/", ""),
        ("rest", "/with/{path...}", ""), ("tail", "/no/tail", ""), ("some", "/merge/{some}/path", ""),
    ]

    @Test(arguments: [
        ("/leaf", "leaf"), ("/leaf/", "404"), ("/branch/", "branch"), ("/branch", "308 /branch/"),
        ("/a/1", "308 /a/1/"),
        ("/a/1/", "deep 1"), ("/with/x/", "rest x/"), ("/with/", "404"), ("/with", "404"),
        ("/a/%C3%A9", "308 /a/%C3%A9/"), ("/a/x%2Fy", "308 /a/x%2Fy/"), ("/a/\"<", "308 /a/%22%3C/"),
        ("/a/%41", "308 /a/A/"), ("/a/%0D%0AX", "308 /a/%0D%0AX/"), ("/a/;=", "308 /a/;=/"),
    ])
    func aMissingSlashIsRedirected(path: String, expected: String) throws {
        #expect(try Router(Self.rules).answer(path) == expected)
    }

    @Test(arguments: [
        ("//", "308 /"), ("/no//tail", "308 /no/tail"), ("//no/tail", "308 /no/tail"), ("/branch//", "308 /branch/"),
        ("//branch", "308 /branch/"), ("/with/http://example.com/", "rest http://example.com/"),
        ("/with/x//y", "rest x//y"),
        ("/with//x", "308 /with/x"), ("/merge/%25//path", "308 /merge/%25/path"), ("//evil.example", "404"),
        ("//evil.example/", "404"), ("/leaf//", "404"), ("///leaf", "308 /leaf"),
        ("/a//%2F%2Fevil", "308 /a/%2F%2Fevil/"),
        ("//a/1//", "308 /a/1/"), ("/no%2F/tail", "404"),
    ])
    func severalSlashesAreRedirectedToOne(path: String, expected: String) throws {
        #expect(try Router(Self.rules).answer(path) == expected)
    }

    @Test func redirectionsNeverLeaveTheHost() throws {
        let router = try Router([("all", "/{a}/", ""), ("two", "/{a}/{b}/", ""), ("root", "/", "")])
        for path in [
            "//evil.example", "///evil.example/x", "/%2Fevil.example", "/%5Cevil.example", "//%09/x", "/\\evil",
        ] {
            guard case .redirect(let location) = router.match(.get, path) else { continue }
            let bytes = Array(location.utf8)
            #expect(bytes.first == UInt8(ascii: "/"))
            #expect(bytes.dropFirst().first != UInt8(ascii: "/"))
            #expect(bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") })
        }
        #expect(router.answer("//evil.example") == "308 /evil.example/")
    }

    @Test(arguments: [
        ("/path1", "leaf1"), ("/path1/", "leaf1"), ("/path2", "branch2"), ("/path2/", "branch2"), ("/both", "leaf"),
        ("/both/", "branch"), ("/x/", "variable x"), ("/x", "variable x"), ("/a/b/", "rest a/b/"),
    ])
    func slashesNeedNotCount(path: String, expected: String) throws {
        let router = try Router([
            ("leaf1", "/path1", ""), ("branch2", "/path2/", ""), ("leaf", "/both", ""), ("branch", "/both/", ""),
            ("variable", "/{x}", ""), ("rest", "/{x...}", ""),
        ]) { $0.strictSlashes = false }
        #expect(router.answer(path) == expected)
    }

    @Test func oneRouteMayDiffer() throws {
        var builder = RouterBuilder<String>()
        var lenient = RouteOptions()
        lenient.strictSlashes = false
        builder.add("/a/{x}", options: lenient, value: "a")
        builder.add("/b/", options: lenient, value: "b")
        builder.add("/c/", value: "c")
        let router = try builder.freeze()
        #expect(router.answer("/a/1/") == "a 1")
        #expect(router.answer("/b") == "b")
        #expect(router.answer("/c") == "308 /c/")
        #expect(router.answer("/a/1/", .post) == "405 GET, HEAD, OPTIONS")
        #expect(router.answer("/b", .post) == "405 GET, HEAD, OPTIONS")
        #expect(router.answer("/c", .post) == "404")
    }

    @Test func slashesNeedNotMerge() throws {
        var builder = RouterBuilder<String>()
        var exact = RouteOptions()
        exact.mergesSlashes = false
        builder.add("/no//merge", options: exact, value: "double")
        builder.add("/no/merging", options: exact, value: "single")
        builder.add("/yes//merge", name: "yes", value: "merged")
        let router = try builder.freeze()
        #expect(router.answer("/no//merge") == "double")
        #expect(router.answer("/no/merge") == "404")
        #expect(router.answer("/no//merging") == "404")
        #expect(router.answer("/yes/merge") == "merged")
        #expect(router.answer("/yes//merge") == "308 /yes/merge")
        #expect(try router.urls.url(for: "yes") == "/yes/merge")
    }

    @Test func theMethodDecidesBetweenTheSlashes() throws {
        var builder = RouterBuilder<String>()
        builder.add("/bar/", methods: [.get], value: "get")
        builder.add("/bar", methods: [.post], value: "post")
        builder.add("/foo/", methods: [.post], value: "foo")
        let router = try builder.freeze()
        #expect(router.answer("/bar/") == "get")
        #expect(router.answer("/bar", .post) == "post")
        #expect(router.answer("/bar") == "308 /bar/")
        #expect(router.answer("/bar/", .post) == "405 GET, HEAD, OPTIONS")
        #expect(router.answer("/foo", .post) == "308 /foo/")
        #expect(router.answer("/foo", .get) == "404")
        #expect(router.answer("/foo", .options) == "308 /foo/")
    }
}
