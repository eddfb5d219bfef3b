// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ETagsTests {
    private func client(_ middleware: ETags = .etags()) throws -> TestClient {
        var app = App.unlogged
        app.use(middleware)
        app.get("/text") { "hello" }
        app.get("/same") { "hello" }
        app.get("/other") { "hellp" }
        app.get("/bytes") { Bytes(Array("hello".utf8)) }
        app.get("/buffer") { Response(.buffer(ByteBuffer(string: "hello")), contentType: "text/plain") }
        app.get("/empty") { NoContent() }
        app.get("/stream") { Streamed { try await $0.write("hello") } }
        app.get("/own") { Response(headers: [.eTag: "\"mine\"", .contentLanguage: "en"], body: .text("hello")) }
        app.get("/private") { Response(headers: [.cacheControl: "no-store"], body: .text("hello")) }
        app.get("/created") { Reply("hello", status: .created) }
        app.get("/fails") { (_: Request) -> String in throw HTTPError(.notFound) }
        app.post("/text") { "hello" }
        app.get("/dated") {
            Response(headers: [.lastModified: "Sun, 09 Sep 2001 01:46:40 GMT"], body: .text("hello"))
        }
        return try TestClient(app)
    }

    @Test func equalBytesHaveEqualTags() async throws {
        let client = try client()
        let tag = try #require(try await client.get("/text").header(.eTag))
        for path in ["/same", "/bytes", "/buffer"] { #expect(try await client.get(path).header(.eTag) == tag) }
        #expect(try await client.get("/other").header(.eTag) != tag)
        #expect(try await client.head("/text").header(.eTag) == tag)
    }

    @Test(arguments: ["/text", "/bytes", "/buffer", "/own"])
    func whatTheClientHasIsNotSentAgain(_ path: String) async throws {
        let client = try client()
        let tag = try #require(try await client.get(path).header(.eTag))
        for method in [HTTPRequest.Method.get, .head] {
            let response = try await client.request(method, path, headers: [.ifNoneMatch: tag])
            #expect(response.status == .notModified)
            #expect(response.bytes.isEmpty)
            #expect(response.header(.eTag) == tag)
            #expect(response.header(.contentType) == nil)
            #expect(response.header(.contentLanguage) == nil)
        }
        #expect(try await client.get(path, headers: [.ifNoneMatch: "\"x\""]).text == "hello")
    }

    @Test(arguments: ["/empty", "/stream", "/private", "/created", "/fails"])
    func otherAnswersStayAsTheyAre(_ path: String) async throws {
        let response = try await client().get(path, headers: [.ifNoneMatch: "*"])
        #expect(response.header(.eTag) == nil)
        #expect(response.status != .notModified)
    }

    @Test func otherMethodsStayAsTheyAre() async throws {
        let response = try await client().post("/text", headers: [.ifNoneMatch: "*"])
        #expect(response.status == .ok)
        #expect(response.header(.eTag) == nil)
    }

    @Test func anotherStateThanTheExpectedOneIsRefused() async throws {
        let client = try client()
        #expect(try await client.get("/text", headers: [.ifMatch: "\"x\""]).status == .preconditionFailed)
        #expect(try await client.get("/text", headers: [.ifMatch: "*"]).status == .ok)
    }

    @Test func theTimeOfTheAnswerCounts() async throws {
        let client = try client()
        let date = "Sun, 09 Sep 2001 01:46:40 GMT"
        #expect(try await client.get("/dated", headers: [.ifModifiedSince: date]).status == .notModified)
        // The tag goes before the time.
        #expect(
            try await client.get("/dated", headers: [.ifModifiedSince: date, .ifNoneMatch: "\"x\""]).status == .ok)
    }

    @Test func weakTagsAndLongBodies() async throws {
        #expect(try await client(.etags(isWeak: true)).get("/text").header(.eTag)?.hasPrefix("W/\"") == true)
        #expect(try await client(ETags(mostBytes: 4)).get("/text").header(.eTag) == nil)
        #expect(try await client(ETags(mostBytes: 5)).get("/text").header(.eTag) != nil)
    }

    @Test func aRangeIsNoMatterOfTheMiddleware() async throws {
        let response = try await client().get("/text", headers: [.range: "bytes=0-1"])
        #expect(response.status == .ok)
        #expect(response.text == "hello")
    }
}
