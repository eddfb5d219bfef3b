// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// An option of the command line that sets a key.
struct ConfigurationOption: Sendable {
    /// With its hyphens.
    var name: String
    var key: String
    /// What its value is called in the help.
    var value: String
    var help: String
}

/// Where a configuration is read from.
public struct ConfigurationSources: Sendable {
    /// What stands before the names of Retort's own settings in the environment: `RETORT` for `RETORT_SERVER_PORT`.
    ///
    /// Keys of the app are found with and without it.
    public var environmentPrefix = "RETORT"

    /// The folder of the files.
    public var directory = "."

    /// The JSON file, which need not exist.
    ///
    /// The option `--config` and the variable `RETORT_CONFIG` name another one, which must.
    public var file: String? = "config.json"

    /// Files of environment variables, which need not exist.
    ///
    /// The first one that has a name counts.
    public var environmentFiles = [".env.local", ".env"]

    /// The environment; nil for that of the process.
    public var environment: [String: String]?

    /// The arguments of the command line, of which `--config FILE` and `--set KEY=VALUE` count here; nil for those of
    /// the process.
    public var arguments: [String]?

    /// Options of the command line that set keys of the app, such as `--allow-fetch`; see
    /// ``AppConfiguration/addOption(_:for:value:help:)``.
    var options: [ConfigurationOption] = []

    /// Sources as most programs want them.
    public init() {}

    /// No source at all, for tests.
    public static var none: ConfigurationSources {
        var sources = ConfigurationSources()
        sources.file = nil
        sources.environmentFiles = []
        sources.environment = [:]
        sources.arguments = []
        return sources
    }

    /// Reads everything.
    func load() throws -> ConfigurationLayers {
        var layers = ConfigurationLayers()
        let options = GlobalArguments(arguments ?? Array(CommandLine.arguments.dropFirst()), options)
        if let problem = options.problem { throw ConfigurationError(.badValue, problem) }
        var commandLine = ConfigurationLayer(name: "the command line")
        for (key, value) in options.settings { commandLine.entries[key] = .init(content: .text(value)) }
        for (key, values) in options.lists { commandLine.entries[key] = .init(content: .list(values)) }
        layers.all = [commandLine]

        let variables = ConfigurationLayer.Spelling.variables(prefix: environmentPrefix)
        let process = environment ?? ProcessInfo.processInfo.environment
        layers.all.append(
            ConfigurationLayer(
                name: "the environment", spelling: variables,
                entries: process.mapValues { .init(content: .text($0)) }, isEnvironment: true))
        for name in environmentFiles {
            guard let bytes = try ConfigurationFile.read(path(name)) else { continue }
            let file = try EnvironmentFile(bytes, name: name)
            layers.warnings += file.skippedLines.map { "\(name) line \($0) is not NAME=value and was skipped." }
            layers.all.append(ConfigurationLayer(name: name, spelling: variables, entries: file.entries))
        }
        try loadFile(options.file, &layers)
        return layers
    }

    private func loadFile(_ option: String?, _ layers: inout ConfigurationLayers) throws {
        let named = option ?? layers.find("config")?.entry.content.text
        guard let name = named ?? file else { return }
        guard let bytes = try ConfigurationFile.read(path(name)) else {
            guard named != nil else { return }
            throw ConfigurationError(.unreadableFile, "There is no configuration file \(name).")
        }
        let entries = try ConfigurationFile.entries(json: bytes, name: name)
        layers.all.append(ConfigurationLayer(name: name, entries: entries))
    }

    private func path(_ name: String) -> String {
        name.utf8.first == UInt8(ascii: "/") ? name : "\(directory)/\(name)"
    }
}

/// What the sources said, the one that counts most first.
struct ConfigurationLayers: Sendable {
    var all: [ConfigurationLayer] = []
    var warnings: [String] = []

    /// The value of a key that counts.
    func find(_ key: String) -> FoundValue? {
        for (rank, layer) in all.enumerated() {
            guard let (name, entry) = layer.find(key) else { continue }
            return FoundValue(entry: entry, place: layer.place(name, entry), rank: rank)
        }
        return nil
    }
}

/// A value that a source has.
struct FoundValue: Sendable {
    var entry: ConfigurationLayer.Entry

    /// Where it stands: `.env line 3 (RETORT_SERVER_PORT)`.
    var place: String

    /// The number of sources that count more.
    var rank: Int
}
