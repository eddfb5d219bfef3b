// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

@Suite struct ServerSentEventTests {
    private func text(_ event: ServerSentEvent) -> String { String(decoding: event.encoded, as: UTF8.self) }

    @Test func allFieldsAreWritten() {
        let event = ServerSentEvent(
            data: "hello", event: "greeting", id: "7", retry: .milliseconds(2500), comment: "for the log")
        #expect(text(event) == ": for the log\nevent: greeting\nid: 7\nretry: 2500\ndata: hello\n\n")
    }

    @Test(
        "Data in lines",
        arguments: [
            ("", "data:\n\n"), ("one", "data: one\n\n"), ("a\nb", "data: a\ndata: b\n\n"),
            ("a\rb", "data: a\ndata: b\n\n"), ("a\r\nb", "data: a\ndata: b\n\n"),
            ("a\n\rb", "data: a\ndata:\ndata: b\n\n"), ("a\r\r\nb", "data: a\ndata:\ndata: b\n\n"),
            ("\n", "data:\ndata:\n\n"), ("end\n", "data: end\ndata:\n\n"), (" space", "data:  space\n\n"),
            ("x: y", "data: x: y\n\n"), ("grüße\r\n漢", "data: grüße\ndata: 漢\n\n"),
            // These break lines elsewhere, but not here.
            ("a\u{2028}b\u{85}c\u{0B}", "data: a\u{2028}b\u{85}c\u{0B}\n\n"),
        ])
    func eachLineOfTheDataGetsItsField(data: String, expected: String) {
        #expect(text(ServerSentEvent(data: data)) == expected)
    }

    @Test func aLineBreakCannotAddFields() {
        let event = ServerSentEvent(data: "x", event: "a\ndata: evil", id: "1\r\n\r\ndata: evil")
        #expect(text(event) == "event: adata: evil\nid: 1data: evil\ndata: x\n\n")
        let comment = ServerSentEvent(comment: "a\r\ndata: evil")
        #expect(text(comment) == ": a\n: data: evil\n\n")
    }

    @Test func anIDWithNULIsNotSent() {
        #expect(text(ServerSentEvent(data: "x", id: "a\u{0}b")) == "data: x\n\n")
        #expect(text(ServerSentEvent(data: "x", id: "")) == "id: \ndata: x\n\n")
    }

    @Test(
        "Times",
        arguments: [
            (.zero, "retry: 0\n\n"), (.seconds(3), "retry: 3000\n\n"), (.microseconds(1999), "retry: 1\n\n"),
            (.seconds(-1), "\n"), (.seconds(Int64.max), "\n"), (nil, "\n"),
        ] as [(Duration?, String)])
    func theTimeIsInMilliseconds(retry: Duration?, expected: String) {
        #expect(text(ServerSentEvent(retry: retry)) == expected)
    }

    @Test func theHeartbeatIsAnEmptyComment() {
        #expect(text(.heartbeat) == ":\n\n")
    }

    @Test func eventsAreAppended() {
        var body: [UInt8] = Array("data: 1\n\n".utf8)
        ServerSentEvent(data: "2").append(to: &body)
        #expect(String(decoding: body, as: UTF8.self) == "data: 1\n\ndata: 2\n\n")
    }

    @Test(
        "Written events are read back",
        arguments: [
            ServerSentEvent(data: "plain"), ServerSentEvent(data: ""), ServerSentEvent(data: " a\n\n b\n"),
            ServerSentEvent(data: "x", event: "kind", id: "9"), ServerSentEvent(data: ": not a comment"),
        ])
    func roundTrip(event: ServerSentEvent) throws {
        var parser = EventStreamParser()
        #expect(try parser.receive(event.encoded) == [.event(event)])
    }
}
