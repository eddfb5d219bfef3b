// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import RetortTemplates

/// `templates`: what there is of templates, and whether they can be compiled.
struct TemplatesCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "templates", abstract: "Lists the templates, and finds mistakes in them.",
            subcommands: [TemplatesCheckCommand.self, TemplatesListCommand.self, TemplatesMessagesCommand.self],
            defaultSubcommand: TemplatesListCommand.self)
    }
}

/// `templates list`: all templates with what they want from outside.
struct TemplatesListCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "Lists the templates with the names that they want.")
    }

    func run() async throws {
        let context = try CommandContext.running()
        let environment = try context.app.freeze().templates.environment
        let names = try environment.templateNames()
        guard !names.isEmpty else { return context.terminal.print("There are no templates.") }
        var table = TextTable(["TEMPLATE", "WANTS"])
        for name in names {
            let wanted = (try? environment.template(name))?.variables.filter { !environment.isGlobal($0) } ?? []
            table.add([name, wanted.joined(separator: ", ")])
        }
        for line in table.lines(context.terminal) { context.terminal.print(line) }
    }
}

/// `templates check`: compiles all templates, and names what cannot work.
struct TemplatesCheckCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "check",
            abstract: "Compiles all templates; names unknown filters, missing templates and names that nobody passes.")
    }

    @Option(
        help: "A name that every page passes; may be repeated. Then all templates are compared with what is passed.")
    var passes: [String] = []

    func run() async throws {
        let context = try CommandContext.running()
        let templates = try context.app.freeze().templates
        let check = TemplatesCheck(templates, passes: passes)
        let problems = try check.problems()
        for problem in problems { context.terminal.print(problem) }
        for remark in try check.remarks() { context.terminal.print(remark) }
        let count = try templates.environment.templateNames().count
        guard problems.isEmpty else {
            throw ValidationError("\(problems.count) of the problems above are to be mended.")
        }
        context.terminal.print("\(count) \(count == 1 ? "template is" : "templates are") all right.")
    }
}

/// `templates messages`: the texts that are to be translated.
struct TemplatesMessagesCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "messages",
            abstract: "Prints the texts of all templates that are to be translated, as a template of a catalog (.pot).")
    }

    func run() async throws {
        let context = try CommandContext.running()
        let environment = try context.app.freeze().templates.environment
        var messages: [ExtractedMessage] = []
        for name in try environment.templateNames() { messages += try environment.template(name).messages() }
        for line in CatalogTemplate.text(messages).split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            context.terminal.print(String(line))
        }
    }
}
