// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

/// Random bodies and hostile ones: what is found must not depend on how they are cut, and time must grow with length.
@Suite struct MultipartSearchTests {
    private static let head = Array("--b-b\r\nContent-Disposition: form-data; name=a\r\n\r\n".utf8)

    /// The data of the first part, found the slow way: at each line start the delimiter is tried.
    private static func firstPartSlowly(_ body: [UInt8]) -> [UInt8]? {
        let delimiter = Array("--b-b".utf8)
        for position in body.indices {
            let before = body[..<position]
            var lineEnd = 0
            if position > 0 {
                guard body[position - 1] == 0x0A || body[position - 1] == 0x0D else { continue }
                lineEnd = body[position - 1] == 0x0A && position > 1 && body[position - 2] == 0x0D ? 2 : 1
            }
            guard body[position...].starts(with: delimiter) else { continue }
            let rest = body[(position + delimiter.count)...]
            let line = rest.drop { $0 == 0x20 || $0 == 0x09 }
            guard rest.starts(with: [0x2D, 0x2D]) || line.first == 0x0D || line.first == 0x0A else { continue }
            return Array(before.dropLast(lineEnd))
        }
        return nil
    }

    private static func firstPart(_ pieces: [[UInt8]]) throws -> [UInt8]? {
        var parser = MultipartParser(boundary: try MultipartBoundary("b-b"))
        var sink = PartCollector()
        // Behind the first part the headers are nonsense; only the first counts.
        for piece in pieces { try? parser.push(piece, to: &sink) }
        return sink.parts.first.flatMap { $0.isComplete ? $0.data : nil }
    }

    @Test(arguments: 0..<40) func randomDataIsCutWhereASlowSearchCutsIt(seed: UInt64) throws {
        var random = SplitMix64(state: seed)
        let alphabet: [[UInt8]] = [
            [0x0D], [0x0A], [0x2D], [0x62], [0x20], [0x0D, 0x0A], Array("--b-b".utf8), Array("\r\n--b".utf8),
            [0x78], [0x2D, 0x2D],
        ]
        for _ in 0..<60 {
            var data: [UInt8] = []
            for _ in 0..<Int.random(in: 0...24, using: &random) {
                data += alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            }
            data += Array("\r\n--b-b--".utf8)
            let expected = Self.firstPartSlowly(data)
            let body = Self.head + data
            try #require(try Self.firstPart([body]) == expected, "\(data)")
            try #require(try Self.firstPart(body.map { [$0] }) == expected, "\(data)")
            var pieces: [[UInt8]] = []
            var rest = body[...]
            while !rest.isEmpty {
                let piece = rest.prefix(Int.random(in: 1...9, using: &random))
                pieces.append(Array(piece))
                rest = rest.dropFirst(piece.count)
            }
            try #require(try Self.firstPart(pieces) == expected, "\(data)")
        }
    }

    /// Bodies that make a careless search look at the same bytes again and again.
    static let hostile: [(boundary: String, unit: String)] = [
        ("thirteenbytes", "\r"), ("thirteenbytes", "\n"), ("thirteenbytes", "\r\n"), ("thirteenbytes", "\r\n-"),
        ("thirteenbytes", "\r\n--thirteenbyte"), ("thirteenbytes", "\r\n--thirteenbytes x"),
        ("thirteenbytes", "\r\n--thirteenbytes-"), (String(repeating: "-", count: 70), "-"),
        (String(repeating: "-", count: 70), "\n" + String(repeating: "-", count: 71)), ("-", "\r-"), ("x", "\n--x y"),
        ("a" + String(repeating: "-", count: 69), "-"),
    ]

    @Test(arguments: hostile) func hostileBodiesAreReadOnceAndWhole(boundary: String, unit: String) throws {
        let data = Array(String(repeating: unit, count: 20_000 / unit.utf8.count).utf8)
        let head = Array("--\(boundary)\r\nContent-Disposition: form-data; name=a\r\n\r\n:".utf8)
        let body = head + data + Array(":\r\n--\(boundary)--".utf8)
        let whole = try parts(of: [body], boundary: boundary)
        #expect(whole.first?.data == Array(":".utf8) + data + Array(":".utf8))
        #expect(try parts(of: body.map { [$0] }, boundary: boundary) == whole)
    }

    @Test(arguments: hostile) func timeGrowsWithLength(boundary: String, unit: String) throws {
        func seconds(_ count: Int) throws -> Double {
            let body =
                Array("--\(boundary)\r\nContent-Disposition: form-data; name=a\r\n\r\n:".utf8)
                + Array(String(repeating: unit, count: count / unit.utf8.count).utf8)
            return try processorSeconds {
                var parser = MultipartParser(boundary: try MultipartBoundary(boundary))
                var sink = CountingSink()
                try parser.push(body, to: &sink)
            }
        }
        // Eight times the length: linear time gives 8, quadratic 64.
        #expect(try seconds(800_000) / seconds(100_000) < 32)
    }
}

/// Counts the bytes of all parts.
struct CountingSink: MultipartSink {
    var count = 0
    mutating func beginPart(_ part: MultipartPart) throws {}
    mutating func receiveData(_ bytes: Span<UInt8>) throws { count += bytes.count }
    mutating func endPart() throws {}
}

/// A small generator with a seed, so that a failure comes back.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
