// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

/// Text messages: Autobahn's group 6, and the moment at which bad text is refused.
@Suite struct WebSocketTextTests {
    static func bytes(_ hex: String) -> [UInt8] {
        let digits = hex.utf8.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    /// The text in one frame, in a frame for each byte, and in pieces.
    private func outcomes(_ text: [UInt8]) throws -> [Exchange] {
        let whole = frame(First.text, text)
        var parts = frame(First.textPart)
        for byte in text { parts += frame(First.part, [byte]) }
        parts += frame(First.end)
        return try [
            exchange(whole), exchange(whole, pieces: 1), exchange(whole, pieces: 3), exchange(parts),
            exchange(parts, pieces: 1),
        ]
    }

    @Test(
        "Valid text",
        arguments: [
            "48656c6c6f2dc2b540c39fc3b6c3a4c3bcc3a0c3a12d5554462d382121",  // 6.2
            "cebae1bdb9cf83cebcceb5",  // 6.5
            "00", "c280", "e0a080", "f0908080",  // 6.7
            "7f", "dfbf", "efbfbf", "f48fbfbf",  // 6.9
            "ed9fbf", "ee8080", "efbfbd",  // 6.11
            "efbfbe", "f09fbfbe", "f3bfbfbf",  // 6.22
            "f09f9882f09f98bbf09f918d",
        ])
    func validTextArrives(hex: String) throws {
        let text = Self.bytes(hex)
        for outcome in try outcomes(text) {
            #expect(outcome.events == [.text(String(decoding: text, as: UTF8.self))])
        }
    }

    @Test(
        "Invalid text",
        arguments: [
            "cebae1bdb9cf83cebcceb5eda080656469746564",  // 6.3
            "cebae1bdb9cf83cebcceb5f4908080656469746564",  // 6.4
            "ce", "cebae1", "cebae1bd", "cebae1bdb9cf",  // 6.6
            "f888808080", "fc8480808080",  // 6.8
            "f7bfbfbf", "fbbfbfbfbf", "fdbfbfbfbfbf",  // 6.10
            "f4908080",  // 6.11.5
            "80", "bf", "80bf", "80bf80", "80bf80bf80bf",  // 6.12
            "c020c120c220", "e020ef20", "f020f720", "f820fb20", "fc20fd20",  // 6.13
            "c0", "e080", "f08080", "f8808080", "fc80808080", "df", "efbf", "f7bfbf", "fbbfbfbf",  // 6.14
            "c0e080f08080f8808080",  // 6.15
            "fe", "ff", "fefeffff",  // 6.16
            "c0af", "e080af", "f08080af", "f8808080af",  // 6.17
            "c1bf", "e09fbf", "f08fbfbf", "f887bfbfbf",  // 6.18
            "c080", "e08080", "f0808080",  // 6.19
            "eda080", "edadbf", "edae80", "edafbf", "edb080", "edbe80", "edbfbf",  // 6.20
            "eda080edb080", "edafbfedbfbf",  // 6.21
        ])
    func invalidTextIsRefused(hex: String) throws {
        for outcome in try outcomes(Self.bytes(hex)) {
            #expect(outcome.failure == 1007)
            #expect(outcome.events.count == 1)
        }
    }

    /// 6.4: the second part gives the text away, and the frame that it is in has not ended.
    @Test func badTextIsRefusedBeforeItsFrameEnds() throws {
        let good = Self.bytes("cebae1bdb9cf83cebcceb5")
        let bytes = frame(First.text, good + Self.bytes("f4908080656469746564"))
        let header = 6
        #expect(try exchange(Array(bytes.prefix(header + good.count + 1))).events.isEmpty)
        let failed = try exchange(Array(bytes.prefix(header + good.count + 2)))
        #expect(failed.failure == 1007)
        #expect(failed.frames.last?.payload.prefix(2).elementsEqual(closePayload(1007)) == true)
    }

    @Test func badTextIsRefusedBeforeItsMessageEnds() throws {
        let bytes = frame(First.textPart, Self.bytes("cebae1")) + frame(First.part, Self.bytes("bdb9c0"))
        #expect(try exchange(bytes).failure == 1007)
    }

    @Test func aCharacterMayBeCutByAPing() throws {
        let bytes = frame(First.textPart, [0xE2, 0x82]) + frame(First.ping, "x") + frame(First.end, [0xAC])
        for size in [Int.max] + pieceSizes {
            #expect(try exchange(bytes, pieces: size).events == [.ping([0x78]), .text("€")])
        }
    }

    @Test func theNextMessageStartsFresh() throws {
        let bytes = frame(First.text, "é") + frame(First.text, "ascii") + frame(First.text, "漢")
        #expect(try exchange(bytes).events == [.text("é"), .text("ascii"), .text("漢")])
    }

    @Test func binaryNeedsNoUTF8() throws {
        #expect(try exchange(frame(First.binary, [0xC0, 0xFF])).events == [.binary([0xC0, 0xFF])])
    }

    @Test func longTextWithFewOtherCharactersArrives() throws {
        var text = ""
        for index in 0..<3000 { text += index % 97 == 0 ? "ä😀" : "plain" }
        for size in [Int.max, 997, 64] {
            #expect(try exchange(frame(First.text, text), pieces: size).events == [.text(text)])
        }
    }
}

@Suite struct UTF8ValidatorTests {
    private static let edges: [UInt8] = [
        0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF,
        0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ]

    private func verdict(_ bytes: [UInt8]) -> (isPossible: Bool, isComplete: Bool) {
        var validator = UTF8Validator()
        let isPossible = validator.consume(bytes.span)
        return (isPossible, isPossible && validator.isAtBoundary)
    }

    private func isValid(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }

    @Test func agreesWithTheStandardLibraryOnAllPairs() {
        for first in 0...255 {
            for second in 0...255 {
                let bytes = [UInt8(first), UInt8(second)]
                guard verdict(bytes).isComplete != isValid(bytes) else { continue }
                Issue.record("\(bytes)")
            }
        }
    }

    @Test func agreesWithTheStandardLibraryOnEdges() {
        for lead in [0x41, 0xC2, 0xE0, 0xE1, 0xED, 0xF0, 0xF1, 0xF4] as [UInt8] {
            for second in Self.edges {
                for third in Self.edges {
                    for fourth in Self.edges {
                        let bytes = [lead, second, third, fourth]
                        guard verdict(bytes).isComplete != isValid(bytes) else { continue }
                        Issue.record("\(bytes)")
                    }
                }
            }
        }
    }

    /// Text is refused exactly when nothing that may follow can make it valid.
    @Test func refusesAtTheFirstHopelessByte() {
        let endings: [[UInt8]] = [[], [0x80], [0xA0], [0x90]].flatMap { [$0, $0 + [0x80], $0 + [0x80, 0x80]] }
        for first in Self.edges {
            for second in Self.edges {
                for third in Self.edges {
                    let bytes = [first, second, third]
                    let hasHope = endings.contains { isValid(bytes + $0) }
                    guard verdict(bytes).isPossible != hasHope else { continue }
                    Issue.record("\(bytes)")
                }
            }
        }
    }

    @Test func nothingMendsRefusedText() {
        var validator = UTF8Validator()
        let first = validator.consume([0xFF].span)
        let second = validator.consume(Array("fine".utf8).span)
        #expect(!first && !second)
        #expect(!validator.isAtBoundary)
    }
}
