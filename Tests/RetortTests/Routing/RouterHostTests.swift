// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Retort

@Suite struct RouterHostTests {
    private func options(_ host: HostPattern) -> RouteOptions {
        var options = RouteOptions()
        options.host = host
        return options
    }

    private func router() throws -> Router<String> {
        var builder = RouterBuilder<String>()
        builder.serverName = "example.com:8080"
        var wiki = RouteOptions()
        wiki.subdomain = "wiki"
        var user = RouteOptions()
        user.subdomain = "{user}"
        builder.add("/", value: "index")
        builder.add("/", options: wiki, value: "wiki")
        builder.add("/", options: user, value: "user")
        builder.add("/{id}", types: [String.self, Int.self], options: user, value: "item")
        builder.add("/", options: options("WWW.{domain...}"), value: "www")
        builder.add("/", options: options("v{n}.api.example.com"), value: "unreachable")
        builder.add("/about/", value: "about")
        builder.add("/only", methods: [.post], options: wiki, value: "only")
        return try builder.freeze()
    }

    @Test(arguments: [
        ("example.com", "/", "index"), ("", "/", "index"), ("WIKI.example.com", "/", "wiki"),
        ("wiki.example.com:8080", "/", "wiki"), ("wiki.example.com.", "/", "wiki"),
        ("ann.example.com", "/", "user ann"),
        ("a.b.example.com", "/", "index"), ("ann.example.com", "/5", "item ann 5"), ("ann.example.com", "/x", "404"),
        ("www.example.org", "/", "www example.org"), ("www.a.b.c", "/", "www a.b.c"), ("www.", "/", "index"),
        ("v2.api.example.com", "/", "unreachable 2"), ("wiki.example.com", "/about", "308 /about/"),
        ("wiki.example.com", "/about/", "about"), ("wiki.example.com", "/only", "405 POST, OPTIONS"),
        ("example.com", "/only", "404"), ("[::1]:80", "/", "index"), ("wiki.example.com", "//", "308 /"),
        ("ann.example.com", "/%35", "item ann 5"),
    ])
    func hostsAreComparedBeforePaths(host: String, path: String, expected: String) throws {
        #expect(try router().answer(path, host: host) == expected)
    }

    @Test func typesCountInHosts() throws {
        var builder = RouterBuilder<String>()
        builder.add("/", types: [Int.self], options: options("{n}.example.com"), value: "number")
        builder.add("/", options: options("{name}.example.com"), value: "name")
        let router = try builder.freeze()
        #expect(router.answer("/", host: "7.example.com") == "number 7")
        #expect(router.answer("/", host: "x.example.com") == "name x")
        #expect(router.answer("/", host: "example.com") == "404")
    }

    @Test func namesOfVariablesDoNotMakeHostsDifferent() throws {
        var builder = RouterBuilder<String>()
        builder.add("/a", options: options("{x}.example.com"), value: "a")
        builder.add("/b", options: options("{y}.example.com"), value: "b")
        builder.add("/a", options: options("{z...}.example.com"), value: "many")
        let router = try builder.freeze()
        #expect(router.answer("/b", host: "q.example.com") == "b q")
        #expect(router.answer("/a", host: "q.r.example.com") == "many q.r")
    }

    @Test func urlsHaveTheHostOfTheirRoute() throws {
        var builder = RouterBuilder<String>()
        builder.serverName = "example.com"
        var user = RouteOptions()
        user.subdomain = "{user}"
        builder.add("/{id}", types: [String.self, Int.self], name: "item", options: user, value: "item")
        builder.add("/", name: "alpha", options: options("alpha.example.com"), value: "alpha")
        builder.add("/", name: "index", value: "index")
        let router = try builder.freeze()
        var urls = router.urls
        urls.host = "alpha.example.com:81"
        urls.scheme = "https"
        #expect(try urls.url(for: "item", ["user": "Ann", "id": 1]) == "https://ann.example.com/1")
        #expect(try urls.url(for: "alpha") == "/")
        #expect(try urls.url(for: "alpha", isExternal: true) == "https://alpha.example.com:81/")
        #expect(try urls.url(for: "index", isExternal: true) == "https://alpha.example.com:81/")
        #expect(try router.urls.url(for: "alpha", isExternal: true) == "http://alpha.example.com/")
        for name in ["a.b", "a/b", "", "a:1", "a@b"] {
            #expect(throws: BuildError.self) { try urls.url(for: "item", ["user": name, "id": 1]) }
        }
    }

    @Test func aSubdomainNeedsAServerName() {
        var builder = RouterBuilder<String>()
        var wiki = RouteOptions()
        wiki.subdomain = "wiki"
        builder.add("/", options: wiki, value: "wiki")
        let error = #expect(throws: RoutingError.self) { try builder.freeze() }
        #expect(error?.code == .contradiction)
        #expect(error?.message.contains("Set serverName.") == true)
    }

    @Test func scopesCanHaveHosts() throws {
        var builder = RouterBuilder<String>()
        _ = builder.addScope("wiki", at: "/", options: options("wiki.example.com"))
        _ = builder.addScope("all", at: "/a")
        builder.add("/b", value: "b")
        let router = try builder.freeze()
        #expect(router.answer("/x", host: "wiki.example.com") == "404 @wiki")
        #expect(router.answer("/a/x", host: "wiki.example.com") == "404 @all")
        #expect(router.answer("/x", host: "example.com") == "404")
    }
}
