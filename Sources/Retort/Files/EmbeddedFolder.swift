// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
public import RetortEmbedded
public import RetortServer
public import RetortWire
import Synchronization

/// Files of the program as answers.
final class EmbeddedFolder: Sendable {
    private let files: EmbeddedFiles
    private let index: String?
    private let settings: FileLoading.Settings

    /// What has been asked for, by its place among the files.
    private let made = Mutex<[Int: StaticResource]>([:])

    init(_ files: EmbeddedFiles, index: String?, maxAge: Duration?, isImmutable: Bool) {
        self.files = files
        self.index = index
        settings = FileLoading.Settings(maxAge: maxAge, isImmutable: isImmutable)
    }

    /// Answers with what has been made before.
    func respondNow(_ request: Request) throws -> Response {
        guard let place = try find(request) else { return StaticFolder.redirect(request) }
        guard let resource = made.withLock({ $0[place] }) else { throw NeedsWaiting() }
        return try resource.response(to: request)
    }

    /// Answers with a file that is unpacked now, away from the event loop.
    func respond(_ request: Request) async throws -> Response {
        guard let place = try find(request) else { return StaticFolder.redirect(request) }
        if let resource = made.withLock({ $0[place] }) { return try resource.response(to: request) }
        let age = request.settings.staticMaxAge
        let resource = try await FileThreads.run { [settings] in
            var settings = settings
            settings.maxAge = settings.maxAge ?? age
            return Self.make(self.files.files[place], settings)
        }
        made.withLock { $0[place] = resource }
        return try resource.response(to: request)
    }

    /// The place of the file that is asked for; nil for a folder without the slash at its end.
    private func find(_ request: Request) throws -> Int? {
        let segments = StaticFolder.name(request).utf8.split(separator: 0, omittingEmptySubsequences: false)
        // A slash that was escaped divides nothing.
        guard !segments.contains(where: { $0.contains(UInt8(ascii: "/")) }) else { throw HTTPError(.notFound) }
        var path = segments.map { String(Substring($0)) }.joined(separator: "/")
        let asksForFolder = path.isEmpty || path.utf8.last == UInt8(ascii: "/")
        if asksForFolder {
            guard let index else { throw HTTPError(.notFound) }
            path += index
        }
        if let place = files.index(of: path) { return place }
        guard !asksForFolder, let index, files.index(of: "\(path)/\(index)") != nil else { throw HTTPError(.notFound) }
        return nil
    }

    static func make(_ file: EmbeddedFile, _ settings: FileLoading.Settings) -> StaticResource {
        let type = FileType(fileName: file.path)
        var about = Representation.Description(contentType: FileLoading.contentType(type))
        about.contentCoding = type?.contentCoding
        about.cacheControl = FileLoading.cacheControl(settings)
        let gzip = type?.contentCoding == nil ? file.gzip : nil
        about.variesByEncoding = gzip != nil
        about.etag = tag(file, "")
        let bytes = file.bytes
        let plain = Representation(.bytes(ByteBuffer(bytes: bytes)), size: Int64(bytes.count), about)
        guard let gzip else { return StaticResource(plain, [], seen: []) }
        about.contentCoding = "gzip"
        // Other bytes need another tag.
        about.etag = tag(file, "-gzip")
        let packed = Representation(.bytes(ByteBuffer(bytes: gzip)), size: Int64(gzip.count), about)
        return StaticResource(plain, [StaticResource.Variant(coding: "gzip", representation: packed)], seen: [])
    }

    static func tag(_ file: EmbeddedFile, _ suffix: String) -> ETag? {
        // 128 bits tell versions apart.
        try? ETag(file.digest.prefix(32) + suffix)
    }
}

extension EmbeddedFile: ResponseConvertible {
    /// What the file is, by its name; `application/octet-stream` where that is not known.
    public var mediaType: MediaType { (FileType(fileName: path)?.mediaType ?? .octetStream).withDefaultCharset }

    /// The strong entity tag, of half the SHA-256; nil where ``digest`` cannot stand in one.
    public var etag: ETag? { EmbeddedFolder.tag(self, "") }

    /// The file, as a folder of files would answer it.
    ///
    ///     app.get("/favicon.ico") { EmbeddedFiles.static["favicon.ico"] }
    ///
    /// - Parameter request: The request that is answered.
    /// - Returns: The file, a part of it, or that the client has it already.
    /// - Throws: ``HTTPError`` with status 412 or 416.
    public func response(to request: Request) throws -> Response {
        let settings = FileLoading.Settings(maxAge: request.settings.staticMaxAge)
        return try EmbeddedFolder.make(self, settings).response(to: request)
    }

    /// Bytes of any type.
    ///
    /// - Parameter operation: Takes the answer.
    public static func describeResult(in operation: inout OperationDescription) {
        File.describeResult(in: &operation)
    }
}

/// Folders of files that are part of the program.
extension RouteCollection {
    /// Answers GET and HEAD requests with files that are part of the program.
    ///
    ///     app.static("/assets", embedded: .static, maxAge: .seconds(3600), .name("static"))
    ///
    /// The plugin `RetortEmbedding` embeds them. Each has a strong `ETag` from its SHA-256; clients that can unpack gzip
    /// get the compressed form where there is one. Conditions and ranges are answered. A file takes memory from when it is
    /// asked for first. Documents of the app leave the files out.
    ///
    /// - Parameters:
    ///   - path: Where the files are found, such as `/assets`.
    ///   - files: The files.
    ///   - index: The file that stands for a folder; nil for none. With one, the path itself is a route too.
    ///   - maxAge: How long caches may use a file without asking; nil makes them ask each time.
    ///   - immutable: Whether a file under a name never changes, as with names that carry a hash.
    ///   - traits: What else there is to say about the route. Its variable is `path`.
    public mutating func `static`(
        _ path: String, embedded files: EmbeddedFiles, index: String? = "index.html", maxAge: Duration? = nil,
        immutable: Bool = false, _ traits: RouteTrait...
    ) {
        let folder = EmbeddedFolder(files, index: index, maxAge: maxAge, isImmutable: immutable)
        addFiles(
            at: path, traits, hasIndex: index != nil, now: { try folder.respondNow($0) },
            later: { try await folder.respond($0) })
    }
}
