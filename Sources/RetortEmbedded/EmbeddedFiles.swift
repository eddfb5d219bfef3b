// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The files of a folder that are part of the program.
///
/// The plugin `RetortEmbedding` makes one for each folder that is embedded, as a static property with the folder's name:
///
///     app.static("/assets", embedded: .static)
///     app.templates.embed(.templates)
///     let notice = EmbeddedFiles.texts["notice.txt"]?.text
public struct EmbeddedFiles: Sendable {
    /// The files in the order of the bytes of their paths, each path once.
    public let files: [EmbeddedFile]

    /// A text that changes with every path and every byte of the files.
    public let digest: String

    /// Creates a collection.
    ///
    /// - Parameters:
    ///   - files: The files in any order; of several with one path the first counts.
    ///   - digest: A text that changes with every path and every byte of the files.
    public init(_ files: [EmbeddedFile], digest: String) {
        self.digest = digest
        let ordered = files.enumerated().sorted {
            Self.isBefore($0.element.path, $1.element.path)
                || !Self.isBefore($1.element.path, $0.element.path) && $0.offset < $1.offset
        }
        var unique: [EmbeddedFile] = []
        unique.reserveCapacity(files.count)
        for (_, file) in ordered {
            if let last = unique.last, !Self.isBefore(last.path, file.path) { continue }
            unique.append(file)
        }
        self.files = unique
    }

    /// The paths of all files in order.
    public var paths: [String] { files.map(\.path) }

    /// Finds a file.
    ///
    /// - Parameter path: Its path below the folder, such as `scripts/main.js`, byte by byte.
    /// - Returns: The file, or nil.
    ///
    /// - Complexity: Logarithmic in the number of files.
    public subscript(path: String) -> EmbeddedFile? { index(of: path).map { files[$0] } }

    /// The place of a file among ``files``.
    package func index(of path: String) -> Int? {
        var low = 0
        var high = files.count
        while low < high {
            let middle = low + (high - low) / 2
            if Self.isBefore(files[middle].path, path) { low = middle + 1 } else { high = middle }
        }
        guard low < files.count, !Self.isBefore(path, files[low].path) else { return nil }
        return low
    }

    // Two spellings of é are two names.
    private static func isBefore(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}
