// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import Retort
import RetortServer
import RetortWire

extension Console {
    /// A picture that the console offers.
    public struct Example: Sendable {
        /// What the picture is called.
        public var name: String

        let source: Source

        enum Source: Sendable {
            case url(String)
            case bytes([UInt8], fileName: String, digest: String)
        }

        /// A picture that somebody serves already.
        ///
        /// - Parameters:
        ///   - name: What the picture is called.
        ///   - url: Its URL; a path is one of the app, to which the prefix of a proxy is added. Of other sites the page
        ///     loads the small picture, and the operation must be able to fetch the large one.
        public init(_ name: String, url: String) {
            self.name = name
            source = .url(url)
        }

        /// A picture that the console serves.
        ///
        /// - Parameters:
        ///   - name: What the picture is called.
        ///   - bytes: A file of JPEG, PNG, WebP, GIF, AVIF, BMP or TIFF; the bytes say which.
        public init(_ name: String, bytes: [UInt8]) {
            self.name = name
            let stem = secureFilename(name)
            let fileName = (stem.isEmpty ? "picture" : stem) + PictureFormat.suffix(of: bytes)
            source = .bytes(bytes, fileName: fileName, digest: ETag(hashing: bytes).tag)
        }

        /// A picture that is part of the program, which the console serves.
        ///
        /// - Parameters:
        ///   - name: What the picture is called.
        ///   - file: A file that the plugin `RetortEmbedding` has embedded.
        public init(_ name: String, file: EmbeddedFile) {
            self.name = name
            let last = file.path.utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) }
            source = .bytes(file.bytes, fileName: secureFilename(last ?? "picture"), digest: file.digest)
        }

        /// Pictures that are part of the program: all files of a folder, called as their files are.
        ///
        /// - Parameter files: The folder.
        /// - Returns: The pictures in the order of their paths: `old-harbour.jpg` is called "Old harbour".
        public static func all(of files: EmbeddedFiles) -> [Example] {
            files.files.map { file in
                let last = file.path.utf8.split(separator: UInt8(ascii: "/")).last ?? file.path.utf8[...]
                let stem = last.lastIndex(of: UInt8(ascii: ".")).map { last[..<$0] } ?? last
                let words = String(Substring(stem)).map { $0 == "-" || $0 == "_" ? " " : $0 }
                return Example((words.first?.uppercased() ?? "") + String(words.dropFirst()), file: file)
            }
        }

        /// The file that the console serves, below the path of its examples.
        func served(number: Int) -> EmbeddedFile? {
            guard case .bytes(let bytes, let fileName, let digest) = source else { return nil }
            return EmbeddedFile("\(number + 1)/\(fileName)", bytes: bytes, digest: digest)
        }
    }
}

/// The formats of pictures, by how their files begin.
enum PictureFormat {
    /// The end of the file's name, with the dot; empty for what is none.
    static func suffix(of bytes: [UInt8]) -> String {
        func has(_ text: StaticString, at start: Int) -> Bool {
            text.withUTF8Buffer { bytes.dropFirst(start).starts(with: $0) }
        }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return ".jpg" }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return ".png" }
        if has("RIFF", at: 0), has("WEBP", at: 8) { return ".webp" }
        if has("GIF8", at: 0) { return ".gif" }
        if has("ftypavif", at: 4) { return ".avif" }
        if has("BM", at: 0) { return ".bmp" }
        if bytes.starts(with: [0x49, 0x49, 0x2A, 0x00]) || bytes.starts(with: [0x4D, 0x4D, 0x00, 0x2A]) {
            return ".tiff"
        }
        return ""
    }
}
