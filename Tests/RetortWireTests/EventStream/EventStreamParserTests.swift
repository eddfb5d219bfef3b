// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

@Suite struct EventStreamParserTests {
    typealias Item = EventStreamParser.Item

    private func items(_ text: String, pieces: Int = .max, limit: Int = 1 << 20) throws -> [Item] {
        try items(Array(text.utf8), pieces: pieces, limit: limit)
    }

    private func items(_ bytes: [UInt8], pieces: Int = .max, limit: Int = 1 << 20) throws -> [Item] {
        var parser = EventStreamParser(limit: limit)
        var result: [Item] = []
        var start = 0
        while start < bytes.count {
            let end = start + min(pieces, bytes.count - start)
            result += try parser.receive(Array(bytes[start..<end]))
            start = end
        }
        return result
    }

    private static func event(_ data: String, _ event: String? = nil, id: String? = nil) -> Item {
        .event(ServerSentEvent(data: data, event: event, id: id))
    }

    /// The examples of the HTML Standard §9.2.6, and the edges of its rules.
    @Test(
        "Streams",
        arguments: [
            ("data: YHOO\ndata: +2\ndata: 10\n\n", [event("YHOO\n+2\n10")]),
            (
                ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
                [.comment("test stream"), event("first event", id: "1"), event("second event"), event(" third event")]
            ),
            ("data\n\ndata\ndata\n\ndata:", [event(""), event("\n")]),
            ("data:test\n\ndata: test\n\n", [event("test"), event("test")]),
            ("event: add\ndata: 73857293\n\ndata: x\n\n", [event("73857293", "add"), event("x")]),
            ("event: add\n\ndata: x\n\n", [event("x")]),
            ("\u{FEFF}data: x\n\n", [event("x")]),
            ("\u{FEFF}\u{FEFF}data: x\n\n", []),
            ("data: x\n\n\u{FEFF}data: y\n\n", [event("x")]),
            ("DATA: x\nother: y\n\n", []),
            ("id: 1\n\ndata: x\n\ndata: y\n\n", [event("x", id: "1"), event("y", id: "1")]),
            ("id: 1\u{0}\ndata: x\n\n", [event("x")]),
            ("retry: 1500\nretry: 1.5\nretry: -1\nretry:\n\n", [.retry(.milliseconds(1500))]),
            ("retry: 99999999999999999999\n", []),
            ("data: a:b\n\n", [event("a:b")]),
            (":\n\n:x\n", [.comment(""), .comment("x")]),
            ("data: unfinished\n", []), ("data: unfinished", []), ("", []), ("\n\n\n", []),
            ("data: a\u{85}b\u{2028}c\n\n", [event("a\u{85}b\u{2028}c")]),
        ] as [(String, [Item])])
    func streamsAreReadAsTheStandardSays(text: String, expected: [Item]) throws {
        #expect(try items(text) == expected)
        for size in 1...6 { #expect(try items(text, pieces: size) == expected) }
    }

    @Test("Line endings", arguments: ["\n", "\r", "\r\n"])
    func eachLineEndingWillDo(ending: String) throws {
        let text = ["id: 1", "data: a", "data: b", "", ": c", "data: d", "", ""].joined(separator: ending)
        let expected: [Item] = [Self.event("a\nb", id: "1"), .comment("c"), Self.event("d", id: "1")]
        #expect(try items(text) == expected)
        for size in 1...5 { #expect(try items(text, pieces: size) == expected) }
    }

    @Test func anEventIsThereAsSoonAsItsCarriageReturnIs() throws {
        var parser = EventStreamParser()
        #expect(try parser.receive(Array("data: x\r\n\r".utf8)) == [Self.event("x")])
        #expect(try parser.receive(Array("\ndata: y\r\r".utf8)) == [Self.event("y")])
    }

    @Test func bytesThatAreNotUTF8AreReplaced() throws {
        #expect(try items(Array("data: ".utf8) + [0xFF, 0x0A, 0x0A]) == [Self.event("\u{FFFD}")])
    }

    @Test func theLastIDIsKeptForTheNextConnection() throws {
        var parser = EventStreamParser(lastEventID: "5")
        #expect(try parser.receive(Array("data: x\n\n".utf8)) == [Self.event("x", id: "5")])
        _ = try parser.receive(Array("id: 6\n".utf8))
        #expect(parser.lastEventID == "5")
        _ = try parser.receive(Array("\n".utf8))
        #expect(parser.lastEventID == "6")
    }

    @Test func linesAndEventsHaveALimit() throws {
        let line = String(repeating: "x", count: 94)
        #expect(try items("data: \(line)\n\n", limit: 100) == [Self.event(line)])
        for size in [Int.max, 7] {
            let error = #expect(throws: WireError.self) { try items("data: \(line)y\n\n", pieces: size, limit: 100) }
            #expect(error?.code == .eventStreamTooLarge)
        }
        #expect(throws: WireError.self) { try items(String(repeating: "z", count: 101), limit: 100) }
        let half = "data: " + String(repeating: "x", count: 50) + "\n"
        #expect(throws: WireError.self) { try items(half + half + "\n", limit: 100) }
        #expect(try items(half + "\n" + half + "\n", limit: 100).count == 2)
    }

    /// Eight times as many bytes may take some eight times as long; twice squared would be sixty-four.
    @Test func longLinesCostLinearTime() throws {
        func time(_ count: Int) throws -> Duration {
            let bytes = Array("data: ".utf8) + [UInt8](repeating: 0x61, count: count) + [0x0A, 0x0A]
            return try (0..<3).map { _ in
                try ProcessorClock().measure { _ = try items(bytes, pieces: 5) }
            }.min() ?? .zero
        }
        let small = try time(20_000)
        #expect(try time(160_000) < small * 32 + .milliseconds(5))
    }
}
