// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// Settings as the configuration leaves them, and where each of them is from.
struct ResolvedSettings: Sendable {
    var settings: Settings

    /// Where the values are from that are not those of the code, by key.
    var places: [String: String] = [:]

    /// Sentences about keys that mean nothing.
    var warnings: [String] = []

    /// Puts what the configuration says over what the code says.
    ///
    /// - Throws: ``ConfigurationError`` with a sentence for each bad value.
    init(_ base: Settings, _ configuration: AppConfiguration) throws {
        settings = base
        let layers = try configuration.layers()
        warnings = layers.warnings + UnknownKeys(layers, prefix: configuration.sources.environmentPrefix).warnings
        var found: [String: FoundValue] = [:]
        for setting in SettingTable.all { found[setting.key] = layers.find(setting.key) }
        Self.decideAddress(&found)
        var problems: [ConfigurationError] = []
        for setting in SettingTable.all {
            guard let value = found[setting.key] else { continue }
            places[setting.key] = value.place
            if !setting.apply(value.entry.content, &settings) {
                problems.append(
                    .badValue(setting.key, value, form: setting.form, isSecret: setting.isSecret))
            }
        }
        guard let first = problems.first else { return }
        throw ConfigurationError(first.code, problems.map(\.message).joined(separator: "\n"), key: first.key)
    }

    /// A socket's path and a port exclude each other: the one from the source that counts more is meant.
    private static func decideAddress(_ found: inout [String: FoundValue]) {
        guard let unix = found["server.unix"], !unix.entry.content.text.isEmpty else { return }
        let tcp = [found["server.host"], found["server.port"]].compactMap { $0?.rank }.min()
        if let tcp, tcp < unix.rank {
            found["server.unix"] = nil
        } else {
            found["server.host"] = nil
            found["server.port"] = nil
        }
    }

    /// Where the value of a key is from.
    func place(_ setting: Setting, defaults: Settings) -> String {
        if let place = places[setting.key] { return place }
        let isDefault =
            setting.isSecret ? setting.show(settings) == nil : setting.show(settings) == setting.show(defaults)
        return isDefault ? "default" : "code"
    }
}

/// Keys in sources that look as if they were meant for Retort, and are none of its settings.
struct UnknownKeys {
    private(set) var warnings: [String] = []

    init(_ layers: ConfigurationLayers, prefix: String) {
        for layer in layers.all {
            for (name, entry) in layer.entries.sorted(by: {
                ($0.value.line ?? 0, $0.key) < ($1.value.line ?? 0, $1.key)
            }) {
                if let sentence = Self.sentence(name, entry, layer, prefix) { warnings.append(sentence) }
            }
        }
    }

    private static func sentence(
        _ name: String, _ entry: ConfigurationLayer.Entry, _ layer: ConfigurationLayer, _ prefix: String
    ) -> String? {
        let place = layer.name + (entry.line.map { " line \($0)" } ?? "")
        let guess: String?
        switch layer.spelling {
        case .dotted:
            guard !SettingTable.isOwn(name) else { return nil }
            guess = suggestion(name, SettingTable.all.map(\.key))
            let isOurs = SettingTable.group(of: name).map { SettingTable.groups.contains($0) } ?? false
            guard isOurs || guess != nil else { return nil }
        case .variables:
            let names = SettingTable.all.map { VariableName.join(prefix, VariableName.encode($0.key)) }
            guard !prefix.isEmpty, name.utf8.starts(with: (prefix + "_").utf8),
                !SettingTable.isOwnVariable(name, prefix: prefix)
            else { return nil }
            guess = NameSuggestion.closest(to: name, among: names).flatMap { near(name, $0, prefix) ? $0 : nil }
            // A prefix of the app's own is also that of the app's own keys.
            guard guess != nil || prefix == "RETORT" else { return nil }
        }
        return "\(name) in \(place) is no setting of Retort." + (guess.map { " Did you mean \($0)?" } ?? "")
    }

    /// The setting that was meant, when at most two letters are wrong, or when the first word is one of Retort's.
    private static func suggestion(_ name: String, _ keys: [String]) -> String? {
        guard let closest = NameSuggestion.closest(to: name, among: keys) else { return nil }
        if let group = SettingTable.group(of: name), SettingTable.groups.contains(group) { return closest }
        return near(name, closest, "") ? closest : nil
    }

    private static func near(_ name: String, _ closest: String, _ prefix: String) -> Bool {
        let distance = NameSuggestion.distance(Array(name.utf8), Array(closest.utf8))
        return distance <= 2 && closest.utf8.count - prefix.utf8.count > 5
    }
}
