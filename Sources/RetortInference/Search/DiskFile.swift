// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// An open file, which is closed when nobody has it any more.
///
/// All of it blocks.
final class DiskFile: Sendable {
    enum Access {
        case reading
        /// It must be there.
        case writing
        /// It is made, or emptied when it is there.
        case creating
        /// It is made when it is not there; its bytes are of no interest.
        case locking
    }

    private let descriptor: Int32

    /// Opens a file; `nil` when it is not there.
    init?(_ path: String, _ access: Access) throws {
        let flags: Int32
        switch access {
        case .reading: flags = O_RDONLY
        case .writing: flags = O_RDWR
        case .creating: flags = O_RDWR | O_CREAT | O_TRUNC
        case .locking: flags = O_RDWR | O_CREAT
        }
        descriptor = open(path, flags | O_CLOEXEC, 0o644)
        if descriptor < 0 {
            if errno == ENOENT, access == .reading || access == .writing { return nil }
            throw Self.failure("opened", path)
        }
    }

    deinit { close(descriptor) }

    /// How many bytes it has.
    func size() throws -> Int {
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else { throw Self.failure("measured") }
        guard facts.st_mode & S_IFMT == S_IFREG else {
            throw InferenceError(.fileFailed, "An index of vectors is a file, and this is something else.")
        }
        return Int(facts.st_size)
    }

    /// Makes it this process's own, until it is closed.
    ///
    /// - Returns: Whether nobody else has it.
    func lock() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

    /// Reads bytes.
    ///
    /// - Returns: As many as are wanted, or fewer at the end of the file.
    func bytes(at offset: Int, count: Int) throws -> [UInt8] {
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let done = pread(
                    descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset + filled))
                if done < 0, errno == EINTR { continue }
                failed = done < 0
                if done <= 0 { return }
                filled += done
            }
        }
        if failed { throw Self.failure("read") }
        return bytes
    }

    /// Writes all bytes.
    func put(_ bytes: [UInt8], at offset: Int) throws {
        try bytes.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count {
                let done = pwrite(
                    descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written, off_t(offset + written)
                )
                if done < 0, errno == EINTR { continue }
                guard done > 0 else { throw Self.failure("written") }
                written += done
            }
        }
    }

    /// Takes away what lies behind.
    func cut(to size: Int) throws {
        guard ftruncate(descriptor, off_t(size)) == 0 else { throw Self.failure("shortened") }
    }

    /// Waits until the disk has it.
    func synchronise() throws {
        guard fsync(descriptor) == 0 else { throw Self.failure("brought to the disk") }
    }

    /// Gives a file the name of another one, which goes.
    static func move(_ path: String, to target: String) throws {
        guard rename(path, target) == 0 else { throw failure("renamed", path) }
        // The name is on the disk when the folder is.
        var folder = String(target.reversed().drop { $0 != "/" }.reversed())
        if folder.isEmpty { folder = "." }
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private static func failure(_ what: String, _ path: String? = nil) -> InferenceError {
        let reason = String(cString: strerror(errno))
        return InferenceError(
            .fileFailed, "The file of an index of vectors could not be \(what): \(reason).", underlying: path)
    }
}
