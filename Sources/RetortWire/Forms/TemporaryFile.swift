// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension WireError.Code {
    /// A file operation of the server failed.
    public static let fileOperation = WireError.Code("file-operation")

    /// A file of that name is there already.
    public static let fileExists = WireError.Code("file-exists")
}

extension WireError {
    /// An error of the operating system, from `errno`.
    ///
    /// Paths are left out, since the sentence may reach a client.
    static func fileOperation(_ what: String, errno code: Int32 = errno) -> WireError {
        WireError(.fileOperation, "\(what): \(String(cString: strerror(code))) (errno \(code)).", status: 500)
    }
}

/// A file without a name, which ends with this object and with the process.
///
/// Reading does not move a position, so several tasks may read at once.
final class TemporaryFile: Sendable {
    private let descriptor: Int32

    private init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// The directory for temporary files: `TMPDIR` of the environment, else `/tmp`.
    static var defaultDirectory: String {
        guard let value = getenv("TMPDIR"), value.pointee != 0 else { return "/tmp" }
        return String(cString: value)
    }

    /// Creates an empty file in a directory.
    static func make(in directory: String) throws -> TemporaryFile {
        #if os(Linux)
            // Permissions of a later `link` come from here, so the kernel takes the umask off them now. Until then the
            // file cannot be reached.
            let withoutName: Int32 = 0o20_000_000 | O_DIRECTORY
            let unnamed = open(directory, withoutName | O_RDWR | O_CLOEXEC, 0o644)
            if unnamed >= 0 { return TemporaryFile(descriptor: unnamed) }
        #endif
        var template = Array("\(directory)/retort-XXXXXX".utf8CString)
        let named = mkstemp(&template)
        guard named >= 0 else { throw WireError.fileOperation("No temporary file could be made") }
        let file = TemporaryFile(descriptor: named)
        guard unlink(template) == 0, fcntl(named, F_SETFD, FD_CLOEXEC) == 0 else {
            throw WireError.fileOperation("No temporary file could be made")
        }
        return file
    }

    /// Writes bytes at the end.
    func append(_ bytes: UnsafeRawBufferPointer) throws { try writeAll(bytes, to: descriptor) }

    /// Reads up to as many bytes as fit, fewer only at the end of the file.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        var count = 0
        while count < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
            let result = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + count))
            if result < 0, errno == EINTR { continue }
            guard result >= 0 else { throw WireError.fileOperation("An uploaded file could not be read") }
            if result == 0 { break }
            count += result
        }
        return count
    }

    /// Gives the file a name, which shares the bytes.
    ///
    /// Returns false when the file system cannot do it: another disk, no `/proc`, or a name was given before.
    func link(to path: String) throws -> Bool {
        #if os(Linux)
            if linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0 { return true }
            if errno == EEXIST { throw WireError.fileExists }
        #endif
        return false
    }
}

extension WireError {
    static let fileExists = WireError(
        .fileExists, "A file of that name is there already. Choose another name, or ask to overwrite it.", status: 500)
}

/// Writes all bytes, however many calls it takes.
func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
        let piece = UnsafeRawBufferPointer(rebasing: rest)
        let count = write(descriptor, piece.baseAddress, piece.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw WireError.fileOperation("A file could not be written") }
        rest = rest.dropFirst(count)
    }
}
