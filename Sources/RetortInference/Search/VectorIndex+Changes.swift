// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

extension VectorIndex {
    /// Adds a vector, or gives another one to a number that is there.
    ///
    /// - Parameters:
    ///   - vector: A vector of any length but zero; its direction is kept.
    ///   - id: A number to find it again.
    /// - Throws: As ``add(_:)``.
    public func add(_ vector: [Float], id: Int) async throws { try await add([id: vector]) }

    /// Adds vectors, all of them or none.
    ///
    /// It is much faster than adding one after the other, because the disk is waited for once.
    ///
    /// - Parameter vectors: Vectors of any length but zero by their numbers; those of numbers that are there take their
    ///   place.
    /// - Throws: ``InferenceError`` with `.wrongShape` or `.invalidData` when one is no such vector, `.tooLarge` when the
    ///   index would have more than its options allow or these are more than 256 MiB, `.notReady` when it is closed or
    ///   cannot be changed, `.fileFailed` when the file cannot be written.
    public func add(_ vectors: [Int: [Float]]) async throws {
        if vectors.isEmpty { return }
        let size = vectors.count.multipliedReportingOverflow(by: VectorFile.recordSize(.add, dimension: dimension))
        guard !size.overflow, size.partialValue <= VectorFile.frameLimit else {
            throw InferenceError(.tooLarge, "\(vectors.count) vectors are too many at once; add them in parts.")
        }
        try await runBlocking {
            // In the order of the numbers, so that the same vectors make the same file.
            let directions = try vectors.sorted { $0.key < $1.key }.map { ($0.key, try self.checked($0.value)) }
            try self.store.withLock { store in
                let additional = self.rows.withLock { rows in directions.count { !rows.contains($0.0) } }
                try Self.check(count: self.count + additional, dimension: self.dimension, options: self.options)
                try store.append(adding: directions, dimension: self.dimension)
                self.fileSize.store(store.size, ordering: .relaxed)
                self.rows.withLock { rows in
                    for (id, vector) in directions { rows.set(id, vector) }
                }
            }
        }
    }

    /// Removes vectors.
    ///
    /// - Parameter ids: Their numbers; those that no vector has are ignored.
    /// - Returns: How many were removed.
    /// - Throws: ``InferenceError`` with `.notReady` when the index is closed or cannot be changed, `.fileFailed` when the
    ///   file cannot be written.
    @discardableResult
    public func remove(_ ids: Int...) async throws -> Int { try await remove(Set(ids)) }

    /// Removes vectors, all of them or none.
    ///
    /// Their bytes stay in the file until ``compact()``.
    ///
    /// - Parameter ids: Their numbers; those that no vector has are ignored.
    /// - Returns: How many were removed.
    /// - Throws: ``InferenceError`` with `.notReady` when the index is closed or cannot be changed, `.fileFailed` when the
    ///   file cannot be written.
    @discardableResult
    public func remove(_ ids: Set<Int>) async throws -> Int {
        try await runBlocking {
            try self.store.withLock { store in
                let known = self.rows.withLock { rows in ids.filter(rows.contains).sorted() }
                if known.isEmpty { return 0 }
                try store.append(removing: known)
                self.fileSize.store(store.size, ordering: .relaxed)
                self.rows.withLock { rows in
                    for id in known { rows.remove(id) }
                }
                return known.count
            }
        }
    }

    /// How many bytes of the file ``compact()`` would free: those of vectors that were removed or replaced.
    public var wastedBytes: Int {
        let count = count
        let frames = (count + VectorBlock.limit - 1) / VectorBlock.limit
        let needed =
            VectorFile.headerSize + frames * VectorFile.frameHeaderSize
            + count * VectorFile.recordSize(.add, dimension: dimension)
        return max(fileSize.load(ordering: .relaxed) - needed, 0)
    }

    /// Writes the file anew without what was removed.
    ///
    /// Searches go on meanwhile, changes wait. A crash leaves the old file.
    ///
    /// - Throws: ``InferenceError`` with `.notReady` when the index is closed or cannot be changed, `.fileFailed` when the
    ///   file cannot be written.
    public func compact() async throws {
        try await runBlocking {
            try self.store.withLock { store in
                let blocks = self.rows.withLock { $0.blocks }
                try store.rewrite(blocks, dimension: self.dimension, path: self.path)
                self.fileSize.store(store.size, ordering: .relaxed)
            }
        }
    }

    /// Gives the file free for others; what is in memory can still be searched.
    ///
    /// Without it, the file is free when nobody has the index any more.
    public func close() async {
        // Waits for a change that is being written, and nothing in it fails.
        try? await runBlocking { self.store.withLock { $0.close() } }
    }

    /// Checks the limits.
    static func check(count: Int, dimension: Int, options: Options) throws {
        let row = (dimension + 15) / 16 * 64
        guard count <= options.maximumCount, count <= options.maximumBytes / row else {
            let most = min(options.maximumCount, options.maximumBytes / row)
            throw InferenceError(.tooLarge, "The index of vectors may have \(most) vectors, and \(count) are too many.")
        }
    }
}
