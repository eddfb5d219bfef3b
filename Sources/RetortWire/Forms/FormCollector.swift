// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// Collects the fields and files of a form.
///
/// The text of fields is UTF-8; what is invalid becomes U+FFFD. Only where the Content-Type of a field names ASCII or
/// ISO-8859-1 is it read as such. Files beyond ``FormLimits/fileBytesInMemory`` go to temporary files, and writing
/// those blocks the thread.
public struct FormCollector: MultipartSink {
    /// The fields that are complete, in their order.
    public private(set) var fields = MultiDict<String>()

    /// The files that are complete, in their order.
    ///
    /// A file input in which nothing was chosen is here too, as a file without name and bytes; see
    /// ``UploadedFile/isBlank``.
    public private(set) var files = MultiDict<UploadedFile>()

    private let limits: FormLimits
    private let temporaryDirectory: String?
    private var part = MultipartPart(name: "")
    private var text: [UInt8] = []
    private var spool: FileSpool?
    private var fieldBytes = 0
    private var fileBytesInMemory = 0

    /// Creates a collector without anything in it.
    ///
    /// - Parameters:
    ///   - limits: How many fields and files are taken, and how much of them.
    ///   - temporaryDirectory: The directory for large files; nil is `TMPDIR` of the environment, else `/tmp`.
    public init(limits: FormLimits = FormLimits(), temporaryDirectory: String? = nil) {
        self.limits = limits
        self.temporaryDirectory = temporaryDirectory
    }

    /// Reads a whole multipart body.
    ///
    /// - Parameters:
    ///   - body: The body.
    ///   - boundary: The line between its parts.
    ///   - limits: How many parts are taken, and how much of them.
    /// - Throws: What ``MultipartParser`` and the methods of this collector throw.
    public init(body: [UInt8], boundary: MultipartBoundary, limits: FormLimits = FormLimits()) throws {
        self.init(limits: limits)
        var parser = MultipartParser(boundary: boundary, limits: limits)
        try parser.push(body, to: &self)
        try parser.finish(to: &self)
    }

    /// Begins a field or a file.
    ///
    /// - Parameter part: What the headers of the part say.
    /// - Throws: ``WireError`` with `.tooManyFields`, `.tooManyFiles` or `.fieldsTooLarge` (413).
    public mutating func beginPart(_ part: MultipartPart) throws {
        self.part = part
        if part.filename != nil {
            guard files.count < limits.files else {
                throw WireError(.tooManyFiles, "The form has more than \(limits.files) files.", status: 413)
            }
            let room = max(0, min(limits.fileBytesInMemory, limits.totalFileBytesInMemory - fileBytesInMemory))
            spool = FileSpool(bytesInMemory: room, directory: temporaryDirectory)
            return
        }
        guard fields.count < limits.fields else {
            throw WireError(.tooManyFields, "The form has more than \(limits.fields) fields.", status: 413)
        }
        try countFieldBytes(part.name.utf8.count)
    }

    /// Adds bytes to the field or file that was begun last.
    ///
    /// - Parameter bytes: The bytes.
    /// - Throws: ``WireError`` with `.fieldsTooLarge` (413), and with `.fileOperation` (500) when a temporary file
    ///   cannot be written.
    public mutating func receiveData(_ bytes: Span<UInt8>) throws {
        if part.filename != nil {
            try spool?.append(bytes)
        } else {
            try countFieldBytes(bytes.count)
            bytes.withUnsafeBufferPointer { text.append(contentsOf: $0) }
        }
    }

    /// Completes the field or file that was begun last.
    ///
    /// - Throws: ``WireError`` with `.fileOperation` (500) when a temporary file cannot be written.
    public mutating func endPart() throws {
        guard let filename = part.filename else {
            fields.append(part.name, part.charset.decode(text))
            text.removeAll(keepingCapacity: true)
            return
        }
        guard let storage = try spool?.finish() else { return }
        spool = nil
        let file = UploadedFile(
            filename: filename, contentType: part.contentType, headers: part.headers, storage: storage)
        if file.isInMemory { fileBytesInMemory += file.size }
        files.append(part.name, file)
    }

    private mutating func countFieldBytes(_ count: Int) throws {
        fieldBytes += count
        guard fieldBytes <= limits.fieldBytes else {
            throw WireError(
                .fieldsTooLarge, "The fields of the form are longer than \(limits.fieldBytes) bytes together.",
                status: 413)
        }
    }
}

/// The bytes of one file while they arrive: first in memory, then in a temporary file.
private struct FileSpool {
    private static let writeSize = 64 * 1024

    private let bytesInMemory: Int
    private let directory: String?
    private var buffer: [UInt8] = []
    private var file: TemporaryFile?
    private var written = 0

    init(bytesInMemory: Int, directory: String?) {
        self.bytesInMemory = bytesInMemory
        self.directory = directory
    }

    mutating func append(_ bytes: Span<UInt8>) throws {
        try bytes.withUnsafeBufferPointer { piece in
            if file == nil {
                // Subtracted, not added: the limit may be the largest number there is.
                if piece.count <= bytesInMemory - buffer.count {
                    buffer.append(contentsOf: piece)
                    return
                }
                file = try TemporaryFile.make(in: directory ?? TemporaryFile.defaultDirectory)
            }
            if buffer.count + piece.count > Self.writeSize { try flush() }
            if piece.count > Self.writeSize {
                try file?.append(UnsafeRawBufferPointer(piece))
                written += piece.count
            } else {
                buffer.append(contentsOf: piece)
            }
        }
    }

    mutating func finish() throws -> UploadedFile.Storage {
        guard let file else { return .memory(buffer) }
        try flush()
        return .file(file, size: written, linked: OnceFlag())
    }

    private mutating func flush() throws {
        try buffer.withUnsafeBytes { try file?.append($0) }
        written += buffer.count
        buffer.removeAll(keepingCapacity: buffer.capacity <= 2 * Self.writeSize)
    }
}
