// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Retort

/// Patterns and paths that are made to be expensive.
@Suite(.serialized) struct RouterHostileTests {
    /// The shortest time of a few attempts.
    private func time(_ body: () -> Void) -> Duration {
        let clock = ProcessorClock()
        return (0..<4).map { _ in clock.measure(body) }.min() ?? .zero
    }

    /// Asks with a path and with one four times as long.
    ///
    /// Linear work takes about four times as long, quadratic sixteen.
    private func expectLinear(
        _ router: Router<String>, _ count: Int, _ path: (Int) -> String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let short = Array(path(count).utf8)
        let long = Array(path(count * 4).utf8)
        let first = time { _ = router.match(.get, host: short.span, path: short.span) }
        let second = time { _ = router.match(.get, host: long.span, path: long.span) }
        #expect(second < first * 10 + .milliseconds(2), sourceLocation: sourceLocation)
    }

    private func router() throws -> Router<String> {
        try Router([
            ("index", "/", ""), ("a", "/a/{x}/", ""), ("rest", "/rest/{path...}", ""), ("talk", "/t:{path...}", ""),
            ("dash", "/d/{a}-{b}-{c}-{d}x", "string int string int"), ("words", "/w/{a}-{b}-{c}-{d}", ""),
            ("three", "/{a}/{b}/{c}", ""), ("last", "/{a}/{b}/{c}/end", ""),
        ])
    }

    @Test func manySlashesTakeLinearTime() throws {
        let router = try router()
        expectLinear(router, 25_000) { String(repeating: "/", count: $0) }
        expectLinear(router, 25_000) {
            String(repeating: "/", count: $0) + "a" + String(repeating: "/", count: $0) + "b"
        }
        expectLinear(router, 25_000) { "/rest" + String(repeating: "/", count: $0) }
        #expect(router.answer(String(repeating: "/", count: 100_000)) == "308 /")
        #expect(router.answer("/a" + String(repeating: "/", count: 100_000) + "b") == "308 /a/b/")
    }

    @Test func manySegmentsTakeLinearTime() throws {
        let router = try router()
        expectLinear(router, 10_000) { String(repeating: "/a", count: $0) }
        expectLinear(router, 10_000) { "/rest" + String(repeating: "/a", count: $0) }
        expectLinear(router, 10_000) { "/rest" + String(repeating: "/a", count: $0) + "/.." }
        expectLinear(router, 10_000) { "/rest" + String(repeating: "/%61", count: $0) }
        #expect(router.answer("/rest" + String(repeating: "/a", count: 10_000)).utf8.count == 20_004)
    }

    @Test func longSegmentsTakeLinearTime() throws {
        let router = try router()
        expectLinear(router, 50_000) { "/" + String(repeating: "a", count: $0) }
        expectLinear(router, 50_000) { "/a/" + String(repeating: "1", count: $0) }
        expectLinear(router, 20_000) { "/a/" + String(repeating: "%2e", count: $0) }
    }

    @Test func divisionsWithoutEndTakeLinearTime() throws {
        let router = try router()
        expectLinear(router, 5_000) { "/d/" + String(repeating: "-", count: $0) + "x" }
        expectLinear(router, 5_000) { "/d/" + String(repeating: "1-", count: $0) + "x" }
        expectLinear(router, 5_000) { "/d/" + String(repeating: "a-1-", count: $0) + "yx" }
        expectLinear(router, 5_000) { "/w/" + String(repeating: "-", count: $0) }
        #expect(router.answer("/d/a-1-b-2x") == "dash a 1 b 2")
        #expect(router.answer("/d/" + String(repeating: "1-", count: 40) + "7x").hasPrefix("dash "))
    }

    @Test func everyTreeOfBranchesIsWalkedOnce() throws {
        // Each level doubles the ways; only one of the 2^12 leads to a route, and none does for this path.
        var builder = RouterBuilder<String>()
        for number in 0..<256 {
            let segments = (0..<8).map { number & (1 << $0) == 0 ? "a" : "{x\($0)}" }
            builder.add(try PathPattern(parsing: "/" + segments.joined(separator: "/") + "/z"), value: "\(number)")
        }
        let router = try builder.freeze()
        let path = String(repeating: "/a", count: 8)
        #expect(router.answer(path + "/z") == "0")
        #expect(router.answer(path + "/y") == "404")
        #expect(router.answer(String(repeating: "/b", count: 8) + "/z") == "255" + String(repeating: " b", count: 8))
        let duration = time { _ = router.match(.get, path + "/y") }
        #expect(duration < .milliseconds(50))
    }

    @Test func theLargestPatternsWork() throws {
        let deep = String(repeating: "/a", count: 256)
        let wide = (0..<64).map { "/{x\($0)}" }.joined()
        let packed = "/" + (0..<64).map { "{y\($0)}" }.joined(separator: "-") + "/p"
        let router = try Router([
            ("deep", PathPattern(parsing: deep), ""), ("wide", PathPattern(parsing: wide), ""),
            ("packed", PathPattern(parsing: packed), ""),
        ])
        #expect(router.answer(deep) == "deep")
        #expect(router.answer(String(repeating: "/b", count: 64)) == "wide" + String(repeating: " b", count: 64))
        let values = [String](repeating: "c", count: 64)
        #expect(router.answer("/" + values.joined(separator: "-") + "/p") == "packed " + values.joined(separator: " "))
    }

    @Test func manyRoutesAreFound() throws {
        var builder = RouterBuilder<Int>()
        for number in 0..<2_000 {
            builder.add(try PathPattern(parsing: "/s/\(number)/page"), value: number)
            builder.add(try PathPattern(parsing: "/d/\(number)/{x}"), value: number)
        }
        let router = try builder.freeze()
        for number in 0..<2_000 {
            for path in ["/s/\(number)/page", "/d/\(number)/page"] {
                guard case .found(let value, _, _) = router.match(.get, path) else {
                    Issue.record("\(path) was not found.")
                    continue
                }
                #expect(value == number)
            }
        }
        for path in ["/s/2000/page", "/s//page", "/s/1", "/s/1/pag", "/s/1/pages"] {
            if case .found = router.match(.get, path) { Issue.record("\(path) was found.") }
        }
    }

    @Test func aHostCannotBeExpensive() throws {
        var builder = RouterBuilder<String>()
        var options = RouteOptions()
        options.host = "{a}-{b}-{c}-{d}x.{rest...}"
        builder.add("/", options: options, value: "host")
        let router = try builder.freeze()
        #expect(router.answer("/", host: "1-2-3-4x.example.com") == "host 1 2 3 4 example.com")
        let host = String(repeating: "a-.", count: 20_000)
        #expect(time { _ = router.match(.get, "/", host: host) } < .milliseconds(500))
    }
}
