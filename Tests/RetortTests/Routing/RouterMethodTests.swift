// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Retort

@Suite struct RouterMethodTests {
    private func router() throws -> Router<String> {
        var builder = RouterBuilder<String>()
        builder.add("/", value: "index")
        builder.add("/{name}", value: "name")
        builder.add("/select", methods: [.post], value: "select")
        builder.add("/both/{id}", methods: [.get, .put], types: [Int.self], value: "number")
        builder.add("/both/{id}", methods: [.delete, "PURGE"], value: "text")
        builder.add("/head", methods: [.get], value: "get")
        builder.add("/head", methods: [.head], value: "head")
        builder.add("/options", methods: [.get, .options], value: "own")
        builder.add("/any", methods: .any, value: "any")
        builder.add("/any", methods: [.put], value: "put")
        return try builder.freeze()
    }

    @Test(arguments: [
        ("/", "GET", "index"), ("/", "HEAD", "index"), ("/", "POST", "405 GET, HEAD, OPTIONS"),
        ("/", "OPTIONS", "200 GET, HEAD, OPTIONS"), ("/select", "POST", "select"), ("/select", "GET", "name select"),
        ("/select", "PUT", "405 GET, HEAD, POST, OPTIONS"), ("/select", "OPTIONS", "200 GET, HEAD, POST, OPTIONS"),
        ("/both/1", "GET", "number 1"), ("/both/1", "DELETE", "text 1"), ("/both/1", "PURGE", "text 1"),
        ("/both/x", "DELETE", "text x"), ("/both/x", "GET", "405 DELETE, OPTIONS, PURGE"),
        ("/both/1", "POST", "405 GET, HEAD, PUT, DELETE, OPTIONS, PURGE"),
        ("/both/1", "purge", "405 GET, HEAD, PUT, DELETE, OPTIONS, PURGE"),
        ("/head", "HEAD", "head"), ("/head", "GET", "get"), ("/options", "OPTIONS", "own"), ("/any", "OPTIONS", "any"),
        ("/any", "MOVE", "any"), ("/any", "PUT", "put"), ("/any", "HEAD", "any"), ("/nowhere/x", "POST", "404"),
        ("/nowhere/x", "OPTIONS", "404"),
    ])
    func methodsChooseTheRoute(path: String, method: String, expected: String) throws {
        let method = try #require(RouteMethod(method))
        #expect(try router().answer(path, method) == expected)
    }

    @Test(arguments: [
        ("/", "GET, HEAD, OPTIONS"), ("/select", "GET, HEAD, POST, OPTIONS"), ("/any", "*"), ("/x/y/z", ""),
        ("/%zz", ""),
        ("/both/1", "GET, HEAD, PUT, DELETE, OPTIONS, PURGE"),
    ])
    func theMethodsOfAPathCanBeAsked(path: String, expected: String) throws {
        #expect(try router().allowedMethods(path).description == expected)
    }

    @Test func automaticOptionsCanBeSwitchedOff() throws {
        var builder = RouterBuilder<String>()
        builder.automaticOptions = false
        var options = RouteOptions()
        options.automaticOptions = true
        builder.add("/off", value: "off")
        builder.add("/on", options: options, value: "on")
        let router = try builder.freeze()
        #expect(router.answer("/off", .options) == "405 GET, HEAD")
        #expect(router.answer("/on", .options) == "200 GET, HEAD, OPTIONS")
    }

    @Test func aRouterHasAtMostSixtyFourMethods() throws {
        func builder(_ count: Int) -> RouterBuilder<Int> {
            var builder = RouterBuilder<Int>()
            for index in 0..<count {
                builder.add("/", methods: RouteMethods(RouteMethod("X\(index)").map { [$0] } ?? []), value: index)
            }
            return builder
        }
        let router = try builder(54).freeze()
        guard case .found(let value, _, _) = router.match("X53", "/") else {
            Issue.record("The last method was not found.")
            return
        }
        #expect(value == 53)
        let error = #expect(throws: RoutingError.self) { try builder(55).freeze() }
        #expect(error?.code == .limitExceeded)
    }
}

@Suite struct RouterWebSocketTests {
    private func router() throws -> Router<String> {
        var builder = RouterBuilder<String>()
        var socket = RouteOptions()
        socket.isWebSocket = true
        builder.add("/", value: "page")
        builder.add("/", options: socket, value: "socket")
        builder.add("/ws/{room}", options: socket, value: "room")
        builder.add("/page", value: "only")
        builder.add("/chat/", options: socket, value: "chat")
        return try builder.freeze()
    }

    @Test(arguments: [
        ("/", true, "socket"), ("/", false, "page"), ("/ws/a", true, "room a"), ("/ws/a", false, "400 WebSocket"),
        ("/page", true, "400 WebSocket"), ("/page", false, "only"), ("/nowhere", true, "404"),
        ("/chat", true, "308 /chat/"),
        ("/chat", false, "404"),
    ])
    func routesAreForOneKindOfRequest(path: String, isWebSocket: Bool, expected: String) throws {
        #expect(try router().answer(path, isWebSocket: isWebSocket) == expected)
    }
}

@Suite struct RouterScopeTests {
    private func router() throws -> Router<String> {
        var builder = RouterBuilder<String>()
        let blog = builder.addScope("blog", at: "/blog")
        let admin = builder.addScope("blog.admin", at: "/blog/admin/")
        _ = builder.addScope("language", at: "/{language}/docs")
        builder.add("/", value: "index")
        builder.add("/blog/", scope: blog, value: "posts")
        builder.add("/blog/{id}", types: [Int.self], scope: blog, value: "post")
        builder.add("/blog/admin/users", methods: [.post], scope: admin, value: "users")
        builder.add("/{page}", value: "page")
        return try builder.freeze()
    }

    @Test(arguments: [
        ("/blog/x", "404 @blog"), ("/blog/1/2", "404 @blog"), ("/blog/admin", "404 @blog.admin"),
        ("/blog/admin/x/y", "404 @blog.admin"), ("/blog/admin/users", "405 POST, OPTIONS @blog.admin"),
        ("/blogs/x", "404"), ("/x/y", "404"), ("/en/docs/x", "404 @language"), ("/en/docs", "404 @language"),
        ("/blog/docs/x", "404 @language"), ("/blog/1", "post 1"), ("/blog/%61dmin/x", "404 @blog.admin"),
        ("/blog//admin//x", "404 @blog.admin"),
    ])
    func theLongestPrefixOwnsWhatIsNotFound(path: String, expected: String) throws {
        #expect(try router().answer(path) == expected)
    }

    @Test func theRootCanBeAScope() throws {
        var builder = RouterBuilder<String>()
        _ = builder.addScope("site", at: "/")
        builder.add("/a", methods: [.post], value: "a")
        let router = try builder.freeze()
        #expect(router.answer("/x") == "404 @site")
        #expect(router.answer("/a") == "405 POST, OPTIONS @site")
    }

    @Test func routesKnowTheirScope() throws {
        let router = try router()
        #expect(router.routes.first { $0.pattern == "/blog/{id}" }?.scope?.name == "blog")
    }
}
