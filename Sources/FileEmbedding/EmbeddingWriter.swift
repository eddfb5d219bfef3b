// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Writes the files of folders as code.
///
/// A file is one literal of a string, which the compiler copies into the program at tens of megabytes a second; literals
/// of arrays would take it minutes.
package struct EmbeddingWriter {
    /// The most bytes of a target's files together.
    package static let mostBytes = 64 << 20

    private let target: URL
    private var total = 0

    private init(target: URL) { self.target = target }

    /// The code for a target.
    ///
    /// - Parameter target: The path of the target's folder.
    /// - Returns: A file of Swift.
    /// - Throws: ``EmbeddingError`` for a plan that is none and files that cannot be read.
    package static func source(target: String) throws -> String {
        var writer = EmbeddingWriter(target: URL(fileURLWithPath: target, isDirectory: true))
        return try writer.source()
    }

    private mutating func source() throws -> String {
        var text = "// Made by RetortEmbedding from files.\n"
        let plan = try plan()
        guard !plan.folders.isEmpty else { return text }
        text += "\nimport RetortEmbedded\n\nextension EmbeddedFiles {\n"
        text += try plan.folders.map { try property($0) }.joined(separator: "\n")
        return text + "}\n"
    }

    private func plan() throws -> EmbeddingPlan {
        let file = target.appendingPathComponent(EmbeddingPlan.fileName)
        if let json = FileManager.default.contents(atPath: file.path) { return try EmbeddingPlan(json: json) }
        let entries = try Self.entries(target.path)
        return EmbeddingPlan(
            byConvention: entries.filter { Self.isFolder(target.appendingPathComponent($0).path) })
    }

    private mutating func property(_ folder: EmbeddingPlan.Folder) throws -> String {
        let root = target.appendingPathComponent(folder.path).path
        guard Self.isFolder(root) else { throw EmbeddingError("There is no folder `\(folder.path)` in the target.") }
        var paths: [String] = []
        try Self.collect(root, "", 0, &paths)
        var lines = [
            "    /// The files of `\(folder.path)`.",
            "    static let `\(folder.name)`: EmbeddedFiles = {",
            "        var files: [EmbeddedFile] = []",
        ]
        var names = ""
        for path in paths.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            let bytes = try read("\(root)/\(path)")
            let digest = try ContentFacts.digest(bytes)
            names += "\(path)\0\(digest)\0"
            let gzip = folder.compresses ? try ContentFacts.gzip(bytes) : nil
            lines.append("        files.append(\(Self.value(path, bytes, digest: digest, gzip: gzip)))")
        }
        let digest = try ContentFacts.digest(Array(names.utf8))
        lines += ["        return EmbeddedFiles(files, digest: \"\(digest)\")", "    }()", ""]
        return lines.joined(separator: "\n")
    }

    private mutating func read(_ path: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw EmbeddingError("\(path) cannot be read.")
        }
        total += data.count
        guard total <= Self.mostBytes else {
            throw EmbeddingError(
                "The files to embed have more than \(Self.mostBytes >> 20) MB; serve the large ones from a folder.")
        }
        return [UInt8](data)
    }

    // MARK: Code

    static func value(_ path: String, _ bytes: [UInt8], digest: String, gzip: [UInt8]?) -> String {
        var text = "EmbeddedFile(\(literal(path)), "
        if let content = String(validating: bytes, as: UTF8.self), !bytes.contains(0) {
            text += "text: \(literal(content))"
        } else {
            text += "base64: \"\(Data(bytes).base64EncodedString())\", size: \(bytes.count)"
        }
        text += ", digest: \"\(digest)\""
        if let gzip { text += ", gzip: \"\(Data(gzip).base64EncodedString())\"" }
        return text + ")"
    }

    /// A literal whose bytes are those of a text.
    ///
    /// What an editor or the compiler could take for something else is written as a number, line ends among it: in a
    /// literal of several lines the compiler would turn CR LF into LF.
    static func literal(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x22: result += "\\\""
            case 0x5C: result += "\\\\"
            case 0x0A: result += "\\n"
            case 0x0D: result += "\\r"
            case 0x09: result += "\\t"
            case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    // MARK: The disk

    private static func isFolder(_ path: String) -> Bool {
        var facts = stat()
        return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
    }

    private static func entries(_ path: String) throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".") }
        } catch {
            throw EmbeddingError("The folder \(path) cannot be listed: \(error)")
        }
    }

    /// The paths of all files, without those whose names begin with a dot.
    private static func collect(_ root: String, _ prefix: String, _ depth: Int, _ paths: inout [String]) throws {
        // A link to a folder around it would lead round for ever.
        guard depth < 32 else { throw EmbeddingError("The folders in \(root) are more than 32 deep.") }
        for name in try entries("\(root)/\(prefix)") {
            let path = prefix + name
            if isFolder("\(root)/\(path)") {
                try collect(root, path + "/", depth + 1, &paths)
            } else {
                paths.append(path)
            }
        }
    }
}
