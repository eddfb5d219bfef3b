// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import PackagePlugin

/// Makes the documentation comments of a target's inputs known to the program, for documents and forms.
///
///     .executableTarget(name: "App", dependencies: […], plugins: [.plugin(name: "RetortDocumentation", package: "retort")])
@main struct RetortDocumentation: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let target = target as? any SourceModuleTarget else { return [] }
        let sources = target.sourceFiles(withSuffix: "swift").map(\.url)
        let output = context.pluginWorkDirectoryURL.appending(path: "Documentation.swift")
        return [
            .buildCommand(
                displayName: "Collecting documentation comments of \(target.name)",
                executable: try context.tool(named: "retort-documentation").url,
                arguments: [output.path] + sources.map(\.path), inputFiles: sources, outputFiles: [output])
        ]
    }
}
