// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Something that happens once.
final class OnceFlag: Sendable {
    private let isSet = Atomic(false)

    /// True for the first caller only.
    func take() -> Bool { !isSet.exchange(true, ordering: .acquiringAndReleasing) }
}

extension UploadedFile {
    /// Writes the file to a path.
    ///
    /// The permissions are 0644 without the bits of the process's umask. A large file on the same disk gets its name
    /// without a copy. An existing file is replaced in one step, so that nobody sees half of it; a symbolic link at
    /// that place is replaced itself, not followed. Nothing is left behind when it fails. It blocks the thread, and
    /// does not wait for the disk.
    ///
    /// - Parameters:
    ///   - path: The path of the file, in a directory that exists. Do not build it from ``filename``.
    ///   - overwriting: Whether an existing file is replaced.
    /// - Throws: ``WireError`` with `.fileExists` (500) when a file is there and shall not be replaced, and with
    ///   `.fileOperation` (500) when the path is not valid or writing fails.
    public func save(to path: String, overwriting: Bool = false) throws {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw WireError.fileOperation("The file could not be saved", errno: EINVAL)
        }
        guard overwriting else { return try place(at: path) }
        let temporary = Self.neighbour(of: path)
        try place(at: temporary)
        guard rename(temporary, path) == 0 else {
            let error = WireError.fileOperation("The file could not be saved")
            unlink(temporary)
            throw error
        }
    }

    /// Makes a new file, by a link where that works and else by a copy.
    private func place(at path: String) throws {
        // A link shares its bytes with the upload, so only the first path may be one.
        if case .file(let file, _, let linked) = storage, linked.take(), try file.link(to: path) { return }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw errno == EEXIST ? WireError.fileExists : .fileOperation("The file could not be saved")
        }
        var isOpen = true
        do {
            try forEachChunk(of: 256 * 1024) { piece in
                try piece.withUnsafeBytes { try writeAll($0, to: descriptor) }
            }
            isOpen = false
            // Some file systems report a full disk only here.
            guard close(descriptor) == 0 else { throw WireError.fileOperation("The file could not be saved") }
        } catch {
            if isOpen { close(descriptor) }
            unlink(path)
            throw error
        }
    }

    /// A hidden name in the same directory that nothing else has.
    private static func neighbour(of path: String) -> String {
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let directory = slash.map { path[...$0] } ?? ""
        return "\(directory).retort-\(String(UInt64.random(in: 0...UInt64.max), radix: 36))"
    }
}
