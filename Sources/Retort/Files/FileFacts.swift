// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RetortServer

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the file system says of a file without reading it.
struct FileFacts: Hashable, Sendable {
    enum Kind: Sendable { case file, folder, other }

    let kind: Kind
    let device: UInt64
    let inode: UInt64
    let size: Int64

    /// When the file was changed, in nanoseconds since 1970.
    let modified: Int64

    private init(_ status: FileStatus) {
        switch status.mode & UInt32(S_IFMT) {
        case UInt32(S_IFREG): kind = .file
        case UInt32(S_IFDIR): kind = .folder
        default: kind = .other
        }
        device = status.device
        inode = status.inode
        size = status.size
        let (nanoseconds, overflow) = status.modifiedSeconds.multipliedReportingOverflow(by: 1_000_000_000)
        modified = overflow ? .max : nanoseconds &+ status.modifiedNanoseconds
    }

    /// Asks for a path, following symbolic links; nil where nothing is there.
    ///
    /// It blocks.
    static func of(_ path: String) -> FileFacts? { FileStatus(path: path).map { FileFacts($0) } }

    /// Asks for an open file.
    static func of(descriptor: CInt) -> FileFacts? { FileStatus(descriptor: descriptor).map { FileFacts($0) } }

    /// Whether the file was changed so recently that its time may not tell the next change from the last one.
    var isRecent: Bool { SystemClock.unixSeconds() - modified / 1_000_000_000 < 2 }
}

/// Opens files for sending.
///
/// Everything here blocks.
enum FileOpening {
    /// Opens what stands at a path.
    ///
    /// What was opened is judged, not the path, so that nobody can put a link in its place in between.
    ///
    /// - Parameters:
    ///   - path: The path.
    ///   - folder: The folder that the file must be in, links resolved; nil for any.
    /// - Returns: The file and what is known of it, or nil where there is none, or none inside the folder.
    /// - Throws: `HTTPError` with status 503 when the process has too many open files.
    static func open(_ path: String, inside folder: String?) throws -> (file: OpenFile, facts: FileFacts)? {
        guard !path.utf8.contains(0) else { return nil }
        // A pipe must not keep the thread waiting for its other end.
        let descriptor = openDescriptor(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else {
            if errno == EMFILE || errno == ENFILE || errno == ENOMEM {
                throw HTTPError(.serviceUnavailable, headers: [.retryAfter: "1"])
            }
            return nil
        }
        let file = OpenFile(takingOver: descriptor)
        guard let facts = FileFacts.of(descriptor: descriptor), facts.kind != .other else { return nil }
        if let folder {
            guard let root = realPath(folder), let real = realPath(of: descriptor) ?? realPath(path),
                isInside(real, root)
            else { return nil }
        }
        return (file, facts)
    }

    /// Reads a file from its beginning, if it has still the size that it is said to have.
    static func read(_ file: OpenFile, count: Int) -> [UInt8]? {
        var length = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            while length < count {
                let rest = UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[length...]))
                let result = pread(file.descriptor, rest.baseAddress, rest.count, off_t(length))
                if result < 0, errno == EINTR { continue }
                guard result > 0 else { break }
                length += result
            }
            initialized = length
        }
        return length == count ? bytes : nil
    }

    private static func openDescriptor(_ path: String, _ flags: Int32) -> Int32 {
        while true {
            #if canImport(Glibc)
                let descriptor = Glibc.open(path, flags)
            #elseif canImport(Musl)
                let descriptor = Musl.open(path, flags)
            #else
                let descriptor = Darwin.open(path, flags)
            #endif
            if descriptor >= 0 || errno != EINTR { return descriptor }
        }
    }

    /// The path of an open file with all links resolved; nil where the system does not say.
    private static func realPath(of descriptor: CInt) -> String? {
        #if os(Linux)
            return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 4097) { buffer in
                let count = buffer.withMemoryRebound(to: CChar.self) { text in
                    text.baseAddress.map { readlink("/proc/self/fd/\(descriptor)", $0, text.count) } ?? -1
                }
                guard count > 0, count < buffer.count else { return nil }
                return String(decoding: buffer[..<count], as: UTF8.self)
            }
        #else
            return nil
        #endif
    }

    private static func realPath(_ path: String) -> String? {
        guard let text = realpath(path, nil) else { return nil }
        defer { free(text) }
        return String(cString: text)
    }

    private static func isInside(_ path: String, _ folder: String) -> Bool {
        let folder = folder.utf8
        guard path.utf8.starts(with: folder) else { return false }
        if path.utf8.count == folder.count || folder.last == UInt8(ascii: "/") { return true }
        return path.utf8.dropFirst(folder.count).first == UInt8(ascii: "/")
    }
}
