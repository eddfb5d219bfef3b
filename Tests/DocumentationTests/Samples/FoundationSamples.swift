// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Testing

// sample: server
struct Greeter: Responder {
    func respond(to request: ServerRequest) -> ServerReply {
        .now(Response(.text("You asked for \(request.head.path)."), contentType: "text/plain"))
    }
}

func serveGreetings() async throws {
    var configuration = ServerConfiguration(addresses: [.tcp(host: "127.0.0.1", port: 8000)])
    configuration.limits.bodyBytes = 64 * 1_024
    try await Server(Greeter(), configuration: configuration).run()
}
// end

// sample: wire-head
@Test func headsAreParsedFromBytes() throws {
    var parser = RequestHeadParser()
    let bytes = Array("GET /search?q=tea HTTP/1.1\r\nHost: example.com\r\n\r\n".utf8)
    guard case .head(let head, let consumed) = try parser.parse(bytes.span) else { return }
    #expect(head.path == "/search")
    #expect(try MultiDict(urlEncoded: head.query ?? "")["q"] == "tea")
    #expect(consumed == bytes.count)
}
// end

// sample: wire-values
@Test func valuesOfHeadersAreParsedAndPrinted() throws {
    let accepted = AcceptedMediaTypes(headerValue: "text/html, application/json;q=0.9")
    #expect(accepted.best(of: ["application/json", "text/html"]) == "text/html")

    let cookie = SetCookie(headerValue: "theme=dark; Path=/; HttpOnly")
    #expect(cookie?.value == "dark")

    let date = HTTPDate(headerValue: "Sun, 06 Nov 1994 08:49:37 GMT")
    #expect(date?.headerValue == "Sun, 06 Nov 1994 08:49:37 GMT")
}
// end
