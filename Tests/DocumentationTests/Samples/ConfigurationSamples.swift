// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Retort
import Testing

// sample: configuration-app
func weatherApp(_ configuration: AppConfiguration = AppConfiguration()) throws -> App {
    var app = App()
    app.configuration = configuration
    let key: Secret = try app.configuration.required("weather.api_key")
    let cities = try app.configuration.list("weather.cities", of: String.self)
    let days = try app.configuration.int("weather.days") ?? 3
    app.get("/") { "\(cities.joined(separator: ", ")) for \(days) days, with the key \(key)" }
    return app
}
// end

// sample: configuration-decode
struct Weather: Decodable {
    var apiKey: Secret
    var cities: [String]
    var days: Int?
}

func weather(of app: App) throws -> Weather { try app.configuration.decode(Weather.self, from: "weather") }
// end

func commandSamples() -> App {
    var app = App()
    // sample: commands-own
    struct Amount: ParsableArguments {
        @Option(help: "How many rows.") var rows = 100
    }
    app.command("seed", "Fills the database.") { (amount: Amount) in print("\(amount.rows) rows") }
    // end

    // sample: commands-lifecycle
    app.onStart { print("opening what the app needs") }
    app.onStop { print("closing it again") }
    app.service("cleaner") {
        while true {
            try await Task.sleep(for: .seconds(60))
            print("cleaning")
        }
    }
    // end
    return app
}

func settingSamples() -> App {
    // sample: deployment-limits
    var app = App()
    app.server.addresses = [.tcp(host: "127.0.0.1", port: 8000), .unix(path: "/run/shelf/shelf.sock")]
    app.server.limits.bodyBytes = 512 * 1_024
    app.server.limits.requestsInFlight = 500
    app.server.gracePeriod = .seconds(60)
    // end
    return app
}

// sample: configuration-secret
func useSessions(in app: inout App) throws {
    let secret: Secret = try app.configuration.required("secret_key")
    let hosts = try app.configuration.list("trusted_hosts", of: String.self)
    app.use(.trustedHosts(hosts), .sessions(secret: secret.text))
}
// end

// sample: configuration-test
@Test func configurationCanBeGiven() async throws {
    let values = ["weather.api_key": "s3cret", "weather.cities": "Oslo,Rome", "weather.days": "5"]
    let client = try TestClient(weatherApp(AppConfiguration(values: values)))
    #expect(try await client.get("/").text == "Oslo, Rome for 5 days, with the key •••")
}
// end

// sample: commands-test
@Test func routesAreListed() async {
    let record = Terminal.Record()
    let code = await commandSamples().run(["routes", "--json"], terminal: .recording(to: record))
    #expect(code == 0)
    #expect(record.output.contains("["))
}
// end
