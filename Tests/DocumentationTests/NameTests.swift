// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The names of Swift that documents mention are names that the sources have.
@Suite struct NameTests {
    /// Words in code that are nobody's names here: other programs, systems and protocols.
    private static let others: Set<String> = [
        "swift", "nginx", "curl", "make", "run", "test", "libssl3", "zlib1g", "shelf", "sendfile", "onThread", "async",
        "await",
        "RetortWireTests", "Tests", "RetortTemplates", "RetortImaging", "RetortInference", "stream_template", "env",
        "weather",
        "api_key", "apiKey", "var", "TimeoutStopSec", "EnvironmentFile", "EventSource", "makeApp", "show", "cooking",
        "travel", "name", "id",
        "Filter", "Book", "Momo", "lazy", "wss", "true", "false",
    ]

    /// Every word of the sources and of the samples.
    private static let words: Set<String> = {
        var result: Set<String> = []
        for folder in ["Sources", "Tests/DocumentationTests/Samples", "Examples"] {
            let root = SampleCollection.root.appendingPathComponent(folder).resolvingSymlinksInPath().path
            let files = FileManager.default.enumerator(atPath: root)
            while let file = files?.nextObject() as? String {
                guard file.hasSuffix(".swift") else { continue }
                result.formUnion(file.split { $0 == "/" || $0 == "." }.map(String.init))
                guard let text = try? String(contentsOfFile: "\(root)/\(file)", encoding: .utf8) else { continue }
                for word in text.utf8.split(whereSeparator: { !isPartOfName($0) }) {
                    result.insert(String(Substring(word)))
                }
            }
        }
        return result
    }()

    private static func isPartOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }

    /// The pieces of code in the running text: not the blocks, and of the table for Flask only what is Retort's.
    private static func spans(_ document: String) throws -> [String] {
        var result: [String] = []
        var isInBlock = false
        for line in try SampleCollection.text(document).components(separatedBy: "\n") {
            if line.hasPrefix("```") { isInBlock.toggle() }
            guard !isInBlock, !line.hasPrefix("    "), !line.hasPrefix("```") else { continue }
            var text = line
            if document.hasSuffix("DiffersFromFlask.md"), line.hasPrefix("|") {
                text = line.components(separatedBy: " | ").dropFirst().joined(separator: " ")
            }
            let parts = text.replacingOccurrences(of: "``", with: "`").components(separatedBy: "`")
            for (index, part) in parts.enumerated() where !index.isMultiple(of: 2) { result.append(part) }
        }
        return result
    }

    /// The words of a piece of code if it looks like a name with or without arguments, such as `.csrf()` or `App.run()`.
    private static func names(_ span: String) -> [String] {
        let head = span.prefix { $0 != "(" && $0 != "<" }
        let isName = !head.isEmpty && head.utf8.allSatisfy { isPartOfName($0) || [46, 47, 63].contains($0) }
        guard isName, !head.hasPrefix("/"), !head.hasSuffix(".swift"), !head.hasSuffix(".md") else { return [] }
        return head.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
            .filter { $0.utf8.count > 2 && $0.contains { $0.isLowercase } && !($0.first?.isNumber ?? true) }
    }

    @Test(arguments: SampleCollection.documents.filter { $0.contains(".docc") || $0 == "ARCHITECTURE.md" })
    func everyNameExists(_ document: String) throws {
        let unknown = try Set(Self.spans(document).flatMap(Self.names)).subtracting(Self.words).subtracting(Self.others)
        #expect(unknown.isEmpty, "\(document) names what is not there: \(unknown.sorted())")
    }
}
