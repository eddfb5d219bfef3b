// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing

@testable import Retort

@Suite struct RouteMethodTests {
    @Test(arguments: RouteMethod.wellKnown.enumerated().map { ($0.element, UInt8($0.offset)) })
    func wellKnownMethodsHaveNumbers(name: String, code: UInt8) {
        #expect(RouteMethod(name)?.code == code)
        #expect(RouteMethod(name)?.name == name)
        #expect(RouteMethod(bytes: name.utf8.span) == RouteMethod(name))
    }

    @Test func theNamedMethodsAreTheWellKnownOnes() {
        let named: [RouteMethod] = [
            .get, .head, .post, .put, .delete, .patch, .options, .connect, .trace, .query,
        ]
        #expect(named.map(\.name) == RouteMethod.wellKnown)
        #expect(named.map { Int($0.code) } == Array(0..<10))
    }

    @Test(arguments: ["PURGE", "get", "M-SEARCH", "x"])
    func otherTokensAreTheirText(name: String) {
        #expect(RouteMethod(name)?.code == RouteMethod.otherCode)
        #expect(RouteMethod(name)?.description == name)
    }

    @Test(arguments: ["", "GE T", "GET\r\n", "GET/", "é", String(repeating: "A", count: 65)])
    func whatIsNoTokenIsNoMethod(name: String) { #expect(RouteMethod(name) == nil) }

    @Test func theEcosystemsMethodsConvert() throws {
        #expect(RouteMethod(HTTPRequest.Method.delete) == .delete)
        #expect(RouteMethod(try #require(HTTPRequest.Method("PURGE"))) == "PURGE")
    }
}

@Suite struct RouteMethodsTests {
    @Test func setsListInAFixedOrder() {
        let methods: RouteMethods = ["PURGE", .post, .get, "COPY", .get]
        #expect(methods.description == "GET, POST, COPY, PURGE")
        #expect(methods.contains(.get))
        #expect(methods.contains("COPY"))
        #expect(!methods.contains(.head))
        #expect(!methods.contains("MOVE"))
    }

    @Test func theOrderOfInsertionDoesNotCount() {
        let left: RouteMethods = [.get, "B", "A"]
        let right: RouteMethods = ["A", "B", .get]
        #expect(left == right)
    }

    @Test func unionsHoldBoth() {
        var methods: RouteMethods = [.get, "X"]
        methods.formUnion([.post, "W", "X"])
        #expect(methods.names == ["GET", "POST", "W", "X"])
    }

    @Test func anyHoldsAll() {
        #expect(RouteMethods.any.contains("WHATEVER"))
        #expect(!RouteMethods.any.isEmpty)
        #expect(RouteMethods.any.description == "*")
        #expect(RouteMethods([]).isEmpty)
    }
}
