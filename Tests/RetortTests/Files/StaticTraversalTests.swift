// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Ways out of a folder.
///
/// In the temporary folder lies `public` with one file, and beside it what nobody may see.
@Suite(.timeLimit(.minutes(1)))
struct StaticTraversalTests {
    let folder = TemporaryFolder()

    init() {
        folder.write("public/ok.txt", "ok")
        folder.write("public/sub/ok.txt", "ok")
        folder.write("secret.txt", "secret")
        folder.write("public-more/secret.txt", "secret")
        folder.link("public/leak.txt", to: "../secret.txt")
        folder.link("public/leak-absolute.txt", to: folder("secret.txt"))
        folder.link("public/leak-folder", to: folder("public-more"))
        folder.link("public/leak-passwd", to: "/etc/passwd")
        folder.link("public/inside.txt", to: "sub/ok.txt")
        folder.link("public/inside-absolute.txt", to: folder("public/ok.txt"))
        folder.link("public/loop", to: "loop")
        folder.link("public/dangling", to: "nothing")
        mkfifo(folder("public/pipe"), 0o644)
    }

    private var client: TestClient {
        get throws {
            var app = App.unlogged
            app.static("/s", from: folder("public"), index: nil)
            app.get("/file/{path...}") { [folder] (path: RestOfPath) in
                File(path.string, in: folder("public"))
            }
            app.get("/query") { [folder] (request: Request) in
                File(try request.query["name"] ?? "", in: folder("public"))
            }
            return try TestClient(app)
        }
    }

    static let attacks = [
        "../secret.txt", "..%2fsecret.txt", "%2e%2e/secret.txt", "%2e%2e%2fsecret.txt", "%2E%2E%2Fsecret.txt",
        "sub/../../secret.txt", "sub/..%2f..%2fsecret.txt", "./../secret.txt", "....//secret.txt",
        "..%252fsecret.txt", "%252e%252e%252fsecret.txt", "..%5csecret.txt", "%2e%2e%5csecret.txt",
        "..%c0%afsecret.txt", "%c0%ae%c0%ae/secret.txt", "%e0%80%ae%e0%80%ae/secret.txt",
        "ok.txt%00", "ok.txt%00.png", "%00", "sub%00/../../secret.txt", "..%00/secret.txt",
        "%2fetc/passwd", "/etc/passwd", "%2f%2fetc/passwd", "sub%5cok.txt",
        "../public-more/secret.txt", "..%2fpublic-more%2fsecret.txt", "%2e%2e/public-more/secret.txt",
        "file:///etc/passwd", "C:/secret.txt", "C:%5csecret.txt", "..;/secret.txt", ".%2e/secret.txt",
        "leak.txt", "leak-absolute.txt", "leak-folder/secret.txt", "leak-passwd", "loop", "dangling", "pipe", "sub",
        "CON", "nul.txt", "ok.txt/..", "ok.txt/../../secret.txt", "~/secret.txt", "*",
    ]

    @Test(arguments: attacks)
    func nothingOutsideIsSent(_ path: String) async throws {
        let client = try client
        for _ in 1...2 {
            for prefix in ["/s/", "/file/"] {
                let response = try await client.get(prefix + path, followRedirects: false)
                #expect([308, 400, 404].contains(response.status.code), "\(prefix)\(path) is \(response.status)")
                #expect(!response.text.contains("secret") || response.status.code != 200)
                #expect(!response.text.contains("root:"))
            }
        }
    }

    @Test(arguments: [
        "../secret.txt", "sub/../../secret.txt", "/etc/passwd", "..\\secret.txt", "leak.txt", "leak-folder/secret.txt",
        "leak-passwd", "", ".", "..", "sub", "sub/", "pipe", "ok.txt\0", "\0", "../public-more/secret.txt",
    ])
    func aNameFromTheQueryDoesNotLeadOut(_ name: String) async throws {
        let response = try await client.get("/query", query: ["name": name])
        #expect(response.status == .notFound)
    }

    @Test func anEncodedSlashIsNoSlashOfAFolder() async throws {
        #expect(try await client.get("/s/sub%2fok.txt").status == .notFound)
        // Whoever joins the segments means that.
        #expect(try await client.get("/file/sub%2fok.txt").text == "ok")
    }

    @Test func linksInsideTheFolderAreFollowed() async throws {
        let client = try client
        for path in ["ok.txt", "sub/ok.txt", "inside.txt", "inside-absolute.txt"] {
            #expect(try await client.get("/s/\(path)").text == "ok")
            #expect(try await client.get("/file/\(path)").text == "ok")
        }
    }

    @Test func theFolderItselfMayBeALink() async throws {
        folder.link("current", to: "public")
        var app = App.unlogged
        app.static("/s", from: folder("current"))
        let client = try TestClient(app)
        #expect(try await client.get("/s/ok.txt").text == "ok")
        #expect(try await client.get("/s/leak.txt").status == .notFound)
    }

    @Test func aFileThatBecomesALinkOutwardsIsRefused() async throws {
        var app = App.unlogged
        app.isDebug = true
        app.static("/s", from: folder("public"))
        let client = try TestClient(app)
        #expect(try await client.get("/s/ok.txt").text == "ok")
        folder.remove("public/ok.txt")
        folder.link("public/ok.txt", to: "../secret.txt")
        #expect(try await client.get("/s/ok.txt").status == .notFound)
    }
}
