// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortServer
import Testing

@testable import Retort

@Suite struct SettingsTests {
    private func resolve(
        _ values: [String: String] = [:], environment: [String: String] = [:], base: Settings = Settings()
    ) throws -> ResolvedSettings {
        var sources = ConfigurationSources.none
        sources.environment = environment
        var configuration = AppConfiguration(sources)
        for (key, value) in values { configuration.set(key, value) }
        return try ResolvedSettings(base, configuration)
    }

    @Test func theDefaultsAreSafe() throws {
        let settings = try resolve().settings
        #expect(settings.server.addresses == [.tcp(host: "127.0.0.1", port: 8000)])
        #expect(!settings.isDebug)
        #expect(settings.secretKey == nil)
        #expect(settings.session.isHTTPOnly)
        #expect(settings.session.sameSite == .lax)
        #expect(settings.server.limits.bodyBytes == 2_097_152)
        #expect(settings.proxies == .init(for: 0, proto: 0))
    }

    @Test func keysAreUniqueAndDescribed() {
        #expect(Set(SettingTable.all.map(\.key)).count == SettingTable.all.count)
        #expect(Set(SettingTable.all.map { VariableName.encode($0.key) }).count == SettingTable.all.count)
        for setting in SettingTable.all {
            #expect(setting.summary.last == ".", "\(setting.key)")
            #expect(setting.summary.utf8.count <= 90, "\(setting.key)")
            #expect(!setting.form.isEmpty)
            #expect(setting.key == setting.key.lowercased())
        }
    }

    /// A value other than the default for each key, as it is shown.
    static let values: [(String, String)] = [
        ("server.host", "0.0.0.0"), ("server.port", "0"), ("server.unix", "/tmp/a.sock"), ("server.workers", "3"),
        ("server.backlog", "5"), ("server.grace_period", "3s"), ("server.name", "example.com"),
        ("limits.body", "1KiB"), ("limits.request_line", "100"), ("limits.header_bytes", "1000"),
        ("limits.header_count", "10"), ("limits.head_time", "1s"), ("limits.body_pause", "2s"),
        ("limits.body_rate", "9"), ("limits.idle_time", "4s"), ("limits.write_pause", "5s"),
        ("limits.connections", "6"), ("limits.requests_in_flight", "7"), ("limits.requests_per_connection", "8"),
        ("limits.websocket_message", "9"), ("limits.websocket_ping", "250ms"), ("limits.form_parts", "11"),
        ("limits.form_fields", "12"), ("limits.form_files", "13"), ("limits.form_memory", "14"), ("debug", "true"),
        ("log.level", "warning"), ("secret_key", "•••"), ("secret_key_fallbacks", "•••, •••"),
        ("trusted_hosts", "example.com, .example.org"), ("proxies.for", "1"), ("proxies.proto", "2"),
        ("proxies.host", "3"), ("proxies.port", "4"), ("proxies.prefix", "5"), ("proxies.forwarded", "6"),
        ("session.cookie_name", "sid"), ("session.cookie_domain", "example.com"), ("session.cookie_path", "/a"),
        ("session.cookie_secure", "always"), ("session.cookie_http_only", "false"),
        ("session.cookie_same_site", "strict"), ("session.cookie_partitioned", "true"), ("session.lifetime", "1d"),
        ("session.refresh", "false"), ("static.max_age", "1h"),
    ]

    @Test func everyKeyIsInTheTableOfTheseTests() {
        #expect(Self.values.map(\.0) == SettingTable.all.map(\.key))
    }

    @Test(arguments: SettingsTests.values)
    func aValueArrivesAndIsShown(key: String, value: String) throws {
        let setting = try #require(SettingTable.all.first { $0.key == key })
        let before = setting.show(Settings())
        let resolved = try resolve([key: value])
        #expect(before != value)
        #expect(setting.show(resolved.settings) == value)
        #expect(resolved.places == [key: "the command line"])
        // Nothing else has changed.
        for other in SettingTable.all where other.key != key && !key.hasPrefix("server.") {
            #expect(other.show(resolved.settings) == other.show(Settings()))
        }
    }

    @Test(arguments: [
        ("server.port", "70000", "a whole number from 0 to 65535"),
        ("server.port", "-1", "a whole number from 0 to 65535"),
        ("server.port", "http", "a whole number from 0 to 65535"),
        ("server.workers", "0", "auto or a whole number from 1 to 1024"),
        ("limits.body", "big", "a number of bytes such as 500000, 2MB or 512KiB"),
        ("limits.head_time", "soon", "a time such as 250ms, 30s, 5m, 12h or 31d"),
        ("limits.connections", "0", "a whole number from 1 up"), ("debug", "maybe", "true or false"),
        ("log.level", "loud", "trace, debug, info, notice, warning, error or critical"),
        ("session.cookie_same_site", "some", "Strict, Lax or None"),
        ("trusted_hosts", "[x", "host names with commas between them, such as example.com, .example.org"),
        ("proxies.for", "many", "a whole number from 0 to 100"),
    ])
    func aBadValueStopsWithASentence(key: String, value: String, form: String) throws {
        let variable = "RETORT_" + VariableName.encode(key)
        let error = #expect(throws: ConfigurationError.self) { try resolve(environment: [variable: value]) }
        #expect(error?.message == "\(key) is \"\(value)\", set in the environment (\(variable)). It must be \(form).")
    }

    @Test func allBadValuesAreNamedAtOnce() {
        let error = #expect(throws: ConfigurationError.self) {
            try resolve(["server.port": "x", "debug": "y", "secret_key": ""])
        }
        #expect(
            error?.message == """
                server.port is "x", set in the command line. It must be a whole number from 0 to 65535.
                debug is "y", set in the command line. It must be true or false.
                secret_key, set in the command line, must be a text that is not empty.
                """)
    }

    @Test(
        arguments: [
            // What the command line says, what the environment says, where the server listens.
            ([:], [:], ListenAddress.tcp(host: "127.0.0.1", port: 8000)),
            (["server.port": "1"], [:], .tcp(host: "127.0.0.1", port: 1)),
            (["server.host": "::1"], ["RETORT_SERVER_PORT": "2"], .tcp(host: "::1", port: 2)),
            (["server.unix": "/s"], ["RETORT_SERVER_PORT": "2"], .unix(path: "/s")),
            (["server.port": "1"], ["RETORT_SERVER_UNIX": "/s"], .tcp(host: "127.0.0.1", port: 1)),
            ([:], ["RETORT_SERVER_UNIX": "/s", "RETORT_SERVER_PORT": "2"], .unix(path: "/s")),
            (
                ["server.unix": ""], ["RETORT_SERVER_UNIX": "/s", "RETORT_SERVER_PORT": "2"],
                .tcp(host: "127.0.0.1", port: 2)
            ),
        ] as [([String: String], [String: String], ListenAddress)])
    func aSocketsPathAndAPortExcludeEachOther(
        options: [String: String], environment: [String: String], expected: ListenAddress
    ) throws {
        #expect(try resolve(options, environment: environment).settings.server.addresses == [expected])
    }

    @Test func whatTheCodeSaysStaysUntilTheConfigurationSaysOtherwise() throws {
        var base = Settings()
        base.server.addresses = [.tcp(host: "0.0.0.0", port: 80), .unix(path: "/s")]
        base.session.cookieName = "mine"
        #expect(try resolve(base: base).settings.server.addresses == base.server.addresses)
        let changed = try resolve(["server.port": "81"], base: base)
        #expect(changed.settings.server.addresses == [.tcp(host: "0.0.0.0", port: 81)])
        #expect(changed.settings.session.cookieName == "mine")
    }

    @Test func secretsBecomeKeysThatSign() throws {
        let settings = try resolve(["secret_key": "new", "secret_key_fallbacks": "old, older"]).settings
        #expect(settings.secretKey == "new")
        #expect(settings.secretKeyFallbacks == ["old", "older"])
        #expect(settings.secretKeys.map { "\($0)" } == "SecretKeys(3)")
        #expect(Settings().secretKeys == nil)
    }
}

@Suite struct UnknownKeyTests {
    private func warnings(_ prefix: String = "RETORT", env: String = "", json: String = "{}") throws -> [String] {
        let folder = ConfigurationFolder()
        folder.write(env, to: ".env")
        folder.write(json, to: "config.json")
        var sources = folder.sources()
        sources.environmentPrefix = prefix
        return try ResolvedSettings(Settings(), AppConfiguration(sources)).warnings
    }

    @Test(arguments: [
        (#"{"server": {"prot": 1}}"#, "server.prot in config.json is no setting of Retort. Did you mean server.port?"),
        (#"{"sever": {"port": 1}}"#, "sever.port in config.json is no setting of Retort. Did you mean server.port?"),
        (#"{"secret_kye": "x"}"#, "secret_kye in config.json is no setting of Retort. Did you mean secret_key?"),
        (
            #"{"session": {"zzzzzzzzzzzzzzzzzzzzzzzz": 1}}"#,
            "session.zzzzzzzzzzzzzzzzzzzzzzzz in config.json is no setting of Retort."
        ),
    ])
    func aFileWarnsOfKeysThatWereMeantForRetort(json: String, warning: String) throws {
        #expect(try warnings(json: json) == [warning])
    }

    @Test func variablesWarnWithTheirLine() throws {
        #expect(
            try warnings(env: "A=1\nRETORT_SERVER_PROT=1\nRETORT_NONSENSE_OF_SOME_KIND=2") == [
                "RETORT_SERVER_PROT in .env line 2 is no setting of Retort. Did you mean RETORT_SERVER_PORT?",
                "RETORT_NONSENSE_OF_SOME_KIND in .env line 3 is no setting of Retort.",
            ])
    }

    @Test func keysOfTheAppWarnOfNothing() throws {
        let json = #"{"weather": {"api_key": "x", "port": 1}, "name": "y", "key": "k", "database": {"host": "h"}}"#
        #expect(try warnings(env: "WEATHER_CITY=x\nPORT=1\nDEBUG=1\nSERVER_PROT=2", json: json) == [])
    }

    @Test func aPrefixOfTheAppsOwnHoldsItsOwnKeysToo() throws {
        let env = "SHOP_CURRENCY=EUR\nSHOP_SERVER_PROT=1\nSHOP_SERVER_PORT=1"
        #expect(
            try warnings("SHOP", env: env) == [
                "SHOP_SERVER_PROT in .env line 2 is no setting of Retort. Did you mean SHOP_SERVER_PORT?"
            ])
    }

    @Test func linesThatAreNoAssignmentAreNamed() throws {
        #expect(try warnings(env: "A=1\nnonsense") == [".env line 2 is not NAME=value and was skipped."])
    }
}
