// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import RetortWire

/// The file of a form: the first one, where there are several.
///
///     app.post("/avatar", .bodyLimit(5_000_000)) { (picture: Upload) in
///         try await picture.save(to: "avatars/\(id)")
///     }
///
/// A form without a file is answered 422; an optional `Upload?` is nil then.
public struct Upload: RequestArgument {
    /// The name of the field.
    public var name: String

    /// The file, of which nothing is to be believed: name and type are what the client says.
    public var file: UploadedFile

    /// Creates an upload, as a test may want it.
    ///
    /// - Parameters:
    ///   - name: The name of the field.
    ///   - file: The file.
    public init(name: String = "file", file: UploadedFile) {
        self.name = name
        self.file = file
    }

    /// The name of the file as the client sent it.
    ///
    /// Never use it as a path.
    public var filename: String { file.filename }

    /// What the client says the bytes are, or nil.
    public var contentType: String? { file.contentType }

    /// The number of bytes.
    public var size: Int { file.size }

    /// Reads the whole content without blocking the caller.
    ///
    /// - Returns: The bytes.
    /// - Throws: `WireError` with `.fileOperation` (500) when the temporary file cannot be read.
    public func bytes() async throws -> [UInt8] { try await file.bytes() }

    /// Writes the file to a path without blocking the caller.
    ///
    /// - Parameters:
    ///   - path: The path, in a folder that exists. Do not build it from ``filename``.
    ///   - overwriting: Whether an existing file is replaced.
    /// - Throws: `WireError` with `.fileExists` or `.fileOperation` (500).
    public func save(to path: String, overwriting: Bool = false) async throws {
        try await file.save(to: path, overwriting: overwriting)
    }

    /// Reads the form of a request up to its end and takes the first file.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The file.
    /// - Throws: ``MissingValue`` with status 422 where the form has no file, and as ``Request/form(limits:)``.
    public static func make(from request: Request, path: inout PathValues) async throws -> Upload {
        try Upload(firstOf: try await request.form())
    }

    /// Takes the first file if the form has come with the head.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The file, or nil when reading it takes waiting.
    /// - Throws: As ``make(from:path:)``.
    public static func makeNow(from request: Request, path: inout PathValues) throws -> Upload? {
        try request.formNow(request.settings.forms).map { try Upload(firstOf: $0) }
    }

    private init(firstOf form: FormData) throws {
        guard let (name, file) = form.files.pairs.first else {
            let error = FieldError(field: "file", code: .missing, message: "The form has no file. Choose one.")
            throw MissingValue(HTTPError(FieldErrors([error])))
        }
        self.init(name: name, file: file)
    }
}

/// All files of a form, by the names of their fields.
///
///     app.post("/album") { (files: Files) in files.all("photo").count }
public struct Files: RequestArgument {
    /// Names and files in their order.
    public var values: MultiDict<UploadedFile>

    /// Creates files, as a test may want them.
    ///
    /// - Parameter values: Names and files.
    public init(_ values: MultiDict<UploadedFile>) { self.values = values }

    /// The number of files.
    public var count: Int { values.count }

    /// Whether there is no file.
    public var isEmpty: Bool { values.isEmpty }

    /// The first file of a name, or nil.
    ///
    /// - Parameter name: The name, compared byte by byte.
    public subscript(name: String) -> UploadedFile? { values[name] }

    /// All files of a name.
    ///
    /// - Parameter name: The name, compared byte by byte.
    /// - Returns: The files in their order; none when the name is absent.
    public func all(_ name: String) -> [UploadedFile] { values.all(name) }

    /// Reads the files of a request's form.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The files; none when the form has no file.
    /// - Throws: As ``Request/form(limits:)``.
    public static func make(from request: Request, path: inout PathValues) async throws -> Files {
        Files(try await request.form().files)
    }

    /// Reads the files if the form has come with the head.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The files, or nil when reading them takes waiting.
    /// - Throws: As ``Request/form(limits:)``.
    public static func makeNow(from request: Request, path: inout PathValues) throws -> Files? {
        try request.formNow(request.settings.forms).map { Files($0.files) }
    }
}

extension UploadedFile {
    /// Reads the whole content without blocking the caller.
    ///
    /// - Returns: The bytes.
    /// - Throws: `WireError` with `.fileOperation` (500) when the temporary file cannot be read.
    public func bytes() async throws -> [UInt8] {
        if isInMemory { return try read(at: 0, count: size) }
        return try await FileThreads.run { try read(at: 0, count: size) }
    }

    /// Writes the file to a path without blocking the caller.
    ///
    /// - Parameters:
    ///   - path: The path, in a folder that exists. Do not build it from ``filename``.
    ///   - overwriting: Whether an existing file is replaced.
    /// - Throws: `WireError` with `.fileExists` or `.fileOperation` (500).
    public func save(to path: String, overwriting: Bool = false) async throws {
        // The closure is not asynchronous, so this is the function that blocks.
        try await FileThreads.run { try self.save(to: path, overwriting: overwriting) }
    }
}
