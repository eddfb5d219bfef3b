// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
public import RetortServer
import RetortWire

/// A file as the answer.
///
///     app.get("/reports/{name}") { (name: String) in
///         File(name, in: "reports", download: .as("Report.pdf"), maxAge: .seconds(3600))
///     }
///
/// It answers conditions with 304 or 412 and a single range with 206, and is read on threads of its own. The type is
/// that of the name, and browsers are told not to look for another. A file that is not there is answered 404.
///
/// Source: RFC 9110 §13, §14; RFC 6266.
public struct File: ResponseConvertible {
    /// Whether a browser shows the file or saves it.
    public struct Download: Sendable {
        let disposition: ContentDisposition?

        /// Leaves it to the browser.
        public static let none = Download(disposition: nil)

        /// Shown in the page.
        public static let inline = Download(disposition: ContentDisposition(.inline))

        /// Saved under the file's own name.
        public static let attachment = Download(disposition: .attachment())

        /// Saved under a name.
        ///
        /// - Parameter name: The name, in any script.
        /// - Returns: The choice.
        public static func `as`(_ name: String) -> Download {
            Download(disposition: .attachment(filename: name))
        }
    }

    private enum Source: Sendable {
        case path(String, folder: String?)
        case bytes([UInt8], name: String)
    }

    private let source: Source
    private var settings = FileLoading.Settings()

    /// Creates a result from a file.
    ///
    /// - Parameters:
    ///   - path: The path. It may come from outside if there is a folder, and must not otherwise.
    ///   - folder: The folder that the file must be in. What leads out of it is not found, symbolic links included.
    ///   - download: Whether a browser shows the file or saves it.
    ///   - contentType: What the file is; nil for what its name says.
    ///   - maxAge: How long caches may use the file without asking; nil makes them ask each time.
    ///   - etag: Whether the file has a tag, made of its time, its size and its path.
    public init(
        _ path: String, in folder: String? = nil, download: Download = .none, contentType: String? = nil,
        maxAge: Duration? = nil, etag: Bool = true
    ) {
        source = .path(path, folder: folder)
        configure(download, contentType, maxAge, etag)
    }

    /// Creates a result from bytes that are treated as a file: with a tag, and by ranges.
    ///
    /// - Parameters:
    ///   - bytes: The bytes.
    ///   - name: The name, which says what they are.
    ///   - download: Whether a browser shows the bytes or saves them.
    ///   - contentType: What the bytes are; nil for what the name says.
    ///   - maxAge: How long caches may use the bytes without asking; nil makes them ask each time.
    ///   - etag: Whether there is a tag, made of the bytes.
    public init(
        bytes: [UInt8], name: String, download: Download = .none, contentType: String? = nil,
        maxAge: Duration? = nil, etag: Bool = true
    ) {
        source = .bytes(bytes, name: name)
        configure(download, contentType, maxAge, etag)
    }

    private mutating func configure(_ download: Download, _ contentType: String?, _ maxAge: Duration?, _ etag: Bool) {
        settings.contentType = contentType
        settings.maxAge = maxAge
        settings.hasETag = etag
        settings.disposition = download.disposition
        guard settings.disposition?.kind == .attachment, settings.disposition?.filename == nil else { return }
        let last = Self.lastComponent(name)
        settings.disposition?.filename = last
    }

    private var name: String {
        switch source {
        case .path(let path, _): path
        case .bytes(_, let name): name
        }
    }

    private static func lastComponent(_ path: String) -> String {
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        return slash.map { String(path[path.utf8.index(after: $0)...]) } ?? path
    }

    /// Whether a file has to be opened.
    public var needsWaiting: Bool {
        if case .path = source { true } else { false }
    }

    /// Makes the response on the threads for files.
    ///
    /// - Parameter request: The request that is answered.
    /// - Returns: The response, or nil for bytes.
    /// - Throws: ``HTTPError`` with status 404 where the file is not there, 412 or 416 where the conditions or the range
    ///   of the request do not fit it.
    public func laterResponse(to request: Request) async throws -> Response? {
        guard needsWaiting else { return nil }
        return try await FileThreads.run { try representation() }.response(to: request)
    }

    /// Makes the response.
    ///
    /// For a file this blocks.
    ///
    /// - Parameter request: The request that is answered.
    /// - Returns: The response.
    /// - Throws: As ``laterResponse(to:)``.
    public func response(to request: Request) throws -> Response { try representation().response(to: request) }

    private func representation() throws -> Representation {
        switch source {
        case .path(let path, let folder):
            guard let full = folder.map({ safeJoin($0, path) }) ?? path,
                let (file, facts) = try FileOpening.open(full, inside: folder), facts.kind == .file
            else { throw HTTPError(.notFound) }
            return FileLoading.representation(file, facts, path: full, name: path, settings)
        case .bytes(let bytes, let name):
            var about = Representation.Description(
                contentType: settings.contentType ?? FileLoading.contentType(FileType(fileName: name)))
            if settings.hasETag { about.etag = ETag(hashing: bytes) }
            about.cacheControl = FileLoading.cacheControl(settings)
            about.disposition = settings.disposition
            return Representation(.bytes(ByteBuffer(bytes: bytes)), size: Int64(bytes.count), about)
        }
    }
}
