// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// What the documents say must be so: their code compiles, and their links lead somewhere.
@Suite struct DocumentTests {
    static let blocks = (try? SampleCollection.documents.flatMap { try SampleCollection.blocks(in: $0) }) ?? []

    @Test func thereAreDocumentsAndBlocks() {
        #expect(SampleCollection.documents.count > 15)
        #expect(Self.blocks.count > 40)
    }

    @Test(arguments: blocks)
    func everyBlockOfSwiftIsCompiled(_ block: CodeBlock) throws {
        let isCompiled = try SampleCollection.samples().values.contains(block.code)
        #expect(isCompiled, "\(block.testDescription) is no sample of this target: run Scripts/update-readme")
    }

    @Test func everySampleIsShown() throws {
        let shown = Set(Self.blocks.map(\.code))
        for (name, code) in try SampleCollection.samples() {
            #expect(shown.contains(code), "no document shows the sample \(name)")
        }
    }

    @Test func theReadmeBeginsWithTheExample() throws {
        let first = try #require(try SampleCollection.blocks(in: "README.md").first)
        let hello = try SampleCollection.hello()
        #expect(first.code == hello)
        #expect(first.code.components(separatedBy: "\n").count == 5)
    }

    @Test func theReadmeNamesThePackageAsItIs() throws {
        let manifest = try SampleCollection.text("Package.swift")
        let readme = try SampleCollection.text("README.md")
        #expect(manifest.contains("name: \"retort\""))
        #expect(manifest.contains(".library(name: \"Retort\""))
        #expect(readme.contains(".product(name: \"Retort\", package: \"retort\")"))
        #expect(readme.contains("<!-- results:begin -->"))
        #expect(readme.contains("<!-- results:end -->"))
    }

    @Test(arguments: ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"])
    func everyRelativeLinkLeadsToAFile(_ document: String) throws {
        var rest = try SampleCollection.text(document)[...]
        var count = 0
        while let start = rest.range(of: "](") {
            rest = rest[start.upperBound...]
            guard let end = rest.firstIndex(of: ")") else { break }
            let target = rest[..<end].prefix { $0 != "#" }
            if target.isEmpty || target.contains("://") { continue }
            count += 1
            let path = SampleCollection.root.appendingPathComponent(String(target)).path
            #expect(FileManager.default.fileExists(atPath: path), "\(document) links to \(target)")
        }
        #expect(count > 0)
    }

    @Test func everyFileThatTheArchitectureNamesExists() throws {
        let text = try SampleCollection.text("ARCHITECTURE.md")
        var names: Set<String> = []
        for part in text.components(separatedBy: "`") where part.hasSuffix(".swift") && !part.contains(" ") {
            names.insert(part)
        }
        #expect(names.count > 10)
        for name in names {
            let path = SampleCollection.root.appendingPathComponent("Sources/\(name)").path
            #expect(FileManager.default.fileExists(atPath: path), "ARCHITECTURE.md names \(name)")
        }
    }
}
