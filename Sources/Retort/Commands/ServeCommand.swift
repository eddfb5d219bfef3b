// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `serve`: answers requests until it is told to stop.
struct ServeCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "serve", abstract: "Answers requests until it is told to stop.")
    }

    @Option(help: "Name or address to listen on; 0.0.0.0 for every one of the machine.")
    var host: String?

    @Option(help: "TCP port to listen on; 0 for one that is free.")
    var port: Int?

    @Option(help: "Path of a Unix domain socket to listen on instead of a port.")
    var unix: String?

    @Option(help: "Event loops, each a thread. The default is one for each core.")
    var workers: Int?

    @Flag(help: "Shows what went wrong on error pages, and names slow handlers.")
    var debug = false

    func validate() throws {
        if unix != nil, host != nil || port != nil {
            throw ValidationError("Use either --unix or --host and --port, not both.")
        }
        if let port, !(0...65_535).contains(port) {
            throw ValidationError("The port is \(port). It must be a whole number from 0 to 65535.")
        }
        if let workers, !(1...1_024).contains(workers) {
            throw ValidationError("The number of workers is \(workers). It must be a whole number from 1 to 1024.")
        }
    }

    func run() async throws {
        let context = try CommandContext.running()
        var app = context.app
        if let host { app.configuration.set("server.host", host) }
        if let port { app.configuration.set("server.port", "\(port)") }
        if let unix { app.configuration.set("server.unix", unix) }
        if let workers { app.configuration.set("server.workers", "\(workers)") }
        if debug { app.configuration.set("debug", "true") }
        try await app.serve(on: context.terminal)
    }
}
