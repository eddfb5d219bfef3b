// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What the name of a file says about its bytes.
public struct FileType: Hashable, Sendable {
    /// The type of the content, after its encoding is undone.
    public var mediaType: MediaType

    /// The content coding, such as `gzip`, `br` or `zstd`, or nil where there is none.
    ///
    /// Send it as `Content-Encoding` when the file is shown. Leave it out for a download, or browsers unpack the
    /// archive that somebody wanted to keep.
    public var contentCoding: String?

    /// Creates a file type.
    ///
    /// - Parameters:
    ///   - mediaType: The type of the content.
    ///   - contentCoding: The content coding, or nil.
    public init(mediaType: MediaType, contentCoding: String? = nil) {
        self.mediaType = mediaType
        self.contentCoding = contentCoding
    }

    /// Guesses the type of a file from its name alone.
    ///
    /// The extension decides, without regard to case. Behind `.gz`, `.br` or `.zst` the one before it counts, so
    /// `app.js.br` is JavaScript. Where that one says nothing, `data.gz` is an archive. Returns nil for a name without
    /// a known extension; `application/octet-stream` is the right answer to a client then.
    ///
    /// - Parameter name: The name or path of the file.
    public init?(fileName name: String) {
        var parts = name.utf8[...].lastComponent.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        // Without a dot there is no extension, and a dot in front only hides the file.
        guard parts.count > 1, let last = parts.popLast().flatMap(Self.extensionName) else { return nil }
        guard let coding = Self.codings[last] else {
            guard let type = MediaType(fileExtension: last), parts.count > 1 || parts.first?.isEmpty == false
            else { return nil }
            self.init(mediaType: type)
            return
        }
        if parts.count > 1, let inner = parts.popLast().flatMap(Self.extensionName), Self.codings[inner] == nil,
            let type = MediaType(fileExtension: inner)
        {
            self.init(mediaType: type, contentCoding: coding)
        } else if let type = MediaType(fileExtension: last) {
            self.init(mediaType: type)
        } else {
            return nil
        }
    }

    private static let codings = ["gz": "gzip", "br": "br", "zst": "zstd"]

    /// An extension in small letters; nil for one that no table can hold, so that look-ups compare bytes only.
    private static func extensionName(_ bytes: Substring.UTF8View) -> String? {
        guard (1...16).contains(bytes.count), bytes.allSatisfy({ $0 < 128 }) else { return nil }
        return String(Substring(bytes)).asciiLowercased
    }
}

extension MediaType {
    /// The type of files with an extension, or nil where it is not known.
    ///
    /// - Parameter fileExtension: The extension without its dot; case does not matter.
    public init?(fileExtension: String) {
        guard fileExtension.utf8.allSatisfy({ $0 < 128 }),
            let essence = FileExtensions.types[fileExtension.asciiLowercased]
        else { return nil }
        self.init(essence)
    }
}

extension Substring.UTF8View {
    /// What stands behind the last slash or backslash.
    fileprivate var lastComponent: Substring.UTF8View {
        guard let slash = lastIndex(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }) else { return self }
        return self[index(after: slash)...]
    }
}
