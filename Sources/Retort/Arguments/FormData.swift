// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import RetortServer
public import RetortWire
import Synchronization

/// What a form brought: fields and files, by their names.
///
///     app.post("/contact") { (form: FormData) in form.fields["name"] ?? "nobody" }
///
/// ``Form`` decodes it into a struct. Several arguments of one handler may ask for the form; it is read once.
public struct FormData: Sendable {
    /// The fields in the order in which they came.
    public var fields: MultiDict<String>

    /// The files in the order in which they came, without file inputs in which nothing was chosen.
    public var files: MultiDict<UploadedFile>

    /// Creates a form, as a test may want it.
    ///
    /// - Parameters:
    ///   - fields: The fields.
    ///   - files: The files.
    public init(fields: MultiDict<String> = MultiDict(), files: MultiDict<UploadedFile> = MultiDict()) {
        self.fields = fields
        self.files = files
    }
}

extension FormData: RequestArgument {
    /// Reads the form of a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The form.
    /// - Throws: As ``Request/form(limits:)``.
    public static func make(from request: Request, path: inout PathValues) async throws -> FormData {
        try await request.form()
    }

    /// Reads the form if it has come with the head and nothing of it can go to the disk.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The form, or nil when reading it takes waiting.
    /// - Throws: As ``Request/form(limits:)``.
    public static func makeNow(from request: Request, path: inout PathValues) throws -> FormData? {
        try request.formNow(request.settings.forms)
    }
}

extension Request {
    /// Reads the form in the body: `application/x-www-form-urlencoded` or `multipart/form-data`.
    ///
    /// Large files go to temporary files while they arrive. The form is read once, with the limits of the first who
    /// asks, and kept for the next.
    ///
    /// - Parameter limits: How many fields and files are taken, and how much of them; nil for what the settings say.
    /// - Returns: The form.
    /// - Throws: ``HTTPError`` with status 415 for another content type; ``MissingValue`` where nothing was sent;
    ///   `WireError` with status 400 for a malformed body and 413 beyond a limit.
    public func form(limits: FormLimits? = nil) async throws -> FormData {
        let limits = limits ?? settings.forms
        if let form = try formNow(limits) { return form }
        let form: FormData
        switch try FormType(self) {
        case .urlEncoded: form = try FormData(urlEncoded: try await body.collect(upTo: limits.fieldBytes), limits)
        case .multipart(let boundary): form = try await FormReader(boundary, limits).read(body)
        }
        server.parsedBody.withLock { $0 = form }
        return form
    }

    /// The form where that takes no waiting.
    func formNow(_ limits: FormLimits) throws -> FormData? {
        if let form = server.parsedBody.withLock({ $0 as? FormData }) { return form }
        let type = try FormType(self)
        guard let bytes = body.buffered else { return nil }
        let form: FormData
        switch type {
        case .urlEncoded:
            form = try FormData(urlEncoded: bytes, limits)
        case .multipart(let boundary):
            // What fits into the memory for one file goes to no temporary file.
            guard bytes.readableBytes <= min(limits.fileBytesInMemory, limits.totalFileBytesInMemory) else {
                return nil
            }
            let reader = FormReader(boundary, limits)
            try reader.push([bytes])
            form = try reader.finish()
        }
        server.parsedBody.withLock { $0 = form }
        return form
    }
}

extension FormData {
    init(urlEncoded bytes: ByteBuffer, _ limits: FormLimits) throws {
        let bounds = QueryLimits(maximumPairs: limits.fields, maximumBytes: limits.fieldBytes)
        do {
            self.init(fields: try MultiDict(urlEncoded: bytes.readableBytesView, limits: bounds))
        } catch var error as WireError where error.code == .tooManyPairs {
            // Of a query this is a bad request, of a body it is too much of it.
            error.status = 413
            throw error
        }
    }
}

/// The two ways in which browsers send forms.
enum FormType {
    case urlEncoded
    case multipart(MultipartBoundary)

    /// Reads the content type of a request.
    init(_ request: Request) throws {
        guard let text = request.header(.contentType), let type = MediaType(text) else {
            let error = HTTPError(.unsupportedMediaType, Self.expectation)
            throw request.hasNoBody ? MissingValue(error) : error
        }
        if type.matches(.urlEncodedForm) {
            self = .urlEncoded
        } else if type.matches(.multipartForm) {
            self = .multipart(try MultipartBoundary(contentType: text))
        } else {
            throw HTTPError(.unsupportedMediaType, Self.expectation)
        }
    }

    private static let expectation =
        "The body must be a form: `application/x-www-form-urlencoded` or `multipart/form-data`."
}
