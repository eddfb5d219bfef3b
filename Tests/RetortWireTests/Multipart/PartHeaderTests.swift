// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

@Suite struct PartHeaderTests {
    private func part(_ disposition: String, _ more: String = "") throws -> CollectedPart? {
        try parts(of: body(disposition: disposition, more)).first
    }

    @Test(arguments: [
        (#"name="a""#, "a"), ("name=a", "a"), (#"name="a b""#, "a b"), (#"name="""#, ""), (#"NAME="a""#, "a"),
        (#"name="%22quoted%22""#, "\"quoted\""), (#"name="a%0D%0Ab""#, "a\r\nb"), (#"name="a%0ab""#, "a\nb"),
        (#"name="100%25""#, "100%25"), (#"name="50%""#, "50%"), (#"name="a%2""#, "a%2"),
        (#"name="\"quoted\"""#, "\"quoted\""), (#"name="a\\b""#, #"a\b"#), (#"name="a\b""#, #"a\b"#),
        (#"name="ü""#, "ü"), ("name=ü", "ü"), (#"x=y; name="a"; z"#, "a"), (#"; ;name=a ;"#, "a"),
        (#"name*=UTF-8''%e2%82%ac"#, "€"), (#"name*=utf-8'en'a%20b; name=plain"#, "a b"),
        (#"name="a;b""#, "a;b"), (#"name*0="a"; name*1=b"#, "ab"),
    ]) func namesAreRead(disposition: String, name: String) throws {
        let part = try #require(try part(disposition))
        #expect(part.name.utf8.elementsEqual(name.utf8))
    }

    @Test(arguments: [
        (#"filename="cat.jpg""#, "cat.jpg"), (#"filename="""#, ""), ("filename=cat.jpg", "cat.jpg"),
        (#"filename="C:\temp\x.txt""#, #"C:\temp\x.txt"#), (#"filename="C:\\temp\\x.txt""#, #"C:\temp\x.txt"#),
        (#"filename="/etc/passwd""#, "/etc/passwd"), (#"filename="a\"b.txt""#, "a\"b.txt"),
        (#"filename="e.txt"; filename*=UTF-8''%e2%82%ac.txt"#, "€.txt"),
        (#"filename*=UTF-8''%e2%82%ac.txt; filename="e.txt""#, "€.txt"),
        (#"filename*=ISO-8859-1''%e4.txt"#, "ä.txt"), (#"filename*=us-ascii''%41%e4"#, "A\u{FFFD}"),
        (#"filename*=UTF-8''%ff"#, "\u{FFFD}"), (#"filename*=koi8-r''%41"#, "koi8-r''%41"),
        (#"filename*=plain"#, "plain"), (#"filename*0*=UTF-8''%41b; filename*1*=%43; filename*2="d""#, "AbCd"),
    ]) func filenamesAreRead(disposition: String, filename: String) throws {
        let part = try #require(try part("name=f; \(disposition)"))
        #expect(part.filename?.utf8.elementsEqual(filename.utf8) == true, "\(part.filename ?? "nil")")
    }

    @Test(arguments: ["filename", "filename=", "filename =x", #"xfilename="x""#, #""filename"="x""#])
    func whatIsNoFilenameIsSkipped(disposition: String) throws {
        let part = try #require(try part("name=f; \(disposition)"))
        #expect(part.filename == nil)
    }

    @Test(arguments: [
        ("Content-Disposition: form-data\r\n", WireError.Code.unnamedPart),
        ("Content-Disposition: form-data; filename=x\r\n", .unnamedPart),
        ("Content-Disposition: form-data; name=\r\n", .unnamedPart), ("X: y\r\n", .unnamedPart), ("", .unnamedPart),
        ("Content-Disposition: a; name=a\r\ncontent-disposition: a; name=b\r\n", .malformedMultipart),
        ("Content-Disposition: form-data; name=a; name=b\r\n", .malformedMultipart),
        ("Content-Disposition: form-data; name=a; filename=b; FILENAME=c\r\n", .malformedMultipart),
        ("Content-Disposition: form-data; name=\"a\r\n", .malformedMultipart),
        ("Content-Disposition: form-data; name=\"a\\\"\r\n", .malformedMultipart),
        ("Content-Disposition: form-data; name=a\r\nno colon\r\n", .malformedMultipart),
        ("Content-Disposition: form-data; name=a\r\n: empty name\r\n", .malformedMultipart),
        ("Content-Disposition: form-data; name=a\r\nb c: d\r\n", .malformedMultipart),
        ("Content-Disposition: form-data; name=\"a\0b\"\r\n", .malformedMultipart),
        ("Content-Disposition: x; name=a\r\nContent-Transfer-Encoding: base64\r\n", .unsupportedTransferEncoding),
        (
            "Content-Disposition: x; name=a\r\nContent-Transfer-Encoding: Quoted-Printable\r\n",
            .unsupportedTransferEncoding
        ),
    ]) func malformedHeadersAreRefused(headers: String, code: WireError.Code) {
        let error = codeOfError("--foo\r\n\(headers)\r\nHello\r\n--foo--")
        #expect(error?.code == code)
        #expect(error?.status == 400)
    }

    @Test func headersThatAreNotUTF8AreRefused() {
        let body = Array("--foo\r\nContent-Disposition: form-data; name=\"".utf8) + [0xE4] + Array("\"\r\n\r\n".utf8)
        #expect(throws: WireError.self) { try parts(of: [body]) }
    }

    @Test(arguments: ["7bit", "8bit", "binary", "BINARY"]) func identityEncodingsPass(_ encoding: String) throws {
        #expect(try part("name=a", "Content-Transfer-Encoding: \(encoding)\r\n")?.name == "a")
    }

    @Test func everyDispositionWithANamePasses() throws {
        #expect(
            try parts(of: "--foo\r\nContent-Disposition: form-field; name=foo\r\n\r\n\r\n--foo--").first?.name == "foo")
    }

    @Test func tooManyParametersAreRefused() {
        func body_(_ count: Int) -> String {
            body(disposition: "name=a" + (0..<count - 1).map { "; p\($0)=x" }.joined())
        }
        #expect(codeOfError(body_(32)) == nil)
        #expect(codeOfError(body_(33))?.code == .malformedMultipart)
    }
}

@Suite struct MultipartBoundaryTests {
    @Test(arguments: [
        "a", "foo bar", "----WebKitFormBoundary7MA4YWxk", "=_'()+,./:?", String(repeating: "x", count: 70),
    ])
    func validBoundariesPass(text: String) throws {
        let boundary = try MultipartBoundary(text)
        #expect(boundary.description == text)
        #expect(try MultipartBoundary(contentType: boundary.contentType) == boundary)
    }

    @Test(arguments: ["", "a ", " ", String(repeating: "x", count: 71), "a\r\nb", "ü", "a\u{7F}", "a\tb"])
    func invalidBoundariesAreRefused(text: String) {
        #expect(throws: WireError.self) { try MultipartBoundary(text) }
    }

    @Test(arguments: [
        ("multipart/form-data; boundary=foo", "foo"), ("Multipart/Form-Data;boundary=\"a b\"", "a b"),
        ("multipart/form-data; charset=utf-8; BOUNDARY=foo", "foo"), (" multipart/form-data ; boundary=foo;", "foo"),
        (#"multipart/form-data; boundary="a\"b""#, "a\"b"),
    ]) func boundariesAreFoundInContentTypes(contentType: String, boundary: String) throws {
        #expect(try MultipartBoundary(contentType: contentType).description == boundary)
    }

    @Test(arguments: [
        ("text/plain; boundary=x", WireError.Code.notMultipart, 415), ("", .notMultipart, 415),
        ("multipart/form-data2; boundary=x", .notMultipart, 415), ("multipart/form-data", .invalidBoundary, 400),
        ("multipart/form-data; boundary=", .invalidBoundary, 400),
        ("multipart/form-data; boundary=a; boundary=b", .invalidBoundary, 400),
        ("multipart/form-data; boundary=\"a", .invalidBoundary, 400),
    ]) func otherContentTypesAreRefused(contentType: String, code: WireError.Code, status: Int) {
        let error = #expect(throws: WireError.self) { try MultipartBoundary(contentType: contentType) }
        #expect(error?.code == code)
        #expect(error?.status == status)
    }

    @Test func randomBoundariesDiffer() throws {
        let boundaries = Set((0..<100).map { _ in MultipartBoundary.random() })
        #expect(boundaries.count == 100)
        for boundary in boundaries {
            #expect(boundary.contentType == "multipart/form-data; boundary=\(boundary)")
            #expect(try MultipartBoundary(boundary.description) == boundary)
        }
    }
}
