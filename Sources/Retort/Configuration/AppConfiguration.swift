// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import Configuration
import Synchronization

/// What an app is told from outside: by the command line, the environment, `.env` files and a JSON file.
///
///     let key: Secret = try app.configuration.required("weather.api_key")
///     let cities = try app.configuration.list("weather.cities", of: String.self)
///
/// Keys are words with dots between them. `weather.api_key` is `WEATHER_API_KEY` in the environment and in `.env`, and
/// `{"weather": {"api_key": …}}` in the file. Where several sources have a key, the command line counts first, then the
/// environment, `.env.local`, `.env` and the file.
///
/// The sources are read once, when the first value is asked for.
public struct AppConfiguration: Sendable {
    /// Where the values come from.
    ///
    /// Changing it makes them be read again.
    public var sources: ConfigurationSources {
        didSet { cache = Cache() }
    }

    /// What options of a command set.
    ///
    /// It counts more than everything else.
    private var options = ConfigurationLayer(name: "the command line")

    private var cache = Cache()

    /// What was read from the sources, or why that failed.
    private final class Cache: Sendable {
        let result = Mutex<Result<ConfigurationLayers, any Error>?>(nil)
    }

    /// Creates a configuration.
    ///
    /// - Parameter sources: Where the values come from.
    public init(_ sources: ConfigurationSources = ConfigurationSources()) { self.sources = sources }

    /// Creates a configuration of values that are given, for tests.
    ///
    /// No other source is read.
    ///
    /// - Parameter values: The values by key.
    public init(values: [String: String]) {
        self.init(.none)
        for (key, value) in values { set(key, value) }
    }

    /// Sets a value that counts more than every source.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - value: The value, written as in a file.
    public mutating func set(_ key: String, _ value: String) { options.entries[key] = .init(content: .text(value)) }

    /// Lets every command take an option that sets a key of the app.
    ///
    ///     app.configuration.addOption("--allow-fetch", for: "fetch.allow", value: "HOST:PORT", help: "…")
    ///     let allowed = try app.configuration.list("fetch.allow", of: String.self)
    ///
    /// The option may be repeated; ``list(_:of:)`` gives all values. Add it before the first value is asked for.
    ///
    /// - Parameters:
    ///   - name: The option with its hyphens.
    ///   - key: The key that it sets.
    ///   - value: What its value is called in the help.
    ///   - help: A sentence for the help.
    public mutating func addOption(_ name: String, for key: String, value: String, help: String) {
        sources.options.append(ConfigurationOption(name: name, key: key, value: value, help: help))
    }

    /// Reads the sources if that was not done yet.
    func layers() throws -> ConfigurationLayers {
        var layers = try cache.result.withLock { result in
            if let result { return result }
            let loaded = Result { try sources.load() }
            result = loaded
            return loaded
        }.get()
        layers.all.insert(options, at: 0)
        return layers
    }

    // MARK: Reading

    /// The value of a key.
    ///
    /// - Parameters:
    ///   - key: The key, such as `weather.timeout`.
    ///   - type: The type of the value.
    /// - Returns: The value, or nil when no source has the key.
    /// - Throws: ``ConfigurationError`` with `.badValue` when the value is not of the type, `.unreadableFile` or
    ///   `.malformedFile` when a source cannot be used.
    public func value<Value: ConfigurationValue>(_ key: String, as type: Value.Type = Value.self) throws -> Value? {
        guard let found = try layers().find(key) else { return nil }
        return try Self.read(found.entry.content.text, key, found)
    }

    /// The value of a key that must be set.
    ///
    /// - Parameters:
    ///   - key: The key, such as `weather.api_key`.
    ///   - type: The type of the value.
    /// - Returns: The value.
    /// - Throws: ``ConfigurationError`` with `.missingValue` when no source has the key; otherwise as
    ///   ``value(_:as:)``.
    public func required<Value: ConfigurationValue>(_ key: String, as type: Value.Type = Value.self) throws -> Value {
        if let value = try value(key, as: type) { return value }
        let plain = VariableName.encode(key)
        let name = SettingTable.isOwn(key) ? VariableName.join(sources.environmentPrefix, plain) : plain
        throw ConfigurationError(
            .missingValue,
            "\(key) is not set. Set \(name) in the environment or in .env, or \(key) in "
                + "\(sources.file ?? "a file for --config"), to \(Value.configurationForm).",
            key: key)
    }

    /// The values of a key that has several: an array in the file, a text with commas elsewhere.
    ///
    /// - Parameters:
    ///   - key: The key, such as `weather.cities`.
    ///   - type: The type of each value.
    /// - Returns: The values; none when no source has the key.
    /// - Throws: ``ConfigurationError``, as ``value(_:as:)``.
    public func list<Value: ConfigurationValue>(_ key: String, of type: Value.Type = Value.self) throws -> [Value] {
        guard let found = try layers().find(key) else { return [] }
        return try found.entry.content.elements.map { try Self.read($0, key, found) }
    }

    /// The text of a key.
    ///
    /// - Parameter key: The key, such as `weather.city`.
    /// - Returns: The text, or nil when no source has the key.
    /// - Throws: ``ConfigurationError`` when a source cannot be used.
    public func string(_ key: String) throws -> String? { try value(key) }

    /// The whole number of a key.
    ///
    /// - Parameter key: The key, such as `weather.days`.
    /// - Returns: The number, or nil when no source has the key.
    /// - Throws: ``ConfigurationError``, as ``value(_:as:)``.
    public func int(_ key: String) throws -> Int? { try value(key) }

    /// Whether a key is set to true.
    ///
    /// - Parameter key: The key, such as `weather.cached`.
    /// - Returns: Nil when no source has the key.
    /// - Throws: ``ConfigurationError``, as ``value(_:as:)``.
    public func bool(_ key: String) throws -> Bool? { try value(key) }

    /// A value of several keys that have a first part in common.
    ///
    ///     struct Weather: Decodable { var apiKey: Secret; var days: Int? }
    ///     let weather = try app.configuration.decode(Weather.self, from: "weather")
    ///
    /// The property `apiKey` is the key `weather.api_key`.
    ///
    /// - Parameters:
    ///   - type: The type of the value.
    ///   - key: The first part of the keys.
    /// - Returns: The value.
    /// - Throws: ``ConfigurationError``, as ``required(_:as:)``, and what the type itself throws.
    public func decode<Value: Decodable>(_ type: Value.Type, from key: String) throws -> Value {
        try ConfigurationDecoder(configuration: self, layers: try layers(), key: key).decode(type)
    }

    /// The same values as swift-configuration reads them, for libraries that take its reader.
    ///
    /// - Returns: A reader of the sources in their order.
    /// - Throws: ``ConfigurationError`` when a source cannot be used.
    public func makeReader() throws -> ConfigReader { ConfigReader(providers: try layers().all) }

    static func read<Value: ConfigurationValue>(_ text: String, _ key: String, _ found: FoundValue) throws -> Value {
        guard let value = Value(configurationText: text) else {
            throw ConfigurationError.badValue(
                key, found, form: Value.configurationForm, isSecret: SettingTable.isSecret(key))
        }
        return value
    }
}

extension AppConfiguration: CustomStringConvertible, CustomReflectable {
    /// How many values there are.
    ///
    /// The values may be secret.
    public var description: String {
        let count = (try? layers())?.all.reduce(0) { $0 + $1.entries.count }
        return "AppConfiguration(\(count.map { "\($0) values" } ?? "unreadable"))"
    }

    /// A mirror without children, so that no dump shows a value.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
