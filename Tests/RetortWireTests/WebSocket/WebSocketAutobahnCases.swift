// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

@testable import RetortWire

extension WebSocketAutobahnTests {
    private static let hello = Array("Hello, world!".utf8)
    private static let long = [UInt8](repeating: 0xFE, count: 125)

    static let pingCases: [Case] = [
        Case("2.1", [frame(First.ping)], [SentFrame(First.pong)]),
        Case("2.2", [frame(First.ping, hello)], [SentFrame(First.pong, hello)]),
        Case("2.3", [frame(First.ping, [0, 0xFF, 0xFE, 0xFD])], [SentFrame(First.pong, [0, 0xFF, 0xFE, 0xFD])]),
        Case("2.4", [frame(First.ping, long)], [SentFrame(First.pong, long)]),
        Case("2.5", [frame(First.ping, long + [0xFE])], [], .failed(1002)),
        Case("2.7", [frame(First.pong)], []),
        Case("2.8", [frame(First.pong, "unsolicited pong payload")], []),
        Case("2.9", [frame(First.pong, "unasked"), frame(First.ping, hello)], [SentFrame(First.pong, hello)]),
        Case(
            "2.10", (0..<10).map { frame(First.ping, "payload-\($0)") },
            (0..<10).map { SentFrame(First.pong, Array("payload-\($0)".utf8)) }),
    ]

    static let reservedBitCases: [Case] = [
        Case("3.1", [frame(0x81 | 0x10, hello)], [], .failed(1002)),
        Case(
            "3.2", [frame(First.text, hello), frame(0x81 | 0x20, hello), frame(First.ping)],
            [SentFrame(First.text, hello)], .failed(1002)),
        Case(
            "3.3", [frame(First.text, hello), frame(0x81 | 0x30, hello), frame(First.ping)],
            [SentFrame(First.text, hello)], .failed(1002)),
        Case(
            "3.4", [frame(First.text, hello), frame(0x81 | 0x40, hello), frame(First.ping)],
            [SentFrame(First.text, hello)], .failed(1002)),
        Case("3.5", [frame(0x82 | 0x50, long)], [], .failed(1002)),
        Case("3.6", [frame(0x89 | 0x60, hello)], [], .failed(1002)),
        Case("3.7", [frame(0x88 | 0x70)], [], .failed(1002)),
    ]

    private static let two = [frame(First.textPart, "fragment1"), frame(First.end, "fragment2")]
    private static let twoEcho = SentFrame(First.text, Array("fragment1fragment2".utf8))
    private static let ping = frame(First.ping, "ping payload")
    private static let pong = SentFrame(First.pong, Array("ping payload".utf8))

    static let fragmentCases: [Case] = [
        Case("5.1", [frame(0x09, "fragment1"), frame(First.end, "fragment2")], [], .failed(1002)),
        Case("5.2", [frame(0x0A, "fragment1"), frame(First.end, "fragment2")], [], .failed(1002)),
        Case("a fragmented close", [frame(0x08, closePayload(1000))], [], .failed(1002)),
        Case("5.3", two, [twoEcho]),
        Case("5.6", [two[0], ping, two[1]], [pong, twoEcho]),
        Case("5.9", [frame(First.end, "nothing"), frame(First.text, hello)], [], .failed(1002)),
        Case("5.12", [frame(First.part, "nothing"), frame(First.text, hello)], [], .failed(1002)),
        Case("5.15", two + [frame(First.part, "f3"), frame(First.text, hello)], [twoEcho], .failed(1002)),
        Case(
            "5.16", [frame(First.part, "f1"), frame(First.textPart, "f2"), frame(First.end, "f3")], [], .failed(1002)),
        Case("5.17", [frame(First.end, "f1"), frame(First.textPart, "f2"), frame(First.end, "f3")], [], .failed(1002)),
        Case("5.18", [frame(First.textPart, "f1"), frame(First.text, "f2")], [], .failed(1002)),
        Case(
            "5.19",
            [
                frame(First.textPart, "fragment1"), frame(First.part, "fragment2"), ping,
                frame(First.part, "fragment3"),
                frame(First.part, "fragment4"), ping, frame(First.end, "fragment5"),
            ],
            [pong, pong, SentFrame(First.text, Array("fragment1fragment2fragment3fragment4fragment5".utf8))]),
        Case("binary inside of text", [frame(First.textPart, "f1"), frame(First.binary, "f2")], [], .failed(1002)),
        Case(
            "binary in parts",
            [frame(First.binaryPart, [0xFF]), frame(First.part, []), frame(First.end, [0xC0])],
            [SentFrame(First.binary, [0xFF, 0xC0])]),
        Case("6.1.1", [frame(First.text)], [SentFrame(First.text)]),
        Case(
            "6.1.2", [frame(First.textPart), frame(First.part), frame(First.end)], [SentFrame(First.text)]),
        Case(
            "6.1.3", [frame(First.textPart), frame(First.part, "middle"), frame(First.end)],
            [SentFrame(First.text, Array("middle".utf8))]),
    ]

    private static let normal = frame(First.close, closePayload(1000))
    private static let normalAnswer = SentFrame(First.close, closePayload(1000))
    private static let echo = SentFrame(First.text, hello)
    private static let reason123 = String(repeating: "*", count: 123)

    static let closeCases: [Case] = [
        Case("7.1.1", [frame(First.text, hello), normal], [echo, normalAnswer], .closed),
        Case("7.1.2", [normal, normal], [normalAnswer], .closed),
        Case("7.1.3", [normal, frame(First.ping)], [normalAnswer], .closed),
        Case("7.1.4", [normal, frame(First.text, hello)], [normalAnswer], .closed),
        Case("7.1.5", [frame(First.textPart, "f1"), normal, frame(First.end, "f2")], [normalAnswer], .closed),
        Case("7.1.6", [frame(First.text, hello), normal, frame(First.ping)], [echo, normalAnswer], .closed),
        Case("garbage after a close", [normal, [0xFF, 0x00, 0x12]], [normalAnswer], .closed),
        Case("7.3.1", [frame(First.close)], [SentFrame(First.close)], .closed),
        Case("7.3.2", [frame(First.close, [0x03])], [], .failed(1002)),
        Case("7.3.4", [frame(First.close, closePayload(1000, "Hello World!"))], [normalAnswer], .closed),
        Case("7.3.5", [frame(First.close, closePayload(1000, reason123))], [normalAnswer], .closed),
        Case("7.3.6", [frame(First.close, closePayload(1000, reason123 + "*"))], [], .failed(1002)),
        Case("7.5.1", [frame(First.close, closePayload(1000) + [0xCE, 0xBA, 0xED, 0xA0, 0x80])], [], .failed(1007)),
        Case(
            "a reason cut inside of a character", [frame(First.close, closePayload(1000) + [0xC3])], [], .failed(1007)),
    ]
}
