// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Retort

/// Hosts, defaults and paths together: one site on two hosts.
@Suite struct RouterHostDefaultsTests {
    private func options(_ host: HostPattern, _ defaults: RouteDefault...) -> RouteOptions {
        var options = RouteOptions()
        options.host = host
        options.defaults = defaults
        return options
    }

    private func router() throws -> Router<String> {
        var builder = RouterBuilder<String>()
        let numbers: [any PathValue.Type] = [String.self, Int.self]
        builder.add("/", name: "index", options: options("www.{domain...}"), value: "index")
        builder.add("/", name: "files", options: options("files.{domain...}"), value: "files")
        builder.add(
            "/foo/", types: numbers, name: "x", options: options("www.{domain...}", RouteDefault("page", 1)), value: "x"
        )
        builder.add("/{page}", types: numbers, name: "x", options: options("files.{domain...}"), value: "x")
        return try builder.freeze()
    }

    @Test(arguments: [
        ("www.example.com", "/", "index example.com"), ("files.example.com", "/", "files example.com"),
        ("www.example.com", "/foo/", "x example.com 1"), ("www.example.com", "/foo", "308 /foo/"),
        ("files.example.com", "/2", "x example.com 2"), ("files.example.com", "/1", "308 //www.example.com/foo/"),
        ("files.example.com", "/x", "404"), ("example.com", "/", "404"),
        ("files.example.com:81", "/3", "x example.com 3"),
    ])
    func valuesComeFromHostPathAndDefaults(host: String, path: String, expected: String) throws {
        #expect(try router().answer(path, host: host) == expected)
    }

    @Test func theListNamesThemInThisOrder() throws {
        let route = try #require(try router().routes.first { $0.pattern == "/foo/" })
        #expect(route.variables.map(\.name) == ["domain", "page"])
        #expect(route.variables.map(\.isDefault) == [false, true])
        #expect(route.description == "GET, HEAD www.{domain...}/foo/ (x)")
    }

    @Test func urlsChooseTheHostByTheValues() throws {
        var urls = try router().urls
        urls.host = "www.example.com"
        #expect(try urls.url(for: "x", ["domain": "example.com", "page": 1]) == "/foo/")
        #expect(try urls.url(for: "x", ["domain": "example.com", "page": 2]) == "http://files.example.com/2")
        urls.defaults = ["domain": "example.com"]
        #expect(try urls.url(for: "index") == "/")
        #expect(try urls.url(for: "files") == "http://files.example.com/")
    }

    @Test func emptyPathsAreTheRoot() throws {
        #expect(try router().answer("", host: "www.example.com") == "index example.com")
        let nothing: [UInt8] = []
        guard case .notFound = try router().match(.get, host: nothing.span, path: nothing.span) else {
            Issue.record("An empty host answered.")
            return
        }
    }
}

@Suite struct SegmentShapeTests {
    private func values(_ pattern: PathPattern, _ types: String, _ text: String, budget: Int = 10_000) -> [String]? {
        let shape = SegmentShape(pattern.segments[0], types: pathTypes(types)[...])
        let bytes = Array(text.utf8)
        var budget = budget
        return withUnsafeTemporaryAllocation(of: CaptureRange.self, capacity: 8) { captures in
            let isMatch = bytes.withUnsafeBufferPointer {
                shape.match($0, into: captures, offset: 0, budget: &budget)
            }
            guard isMatch else { return nil }
            return shape.parts.indices.map {
                String(decoding: bytes[Int(captures[$0].first)..<Int(captures[$0].end)], as: UTF8.self)
            }
        }
    }

    @Test(arguments: [
        ("a-b", ["a", "b"]), ("a-b-c", ["a-b", "c"]), ("-a", nil), ("a-", nil), ("-", nil), ("--", nil),
        ("---", ["-", "-"]),
        ("", nil), ("ab", nil),
    ])
    func earlyVariablesTakeAsMuchAsTheyCan(text: String, expected: [String]?) {
        #expect(values("/{a}-{b}", "string string", text) == expected)
    }

    @Test(arguments: [
        ("1-2-3", ["1", "2-3"]), ("1-2", ["1", "2"]), ("x-2", nil), ("-1--2", ["-1", "-2"]), ("12-", nil),
    ])
    func typesMakeThemTakeLess(text: String, expected: [String]?) {
        #expect(values("/{a}-{b}", "int string", text) == expected)
    }

    @Test(arguments: [
        ("<a>", ["a"]), ("<>", nil), ("<", nil), ("><", nil), ("<a", nil), ("<a>>", ["a>"]), ("<<a>", ["<a"]),
    ])
    func literalsStandAtBothEnds(text: String, expected: [String]?) {
        #expect(values("/<{a}>", "string", text) == expected)
    }

    @Test func longLiteralsAreCompared() {
        #expect(values("/{a}--and--{b}", "string string", "x--and--y") == ["x", "y"])
        #expect(values("/{a}--and--{b}", "string string", "x--an--y") == nil)
        #expect(values("/{a}--and--{b}", "string string", "--and--") == nil)
    }

    @Test func withoutBudgetNothingMatches() {
        #expect(values("/{a}-{b}", "string string", "a-b", budget: 0) == nil)
        #expect(values("/{a}-{b}", "string string", "a-b", budget: 100) == ["a", "b"])
    }
}
