// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Retort

/// What a command line came to.
struct Outcome {
    var code: Int32
    var output: String
    var errors: String

    /// Runs a command line in process.
    ///
    /// Nothing of the process's own surroundings is seen.
    init(_ arguments: [String], _ app: App, sources: ConfigurationSources = .none) async {
        var app = app
        app.name = "shop"
        app.configuration = AppConfiguration(sources)
        let record = Terminal.Record()
        code = await app.run(arguments, terminal: .recording(to: record))
        output = record.output
        errors = record.errors
    }
}

@Suite struct CommandLineTests {
    private let app: App = {
        var app = App()
        app.get("/") { "home" }
        return app
    }()

    @Test(arguments: [
        (["sevre"], "Error: There is no command 'sevre'. Did you mean 'serve'? See 'shop --help'.\n"),
        (["zzzzzzzzz"], "Error: There is no command 'zzzzzzzzz'. See 'shop --help'.\n"),
        (["--config"], "Error: The option --config needs a value.\n"),
        (["routes", "--set"], "Error: The option --set needs a value.\n"),
        (["--set", "port"], "Error: The option --set takes KEY=VALUE, such as --set server.workers=2.\n"),
        (["--set==5"], "Error: The option --set takes KEY=VALUE, such as --set server.workers=2.\n"),
    ])
    func aMistakeIsOneSentenceAndExitCodeTwo(arguments: [String], errors: String) async {
        let outcome = await Outcome(arguments, app)
        #expect(outcome.code == 2)
        #expect(outcome.errors == errors)
        #expect(outcome.output.isEmpty)
    }

    @Test(arguments: [
        (["--prot", "1"], "Error: Unknown option '--prot'. Did you mean '--port'?"),
        (["serve", "--hots", "x"], "Error: Unknown option '--hots'. Did you mean '--host'?"),
        (["--port", "70000"], "Error: The port is 70000. It must be a whole number from 0 to 65535."),
        (["--port", "x"], "Error: The value 'x' is invalid for '--port <port>'"),
        (["--workers", "0"], "Error: The number of workers is 0. It must be a whole number from 1 to 1024."),
        (["--unix", "/s", "--port", "1"], "Error: Use either --unix or --host and --port, not both."),
        (["serve", "more"], "Error: Unexpected argument 'more'"),
        (["routes", "--sort", "size"], "Error: The value 'size' is invalid for '--sort <sort>'"),
        (["request"], "Error: Missing expected argument '<method>'"),
    ])
    func usageIsShownForOptionsThatMeanNothing(arguments: [String], first: String) async {
        let outcome = await Outcome(arguments, app)
        #expect(outcome.code == 2)
        #expect(outcome.errors.hasPrefix(first), "\(outcome.errors)")
        #expect(outcome.errors.contains("Usage: shop "))
        #expect(outcome.output.isEmpty)
    }

    @Test func helpNamesTheAppAndItsCommands() async {
        var app = app
        app.summary = "Sells things."
        app.command("seed", "Fills the database.") {}
        let outcome = await Outcome(["--help"], app)
        #expect(outcome.code == 0)
        #expect(outcome.errors.isEmpty)
        for text in [
            "Sells things.", "USAGE: shop", "serve (default)", "routes", "request", "config", "seed",
            "Fills the database.", "--config FILE", "--set KEY=VALUE",
        ] {
            #expect(outcome.output.contains(text), "\(text)")
        }
        #expect(await Outcome(["help", "serve"], app).output.contains("--port <port>"))
        #expect(await Outcome(["seed", "--help"], app).output.contains("USAGE: shop seed"))
    }

    @Test func theVersionIsPrintedWhereThereIsOne() async {
        var app = app
        #expect(await Outcome(["--version"], app).code == 2)
        app.version = "1.2.3"
        let outcome = await Outcome(["--version"], app)
        #expect(outcome.output == "1.2.3\n")
        #expect(outcome.code == 0)
    }

    @Test func aBadConfigurationIsOneSentenceAndExitCodeOne() async {
        var sources = ConfigurationSources.none
        sources.environment = ["RETORT_SERVER_PORT": "x"]
        for arguments in [[], ["serve"], ["config"], ["request", "GET", "/"]] {
            let outcome = await Outcome(arguments, app, sources: sources)
            #expect(outcome.code == 1)
            #expect(
                outcome.errors == "Error: server.port is \"x\", set in the environment (RETORT_SERVER_PORT). "
                    + "It must be a whole number from 0 to 65535.\n")
        }
    }

    @Test func wrongRoutesAreOneSentenceAndExitCodeOne() async {
        var app = app
        app.get("/") { "home again" }
        for arguments in [["--port", "0"], ["routes"], ["request", "GET", "/"]] {
            let outcome = await Outcome(arguments, app)
            #expect(outcome.code == 1)
            #expect(outcome.errors.hasPrefix("Error: "))
            #expect(outcome.errors.contains("/"))
            #expect(outcome.output.isEmpty)
        }
    }

    @Test(
        arguments: [
            (["a", "--config", "f", "b"], "f", [], ["a", "b"]),
            (["--config=f"], "f", [], []),
            (["--set", "a=1", "--set=b=2=3", "x"], nil, ["a:1", "b:2=3"], ["x"]),
            (["--", "--config", "f"], nil, [], ["--", "--config", "f"]),
            (["--configure", "--settle"], nil, [], ["--configure", "--settle"]),
            (["--set", "a="], nil, ["a:"], []),
        ] as [([String], String?, [String], [String])])
    func optionsOfEveryCommandAreTakenOut(
        arguments: [String], file: String?, settings: [String], rest: [String]
    ) {
        let options = GlobalArguments(arguments)
        #expect(options.file == file)
        #expect(options.settings.map { "\($0.key):\($0.value)" } == settings)
        #expect(options.rest == rest)
        #expect(options.problem == nil)
    }

    @Test func colourIsForTerminalsOnly() {
        var terminal = Terminal { _, _ in }
        #expect(terminal.coloured("x", .red) == "x")
        terminal.hasColour = true
        #expect(terminal.coloured("x", .red) == "\u{1B}[31mx\u{1B}[0m")
    }
}

@Suite struct RoutesCommandTests {
    private let app: App = {
        var app = App()
        app.get("/posts/{id}", .name("post.show")) { (id: Int) in "\(id)" }
        app.post("/posts") { "made" }
        app.get("/about") { "about" }
        return app
    }()

    @Test func routesAreATable() async {
        let outcome = await Outcome(["routes"], app)
        #expect(outcome.code == 0)
        #expect(
            outcome.output == """
                METHODS  PATH         NAME
                GET      /about
                POST     /posts
                GET      /posts/{id}  post.show

                """)
    }

    @Test func headIsListedOnDemand() async {
        let outcome = await Outcome(["routes", "--all-methods"], app)
        #expect(outcome.output.contains("GET, HEAD  /about"))
    }

    @Test(arguments: [
        ("path", ["/about", "/posts", "/posts/{id}"]), ("methods", ["/about", "/posts/{id}", "/posts"]),
        ("name", ["/posts/{id}", "/about", "/posts"]),
    ])
    func theOrderCanBeChosen(sort: String, paths: [String]) async {
        let lines = await Outcome(["routes", "--sort", sort], app).output.split(separator: "\n").dropFirst()
        #expect(lines.map { String($0.split(separator: " ")[1]) } == paths)
    }

    @Test func jsonIsForPrograms() async throws {
        let outcome = await Outcome(["routes", "--json"], app)
        let routes = try JSONValue(parsing: outcome.output).array
        #expect(routes?.count == 3)
        #expect(
            routes?.last == [
                "methods": ["GET"], "path": "/posts/{id}", "name": "post.show", "host": nil, "webSocket": false,
                "variables": [["name": "id", "type": "Int"]],
            ])
    }

    @Test func anAppWithoutRoutesSaysSo() async {
        #expect(await Outcome(["routes"], App()).output == "There are no routes.\n")
    }
}

@Suite struct ConfigCommandTests {
    @Test func everySettingIsListedWithItsPlace() async {
        let folder = ConfigurationFolder()
        folder.write("RETORT_LIMITS_BODY=5MiB\nRETORT_SECRET_KEY=hidden-1\nWEATHER_API_KEY=hidden-2", to: ".env")
        folder.write(#"{"session": {"cookie_name": "sid"}, "weather": {"url": "hidden-3"}}"#, to: "config.json")
        var app = App()
        app.server.workers = 2
        let sources = folder.sources(environment: ["RETORT_LOG_LEVEL": "debug", "PATH": "/bin"])
        let outcome = await Outcome(["config", "--set", "server.port=1"], app, sources: sources)
        let rows = outcome.output.split(separator: "\n").map { line in
            line.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
        }
        #expect(outcome.code == 0)
        for row in [
            "NAME VALUE FROM", "server.host 127.0.0.1 default", "server.port 1 the command line",
            "server.workers 2 code", "limits.body 5MiB .env line 1 (RETORT_LIMITS_BODY)",
            "secret_key ••• .env line 2 (RETORT_SECRET_KEY)", "secret_key_fallbacks - default",
            "session.cookie_name sid config.json", "log.level debug the environment (RETORT_LOG_LEVEL)",
            "WEATHER_API_KEY ••• .env line 3 (WEATHER_API_KEY)", "weather.url ••• config.json",
        ] {
            #expect(rows.contains(row), "\(row)")
        }
        #expect(rows.count == SettingTable.all.count + 3)
        #expect(!outcome.output.contains("hidden"))
        #expect(!outcome.output.contains("PATH"))
        #expect(outcome.errors.isEmpty)
    }

    @Test func secretsOfTheCodeAreNotShownEither() async {
        var app = App()
        app.settings.secretKey = "hidden"
        let outcome = await Outcome(["config"], app)
        #expect(outcome.output.contains("•••"))
        #expect(!outcome.output.contains("hidden"))
    }

    @Test func docsTellTheVariables() async {
        let outcome = await Outcome(["config", "--docs"], App())
        #expect(outcome.output.contains("RETORT_SERVER_PORT"))
        #expect(outcome.output.contains("TCP port to listen on; 0 for one that is free."))
        #expect(outcome.output.contains("a whole number from 0 to 65535"))
    }

    @Test func warningsGoToStandardError() async {
        let outcome = await Outcome(["config", "--set", "server.prot=1"], App())
        #expect(
            outcome.errors
                == "Warning: server.prot in the command line is no setting of Retort. Did you mean server.port?\n")
    }
}
