// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import PackagePlugin

/// Makes folders of a target part of the program, so that an app is one file with its templates, styles and pictures.
///
///     .executableTarget(name: "App", dependencies: […], plugins: [.plugin(name: "RetortEmbedding", package: "retort")])
///
/// The folders `Templates`, `Static` and `Page` are embedded, or those that `embedding.json` in the target names:
///
///     { "folders": ["Static", { "path": "Texts/Mail", "name": "mails", "compress": false }] }
@main struct RetortEmbedding: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let target = target as? any SourceModuleTarget else { return [] }
        let sources = Set(target.sourceFiles(withSuffix: "swift").map(\.url.path))
        let files = Self.files(in: target.directoryURL).filter { !sources.contains($0.path) }
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
        return [
            .buildCommand(
                displayName: "Embedding files of \(target.name)",
                executable: try context.tool(named: "retort-embedding").url,
                arguments: [output.path, target.directoryURL.path], inputFiles: files, outputFiles: [output])
        ]
    }

    /// Every file that could be embedded: which ones are, the tool finds out, also when the plan changes.
    private static func files(in folder: URL, depth: Int = 0) -> [URL] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().flatMap { name -> [URL] in
            let url = folder.appending(path: name)
            guard depth < 32, !name.hasPrefix("."), url.pathExtension != "docc" else { return [] }
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else { return [] }
            return isFolder.boolValue ? files(in: url, depth: depth + 1) : [url]
        }
    }
}
