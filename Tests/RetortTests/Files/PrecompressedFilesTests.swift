// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Testing

@Suite(.timeLimit(.minutes(1)))
struct PrecompressedFilesTests {
    let folder = TemporaryFolder()

    private func client() throws -> TestClient {
        folder.write("app.js", "plain")
        folder.write("app.js.br", "as brotli")
        folder.write("app.js.zst", "as zstd")
        folder.write("app.js.gz", "as gzip")
        folder.write("only.css", "plain")
        folder.write("only.css.gz", "as gzip")
        folder.write("alone.txt", "plain")
        folder.write("archive.tar.gz", "tar")
        var app = App.unlogged
        app.static("/f", from: folder.path)
        app.static("/plain", from: folder.path, precompressed: false)
        return try TestClient(app)
    }

    @Test(arguments: [
        ("app.js", "br, gzip, zstd", "br", "as brotli"), ("app.js", "gzip", "gzip", "as gzip"),
        ("app.js", "zstd, gzip", "zstd", "as zstd"), ("app.js", "gzip;q=1, br;q=0.5", "gzip", "as gzip"),
        ("app.js", "br;q=0, gzip", "gzip", "as gzip"), ("app.js", "*", "br", "as brotli"),
        ("app.js", "identity", "", "plain"), ("app.js", "gzip;q=0", "", "plain"), ("app.js", "", "", "plain"),
        ("app.js", "identity, gzip;q=0.5", "", "plain"), ("app.js", "deflate", "", "plain"),
        ("app.js", "GZIP", "gzip", "as gzip"), ("only.css", "br, gzip", "gzip", "as gzip"),
        ("only.css", "br", "", "plain"), ("alone.txt", "br, gzip, zstd", "", "plain"),
    ])
    func negotiates(_ name: String, _ accept: String, _ coding: String, _ text: String) async throws {
        let client = try client()
        for _ in 1...2 {
            let response = try await client.get("/f/\(name)", headers: [.acceptEncoding: accept])
            #expect(response.text == text)
            #expect(response.header(.contentEncoding) ?? "" == coding)
            #expect(response.header(.vary) == (name == "alone.txt" ? nil : "accept-encoding"))
            #expect(response.header(.contentType)?.hasPrefix("text/") == true)
        }
    }

    @Test func withoutTheFieldTheFileItselfIsSent() async throws {
        let response = try await client().get("/f/app.js")
        #expect(response.text == "plain")
        #expect(response.header(.vary) == "accept-encoding")
    }

    @Test func eachCodingHasATagOfItsOwn() async throws {
        let client = try client()
        var tags: Set<String> = []
        for coding in ["identity", "gzip", "br", "zstd"] {
            let tag = try #require(
                try await client.get("/f/app.js", headers: [.acceptEncoding: coding]).header(.eTag))
            tags.insert(tag)
            let again = try await client.get(
                "/f/app.js", headers: [.acceptEncoding: coding, .ifNoneMatch: tag])
            #expect(again.status == .notModified)
            #expect(again.header(.vary) == "accept-encoding")
            #expect(again.header(.contentEncoding) == nil)
        }
        #expect(tags.count == 4)
    }

    @Test func neighboursCanBeTurnedOff() async throws {
        let response = try await client().get("/plain/app.js", headers: [.acceptEncoding: "br, gzip"])
        #expect(response.text == "plain")
        #expect(response.header(.vary) == nil)
    }

    @Test func aCompressedFileAskedForByNameSaysWhatItIs() async throws {
        let response = try await client().get("/f/app.js.gz")
        #expect(response.text == "as gzip")
        #expect(response.header(.contentType) == "text/javascript; charset=utf-8")
        #expect(response.header(.contentEncoding) == "gzip")
    }

    @Test func aNeighbourThatLeadsOutIsIgnored() async throws {
        let client = try client()
        folder.write("sub/page.html", "plain")
        folder.link("sub/page.html.br", to: "/etc/passwd")
        let response = try await client.get("/f/sub/page.html", headers: [.acceptEncoding: "br"])
        #expect(response.text == "plain")
    }

    @Test func aRangeBelongsToTheCodingThatIsSent() async throws {
        let response = try await client().get(
            "/f/app.js", headers: [.acceptEncoding: "br", .range: "bytes=3-"])
        #expect(response.status == .partialContent)
        #expect(response.text == "brotli")
        #expect(response.header(.contentEncoding) == "br")
        #expect(response.header(.contentRange) == "bytes 3-8/9")
    }
}
