// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import RetortServer
import RetortWire

/// Makes what is sent out of what is on the disk.
///
/// Everything here blocks.
enum FileLoading {
    /// Up to so many bytes are read into memory; a larger file is copied to the socket by the kernel.
    static let mostInMemory = 262_144

    /// What an answer says that the file itself does not.
    struct Settings: Sendable {
        var contentType: String?
        var maxAge: Duration?
        var isImmutable = false
        var disposition: ContentDisposition?
        var hasETag = true
    }

    /// Makes a representation of an open file.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - facts: What is known of it.
    ///   - path: Its path, for its tag.
    ///   - name: The name that says what it is.
    ///   - settings: What else there is to say.
    ///   - coding: The coding of a neighbour that is sent in its place.
    ///   - varies: Whether there are such neighbours.
    /// - Returns: The representation.
    static func representation(
        _ file: OpenFile, _ facts: FileFacts, path: String, name: String, _ settings: Settings,
        coding: String? = nil, varies: Bool = false
    ) -> Representation {
        let type = FileType(fileName: name)
        var about = Representation.Description(
            contentType: settings.contentType ?? contentType(type), contentCoding: coding)
        if coding == nil, settings.contentType == nil, settings.disposition?.kind != .attachment {
            about.contentCoding = type?.contentCoding
        }
        if settings.hasETag {
            about.etag = ETag(fileModified: facts.modified, size: facts.size, path: path)
        }
        about.lastModified = HTTPDate(secondsSince1970: floorSeconds(facts.modified))
        about.cacheControl = cacheControl(settings)
        about.disposition = settings.disposition
        about.variesByEncoding = varies
        if facts.size <= mostInMemory, let bytes = FileOpening.read(file, count: Int(facts.size)) {
            return Representation(.bytes(ByteBuffer(bytes: bytes)), size: facts.size, about)
        }
        return Representation(.file(file), size: facts.size, about)
    }

    static func contentType(_ type: FileType?) -> String {
        (type?.mediaType ?? .octetStream).withDefaultCharset.description
    }

    static func cacheControl(_ settings: Settings) -> ResponseCacheControl {
        guard let maxAge = settings.maxAge else { return .alwaysChecked }
        return .publicly(for: maxAge, isImmutable: settings.isImmutable)
    }

    private static func floorSeconds(_ nanoseconds: Int64) -> Int64 {
        let (quotient, remainder) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
