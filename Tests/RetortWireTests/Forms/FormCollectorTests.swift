// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

@Suite struct FormCollectorTests {
    private func form(_ parts: [(head: String, data: String)], _ limits: FormLimits = FormLimits()) throws
        -> FormCollector
    {
        let body = parts.map { "--foo\r\nContent-Disposition: form-data; \($0.head)\r\n\r\n\($0.data)\r\n" }.joined()
        return try FormCollector(
            body: Array((body + "--foo--").utf8), boundary: try MultipartBoundary("foo"), limits: limits)
    }

    private func code(_ parts: [(head: String, data: String)], _ limits: FormLimits) -> WireError.Code? {
        do {
            _ = try form(parts, limits)
            return nil
        } catch {
            #expect((error as? WireError)?.status == 413)
            return (error as? WireError)?.code
        }
    }

    @Test func fieldsAndFilesAreKeptApart() throws {
        let form = try form([
            ("name=a", "1"), ("name=f; filename=x.txt\r\nContent-Type: text/plain", "file"), ("name=a", "2"),
            ("name=f; filename=y.txt", ""), ("name=none; filename=\"\"", ""), ("name=_charset_", "iso-8859-1"),
        ])
        #expect(form.fields == ["a": "1", "a": "2", "_charset_": "iso-8859-1"])
        #expect(form.files.pairs.map(\.name) == ["f", "f", "none"])
        let file = try #require(form.files["f"])
        #expect(try file.bytes() == Array("file".utf8))
        #expect(file.contentType == "text/plain")
        #expect(file.headers.count == 2)
        #expect(form.files.pairs.map(\.value.isBlank) == [false, false, true])
    }

    @Test(
        arguments: [
            ("", [0xC3, 0xBC], "ü"), ("", [0xFC], "\u{FFFD}"), ("; charset=iso-8859-1", [0xFC], "ü"),
            ("; charset=us-ascii", [0x41, 0xFC], "A\u{FFFD}"), ("; charset=utf-7", [0xC3, 0xBC], "ü"),
            ("; charset=\"UTF-8\"", [0xC3, 0xBC], "ü"),
        ] as [(String, [UInt8], String)]) func charsetsOfFieldsAreRead(parameter: String, data: [UInt8], text: String)
        throws
    {
        let head = "--foo\r\nContent-Disposition: form-data; name=a\r\nContent-Type: text/plain\(parameter)\r\n\r\n"
        let body = Array(head.utf8) + data + Array("\r\n--foo--".utf8)
        #expect(try FormCollector(body: body, boundary: try MultipartBoundary("foo")).fields == ["a": text])
    }

    @Test func tooManyFieldsAreRefused() {
        var limits = FormLimits()
        limits.fields = 1
        #expect(code([("name=a", "1"), ("name=f; filename=x", "")], limits) == nil)
        #expect(code([("name=a", "1"), ("name=b", "2")], limits) == .tooManyFields)
    }

    @Test func tooManyFilesAreRefused() {
        var limits = FormLimits()
        limits.files = 1
        #expect(code([("name=a", "1"), ("name=f; filename=x", "")], limits) == nil)
        #expect(code([("name=e; filename=x", ""), ("name=f; filename=x", "")], limits) == .tooManyFiles)
    }

    @Test(
        arguments: [
            (10, nil), (9, WireError.Code.fieldsTooLarge), (0, .fieldsTooLarge),
        ] as [(Int, WireError.Code?)]) func namesAndValuesOfFieldsCountTogether(limit: Int, expected: WireError.Code?)
    {
        var limits = FormLimits()
        limits.fieldBytes = limit
        // 2 + 3 + 1 + 4 bytes; the file does not count.
        let parts = [("name=ab", "123"), ("name=c", "1234"), ("name=f; filename=x", "123456789")]
        #expect(code(parts, limits) == expected)
    }

    @Test func largeFilesLeaveTheMemory() throws {
        var limits = FormLimits()
        limits.fileBytesInMemory = 10
        let form = try form(
            [("name=small; filename=a", "0123456789"), ("name=large; filename=b", "0123456789x")], limits)
        let small = try #require(form.files["small"])
        let large = try #require(form.files["large"])
        #expect(small.isInMemory)
        #expect(!large.isInMemory)
        #expect(large.size == 11)
        #expect(try large.bytes() == Array("0123456789x".utf8))
    }

    @Test func allFilesShareOneRoomInMemory() throws {
        var limits = FormLimits()
        limits.totalFileBytesInMemory = 15
        let form = try form(
            [
                ("name=a; filename=a", "0123456789"), ("name=b; filename=b", "0123456789"),
                ("name=c; filename=c", "01234"),
            ],
            limits)
        #expect(form.files.pairs.map(\.value.isInMemory) == [true, false, true])
        #expect(try form.files.pairs.map { try $0.value.bytes().count } == [10, 10, 5])
    }

    @Test(arguments: [1, 1000, 65_536, 65_537, 200_000]) func spooledBytesAreWhole(pieceSize: Int) throws {
        var limits = FormLimits()
        limits.fileBytesInMemory = 50_000
        let data = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 8) }
        var encoder = MultipartEncoder()
        encoder.appendFile("f", UploadedFile(filename: "f", bytes: data))
        let body = try encoder.bytes()
        var parser = MultipartParser(boundary: encoder.boundary, limits: limits)
        var form = FormCollector(limits: limits)
        for start in stride(from: 0, to: body.count, by: pieceSize) {
            try parser.push(Array(body[start..<min(start + pieceSize, body.count)]), to: &form)
        }
        try parser.finish(to: &form)
        let file = try #require(form.files["f"])
        #expect(!file.isInMemory)
        #expect(try file.bytes() == data)
        // Copies of the collector share the file.
        let copy = form
        #expect(try copy.files["f"]?.read(at: 299_990, count: 100) == Array(data[299_990...]))
    }

    @Test func aMissingTemporaryDirectoryIsReported() throws {
        var limits = FormLimits()
        limits.fileBytesInMemory = 1
        var form = FormCollector(limits: limits, temporaryDirectory: "/nonexistent/retort")
        var parser = MultipartParser(boundary: try MultipartBoundary("foo"), limits: limits)
        let body = Array("--foo\r\nContent-Disposition: x; name=f; filename=f\r\n\r\n12\r\n--foo--".utf8)
        let error = #expect(throws: WireError.self) { try parser.push(body, to: &form) }
        #expect(error?.code == .fileOperation)
        #expect(error?.status == 500)
        #expect(error?.message.contains("/nonexistent") == false)
    }
}
