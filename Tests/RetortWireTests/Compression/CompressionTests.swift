// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

private let formats: [Compression.Format] = [.raw, .zlib, .gzip]

/// Bytes that compress somewhat, the same in every run.
private func sample(_ count: Int) -> [UInt8] {
    var state: UInt32 = 12345
    return (0..<count).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        return UInt8(truncatingIfNeeded: (state >> 24) & 0x1F) &+ 0x41
    }
}

private func code(of body: () throws -> Void) -> WireError? {
    do {
        try body()
        return nil
    } catch { return error as? WireError }
}

@Suite struct DeflaterTests {
    @Test("A round trip gives the same bytes", arguments: formats, [0, 1, 100, 40_000, 200_000])
    func roundTrip(format: Compression.Format, count: Int) throws {
        let plain = sample(count)
        let packed = try Deflater.compress(plain, format: format)
        #expect(try Inflater.decompress(packed, format: format, limit: count) == plain)
    }

    @Test("Each level can be read back", arguments: -1...9)
    func levels(level: Int) throws {
        let plain = sample(5_000)
        let packed = try Deflater.compress(plain, format: .zlib, level: level)
        #expect(try Inflater.decompress(packed, format: .zlib, limit: 5_000) == plain)
    }

    @Test func formatsHaveTheirHeaders() throws {
        #expect(try Deflater.compress([1], format: .zlib).prefix(2) == [0x78, 0x9C])
        #expect(try Deflater.compress([1], format: .gzip).prefix(3) == [0x1F, 0x8B, 8])
        #expect(try Deflater.compress([], format: .raw) == [3, 0])
    }

    @Test func syncFlushEndsWithAnEmptyStoredBlock() throws {
        let deflater = try Deflater(format: .raw)
        let packed = try deflater.compress(Array("Hello".utf8), flush: .sync)
        // RFC 7692 §7.2.3.1, with the four bytes that permessage-deflate removes.
        #expect(packed == [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00, 0x00, 0xFF, 0xFF])
        #expect(!deflater.isFinished)
    }

    @Test func contextTakeoverMakesTheSecondMessageShorter() throws {
        let deflater = try Deflater(format: .raw)
        let first = try deflater.compress(Array("Hello".utf8), flush: .sync)
        let second = try deflater.compress(Array("Hello".utf8), flush: .sync)
        // RFC 7692 §7.2.3.2.
        #expect(second == [0xF2, 0x00, 0x11, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF])
        deflater.reset()
        #expect(try deflater.compress(Array("Hello".utf8), flush: .sync) == first)
    }

    @Test func nothingFollowsTheEndUntilReset() throws {
        let deflater = try Deflater(format: .raw)
        _ = try deflater.compress([1, 2, 3], flush: .finish)
        #expect(deflater.isFinished)
        #expect(code { _ = try deflater.compress([4]) }?.code == .compressionFailed)
        deflater.reset()
        #expect(!deflater.isFinished)
        #expect(try deflater.compress([1, 2, 3], flush: .finish).isEmpty == false)
    }

    @Test func repeatedFlushesOfNothingAreHarmless() throws {
        let deflater = try Deflater(format: .raw)
        let whole =
            try deflater.compress([1], flush: .sync) + deflater.compress([], flush: .sync)
            + deflater.compress([], flush: .sync) + deflater.compress([2], flush: .finish)
        #expect(try Inflater.decompress(whole, format: .raw, limit: 10) == [1, 2])
    }

    @Test("Numbers out of range are errors", arguments: [(10, 15, 8), (-2, 15, 8), (6, 8, 8), (6, 16, 8), (6, 15, 0)])
    func badSettings(level: Int, window: Int, memory: Int) {
        let error = code {
            _ = try Deflater(format: .raw, level: level, windowBits: window, memoryLevel: memory)
        }
        #expect(error?.code == .compressionFailed)
        #expect(error?.status == 500)
    }

    @Test("Every window can be read back", arguments: 9...15)
    func windows(bits: Int) throws {
        let plain = sample(70_000)
        let packed = try Deflater(format: .raw, windowBits: bits).compress(plain[...], flush: .finish)
        let inflater = try Inflater(format: .raw, windowBits: bits)
        #expect(try inflater.decompress(packed[...], limit: 70_000) == plain)
    }
}

@Suite struct InflaterTests {
    @Test("Any split gives the same bytes", arguments: formats, [1, 2, 7, 1000])
    func anySplit(format: Compression.Format, size: Int) throws {
        let plain = sample(3_000)
        let packed = try Deflater.compress(plain, format: format)
        let inflater = try Inflater(format: format)
        var output: [UInt8] = []
        var rest = packed[...]
        while !rest.isEmpty {
            output += try inflater.decompress(rest.prefix(size), limit: 3_000)
            rest = rest.dropFirst(size)
        }
        #expect(output == plain)
        #expect(inflater.isFinished)
    }

    @Test("The limit is exact", arguments: [0, 1, 16_383, 16_384, 16_385, 50_000])
    func exactLimit(count: Int) throws {
        let plain = [UInt8](repeating: 7, count: count)
        let packed = try Deflater.compress(plain, format: .zlib)
        #expect(try Inflater.decompress(packed, format: .zlib, limit: count) == plain)
        guard count > 0 else { return }
        let error = code { _ = try Inflater.decompress(packed, format: .zlib, limit: count - 1) }
        #expect(error?.code == .decompressedTooLarge)
        #expect(error?.status == 413)
    }

    @Test func aBombIsRefusedBeforeItGrows() throws {
        let deflater = try Deflater(format: .gzip, level: 9)
        var bomb: [UInt8] = []
        let zeros = [UInt8](repeating: 0, count: 1 << 20)
        for _ in 0..<64 { bomb += try deflater.compress(zeros) }
        bomb += try deflater.compress([], flush: .finish)
        #expect(bomb.count < 70_000)
        let seconds = cpuSeconds {
            let error = code { _ = try Inflater.decompress(bomb, format: .gzip, limit: 1_000) }
            #expect(error?.status == 413)
        }
        // All of it would take a hundred times as long.
        #expect(seconds < 0.02)
    }

    @Test func aNegativeLimitRefusesEverything() throws {
        let packed = try Deflater.compress([1], format: .raw)
        #expect(code { _ = try Inflater.decompress(packed, format: .raw, limit: -5) }?.status == 413)
    }

    @Test("Damage is an error", arguments: formats)
    func damage(format: Compression.Format) throws {
        let error = code {
            _ = try Inflater.decompress([UInt8](repeating: 0xFF, count: 40), format: format, limit: 100)
        }
        #expect(error?.code == .invalidCompressedData)
        #expect(error?.status == 400)
    }

    @Test func aFlippedChecksumIsAnError() throws {
        var packed = try Deflater.compress(sample(100), format: .zlib)
        packed[packed.count - 1] ^= 1
        let bytes = packed
        #expect(
            code { _ = try Inflater.decompress(bytes, format: .zlib, limit: 100) }?.code == .invalidCompressedData)
    }

    @Test("Truncation is an error for a whole value", arguments: formats)
    func truncated(format: Compression.Format) throws {
        let packed = Array(try Deflater.compress(sample(100), format: format).dropLast())
        #expect(
            code { _ = try Inflater.decompress(packed, format: format, limit: 100) }?.code == .invalidCompressedData)
    }

    @Test func bytesBehindTheEndAreCounted() throws {
        let packed = try Deflater.compress([1, 2], format: .gzip)
        let inflater = try Inflater(format: .gzip)
        #expect(try inflater.decompress(packed + packed, limit: 10) == [1, 2])
        #expect(inflater.unusedCount == packed.count)
        #expect(try inflater.decompress(packed, limit: 10) == [])
        #expect(inflater.unusedCount == packed.count)
        inflater.reset()
        #expect(try inflater.decompress(packed, limit: 10) == [1, 2])
        #expect(inflater.unusedCount == 0)
    }

    @Test func anErrorLastsUntilReset() throws {
        let packed = try Deflater.compress([1, 2, 3], format: .zlib)
        let inflater = try Inflater(format: .zlib)
        #expect(code { _ = try inflater.decompress([0xFF, 0xFF], limit: 10) }?.code == .invalidCompressedData)
        #expect(code { _ = try inflater.decompress(packed, limit: 10) }?.code == .compressionFailed)
        inflater.reset()
        #expect(try inflater.decompress(packed, limit: 10) == [1, 2, 3])
    }

    @Test("Windows out of range are errors", arguments: [7, 16, -15])
    func badWindow(bits: Int) {
        #expect(code { _ = try Inflater(format: .raw, windowBits: bits) }?.code == .compressionFailed)
    }
}
