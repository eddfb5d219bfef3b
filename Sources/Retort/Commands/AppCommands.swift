// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser

/// The commands that an app adds to `serve`, `routes`, `request` and `config`.
///
///     app.command("seed", "Fills the database.") { try await database.seed() }
///     app.commands.append(ImportCommand.self)
public struct AppCommands: Sendable {
    /// A command: its type, and for a closure what it does.
    struct Entry: Sendable {
        var type: any (ParsableCommand & SendableMetatype).Type
        var name: String
        var summary = ""
        var run: @Sendable (any ParsableArguments) async throws -> Void = { _ in }
    }

    private(set) var entries: [Entry] = []

    init() {}

    /// Adds a command of swift-argument-parser.
    ///
    /// One that needs the app is an ``AppCommand``.
    ///
    /// - Parameter type: The type of the command, whose configuration names it.
    public mutating func append(_ type: any (ParsableCommand & SendableMetatype).Type) {
        entries.append(Entry(type: type, name: type._commandName))
    }

    fileprivate mutating func add<Arguments: ParsableArguments & SendableMetatype>(
        _ name: String, _ summary: String, _ run: @escaping @Sendable (Arguments) async throws -> Void
    ) {
        let type = Self.commandType(CommandSlots.type(entries.count), Arguments.self)
        entries.append(
            Entry(type: type, name: name, summary: summary) { arguments in
                guard let arguments = arguments as? Arguments else { return }
                try await run(arguments)
            })
    }

    private static func commandType<Slot: CommandSlot, Arguments: ParsableArguments & SendableMetatype>(
        _ slot: Slot.Type, _ arguments: Arguments.Type
    ) -> any (ParsableCommand & SendableMetatype).Type { ClosureCommand<Slot, Arguments>.self }
}

extension App {
    /// Adds a command that takes no arguments.
    ///
    /// - Parameters:
    ///   - name: The word that calls it.
    ///   - summary: One line for `--help`.
    ///   - run: What it does. What it throws is printed, and the program ends with status 1.
    public mutating func command(
        _ name: String, _ summary: String = "", _ run: @escaping @Sendable () async throws -> Void
    ) {
        commands.add(name, summary) { (_: NoArguments) in try await run() }
    }

    /// Adds a command that gets the app as it is when the command runs, and the terminal to write to.
    ///
    /// - Parameters:
    ///   - name: The word that calls it.
    ///   - summary: One line for `--help`.
    ///   - run: What it does.
    package mutating func command(
        _ name: String, _ summary: String, _ run: @escaping @Sendable (App, Terminal) async throws -> Void
    ) {
        commands.add(name, summary) { (_: NoArguments) in
            let context = try CommandContext.running()
            try await run(context.app.configured().app, context.terminal)
        }
    }

    /// Adds a command that gets the words behind its name as they are.
    ///
    /// - Parameters:
    ///   - name: The word that calls it.
    ///   - summary: One line for `--help`.
    ///   - run: What it does with the words.
    public mutating func command(
        _ name: String, _ summary: String = "", _ run: @escaping @Sendable ([String]) async throws -> Void
    ) {
        commands.add(name, summary) { (arguments: PlainArguments) in try await run(arguments.words) }
    }

    /// Adds a command whose arguments are a type of swift-argument-parser.
    ///
    ///     struct Amount: ParsableArguments { @Option var rows = 100 }
    ///     app.command("seed", "Fills the database.") { (amount: Amount) in try await seed(amount.rows) }
    ///
    /// - Parameters:
    ///   - name: The word that calls it.
    ///   - summary: One line for `--help`.
    ///   - run: What it does with the arguments.
    public mutating func command<Arguments: ParsableArguments & SendableMetatype>(
        _ name: String, _ summary: String = "", _ run: @escaping @Sendable (Arguments) async throws -> Void
    ) {
        commands.add(name, summary, run)
    }
}

/// A command that needs the app: its configuration, its settings, its log.
///
///     struct ImportCommand: AppCommand {
///         @Argument var file: String
///         func run(_ app: App) async throws { … }
///     }
public protocol AppCommand: AsyncParsableCommand, SendableMetatype {
    /// Does the work.
    ///
    /// - Parameter app: The app, with the settings that its configuration gives.
    /// - Throws: What is printed before the program ends with status 1.
    mutating func run(_ app: App) async throws
}

extension AppCommand {
    /// Does the work with the app whose command line this is.
    ///
    /// - Throws: `ValidationError` outside of ``App/run()``.
    public mutating func run() async throws {
        guard let context = CommandContext.current else {
            throw ValidationError("The command runs within an app: call App.run().")
        }
        try await run(context.app.configured().app)
    }
}

/// The arguments of a command that has none.
struct NoArguments: ParsableArguments {}

/// The arguments of a command that takes words.
struct PlainArguments: ParsableArguments {
    @Argument(parsing: .allUnrecognized, help: "What the command takes.")
    var words: [String] = []
}

/// A command that calls a function.
///
/// Commands of swift-argument-parser are types, and their names belong to the type. So each function has a type of its
/// own, made of a slot that says which one it is.
struct ClosureCommand<Slot: CommandSlot, Arguments: ParsableArguments & SendableMetatype>: AsyncParsableCommand {
    @OptionGroup var arguments: Arguments

    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: entry?.name ?? "", abstract: entry?.summary ?? "")
    }

    private static var entry: AppCommands.Entry? {
        guard let entries = CommandContext.current?.app.commands.entries, entries.indices.contains(Slot.index) else {
            return nil
        }
        return entries[Slot.index]
    }

    func run() async throws { try await Self.entry?.run(arguments) }
}

/// A type that stands for a number.
protocol CommandSlot: SendableMetatype {
    static var index: Int { get }
}

/// The types that stand for 0, 1, 2 and so on.
enum CommandSlots {
    private enum First: CommandSlot {
        static var index: Int { 0 }
    }

    private enum After<Slot: CommandSlot>: CommandSlot {
        static var index: Int { Slot.index + 1 }
    }

    static func type(_ index: Int) -> any CommandSlot.Type {
        var type: any CommandSlot.Type = First.self
        for _ in 0..<index { type = next(type) }
        return type
    }

    private static func next<Slot: CommandSlot>(_ slot: Slot.Type) -> any CommandSlot.Type { After<Slot>.self }
}
