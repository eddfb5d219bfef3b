// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

/// Compressed messages: RFC 7692 §7.2 and Autobahn's group 12.
@Suite struct WebSocketCompressionTests {
    private func client(_ bytes: [UInt8], pieces: Int = .max) throws -> [WebSocketEvent] {
        try exchange(bytes, pieces: pieces, role: .client, compression: PermessageDeflate()).events
    }

    /// RFC 7692 §7.2.3.
    @Test(
        "Examples of the standard",
        arguments: [
            ([0xC1, 0x07, 0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00], ["Hello"]),
            ([0x41, 0x03, 0xF2, 0x48, 0xCD, 0x80, 0x04, 0xC9, 0xC9, 0x07, 0x00], ["Hello"]),
            (
                [0xC1, 0x07, 0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0xC1, 0x05, 0xF2, 0x00, 0x11, 0x00, 0x00],
                ["Hello", "Hello"]
            ),
            ([0xC1, 0x0B, 0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00], ["Hello"]),
            ([0xC1, 0x08, 0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00], ["Hello"]),
            (
                [0xC1, 0x0D, 0xF2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xCA, 0xC9, 0xC9, 0x07, 0x00],
                ["Hello"]
            ),
            ([0xC1, 0x01, 0x00], [""]),
        ] as [([UInt8], [String])])
    func examplesAreRead(bytes: [UInt8], texts: [String]) throws {
        for size in [Int.max, 1, 2, 5] {
            #expect(try client(bytes, pieces: size) == texts.map { .text($0) })
        }
    }

    @Test func theFirstMessageIsWrittenAsInTheStandard() throws {
        var server = WebSocketConnectionState(role: .server, compression: PermessageDeflate(threshold: 0))
        var output: [UInt8] = []
        try server.send(text: "Hello", output: &output)
        try server.send(text: "Hello", output: &output)
        #expect(output.prefix(9).elementsEqual([0xC1, 0x07, 0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]))
        #expect(output.dropFirst(9).elementsEqual([0xC1, 0x05, 0xF2, 0x00, 0x11, 0x00, 0x00]))
    }

    @Test func withoutContextEachMessageStandsAlone() throws {
        let agreement = PermessageDeflate(serverNoContextTakeover: true, threshold: 0)
        var server = WebSocketConnectionState(role: .server, compression: agreement)
        var first: [UInt8] = []
        var second: [UInt8] = []
        try server.send(text: "Hello", output: &first)
        try server.send(text: "Hello", output: &second)
        #expect(first == second)
        #expect(try exchange(first + second, role: .client, compression: agreement).events.count == 2)
    }

    @Test func aReferenceToAForgottenMessageIsRefused() throws {
        let bytes: [UInt8] = [0xC1, 0x07, 0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0xC1, 0x05, 0xF2, 0x00, 0x11, 0, 0]
        let result = try exchange(
            bytes, role: .client, compression: PermessageDeflate(serverNoContextTakeover: true))
        #expect(result.events.first == .text("Hello"))
        #expect(result.failure == 1007)
    }

    static let agreements: [PermessageDeflate] = [
        .init(), .init(serverNoContextTakeover: true), .init(clientNoContextTakeover: true),
        .init(serverNoContextTakeover: true, clientNoContextTakeover: true),
        .init(serverMaxWindowBits: 9, clientMaxWindowBits: 9), .init(serverMaxWindowBits: 8, clientMaxWindowBits: 8),
        .init(level: 1, threshold: 0), .init(level: 9, threshold: 0), .init(level: 0, threshold: 0),
    ]

    @Test("Messages in both directions", arguments: agreements)
    func messagesOfManySizesComeBack(agreement: PermessageDeflate) throws {
        var client = WebSocketConnectionState(role: .client, compression: agreement)
        var server = WebSocketConnectionState(role: .server, compression: agreement)
        var random = SplitMix(seed: 1)
        for size in [0, 1, 16, 64, 255, 256, 1024, 4096, 8192, 16_384, 32_768, 65_536, 131_072] {
            // Words from a small list, so that there is something to compress and something to refer back to.
            let text = String(decoding: (0..<size).map { _ in UInt8(0x61 + random.next() % 4) }, as: UTF8.self)
            var wire: [UInt8] = []
            try client.send(text: text, output: &wire)
            var echo: [UInt8] = []
            var position = 0
            var count = 0
            while let event = server.nextEvent(in: wire.span, at: &position, output: &echo) {
                #expect(event == .text(text))
                if case .text(let text) = event { try server.send(text: text, output: &echo) }
                count += 1
            }
            #expect(count == 1)
            var unused: [UInt8] = []
            var heard: [WebSocketEvent] = []
            client.receive(echo.span, output: &unused) { heard.append($0) }
            #expect(heard == [.text(text)])
        }
    }

    @Test func shortMessagesGoAsTheyAre() throws {
        var server = WebSocketConnectionState(role: .server, compression: PermessageDeflate())
        var output: [UInt8] = []
        try server.send(text: String(repeating: "a", count: 255), output: &output)
        #expect(output[0] == 0x81)
        output.removeAll()
        try server.send(text: String(repeating: "a", count: 256), output: &output)
        #expect(output[0] == 0xC1)
        #expect(output.count < 20)
    }

    @Test func plainAndCompressedMessagesMayAlternate() throws {
        var bytes: [UInt8] = [0xC1, 0x07, 0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]
        bytes += [0x81, 0x02, 0x68, 0x69] + [0xC1, 0x05, 0xF2, 0x00, 0x11, 0x00, 0x00]
        #expect(try client(bytes) == [.text("Hello"), .text("hi"), .text("Hello")])
    }

    /// zlib's smallest window is 9 bits, but it refers back no further than the 256 bytes of a window of 8.
    @Test func aWindowOfEightBitsIsKept() throws {
        var random = SplitMix(seed: 7)
        for period in stride(from: 200, through: 520, by: 5) {
            let pattern = (0..<period).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            let agreement = PermessageDeflate(serverMaxWindowBits: 8, threshold: 0)
            var deflater = WebSocketMessageDeflater(agreement, role: .server)
            let inflater = try Inflater(format: .raw, windowBits: 8)
            for index in 0..<30 {
                // Short messages, so that the reader has only its window to look back into.
                let message = (0..<40).map { pattern[(index * 40 + $0) % period] }
                let compressed = try deflater.deflate(message) + WebSocketMessageInflater.tail
                #expect(try inflater.decompress(compressed, limit: 1000) == message)
            }
        }
    }

    @Test func aBombIsRefusedBeforeItIsInflated() throws {
        let agreement = PermessageDeflate()
        var client = WebSocketConnectionState(role: .client, compression: agreement)
        var wire: [UInt8] = []
        try client.send(binary: [UInt8](repeating: 0, count: 8 << 20), output: &wire)
        #expect(wire.count < 10_000)
        let result = try exchange(wire, compression: agreement)
        #expect(result.failure == 1009)
        let roomy = WebSocketLimits(frameLength: 8 << 20, messageLength: 8 << 20)
        #expect(try exchange(wire, limits: roomy, compression: agreement).events.count == 1)
    }

    @Test func aMessageOfTheLimitIsTakenAlsoWhenCompressionMakesItLarger() throws {
        var random = SplitMix(seed: 3)
        let agreement = PermessageDeflate(level: 1)
        let limits = WebSocketLimits(frameLength: 50_000, messageLength: 50_000)
        let noise = (0..<50_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        var client = WebSocketConnectionState(role: .client, compression: agreement)
        var wire: [UInt8] = []
        try client.send(binary: noise, output: &wire)
        #expect(wire.count > 50_000)
        #expect(try exchange(wire, pieces: 1000, limits: limits, compression: agreement).events == [.binary(noise)])
        var other = WebSocketConnectionState(role: .client, compression: agreement)
        var larger: [UInt8] = []
        try other.send(binary: noise + [0], output: &larger)
        #expect(try exchange(larger, limits: limits, compression: agreement).failure == 1009)
    }

    @Test func emptyBlocksDoNotGoOnForEver() throws {
        let limits = WebSocketLimits(frameLength: 1000, messageLength: 1000)
        let blocks = (0..<200).flatMap { _ in [0x00, 0x00, 0x00, 0xFF, 0xFF] as [UInt8] }
        let bytes = frame(0x42, blocks) + frame(First.part, blocks) + frame(First.end, blocks)
        #expect(try exchange(bytes, limits: limits, compression: .init()).failure == 1009)
    }

    @Test func damagedDataIsRefused() throws {
        for payload in [[0xFF, 0xFF], [0x06, 0x00], [0x02]] as [[UInt8]] {
            let result = try exchange(frame(0xC2, payload + [0xAA, 0x55, 0xAA]), compression: .init())
            #expect(result.failure == 1007)
        }
    }

    @Test func badTextIsRefusedBeforeTheCompressedMessageEnds() throws {
        var deflater = WebSocketMessageDeflater(PermessageDeflate(), role: .client)
        let payload = try deflater.deflate([0xC0] + [UInt8](repeating: 0x61, count: 1000))
        let bytes = frame(0x41, payload + WebSocketMessageInflater.tail)
        #expect(try exchange(bytes, compression: .init()).failure == 1007)
    }

    @Test func compressedTextMayCutACharacter() throws {
        let text = String(repeating: "€uro ", count: 500)
        var client = WebSocketConnectionState(role: .client, compression: .init())
        var wire: [UInt8] = []
        try client.send(text: text, output: &wire)
        for size in [1, 2, 3, 7] {
            #expect(try exchange(wire, pieces: size, compression: .init()).events == [.text(text)])
        }
    }

    @Test func controlFramesAreNeverCompressed() throws {
        var server = WebSocketConnectionState(role: .server, compression: PermessageDeflate(threshold: 0))
        var output: [UInt8] = []
        try server.sendPing([UInt8](repeating: 1, count: 100), output: &output)
        #expect(output[0] == 0x89)
    }
}

/// Numbers that look random and are the same in each run.
struct SplitMix {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
