// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

/// What the Autobahn test suite asks of an echo server, group by group; the names of the cases are its numbers.
@Suite struct WebSocketAutobahnTests {
    /// The state in which a case leaves the endpoint.
    enum End: Equatable {
        case open
        case closed
        case failed(Int)
    }

    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var sent: [[UInt8]]
        var answers: [SentFrame]
        var end: End

        init(_ name: String, _ sent: [[UInt8]], _ answers: [SentFrame], _ end: End = .open) {
            self.name = name
            self.sent = sent
            self.answers = answers
            self.end = end
        }

        var testDescription: String { name }
    }

    /// Runs a case whole and in pieces; the answers must be the same.
    private func check(_ one: Case, pieces: [Int] = [.max] + pieceSizes) throws {
        let bytes = one.sent.flatMap { $0 }
        for size in pieces {
            let result = try exchange(bytes, pieces: size, echoes: true)
            var frames = result.frames
            switch one.end {
            case .open:
                #expect(result.phase == .open && !result.shouldCloseTransport)
            case .closed:
                #expect(result.phase == .closed && result.shouldCloseTransport && result.failure == nil)
            case .failed(let code):
                #expect(result.failure == code && result.shouldCloseTransport)
                let last = frames.popLast()
                #expect(last?.first == First.close)
                #expect(last?.payload.prefix(2).elementsEqual(closePayload(code)) == true)
            }
            #expect(frames == one.answers, "in pieces of \(size)")
        }
    }

    static let lengths = [0, 125, 126, 127, 128, 65_535, 65_536]

    @Test("Group 1: framing", arguments: lengths)
    func messagesOfEachLengthComeBack(length: Int) throws {
        for first in [First.text, First.binary] {
            let payload = [UInt8](repeating: first == First.text ? 0x2A : 0xFE, count: length)
            let one = Case("1", [frame(first, payload)], [SentFrame(first, payload)])
            try check(one, pieces: length > 1000 ? [.max, 997] : [.max] + pieceSizes)
        }
    }

    @Test("Group 2: pings and pongs", arguments: pingCases)
    func pingsAreAnswered(one: Case) throws { try check(one) }

    @Test("Group 3: reserved bits", arguments: reservedBitCases)
    func reservedBitsAreRefused(one: Case) throws { try check(one) }

    @Test("Group 4: opcodes", arguments: [3, 4, 5, 6, 7, 11, 12, 13, 14, 15] as [UInt8])
    func reservedOpcodesAreRefused(opcode: UInt8) throws {
        let hello = frame(First.text, "Hello, world!")
        let echo = SentFrame(First.text, Array("Hello, world!".utf8))
        for payload in ["", "reserved opcode payload"] {
            let bad = frame(0x80 | opcode, payload)
            try check(Case("alone", [bad], [], .failed(1002)))
            try check(Case("after a message", [hello, bad, frame(First.ping)], [echo], .failed(1002)))
        }
    }

    @Test("Group 5: fragmentation", arguments: fragmentCases)
    func fragmentsFollowTheRules(one: Case) throws { try check(one) }

    @Test("Group 7: closing", arguments: closeCases)
    func closingFollowsTheRules(one: Case) throws { try check(one) }

    @Test(
        "Group 7.7: valid codes",
        arguments: [
            1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999,
        ])
    func validCodesAreRepeated(code: Int) throws {
        for reason in ["", "Done."] {
            let one = Case(
                "\(code)", [frame(First.close, closePayload(code, reason))],
                [SentFrame(First.close, closePayload(code))], .closed)
            try check(one)
        }
    }

    @Test(
        "Group 7.9 and 7.13: invalid codes",
        arguments: [
            0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535,
        ])
    func invalidCodesAreRefused(code: Int) throws {
        try check(Case("\(code)", [frame(First.close, closePayload(code))], [], .failed(1002)))
    }

    @Test("Group 9: large messages", arguments: [64, 256, 4096, 65_536, 1 << 20])
    func largeMessagesComeBackHoweverTheyAreCut(fragment: Int) throws {
        let payload = [UInt8](repeating: 0x2A, count: 1 << 20)
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: payload.count, by: fragment) {
            let isLast = start + fragment >= payload.count
            let opcode: UInt8 = start == 0 ? 1 : 0
            bytes += frame((isLast ? 0x80 : 0) | opcode, Array(payload[start..<(start + fragment)]))
        }
        let limits = WebSocketLimits(fragmentCount: 1 << 20)
        for size in [Int.max, 2048] {
            let result = try exchange(bytes, pieces: size, limits: limits, echoes: true)
            #expect(result.frames == [SentFrame(First.text, payload)])
        }
    }

    @Test("Group 10.1: a message in automatic fragments")
    func automaticFragmentsComeBack() throws {
        let payload = [UInt8](repeating: 0x2A, count: 65_536)
        var sent: [[UInt8]] = []
        for start in stride(from: 0, to: payload.count, by: 1300) {
            let end = min(start + 1300, payload.count)
            let first: UInt8 = (end == payload.count ? 0x80 : 0) | (start == 0 ? 1 : 0)
            sent.append(frame(first, Array(payload[start..<end])))
        }
        try check(Case("10.1.1", sent, [SentFrame(First.text, payload)]), pieces: [.max, 997])
    }
}
