// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Retort

@Suite struct RouterRedirectTests {
    private func options(_ defaults: RouteDefault...) -> RouteOptions {
        var options = RouteOptions()
        options.defaults = defaults
        return options
    }

    private func users(_ change: (inout RouterBuilder<String>) -> Void = { _ in }) throws -> Router<String> {
        var builder = RouterBuilder<String>()
        builder.add("/", name: "index", value: "index")
        builder.addAlias("/index.html", of: "index")
        builder.add(
            "/users/", types: [Int.self], name: "users", options: options(RouteDefault("page", 1)), value: "users")
        builder.add("/users/page/{page}", types: [Int.self], name: "users", value: "users")
        builder.addAlias("/users/index.html", of: "users", types: [Int.self], options: options(RouteDefault("page", 1)))
        builder.addAlias("/users/page-{page}.html", of: "users", types: [Int.self])
        change(&builder)
        return try builder.freeze()
    }

    @Test(arguments: [
        ("/", "index"), ("/index.html", "308 /"), ("/users/", "users 1"), ("/users", "308 /users/"),
        ("/users/page/1", "308 /users/"), ("/users/page/01", "308 /users/"), ("/users/page/2", "users 2"),
        ("/users/index.html", "308 /users/"), ("/users/page-1.html", "308 /users/"),
        ("/users/page-5.html", "308 /users/page/5"), ("/users/page-x.html", "404"), ("/users/page/x", "404"),
    ])
    func defaultsAndAliasesLeadToTheCanonicalURL(path: String, expected: String) throws {
        #expect(try users().answer(path) == expected)
    }

    @Test func defaultsNeedNotRedirect() throws {
        let router = try users { $0.redirectsDefaults = false }
        #expect(router.answer("/users/page/1") == "users 1")
        #expect(router.answer("/index.html") == "308 /")
    }

    @Test(arguments: [
        ("/", "x 1 false"), ("/bar/", "x 1 true"), ("/2", "x 2 false"), ("/bar/2", "x 2 true"), ("/1", "308 /"),
        ("/bar/1", "308 /bar/"), ("/bar", "308 /bar/"),
    ])
    func severalDefaultsAreCompared(path: String, expected: String) throws {
        var builder = RouterBuilder<String>()
        let types: [any PathValue.Type] = [Int.self, Bool.self]
        let one = RouteDefault("foo", 1)
        builder.add("/", types: types, name: "x", options: options(one, RouteDefault("bar", false)), value: "x")
        builder.add("/bar/", types: types, name: "x", options: options(one, RouteDefault("bar", true)), value: "x")
        builder.add("/{foo}", types: types, name: "x", options: options(RouteDefault("bar", false)), value: "x")
        builder.add("/bar/{foo}", types: types, name: "x", options: options(RouteDefault("bar", true)), value: "x")
        #expect(try builder.freeze().answer(path) == expected)
    }

    @Test func aDefaultOfAnotherMethodIsNoReason() throws {
        var builder = RouterBuilder<String>()
        builder.add("/a", types: [Int.self], name: "a", options: options(RouteDefault("n", 1)), value: "a")
        builder.add("/a/{n}", methods: [.get, .post], types: [Int.self], name: "a", value: "a")
        let router = try builder.freeze()
        #expect(router.answer("/a/1") == "308 /a")
        #expect(router.answer("/a/1", .head) == "308 /a")
        #expect(router.answer("/a/1", .post) == "a 1")
    }

    @Test(arguments: [
        ("/old/5", "308 /posts/5"), ("/old/x", "404"), ("/files/a%2Fb/c/d", "308 /get/c/d/of/a%2Fb"),
        ("/files/é/x", "308 /get/x/of/%C3%A9"), ("/gone", "308 /"),
    ])
    func redirectionsCarryTheValues(path: String, expected: String) throws {
        var builder = RouterBuilder<String>()
        builder.addRedirect("/old/{id}", to: "/posts/{id}", types: [Int.self])
        builder.addRedirect("/gone", to: "/")
        builder.addRedirect("/files/{user}/{a}/{b}", to: "/get/{a}/{b}/of/{user}")
        builder.addRedirect("/files/{user}/{a}", to: "/get/{a}/of/{user}")
        #expect(try builder.freeze().answer(path) == expected)
    }

    @Test func aRestIsCarriedSegmentBySegment() throws {
        var builder = RouterBuilder<String>()
        builder.addRedirect("/old/{path...}", to: "/new/{path...}")
        #expect(try builder.freeze().answer("/old/a%2Fb/c%20d/") == "308 /new/a%2Fb/c%20d/")
    }

    @Test func anAliasOfAnotherHostNamesIt() throws {
        var builder = RouterBuilder<String>()
        var elsewhere = RouteOptions()
        elsewhere.host = "www.example.com"
        builder.add("/home", name: "home", options: elsewhere, value: "home")
        builder.addAlias("/start", of: "home")
        #expect(try builder.freeze().answer("/start", host: "example.com") == "308 //www.example.com/home")
    }

    @Test func anAliasOnlyAnswersItsMethods() throws {
        let router = try users()
        #expect(router.answer("/index.html", .post) == "405 GET, HEAD, OPTIONS")
        #expect(router.answer("/index.html", .head) == "308 /")
        #expect(router.answer("/index.html", .options) == "200 GET, HEAD, OPTIONS")
    }

    @Test func buildOnlyRoutesNeverMatch() throws {
        var builder = RouterBuilder<String>()
        builder.addBuildOnly("/cdn/{path...}", name: "cdn")
        builder.add("/x", value: "x")
        let router = try builder.freeze()
        #expect(router.answer("/cdn/a") == "404")
        #expect(try router.urls.url(for: "cdn", ["path": "a/b"]) == "/cdn/a/b")
    }
}
