// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import FileEmbedding

@Suite struct EmbeddingPlanTests {
    private func plan(_ json: String) throws -> EmbeddingPlan { try EmbeddingPlan(json: Data(json.utf8)) }

    private func folder(_ path: String, _ name: String, _ compresses: Bool = true) -> EmbeddingPlan.Folder {
        EmbeddingPlan.Folder(path: path, name: name, compresses: compresses)
    }

    @Test func foldersAreNamed() throws {
        let plan = try plan(
            #"{"folders": ["Static", "Mail/HTML", "Web/Templates", {"path": "a-b c", "name": "x", "compress": false}]}"#
        )
        #expect(
            plan.folders == [
                folder("Static", "static"), folder("Mail/HTML", "html"), folder("Web/Templates", "templates", false),
                folder("a-b c", "x", false),
            ])
    }

    @Test func usualFoldersNeedNoPlan() {
        let plan = EmbeddingPlan(byConvention: ["main.swift", "templates", "Static", "Tests", "static"])
        #expect(plan.folders == [folder("Static", "static"), folder("templates", "templates", false)])
        #expect(EmbeddingPlan(byConvention: ["Sources"]).folders.isEmpty)
    }

    @Test(arguments: [
        (
            #"{"folders": "Static"}"#,
            #"embedding.json must be like {"folders": ["Static", {"path": "Mail", "name": "mails"}]}."#
        ),
        ("", #"embedding.json must be like {"folders": ["Static", {"path": "Mail", "name": "mails"}]}."#),
        (#"{"folder": []}"#, "embedding.json says `folder`; known are folders."),
        (
            #"{"folders": [{"path": "A", "gzip": true}]}"#,
            "embedding.json says `gzip`; known are compress, name, path."
        ),
        (#"{"folders": ["../A"]}"#, "embedding.json: `../A` is no path of a folder inside the target."),
        (#"{"folders": ["/etc"]}"#, "embedding.json: `/etc` is no path of a folder inside the target."),
        (#"{"folders": [""]}"#, "embedding.json: `` is no path of a folder inside the target."),
        (
            #"{"folders": ["1st"]}"#,
            #"embedding.json: `1st` cannot be the name of a property; say another one with "name"."#
        ),
        (
            #"{"folders": ["A", "B/A"]}"#,
            #"embedding.json has two folders named `a`; give one of them another "name"."#
        ),
    ]) func mistakesAreNamed(json: String, sentence: String) {
        let error = #expect(throws: EmbeddingError.self) { try plan(json) }
        #expect(error?.description == sentence)
    }

    @Test(arguments: [
        ("Static", "static"), ("HTML", "html"), ("mailTexts", "mailTexts"), ("Mail Texts", "mailTexts"),
        ("mail-texts_2", "mailTexts2"), ("é", "é"),
    ]) func namesAreThoseOfProperties(folder: String, name: String) {
        #expect(EmbeddingPlan.name(of: folder) == name)
    }

    @Test func aFolderThatIsMissingIsNamed() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "embedding-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try EmbeddingWriter.source(target: folder.path) == "// Made by RetortEmbedding from files.\n")
        try Data(#"{"folders": ["Nowhere"]}"#.utf8).write(to: folder.appending(path: "embedding.json"))
        let error = #expect(throws: EmbeddingError.self) { try EmbeddingWriter.source(target: folder.path) }
        #expect(error?.description == "There is no folder `Nowhere` in the target.")
    }
}
