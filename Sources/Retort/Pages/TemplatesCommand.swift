// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import RetortTemplates

/// `templates`: what there is of templates, and whether they can be compiled.
struct TemplatesCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "templates", abstract: "Lists the templates, and finds mistakes in them.",
            subcommands: [TemplatesCheckCommand.self, TemplatesListCommand.self],
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

    @Option(help: "A name that pages pass; may be repeated. Names that no page passes are reported then.")
    var passes: [String] = []

    func run() async throws {
        let context = try CommandContext.running()
        let environment = try context.app.freeze().templates.environment
        let problems = try TemplatesCheck(environment, passes: passes).problems()
        for problem in problems { context.terminal.print(problem) }
        let count = try environment.templateNames().count
        guard problems.isEmpty else {
            throw ValidationError("\(problems.count) of the problems above are to be mended.")
        }
        context.terminal.print("\(count) \(count == 1 ? "template is" : "templates are") all right.")
    }
}

/// Looks for mistakes in all templates of an environment.
struct TemplatesCheck {
    private static let given = [
        "request", "session", "config", "url_for", "get_flashed_messages", "csrf_token", "csrf_input", "csp_nonce",
        "language",
    ]
    private let environment: TemplateEnvironment
    private let passes: [String]

    init(_ environment: TemplateEnvironment, passes: [String]) {
        self.environment = environment
        self.passes = passes
    }

    /// A sentence for each mistake.
    func problems() throws -> [String] {
        var problems: [String] = []
        for name in try environment.templateNames() {
            do {
                let template = try environment.template(name)
                for reference in template.references {
                    do { _ = try environment.template(reference) } catch let error as TemplateError
                        where error.code == .notFound
                    {
                        problems.append("\(name): uses the template \(error.message)")
                    } catch {}
                }
                guard !passes.isEmpty else { continue }
                for variable in template.variables where !isKnown(variable) {
                    problems.append("\(name): no page passes '\(variable)'.")
                }
            } catch let error as TemplateError {
                problems.append("\(name): \(error)")
            }
        }
        return problems
    }

    private func isKnown(_ name: String) -> Bool {
        environment.isGlobal(name) || Self.given.contains(name) || passes.contains(name)
    }
}
