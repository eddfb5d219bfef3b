// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A file that is part of the program.
///
/// The plugin `RetortEmbedding` writes them. Text lies in the program as it is and is not copied before somebody asks for
/// it; other bytes lie there in base64.
public struct EmbeddedFile: Sendable {
    /// The path below the folder that was embedded, with `/` between its parts.
    public let path: String

    /// How many bytes the file has.
    public let size: Int

    /// The SHA-256 of the bytes in 64 hexadecimal digits.
    public let digest: String

    private let content: Content

    /// The same in gzip, where that is much smaller; in base64.
    private let compressed: StaticString?

    private enum Content: Sendable {
        case text(StaticString)
        case base64(StaticString)
        case bytes([UInt8])
    }

    /// Creates a file of text.
    ///
    /// - Parameters:
    ///   - path: The path below the folder.
    ///   - text: The text.
    ///   - digest: Its SHA-256 in hexadecimal digits.
    ///   - gzip: The text in gzip, in base64; nil for none.
    public init(_ path: String, text: StaticString, digest: StaticString, gzip: StaticString? = nil) {
        self.path = path
        size = text.withUTF8Buffer { $0.count }
        self.digest = digest.description
        content = .text(text)
        compressed = gzip
    }

    /// Creates a file of bytes that are no text.
    ///
    /// - Parameters:
    ///   - path: The path below the folder.
    ///   - base64: The bytes in base64 with padding.
    ///   - size: How many bytes they are.
    ///   - digest: Their SHA-256 in hexadecimal digits.
    ///   - gzip: The bytes in gzip, in base64; nil for none.
    public init(
        _ path: String, base64: StaticString, size: Int, digest: StaticString, gzip: StaticString? = nil
    ) {
        self.path = path
        self.size = size
        self.digest = digest.description
        content = .base64(base64)
        compressed = gzip
    }

    /// Creates a file of bytes that the running program has made.
    ///
    /// - Parameters:
    ///   - path: The path below the folder.
    ///   - bytes: The bytes.
    ///   - digest: Their SHA-256 in hexadecimal digits, or another text that changes with them.
    public init(_ path: String, bytes: [UInt8], digest: String) {
        self.path = path
        size = bytes.count
        self.digest = digest
        content = .bytes(bytes)
        compressed = nil
    }

    /// The bytes of the file, as a copy.
    ///
    /// - Complexity: Linear in the size of the file.
    public var bytes: [UInt8] {
        switch content {
        case .text(let text): text.withUTF8Buffer { [UInt8]($0) }
        case .base64(let text): Base64Text.bytes(text)
        case .bytes(let bytes): bytes
        }
    }

    /// The bytes as a gzip stream; nil where that is hardly smaller.
    ///
    /// - Complexity: Linear in the size of the stream.
    public var gzip: [UInt8]? { compressed.map { Base64Text.bytes($0) } }

    /// The file as text; nil where it is not UTF-8.
    ///
    /// - Complexity: Linear in the size of the file.
    public var text: String? { String(validating: bytes, as: UTF8.self) }
}
