// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RetortWire
import Testing

@Suite struct PreconditionsTests {
    /// One row: the method, the tag of the current state, the fields of the request, and the outcome.
    struct Row: Sendable {
        let method: HTTPRequest.Method
        let tag: String?
        let fields: HTTPFields
        let outcome: Preconditions.Outcome

        init(_ method: HTTPRequest.Method, _ tag: String?, _ fields: HTTPFields, _ outcome: Preconditions.Outcome) {
            self.method = method
            self.tag = tag
            self.fields = fields
            self.outcome = outcome
        }
    }

    static let earlier = "Wed, 03 Jan 2007 01:55:00 GMT"
    static let same = "Wed, 03 Jan 2007 01:56:00 GMT"
    static let later = "Wed, 03 Jan 2007 01:57:00 GMT"

    /// Source: RFC 9110 §13.2.2.
    static let rows: [Row] = [
        // No condition.
        Row(.get, nil, [:], .proceed), Row(.get, "\"e\"", [:], .proceed), Row(.put, "\"e\"", [:], .proceed),
        // If-Modified-Since is for reading only, and a date that is none is no condition.
        Row(.get, "\"e\"", [.ifModifiedSince: same], .notModified),
        Row(.head, nil, [.ifModifiedSince: same], .notModified),
        Row(.get, "\"e\"", [.ifModifiedSince: earlier], .proceed),
        Row(.get, nil, [.ifModifiedSince: later], .notModified),
        Row(.put, "\"e\"", [.ifModifiedSince: same], .proceed),
        Row(.get, "\"e\"", [.ifModifiedSince: "garbage"], .proceed),
        // If-Unmodified-Since is for every method.
        Row(.get, "\"e\"", [.ifUnmodifiedSince: same], .proceed),
        Row(.get, "\"e\"", [.ifUnmodifiedSince: later], .proceed),
        Row(.get, "\"e\"", [.ifUnmodifiedSince: earlier], .preconditionFailed),
        Row(.put, nil, [.ifUnmodifiedSince: earlier], .preconditionFailed),
        Row(.put, nil, [.ifUnmodifiedSince: "garbage"], .proceed),
        // If-None-Match compares weakly.
        Row(.get, "\"e\"", [.ifNoneMatch: "\"e\""], .notModified),
        Row(.head, "\"e\"", [.ifNoneMatch: "\"x\", \"e\""], .notModified),
        Row(.put, "\"e\"", [.ifNoneMatch: "\"e\""], .preconditionFailed),
        Row(.get, "\"e\"", [.ifNoneMatch: "W/\"e\""], .notModified),
        Row(.get, "W/\"e\"", [.ifNoneMatch: "\"e\""], .notModified),
        Row(.get, "\"e\"", [.ifNoneMatch: "\"x\""], .proceed), Row(.get, nil, [.ifNoneMatch: "\"e\""], .proceed),
        Row(.get, "\"e\"", [.ifNoneMatch: "*"], .notModified), Row(.get, nil, [.ifNoneMatch: "*"], .notModified),
        Row(.put, "\"e\"", [.ifNoneMatch: "*"], .preconditionFailed),
        Row(.put, "\"e\"", [.ifNoneMatch: ""], .proceed),
        // If-Match compares strongly.
        Row(.put, "\"e\"", [.ifMatch: "\"e\""], .proceed), Row(.get, "\"e\"", [.ifMatch: "\"x\", \"e\""], .proceed),
        Row(.put, "\"e\"", [.ifMatch: "\"x\""], .preconditionFailed),
        Row(.put, "\"e\"", [.ifMatch: "W/\"e\""], .preconditionFailed),
        Row(.put, "W/\"e\"", [.ifMatch: "\"e\""], .preconditionFailed),
        Row(.put, nil, [.ifMatch: "\"e\""], .preconditionFailed), Row(.put, "\"e\"", [.ifMatch: "*"], .proceed),
        Row(.put, nil, [.ifMatch: "*"], .proceed), Row(.put, "\"e\"", [.ifMatch: ""], .preconditionFailed),
        // Tags come before dates.
        Row(.get, "\"e\"", [.ifNoneMatch: "\"e\"", .ifModifiedSince: earlier], .notModified),
        Row(.get, "\"e\"", [.ifNoneMatch: "\"x\"", .ifModifiedSince: same], .proceed),
        Row(.put, "\"e\"", [.ifMatch: "\"e\"", .ifUnmodifiedSince: earlier], .proceed),
        Row(.put, nil, [.ifMatch: "\"e\"", .ifUnmodifiedSince: later], .preconditionFailed),
        // What fails comes before what the client has.
        Row(.get, "\"e\"", [.ifMatch: "\"x\"", .ifNoneMatch: "\"e\""], .preconditionFailed),
        Row(.get, "\"e\"", [.ifMatch: "\"e\"", .ifNoneMatch: "\"e\""], .notModified),
        Row(.get, "\"e\"", [.ifUnmodifiedSince: same, .ifModifiedSince: same], .notModified),
        // Ranges come last and are for GET only.
        Row(.get, "\"e\"", [.range: "bytes=0-1"], .partial), Row(.head, "\"e\"", [.range: "bytes=0-1"], .proceed),
        Row(.put, "\"e\"", [.range: "bytes=0-1"], .proceed),
        Row(.get, "\"e\"", [.range: "bytes=0-1", .ifRange: "\"e\""], .partial),
        Row(.get, "\"e\"", [.range: "bytes=0-1", .ifRange: "\"x\""], .proceed),
        Row(.get, "\"e\"", [.range: "bytes=0-1", .ifRange: "W/\"e\""], .proceed),
        Row(.get, nil, [.range: "bytes=0-1", .ifRange: "\"e\""], .proceed),
        Row(.get, nil, [.range: "bytes=0-1", .ifRange: same], .partial),
        Row(.get, nil, [.range: "bytes=0-1", .ifRange: later], .proceed),
        Row(.get, "\"e\"", [.ifRange: "\"e\""], .proceed),
        Row(.get, "\"e\"", [.range: "bytes=0-1", .ifNoneMatch: "\"e\""], .notModified),
    ]

    @Test(arguments: rows)
    func conditionsAreComparedInTheOrderOfTheStandard(row: Row) {
        let conditions = Preconditions(row.fields)
        let tag = row.tag.flatMap { ETag(headerValue: $0) }
        let outcome = conditions.evaluate(
            method: row.method, tag: tag, lastModified: HTTPDate(headerValue: Self.same))
        #expect(outcome == row.outcome, "\(row.method) \(row.fields)")
    }

    @Test(
        arguments: [
            ([.ifMatch: "*"], .preconditionFailed),
            ([.ifMatch: "\"e\""], .preconditionFailed), ([.ifNoneMatch: "*"], .proceed),
            ([.range: "bytes=0-1"], .proceed),
            ([:], .proceed),
        ] as [(HTTPFields, Preconditions.Outcome)])
    func whatDoesNotExistMatchesNothing(fields: HTTPFields, outcome: Preconditions.Outcome) {
        let conditions = Preconditions(fields)
        #expect(conditions.evaluate(method: .put, tag: nil, lastModified: nil, exists: false) == outcome)
    }

    @Test func withoutATimeOfTheLastChangeDatesAreNoCondition() {
        let conditions = Preconditions([.ifModifiedSince: Self.same, .ifUnmodifiedSince: Self.earlier])
        #expect(conditions.evaluate(method: .get, tag: nil, lastModified: nil) == .proceed)
    }

    @Test(
        arguments: [
            ([:], "\"a\"", true), ([.ifNoneMatch: "\"a\""], "\"a\"", false),
            ([.ifNoneMatch: "W/\"a\""], "\"a\"", false),
            ([.ifNoneMatch: "\"b\""], "\"a\"", true), ([.ifNoneMatch: "*"], "\"a\"", false),
            ([.ifNoneMatch: "\"a\""], nil, true),
            ([.ifModifiedSince: same], "\"a\"", false), ([.ifModifiedSince: earlier], "\"a\"", true),
            ([.ifModifiedSince: same, .ifNoneMatch: "\"b\""], "\"a\"", true), ([.ifMatch: "\"a\""], "\"a\"", true),
            ([.ifMatch: "\"b\""], "\"a\"", false), ([.ifMatch: "W/\"a\""], "\"a\"", false),
            ([.ifMatch: "*"], "\"a\"", true),
            ([.ifNoneMatch: ""], "\"a\"", true),
        ] as [(HTTPFields, String?, Bool)])
    func aClientNeedsTheContentUnlessItHasIt(fields: HTTPFields, tag: String?, isModified: Bool) {
        let tag = tag.flatMap { ETag(headerValue: $0) }
        let date = HTTPDate(headerValue: Self.same)
        #expect(Preconditions(fields).isModified(tag: tag, lastModified: date) == isModified)
    }

    @Test(
        arguments: [
            ([.range: "bytes=0-", .ifRange: "\"a\""], false), ([.range: "bytes=0-", .ifRange: "\"b\""], true),
            ([.range: "bytes=0-", .ifRange: later], false), ([.range: "bytes=0-", .ifRange: earlier], true),
            ([.ifRange: "\"a\"", .ifModifiedSince: earlier], true),
            ([.range: "", .ifRange: "\"b\"", .ifModifiedSince: same], true),
            ([.range: "bytes=0-", .ifNoneMatch: "\"a\""], false),
        ] as [(HTTPFields, Bool)])
    func theConditionOfARangeTakesThePlaceOfTheOthers(fields: HTTPFields, isModified: Bool) throws {
        let tag = try ETag("a")
        let date = HTTPDate(headerValue: Self.same)
        #expect(Preconditions(fields).isModified(tag: tag, lastModified: date, usingIfRange: true) == isModified)
    }
}
