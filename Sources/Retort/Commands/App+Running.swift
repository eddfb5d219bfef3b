// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Logging
import NIOCore
import RetortWire
public import RetortServer

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension App {
    /// Does what the command line of the process says, which is to serve where it says nothing.
    ///
    /// The program ends here when something goes wrong: a sentence goes to standard error, and the exit code is 2 for
    /// a mistake in the command line and 1 for everything else. After a clean end the call returns.
    ///
    /// - Throws: Nothing that a program has to catch.
    public func run() async throws {
        let code = await run(Array(CommandLine.arguments.dropFirst()))
        if code != 0 { exit(code) }
    }

    /// Makes an app and does what the command line says.
    ///
    /// What the closure throws is printed as a sentence.
    ///
    ///     await App.main { app in
    ///         let key: Secret = try app.configuration.required("weather.api_key")
    ///         app.get("/") { … }
    ///     }
    ///
    /// - Parameter build: Sets the app up.
    public static func main(_ build: (inout App) async throws -> Void) async {
        var app = App()
        do {
            try await build(&app)
            try await app.run()
        } catch {
            Terminal.standard.warn(Self.sentence(error))
            exit(1)
        }
    }

    /// Does what a command line says.
    ///
    /// - Parameters:
    ///   - arguments: The words behind the name of the program.
    ///   - terminal: Where the commands write.
    /// - Returns: The exit code: 0, 1 for a failure, 2 for a mistake in the arguments, or what a command chose.
    public func run(_ arguments: [String], terminal: Terminal = .standard) async -> Int32 {
        let options = GlobalArguments(arguments, configuration.sources.options)
        if let problem = options.problem {
            terminal.warn("Error: \(problem)")
            return 2
        }
        var app = self
        if app.configuration.sources.arguments != nil || arguments != Array(CommandLine.arguments.dropFirst()) {
            app.configuration.sources.arguments = arguments
        }
        return await CommandContext.$current.withValue(CommandContext(app: app, terminal: terminal)) {
            await app.perform(options.rest, on: terminal)
        }
    }

    private func perform(_ arguments: [String], on terminal: Terminal) async -> Int32 {
        do {
            // The usual start needs no parser.
            guard !arguments.isEmpty else {
                try await serve(on: terminal)
                return 0
            }
            if let sentence = RootCommand.unknownCommand(arguments, self) {
                terminal.warn("Error: \(sentence)")
                return 2
            }
            var command = try await RootCommand.asyncParseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            return 0
        } catch {
            return report(error, on: terminal)
        }
    }

    private func report(_ error: any Error, on terminal: Terminal) -> Int32 {
        let code = RootCommand.exitCode(for: error)
        if code == .failure {
            // An exit code that a command has thrown says enough.
            if !(error is ExitCode) { terminal.warn(terminal.coloured("Error: ", .red) + Self.sentence(error)) }
            return 1
        }
        let message = RootCommand.fullMessage(for: error, columns: terminal.width)
        if !message.isEmpty {
            if code.isSuccess { terminal.print(message) } else { terminal.warn(message) }
        }
        return code == .validationFailure ? 2 : code.rawValue
    }

    /// Serves until the task is cancelled or the process gets SIGTERM or SIGINT, without a look at the command line.
    ///
    /// - Parameter onReady: Called once with the addresses that are open, with the ports that the system chose.
    /// - Throws: ``ConfigurationError``, ``RoutingError``, `ServerError`, and what the functions of ``onStart(_:)`` and
    ///   the services throw.
    public func serve(onReady: @escaping @Sendable ([ListenAddress]) -> Void = { _ in }) async throws {
        let (app, warnings) = try configured()
        for warning in warnings { app.log.warning("\(warning)") }
        try await app.listen(onReady: onReady)
    }

    func serve(on terminal: Terminal) async throws {
        let (app, warnings) = try configured()
        for warning in warnings { terminal.warn(terminal.coloured("Warning: ", .yellow) + warning) }
        if app.isDebug {
            terminal.warn(
                terminal.coloured("Debug is on: ", .yellow)
                    + "error pages tell how the app works inside. Do not serve the public with it.")
        }
        try await app.listen { addresses in
            let list = addresses.map { terminal.coloured($0.description, .green) }.joined(separator: " and ")
            terminal.print("Serving \(list) (Press CTRL+C to quit)")
        }
    }

    private func listen(onReady: @escaping @Sendable ([ListenAddress]) -> Void) async throws {
        let frozen = try freeze()
        var configuration = server
        if isDebug, configuration.slowHandlerTime == nil { configuration.slowHandlerTime = .milliseconds(50) }
        let server = Server(frozen, configuration: configuration, log: log)
        try await whileStarted { try await serveWithServices(server, onReady: onReady) }
    }

    /// The app with the settings that its configuration gives, and sentences about keys that mean nothing.
    func configured() throws -> (app: App, warnings: [String]) {
        let resolved = try ResolvedSettings(settings, configuration)
        var app = self
        app.settings = resolved.settings
        if let level = resolved.settings.logLevel { app.log.logLevel = level }
        return (app, resolved.warnings)
    }

    /// What a person is told about an error.
    static func sentence(_ error: any Error) -> String {
        switch error {
        case let error as RoutingError: error.message
        case let error as ServerError: listenProblem(error)
        default: "\(error)"
        }
    }

    private static func listenProblem(_ error: ServerError) -> String {
        let reason =
            switch (error.underlying as? IOError)?.errnoCode {
            case EADDRINUSE: "another program uses it. Stop that one, or choose another address with --port."
            case EACCES: "this user may not. Ports below 1024 are for the system; choose another with --port."
            case EADDRNOTAVAIL: "this machine has no such address. Choose another with --host."
            default: "\(error.underlying)."
            }
        return "Cannot listen on \(error.address): \(reason)"
    }
}

/// The name of the program.
enum ProgramName {
    /// The last part of the path by which the process was started.
    static var current: String {
        let path = CommandLine.arguments.first ?? "app"
        return path.utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) } ?? "app"
    }
}
