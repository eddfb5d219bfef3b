// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Logging
import NIOCore
import Synchronization
import Testing

@testable import Retort

@Suite struct RequestCommandTests {
    struct Note: Codable { var text: String }

    private let app: App = {
        var app = App()
        app.get("/") { "home" }
        app.get("/now/{name}") { (name: String) in "hello \(name)" }
        app.get("/later") { () async in
            await Task.yield()
            return "later"
        }
        app.get("/query") { (request: Request) in request.queryString ?? "" }
        app.get("/headers") { (request: Request) in
            "\(request.header(.userAgent) ?? "-") \(request.origin.host) \(request.header(.contentType) ?? "-")"
        }
        app.post("/echo") { (request: Request) async throws -> Response in
            let bytes = try await request.body.collect()
            return Response(.buffer(bytes), contentType: request.header(.contentType) ?? "none")
        }
        app.get("/stream") {
            Response(
                body: .stream { writer in
                    try await writer.write("one ")
                    try await writer.write("two")
                })
        }
        app.get("/fails") { () throws -> String in throw Problem() }
        return app
    }()

    struct Problem: Error {}

    @Test(arguments: [
        (["GET", "/"], "home"), (["get", "/"], "home"), (["HEAD", "/"], ""), (["GET", "/now/ann"], "hello ann"),
        (["GET", "now/ann"], "hello ann"), (["GET", "/now/a b"], "hello a b"), (["GET", "/now/a%20b"], "hello a b"),
        (["GET", "/now/ä"], "hello ä"), (["GET", "/later"], "later"), (["GET", "/query?a=b&c"], "a=b&c"),
        (["GET", "/query?a=b#part"], "a=b"), (["GET", "/stream"], "one two"),
        (["GET", "/headers"], "- localhost -"), (["GET", "https://example.com/headers"], "- example.com -"),
        (["GET", "http://example.com?x"], "home"),
        (["GET", "/headers", "-H", "User-Agent: me ", "--header", "host: shop"], "me shop -"),
        (["POST", "/echo"], ""), (["POST", "/echo", "--data", "a=b"], "a=b"), (["POST", "/echo", "-d", "--x"], "--x"),
        (["POST", "/echo", "--json", "{\"a\": 1}"], "{\"a\": 1}"),
        (["POST", "/echo", "-F", "a=1 2", "--form", "b=x&y="], "a=1%202&b=x%26y%3D"),
    ])
    func theBodyIsPrintedAsItIs(arguments: [String], output: String) async {
        let outcome = await Outcome(["request"] + arguments, app)
        #expect(outcome.output == output)
        #expect(outcome.errors.isEmpty)
        #expect(outcome.code == 0)
    }

    @Test func theHeadIsPrintedOnDemand() async {
        let outcome = await Outcome(["request", "POST", "/echo", "--json", "[]", "--include"], app)
        #expect(outcome.output == "HTTP/1.1 200 OK\ncontent-type: application/json\ncontent-length: 2\n\n[]")
    }

    @Test(arguments: [
        (["GET", "/none"], "404"), (["DELETE", "/"], "405"), (["GET", "/now"], "404"), (["GET", "/fails"], "500"),
    ])
    func anErrorStatusIsExitCode22(arguments: [String], status: String) async {
        var app = app
        app.log.logLevel = .critical
        let outcome = await Outcome(["request", "-i"] + arguments, app)
        #expect(outcome.code == 22)
        #expect(outcome.output.hasPrefix("HTTP/1.1 \(status) "))
        #expect(outcome.errors.isEmpty)
    }

    @Test(arguments: [
        (["GET", "/", "-H", "nonsense"], "Error: 'nonsense' is no header. Write it as 'Name: value'."),
        (["GET", "/", "-H", "a b: c"], "Error: 'a b' is no name of a header. Write the header as 'Name: value'."),
        (["GET", "/", "-H", "a: b\r\nc: d"], "Error: The value of the header a has a control character in it."),
        (["G ET", "/"], "Error: 'G ET' is no method. Write one such as GET or POST."),
        (["POST", "/", "-F", "a"], "Error: 'a' is no field. Write it as name=value."),
        (["POST", "/", "-F", "a=b", "-d", "x"], "Error: Use one of --data, --json and --form."),
    ])
    func aRequestThatIsNoneIsAMistakeOfUsage(arguments: [String], error: String) async {
        let outcome = await Outcome(["request"] + arguments, app)
        #expect(outcome.code == 2)
        #expect(outcome.errors.hasPrefix(error), "\(outcome.errors)")
    }

    @Test func theWiresOwnRulesApply() async {
        let outcome = await Outcome(["request", "GET", "/", "-H", "Host: a b"], app)
        #expect(outcome.code == 1)
        #expect(outcome.errors.hasPrefix("Error: "))
    }

    @Test func hooksRunAroundTheRequest() async {
        let steps = Steps()
        var app = app
        app.onStart { steps.add("start") }
        app.get("/step") {
            steps.add("request")
            return "x"
        }
        app.onStop { steps.add("stop") }
        app.service("never") { steps.add("service") }
        _ = await Outcome(["request", "GET", "/step"], app)
        #expect(steps.all == ["start", "request", "stop"])
    }
}

@Suite struct AppCommandsTests {
    struct Amount: ParsableArguments {
        @Option var rows = 100
        @Argument var table: String
    }

    struct Report: AppCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(commandName: "report", abstract: "Reports.", aliases: ["rep"])
        }
        @Flag var loud = false

        func run(_ app: App) async throws {
            Steps.current?.add("report \(app.settings.port) \(try app.configuration.string("a.b") ?? "") \(loud)")
        }
    }

    struct Plain: ParsableCommand, SendableMetatype {
        func run() throws { Steps.current?.add("plain") }
    }

    private func run(_ arguments: [String]) async -> (Outcome, [String]) {
        let steps = Steps()
        var app = App()
        app.command("seed", "Fills the database.") { steps.add("seed") }
        app.command("words") { words in steps.add("words \(words)") }
        app.command("fill", "Fills a table.") { (amount: Amount) in steps.add("fill \(amount.table) \(amount.rows)") }
        app.command("seed2") { steps.add("seed2") }
        app.command("fails") { throw Problem() }
        app.command("exits") { throw ExitCode(7) }
        app.command("asks") { throw ValidationError("What now?") }
        app.commands.append(Report.self)
        app.commands.append(Plain.self)
        let outcome = await Steps.$current.withValue(steps) { await Outcome(arguments, app) }
        return (outcome, steps.all)
    }

    struct Problem: Error, CustomStringConvertible {
        var description: String { "The database is gone." }
    }

    @Test(arguments: [
        (["seed"], "seed"), (["seed2"], "seed2"), (["words"], "words []"),
        (["words", "a", "--b", "-c", "d"], "words [\"a\", \"--b\", \"-c\", \"d\"]"),
        (["fill", "users"], "fill users 100"), (["fill", "--rows", "3", "users"], "fill users 3"),
        (["report", "--loud"], "report 8000  true"), (["rep"], "report 8000  false"), (["plain"], "plain"),
        (["report", "--set", "server.port=5", "--set", "a.b=c"], "report 5 c false"),
    ])
    func commandsOfTheAppAreCalled(arguments: [String], step: String) async {
        let (outcome, steps) = await run(arguments)
        #expect(steps == [step])
        #expect(outcome.code == 0)
        #expect(outcome.errors.isEmpty)
    }

    @Test(
        arguments: [
            (["fails"], 1, "Error: The database is gone.\n"), (["exits"], 7, ""),
            (["seed", "more"], 2, "Error: Unexpected argument 'more'"), (["asks"], 2, "Error: What now?"),
            (["fill"], 2, "Error: Missing expected argument '<table>'"),
            (["seeed"], 2, "Error: There is no command 'seeed'. Did you mean 'seed'?"),
            (["fill", "--row", "3", "x"], 2, "Error: Unknown option '--row'. Did you mean '--rows'?"),
        ] as [([String], Int32, String)])
    func failuresBecomeExitCodes(arguments: [String], code: Int32, errors: String) async {
        let (outcome, steps) = await run(arguments)
        #expect(steps.isEmpty)
        #expect(outcome.code == code)
        #expect(outcome.errors.hasPrefix(errors), "\(outcome.errors)")
    }

    @Test func eachClosureHasATypeOfItsOwn() {
        #expect((0..<5).map { CommandSlots.type($0).index } == [0, 1, 2, 3, 4])
    }
}

/// What happened, in order.
final class Steps: Sendable {
    private let steps = Mutex<[String]>([])

    @TaskLocal static var current: Steps?

    func add(_ step: String) { steps.withLock { $0.append(step) } }

    var all: [String] { steps.withLock { $0 } }
}
