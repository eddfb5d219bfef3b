// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RetortInference
import Testing

/// Numbers that look random and are the same in each run.
///
/// Source: Marsaglia, "Xorshift RNGs", 2003.
struct Scatter {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> Float {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Float(state >> 40) / Float(1 << 23) - 1
    }

    mutating func vector(_ dimension: Int) -> [Float] { (0..<dimension).map { _ in next() } }
}

@Suite struct VectorIndexTests {
    /// What a search should say, computed in double precision.
    private func expected(_ vectors: [Int: [Float]], _ query: [Float], count: Int) -> [(id: Int, similarity: Double)] {
        func length(_ vector: [Float]) -> Double { vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot() }
        let all = vectors.map { id, vector in
            let product = zip(vector, query).reduce(0) { $0 + Double($1.0) * Double($1.1) }
            return (id: id, similarity: product / length(vector) / length(query))
        }
        return Array(all.sorted { $0.similarity > $1.similarity }.prefix(count))
    }

    @Test(arguments: [1, 2, 15, 16, 17, 576])
    func searchesAreExact(dimension: Int) async throws {
        try await withScratchFolder { folder in
            let index = try await VectorIndex.open(folder.path + "/v", dimension: dimension)
            var scatter = Scatter(UInt64(dimension))
            // Two blocks and a part of a third one.
            let vectors = Dictionary(uniqueKeysWithValues: (0..<2100).map { (7 * $0 - 500, scatter.vector(dimension)) })
            try await index.add(vectors)
            #expect(index.count == 2100)
            for _ in 0..<3 {
                let query = scatter.vector(dimension)
                let found = try await index.nearest(to: query, count: 20)
                let wanted = expected(vectors, query, count: 20)
                #expect(found.count == 20)
                for (own, other) in zip(found, wanted) {
                    #expect(abs(Double(own.similarity) - other.similarity) < 1e-5)
                }
                if dimension > 2 { #expect(found.map(\.id) == wanted.map(\.id)) }
                let bound = Float(wanted[9].similarity)
                let near = try await index.nearest(to: query, count: 3000, minimumSimilarity: bound - 1e-4)
                #expect(near.count >= 10 && near.allSatisfy { $0.similarity >= bound - 1e-4 })
            }
        }
    }

    @Test func equallyNearVectorsComeByTheirNumbers() async throws {
        try await withScratchFolder { folder in
            let index = try await VectorIndex.open(folder.path + "/v", dimension: 2)
            try await index.add([5: [1, 0], -3: [2, 0], 9: [0, 1], 4: [3, 0], .max: [1, 0], .min: [1, 0]])
            let found = try await index.nearest(to: [0.5, 0], count: 4)
            #expect(found.map(\.id) == [.min, -3, 4, 5])
            #expect(found.allSatisfy { $0.similarity == 1 })
            for none in [0, -1, .min] { #expect(try await index.nearest(to: [1, 0], count: none).isEmpty) }
            #expect(try await index.nearest(to: [1, 0], count: .max).count == 6)
            #expect(try await index.nearest(to: [1, 0], minimumSimilarity: .nan).isEmpty)
        }
    }

    @Test func changesAreThereAgainAfterOpening() async throws {
        try await withScratchFolder { folder in
            let path = folder.path + "/v"
            var scatter = Scatter(1)
            var vectors: [Int: [Float]] = [:]
            let index = try await VectorIndex.open(path, dimension: 5)
            for step in 0..<300 {
                let id = (step * 37) % 120
                if step % 3 == 2 {
                    #expect(try await index.remove(id) == (vectors.removeValue(forKey: id) == nil ? 0 : 1))
                } else {
                    vectors[id] = scatter.vector(5)
                    try await index.add(vectors[id] ?? [], id: id)
                }
            }
            func check(_ index: VectorIndex) async throws {
                #expect(index.count == vectors.count)
                #expect(Set(index.ids) == Set(vectors.keys))
                for (id, vector) in vectors {
                    #expect(cosineSimilarity(try #require(index.vector(of: id)), vector) > 0.99999)
                    #expect(try await index.nearest(to: vector, count: 1).first?.id == id)
                }
                #expect(index.vector(of: 1000) == nil && !index.contains(1000))
            }
            try await check(index)
            await index.close()
            let reopened = try await VectorIndex.open(path, dimension: 5)
            #expect(reopened.droppedBytes == 0)
            try await check(reopened)

            let (before, wasted) = (try Data(contentsOf: URL(fileURLWithPath: path)).count, reopened.wastedBytes)
            #expect(wasted > 0)
            try await reopened.compact()
            #expect(reopened.wastedBytes == 0)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count == before - wasted)
            try await check(reopened)
            try await reopened.add([1, 0, 0, 0, 0], id: 5000)
            #expect(try await reopened.remove([5000, 5001]) == 1)
            await reopened.close()
            try await check(VectorIndex.open(path, dimension: 5))
        }
    }

    @Test(
        arguments: [
            ([1, 2], .wrongShape), ([1, 2, 3, 4], .wrongShape), ([], .wrongShape), ([0, 0, 0], .invalidData),
            ([1, .nan, 0], .invalidData), ([.infinity, 0, 0], .invalidData),
        ] as [([Float], InferenceError.Code)])
    func vectorsWithoutADirectionAreRefused(vector: [Float], code: InferenceError.Code) async throws {
        try await withScratchFolder { folder in
            let index = try await VectorIndex.open(folder.path + "/v", dimension: 3)
            // All or none.
            let added = await #expect(throws: InferenceError.self) { try await index.add([1: [1, 0, 0], 2: vector]) }
            #expect(added?.code == code)
            #expect(index.count == 0)
            let searched = await #expect(throws: InferenceError.self) { try await index.nearest(to: vector) }
            #expect(searched?.code == code)
        }
    }

    @Test(arguments: [Float.leastNonzeroMagnitude, 1e-38, 1, 1e38, .greatestFiniteMagnitude])
    func lengthsDoNotMatter(length: Float) async throws {
        try await withScratchFolder { folder in
            let index = try await VectorIndex.open(folder.path + "/v", dimension: 2)
            try await index.add([length, length], id: 1)
            let match = try #require(try await index.nearest(to: [3, 3]).first)
            #expect(abs(match.similarity - 1) < 1e-6)
        }
    }

    @Test func limitsAreKept() async throws {
        try await withScratchFolder { folder in
            let path = folder.path + "/v"
            var options = VectorIndex.Options()
            options.maximumCount = 2
            let index = try await VectorIndex.open(path, dimension: 2, options: options)
            try await index.add([1: [1, 0], 2: [0, 1]])
            try await index.add([1, 1], id: 2)
            let full = await #expect(throws: InferenceError.self) { try await index.add([1, 0], id: 3) }
            #expect(full?.code == .tooLarge)
            #expect(index.count == 2)
            await index.close()
            // A row takes 64 bytes.
            for (count, bytes) in [(1, 1 << 20), (1000, 127), (-1, 1 << 20), (1000, -1)] {
                options.maximumCount = count
                options.maximumBytes = bytes
                let error = await #expect(throws: InferenceError.self) {
                    try await VectorIndex.open(path, dimension: 2, options: options)
                }
                #expect(error?.code == .tooLarge)
            }
            for dimension in [0, -1, 3, 65_537, .max] {
                let error = await #expect(throws: InferenceError.self) {
                    try await VectorIndex.open(path, dimension: dimension)
                }
                #expect(error?.code == .wrongShape)
            }
        }
    }

    @Test func oneAtATimeChangesAndOthersRead() async throws {
        try await withScratchFolder { folder in
            let path = folder.path + "/v"
            var reading = VectorIndex.Options()
            reading.isReadOnly = true
            let nothing = await #expect(throws: InferenceError.self) {
                try await VectorIndex.open(path, dimension: 2, options: reading)
            }
            #expect(nothing?.code == .fileFailed)
            let index = try await VectorIndex.open(path, dimension: 2)
            try await index.add([1, 0], id: 1)
            let second = await #expect(throws: InferenceError.self) { try await VectorIndex.open(path, dimension: 2) }
            #expect(second?.code == .notReady)
            let reader = try await VectorIndex.open(path, dimension: 2, options: reading)
            #expect(reader.ids == [1])
            try await index.add([0, 1], id: 2)
            #expect(reader.count == 1)
            await index.close()
            for closed in [reader, index] {
                let changes: [() async throws -> Void] = [
                    { try await closed.add([1, 0], id: 3) }, { _ = try await closed.remove(1) },
                    { try await closed.compact() },
                ]
                for change in changes {
                    let error = await #expect(throws: InferenceError.self) { try await change() }
                    #expect(error?.code == .notReady)
                }
                #expect(try await closed.nearest(to: [1, 0]).first?.id == 1)
            }
            #expect(try await VectorIndex.open(path, dimension: 2).count == 2)
        }
    }

    @Test(arguments: ["no/such/folder/v", "."])
    func placesThatAreNoFilesAreRefused(name: String) async throws {
        try await withScratchFolder { folder in
            let error = await #expect(throws: InferenceError.self) {
                try await VectorIndex.open(folder.path + "/" + name, dimension: 2)
            }
            #expect(error?.code == .fileFailed)
            #expect(error?.message.contains(folder.path) == false)
        }
    }

    @Test func searchesSeeTheVectorsOfOneMoment() async throws {
        try await withScratchFolder { folder in
            var options = VectorIndex.Options()
            options.isSynchronised = false
            let index = try await VectorIndex.open(folder.path + "/v", dimension: 8, options: options)
            var scatter = Scatter(3)
            try await index.add(Dictionary(uniqueKeysWithValues: (0..<3000).map { ($0, scatter.vector(8)) }))
            let mark: [Float] = [9, 0, 0, 0, 0, 0, 0, 0]
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    // Pairs come and go at once.
                    for step in 0..<100 {
                        try await index.add([10_000 + 2 * step: mark, 10_001 + 2 * step: mark])
                        if step % 4 == 3 { _ = try await index.remove([10_000 + 2 * step, 10_001 + 2 * step]) }
                        if step % 50 == 25 { try await index.compact() }
                    }
                }
                for _ in 0..<3 {
                    group.addTask {
                        for _ in 0..<100 {
                            let found = try await index.nearest(to: mark, count: 1000, minimumSimilarity: 0.99999)
                            #expect(found.count.isMultiple(of: 2))
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(index.count == 3150)
        }
    }

    @Test(.timeLimit(.minutes(2))) func aHundredThousandVectors() async throws {
        try await withScratchFolder { folder in
            let path = folder.path + "/v"
            var scatter = Scatter(4)
            var vectors: [Int: [Float]] = [:]
            for id in 0..<100_000 { vectors[id] = scatter.vector(24) }
            let index = try await VectorIndex.open(path, dimension: 24)
            try await index.add(vectors)
            try await index.remove(Set(stride(from: 0, to: 100_000, by: 10)))
            await index.close()
            let reopened = try await VectorIndex.open(path, dimension: 24)
            #expect(reopened.count == 90_000)
            for id in [1, 4711, 99_999] {
                let found = try await reopened.nearest(to: try #require(vectors[id]), count: 3)
                #expect(found.first?.id == id)
                #expect(found.count == 3 && found[1].similarity < 0.999)
            }
            // It was removed, so that something else is nearest.
            #expect(
                try await reopened.nearest(to: try #require(vectors[4710]), count: 1).first?.similarity ?? 1 < 0.999)
        }
    }

    @Test func aMirroredPhotographLeadsToTheOriginal() async throws {
        try await withScratchFolder { folder in
            let embedder = try ImageEmbedder(await Reference.loaded("mobilenet-v3-embedding"))
            let index = try await VectorIndex.open(folder.path + "/photos", dimension: 576)
            for (id, name) in ["chelsea", "coffee", "china", "rocket", "astronaut", "grace-hopper"].enumerated() {
                try await index.add(embedder.vector(of: Reference.photo(name)).value, id: id)
            }
            let cat = try Reference.photo("chelsea")
            var mirrored: [UInt8] = []
            for row in 0..<cat.height {
                for column in (0..<cat.width).reversed() {
                    let start = (row * cat.width + column) * 3
                    mirrored += cat.bytes[start..<start + 3]
                }
            }
            let mirror = try PixelBuffer(width: cat.width, height: cat.height, channels: .bgr, bytes: mirrored)
            let found = try await index.nearest(to: embedder.vector(of: mirror).value, count: 2)
            #expect(found.first?.id == 0)
            #expect(found[0].similarity > 0.95 && found[1].similarity < 0.7)
        }
    }
}
