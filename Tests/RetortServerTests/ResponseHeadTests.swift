// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RetortServer
import Testing

@Suite(.timeLimit(.minutes(1))) struct ResponseHeadTests {
    @Test(arguments: [1, 9, 10, 99, 100, 1_023, 1_024, 16_384, 16_385, 100_000])
    func lengthIsWrittenInDecimalDigits(count: Int) async throws {
        let text = String(repeating: "x", count: count)
        try await withServer({ _ in .text(text) }) { server in
            let response = try await server.connect().get("/")
            #expect(response["content-length"] == "\(count)")
            #expect(response.text == text)
        }
    }

    @Test(arguments: [(200, "Fine"), (204, "No Content"), (299, ""), (418, "I'm a teapot"), (999, "Z")])
    func statusHasThreeDigits(code: Int, phrase: String) async throws {
        let status = HTTPResponse.Status(code: code, reasonPhrase: phrase)
        try await withServer({ _ in .now(Response(status: status)) }) { server in
            let response = try await server.connect().get("/")
            #expect(response.status == code)
        }
    }

    @Test func contentTypeCannotEndItsLine() async throws {
        let type = "text/plain\r\nx-evil: 1\u{7f}\0"
        try await withServer({ _ in .now(Response(.text("a"), contentType: type)) }) { server in
            let response = try await server.connect().get("/")
            #expect(response["content-type"] == "text/plain  x-evil: 1  ")
            #expect(response["x-evil"] == nil)
            #expect(response.text == "a")
        }
    }

    @Test func headOfManyLongHeadersIsWhole() async throws {
        let fields = HTTPFields(
            (0..<200).compactMap { number in
                HTTPField.Name("x-\(number)").map {
                    HTTPField(name: $0, value: String(repeating: "v\(number)", count: 50))
                }
            })
        #expect(fields.count == 200)
        try await withServer({ _ in .now(Response(headers: fields, body: .text("end"))) }) { server in
            let client = try await server.connect()
            for _ in 0..<3 {
                let response = try await client.get("/")
                for field in fields { #expect(response[field.name.canonicalName] == field.value) }
                #expect(response.text == "end")
            }
        }
    }

    @Test func headersOfTheServerCannotBeSetByTheApplication() async throws {
        let fields: HTTPFields = [.contentLength: "7", .connection: "close", .date: "never", .server: "mine"]
        try await withServer({ _ in .now(Response(headers: fields, body: .text("abc"))) }) { server in
            let response = try await server.connect().get("/")
            #expect(response["content-length"] == "3")
            #expect(response["connection"] == nil)
            #expect(response["date"]?.hasSuffix(" GMT") == true)
            #expect(response["server"] == "mine")
        }
    }
}
