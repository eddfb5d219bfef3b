// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RetortWire
import Testing

@Suite struct HeaderSetTests {
    @Test func wordsAreComparedWithoutCaseAndKeepTheirOrder() {
        var set = HeaderSet(headerValue: "GET, head, \"quoted value\", Get")
        #expect(set.items == ["GET", "head", "quoted value"])
        #expect(set.contains("get"))
        #expect(set.contains("HEAD"))
        #expect(!set.contains("POST"))
        set.insert("post")
        set.insert("POST")
        #expect(set.headerValue == "GET, head, \"quoted value\", post")
        set.remove("HEAD")
        set.remove("absent")
        #expect(set.count == 3)
        #expect(Array(set) == ["GET", "quoted value", "post"])
        #expect(!set.isEmpty)
        #expect(HeaderSet().isEmpty)
    }

    @Test func setsAreEqualWhenTheyAreWrittenAlike() {
        #expect(HeaderSet(headerValue: "a, b") == ["a", "b"])
        #expect(HeaderSet(headerValue: "a, b") != ["b", "a"])
        #expect(Set([HeaderSet(["a"]), HeaderSet(["a"])]).count == 1)
    }

    @Test(arguments: [
        ("Accept-Encoding", ["accept-encoding"], "Accept-Encoding"), ("", ["Cookie"], "Cookie"),
        ("Cookie , Accept-Encoding", ["Accept-Encoding", "cookie"], "Cookie, Accept-Encoding"),
        (" * ", ["x"], "*"), ("Cookie", ["*"], "*"), ("Cookie, *", [], "*"), ("A", ["b", "C"], "A, b, C"),
    ])
    func varyTakesInFieldsOnce(text: String, fields: [String], result: String) {
        var vary = Vary(headerValue: text)
        vary.merge(fields)
        #expect(vary.headerValue == result)
        #expect(fields.allSatisfy { vary.contains($0) })
    }

    @Test func varyOnAnythingHoldsEveryField() {
        #expect(Vary(headerValue: "*").contains("Cookie"))
        #expect(!Vary(headerValue: "Accept").contains("Cookie"))
        #expect(Vary(headerValue: String(repeating: "a,", count: 6000)) == .anything)
    }

    @Test(arguments: [
        ("Connection", true), ("KEEP-ALIVE", true), ("te", true), ("Trailer", true), ("Transfer-Encoding", true),
        ("Upgrade", true), ("Proxy-Authorization", true), ("Content-Type", false), ("X-Upgrade", false), ("", false),
    ])
    func fieldsOfOneConnectionAreKnown(name: String, isHopByHop: Bool) {
        #expect(FieldCategories.isHopByHop(name) == isHopByHop)
    }

    @Test(arguments: [
        ("Content-Type", true), ("content-length", true), ("ALLOW", true), ("Expires", true), ("Last-Modified", true),
        ("Date", false), ("ETag", false), ("X-Content-Type", false),
    ])
    func fieldsOfContentAreKnown(name: String, isEntity: Bool) {
        #expect(FieldCategories.isEntity(name) == isEntity)
    }

    @Test func fieldsOfOneConnectionAreRemovedWithThoseThatConnectionNames() throws {
        var fields = HTTPFields()
        fields[.connection] = "close, X-Internal"
        fields[.upgrade] = "h2c"
        fields[try #require(HTTPField.Name("X-Internal"))] = "1"
        fields[try #require(HTTPField.Name("Keep-Alive"))] = "timeout=5"
        fields[.contentType] = "text/plain"
        fields.removeHopByHopFields()
        #expect(fields == [.contentType: "text/plain"])
    }

    @Test func fieldsOfContentAreRemovedButForThoseThatStay() {
        let all: HTTPFields = [
            .date: "d", .contentType: "t", .contentLength: "0", .expires: "e", .contentLocation: "l", .eTag: "\"x\"",
        ]
        var fields = all
        fields.removeEntityFields()
        #expect(fields == [.date: "d", .expires: "e", .contentLocation: "l", .eTag: "\"x\""])
        fields = all
        fields.removeEntityFields(keeping: [])
        #expect(fields == [.date: "d", .eTag: "\"x\""])
    }

    @Test func fieldsAreReadAndWrittenAsTypes() {
        var fields = HTTPFields()
        #expect(fields[.vary, as: Vary.self] == nil)
        fields[.vary, as: Vary.self] = .fields(["Cookie"])
        #expect(fields[.vary] == "Cookie")
        #expect(fields[.vary, as: Vary.self] == .fields(["Cookie"]))
        fields[.lastModified, as: HTTPDate.self] = .epoch
        #expect(fields[.lastModified] == "Thu, 01 Jan 1970 00:00:00 GMT")
        fields[.lastModified] = "yesterday"
        #expect(fields[.lastModified, as: HTTPDate.self] == nil)
        fields[.vary, as: Vary.self] = nil
        #expect(fields[.vary] == nil)
    }
}
