// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

struct MediaTypeTests {
    @Test(arguments: [
        ("text/html", "text/html"), ("TEXT/HTML", "text/html"), (" text/html ", "text/html"),
        ("text/html;charset=UTF-8", "text/html; charset=UTF-8"),
        ("text/html ; Charset=\"utf-8\" ; x=1", "text/html; charset=utf-8; x=1"),
        ("multipart/form-data; boundary=\"a b\"", "multipart/form-data; boundary=\"a b\""),
        ("a/b;q=\"x\\\"y\\\\z\"", "a/b; q=\"x\\\"y\\\\z\""), ("a/b;", "a/b"), ("a/b;;c=1", "a/b; c=1"),
        ("a/b;c=1;C=2", "a/b; c=1"), ("a/b;c", "a/b"), ("a/b;=1", "a/b"),
        ("a/b; c =1", "a/b"), ("a/b; c=1 2; d=3", "a/b; d=3"), ("a/b; c=\"1", "a/b"), ("a/b; c=\"\"", "a/b; c=\"\""),
        ("image/*", "image/*"), ("*/*", "*/*"),
        ("application/vnd.api+json", "application/vnd.api+json"),
    ])
    func typesAreReadLeniently(text: String, description: String) throws {
        #expect(try #require(MediaType(text)).description == description)
    }

    @Test(arguments: [
        "", " ", "text", "text/", "/html", "text/html/x", "text html", "te xt/html", "text/html x", "text/ html",
        "ü/x",
        "text/html, a/b", "\"a\"/b", "a\r\n/b",
    ])
    func textWithoutATypeIsNone(text: String) {
        #expect(MediaType(text) == nil)
    }

    @Test func longTextIsNone() {
        #expect(MediaType("a/b;c=" + String(repeating: "d", count: 9994)) != nil)
        #expect(MediaType("a/b;c=" + String(repeating: "d", count: 9995)) == nil)
    }

    @Test func partsAndParametersCanBeAskedFor() throws {
        let type = try #require(MediaType("Text/Plain; CHARSET=ISO-8859-1; Format=Flowed"))
        #expect(type.type == "text" && type.subtype == "plain" && type.essence == "text/plain")
        #expect(type.charset == "iso-8859-1")
        #expect(type[parameter: "FORMAT"] == "Flowed")
        #expect(type[parameter: "x"] == nil)
        #expect(MediaType.json.charset == nil)
    }

    @Test func typesAreEqualWithParametersInAnyOrder() {
        #expect(MediaType("a/b;c=1;d=2") == MediaType("A/B; d=2; C=1"))
        #expect(MediaType("a/b;charset=UTF-8") == MediaType("a/b;charset=utf-8"))
        #expect(MediaType("a/b;c=X") != MediaType("a/b;c=x"))
        #expect(MediaType("a/b;c=1") != MediaType("a/b"))
        #expect(MediaType("a/b;c=\u{E9}") == nil || MediaType("a/b;c=\"\u{E9}\"") != MediaType("a/b;c=\"e\u{301}\""))
        #expect(Set([MediaType("a/b;c=1;d=2"), MediaType("a/b;d=2;c=1")]).count == 1)
    }

    @Test(arguments: [
        ("text/html", "text/html; charset=utf-8"), ("text/csv; charset=latin1", "text/csv; charset=latin1"),
        ("application/json", "application/json"),
        ("image/svg+xml", "image/svg+xml; charset=utf-8"), ("application/xml", "application/xml; charset=utf-8"),
        ("application/javascript", "application/javascript; charset=utf-8"),
        ("image/png", "image/png"), ("application/octet-stream", "application/octet-stream"),
        ("image/xml", "image/xml"),
    ])
    func textIsUTF8UnlessToldOtherwise(text: String, description: String) throws {
        let type = try #require(MediaType(text))
        #expect(type.withDefaultCharset.description == description)
        #expect(type.withDefaultCharset.withDefaultCharset == type.withDefaultCharset)
    }

    @Test(arguments: [
        ("image/png", "image/*", true), ("image/png", "*/*", true), ("image/png", "image/png", true),
        ("image/png", "text/*", false), ("image/png", "image/jpeg", false),
        ("image/png;a=1", "image/*;q=0.5", true),
    ])
    func rangesHoldTheirTypes(text: String, range: String, matches: Bool) throws {
        #expect(try #require(MediaType(text)).matches(#require(MediaType(range))) == matches)
    }

    @Test func valuesAreWrittenSafely() {
        var type = MediaType.plainText
        type.parameters = [.init(name: "X", value: "a\r\nb\""), .init(name: "y", value: "")]
        #expect(type.description == "text/plain; x=\"ab\\\"\"; y=\"\"")
    }

    @Test func constantsAreWhatTheySay() {
        let constants: [MediaType] = [.octetStream, .plainText, .html, .json, .urlEncodedForm, .multipartForm]
        #expect(
            constants.map(\.description) == [
                "application/octet-stream", "text/plain", "text/html", "application/json",
                "application/x-www-form-urlencoded", "multipart/form-data",
            ])
    }
}

struct FileTypeTests {
    @Test(
        arguments: [
            ("index.html", "text/html", nil), ("INDEX.HTM", "text/html", nil), ("app.js", "text/javascript", nil),
            ("app.js.br", "text/javascript", "br"),
            ("app.css.gz", "text/css", "gzip"), ("data.json.zst", "application/json", "zstd"),
            ("a/b.c/photo.JPeG", "image/jpeg", nil), ("C:\\x\\y.png", "image/png", nil),
            ("backup.tar.gz", "application/x-tar", "gzip"), ("backup.tgz", "application/gzip", nil),
            ("data.gz", "application/gzip", nil), ("x.unknown.gz", "application/gzip", nil),
            ("x.gz.br", "application/x-brotli", nil), ("net.onnx", "application/x-onnx", nil),
            ("m.wasm", "application/wasm", nil), ("f.woff2", "font/woff2", nil),
            ("m.safetensors", "application/x-safetensors", nil), ("v.ts", "video/mp2t", nil),
            ("a.svg", "image/svg+xml", nil), ("site.webmanifest", "application/manifest+json", nil),
            ("..png", "image/png", nil), ("a..png", "image/png", nil), (".x.png", "image/png", nil),
        ] as [(String, String, String?)])
    func extensionsNameTheType(name: String, type: String, coding: String?) {
        let fileType = FileType(fileName: name)
        #expect(fileType?.mediaType.description == type)
        #expect(fileType?.contentCoding == coding)
    }

    @Test(arguments: [
        "", "README", "a.", ".png", "a/.png", "a.png/b", "x.unknown", "x.\u{212A}ml", "x.pngü",
        "a.\(String(repeating: "x", count: 100))", "png", "x.png\u{0}", ".",
    ])
    func otherNamesSayNothing(name: String) {
        #expect(FileType(fileName: name) == nil)
    }

    @Test func everyRowOfTheTableIsAMediaType() throws {
        let extensions = [
            "html", "css", "mjs", "txt", "csv", "md", "json", "xml", "pdf", "zip", "tar", "7z", "mp4", "webm", "mp3",
            "ogg", "flac", "wav", "ttf", "otf", "avif", "heic",
            "docx", "xlsx", "pptx", "odt", "epub", "npy", "npz", "parquet", "tflite", "gguf", "glb", "ics", "yaml",
            "toml", "ndjson", "webp", "gif", "ico", "m3u8",
        ]
        for name in extensions {
            let type = try #require(MediaType(fileExtension: name.uppercased()), "\(name) has no type")
            #expect(type.parameters.isEmpty)
        }
        #expect(MediaType(fileExtension: "") == nil)
        #expect(MediaType(fileExtension: ".png") == nil)
    }
}
