// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

@Suite struct WebSocketLimitsTests {
    private let limits = WebSocketLimits(frameLength: 10, messageLength: 20, fragmentCount: 4)

    @Test func aFrameOfTheLimitIsTakenAndOneByteMoreIsNot() throws {
        let ten = [UInt8](repeating: 1, count: 10)
        #expect(try exchange(frame(First.binary, ten), limits: limits).events == [.binary(ten)])
        let result = try exchange(frame(First.binary, ten + [1]), limits: limits)
        #expect(result.failure == 1009)
        #expect(result.frames.first?.payload.prefix(2).elementsEqual(closePayload(1009)) == true)
    }

    @Test func aLargeFrameIsRefusedAtItsHeader() throws {
        let header: [UInt8] = [0x82, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3, 4]
        #expect(try exchange(header).failure == 1009)
        #expect(try exchange(Array(header.dropLast())).events.isEmpty)
    }

    @Test func aMessageOfTheLimitIsTakenAndOneByteMoreIsNot() throws {
        let ten = [UInt8](repeating: 1, count: 10)
        let start = frame(First.binaryPart, ten)
        #expect(try exchange(start + frame(First.end, ten), limits: limits).events == [.binary(ten + ten)])
        let tooMuch = start + frame(First.part, ten) + frame(First.end, [1])
        #expect(try exchange(tooMuch, limits: limits).failure == 1009)
    }

    @Test func theLimitCountsEachMessageAnew() throws {
        let one = frame(First.binary, [UInt8](repeating: 1, count: 10))
        #expect(try exchange(one + one + one + one, limits: limits).events.count == 4)
    }

    @Test func fragmentsAreCountedEvenWhenTheyAreEmpty() throws {
        let three = frame(First.textPart) + frame(First.part) + frame(First.part)
        #expect(try exchange(three + frame(First.end), limits: limits).events == [.text("")])
        #expect(try exchange(three + frame(First.part) + frame(First.end), limits: limits).failure == 1009)
    }

    @Test func controlFramesDoNotCount() throws {
        let pings = (0..<50).flatMap { _ in frame(First.ping, "0123456789abc") }
        let bytes = frame(First.textPart, "a") + pings + frame(First.end, "b")
        #expect(try exchange(bytes, limits: limits).events.last == .text("ab"))
    }

    @Test func theDefaultsAreOneMebibyte() throws {
        let mebibyte = [UInt8](repeating: 7, count: 1 << 20)
        #expect(try exchange(frame(First.binary, mebibyte)).events == [.binary(mebibyte)])
        #expect(try exchange(frame(First.binary, mebibyte + [7])).failure == 1009)
        let parts = frame(First.binaryPart, mebibyte) + frame(First.end, [7])
        #expect(try exchange(parts).failure == 1009)
    }

    @Test func aLengthNearTheEndOfIntegersDoesNotOverflow() throws {
        let huge = WebSocketLimits(frameLength: .max, messageLength: .max, fragmentCount: .max)
        let bytes =
            frame(First.binaryPart, [1]) + [0x80, 0xFF, 0x7F] + [UInt8](repeating: 0xFF, count: 7) + [1, 2, 3, 4]
        #expect(try exchange(bytes, limits: huge).failure == 1009)
        #expect(try exchange(bytes, limits: huge, compression: .init()).failure == 1009)
    }

    /// Eight times as many bytes may take some eight times as long; twice squared would be sixty-four.
    @Test func manySmallFragmentsCostLinearTime() throws {
        let huge = WebSocketLimits(fragmentCount: .max)
        func time(_ count: Int) throws -> Duration {
            var bytes = frame(First.textPart, "a")
            for _ in 0..<count { bytes += frame(First.part, "é") }
            bytes += frame(First.end, "z")
            return try (0..<3).map { _ in
                try ProcessorClock().measure { _ = try exchange(bytes, pieces: 11, limits: huge) }
            }.min() ?? .zero
        }
        let small = try time(2000)
        let large = try time(16_000)
        #expect(large < small * 32 + .milliseconds(5))
    }
}
