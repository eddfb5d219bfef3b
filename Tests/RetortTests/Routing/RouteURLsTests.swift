// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

@testable import Retort

@Suite struct RouteURLsTests {
    private func urls() throws -> RouteURLs {
        var builder = RouterBuilder<String>()
        var first = RouteOptions()
        first.defaults = [RouteDefault("page", 1)]
        var socket = RouteOptions()
        socket.isWebSocket = true
        builder.add("/", name: "index", value: "")
        builder.add("/foo", name: "foo", value: "")
        builder.add("/bar/{bazi}", types: [Int.self], name: "bari", value: "")
        builder.add("/bar/{bazf}", types: [Double.self], name: "barf", value: "")
        builder.add("/path/{bazp...}", name: "barp", value: "")
        builder.add("/colors/{color}", types: [Color.self], name: "color", value: "")
        builder.add("/users/", types: [Int.self], name: "users", options: first, value: "")
        builder.add("/users/page/{page}", types: [Int.self], name: "users", value: "")
        builder.add("/search", methods: [.get], name: "search", value: "")
        builder.add("/search/{q}", methods: [.post], name: "search", value: "")
        builder.add("/ws", name: "ws", options: socket, value: "")
        builder.add("/{lang}/posts/{id}", types: [String.self, Int.self], name: "blog.post.show", value: "")
        builder.add("/x/{foo}", name: "x", value: "")
        return try builder.freeze().urls
    }

    @Test func valuesFillVariablesAndTheQuery() throws {
        let urls = try urls()
        #expect(try urls.url(for: "foo") == "/foo")
        #expect(try urls.url(for: "bari", ["bazi": 50]) == "/bar/50")
        #expect(try urls.url(for: "bari", ["bazi": "50"]) == "/bar/50")
        #expect(try urls.url(for: "barf", ["bazf": 0.815]) == "/bar/0.815")
        #expect(try urls.url(for: "barp", ["bazp": "la/di"]) == "/path/la/di")
        #expect(try urls.url(for: "barp", ["bazp": RestOfPath(segments: ["a/b", "c"])]) == "/path/a%2Fb/c")
        #expect(try urls.url(for: "x", ["foo": "x:y"]) == "/x/x:y")
        #expect(try urls.url(for: "foo", ["v": 1, "w": nil, "v": 2]) == "/foo?v=1&v=2")
        #expect(try urls.url(for: "foo", ["v": ""]) == "/foo?v=")
        #expect(try urls.url(for: "foo", ["v": "1+2 &=#/?é"]) == "/foo?v=1%2B2+%26%3D%23/?%C3%A9")
        #expect(try urls.url(for: "bari", ["bazi": 1, "q": "a b"], anchor: "x y#") == "/bar/1?q=a+b#x%20y%23")
    }

    @Test func listsAreAppended() throws {
        var values: RouteValues = ["bazi": 1]
        for tag in ["a", "b"] { values.append("tag", tag) }
        let missing: Int? = nil
        values.append("none", missing)
        #expect(try urls().url(for: "bari", values) == "/bar/1?tag=a&tag=b")
        #expect(try urls().url(for: "foo", RouteValues([("a", 1), ("b", nil)])) == "/foo?a=1")
    }

    @Test func defaultsChooseTheRoute() throws {
        let urls = try urls()
        #expect(try urls.url(for: "users") == "/users/")
        #expect(try urls.url(for: "users", ["page": 1]) == "/users/")
        #expect(try urls.url(for: "users", ["page": 2]) == "/users/page/2")
    }

    @Test func theMethodChoosesTheRoute() throws {
        let urls = try urls()
        #expect(try urls.url(for: "search") == "/search")
        #expect(try urls.url(for: "search", ["q": "x"]) == "/search?q=x")
        #expect(try urls.url(for: "search", ["q": "x"], method: .post) == "/search/x")
        let error = #expect(throws: BuildError.self) { try urls.url(for: "search", ["q": "x"], method: .put) }
        #expect(error?.code == .wrongMethod)
        #expect(error?.message == "The route search does not answer PUT; it answers GET, POST.")
    }

    @Test func namesAreRelativeToTheBlueprint() throws {
        var urls = try urls()
        urls.blueprint = "blog.post"
        urls.defaults = ["lang": "de", "unused": "x"]
        #expect(try urls.url(for: ".show", ["id": 1]) == "/de/posts/1")
        #expect(try urls.url(for: ".show", ["id": 1, "lang": "en"]) == "/en/posts/1")
        urls.blueprint = nil
        #expect(try urls.url(for: ".foo") == "/foo")
    }

    @Test func externalURLsHaveSchemeAndHost() throws {
        var urls = try urls()
        #expect(throws: BuildError.self) { try urls.url(for: "foo", isExternal: true) }
        urls.host = "example.org:5000"
        #expect(try urls.url(for: "foo", isExternal: true) == "http://example.org:5000/foo")
        #expect(try urls.url(for: "foo", scheme: "https") == "https://example.org:5000/foo")
        #expect(try urls.url(for: "ws") == "ws://example.org:5000/ws")
        #expect(try urls.url(for: "ws", scheme: "https") == "wss://example.org:5000/ws")
        urls.rootPath = "/test/"
        #expect(try urls.url(for: "foo") == "/test/foo")
        #expect(try urls.url(for: "foo", isExternal: true) == "http://example.org:5000/test/foo")
    }

    @Test(arguments: [
        ("urks", nil), ("fo", "foo"), ("show", "blog.post.show"), ("blog.post.shwo", "blog.post.show"),
        ("sers", "users"),
        ("xyzzyplugh", nil), (String(repeating: "a", count: 200), nil), ("colour", "color"),
    ])
    func unknownNamesAreGuessed(name: String, guess: String?) throws {
        let error = try #require(#expect(throws: BuildError.self) { try urls().url(for: RouteName(name)) })
        #expect(error.code == .unknownName)
        #expect(error.suggestion == guess)
        #expect(error.name == name)
        #expect(error.message.hasSuffix(guess.map { "Did you mean \($0)?" } ?? "\(name)."))
    }

    @Test func missingValuesAreNamed() throws {
        let error = #expect(throws: BuildError.self) {
            try urls().url(for: "blog.post.show", ["flop": 1, "lang": nil])
        }
        #expect(error?.code == .missingValues)
        #expect(error?.missing == ["lang", "id"])
        #expect(error?.message == "The URL of blog.post.show needs values for lang, id.")
    }

    @Test func unfitValuesAreRefused() throws {
        let urls = try urls()
        let cases: [(RouteName, RouteValues)] = [
            ("bari", ["bazi": "x"]), ("bari", ["bazi": ""]), ("color", ["color": "mauve"]), ("x", ["foo": ".."]),
            ("x", ["foo": ""]), ("barp", ["bazp": "/a"]), ("barp", ["bazp": "a/../b"]), ("barf", ["bazf": Double.nan]),
            ("barf", ["bazf": 1e300]), ("users", ["page": "x"]), ("x", ["foo": "a\0b"]),
        ]
        for (name, values) in cases {
            let error = #expect(throws: BuildError.self) { try urls.url(for: name, values) }
            #expect(error?.code == .unfitValue, "\(name) \(values)")
        }
        #expect(try urls.url(for: "color", ["color": Color.red]) == "/colors/red")
    }
}

@Suite struct NameSuggestionTests {
    @Test(arguments: [
        ("", "", 0), ("a", "", 1), ("abc", "abc", 0), ("abc", "acb", 1), ("kitten", "sitting", 3), ("ws", "urks", 3),
        ("abcd", "badc", 2),
    ])
    func distancesCountEdits(left: String, right: String, expected: Int) {
        #expect(NameSuggestion.distance(Array(left.utf8), Array(right.utf8)) == expected)
        #expect(NameSuggestion.distance(Array(right.utf8), Array(left.utf8)) == expected)
    }

    @Test func theOrderOfNamesDoesNotCount() {
        let names = ["post.show", "user.show", "post.list"]
        #expect(NameSuggestion.closest(to: "show", among: names) == "post.show")
        #expect(NameSuggestion.closest(to: "show", among: names.reversed()) == "post.show")
    }
}
