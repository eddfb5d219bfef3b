// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// What is needed of the file system.
///
/// All of it blocks.
enum Folder {
    struct Entry: Sendable, Hashable {
        let name: String
        let isFolder: Bool
        let size: Int
        /// In nanoseconds since 1970.
        let modified: Int
    }

    /// What lies in a folder, sorted by name, without hidden files; `nil` when it cannot be read.
    static func entries(_ path: String) -> [Entry]? {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        var entries: [Entry] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.utf8.first == UInt8(ascii: ".") { continue }
            var facts = stat()
            // A file that has gone meanwhile is not there.
            guard stat("\(path)/\(name)", &facts) == 0 else { continue }
            #if canImport(Darwin)
                let time = facts.st_mtimespec
            #else
                let time = facts.st_mtim
            #endif
            entries.append(
                Entry(
                    name: name, isFolder: facts.st_mode & S_IFMT == S_IFDIR, size: Int(facts.st_size),
                    modified: Int(time.tv_sec) &* 1_000_000_000 &+ Int(time.tv_nsec)))
        }
        return entries.sorted { $0.name < $1.name }
    }

    /// The bytes of a file; `nil` when it cannot be read.
    ///
    /// - Throws: ``InferenceError`` with `.tooLarge` when it is longer than the limit.
    static func read(_ path: String, limit: Int) throws -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        while true {
            let piece = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
                count = max(Foreign.read(file, buffer.baseAddress, buffer.count), 0)
            }
            if piece.isEmpty { return bytes }
            bytes += piece
            guard bytes.count <= limit else {
                let name = path.split(separator: "/").last ?? ""
                throw InferenceError(.tooLarge, "The file '\(name)' has more than \(limit) bytes.")
            }
        }
    }
}

/// C's `read`, which has the name of a function above.
private enum Foreign {
    static func read(_ file: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
        #if canImport(Glibc)
            Glibc.read(file, buffer, count)
        #elseif canImport(Musl)
            Musl.read(file, buffer, count)
        #else
            Darwin.read(file, buffer, count)
        #endif
    }
}
