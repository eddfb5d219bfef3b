// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `config`: lists every setting with its value and where that is from.
struct ConfigCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "config", abstract: "Lists the settings, their values and where those are from.",
            discussion: "Secrets are never shown. Keys of the app are listed without their values.")
    }

    @Flag(help: "Tells what each setting is for, and its name in the environment.")
    var docs = false

    func run() async throws {
        let context = try CommandContext.running()
        let app = context.app
        let resolved = try ResolvedSettings(app.settings, app.configuration)
        for warning in resolved.warnings { context.terminal.warn("Warning: \(warning)") }
        var table = TextTable(docs ? ["NAME", "VARIABLE", "TAKES", "FOR"] : ["NAME", "VALUE", "FROM"])
        let prefix = app.configuration.sources.environmentPrefix
        let defaults = Settings()
        for setting in SettingTable.all {
            let name = setting.key
            if docs {
                table.add([name, VariableName.join(prefix, VariableName.encode(name)), setting.form, setting.summary])
            } else {
                let value = setting.show(resolved.settings).map { LogText.escaped($0) } ?? "-"
                table.add([name, value, resolved.place(setting, defaults: defaults)])
            }
        }
        if !docs {
            for (key, place) in try otherKeys(app) { table.add([key, Secret.mask, place]) }
        }
        for line in table.lines(context.terminal) { context.terminal.print(line) }
    }

    /// Keys of the app in files and on the command line.
    ///
    /// Which variables of the environment are its own nobody knows.
    private func otherKeys(_ app: App) throws -> [(String, String)] {
        var seen: Set<String> = []
        var keys: [(String, String)] = []
        for layer in try app.configuration.layers().all where !layer.isEnvironment {
            for (name, entry) in layer.entries.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
            where !layer.setsOwnKey(name) && seen.insert(name).inserted {
                keys.append((name, layer.place(name, entry)))
            }
        }
        return keys
    }
}
