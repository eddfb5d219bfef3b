// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Configuration
import RetortWire

/// The value of a key as a source has it: one text, or a list of them.
enum ConfigurationText: Hashable, Sendable {
    case text(String)
    case list([String])

    /// The text; the elements of a list with commas between them.
    var text: String {
        switch self {
        case .text(let text): text
        case .list(let elements): elements.joined(separator: ", ")
        }
    }

    /// The elements; those of a text stand between its commas.
    ///
    /// An empty text has none.
    var elements: [String] {
        switch self {
        case .list(let elements): elements
        case .text(let text):
            text.utf8.split(separator: UInt8(ascii: ",")).map { Self.trimmed(Substring($0)) }.filter { !$0.isEmpty }
        }
    }

    /// The text without white space at its ends.
    static func trimmed(_ text: Substring) -> String {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        var bytes = text.utf8.drop(while: isSpace)
        while let last = bytes.last, isSpace(last) { bytes = bytes.dropLast() }
        return String(Substring(bytes))
    }
}

/// What one source sets: the command line, the environment, a file.
///
/// It is a provider of swift-configuration, so that other libraries read from it as well.
struct ConfigurationLayer: Sendable {
    /// A value and where it stands.
    struct Entry: Hashable, Sendable {
        var content: ConfigurationText
        var line: Int?
    }

    /// How the source spells keys.
    enum Spelling: Sendable {
        /// As they are: `server.port`.
        case dotted
        /// As variables of an environment: `RETORT_SERVER_PORT`.
        case variables(prefix: String)
    }

    /// Where the values are from, as in `set in .env`.
    var name: String
    var spelling = Spelling.dotted
    var entries: [String: Entry] = [:]

    /// Whether this is the environment of the process, which holds the variables of all programs.
    var isEnvironment = false

    /// Whether a name in this source sets one of Retort's own settings.
    func setsOwnKey(_ name: String) -> Bool {
        switch spelling {
        case .dotted: SettingTable.isOwn(name)
        case .variables(let prefix): SettingTable.isOwnVariable(name, prefix: prefix)
        }
    }

    /// The value of a key and the name under which it stands.
    func find(_ key: String) -> (name: String, entry: Entry)? {
        switch spelling {
        case .dotted: return entries[key].map { (key, $0) }
        case .variables(let prefix):
            let plain = VariableName.encode(key)
            let prefixed = VariableName.join(prefix, plain)
            if let entry = entries[prefixed] { return (prefixed, entry) }
            // Retort's own settings are found under the prefix only: nobody means us with DEBUG=1.
            guard !SettingTable.isOwn(key), let entry = entries[plain] else { return nil }
            return (plain, entry)
        }
    }

    /// `.env line 3 (RETORT_SERVER_PORT)`.
    func place(_ name: String, _ entry: Entry) -> String {
        var place = self.name
        if let line = entry.line { place += " line \(line)" }
        if case .variables = spelling { place += " (\(name))" }
        return place
    }
}

/// Names of environment variables.
enum VariableName {
    /// `SERVER_PORT` for `server.port`, `API_KEY` for `apiKey`.
    static func encode(_ key: String) -> String {
        var result: [UInt8] = []
        var previous: UInt8 = 0
        for byte in key.utf8 {
            let isUpper = byte &- 0x41 < 26
            if isUpper, previous &- 0x61 < 26 { result.append(UInt8(ascii: "_")) }
            let isLower = byte &- 0x61 < 26
            result.append(isLower ? byte & 0xDF : byte.isASCIIDigit || isUpper ? byte : UInt8(ascii: "_"))
            previous = byte
        }
        return String(decoding: result, as: UTF8.self)
    }

    static func join(_ prefix: String, _ name: String) -> String { prefix.isEmpty ? name : "\(prefix)_\(name)" }
}

extension ConfigurationLayer: ConfigProvider, ConfigSnapshot {
    var providerName: String { name }

    func value(forKey key: AbsoluteConfigKey, type: ConfigType) throws -> LookupResult {
        let dotted = key.components.joined(separator: ".")
        guard let (name, entry) = find(dotted) else { return LookupResult(encodedKey: dotted, value: nil) }
        guard let content = Self.content(entry.content, type) else {
            let found = FoundValue(entry: entry, place: place(name, entry), rank: 0)
            throw ConfigurationError.badValue(dotted, found, form: "\(type)", isSecret: SettingTable.isSecret(dotted))
        }
        return LookupResult(encodedKey: name, value: ConfigValue(content, isSecret: SettingTable.isSecret(dotted)))
    }

    func fetchValue(forKey key: AbsoluteConfigKey, type: ConfigType) async throws -> LookupResult {
        try value(forKey: key, type: type)
    }

    func watchValue<Return: ~Copyable>(
        forKey key: AbsoluteConfigKey, type: ConfigType,
        updatesHandler: (ConfigUpdatesAsyncSequence<Result<LookupResult, any Error>, Never>) async throws -> Return
    ) async throws -> Return {
        try await watchValueFromValue(forKey: key, type: type, updatesHandler: updatesHandler)
    }

    func snapshot() -> any ConfigSnapshot { self }

    func watchSnapshot<Return: ~Copyable>(
        updatesHandler: (ConfigUpdatesAsyncSequence<any ConfigSnapshot, Never>) async throws -> Return
    ) async throws -> Return {
        try await watchSnapshotFromSnapshot(updatesHandler: updatesHandler)
    }

    /// A value as swift-configuration knows it; nil when it is not of that type.
    private static func content(_ value: ConfigurationText, _ type: ConfigType) -> ConfigContent? {
        switch type {
        case .string: .string(value.text)
        case .int: Int(configurationText: value.text).map { .int($0) }
        case .double: Double(configurationText: value.text).map { .double($0) }
        case .bool: Bool(configurationText: value.text).map { .bool($0) }
        case .bytes: Base64.decode(value.text.utf8).map { .bytes($0) }
        case .stringArray: .stringArray(value.elements)
        case .intArray: all(value.elements) { Int(configurationText: $0) }.map { .intArray($0) }
        case .doubleArray: all(value.elements) { Double(configurationText: $0) }.map { .doubleArray($0) }
        case .boolArray: all(value.elements) { Bool(configurationText: $0) }.map { .boolArray($0) }
        case .byteChunkArray: all(value.elements) { Base64.decode($0.utf8) }.map { .byteChunkArray($0) }
        }
    }

    private static func all<Value>(_ texts: [String], _ read: (String) -> Value?) -> [Value]? {
        let values = texts.compactMap(read)
        return values.count == texts.count ? values : nil
    }
}
