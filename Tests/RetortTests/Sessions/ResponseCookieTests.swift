// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing

@testable import Retort
@testable import RetortServer
@testable import RetortWire

@Suite struct ResponseCookieTests {
    @Test func aCookieIsForTheSiteAndNotForScriptsUnlessTold() {
        var response = Response(.text("x"), contentType: "text/plain")
        response.setCookie("theme", "dark")
        response.setCookie(
            "id", "a;b", maxAge: .seconds(60), domain: "example.test", path: "/x", isSecure: true, isHTTPOnly: false,
            sameSite: .strict, isPartitioned: true)
        #expect(
            response.headers[values: .setCookie] == [
                "theme=dark; HttpOnly; Path=/; SameSite=Lax",
                "id=\"a\\073b\"; Domain=example.test; Max-Age=60; Secure; Path=/x; SameSite=Strict; Partitioned",
            ])
        #expect(response.contentType == "text/plain")
    }

    @Test func theSameCookieIsReplacedAndOthersStay() {
        var response = Response()
        response.setCookie("a", "1")
        response.setCookie("a", "2", path: "/x")
        response.setCookie("b", "3")
        response.setCookie("a", "4")
        let cookies = response.headers[values: .setCookie].compactMap { SetCookie(headerValue: $0) }
        #expect(cookies.map { "\($0.name)=\($0.value)\($0.path ?? "")" } == ["a=2/x", "b=3/", "a=4/"])
    }

    @Test func aDeletionIsACookieOfThePast() throws {
        var response = Response()
        response.deleteCookie("__Host-a", isSecure: true)
        let cookie = try #require(response.headers[.setCookie].flatMap { SetCookie(headerValue: $0) })
        #expect(cookie.value.isEmpty && cookie.maxAge == .zero && cookie.expires == .epoch && cookie.isSecure)
    }

    @Test func lineEndsCannotBeginAnotherHeader() {
        var response = Response()
        response.setCookie("a\r\nX: y", "v\r\nSet-Cookie: b=c")
        let text = response.headers[values: .setCookie].joined()
        #expect(!text.utf8.contains(0x0D) && !text.utf8.contains(0x0A))
    }

    @Test func handlersReadTheCookiesOfARequest() async throws {
        var app = App()
        app.get("/") { (cookies: Cookies) in "\(cookies["a"] ?? "-") \(cookies.all("b")) \(cookies.values.count)" }
        let probe = try AppProbe(app)
        #expect(try await probe.get().text == "- [] 0")
        let headers = [("Cookie", "a=\"x\\073y\"; b=1"), ("Cookie", "b=2; =nameless")]
        #expect(try await probe.get("/", headers).text == "x;y [\"1\", \"2\"] 3")
    }
}
