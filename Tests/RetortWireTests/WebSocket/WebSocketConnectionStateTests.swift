// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

@Suite struct WebSocketConnectionStateTests {
    @Test("Sent messages of each length", arguments: [0, 1, 125, 126, 127, 65_535, 65_536])
    func clientAndServerUnderstandEachOther(length: Int) throws {
        let text = String(repeating: "a", count: length)
        let binary = [UInt8](repeating: 0xFF, count: length)
        for (sender, receiver) in [(WebSocketRole.client, WebSocketRole.server), (.server, .client)] {
            var state = WebSocketConnectionState(role: sender)
            var wire: [UInt8] = []
            try state.send(text: text, output: &wire)
            try state.send(binary: binary, output: &wire)
            try state.send(binary: binary.span, output: &wire)
            let heard = try exchange(wire, role: receiver)
            #expect(heard.events == [.text(text), .binary(binary), .binary(binary)])
        }
    }

    @Test func aClientMasksEachFrameAnew() throws {
        var state = WebSocketConnectionState(role: .client)
        var wire: [UInt8] = []
        var keys: Set<[UInt8]> = []
        for _ in 0..<50 {
            wire.removeAll()
            try state.send(text: "x", output: &wire)
            keys.insert(Array(wire[2..<6]))
        }
        // Four random bytes repeat within 50 draws once in three million runs.
        #expect(keys.count >= 49)
    }

    @Test func pingsAndPongsCarryTheirPayload() throws {
        var client = WebSocketConnectionState(role: .client)
        var wire: [UInt8] = []
        try client.sendPing([1, 2], output: &wire)
        try client.sendPong([3], output: &wire)
        try client.sendPing(output: &wire)
        let heard = try exchange(wire)
        #expect(heard.events == [.ping([1, 2]), .pong([3]), .ping([])])
        #expect(heard.frames == [SentFrame(First.pong, [1, 2]), SentFrame(First.pong)])
        #expect(throws: WireError.self) {
            try client.sendPing([UInt8](repeating: 0, count: 126), output: &wire)
        }
    }

    @Test func theServerEndsTheTransportAfterBothCloses() throws {
        var server = WebSocketConnectionState(role: .server)
        var client = WebSocketConnectionState(role: .client)
        var fromServer: [UInt8] = []
        var fromClient: [UInt8] = []
        var events: [WebSocketEvent] = []
        try server.close(.goingAway, reason: "Bye.", output: &fromServer)
        #expect(server.phase == .closing && !server.shouldCloseTransport)
        client.receive(fromServer.span, output: &fromClient) { events.append($0) }
        #expect(events == [.close(.goingAway, reason: "Bye.")])
        #expect(client.phase == .closed && !client.shouldCloseTransport)
        fromServer.removeAll()
        server.receive(fromClient.span, output: &fromServer) { events.append($0) }
        #expect(events.last == .close(.goingAway, reason: ""))
        #expect(fromServer.isEmpty)
        #expect(server.phase == .closed && server.shouldCloseTransport && !server.hasFailed)
        let end = client.receiveEnd()
        #expect(end == nil)
    }

    @Test func messagesStillArriveWhileClosingAndPingsAreNotAnswered() throws {
        var server = WebSocketConnectionState(role: .server)
        var output: [UInt8] = []
        try server.close(output: &output)
        output.removeAll()
        var events: [WebSocketEvent] = []
        let late = frame(First.ping, "p") + frame(First.text, "late") + frame(First.close, closePayload(1000))
        server.receive(late.span, output: &output) { events.append($0) }
        #expect(events == [.ping([0x70]), .text("late"), .close(.normal, reason: "")])
        #expect(output.isEmpty)
    }

    @Test func nothingCanBeSentAfterAClose() throws {
        var state = WebSocketConnectionState(role: .server)
        var output: [UInt8] = []
        try state.close(.normal, output: &output)
        let length = output.count
        #expect(throws: WireError.self) { try state.send(text: "x", output: &output) }
        #expect(throws: WireError.self) { try state.send(binary: [1], output: &output) }
        #expect(throws: WireError.self) { try state.sendPing(output: &output) }
        #expect(throws: WireError.self) { try state.sendPong(output: &output) }
        // Closing twice is not an error: two tasks may both want it.
        try state.close(.goingAway, output: &output)
        #expect(output.count == length)
    }

    @Test("Codes that must not be sent", arguments: [0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000] as [UInt16])
    func reservedCodesAreNotSent(code: UInt16) {
        var state = WebSocketConnectionState(role: .server)
        var output: [UInt8] = []
        let error = #expect(throws: WireError.self) {
            try state.close(WebSocketCloseCode(rawValue: code), output: &output)
        }
        #expect(error?.code == .webSocketCannotSend)
        #expect(output.isEmpty && state.phase == .open)
    }

    @Test func aCloseNeedsNoCode() throws {
        var state = WebSocketConnectionState(role: .server)
        var output: [UInt8] = []
        try state.close(nil, output: &output)
        #expect(output == [0x88, 0x00])
        #expect(try exchange(output, role: .client).events == [.close(.noStatus, reason: "")])
    }

    @Test func aLongReasonIsCutBetweenCharacters() throws {
        var state = WebSocketConnectionState(role: .server)
        var output: [UInt8] = []
        try state.close(.normal, reason: String(repeating: "€", count: 100), output: &output)
        #expect(output.count == 2 + 2 + 123)
        let heard = try exchange(output, role: .client)
        #expect(heard.events == [.close(.normal, reason: String(repeating: "€", count: 41))])
    }

    @Test func aFailureWhileClosingSendsNoSecondClose() throws {
        var state = WebSocketConnectionState(role: .server)
        var output: [UInt8] = []
        try state.close(output: &output)
        output.removeAll()
        var events: [WebSocketEvent] = []
        state.receive([0x83].span, output: &output) { events.append($0) }
        #expect(output.isEmpty && events.count == 1)
        #expect(state.hasFailed && state.shouldCloseTransport)
    }

    @Test func aClientThatFailsEndsTheTransport() throws {
        let result = try exchange([0x83, 0x00], role: .client)
        #expect(result.shouldCloseTransport)
        #expect(result.output.first == First.close)
        #expect(try exchange(result.output).events.count == 1)
    }

    @Test func theEndOfTheTransportIsAnAbnormalClose() {
        var state = WebSocketConnectionState(role: .server)
        let first = state.receiveEnd()
        #expect(first == .close(.abnormal, reason: ""))
        #expect(state.phase == .closed)
        let second = state.receiveEnd()
        #expect(second == nil)
    }

    @Test func nothingIsReadAfterAFailure() throws {
        let bytes = frame(0x83, "bad") + frame(First.text, "unread") + frame(First.close)
        for size in [Int.max] + pieceSizes {
            let result = try exchange(bytes, pieces: size)
            #expect(result.events.count == 1 && result.failure == 1002)
            #expect(result.frames.count == 1)
        }
    }

    @Test func aPositionOutsideOfTheBytesReadsNothing() {
        var state = WebSocketConnectionState(role: .server)
        var output: [UInt8] = []
        for start in [-1, 3, Int.max, Int.min] {
            var position = start
            let event = state.nextEvent(in: [0x81, 0x80].span, at: &position, output: &output)
            #expect(event == nil && position == 2)
        }
        #expect(state.phase == .open)
    }

    @Test func anAnswerMayBeSentBetweenTwoEventsOfOnePiece() throws {
        let result = try exchange(frame(First.text, "a") + frame(First.ping) + frame(First.text, "b"), echoes: true)
        #expect(result.frames == [SentFrame(First.text, [0x61]), SentFrame(First.pong), SentFrame(First.text, [0x62])])
    }

    /// A conversation with everything in it gives the same events and answers however it is cut.
    @Test func anySplitGivesTheSame() throws {
        var bytes = frame(First.text, "Grüße") + frame(First.binaryPart, [1, 2]) + frame(First.ping, "p")
        bytes += frame(First.part, [UInt8](repeating: 3, count: 300)) + frame(First.pong)
        bytes += frame(First.end, [4]) + frame(First.text) + frame(First.text, String(repeating: "ж", count: 40_000))
        bytes += frame(First.close, closePayload(4000, "Tschüß"))
        let whole = try exchange(bytes, echoes: true)
        #expect(whole.events.count == 7)
        for size in pieceSizes { #expect(try exchange(bytes, pieces: size, echoes: true) == whole) }
        let head = bytes.count - 80_000
        for cut in 0..<head {
            var state = WebSocketConnectionState(role: .server)
            var output: [UInt8] = []
            var events: [WebSocketEvent] = []
            state.receive(bytes.span.extracting(..<cut), output: &output) { events.append($0) }
            state.receive(bytes.span.extracting(cut...), output: &output) { events.append($0) }
            guard events != whole.events else { continue }
            Issue.record("cut at \(cut)")
        }
    }
}
