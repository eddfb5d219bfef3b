// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

/// Forms with random mistakes in them: nothing may crash, and how the body is cut may change neither parts nor error.
@Suite struct MultipartFuzzTests {
    /// What reading a body gave: the parts, and the code of the error if there was one.
    private struct Outcome: Equatable {
        var parts: [CollectedPart]
        var code: String?
    }

    private static func outcome(_ body: [UInt8], pieces sizes: () -> Int) throws -> Outcome {
        var limits = FormLimits()
        limits.partHeaderBytes = 120
        limits.partHeaders = 4
        limits.parts = 4
        var parser = MultipartParser(boundary: try MultipartBoundary("foo"), limits: limits)
        var sink = PartCollector()
        do {
            var rest = body[...]
            while !rest.isEmpty {
                let piece = rest.prefix(sizes())
                try parser.push(Array(piece), to: &sink)
                rest = rest.dropFirst(piece.count)
            }
            try parser.finish(to: &sink)
            return Outcome(parts: sink.parts, code: nil)
        } catch let error as WireError {
            return Outcome(parts: sink.parts, code: error.code.description)
        }
    }

    @Test(arguments: 0..<30) func mistakesAreTheSameHoweverTheBodyIsCut(seed: UInt64) throws {
        var random = SplitMix64(state: seed &* 7919)
        let form = Array(MultipartParserTests.form.utf8)
        let inserted: [[UInt8]] = [
            [0x0D], [0x0A], [0x0D, 0x0A], [0x2D], [0x22], [0x5C], [0x3B], [0x00], [0xFF], [0x25], [0x2A], [0x20],
            Array("\r\n--foo".utf8), Array("--foo--".utf8), Array("\r\n\r\n".utf8), Array("filename*0*=".utf8),
        ]
        for _ in 0..<40 {
            var body = form
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: 0..<body.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: body.removeSubrange(place..<min(body.count, place + Int.random(in: 1...20, using: &random)))
                case 1: body[place] = UInt8.random(in: 0...255, using: &random)
                default:
                    let piece = inserted[Int.random(in: 0..<inserted.count, using: &random)]
                    body.insert(contentsOf: piece, at: place)
                }
            }
            let whole = try Self.outcome(body) { body.count }
            try #require(try Self.outcome(body) { 1 } == whole, "\(body)")
            try #require(
                try Self.outcome(body) { Int.random(in: 1...30, using: &random) } == whole, "\(body)")
        }
    }

    @Test(arguments: 0..<20) func noBytesCrashTheParser(seed: UInt64) throws {
        var random = SplitMix64(state: seed)
        for _ in 0..<50 {
            var body = Array("--foo\r\n".utf8)
            for _ in 0..<Int.random(in: 0...200, using: &random) {
                body.append(UInt8.random(in: 0...255, using: &random))
            }
            let whole = try Self.outcome(body) { body.count }
            #expect(whole.code != nil)
            #expect(try Self.outcome(body) { 3 } == whole)
        }
    }

    @Test(arguments: [
        "a=\"b;", "a;", ";", "=", "a*0=b;", "a*=''b;", "\"", "\\", "a=\"\\\";", "a=\"\";", "a%22=", "*0=",
    ]) func parametersAreReadInLinearTime(unit: String) {
        func seconds(_ count: Int) -> Double {
            let value = Array(("x;" + String(repeating: unit, count: count)).utf8)
            let seconds = processorSeconds { _ = try? PartParameters(value[...]) }
            // What is refused at once takes no time that could be compared.
            return max(seconds, 0.000_2)
        }
        #expect(seconds(16_000) / seconds(2000) < 32)
    }
}
