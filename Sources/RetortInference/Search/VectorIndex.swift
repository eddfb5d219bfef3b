// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// Something whose vector is near.
public struct VectorMatch: Sendable, Hashable, Codable {
    /// The number that the vector was added with.
    public var id: Int
    /// The cosine of the angle between both vectors, -1 to 1.
    public var similarity: Float

    /// Creates a match.
    ///
    /// - Parameters:
    ///   - id: The number that the vector was added with.
    ///   - similarity: The cosine of the angle between both vectors, -1 to 1.
    public init(id: Int, similarity: Float) {
        self.id = id
        self.similarity = similarity
    }
}

/// Finds the vectors that are nearest to another one, and keeps them in a file.
///
///     let index = try await VectorIndex.open("/var/lib/app/photos.vectors", dimension: 576)
///     try await index.add(embedder.vector(of: photo).value, id: row.id)
///     let similar = try await index.nearest(to: embedder.vector(of: upload).value, count: 12)
///
/// The search is exact: it looks at all vectors, which lie in memory one behind the other. Any number of tasks can search,
/// also while others change the index; each search sees the vectors of one moment.
///
/// The file is only ever appended to, and everything in it has a checksum. A change is on the disk when the call returns,
/// and a crash in the middle of one leaves the index as it was before. One process at a time can change it, others can open
/// it for reading and see what was there then.
public final class VectorIndex: Sendable {
    /// How an index is opened.
    public struct Options: Sendable, Hashable {
        /// The most vectors that it may have.
        public var maximumCount = 1_000_000
        /// The most bytes of memory that the vectors may take.
        public var maximumBytes = 4 << 30
        /// Whether a change waits until it is on the disk.
        ///
        /// Without that, it survives a crash of the process, but not always one of the machine, which may leave the file
        /// damaged.
        public var isSynchronised = true
        /// Whether it cannot be changed; other processes can have it open then.
        public var isReadOnly = false
        /// Whether what lies behind damage is given up, instead of refusing to open the file.
        public var repairs = false

        /// Creates options with their defaults.
        public init() {}
    }

    /// The most numbers that a vector may have.
    public static let maximumDimension = 65_536

    /// The path of the file.
    public let path: String
    /// How many numbers a vector has.
    public let dimension: Int
    /// How many bytes at the end of the file were given up when it was opened: of a change that a crash had interrupted, or
    /// of what lay behind damage.
    public let droppedBytes: Int

    let options: Options
    let rows: Mutex<VectorRows>
    /// Held while the disk is written; the rows are then held for a moment only, so that no search waits for a disk.
    let store: Mutex<VectorStore>
    let fileSize: Atomic<Int>

    init(path: String, options: Options, opened: OpenedVectors) {
        self.path = path
        self.options = options
        dimension = opened.rows.dimension
        droppedBytes = opened.droppedBytes
        rows = Mutex(opened.rows)
        fileSize = Atomic(opened.store.size)
        store = Mutex(opened.store)
    }

    /// Opens an index, or makes an empty one where there is no file.
    ///
    /// - Parameters:
    ///   - path: The path of the file, whose folder exists. A file with `.lock` behind its name lies beside it.
    ///   - dimension: How many numbers a vector has, 1 to 65,536.
    ///   - options: How it is opened.
    /// - Returns: The index.
    /// - Throws: ``InferenceError`` with `.wrongShape` for another dimension than that of the file, `.invalidData` when the
    ///   file is none or is damaged, `.tooLarge` when it has more than the options allow, `.notReady` while another one
    ///   has it open for changes, `.fileFailed` when it cannot be read or written.
    /// - Complexity: O(*n*) in the bytes of the file.
    public static func open(
        _ path: String, dimension: Int, options: Options = Options()
    ) async throws -> VectorIndex {
        try await runBlocking {
            let opened = try OpenedVectors(path, dimension: dimension, options: options)
            return VectorIndex(path: path, options: options, opened: opened)
        }
    }

    /// How many vectors there are.
    public var count: Int { rows.withLock { $0.count } }

    /// The numbers of all vectors, in no particular order.
    public var ids: [Int] { rows.withLock { $0.ids } }

    /// Whether there is a vector.
    ///
    /// - Parameter id: A number.
    /// - Returns: Whether a vector has it.
    public func contains(_ id: Int) -> Bool { rows.withLock { $0.contains(id) } }

    /// A vector.
    ///
    /// - Parameter id: The number that it was added with.
    /// - Returns: The vector, of the length 1; `nil` when there is none.
    public func vector(of id: Int) -> [Float]? { rows.withLock { $0.vector(id) } }

    /// Finds the vectors that are nearest to another one.
    ///
    /// - Parameters:
    ///   - vector: A vector of any length but zero.
    ///   - count: How many are wanted at most.
    ///   - minimumSimilarity: The similarity below which a vector is left out, -1 to 1.
    /// - Returns: The nearest vectors, best first; of those that are equally near the lower number first.
    /// - Throws: ``InferenceError`` with `.wrongShape` or `.invalidData` when it is no such vector; `CancellationError`
    ///   when the task was cancelled.
    /// - Complexity: O(*n*) in the numbers of all vectors.
    public func nearest(
        to vector: [Float], count: Int = 10, minimumSimilarity: Float = -.infinity
    ) async throws -> [VectorMatch] {
        try await besideTheLoop { [self] in
            let query = try checked(vector)
            let (blocks, stride) = rows.withLock { ($0.blocks, $0.stride) }
            var search = VectorSearch(query, stride: stride, count: count, minimum: minimumSimilarity)
            for block in blocks {
                try Task.checkCancellation()
                search.look(at: block)
            }
            return search.best.matches
        }
    }

    /// The direction of a vector.
    func checked(_ vector: [Float]) throws -> [Float] {
        guard vector.count == dimension else {
            throw InferenceError(
                .wrongShape,
                "The vectors of this index have \(dimension) numbers, and one with \(vector.count) was given.")
        }
        // Numbers of any size are brought near 1 first, so that no square is infinite or vanishes.
        let largest = vector.reduce(0) { max($0, abs($1)) }
        guard largest > 0, largest.isFinite, vector.allSatisfy(\.isFinite) else {
            throw InferenceError(.invalidData, "A vector has a direction: numbers that are finite and not all zero.")
        }
        return vector.map { $0 / largest }.normalised
    }
}
