// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Testing

/// The same request has the same answer in process and over a socket, header by header.
@Suite struct TransportAgreementTests {
    private static func app() -> App {
        var app = App.quiet
        app.server.limits.head.requestLine = 500
        app.get("/") { "hello" }
        app.get("/folder/") { "folder" }
        app.get("/json") { ["a": 1] }
        app.get("/none") { NoContent() }
        app.get("/stream") { Response(.stream { try await $0.write("piece") }, contentType: "text/plain") }
        app.get("/known") { Response(.stream(length: 5) { try await $0.write("piece") }, contentType: "text/plain") }
        app.get("/unmodified") { Response(status: .notModified, headers: [.eTag: "\"a\""], body: .text("x")) }
        app.get("/headers") {
            Response(
                headers: [
                    .setCookie: "a=1", .setCookie: "b=2", .contentLength: "99", .transferEncoding: "gzip",
                    .connection: "close", .date: "never", .server: "  padded  ", .via: "\u{FC}",
                ])
        }
        app.get("/odd-type") { Response(.text("x"), contentType: "text/plain;\r\nx-evil: 1") }
        app.get("/status/{code}") { (code: Int) in Response(status: HTTPResponse.Status(code: code)) }
        app.get("/oops") { () throws -> String in throw HTTPError(.conflict, "No.", headers: [.retryAfter: "1"]) }
        app.post("/body") { (request: Request) async throws -> String in try await request.text() }
        return app
    }

    @Test(arguments: [
        "/", "/folder", "/json", "/none", "/stream", "/known", "/unmodified", "/headers", "/odd-type", "/oops",
        "/missing",
        "/%zz", "/status/200", "/status/204", "/status/299", "/status/404", "/status/599", "/status/999",
    ])
    func answersAreTheSame(_ path: String) async throws {
        try await TestClient.run(Self.app(), over: .socket) { socket async throws in
            let inProcess = try TestClient(Self.app())
            for method in [HTTPRequest.Method.get, .head, .options, .post] {
                let (left, right) = (try await inProcess.request(method, path), try await socket.request(method, path))
                #expect(left.status == right.status, "\(method) \(path)")
                #expect(left.bytes == right.bytes, "\(method) \(path)")
                #expect(Self.lines(left) == Self.lines(right), "\(method) \(path)")
            }
        }
    }

    @Test(
        arguments: [
            [.connection: "close"], [.contentLength: "x"], [.contentLength: "5", .transferEncoding: "chunked"],
            [.transferEncoding: "gzip"], [.expect: "100-continue"], [.expect: "else"], [.accept: "text/html"],
            [.contentType: String(repeating: "a", count: 40_000)],
        ] as [HTTPFields])
    func headersMeanTheSame(_ headers: HTTPFields) async throws {
        try await TestClient.run(Self.app(), over: .socket) { socket async throws in
            let inProcess = try TestClient(Self.app())
            for path in ["/body", "/missing", "/" + String(repeating: "a", count: 600)] {
                let left = try await inProcess.post(path, headers: headers, body: "hello")
                let right = try await socket.post(path, headers: headers, body: "hello")
                #expect(left.status == right.status, "\(path)")
                #expect(left.bytes == right.bytes, "\(path)")
                #expect(Self.lines(left) == Self.lines(right), "\(path)")
            }
        }
    }

    /// The headers without the time.
    private static func lines(_ response: TestResponse) -> Set<String> {
        Set(response.headers.filter { $0.name != .date }.map { "\($0.name.canonicalName): \($0.value)" })
    }
}
