// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Some vectors of the length 1, one behind the other, each with its number.
struct VectorBlock: Sendable {
    /// The most vectors of a block.
    static let limit = 1024

    var ids: [Int] = []
    var numbers: [Float] = []
}

/// Vectors of the length 1 in blocks.
///
/// A value: who holds ``blocks`` can search them while another one changes the rows. A change copies one block at most, and
/// only while somebody is searching.
struct VectorRows: Sendable {
    let dimension: Int
    /// How many floats a row takes: whole groups of sixteen, of which the last are zeros.
    let stride: Int
    private(set) var blocks: [VectorBlock] = []
    private var places: [Int: Int] = [:]

    init(dimension: Int) {
        self.dimension = dimension
        stride = (dimension + 15) / 16 * 16
    }

    var count: Int { places.count }
    var ids: [Int] { blocks.flatMap(\.ids) }

    func contains(_ id: Int) -> Bool { places[id] != nil }

    /// The vector of a number.
    func vector(_ id: Int) -> [Float]? {
        guard let row = places[id] else { return nil }
        let start = row % VectorBlock.limit * stride
        return Array(blocks[row / VectorBlock.limit].numbers[start..<start + dimension])
    }

    /// Adds a vector, or gives another one to a number that is there.
    mutating func set(_ id: Int, _ numbers: some Collection<Float>) {
        if let row = places[id] {
            let start = row % VectorBlock.limit * stride
            blocks[row / VectorBlock.limit].numbers.replaceSubrange(start..<start + dimension, with: numbers)
            return
        }
        let row = places.count
        places[id] = row
        if row % VectorBlock.limit == 0 { blocks.append(VectorBlock()) }
        let block = row / VectorBlock.limit
        blocks[block].ids.append(id)
        blocks[block].numbers.append(contentsOf: numbers)
        for _ in dimension..<stride { blocks[block].numbers.append(0) }
    }

    /// Takes a vector away; the last one moves to its place.
    mutating func remove(_ id: Int) {
        let last = places.count - 1
        guard let row = places.removeValue(forKey: id) else { return }
        let (from, to) = (last / VectorBlock.limit, row / VectorBlock.limit)
        if row != last {
            let moved = blocks[from].ids[last % VectorBlock.limit]
            let numbers = Array(blocks[from].numbers.suffix(stride))
            let start = row % VectorBlock.limit * stride
            blocks[to].ids[row % VectorBlock.limit] = moved
            blocks[to].numbers.replaceSubrange(start..<start + stride, with: numbers)
            places[moved] = row
        }
        blocks[from].ids.removeLast()
        blocks[from].numbers.removeLast(stride)
        if blocks[from].ids.isEmpty { blocks.removeLast() }
    }
}

/// Looks through blocks of vectors.
struct VectorSearch {
    private let query: [Float]
    private let stride: Int
    private(set) var best: NearestMatches

    /// Creates a search.
    ///
    /// - Parameters:
    ///   - query: A vector of the length 1.
    ///   - stride: How many floats a row takes.
    ///   - count: How many rows are wanted.
    ///   - minimum: The similarity below which a row is left out.
    init(_ query: [Float], stride: Int, count: Int, minimum: Float) {
        self.query = query + [Float](repeating: 0, count: max(stride - query.count, 0))
        self.stride = stride
        best = NearestMatches(limit: count, minimum: minimum)
    }

    mutating func look(at block: VectorBlock) {
        guard best.limit > 0, block.numbers.count == block.ids.count * stride else { return }
        query.withUnsafeBytes { query in
            block.numbers.withUnsafeBytes { numbers in
                for (row, id) in block.ids.enumerated() {
                    let similarity = Self.product(query, numbers, at: row * query.count)
                    if similarity >= best.bound { best.insert(VectorMatch(id: id, similarity: similarity)) }
                }
            }
        }
    }

    /// The product of two rows, in sixteen sums that do not depend on each other.
    ///
    /// With one, the order of additions, which the compiler must keep, would have each wait for the one before.
    @inline(__always)
    private static func product(_ query: UnsafeRawBufferPointer, _ rows: UnsafeRawBufferPointer, at start: Int) -> Float
    {
        var sums = SIMD16<Float>.zero
        for offset in Swift.stride(from: 0, to: query.count, by: 64) {
            sums +=
                query.loadUnaligned(fromByteOffset: offset, as: SIMD16<Float>.self)
                * rows.loadUnaligned(fromByteOffset: start + offset, as: SIMD16<Float>.self)
        }
        return sums.sum()
    }
}

/// The best few of many.
struct NearestMatches {
    let limit: Int
    /// What a further one must have at least.
    private(set) var bound: Float
    private(set) var matches: [VectorMatch] = []

    init(limit: Int, minimum: Float) {
        self.limit = max(limit, 0)
        bound = minimum
    }

    mutating func insert(_ match: VectorMatch) {
        func isBefore(_ one: VectorMatch, _ other: VectorMatch) -> Bool {
            one.similarity == other.similarity ? one.id < other.id : one.similarity > other.similarity
        }
        var (low, high) = (0, matches.count)
        while low < high {
            let middle = (low + high) / 2
            if isBefore(matches[middle], match) { low = middle + 1 } else { high = middle }
        }
        guard low < limit else { return }
        matches.insert(match, at: low)
        if matches.count > limit { matches.removeLast() }
        if matches.count == limit, let last = matches.last { bound = last.similarity }
    }
}
