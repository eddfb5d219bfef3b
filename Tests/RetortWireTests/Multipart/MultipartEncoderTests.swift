// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing

@testable import RetortWire

@Suite struct MultipartEncoderTests {
    private func encoder() throws -> MultipartEncoder { MultipartEncoder(boundary: try MultipartBoundary("foo")) }

    @Test func bodiesAreWrittenAsBrowsersDo() throws {
        var form = try encoder()
        form.appendField("title", "A\ncat")
        form.appendFile(
            "photo", UploadedFile(filename: "cat.txt", contentType: "text/plain", bytes: Array("meow".utf8)))
        let expected = """
            --foo\r
            Content-Disposition: form-data; name="title"\r
            \r
            A\ncat\r
            --foo\r
            Content-Disposition: form-data; name="photo"; filename="cat.txt"\r
            Content-Type: text/plain\r
            \r
            meow\r
            --foo--\r

            """
        #expect(String(decoding: try form.bytes(), as: UTF8.self) == expected)
        #expect(form.count == expected.utf8.count)
        #expect(form.contentType == "multipart/form-data; boundary=foo")
    }

    @Test func anEmptyFormIsOneBoundary() throws {
        let form = try encoder()
        #expect(try form.bytes() == Array("--foo--\r\n".utf8))
        #expect(try parts(of: [form.bytes()]).isEmpty)
    }

    @Test(arguments: [
        ("a\"b", "a%22b"), ("a\nb", "a%0D%0Ab"), ("a\rb", "a%0D%0Ab"), ("a\r\nb", "a%0D%0Ab"), ("a\\b", "a\\b"),
        ("ü%22", "ü%22"), ("\n\n", "%0D%0A%0D%0A"),
    ]) func namesAreEscaped(name: String, written: String) throws {
        var form = try encoder()
        form.appendField(name, "")
        let text = String(decoding: try form.bytes(), as: UTF8.self)
        #expect(text.contains("; name=\"\(written)\"\r\n"))
    }

    @Test func filenamesAreEscapedAndHeadersCannotBeInjected() throws {
        var form = try encoder()
        form.appendFile(
            "f", UploadedFile(filename: "a\"\r\nX: y\n.txt", contentType: "text/plain\r\nX: y", bytes: []))
        let part = try #require(try parts(of: [form.bytes()]).first)
        #expect(part.filename == "a\"\r\nX: y\n.txt")
        #expect(part.headers.count == 2)
    }

    @Test func otherHeadersOfAFileAreSent() throws {
        var form = try encoder()
        let headers: HTTPFields = [.contentDisposition: "wrong", .contentType: "wrong/type", .contentLanguage: "de"]
        form.appendFile("f", UploadedFile(filename: "a", headers: headers, bytes: [1, 2]))
        let part = try #require(try parts(of: [form.bytes()]).first)
        #expect(part.contentType == "application/octet-stream")
        #expect(part.headers.contains("Content-Language: de"))
        #expect(part.headers.count == 3)
        #expect(part.data == [1, 2])
    }

    @Test(arguments: [1, 7, 64, 100_000]) func chunksMakeUpTheBody(size: Int) throws {
        var form = try encoder()
        form.appendField("a", "1")
        form.appendField("empty", "")
        form.appendFile("f", UploadedFile(filename: "f", bytes: (0..<300).map { UInt8(truncatingIfNeeded: $0) }))
        form.appendFile("none", UploadedFile(filename: "none", bytes: []))
        var chunks = form.chunks(of: size)
        var all: [UInt8] = []
        while let chunk = try chunks.next() {
            #expect(1...size ~= chunk.count)
            all += chunk
        }
        let whole = try form.bytes()
        #expect(all == whole)
        #expect(all.count == form.count)
    }

    @Test func whatIsWrittenIsRead() throws {
        var form = MultipartEncoder()
        let data = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 5) }
        form.appendField("text", "ü\r\n--foo\r\n")
        form.appendField("text", "")
        form.appendFile("file", UploadedFile(filename: "ü \"x\".bin", contentType: "x/y", bytes: data))
        let read = try FormCollector(body: form.bytes(), boundary: form.boundary)
        #expect(read.fields == ["text": "ü\r\n--foo\r\n", "text": ""])
        let file = try #require(read.files["file"])
        #expect(file.filename == "ü \"x\".bin")
        #expect(file.contentType == "x/y")
        #expect(try file.bytes() == data)
    }
}
