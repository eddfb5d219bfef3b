// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

@Suite struct MultipartParserTests {
    static let form = """
        preamble\r
        --foo\r
        Content-Disposition: form-data; name="title"\r
        \r
        A cat\r
        --foo  \t\r
        content-disposition: form-data; name=photo; filename="cat.txt"\r
        X-Custom: a,\r
         b\r
        Content-Type: text/plain; charset=utf-8\r
        \r
        line one\r
        --fo\r
        \r
        --foobar\r
        --foo-\r
        \r\n\n\r\r
        --foo--  \r
        epilogue --foo\r
        """

    @Test func fieldsAndFilesComeInTheirOrder() throws {
        let parts = try parts(of: Self.form)
        try #require(parts.count == 2)
        #expect(parts.map(\.name) == ["title", "photo"])
        #expect(parts.map(\.filename) == [nil, "cat.txt"])
        #expect(parts.map(\.contentType) == [nil, "text/plain; charset=utf-8"])
        #expect(parts[0].text == "A cat")
        #expect(parts[1].data == Array("line one\r\n--fo\r\n\r\n--foobar\r\n--foo-\r\n\r\n\n\r".utf8))
        #expect(
            parts[1].headers == [
                "content-disposition: form-data; name=photo; filename=\"cat.txt\"", "X-Custom: a, b",
                "Content-Type: text/plain; charset=utf-8",
            ])
        #expect(parts.map(\.isComplete) == [true, true])
    }

    @Test func cuttingTheBodyInTwoChangesNothing() throws {
        let body = Array(Self.form.utf8)
        let whole = try parts(of: [body])
        for cut in 0...body.count {
            let pieces = [Array(body[..<cut]), Array(body[cut...])]
            try #require(try parts(of: pieces) == whole, "cut at \(cut)")
        }
    }

    @Test(arguments: 1...9) func cuttingTheBodyInSmallPiecesChangesNothing(size: Int) throws {
        let body = Array(Self.form.utf8)
        let pieces = stride(from: 0, to: body.count, by: size).map { Array(body[$0..<min($0 + size, body.count)]) }
        #expect(try parts(of: pieces) == parts(of: [body]))
    }

    @Test(arguments: ["\r\n", "\n", "\r"]) func everyLineEndIsRead(_ end: String) throws {
        let body = [
            "--foo", "Content-Disposition: form-data; name=foo", "", "this is just bar", "--foo",
            "Content-Disposition: form-data; name=bar", "", "blafasel", "--foo--",
        ].joined(separator: end)
        let whole = try parts(of: body)
        #expect(whole.map(\.text) == ["this is just bar", "blafasel"])
        for cut in 0...body.utf8.count {
            let bytes = Array(body.utf8)
            try #require(try parts(of: [Array(bytes[..<cut]), Array(bytes[cut...])]) == whole)
        }
    }

    @Test(arguments: [
        ("x\r\n", "x\r\n"), ("\r\nx", "\r\nx"), ("", ""), ("\r", "\r"), ("\n", "\n"), ("\n\r\n", "\n\r\n"),
        ("--foo", "--foo"), ("x--foo--", "x--foo--"), ("\r\n--fo", "\r\n--fo"), ("\r\n --foo", "\r\n --foo"),
        ("\r\n--foo -", "\r\n--foo -"), ("\r\n--foo-", "\r\n--foo-"), ("--", "--"),
    ]) func dataThatLooksLikeABoundaryStays(data: String, expected: String) throws {
        // Behind the data stands CRLF and the boundary: that line end belongs to the boundary, and only that one.
        // Directly behind the headers the data would begin a line of its own, so a letter comes first.
        let body = Array("--foo\r\nContent-Disposition: form-data; name=a\r\n\r\n:\(data)\r\n--foo--".utf8)
        #expect(try parts(of: [body]).map(\.text) == [":\(expected)"])
        #expect(try parts(of: body.map { [$0] }).map(\.text) == [":\(expected)"])
    }

    @Test func partsWithoutDataNeedNoLineEndOfTheirOwn() throws {
        let body = "--foo\r\nContent-Disposition: form-data; name=a\r\n\r\n--foo--"
        #expect(
            try parts(of: body) == [
                CollectedPart(
                    name: "a", headers: ["Content-Disposition: form-data; name=a"], data: [], isComplete: true)
            ])
    }

    @Test(arguments: ["--foo--", "\r\n--foo--\r\n", "--foo--epilogue", "text\r\n--foo--"])
    func aFormMayBeEmpty(body: String) throws {
        #expect(try parts(of: body).isEmpty)
    }

    @Test func paddingHasAnEnd() throws {
        func body(_ padding: Int) -> String {
            let spaces = String(repeating: " ", count: padding)
            return "--foo\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--foo\(spaces)\r\n"
                + "Content-Disposition: form-data; name=b\r\n\r\n2\r\n--foo--"
        }
        let most = DelimiterTail.maximumPadding
        #expect(try parts(of: body(most)).map(\.name) == ["a", "b"])
        #expect(try parts(of: body(most + 1)).map(\.name) == ["a"])
        #expect(try parts(of: body(most + 1).utf8.map { [$0] }).map(\.name) == ["a"])
    }

    @Test func whatFollowsTheLastBoundaryIsIgnored() throws {
        var parser = MultipartParser(boundary: try MultipartBoundary("foo"))
        var sink = PartCollector()
        try parser.push(Array("--foo--".utf8), to: &sink)
        #expect(parser.isComplete)
        try parser.push(Array("\r\n--foo\r\n\r\nnonsense".utf8), to: &sink)
        try parser.finish(to: &sink)
        #expect(sink.parts.isEmpty)
    }

    @Test func spansAreTakenToo() throws {
        var parser = MultipartParser(boundary: try MultipartBoundary("foo"))
        var sink = PartCollector()
        let body = Array(Self.form.utf8)
        try parser.push(body.span, to: &sink)
        try parser.finish(to: &sink)
        #expect(sink.parts.count == 2)
    }

    @Test(arguments: [
        "", "--blah\r\n", "--foo", "--foo\r\nContent-Disposition: form-data; name=a\r\n",
        "--foo\r\nContent-Disposition: form-data; name=a\r\n\r\n1", "x--foo--",
        "--foo\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--foo-",
    ]) func aBodyThatStopsEarlyIsRefused(body: String) {
        let error = codeOfError(body)
        #expect(error?.code == .truncatedMultipart)
        #expect(error?.status == 400)
    }

    @Test func nothingIsReadAfterAnError() throws {
        struct Refusal: Error {}
        struct RefusingSink: MultipartSink {
            mutating func beginPart(_ part: MultipartPart) throws {}
            mutating func receiveData(_ bytes: Span<UInt8>) throws { throw Refusal() }
            mutating func endPart() throws {}
        }
        var parser = MultipartParser(boundary: try MultipartBoundary("foo"))
        var sink = RefusingSink()
        #expect(throws: Refusal.self) { try parser.push(Array(Self.form.utf8), to: &sink) }
        #expect(throws: WireError.self) { try parser.push(Array(Self.form.utf8), to: &sink) }
        #expect(throws: WireError.self) { try parser.finish(to: &sink) }
    }
}

@Suite struct MultipartLimitTests {
    static let twoParts = """
        --foo\r
        Content-Disposition: form-data; name=a\r
        \r
        1\r
        --foo\r
        Content-Disposition: form-data; name=b\r
        \r
        2\r
        --foo--
        """

    @Test func tooManyPartsAreRefused() {
        var limits = FormLimits()
        limits.parts = 2
        #expect(codeOfError(Self.twoParts, limits: limits) == nil)
        limits.parts = 1
        let error = codeOfError(Self.twoParts, limits: limits)
        #expect(error?.code == .tooManyParts)
        #expect(error?.status == 413)
    }

    @Test(arguments: ["\r\n", "\n", "\r"]) func longHeadersAreRefused(end: String) {
        // 38 bytes and one for the line end, however it is written.
        let body = Self.twoParts.split(separator: "\r\n", omittingEmptySubsequences: false).joined(separator: end)
        var limits = FormLimits()
        limits.partHeaderBytes = 39
        #expect(codeOfError(body, limits: limits) == nil)
        limits.partHeaderBytes = 38
        let error = codeOfError(body, limits: limits)
        #expect(error?.code == .partHeadersTooLarge)
        #expect(error?.status == 413)
    }

    @Test func headersThatNeverEndAreRefused() {
        let error = codeOfError("--foo\r\n" + String(repeating: "a", count: 9000))
        #expect(error?.code == .partHeadersTooLarge)
        let folded = codeOfError("--foo\r\nA: b" + String(repeating: "\r\n ", count: 9000))
        #expect(folded?.code == .partHeadersTooLarge)
    }

    @Test func tooManyHeadersAreRefused() {
        let header = "X: y\r\n"
        func body(_ count: Int) -> String {
            body_(String(repeating: header, count: count - 1))
        }
        func body_(_ more: String) -> String {
            "--foo\r\nContent-Disposition: form-data; name=a\r\n\(more)\r\n\r\n--foo--"
        }
        #expect(codeOfError(body(20)) == nil)
        let error = codeOfError(body(21))
        #expect(error?.code == .tooManyPartHeaders)
        #expect(error?.status == 413)
        // A continued line is a part of its header.
        #expect(codeOfError(body_(String(repeating: header, count: 19) + " z\r\n\tz\r\n")) == nil)
    }

    @Test func theDefaultsAreDocumented() {
        let limits = FormLimits()
        #expect(limits.parts == 1000)
        #expect(limits.fields == 1000)
        #expect(limits.files == 100)
        #expect(limits.partHeaderBytes == 8192)
        #expect(limits.partHeaders == 20)
        #expect(limits.fieldBytes == 500_000)
        #expect(limits.fileBytesInMemory == 524_288)
        #expect(limits.totalFileBytesInMemory == 4_194_304)
    }
}
