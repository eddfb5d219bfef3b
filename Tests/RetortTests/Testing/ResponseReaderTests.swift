// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

@testable import Retort
import Testing

@Suite struct ResponseReaderTests {
    typealias Event = ResponseReader.Event

    /// Reads a response that comes in pieces of a size, with bodies put together.
    private static func events(_ text: String, pieces size: Int, toHEAD: Bool, closes: Bool) throws -> [Event] {
        var reader = ResponseReader(toHEAD: toHEAD)
        var events: [Event] = []
        var body: [UInt8] = []
        func take(_ event: Event) {
            if case .body(let piece) = event {
                body += piece
            } else {
                if !body.isEmpty { events.append(.body(body)) }
                body = []
                events.append(event)
            }
        }
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: size) {
            reader.append(bytes[start..<min(start + size, bytes.count)])
            while let event = try reader.next() { take(event) }
        }
        if closes, let event = try reader.finish() { take(event) }
        return events
    }

    struct Example: Sendable, CustomTestStringConvertible {
        var text: String
        var events: [Event]
        var toHEAD = false
        var closes = false
        var testDescription: String { text }
    }

    static let examples = [
        Example(
            text: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nA:  b c \t\r\n\r\nhello",
            events: [
                .head(.ok, [.contentLength: "5", name("A"): "b c"]), .body(Array("hello".utf8)), .end(trailers: [:]),
            ]),
        Example(
            text: "HTTP/1.1 200 \r\ncontent-length: 0\r\n\r\n",
            events: [.head(.ok, [.contentLength: "0"]), .end(trailers: [:])]),
        Example(
            text: "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n1\r\n!\r\n0\r\nT: 1\r\n\r\n",
            events: [
                .head(.ok, [.transferEncoding: "chunked"]), .body(Array("hello!".utf8)),
                .end(trailers: [name("T"): "1"]),
            ]),
        Example(
            text:
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
            events: [
                .interim(.continue, [:]), .interim(.earlyHints, [name("Link"): "</a>"]), .head(.noContent, [:]),
                .end(trailers: [:]),
            ]),
        Example(
            text: "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n",
            events: [.head(.ok, [.contentLength: "5"]), .end(trailers: [:])], toHEAD: true),
        Example(
            text: "HTTP/1.1 304 Not Modified\r\ncontent-length: 5\r\n\r\n",
            events: [.head(.notModified, [.contentLength: "5"]), .end(trailers: [:])]),
        Example(
            text: "HTTP/1.0 200 OK\r\n\r\nto the end",
            events: [.head(.ok, [:]), .body(Array("to the end".utf8)), .end(trailers: [:])], closes: true),
        Example(
            text: "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\nother",
            events: [.head(.switchingProtocols, [.upgrade: "x"])]),
    ]

    private static func name(_ text: String) -> HTTPField.Name { HTTPField.Name(text) ?? .via }

    @Test(arguments: examples)
    func everyCutGivesTheSame(_ example: Example) throws {
        for size in 1...example.text.utf8.count {
            let events = try Self.events(
                example.text, pieces: size, toHEAD: example.toHEAD, closes: example.closes)
            #expect(events == example.events, "pieces of \(size)")
        }
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\n\n", "HTTP/1.1 200 OK\r\rA: b\r\n\r\n", "HTTP/1.1 200\r\n\r\n", "HTTP/1.1  200 OK\r\n\r\n",
        "HTTP/2 200 OK\r\n\r\n", "HTTP/1.2 200 OK\r\n\r\n", "http/1.1 200 OK\r\n\r\n", "HTTP/1.1 20x OK\r\n\r\n",
        "HTTP/1.1 099 OK\r\n\r\n", "HTTP/1.1 200 O\u{1}K\r\n\r\n", "\r\nHTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA : b\r\n\r\n", "HTTP/1.1 200 OK\r\n A: b\r\n\r\n", "HTTP/1.1 200 OK\r\nA\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: b\r\n\r\n", "HTTP/1.1 200 OK\r\nA: b\u{0}\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 100 Continue\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 200 OK\r\nDate: a\r\nDate: b\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
    ])
    func whatTheStandardForbidsIsRefused(_ text: String) {
        for size in [1, 7, text.utf8.count] {
            let error = #expect(throws: TestClientError.self) {
                try Self.events(text, pieces: size, toHEAD: false, closes: false)
            }
            #expect(error?.code == .malformedResponse)
        }
    }

    @Test(arguments: [
        ("", TestClientError.Code.connectionFailed), ("HTTP/1.1 200 OK\r\n", .connectionFailed),
        ("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\na", .incompleteResponse),
        ("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n", .incompleteResponse),
    ])
    func anEarlyEndIsAnError(_ text: String, _ code: TestClientError.Code) {
        let error = #expect(throws: TestClientError.self) {
            try Self.events(text, pieces: 100, toHEAD: false, closes: true)
        }
        #expect(error?.code == code)
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", true),
        ("HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: Close\r\n\r\n", false),
        ("HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: a, close\r\n\r\n", false),
        ("HTTP/1.0 200 OK\r\ncontent-length: 0\r\n\r\n", false),
        ("HTTP/1.0 200 OK\r\ncontent-length: 0\r\nconnection: keep-alive\r\n\r\n", true),
        ("HTTP/1.1 200 OK\r\n\r\n", false),
    ])
    func theServerSaysWhetherTheConnectionStays(_ text: String, _ keepsAlive: Bool) throws {
        var reader = ResponseReader()
        reader.append(text.utf8)
        while try reader.next() != nil {}
        #expect(reader.keepsAlive == keepsAlive)
    }

    @Test func whatFollowsIsTheRest() throws {
        var reader = ResponseReader()
        reader.append("HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\naHTTP/1.1".utf8)
        while try reader.next() != nil {}
        #expect(reader.rest == Array("HTTP/1.1".utf8))
    }

    @Test func aHeadWithoutEndIsRefused() {
        var reader = ResponseReader()
        reader.append("HTTP/1.1 200 OK\r\nA: ".utf8)
        reader.append([UInt8](repeating: 0x61, count: 300_000))
        #expect(throws: TestClientError.self) { try reader.next() }
    }
}
