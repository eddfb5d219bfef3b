// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// A piece of Swift in a document.
struct CodeBlock: Sendable, CustomTestStringConvertible {
    /// The document, from the root of the package on.
    var document: String
    /// The line of its first fence.
    var line: Int
    /// The code without the indentation that all of its lines have.
    var code: String

    var testDescription: String { "\(document):\(line)" }
}

/// What the documents show and what is compiled.
enum SampleCollection {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The text of a file of the package.
    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    /// README, ARCHITECTURE and the articles of every library.
    static let documents: [String] = {
        var result = ["README.md", "ARCHITECTURE.md"]
        let libraries = [
            "RetortWire", "RetortTemplates", "RetortImaging", "RetortCompute", "RetortServer", "Retort",
            "RetortOpenAPI", "RetortLab", "RetortConsole", "RetortInference", "RetortGRPC",
        ]
        for library in libraries {
            let folder = "Sources/\(library)/Documentation.docc"
            let files = FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path)
            while let file = files?.nextObject() as? String {
                if file.hasSuffix(".md") { result.append("\(folder)/\(file)") }
            }
        }
        return result.sorted()
    }()

    /// The program that the README shows first: `Examples/Hello` below its licence.
    static func hello() throws -> String {
        let lines = try text("Examples/Hello/main.swift").split(separator: "\n", omittingEmptySubsequences: false)
        return unindented(lines.drop { $0.hasPrefix("//") }.map(String.init))
    }

    /// The marked samples by name.
    ///
    /// Each lies between `// sample: NAME` and `// end`.
    static func samples() throws -> [String: String] {
        var result = ["hello": try hello()]
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Samples")
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            var name: String?
            var lines: [String] = []
            for line in try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n") {
                let word = line.trimmingCharacters(in: .whitespaces)
                if word.hasPrefix("// sample: ") {
                    name = String(word.dropFirst("// sample: ".count))
                    lines = []
                } else if word == "// end", let found = name {
                    result[found] = unindented(lines)
                    name = nil
                } else {
                    lines.append(line)
                }
            }
        }
        return result
    }

    /// Every block of Swift in a document.
    static func blocks(in document: String) throws -> [CodeBlock] {
        var result: [CodeBlock] = []
        var open: (line: Int, lines: [String])?
        for (index, line) in try text(document).components(separatedBy: "\n").enumerated() {
            let word = line.trimmingCharacters(in: .whitespaces)
            if let block = open {
                if word == "```" {
                    result.append(CodeBlock(document: document, line: block.line, code: unindented(block.lines)))
                    open = nil
                } else {
                    open?.lines.append(line)
                }
            } else if word == "```swift" {
                open = (index + 1, [])
            }
        }
        return result
    }

    static func unindented(_ lines: [String]) -> String {
        let full = lines.filter { !$0.allSatisfy(\.isWhitespace) }
        let indentation = full.map { $0.prefix { $0 == " " }.count }.min() ?? 0
        return lines.map { $0.allSatisfy(\.isWhitespace) ? "" : String($0.dropFirst(indentation)) }
            .joined(separator: "\n").trimmingCharacters(in: .newlines)
    }
}
