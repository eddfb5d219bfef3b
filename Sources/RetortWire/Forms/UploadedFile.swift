// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes

/// A file that a client sent in a form.
///
/// Small files are in memory. Larger ones are in a temporary file that has no name in the file system and goes away
/// with the last copy of this value, also when the process ends early. To keep one, save it.
///
/// Calls that touch the temporary file block the thread. The framework makes them on its file threads; whoever calls
/// them from asynchronous code does the same.
public struct UploadedFile: Sendable {
    enum Storage: Sendable {
        case memory([UInt8])
        case file(TemporaryFile, size: Int, linked: OnceFlag)
    }

    /// The name of the file as the client sent it.
    ///
    /// Never use it as a path; see ``baseName``.
    public let filename: String

    /// The Content-Type as the client sent it, or nil.
    ///
    /// Nothing proves that the bytes are of this type.
    public let contentType: String?

    /// All headers of the part that brought the file.
    public let headers: HTTPFields

    let storage: Storage

    /// Creates a file from bytes, as a test or a client needs it.
    ///
    /// - Parameters:
    ///   - filename: The name of the file.
    ///   - contentType: The type of the bytes, such as `image/png`, or nil.
    ///   - headers: Other headers of the part.
    ///   - bytes: The content.
    public init(filename: String, contentType: String? = nil, headers: HTTPFields = [:], bytes: [UInt8]) {
        self.init(filename: filename, contentType: contentType, headers: headers, storage: .memory(bytes))
    }

    init(filename: String, contentType: String?, headers: HTTPFields, storage: Storage) {
        self.filename = filename
        self.contentType = contentType
        self.headers = headers
        self.storage = storage
    }

    /// The number of bytes.
    public var size: Int {
        switch storage {
        case .memory(let bytes): bytes.count
        case .file(_, let size, _): size
        }
    }

    /// Whether the bytes are in memory, so that reading them does not block.
    public var isInMemory: Bool {
        if case .memory = storage { true } else { false }
    }

    /// Whether a browser sent a file input in which nothing was chosen: no name and no bytes.
    public var isBlank: Bool { filename.isEmpty && size == 0 }

    /// The last component of ``filename``, without control characters, or nil when nothing usable is left.
    ///
    /// Both slashes and backslashes separate components, since some clients send whole paths. The result is safe to
    /// show and to join to a directory, but two clients may send the same.
    public var baseName: String? {
        let separators: [UInt8] = [UInt8(ascii: "/"), UInt8(ascii: "\\")]
        let last = filename.utf8.split(omittingEmptySubsequences: false) { separators.contains($0) }.last
        let bytes = (last ?? filename.utf8[...]).filter { $0 >= 0x20 && $0 != 0x7F }
        let name = String(decoding: bytes, as: UTF8.self)
        return ["", ".", ".."].contains(name) ? nil : name
    }
}

extension UploadedFile {
    /// Reads the whole content.
    ///
    /// - Returns: The bytes; their memory is shared with this value when ``isInMemory``.
    /// - Throws: ``WireError`` with `.fileOperation` (500) when the temporary file cannot be read.
    public func bytes() throws -> [UInt8] { try read(at: 0, count: size) }

    /// Reads a part of the content.
    ///
    /// - Parameters:
    ///   - offset: The index of the first byte.
    ///   - count: How many bytes to read.
    /// - Returns: The bytes, fewer where the file ends, none for an offset outside of it.
    /// - Throws: ``WireError`` with `.fileOperation` (500) when the temporary file cannot be read.
    public func read(at offset: Int, count: Int) throws -> [UInt8] {
        guard offset >= 0, count > 0, offset < size else { return [] }
        let wanted = min(count, size - offset)
        switch storage {
        case .memory(let bytes):
            return wanted == bytes.count ? bytes : Array(bytes[offset..<offset + wanted])
        case .file(let file, _, _):
            return try [UInt8](unsafeUninitializedCapacity: wanted) { buffer, initialized in
                initialized = try file.read(at: offset, into: UnsafeMutableRawBufferPointer(buffer))
            }
        }
    }

    /// Goes through the content piece by piece.
    ///
    /// Memory does not grow with the file.
    ///
    /// - Parameters:
    ///   - chunkSize: How many bytes a piece has, at least 1; the last may have fewer.
    ///   - body: Takes a piece, which is valid during the call.
    /// - Throws: ``WireError`` with `.fileOperation` (500), and what `body` throws.
    public func forEachChunk(of chunkSize: Int = 64 * 1024, _ body: (Span<UInt8>) throws -> Void) throws {
        let step = max(1, chunkSize)
        var offset = 0
        switch storage {
        case .memory(let bytes):
            try bytes.withUnsafeBufferPointer { whole in
                while offset < whole.count {
                    let end = offset + min(step, whole.count - offset)
                    try body(UnsafeBufferPointer(rebasing: whole[offset..<end]).span)
                    offset = end
                }
            }
        case .file(let file, let size, _):
            var buffer = [UInt8](repeating: 0, count: min(step, size))
            while offset < size {
                let count = try buffer.withUnsafeMutableBytes { try file.read(at: offset, into: $0) }
                guard count > 0 else { return }
                try buffer.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[..<count]).span) }
                offset += count
            }
        }
    }
}

extension UploadedFile: CustomStringConvertible {
    /// The name and the size, for logs.
    public var description: String {
        "\(baseName ?? "unnamed") (\(size) bytes)"
    }
}
