// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RetortEmbedded
import Testing

@testable import FileEmbedding

/// The plugin has embedded `Static` and `Texts` beside this file.
@Suite struct EmbeddedFilesTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

    static let paths = [
        "bytes.bin", "deep/deeper/café ☃.txt", "deep/index.html", "empty.txt", "index.html", "not-utf8.txt", "nul.txt",
        "quotes.txt", "site.css",
    ]

    @Test func filesAreThereInOrderAndHiddenOnesAreNot() {
        #expect(EmbeddedFiles.static.paths == Self.paths)
        #expect(EmbeddedFiles.texts.paths == ["base.html", "hello.html", "welcome.txt"])
    }

    @Test(arguments: paths) func everyByteIsThatOfTheFile(path: String) throws {
        let file = try #require(EmbeddedFiles.static[path])
        let bytes = [UInt8](try Data(contentsOf: Self.folder.appending(path: "Static/\(path)")))
        #expect(file.bytes == bytes)
        #expect(file.size == bytes.count)
        #expect(file.digest == (try ContentFacts.digest(bytes)))
        #expect(file.text == String(validating: bytes, as: UTF8.self))
    }

    @Test func whatGetsSmallerIsKeptCompressedToo() throws {
        let style = try #require(EmbeddedFiles.static["site.css"])
        let gzip = try #require(style.gzip)
        #expect(gzip.starts(with: [0x1F, 0x8B]))
        #expect(gzip.count < style.size / 2)
        #expect(EmbeddedFiles.static["index.html"]?.gzip == nil)
        #expect(EmbeddedFiles.texts.files.allSatisfy { $0.gzip == nil })
    }

    @Test(arguments: [
        "", "/", "deep", "deep/", "Index.html", "index.htm", "index.html ", "cafe\u{301} ☃.txt", "../embedding.json",
    ])
    func otherNamesAreNoFiles(path: String) {
        #expect(EmbeddedFiles.static[path] == nil)
    }

    @Test func spellingsOfALetterAreTwoNames() {
        let files = EmbeddedFiles(
            [
                EmbeddedFile("e\u{301}", bytes: [1], digest: "1"), EmbeddedFile("é", bytes: [2], digest: "2"),
                EmbeddedFile("a", bytes: [3], digest: "3"), EmbeddedFile("a", bytes: [4], digest: "4"),
            ], digest: "")
        #expect(files.files.map(\.bytes) == [[3], [1], [2]])
        #expect(files["é"]?.bytes == [2])
        #expect(files["e\u{301}"]?.bytes == [1])
    }

    /// RFC 4648 §10, and texts that the plugin does not write.
    @Test func base64IsRead() {
        let cases: [(StaticString, String)] = [
            ("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob"), ("Zm9vYmE=", "fooba"),
            ("Zm9vYmFy", "foobar"), ("Zg", "f"), ("Z", ""), ("Zm9v!Zm9v", "foo"), ("====", ""),
        ]
        for (text, value) in cases {
            #expect(EmbeddedFile("a", base64: text, size: 0, digest: "").bytes == Array(value.utf8), "\(text)")
        }
    }
}
