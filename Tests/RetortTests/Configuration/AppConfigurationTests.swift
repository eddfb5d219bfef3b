// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Configuration
import Testing

@testable import Retort

@Suite struct AppConfigurationTests {
    /// Every source in the order in which it counts.
    static let sources = ["--set", "environment", ".env.local", ".env", "config.json"]

    /// A configuration in which some of the sources have the key, each with its own name as value.
    private func configuration(_ present: Set<String>, _ folder: ConfigurationFolder) -> AppConfiguration {
        if present.contains(".env.local") { folder.write("WEATHER_CITY=.env.local\n", to: ".env.local") }
        if present.contains(".env") { folder.write("WEATHER_CITY=.env\n", to: ".env") }
        if present.contains("config.json") {
            folder.write(#"{"weather": {"city": "config.json"}}"#, to: "config.json")
        }
        return AppConfiguration(
            folder.sources(
                environment: present.contains("environment") ? ["WEATHER_CITY": "environment"] : [:],
                arguments: present.contains("--set") ? ["--set", "weather.city=--set"] : []))
    }

    @Test(arguments: 0..<32)
    func theFirstSourceThatHasAKeyCounts(bits: Int) throws {
        let folder = ConfigurationFolder()
        let present = Self.sources.enumerated().filter { bits & (1 << $0.offset) != 0 }.map(\.element)
        let value = try configuration(Set(present), folder).string("weather.city")
        #expect(value == present.first)
    }

    @Test func aValueSetByAnOptionCountsMost() throws {
        let folder = ConfigurationFolder()
        var configuration = configuration(Set(Self.sources), folder)
        configuration.set("weather.city", "option")
        #expect(try configuration.string("weather.city") == "option")
    }

    @Test func keysOfTheAppAreFoundWithThePrefixAndWithout() throws {
        let sources = ConfigurationFolder().sources(environment: ["RETORT_A_B": "1", "A_B": "2", "A_C": "3"])
        let configuration = AppConfiguration(sources)
        #expect(try configuration.int("a.b") == 1)
        #expect(try configuration.int("a.c") == 3)
        #expect(try configuration.int("a.d") == nil)
    }

    @Test func settingsOfRetortNeedThePrefix() throws {
        let configuration = AppConfiguration(
            ConfigurationFolder().sources(environment: ["DEBUG": "*", "SERVER_PORT": "x"]))
        let resolved = try ResolvedSettings(Settings(), configuration)
        #expect(!resolved.settings.isDebug)
        #expect(resolved.settings.port == 8000)
    }

    @Test func theAppChoosesThePrefix() throws {
        var sources = ConfigurationFolder().sources(environment: ["SHOP_SERVER_PORT": "1", "RETORT_SERVER_PORT": "2"])
        sources.environmentPrefix = "SHOP"
        #expect(try ResolvedSettings(Settings(), AppConfiguration(sources)).settings.port == 1)
    }

    @Test func anotherFileIsNamedByTheOptionOrTheVariable() throws {
        let folder = ConfigurationFolder()
        folder.write(#"{"a": 1}"#, to: "config.json")
        folder.write(#"{"a": 2}"#, to: "other.json")
        folder.write(#"{"a": 3}"#, to: "third.json")
        let variable = ["RETORT_CONFIG": "third.json"]
        #expect(try AppConfiguration(folder.sources()).int("a") == 1)
        #expect(try AppConfiguration(folder.sources(arguments: ["--config", "other.json"])).int("a") == 2)
        #expect(try AppConfiguration(folder.sources(arguments: ["--config=other.json"])).int("a") == 2)
        #expect(try AppConfiguration(folder.sources(environment: variable)).int("a") == 3)
        let both = folder.sources(environment: variable, arguments: ["--config", "\(folder.path)/other.json"])
        #expect(try AppConfiguration(both).int("a") == 2)
    }

    @Test func aFileThatIsNamedMustExist() {
        let configuration = AppConfiguration(ConfigurationFolder().sources(arguments: ["--config", "none.json"]))
        let error = #expect(throws: ConfigurationError.self) { try configuration.string("a") }
        #expect(error?.code == .unreadableFile)
        #expect(error?.message == "There is no configuration file none.json.")
    }

    @Test func aFolderIsNoFile() {
        let folder = ConfigurationFolder()
        let configuration = AppConfiguration(folder.sources(arguments: ["--config", folder.path]))
        let error = #expect(throws: ConfigurationError.self) { try configuration.string("a") }
        #expect(error?.message == "The file \(folder.path) cannot be read: Is a directory.")
    }

    @Test(arguments: [
        ("{\"a\": \"hidden\n\"}", "config.json is not JSON: there is a mistake in line 1."),
        ("{\n\"a\": hidden}", "config.json is not JSON: there is a mistake in line 2."),
        ("[1]", "config.json must be a JSON object: {\"server\": {\"port\": 8000}}."),
    ])
    func aMalformedFileIsAnErrorThatDoesNotQuoteIt(text: String, message: String) {
        let folder = ConfigurationFolder()
        folder.write(text, to: "config.json")
        let error = #expect(throws: ConfigurationError.self) { try AppConfiguration(folder.sources()).string("a") }
        #expect(error?.code == .malformedFile)
        #expect(error?.message == message)
    }

    @Test func aFileThatIsTooLargeIsRefused() {
        let folder = ConfigurationFolder()
        folder.write(String(repeating: "#", count: ConfigurationFile.mostBytes + 1), to: ".env")
        #expect(throws: ConfigurationError.self) { try AppConfiguration(folder.sources()).string("a") }
    }

    @Test func valuesOfAFileKeepTheirMeaning() throws {
        let folder = ConfigurationFolder()
        folder.write(
            #"{"a": {"b": {"c": 1}}, "d.e": true, "n": null, "f": 1.5, "g": 2.0, "l": [1, "x,y", false], "u": 18446744073709551615}"#,
            to: "config.json")
        let configuration = AppConfiguration(folder.sources())
        #expect(try configuration.int("a.b.c") == 1)
        #expect(try configuration.bool("d.e") == true)
        #expect(try configuration.string("n") == nil)
        #expect(try configuration.value("f", as: Double.self) == 1.5)
        #expect(try configuration.int("g") == 2)
        #expect(try configuration.list("l") == ["1", "x,y", "false"])
        #expect(try configuration.string("u") == "18446744073709551615")
    }

    @Test func listsOfTextsStandBetweenCommas() throws {
        let configuration = AppConfiguration(values: ["a": "1, 2,3", "b": "", "c": " , x ,, "])
        #expect(try configuration.list("a", of: Int.self) == [1, 2, 3])
        #expect(try configuration.list("b", of: Int.self) == [])
        #expect(try configuration.list("c", of: String.self) == ["x"])
        #expect(try configuration.list("none", of: String.self) == [])
        #expect(throws: ConfigurationError.self) { try configuration.list("c", of: Int.self) }
    }

    @Test func aMissingValueSaysWhereToSetIt() {
        let error = #expect(throws: ConfigurationError.self) {
            try AppConfiguration(ConfigurationFolder().sources()).required("weather.maxDays", as: Int.self)
        }
        #expect(error?.code == .missingValue)
        #expect(error?.key == "weather.maxDays")
        #expect(
            error?.message
                == "weather.maxDays is not set. Set WEATHER_MAX_DAYS in the environment or in .env, or weather.maxDays "
                + "in config.json, to a whole number.")
    }

    @Test func aBadValueIsNamedWithItsPlace() {
        let folder = ConfigurationFolder()
        folder.write("\n\nWEATHER_DAYS=three\u{1}\n", to: ".env")
        let error = #expect(throws: ConfigurationError.self) {
            try AppConfiguration(folder.sources()).int("weather.days")
        }
        #expect(error?.code == .badValue)
        #expect(
            error?.message
                == "weather.days is \"three\\u{1}\", set in .env line 3 (WEATHER_DAYS). It must be a whole number.")
    }

    @Test func aBadSecretIsNotQuoted() {
        let configuration = AppConfiguration(values: ["weather.api_key": "hunter2"])
        let error = #expect(throws: ConfigurationError.self) { try configuration.int("weather.api_key") }
        #expect(error?.message == "weather.api_key, set in the command line, must be a whole number.")
    }

    @Test func descriptionsShowNoValue() {
        let configuration = AppConfiguration(values: ["weather.api_key": "hunter2"])
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in ["\(configuration)", String(reflecting: configuration), dumped] {
            #expect(!text.contains("hunter2"))
        }
        #expect("\(configuration)" == "AppConfiguration(1 values)")
    }

    @Test func theSourcesAreReadOnce() throws {
        let folder = ConfigurationFolder()
        folder.write("A=1", to: ".env")
        var configuration = AppConfiguration(folder.sources())
        #expect(try configuration.int("a") == 1)
        folder.write("A=2", to: ".env")
        #expect(try configuration.int("a") == 1)
        configuration.sources.directory = folder.path
        #expect(try configuration.int("a") == 2)
    }

    @Test func aReaderOfSwiftConfigurationSeesTheSame() throws {
        let folder = ConfigurationFolder()
        folder.write(#"{"a": {"b": 5, "list": [1, 2]}, "api": {"key": "x"}}"#, to: "config.json")
        let reader = try AppConfiguration(folder.sources(environment: ["A_FLAG": "yes", "A_D": "1.5"])).makeReader()
        #expect(reader.int(forKey: "a.b") == 5)
        #expect(reader.scoped(to: "a").bool(forKey: "flag") == true)
        #expect(reader.double(forKey: "a.d") == 1.5)
        #expect(reader.intArray(forKey: "a.list") == [1, 2])
        #expect(reader.string(forKey: "none") == nil)
        #expect(throws: ConfigurationError.self) { try reader.requiredInt(forKey: "a.flag") }
        let value = try ConfigurationLayer(name: "x", entries: ["api.key": .init(content: .text("v"))])
            .value(forKey: "api.key", type: .string).value
        #expect(value?.isSecret == true)
    }
}

@Suite struct ConfigurationDecoderTests {
    struct Weather: Decodable, Equatable {
        struct Place: Decodable, Equatable {
            var city: String
            var zip: UInt16?
        }
        enum Unit: String, Decodable { case celsius, kelvin }

        var apiKey: Secret
        var maxDays: Int?
        var timeout: Duration?
        var place: Place
        var cities: [String]
        var unit: Unit
        var other: Place?
    }

    @Test func aTypeIsReadFromEverySource() throws {
        let folder = ConfigurationFolder()
        folder.write(
            #"{"weather": {"cities": ["Bonn", "Ulm"], "unit": "kelvin", "place": {"city": "Rome"}}}"#, to: "config.json"
        )
        folder.write("WEATHER_MAX_DAYS=3\nWEATHER_PLACE_ZIP=99", to: ".env")
        let sources = folder.sources(environment: ["WEATHER_API_KEY": "k"], arguments: ["--set", "weather.timeout=5s"])
        let weather = try AppConfiguration(sources).decode(Weather.self, from: "weather")
        #expect(
            weather
                == Weather(
                    apiKey: "k", maxDays: 3, timeout: .seconds(5), place: .init(city: "Rome", zip: 99),
                    cities: ["Bonn", "Ulm"], unit: .kelvin, other: nil))
    }

    @Test(
        arguments: [
            (
                ["weather.api_key": ""],
                "weather.api_key, set in the command line, must be a secret text that is not empty."
            ),
            (
                ["weather.max_days": "x"],
                "weather.max_days is \"x\", set in the command line. It must be a whole number."
            ),
            (
                ["weather.place.zip": "70000"],
                "weather.place.zip is \"70000\", set in the command line. It must be a value that fits UInt16."
            ),
        ] as [([String: String], String)])
    func errorsNameTheKey(change: [String: String], message: String) {
        let values = ["weather.api_key": "k", "weather.place.city": "x", "weather.unit": "celsius"]
        let configuration = AppConfiguration(values: values.merging(change) { $1 })
        let error = #expect(throws: ConfigurationError.self) {
            try configuration.decode(Weather.self, from: "weather")
        }
        #expect(error?.message == message)
    }

    @Test func aMissingPropertyIsNamed() {
        let error = #expect(throws: (any Error).self) {
            try AppConfiguration(values: [:]).decode(Weather.self, from: "weather")
        }
        #expect((error as? ConfigurationError)?.key == "weather.api_key")
    }

    @Test func keysMayBeSpelledAsTheProperty() throws {
        struct Options: Decodable { var maxDays: Int }
        #expect(try AppConfiguration(values: ["o.maxDays": "4"]).decode(Options.self, from: "o").maxDays == 4)
    }

    @Test func listsOfOtherTypes() throws {
        struct Options: Decodable { var numbers: [UInt8] }
        #expect(try AppConfiguration(values: ["o.numbers": "1,2"]).decode(Options.self, from: "o").numbers == [1, 2])
        #expect(throws: ConfigurationError.self) {
            try AppConfiguration(values: ["o.numbers": "1,256"]).decode(Options.self, from: "o")
        }
    }
}
