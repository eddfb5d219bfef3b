// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

@Suite struct ContentDispositionTests {
    @Test(arguments: [
        (ContentDisposition.attachment(), "attachment"),
        (.attachment(filename: "a.txt"), "attachment; filename=\"a.txt\""),
        (.attachment(filename: "two words.txt"), "attachment; filename=\"two words.txt\""),
        (.attachment(filename: "é.txt"), "attachment; filename=\"_.txt\"; filename*=UTF-8''%C3%A9.txt"),
        (.attachment(filename: "🐍.py"), "attachment; filename=\"_.py\"; filename*=UTF-8''%F0%9F%90%8D.py"),
        (.attachment(filename: "a\"b.txt"), "attachment; filename=\"a_b.txt\"; filename*=UTF-8''a%22b.txt"),
        (.attachment(filename: "a\\b"), "attachment; filename=\"a_b\"; filename*=UTF-8''a%5Cb"),
        (.attachment(filename: "50%.txt"), "attachment; filename=\"50_.txt\"; filename*=UTF-8''50%25.txt"),
        (.attachment(filename: "a\r\nb"), "attachment; filename=\"a__b\"; filename*=UTF-8''a%0D%0Ab"),
        (.attachment(filename: "a'(b)*"), "attachment; filename=\"a'(b)*\""),
        (.attachment(filename: "ü'(b)*"), "attachment; filename=\"_'(b)*\"; filename*=UTF-8''%C3%BC%27%28b%29%2A"),
        (.attachment(filename: ""), "attachment; filename=\"\""),
        (ContentDisposition(.inline, filename: "x"), "inline; filename=\"x\""),
        (ContentDisposition(.formData, filename: "x", name: "f"), "form-data; name=\"f\"; filename=\"x\""),
        (ContentDisposition(.formData, name: "a\"b\n"), "form-data; name=\"a\\\"b \""),
    ])
    func valuesAreWritten(value: ContentDisposition, text: String) {
        #expect(value.headerValue == text)
    }

    @Test(arguments: [
        ("attachment", ContentDisposition.attachment()), ("ATTACHMENT; filename=a", .attachment(filename: "a")),
        ("inline; filename=\"a b\"", ContentDisposition(.inline, filename: "a b")),
        ("attachment; filename=a; filename*=UTF-8''%C3%A9", .attachment(filename: "é")),
        ("attachment; filename*=UTF-8''%C3%A9; filename=a", .attachment(filename: "é")),
        ("attachment; filename*=bad''%C3%A9; filename=a", .attachment(filename: "a")),
        ("attachment; filename*0=a; filename*1=b", .attachment(filename: "ab")),
        ("form-data; name=f; filename=\"x\"", ContentDisposition(.formData, filename: "x", name: "f")),
        ("attachment; filename=\"../../etc/passwd\"", .attachment(filename: "../../etc/passwd")),
    ])
    func valuesAreParsed(text: String, value: ContentDisposition) {
        #expect(ContentDisposition(headerValue: text) == value)
    }

    @Test(arguments: ["", " ", ";", "; filename=a", String(repeating: "a", count: 10_001)])
    func whatHasNoKindIsNoValue(text: String) {
        #expect(ContentDisposition(headerValue: text) == nil)
    }

    @Test(arguments: ["a.txt", "é.txt", "日本語.pdf", "a\"b\\c%d.txt", "\u{301}", "50 % off;.txt", "x'y''z"])
    func everyNameComesBack(filename: String) {
        let text = ContentDisposition.attachment(filename: filename).headerValue
        #expect(text.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
        #expect(ContentDisposition(headerValue: text)?.filename?.utf8.elementsEqual(filename.utf8) == true)
    }
}
