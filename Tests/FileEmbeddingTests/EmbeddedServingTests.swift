// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Retort
import RetortTemplates
import RetortWire
import Testing

@Suite(.timeLimit(.minutes(1))) struct EmbeddedServingTests {
    private func app() -> App {
        var app = App()
        app.static("/f", embedded: .static, maxAge: .seconds(60), .name("files"))
        app.static("/bare", embedded: .static, index: nil, maxAge: .seconds(31_536_000), immutable: true)
        app.templates.folders = []
        app.templates.embed(.texts)
        app.get("/hello/{name}") { (name: String) in Page("hello.html", ["name": .string(name)]) }
        app.get("/one/{name}") { (name: String) in EmbeddedFiles.static[name] }
        app.get("/missing") { Page("static/index.html") }
        return app
    }

    @Test(arguments: TestClient.Transport.allCases)
    func everyFileIsServedAsItIs(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(app(), over: transport) { client in
            for file in EmbeddedFiles.static.files {
                let path =
                    "/f/"
                    + file.path.replacing(" ", with: "%20").replacing("é", with: "%C3%A9")
                    .replacing("☃", with: "%E2%98%83")
                // The first time it is unpacked, the second time it is there.
                for _ in 1...2 {
                    let response = try await client.get(path)
                    #expect(response.status == .ok, "\(path)")
                    #expect(response.bytes == file.bytes, "\(path)")
                    #expect(response.header(.eTag) == "\"\(file.digest.prefix(32))\"")
                    #expect(response.header(.cacheControl) == "public, max-age=60")
                    #expect(response.header(.xContentTypeOptions) == "nosniff")
                }
                let head = try await client.head(path)
                #expect(head.bytes.isEmpty)
                #expect(head.header(.contentLength) == "\(file.size)")
            }
        }
    }

    @Test(
        arguments: [
            ("/f/site.css", 200, "text/css; charset=utf-8"), ("/f/bytes.bin", 200, "application/octet-stream"),
            ("/f/", 200, "text/html; charset=utf-8"), ("/f/deep/", 200, "text/html; charset=utf-8"),
            ("/f/deep", 308, nil), ("/f/deep/deeper", 404, nil), ("/f/deep/deeper/", 404, nil),
            ("/f/none.txt", 404, nil),
            ("/f/deep%2Findex.html", 404, nil), ("/f/.hidden", 404, nil), ("/f/../embedding.json", 404, nil),
            ("/f/%2e%2e/embedding.json", 404, nil), ("/f/site.css/", 404, nil), ("/f/Site.css", 404, nil),
            ("/bare/site.css", 200, "text/css; charset=utf-8"), ("/bare/", 404, nil), ("/bare/deep/", 404, nil),
            ("/bare/deep", 404, nil),
        ] as [(String, Int, String?)])
    func pathsLeadToFilesAndNowhereElse(_ path: String, _ status: Int, _ type: String?) async throws {
        let response = try await TestClient(app()).get(path, followRedirects: false)
        #expect(response.status.code == status)
        if let type { #expect(response.header(.contentType) == type) }
        if status == 308 { #expect(response.header(.location) == "\(path)/") }
    }

    @Test func clientsThatCanUnpackGetTheCompressedForm() async throws {
        let client = try TestClient(app())
        let style = try #require(EmbeddedFiles.static["site.css"])
        let packed = try await client.get("/f/site.css", headers: [.acceptEncoding: "br, gzip"])
        #expect(packed.header(.contentEncoding) == "gzip")
        #expect(packed.header(.vary) == "accept-encoding")
        #expect(try Inflater.decompress(packed.bytes, format: .gzip, limit: 100_000) == style.bytes)
        let plain = try await client.get("/f/site.css", headers: [.acceptEncoding: "identity"])
        #expect(plain.bytes == style.bytes)
        #expect(plain.header(.vary) == "accept-encoding")
        #expect(plain.header(.eTag) != packed.header(.eTag))
        // A file that is kept in one form only does not vary.
        #expect(try await client.get("/f/index.html", headers: [.acceptEncoding: "gzip"]).header(.vary) == nil)
    }

    @Test func conditionsAndRangesAreAnswered() async throws {
        let client = try TestClient(app())
        let tag = try #require(try await client.get("/bare/bytes.bin").header(.eTag))
        let again = try await client.get("/bare/bytes.bin", headers: [.ifNoneMatch: tag])
        #expect(again.status == .notModified)
        #expect(again.header(.cacheControl) == "public, max-age=31536000, immutable")
        let changed = try await client.get("/bare/bytes.bin", headers: [.ifMatch: "\"other\""])
        #expect(changed.status == .preconditionFailed)
        let part = try await client.get("/bare/bytes.bin", headers: [.range: "bytes=254-257"])
        #expect(part.status == .partialContent)
        #expect(part.bytes == [254, 255, 0, 1])
        #expect(try await client.post("/f/site.css").status == .methodNotAllowed)
    }

    @Test func oneFileIsAResult() async throws {
        let client = try TestClient(app())
        let style = try #require(EmbeddedFiles.static["site.css"])
        #expect(style.mediaType.description == "text/css; charset=utf-8")
        #expect(EmbeddedFiles.static["bytes.bin"]?.mediaType == .octetStream)
        let response = try await client.get("/one/site.css")
        #expect(response.bytes == style.bytes)
        #expect(response.header(.contentType) == "text/css; charset=utf-8")
        #expect(response.header(.eTag) == style.etag?.headerValue)
        #expect(try await client.get("/one/none.css").status == .notFound)
    }

    @Test func pagesAreMadeOfTemplatesInTheProgram() async throws {
        let client = try TestClient(app())
        let page = try await client.get("/hello/%3CAda%3E")
        #expect(page.text == "<!doctype html>\n<title>Hello</title>\n<main>Hello, &lt;Ada&gt;!</main>")
        #expect(try await client.get("/missing").status == .internalServerError)
    }

    @Test func aLoaderFindsTextsByTheirPaths() throws {
        let loader = EmbeddedLoader(.texts)
        #expect(loader.names() == ["base.html", "hello.html", "welcome.txt"])
        #expect(try loader.load("welcome.txt")?.source == "Welcome, {{ name }}!\n")
        #expect(loader.version(of: "welcome.txt") == EmbeddedFiles.texts["welcome.txt"]?.digest)
        #expect(try loader.load("nothing.txt") == nil)
        let error = #expect(throws: TemplateError.self) { try EmbeddedLoader(.static).load("not-utf8.txt") }
        #expect(error?.message == "The template 'not-utf8.txt' is not written in UTF-8.")
    }
}
