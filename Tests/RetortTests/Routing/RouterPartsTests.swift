// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Retort

@Suite struct PathBytesTests {
    @Test(arguments: 0..<40) func wordsNeverReachBehindTheEnd(count: Int) {
        let bytes = (0..<count).map { UInt8($0 + 1) }
        bytes.withPathBytes { path in
            for index in 0..<count {
                var expected: UInt64 = 0
                for offset in 0..<min(8, count - index) {
                    expected |= UInt64(bytes[index + offset]) << UInt64(8 * offset)
                }
                #expect(path.word(at: index) == expected)
            }
        }
    }

    @Test(arguments: 0..<30) func segmentsEndAtTheSeparator(length: Int) {
        for separator: UInt8 in [0x2F, 0] {
            for before in [0, 1, 7, 8] {
                for after in [0, 1, 9] {
                    let segment = [UInt8](repeating: 0x61, count: length)
                    let tail = after == 0 ? [] : [separator] + [UInt8](repeating: 0x62, count: after)
                    let bytes = [UInt8](repeating: 0x63, count: before) + segment + tail
                    let found = bytes.withPathBytes { $0.segment(at: before, separator: separator) }
                    #expect(found?.end == before + length)
                    // The hash depends on the segment alone, wherever it stands.
                    let alone = (segment + [separator]).withPathBytes { $0.segment(at: 0, separator: separator).hash }
                    #expect(found?.hash == alone || bytes.isEmpty)
                }
            }
        }
    }

    @Test func segmentsOfDifferentLengthHashDifferently() {
        let hashes = (0..<64).map { length in
            ([UInt8](repeating: 0, count: length) + [0x2F]).withPathBytes { $0.segment(at: 0, separator: 0x2F).hash }
        }
        #expect(Set(hashes.compactMap { $0 }).count == 64)
    }

    @Test(arguments: [UInt8(ascii: "%"), 0, 0x80, 0xFF]) func oneOddByteIsSeenAnywhere(byte: UInt8) {
        for count in 1..<20 {
            for place in 0..<count {
                var bytes = [UInt8](repeating: 0x61, count: count)
                #expect(bytes.withPathBytes { $0.whole().isPlain } == true)
                bytes[place] = byte
                #expect(bytes.withPathBytes { $0.whole().isPlain } == false)
            }
        }
    }

    @Test func everyOtherASCIIByteIsPlain() {
        for byte in UInt8(1)..<0x80 where byte != UInt8(ascii: "%") {
            #expect([0x61, byte, byte].withPathBytes { $0.whole().isPlain } == true)
        }
    }
}

@Suite struct LiteralTableTests {
    @Test func everyEntryIsFoundUnderItsParentOnly() {
        let texts = (0..<200).map { Array(String(repeating: "x", count: $0 % 20 + 1).utf8) + Array("\($0)".utf8) }
        let entries = texts.enumerated().map {
            (parent: Int32($0.offset % 3), text: $0.element, child: Int32($0.offset))
        }
        let table = LiteralTable(entries) { $0.whole().hash }
        defer { table.deallocate() }
        for entry in entries {
            for parent in Int32(0)..<3 {
                let found = entry.text.withPathBytes { table.child(of: parent, hash: $0.whole().hash, $0, 0, $0.count) }
                #expect(found == (parent == entry.parent ? entry.child : -1))
            }
        }
    }

    @Test func equalHashesAreToldApartByTheirBytes() {
        let table = LiteralTable([(0, [1], 10), (0, [2], 20), (0, [1, 1], 30)]) { _ in 7 }
        defer { table.deallocate() }
        for (text, child) in [([1], 10), ([2], 20), ([1, 1], 30), ([3], -1)] as [([UInt8], Int32)] {
            #expect(text.withPathBytes { table.child(of: 0, hash: 7, $0, 0, $0.count) } == child)
        }
    }
}

@Suite struct SegmentRankTests {
    private func order(_ patterns: [(PathPattern, String)]) -> [String] {
        patterns.sorted {
            SegmentRank($0.0.segments[0], types: pathTypes($0.1))
                < SegmentRank($1.0.segments[0], types: pathTypes($1.1))
        }.map { "\($0.0.description) \($0.1)" }
    }

    @Test func literalsThenVariablesThenWeightsDecide() {
        let patterns: [(PathPattern, String)] = [
            ("/{a}", "string"), ("/{a}", "int"), ("/{a}.{b}", "string string"), ("/a{a}", "string"),
            ("/abc{a}", "string"),
            ("/{a}", "double"), ("/v{a}.{b}", "int int"), ("/{rest...}", "rest"), ("/{a}", "color"),
            ("/x{rest...}", "rest"),
        ]
        let expected = [
            "/v{a}.{b} int int", "/abc{a} string", "/{a}.{b} string string", "/a{a} string", "/x{rest...} rest",
            "/{a} int",
            "/{a} double", "/{a} color", "/{a} string", "/{rest...} rest",
        ]
        #expect(order(patterns) == expected)
        #expect(order(patterns.reversed()) == expected)
    }
}
