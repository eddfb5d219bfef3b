// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Retort

@Suite struct RouterFreezeTests {
    /// The mistake that a builder is refused for.
    private func mistake(_ fill: (inout RouterBuilder<String>) -> Void) -> RoutingError? {
        var builder = RouterBuilder<String>()
        fill(&builder)
        return #expect(throws: RoutingError.self) { try builder.freeze() }
    }

    @Test func duplicatesAreNamed() {
        let error = mistake {
            $0.add("/posts/{id}", methods: [.get, .post], name: "show", value: "a")
            $0.add("/posts/{slug}", methods: [.post], name: "make", value: "b")
        }
        #expect(error?.code == .duplicateRoute)
        #expect(
            error?.message == "Two routes answer the same requests: GET|POST /posts/{id} (show) and "
                + "POST /posts/{slug} (make). Remove one, or give it another path or method.")
    }

    @Test(arguments: [
        ("int", "int", true), ("int", "uint", true), ("string", "string", true), ("int", "string", false),
        ("color", "string", false), ("color", "color", true), ("color", "floor", false), ("int", "double", false),
    ])
    func typesThatTakeTheSameTextShadowEachOther(first: String, second: String, isMistake: Bool) {
        var builder = RouterBuilder<String>()
        builder.add("/{a}/x", types: pathTypes(first), value: "a")
        builder.add("/{b}/x", types: pathTypes(second), value: "b")
        #expect((try? builder.freeze()) == nil ? isMistake : !isMistake)
    }

    @Test func shadowsAreNamed() {
        let error = mistake {
            $0.add("/{a}", types: [Int.self], value: "a")
            $0.add("/{b}", types: [Int64.self], value: "b")
        }
        #expect(error?.code == .shadowedRoute)
        #expect(error?.message.contains("GET /{a} with Int and GET /{b} with Int64 one would never be reached") == true)
    }

    @Test func whatOnlyLooksAlikeIsNoDuplicate() throws {
        var builder = RouterBuilder<String>()
        var socket = RouteOptions()
        socket.isWebSocket = true
        var host = RouteOptions()
        host.host = "a.example"
        builder.add("/a", value: "a")
        builder.add("/a/", value: "slash")
        builder.add("/a", methods: [.post], value: "post")
        builder.add("/a", methods: .any, value: "any")
        builder.add("/a", options: socket, value: "socket")
        builder.add("/a", options: host, value: "host")
        builder.add("/a", methods: [.head], value: "head")
        builder.add("/{a}", value: "one")
        builder.add("/{a...}", value: "rest")
        builder.add("/{{a}}", value: "braces")
        #expect(throws: Never.self) { try builder.freeze() }
    }

    @Test func mergedSlashesMakeDuplicates() {
        #expect(
            mistake {
                $0.add("/a//b", value: "a")
                $0.add("/a/b", value: "b")
            }?.code == .duplicateRoute)
    }

    @Test func typesMustFitTheVariables() {
        #expect(mistake { $0.add("/{a}", types: [Int.self, Int.self], value: "") }?.code == .typeMismatch)
        #expect(mistake { $0.add("/{a...}", types: [Int.self], value: "") }?.code == .typeMismatch)
        let error = mistake { $0.add("/{a}", types: [RestOfPath.self], value: "") }
        #expect(error?.message.contains("Write {a...}, or use String.") == true)
    }

    @Test func aliasesMustLeadSomewhere() {
        let error = mistake {
            $0.add("/", name: "index", value: "")
            $0.addAlias("/index.html", of: "indx")
        }
        #expect(error?.code == .brokenTarget)
        #expect(error?.message.contains("Did you mean index?") == true)
        #expect(
            mistake {
                $0.add("/{id}", name: "show", value: "")
                $0.addAlias("/x/y", of: "show")
            }?.message.contains("lacks values") == true)
        #expect(mistake { $0.addRedirect("/a/{x}", to: "/b/{y}") }?.message.contains("no value for y") == true)
    }

    @Test func defaultsMustMakeSense() {
        func add(_ pattern: PathPattern, _ defaults: RouteDefault, _ types: String = "") -> RoutingError.Code? {
            var options = RouteOptions()
            options.defaults = [defaults]
            return mistake { $0.add(pattern, types: pathTypes(types), options: options, value: "") }?.code
        }
        #expect(add("/{a}", RouteDefault("a", 1)) == .contradiction)
        #expect(add("/{a...}", RouteDefault("b", 1)) == .contradiction)
        #expect(add("/", RouteDefault("b", "x"), "int") == .typeMismatch)
    }

    @Test func optionsMustNotContradict() {
        var both = RouteOptions()
        both.host = "a.example"
        both.subdomain = "b"
        #expect(mistake { $0.add("/", options: both, value: "") }?.code == .contradiction)
        #expect(mistake { $0.add("/", methods: [], value: "") }?.code == .contradiction)
        var twice = RouteOptions()
        twice.host = "{a}.example"
        #expect(mistake { $0.add("/{a}", options: twice, value: "") }?.code == .contradiction)
    }

    @Test func theListIsInTheOrderOfMatching() throws {
        var builder = RouterBuilder<String>()
        var socket = RouteOptions()
        socket.isWebSocket = true
        var host = RouteOptions()
        host.host = "{user}.example.com"
        builder.addBuildOnly("/cdn/{x}", name: "cdn")
        builder.add("/{path...}", name: "rest", value: "")
        builder.add("/{name}", value: "")
        builder.add("/{id}", methods: [.get, .put], types: [Int.self], name: "show", value: "")
        builder.add("/b", methods: [.post], value: "")
        builder.add("/a", options: socket, value: "")
        builder.add("/", value: "")
        builder.add("/", options: host, value: "")
        builder.addRedirect("/old", to: "/b")
        let router = try builder.freeze()
        #expect(
            router.routes.map(\.description) == [
                "GET, HEAD {user}.example.com/", "GET, HEAD /", "WebSocket /a", "POST /b", "* /old",
                "GET, HEAD, PUT /{id} (show)", "GET, HEAD /{name}", "GET, HEAD /{path...} (rest)",
                "GET, HEAD /cdn/{x} (cdn)",
            ])
        let show = try #require(router.routes.first { $0.name == "show" })
        #expect(show.variables.map(\.name) == ["id"])
        #expect(show.variables.map(\.type) == ["Int"])
        #expect(show.kind == .handler)
        #expect(router.routes.map(\.kind).contains(.redirect(to: "/b")))
        #expect(router.routes.last?.kind == .buildOnly)
        #expect(router.routes.first?.variables.first?.name == "user")
    }

    @Test func placesOfOtherRoutersAreUnknown() throws {
        var builder = RouterBuilder<String>()
        _ = builder.add("/a", value: "")
        let last = builder.add("/b", value: "")
        #expect(try RouterBuilder<String>().freeze().info(last) == nil)
        #expect(try builder.freeze().info(last)?.pattern == "/b")
    }
}
