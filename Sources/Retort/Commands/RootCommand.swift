// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import RetortWire

/// The app whose command line is read.
///
/// Commands are types, so this is how they find it.
struct CommandContext: Sendable {
    var app: App
    var terminal: Terminal

    @TaskLocal static var current: CommandContext?

    /// The context of a command that is running.
    static func running() throws -> CommandContext {
        guard let current else { throw ValidationError("The command runs within an app: call App.run().") }
        return current
    }
}

/// The program: what there is to do, of which `serve` is the default.
struct RootCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        let app = CommandContext.current?.app
        let own = app?.commands.entries.map(\.type) ?? []
        return CommandConfiguration(
            commandName: app?.name ?? "app",
            abstract: app.flatMap { $0.summary.isEmpty ? nil : $0.summary } ?? "A web application.",
            discussion: ([
                """
                Without a command it serves, and takes --host, --port, --unix, --workers and --debug at once.
                Every command takes --config FILE, and --set KEY=VALUE for any key that `config` lists.
                """
            ] + (app?.configuration.sources.options ?? []).map { "\($0.name) \($0.value): \($0.help)" })
            .joined(separator: "\n"),
            version: app?.version ?? "",
            subcommands: builtIn + own,
            defaultSubcommand: ServeCommand.self)
    }

    static var builtIn: [any (ParsableCommand & SendableMetatype).Type] {
        [
            ServeCommand.self, RoutesCommand.self, RequestCommand.self, ConfigCommand.self, TemplatesCommand.self,
        ]
    }

    /// A sentence when the first word is no command; nil when it may be one.
    static func unknownCommand(_ arguments: [String], _ app: App) -> String? {
        guard let word = arguments.first, word.utf8.first != UInt8(ascii: "-"), !word.isEmpty else { return nil }
        let types = builtIn + app.commands.entries.map(\.type)
        var names = types.flatMap { [$0._commandName] + $0.configuration.aliases }
        names.append("help")
        guard !names.contains(where: { $0.hasSameBytes(as: word) }) else { return nil }
        let guess = NameSuggestion.closest(to: word, among: names).map { " Did you mean '\($0)'?" } ?? ""
        return "There is no command '\(word)'.\(guess) See '\(app.name) --help'."
    }
}
