// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The file of an index while it can be changed.
struct VectorStore: Sendable {
    /// `nil` when it is closed, cannot be changed, or has failed.
    private var file: DiskFile?
    private var lock: DiskFile?
    private let isSynchronised: Bool
    /// How many bytes of the file count.
    private(set) var size: Int

    init(file: DiskFile?, lock: DiskFile?, size: Int, isSynchronised: Bool) {
        self.file = file
        self.lock = lock
        self.size = size
        self.isSynchronised = isSynchronised
    }

    mutating func close() {
        file = nil
        lock = nil
    }

    private func writable() throws -> DiskFile {
        guard let file else {
            throw InferenceError(
                .notReady, "The index of vectors cannot be changed: it is closed, read-only, or its file has failed.")
        }
        return file
    }

    mutating func append(adding vectors: [(Int, [Float])], dimension: Int) throws {
        let records = Self.records(vectors.lazy.map { ($0.0, $0.1[...]) }, dimension: dimension)
        try append(VectorFile.frame(.add, count: vectors.count, records: records))
    }

    mutating func append(removing ids: [Int]) throws {
        var records: [UInt8] = []
        records.reserveCapacity(8 * ids.count)
        for id in ids { records.append(id: id) }
        try append(VectorFile.frame(.remove, count: ids.count, records: records))
    }

    private static func records(_ vectors: some Collection<(Int, ArraySlice<Float>)>, dimension: Int) -> [UInt8] {
        var records: [UInt8] = []
        records.reserveCapacity(vectors.count * VectorFile.recordSize(.add, dimension: dimension))
        for (id, vector) in vectors {
            records.append(id: id)
            vector.withUnsafeBytes { records.append(contentsOf: $0) }
        }
        return records
    }

    private mutating func append(_ frame: [UInt8]) throws {
        let file = try writable()
        do {
            try file.put(frame, at: size)
            if isSynchronised { try file.synchronise() }
        } catch {
            // What was written in part must not stay before the next frame. When that fails as well, or the disk has lost
            // something, the file is left to be opened again.
            if (try? file.cut(to: size)) == nil || (isSynchronised && (try? file.synchronise()) == nil) { close() }
            throw error
        }
        size += frame.count
    }

    /// Writes all vectors to another file, which then takes the place of this one.
    mutating func rewrite(_ blocks: [VectorBlock], dimension: Int, path: String) throws {
        _ = try writable()
        guard let next = try DiskFile(path + ".new", .creating) else { return }
        var offset = 0
        func write(_ bytes: [UInt8]) throws {
            try next.put(bytes, at: offset)
            offset += bytes.count
        }
        try write(VectorFile.header(dimension: dimension))
        for block in blocks {
            let stride = block.numbers.count / max(block.ids.count, 1)
            let vectors = block.ids.indices.lazy.map { row in
                (block.ids[row], block.numbers[row * stride..<row * stride + dimension])
            }
            try write(
                VectorFile.frame(
                    .add, count: block.ids.count, records: Self.records(vectors, dimension: dimension)))
        }
        try next.synchronise()
        try DiskFile.move(path + ".new", to: path)
        (file, size) = (next, offset)
    }
}

/// What lies in the file of an index.
struct OpenedVectors {
    private(set) var rows: VectorRows
    private(set) var store: VectorStore
    private(set) var droppedBytes: Int

    /// Reads a file, or makes one.
    init(_ path: String, dimension: Int, options: VectorIndex.Options) throws {
        guard (1...VectorIndex.maximumDimension).contains(dimension) else {
            throw InferenceError(
                .wrongShape, "Vectors have 1 to \(VectorIndex.maximumDimension) numbers, and not \(dimension).")
        }
        var lock: DiskFile?
        if !options.isReadOnly {
            lock = try DiskFile(path + ".lock", .locking)
            guard lock?.lock() == true else {
                throw InferenceError(
                    .notReady,
                    "The index of vectors is open for changes already; open it read-only, or close the other.")
            }
        }
        let file = try Self.file(path, dimension: dimension, options: options)
        let found = try VectorFile.dimension(of: file.bytes(at: 0, count: VectorFile.headerSize))
        guard found == dimension else {
            throw InferenceError(
                .wrongShape, "The vectors of this index have \(found) numbers, and it was opened for \(dimension).")
        }
        var rows = VectorRows(dimension: dimension)
        let size = try VectorFile.read(file, dimension: dimension, repairs: options.repairs) { change in
            switch change {
            case .remove(let id): rows.remove(id)
            case .add(let id, let vector):
                if !rows.contains(id) {
                    try VectorIndex.check(count: rows.count + 1, dimension: dimension, options: options)
                }
                rows.set(id, vector)
            }
        }
        droppedBytes = try file.size() - size
        if droppedBytes > 0, !options.isReadOnly {
            try file.cut(to: size)
            try file.synchronise()
        }
        self.rows = rows
        store = VectorStore(
            file: options.isReadOnly ? nil : file, lock: lock, size: size, isSynchronised: options.isSynchronised)
    }

    /// The file, with a header at least.
    private static func file(_ path: String, dimension: Int, options: VectorIndex.Options) throws -> DiskFile {
        if let file = try DiskFile(path, options.isReadOnly ? .reading : .writing) {
            if options.isReadOnly { return file }
            // Somebody has made an empty file, to give it an owner for example.
            if try file.size() > 0 { return file }
            try file.put(VectorFile.header(dimension: dimension), at: 0)
            try file.synchronise()
            return file
        }
        // Under another name first, so that no crash leaves half a header.
        guard !options.isReadOnly, let file = try DiskFile(path + ".new", .creating) else {
            throw InferenceError(.fileFailed, "There is no file of an index of vectors.", underlying: path)
        }
        try file.put(VectorFile.header(dimension: dimension), at: 0)
        try file.synchronise()
        try DiskFile.move(path + ".new", to: path)
        return file
    }
}
