// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

@Suite struct WebSocketFrameHeaderTests {
    private func parse(
        _ bytes: [UInt8], isMasked: Bool = false, allowsCompression: Bool = false
    ) throws -> (header: WebSocketFrameHeader, length: Int)? {
        try WebSocketFrameHeader.parse(
            bytes.span, from: 0, isMasked: isMasked, allowsCompression: allowsCompression)
    }

    /// RFC 6455 §5.7.
    @Test func examplesOfTheStandardAreRead() throws {
        let hello = try exchange([0x81, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F], role: .client)
        #expect(hello.events == [.text("Hello")])
        let masked: [UInt8] = [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58]
        #expect(try exchange(masked).events == [.text("Hello")])
        let parts = try exchange([0x01, 0x03, 0x48, 0x65, 0x6C, 0x80, 0x02, 0x6C, 0x6F], role: .client)
        #expect(parts.events == [.text("Hello")])
        let ping = try exchange([0x89, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58])
        #expect(ping.events == [.ping(Array("Hello".utf8))])
        #expect(ping.output == [0x8A, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F])
        #expect(try parse([0x82, 0x7E, 0x01, 0x00])?.header.payloadLength == 256)
        #expect(try parse([0x82, 0x7F, 0, 0, 0, 0, 0, 1, 0, 0])?.header.payloadLength == 65_536)
    }

    @Test("Written headers are read back", arguments: [0, 1, 125, 126, 127, 65_535, 65_536, 1 << 32, Int.max])
    func roundTrip(length: Int) throws {
        for isMasked in [false, true] {
            let header = WebSocketFrameHeader(
                .binary, payloadLength: length, isFinal: false, isCompressed: true,
                mask: isMasked ? WebSocketMask(1, 2, 3, 0xFF) : nil)
            var bytes: [UInt8] = []
            header.append(to: &bytes)
            #expect(bytes.count == (length < 126 ? 2 : length < 65_536 ? 4 : 10) + (isMasked ? 4 : 0))
            let read = try #require(try parse(bytes, isMasked: isMasked, allowsCompression: true))
            #expect(read.header == header)
            #expect(read.length == bytes.count)
            for count in 0..<bytes.count {
                #expect(try parse(Array(bytes.prefix(count)), isMasked: isMasked, allowsCompression: true) == nil)
            }
        }
    }

    @Test(
        "Lengths that are not in the shortest form",
        arguments: [
            [0x82, 126, 0, 0], [0x82, 126, 0, 125], [0x82, 127, 0, 0, 0, 0, 0, 0, 0, 5],
            [0x82, 127, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], [0x82, 127, 0x80, 0, 0, 0, 0, 0, 0, 0],
            [0x82, 127, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        ] as [[UInt8]])
    func wastefulLengthsAreRefused(bytes: [UInt8]) throws {
        #expect(throws: WireError.self) { try parse(bytes) }
        #expect(try exchange(bytes, pieces: 1, role: .client).failure == 1002)
    }

    @Test func clientsMustMaskAndServersMustNot() throws {
        let clear = frame(First.text, Array("x".utf8), mask: nil)
        let masked = frame(First.text, "x")
        #expect(try exchange(clear).failure == 1002)
        #expect(try exchange(masked, role: .client).failure == 1002)
        #expect(try exchange(clear, role: .client).events == [.text("x")])
        // The second byte is enough.
        #expect(try exchange([0x81, 0x05]).failure == 1002)
    }

    @Test func aBadFirstByteIsRefusedAlone() throws {
        for first in [0x83, 0x09, 0xA1, 0xC1, 0xC0] as [UInt8] {
            #expect(try exchange([first]).failure == 1002)
        }
    }

    @Test func aLongControlFrameIsRefusedAtItsSecondByte() throws {
        #expect(try exchange([0x89, 0xFE]).failure == 1002)
        #expect(try exchange([0x88, 0xFF]).failure == 1002)
    }

    @Test func theCompressionBitNeedsAnAgreementAndTheFirstDataFrame() throws {
        #expect(try exchange([0xC1]).failure == 1002)
        let agreed = PermessageDeflate()
        #expect(try exchange([0xC1], compression: agreed).failure == nil)
        for first in [0xC0, 0xC8, 0xC9, 0xCA, 0xA1, 0x91, 0xE1] as [UInt8] {
            #expect(try exchange([first], compression: agreed).failure == 1002)
        }
    }
}

@Suite struct WebSocketMaskTests {
    private func slowly(_ bytes: [UInt8], _ mask: [UInt8]) -> [UInt8] {
        bytes.enumerated().map { $1 ^ mask[$0 % 4] }
    }

    @Test func allLengthsAreMasked() {
        let mask: [UInt8] = [0x12, 0x34, 0x56, 0x78]
        for length in Array(0...200) + [1000, 1023, 4097] {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            var result: [UInt8] = []
            var appending = WebSocketMask(0x12, 0x34, 0x56, 0x78)
            appending.append(bytes.span, to: &result)
            #expect(result == slowly(bytes, mask))
            var inPlace = bytes
            var mutating = WebSocketMask(0x12, 0x34, 0x56, 0x78)
            var span = inPlace.mutableSpan
            mutating.apply(to: &span)
            #expect(inPlace == result)
            #expect(appending == mutating)
        }
    }

    @Test func piecesGiveTheSameAsTheWhole() {
        let bytes = (0..<500).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let expected = slowly(bytes, [0xDE, 0xAD, 0xBE, 0xEF])
        for size in 1...150 {
            var mask = WebSocketMask(0xDE, 0xAD, 0xBE, 0xEF)
            var result: [UInt8] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                mask.append(bytes.span.extracting(start..<min(start + size, bytes.count)), to: &result)
            }
            #expect(result == expected)
        }
    }

    @Test func oneByteThatIsNotASCIIIsNoticedAnywhere() {
        for length in [1, 7, 8, 9, 63, 64, 65, 130, 200] {
            for place in 0..<length {
                var plain = [UInt8](repeating: 0x41, count: length)
                var mask = WebSocketMask.none
                var output: [UInt8] = []
                let before = mask.append(plain.span, to: &output)
                plain[place] = 0x80
                let after = mask.append(plain.span, to: &output)
                #expect(before && !after)
            }
        }
    }

    @Test func anEmptyPieceChangesNothing() {
        var mask = WebSocketMask(1, 2, 3, 4)
        var output: [UInt8] = [9]
        let isASCII = mask.append([UInt8]().span, to: &output)
        #expect(isASCII && output == [9])
        #expect(mask == WebSocketMask(1, 2, 3, 4))
    }
}
