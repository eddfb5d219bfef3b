// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HTTPTypes
import RetortServer
import RetortWire

/// `request`: answers one request in process, for scripts and for a quick look.
struct RequestCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "request", abstract: "Answers one request in process and prints the body.",
            discussion: "The exit code is 22 when the status is 400 or more, and 0 otherwise.")
    }

    @Argument(help: "The method, such as GET.")
    var method: String

    @Argument(help: "The path with its query, or a whole URL.")
    var path: String

    @Option(name: [.customShort("H"), .long], parsing: .unconditionalSingleValue, help: "A header, as 'Name: value'.")
    var header: [String] = []

    @Option(name: [.short, .long], parsing: .unconditional, help: "A body as it is.")
    var data: String?

    @Option(parsing: .unconditional, help: "A body of JSON.")
    var json: String?

    @Option(
        name: [.customShort("F"), .long], parsing: .unconditionalSingleValue, help: "A form's field, as name=value.")
    var form: [String] = []

    @Flag(name: [.short, .long], help: "Prints the status and the headers too.")
    var include = false

    @Flag(help: "Shows what went wrong on error pages.")
    var debug = false

    /// The exit code for an answer of 400 or more, as curl has it with --fail-with-body.
    static let failedStatus: Int32 = 22

    func validate() throws {
        guard [data != nil, json != nil, !form.isEmpty].filter(\.self).count <= 1 else {
            throw ValidationError("Use one of --data, --json and --form.")
        }
        _ = try draft()
    }

    private func draft() throws -> RequestDraft {
        var draft = try RequestDraft(method: method, url: path)
        for line in header { try draft.addHeader(line) }
        if let data { draft.setBody(Array(data.utf8), "application/x-www-form-urlencoded") }
        if let json { draft.setBody(Array(json.utf8), "application/json") }
        if !form.isEmpty { try draft.setForm(form) }
        return draft
    }

    func run() async throws {
        let context = try CommandContext.running()
        var app = context.app
        if debug { app.configuration.set("debug", "true") }
        app = try app.configured().app
        let request = try draft().request()
        let frozen = try app.freeze()
        let status = Status()
        try await app.whileStarted {
            let response =
                switch frozen.respond(to: request) {
                case .now(let response): response
                case .later(let work): await work()
                }
            status.code = response.status.code
            if include { context.terminal.print(head(response)) }
            if request.head.method != .head {
                try await ResponsePrinter(terminal: context.terminal).print(response.body)
            }
        }
        if status.code >= 400 { throw ExitCode(Self.failedStatus) }
    }

    private final class Status {
        var code = 0
    }

    private func head(_ response: Response) -> String {
        let reason = response.status.reasonPhrase
        var lines = ["HTTP/1.1 \(response.status.code)\(reason.isEmpty ? "" : " \(reason)")"]
        lines += response.headers.map { "\($0.name.canonicalName): \($0.value)" }
        if let length = response.body.length { lines.append("content-length: \(length)") }
        return lines.joined(separator: "\n") + "\n"
    }
}
