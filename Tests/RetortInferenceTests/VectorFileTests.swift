// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RetortInference
import Testing

/// What crashes and bad disks leave behind.
@Suite struct VectorFileTests {
    // ISO/IEC 3309; the first one is the check value that collections of checksums give.
    @Test(
        arguments: [("123456789", 0xCBF4_3926), ("", 0), ("a", 0xE8B7_BE43), ("12345678", 0x9AE0_DAAF)]
            as [(String, UInt32)])
    func checksumsAreThoseOfTheStandard(text: String, value: UInt32) {
        #expect(checksum([UInt8](text.utf8)) == value)
    }

    /// A file of four changes, and where each ends.
    private static func example(_ folder: URL) async throws -> (bytes: [UInt8], ends: [Int], ids: [[Int]]) {
        let path = folder.appendingPathComponent("example").path
        let index = try await VectorIndex.open(path, dimension: 3)
        func size() throws -> Int { try Data(contentsOf: URL(fileURLWithPath: path)).count }
        var (ends, ids) = ([try size()], [[Int]()])
        let changes: [() async throws -> Void] = [
            { try await index.add([1: [1, 0, 0], 2: [0, 1, 0]]) }, { try await index.remove(1) },
            { try await index.add([1, 1, 1], id: 7) }, { try await index.add([3: [0, 0, 1], 4: [1, 0, 1]]) },
        ]
        for change in changes {
            try await change()
            ends.append(try size())
            ids.append(index.ids.sorted())
        }
        await index.close()
        return ([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))), ends, ids)
    }

    private func write(_ bytes: [UInt8], _ folder: URL) throws -> String {
        let file = folder.appendingPathComponent("v")
        try Data(bytes).write(to: file)
        return file.path
    }

    private static var repairing: VectorIndex.Options {
        var options = VectorIndex.Options()
        options.repairs = true
        return options
    }

    private static var reading: VectorIndex.Options {
        var options = VectorIndex.Options()
        options.isReadOnly = true
        return options
    }

    @Test func aFileThatEndsAnywhereHasTheWholeChanges() async throws {
        try await withScratchFolder { folder in
            let (bytes, ends, ids) = try await Self.example(folder)
            #expect(ids == [[], [1, 2], [2], [2, 7], [2, 3, 4, 7]])
            for size in 1...bytes.count {
                let path = try write(Array(bytes.prefix(size)), folder)
                guard size >= ends[0] else {
                    let error = await #expect(throws: InferenceError.self) {
                        try await VectorIndex.open(path, dimension: 3)
                    }
                    #expect(error?.code == .invalidData)
                    continue
                }
                let whole = try #require(ends.lastIndex { $0 <= size })
                // Who only reads changes nothing.
                let reader = try await VectorIndex.open(path, dimension: 3, options: Self.reading)
                #expect(reader.ids.sorted() == ids[whole] && reader.droppedBytes == size - ends[whole])
                #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count == size)
                let index = try await VectorIndex.open(path, dimension: 3)
                #expect(index.ids.sorted() == ids[whole] && index.droppedBytes == size - ends[whole])
                try await index.add([0, 1, 1], id: 99)
                await index.close()
                let reopened = try await VectorIndex.open(path, dimension: 3)
                #expect(reopened.ids.sorted() == ids[whole] + [99] && reopened.droppedBytes == 0)
                await reopened.close()
            }
        }
    }

    @Test func aByteThatHasChangedIsNoticed() async throws {
        try await withScratchFolder { folder in
            let (bytes, ends, ids) = try await Self.example(folder)
            for place in bytes.indices {
                var damaged = bytes
                damaged[place] ^= 1 << (place % 8)
                let path = try write(damaged, folder)
                let frame = ends.firstIndex { place < $0 } ?? 0
                // What a crash in the last change may leave: its records, not its beginning, which is not zero.
                if frame == ends.count - 1, place >= ends[frame - 1] + 16 {
                    let index = try await VectorIndex.open(path, dimension: 3)
                    #expect(index.ids.sorted() == ids[frame - 1] && index.droppedBytes > 0)
                    await index.close()
                    continue
                }
                for options in [VectorIndex.Options(), Self.reading] {
                    let error = await #expect(throws: InferenceError.self, "byte \(place)") {
                        try await VectorIndex.open(path, dimension: 3, options: options)
                    }
                    #expect(error?.code == .invalidData)
                }
                #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(damaged))
                guard frame > 0 else { continue }
                let repaired = try await VectorIndex.open(path, dimension: 3, options: Self.repairing)
                #expect(repaired.ids.sorted() == ids[frame - 1])
                #expect(repaired.droppedBytes == bytes.count - ends[frame - 1])
                await repaired.close()
                #expect(try await VectorIndex.open(path, dimension: 3).ids.sorted() == ids[frame - 1])
            }
        }
    }

    @Test(arguments: [1, 15, 16, 17, 100, 4096, 20_000])
    func zerosThatWereNeverWrittenAreGivenUp(count: Int) async throws {
        try await withScratchFolder { folder in
            let (bytes, _, ids) = try await Self.example(folder)
            let path = try write(bytes + [UInt8](repeating: 0, count: count), folder)
            let index = try await VectorIndex.open(path, dimension: 3)
            #expect(index.ids.sorted() == ids.last && index.droppedBytes == count)
        }
    }

    @Test(arguments: 0..<10)
    func aPageThatTheDiskHasNotGotIsNoticed(page: Int) async throws {
        try await withScratchFolder { folder in
            let file = folder.appendingPathComponent("v")
            let index = try await VectorIndex.open(file.path, dimension: 3)
            try await index.add([1, 0, 0], id: 1)
            let start = try Data(contentsOf: file).count
            var scatter = Scatter(5)
            try await index.add(Dictionary(uniqueKeysWithValues: (10..<2010).map { ($0, scatter.vector(3)) }))
            await index.close()
            var bytes = [UInt8](try Data(contentsOf: file))
            // The first page has the change before, which is on the disk already.
            let hole = max(page * 4096, start)..<min((page + 1) * 4096, bytes.count)
            if hole.isEmpty { return }
            bytes.replaceSubrange(hole, with: [UInt8](repeating: 0, count: hole.count))
            try Data(bytes).write(to: file)
            let reopened = try await VectorIndex.open(file.path, dimension: 3)
            #expect(reopened.ids == [1])
            #expect(reopened.droppedBytes == bytes.count - start)
        }
    }

    @Test func anEmptyFileIsAnEmptyIndex() async throws {
        try await withScratchFolder { folder in
            let path = try write([], folder)
            let index = try await VectorIndex.open(path, dimension: 3)
            try await index.add([1, 0, 0], id: 1)
            await index.close()
            #expect(try await VectorIndex.open(path, dimension: 3).ids == [1])
        }
    }

    @Test func whatACompactionHasLeftIsIgnored() async throws {
        try await withScratchFolder { folder in
            let (bytes, _, ids) = try await Self.example(folder)
            let path = try write(bytes, folder)
            try Data("half a file".utf8).write(to: URL(fileURLWithPath: path + ".new"))
            let index = try await VectorIndex.open(path, dimension: 3)
            #expect(index.ids.sorted() == ids.last)
            try await index.compact()
            #expect(!FileManager.default.fileExists(atPath: path + ".new"))
            await index.close()
            #expect(try await VectorIndex.open(path, dimension: 3).ids.sorted() == ids.last)
        }
    }

    @Test func rubbishIsNoIndex() async throws {
        try await withScratchFolder { folder in
            var scatter = Scatter(6)
            let (bytes, ends, _) = try await Self.example(folder)
            for round in 0..<200 {
                let rubbish = (0..<round).map { _ in UInt8(truncatingIfNeeded: Int(scatter.next() * 1_000_000)) }
                if round > 0 {
                    let path = try write(rubbish, folder)
                    let error = await #expect(throws: InferenceError.self) {
                        try await VectorIndex.open(path, dimension: 3, options: Self.reading)
                    }
                    #expect(error?.code == .invalidData)
                }
                // Behind a good header; whatever comes of it, no trap.
                let path = try write(Array(bytes.prefix(ends[0])) + rubbish, folder)
                let index = try? await VectorIndex.open(path, dimension: 3, options: Self.reading)
                #expect(index?.count ?? 0 == 0)
            }
        }
    }
}
