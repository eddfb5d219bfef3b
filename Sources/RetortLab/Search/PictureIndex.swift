// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortCompute
import RetortImaging
public import RetortInference
import RetortWire
import Synchronization

/// Pictures in a folder, found again by what they look like.
///
///     let index = try await PictureIndex.open("/var/lib/app/gallery", embedder: embedder)
///     app.post("/alike") { (photo: ImageInput) async throws in try await index.similar(to: photo) }
///     app.mount(PictureGallery(index), at: "/gallery")
///
/// The folder keeps a vector of each picture, a small copy and its name; the pictures themselves stay where they are. One
/// process at a time can change it, others can open it for reading and see what was there then. A file that is there already
/// is not added again.
public final class PictureIndex: Sendable {
    /// How large an index may become, and what it keeps.
    public struct Options: Sendable, Hashable {
        /// The most pictures, up to a million.
        public var maximumCount = 10_000
        /// The longer side of the small copies in pixels, 32 to 1,024.
        public var thumbnailSide = 256
        /// Whether it cannot be changed; another process can have it open then.
        public var isReadOnly = false

        /// Makes the usual options.
        public init() {}
    }

    /// A picture of an index.
    public struct Entry: Codable, Sendable, Hashable {
        /// Its number.
        public let id: Int
        /// What it is called; not necessarily unlike the others.
        public let name: String
        /// The width of the original in pixels.
        public let width: Int
        /// The height of the original in pixels.
        public let height: Int
        /// What tells its file from others.
        let tag: String
    }

    /// The folder.
    public let folder: String
    /// How large it may become, and what it keeps.
    public let options: Options

    private let embedder: ImageEmbedder
    private let vectors: VectorIndex
    private let files: PictureFolder
    private let state: Mutex<State>

    private struct State {
        var entries: [Int: Entry] = [:]
        var numbers: [String: Int] = [:]
        var next = 1

        mutating func set(_ entry: Entry) {
            entries[entry.id] = entry
            numbers[entry.tag] = entry.id
            next = max(next, entry.id + 1)
        }

        mutating func remove(_ id: Int) -> Entry? {
            guard let entry = entries.removeValue(forKey: id) else { return nil }
            numbers[entry.tag] = nil
            return entry
        }
    }

    private init(
        _ folder: String, _ options: Options, _ embedder: ImageEmbedder, _ vectors: VectorIndex, _ files: PictureFolder,
        _ entries: [Entry]
    ) {
        (self.folder, self.options, self.embedder, self.vectors) = (folder, options, embedder, vectors)
        self.files = files
        var state = State()
        for entry in entries { state.set(entry) }
        self.state = Mutex(state)
    }

    /// Opens an index, or makes an empty one where there is none.
    ///
    /// What a crash has left half done is cleared away.
    ///
    /// - Parameters:
    ///   - folder: The path of the folder, which is made where it is missing.
    ///   - embedder: Makes the vectors; always the same one for a folder.
    ///   - options: How large it may become, and what it keeps.
    /// - Returns: The index.
    /// - Throws: `InferenceError` with `.invalidDescription` when the folder was made with another model,
    ///   `.notReady` while another process has it open for changes, `.fileFailed` when it cannot be read or written, `.tooLarge` when it
    ///   has more pictures than the options allow.
    /// - Complexity: O(*n*) in the pictures.
    public static func open(
        _ folder: String, embedder: ImageEmbedder, options: Options = Options()
    ) async throws -> PictureIndex {
        guard let dimension = embedder.model.outputs.first?.shape?.last?.fixed, dimension > 0 else {
            throw InferenceError(
                .invalidDescription, "Model '\(embedder.model.name)' does not say how long its vectors are.")
        }
        var options = options
        options.maximumCount = min(max(options.maximumCount, 1), 1_000_000)
        options.thumbnailSide = min(max(options.thumbnailSide, 32), 1_024)
        let files = PictureFolder(folder)
        let pool = Lab.sharedPool
        let isReadOnly = options.isReadOnly
        try await pool.run { try files.claim(for: "\(embedder.model.name) \(dimension)", isReadOnly: isReadOnly) }
        var vectorOptions = VectorIndex.Options()
        vectorOptions.maximumCount = options.maximumCount
        vectorOptions.isReadOnly = isReadOnly
        let vectors = try await VectorIndex.open("\(folder)/vectors", dimension: dimension, options: vectorOptions)
        let known = Set(vectors.ids)
        let entries = try await pool.run { try files.entries(keeping: known, clears: !isReadOnly) }
        let lost = known.subtracting(entries.map(\.id))
        if !lost.isEmpty, !isReadOnly { try await vectors.remove(lost) }
        return PictureIndex(folder, options, embedder, vectors, files, entries)
    }

    /// Gives the folder free for others; what is in memory can still be searched.
    public func close() async { await vectors.close() }

    /// How many pictures there are.
    public var count: Int { state.withLock { $0.entries.count } }

    /// All pictures, in the order in which they came.
    public var entries: [Entry] { state.withLock { $0.entries.values.sorted { $0.id < $1.id } } }

    /// A picture.
    ///
    /// - Parameter id: Its number.
    /// - Returns: The picture; nil where there is none.
    public func entry(_ id: Int) -> Entry? { state.withLock { $0.entries[id] } }

    /// Adds a picture.
    ///
    /// - Parameters:
    ///   - photo: The picture.
    ///   - name: What it is called; nil for the name of its file.
    /// - Returns: The picture as it is kept, and whether it is new.
    /// - Throws: `ImagingError` for a damaged file; `ComputeError` when there is too much to do;
    ///   `InferenceError` with `.tooLarge` when the index is full, `.fileFailed` when it cannot be written.
    @discardableResult
    public func add(_ photo: ImageInput, name: String? = nil) async throws -> (entry: Entry, isNew: Bool) {
        try checkWritable()
        let tag = ETag(hashing: photo.bytes).tag
        let (entry, isNew) = try state.withLock { state in
            if let id = state.numbers[tag], let entry = state.entries[id] { return (entry, false) }
            guard state.entries.count < options.maximumCount else {
                throw InferenceError(
                    .tooLarge, "The index is full: it has \(state.entries.count) pictures, and more are not kept.")
            }
            let id = state.next
            let entry = Entry(
                id: id, name: Self.name(name ?? photo.name, id), width: photo.size.width, height: photo.size.height,
                tag: tag)
            // It is there from now on, so that two who bring the same file do not both add it.
            state.set(entry)
            return (entry, true)
        }
        guard isNew else { return (entry, false) }
        do {
            let image = try await photo.image(DecodePlan(longestSide: 640))
            let vector = photo.noted(try await embedder.vector(of: ImagePixels(image)))
            try await photo.lab.pool.run(isContinuation: true) { [files, options] in
                let small = try image.converted(to: .uint8).flattened(over: .white).resized(
                    toFit: options.thumbnailSide)
                try files.write(entry, try small.encoded(as: .jpeg(quality: 82)))
            }
            try await vectors.add(vector, id: entry.id)
        } catch {
            _ = state.withLock { $0.remove(entry.id) }
            try? await Lab.sharedPool.run(isContinuation: true) { [files] in files.delete(entry.id) }
            throw error
        }
        // Whoever has removed it meanwhile did not find its vector.
        if self.entry(entry.id) == nil { try await vectors.remove(entry.id) }
        return (entry, true)
    }

    /// Removes a picture.
    ///
    /// - Parameter id: Its number.
    /// - Returns: Whether there was one.
    /// - Throws: `InferenceError` with `.fileFailed` when the index cannot be written.
    @discardableResult
    public func remove(_ id: Int) async throws -> Bool {
        try checkWritable()
        guard state.withLock({ $0.remove(id) }) != nil else { return false }
        try await vectors.remove(id)
        try await Lab.sharedPool.run(isContinuation: true) { [files] in files.delete(id) }
        if vectors.wastedBytes > 8 << 20 { try await vectors.compact() }
        return true
    }

    /// The small copy of a picture.
    ///
    /// - Parameter id: Its number.
    /// - Returns: A JPEG; nil where there is none.
    /// - Throws: `ComputeError` when there is too much to do.
    public func thumbnail(of id: Int) async throws -> [UInt8]? {
        guard entry(id) != nil else { return nil }
        return try await Lab.sharedPool.run { [files] in files.thumbnail(id) }
    }

    /// Finds the pictures that look like one.
    ///
    /// - Parameters:
    ///   - photo: The picture, which need not be in the index.
    ///   - count: How many are wanted at most, up to 1,000.
    ///   - minimumSimilarity: The similarity below which a picture is left out, -1 to 1.
    /// - Returns: The pictures, most similar first.
    /// - Throws: `ImagingError` for a damaged file; `ComputeError` and `InferenceError` when there is too
    ///   much to do.
    public func similar(
        to photo: ImageInput, count: Int = 12, minimumSimilarity: Double = -1
    ) async throws -> SimilarPictures {
        let vector = try await photo.vector(by: embedder)
        let start = ContinuousClock.now
        let matches = try await vectors.nearest(
            to: vector, count: min(max(count, 0), 1_000), minimumSimilarity: Float(minimumSimilarity))
        photo.stages?.add("search", .now - start)
        return state.withLock { state in
            SimilarPictures(
                matches.compactMap { match in
                    state.entries[match.id].map { SimilarPictures.Picture($0, similarity: match.similarity) }
                }, of: state.entries.count)
        }
    }

    private func checkWritable() throws {
        guard options.isReadOnly else { return }
        throw InferenceError(.notReady, "The index of pictures cannot be changed: it was opened for reading.")
    }

    /// A name that can be shown: the last part of a path or an address, without control characters.
    private static func name(_ given: String?, _ id: Int) -> String {
        let path = (given ?? "").split(separator: "?", omittingEmptySubsequences: true).first ?? ""
        let last = path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
        let scalars = last.unicodeScalars.filter { ![.control, .format].contains($0.properties.generalCategory) }
        let name = String(String.UnicodeScalarView(scalars.prefix(120)))
        return name.isEmpty ? "picture \(id)" : name
    }
}
