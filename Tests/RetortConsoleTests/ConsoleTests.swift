// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Retort
import RetortOpenAPI
import RetortWire
import Testing

@testable import RetortConsole

@Suite(.timeLimit(.minutes(2))) struct ConsoleTests {
    private static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'"

    private static let policyName = HTTPField.Name.contentSecurityPolicy

    /// What the attributes `src` and `href` of a page name, and its configuration.
    private static func read(_ page: TestResponse) throws -> (links: [String], config: JSONValue) {
        var links: [String] = []
        for name in ["src=\"", "href=\""] {
            for piece in page.text.components(around: name).dropFirst() {
                links.append(try #require(piece.components(around: "\"").first))
            }
        }
        let config = try #require(page.text.components(around: "name=\"retort-console\" content=\"").last)
        let text = try #require(config.components(around: "\"").first)
            .replacing("&quot;", with: "\"").replacing("&#39;", with: "'").replacing("&lt;", with: "<")
            .replacing("&gt;", with: ">").replacing("&amp;", with: "&")
        return (links, try JSONValue(parsing: Array(text.utf8)))
    }

    @Test(arguments: TestClient.Transport.allCases)
    func thePageIsServedWithAStrictPolicy(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(try SampleApp.app(), over: transport) { client in
            let page = try await client.get("/console", followRedirects: true)
            #expect(page.status == .ok)
            #expect(page.url.path == "/console/")
            #expect(page.header(.contentType) == "text/html; charset=utf-8")
            #expect(page.header(Self.policyName) == Self.policy)
            #expect(page.header(.cacheControl) == "no-cache")
            #expect(page.text.contains("<title>Sample</title>"))
            #expect(!page.text.contains("{{"))
            // Nothing that the policy would stop.
            for forbidden in ["<style", "style=", " on", "javascript:", "https:"] {
                #expect(!page.text.contains(forbidden == " on" ? " onclick" : forbidden), "\(forbidden)")
            }
            #expect(page.text.components(around: "<script").count == 2)
            let tag = try #require(page.header(.eTag))
            let again = try await client.get("/console/", headers: [.ifNoneMatch: tag])
            #expect(again.status == .notModified)
            #expect(again.header(Self.policyName) == Self.policy)
            let head = try await client.head("/console/")
            #expect(head.bytes.isEmpty)
            #expect(head.header(.contentLength) == "\(page.bytes.count)")
        }
    }

    @Test(arguments: ["/console", "/", "/a/b/console", "/caf\u{e9}"])
    func whatThePageNamesIsThereUnderEveryPath(_ path: String) async throws {
        let client = try TestClient(try SampleApp.app(at: path))
        let page = try await client.get(path == "/" ? "/" : path.replacing("\u{e9}", with: "%C3%A9") + "/")
        #expect(page.status == .ok)
        let (links, config) = try Self.read(page)
        let files = links.filter { !$0.hasPrefix("#") && !$0.hasSuffix("openapi.json") }
        #expect(files.count > 60)
        for link in files {
            let file = try await client.get(page.url.path + link)
            #expect(file.status == .ok, "\(link)")
            #expect(file.header(.cacheControl) == "public, max-age=31536000, immutable")
            #expect(file.header(.xContentTypeOptions) == "nosniff")
            let type = link.hasSuffix(".js") ? "text/javascript" : link.hasSuffix(".css") ? "text/css" : "image/svg+xml"
            #expect(file.header(.contentType)?.hasPrefix(type) == true, "\(link)")
        }
        let document = try #require(config["document"]?.string)
        let api = try await client.get(page.url.path + document).json(JSONValue.self)
        #expect(api["openapi"]?.string == "3.1.1")
        #expect(api["info"]?["title"]?.string == "Sample")
        #expect(api["paths"]?["/notes"]?["post"] != nil)
        #expect(api["paths"]?.object?.keys.contains { $0.contains("assets") || $0.contains("openapi") } == false)
    }

    @Test func picturesAreServedWithTheirTypes() async throws {
        let client = try TestClient(try SampleApp.app())
        let (_, config) = try Self.read(try await client.get("/console/"))
        let examples = try #require(config["examples"]?.array)
        #expect(examples.map { $0["name"]?.string } == ["Shapes", "Shapes at dusk"])
        #expect(
            examples.map { $0["url"]?.string } == ["examples/1/Shapes.png", "examples/2/Shapes_at_dusk.png"])
        let picture = try await client.get("/console/examples/2/Shapes_at_dusk.png")
        #expect(picture.header(.contentType) == "image/png")
        #expect(picture.bytes == (try SamplePicture.png(width: 600, height: 400, warmth: 0.9)))
        let tag = try #require(picture.header(.eTag))
        let again = try await client.get("/console/examples/2/Shapes_at_dusk.png", headers: [.ifNoneMatch: tag])
        #expect(again.status == .notModified)
        #expect(try await client.get("/console/examples/3/Shapes.png").status == .notFound)
    }

    @Test func behindAProxyItsPrefixStandsInFrontOfPaths() async throws {
        let console = Console(
            document: "/openapi.json", start: "/notes",
            examples: [.init("Own", url: "/cat.jpg"), .init("Far", url: "https://pictures.test/dog.jpg")])
        var app = try SampleApp.app(console)
        app.openAPI(title: "Everything")
        app.use(.trustedProxies(for: 1, proto: 1, prefix: 1))
        let client = try TestClient(app)
        let prefix = try #require(HTTPField.Name("X-Forwarded-Prefix"))
        let moved = try await client.get("/console", headers: [prefix: "/lab"], followRedirects: false)
        #expect(moved.header(.location) == "/lab/console/")
        let page = try await client.get("/console/", headers: [prefix: "/lab"])
        let (links, config) = try Self.read(page)
        #expect(config["document"]?.string == "/lab/openapi.json")
        #expect(config["start"]?.string == "/notes")
        let urls = config["examples"]?.array?.map { $0["url"]?.string }
        #expect(urls == ["/lab/cat.jpg", "https://pictures.test/dog.jpg"])
        #expect(links.contains { $0.hasPrefix("assets/") })
        #expect(!links.contains { $0.hasPrefix("/console") })
        // Pictures of other sites may be shown, and nothing else of them.
        let policy = try #require(page.header(Self.policyName))
        #expect(policy.contains("img-src 'self' blob: data: https://pictures.test;"))
        #expect(policy.contains("connect-src 'self';"))
        #expect(try await client.get("/console/openapi.json").status == .notFound)
        #expect(try await client.get("/console/").header(.eTag) != page.header(.eTag))
    }

    @Test func servicesElsewhereCanBeCalled() async throws {
        let console = Console(openAPI: OpenAPI(servers: ["https://api.test:8443/v2", "http://[::1]:80/", "/v1"]))
        let page = try await TestClient(try SampleApp.app(console)).get("/console/")
        let policy = try #require(page.header(Self.policyName))
        #expect(policy.contains("connect-src 'self' https://api.test:8443 http://[::1]:80;"), "\(policy)")
    }

    @Test func whatTheAppSaysCannotBecomeMarkupOrAPolicy() async throws {
        let text = #"</title><script>alert("1")</script>&'{{config}}"#
        let console = Console(
            title: text, start: text,
            examples: [.init(text, url: "https://x.test; script-src */a.png"), .init("../../etc\u{0}", bytes: [1, 2])])
        let client = try TestClient(try SampleApp.app(console))
        let page = try await client.get("/console/")
        #expect(page.text.components(around: "<script").count == 2)
        let (_, config) = try Self.read(page)
        #expect(config["title"]?.string == text)
        #expect(config["examples"]?[0]?["name"]?.string == text)
        let policy = try #require(page.header(Self.policyName))
        #expect(policy.components(around: "script-src").count == 2)
        let url = try #require(config["examples"]?[1]?["url"]?.string)
        #expect(!url.contains(".."))
        let bytes = try await client.get("/console/\(url)")
        #expect(bytes.bytes == [1, 2])
        #expect(bytes.header(.contentType) == "application/octet-stream")
    }

    @Test func aFolderOfPicturesIsNamedAfterItsFiles() {
        let names = ["old-harbour.jpg", "a/b/night_sky.2.png", ".x", "é"]
        let files = EmbeddedFiles(names.map { EmbeddedFile($0, bytes: [1], digest: $0) }, digest: "")
        #expect(Console.Example.all(of: files).map(\.name) == ["", "Night sky.2", "Old harbour", "É"])
    }

    @Test func otherMiddlewaresDoNotLoosenThePolicy() async throws {
        var app = try SampleApp.app()
        app.use(.securityHeaders())
        let page = try await TestClient(app).get("/console/")
        #expect(page.headers[values: Self.policyName] == [Self.policy])
    }

    @Test func anAppCanHaveSeveralConsoles() async throws {
        var app = try SampleApp.app()
        app.mount(Console(title: "Second"), at: "/second")
        let client = try TestClient(app)
        #expect(try await client.get("/console/").text.contains("<title>Sample</title>"))
        #expect(try await client.get("/second/").text.contains("<title>Second</title>"))
    }

    @Test(
        arguments: [
            ([0xFF, 0xD8, 0xFF, 0xE0], ".jpg"), (Array("RIFF1234WEBP".utf8), ".webp"), (Array("GIF89a".utf8), ".gif"),
            ([0x89, 0x50, 0x4E, 0x47, 0x0D], ".png"), (Array("1234ftypavif".utf8), ".avif"),
            (Array("BM12".utf8), ".bmp"),
            ([0x49, 0x49, 0x2A, 0x00], ".tiff"), ([0x4D, 0x4D, 0x00, 0x2A], ".tiff"), ([], ""), ([0xFF], ""),
            (Array("RIFF1234WAVE".utf8), ""),
        ] as [([UInt8], String)]) func bytesSayWhatAPictureIs(_ bytes: [UInt8], _ suffix: String)
    {
        #expect(PictureFormat.suffix(of: bytes) == suffix)
    }

    @Test(arguments: [
        ("{{a}} {{b}} {{a}}", "1 {{b}} 1"), ("{{a}", "{{a}"), ("{{a", "{{a"), ("{", "{"), ("{{{a}}}", "{1}"), ("", ""),
        ("{{c}}", "{{a}}"), ("é{{a}}é", "é1é"),
    ]) func placesAreFilledOnce(_ template: String, _ text: String) {
        #expect(ConsolePage.fill(template, ["a": "1", "c": "{{a}}"]) == text)
    }
}

extension String {
    /// The pieces between the places where a text stands.
    func components(around text: String) -> [String] {
        var pieces: [String] = []
        var rest = self[...]
        while let range = rest.firstRange(of: text) {
            pieces.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return pieces + [String(rest)]
    }
}
