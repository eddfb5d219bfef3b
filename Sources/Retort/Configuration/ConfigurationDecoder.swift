// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// Reads a type from the keys that have a first part in common.
///
/// The property `apiKey` is looked for as `api_key`, then as it is. Lists are arrays of a file or texts with commas.
struct ConfigurationDecoder: Decoder {
    let configuration: AppConfiguration
    let layers: ConfigurationLayers
    let key: String
    var codingPath: [any CodingKey] = []
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if let type = type as? any ConfigurationValue.Type, let value = try scalar(type) as? Value { return value }
        return try Value(from: self)
    }

    private func scalar<Value: ConfigurationValue>(_ type: Value.Type) throws -> Value {
        try configuration.required(key, as: type)
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Keyed(decoder: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        List(decoder: self, texts: layers.find(key)?.entry.content.elements ?? [])
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { Single(decoder: self) }

    func child(_ codingKey: any CodingKey) -> ConfigurationDecoder {
        let name = codingKey.stringValue
        let snake = "\(key).\(VariableName.encode(name).asciiLowercased)"
        let plain = "\(key).\(name)"
        let isPlain = !has(snake) && has(plain)
        return ConfigurationDecoder(
            configuration: configuration, layers: layers, key: isPlain ? plain : snake,
            codingPath: codingPath + [codingKey])
    }

    /// Whether a source has the key, or keys below it.
    func has(_ key: String) -> Bool {
        if layers.find(key) != nil { return true }
        let start = "\(key)."
        let variable = VariableName.encode(key) + "_"
        return layers.all.contains { layer in
            switch layer.spelling {
            case .dotted: layer.entries.keys.contains { $0.utf8.starts(with: start.utf8) }
            case .variables(let prefix):
                layer.entries.keys.contains {
                    $0.utf8.starts(with: variable.utf8)
                        || $0.utf8.starts(with: VariableName.join(prefix, variable).utf8)
                }
            }
        }
    }
}

extension ConfigurationDecoder {
    /// The properties of a type.
    private struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
        let decoder: ConfigurationDecoder
        var codingPath: [any CodingKey] { decoder.codingPath }

        /// What keys there are cannot be told from variables, so a dictionary cannot be read.
        var allKeys: [Key] { [] }

        func contains(_ key: Key) -> Bool { decoder.has(decoder.child(key).key) }
        func decodeNil(forKey key: Key) -> Bool { !contains(key) }

        func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
            try decoder.child(key).decode(type)
        }

        func nestedContainer<Inner: CodingKey>(
            keyedBy type: Inner.Type, forKey key: Key
        ) -> KeyedDecodingContainer<Inner> {
            decoder.child(key).container(keyedBy: type)
        }

        func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
            try decoder.child(key).unkeyedContainer()
        }

        func superDecoder() -> any Decoder { decoder }
        func superDecoder(forKey key: Key) -> any Decoder { decoder.child(key) }
    }

    /// One value.
    private struct Single: SingleValueDecodingContainer {
        let decoder: ConfigurationDecoder
        var codingPath: [any CodingKey] { decoder.codingPath }

        func decodeNil() -> Bool { !decoder.has(decoder.key) }

        func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
            if type is any ConfigurationValue.Type { return try decoder.decode(type) }
            guard let lossless = type as? any LosslessStringConvertible.Type else { return try Value(from: decoder) }
            // Other numbers are read from the same text, with their own limits.
            let text = try decoder.configuration.required(decoder.key, as: String.self)
            if let value = lossless.init(text) as? Value { return value }
            guard let found = decoder.layers.find(decoder.key) else {
                throw ConfigurationError(.badValue, "\(decoder.key) must fit \(type).", key: decoder.key)
            }
            throw ConfigurationError.badValue(
                decoder.key, found, form: "a value that fits \(type)", isSecret: SettingTable.isSecret(decoder.key))
        }
    }

    /// The elements of a list.
    private struct List: UnkeyedDecodingContainer {
        let decoder: ConfigurationDecoder
        let texts: [String]
        var currentIndex = 0
        var codingPath: [any CodingKey] { decoder.codingPath }
        var count: Int? { texts.count }
        var isAtEnd: Bool { currentIndex >= texts.count }

        mutating func decodeNil() -> Bool { false }

        mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
            let element = try next()
            currentIndex += 1
            return try element.decode(type)
        }

        mutating func nestedContainer<Inner: CodingKey>(
            keyedBy type: Inner.Type
        ) throws -> KeyedDecodingContainer<Inner> { try next().container(keyedBy: type) }

        mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
        mutating func superDecoder() throws -> any Decoder { try next() }

        /// A decoder whose only value is the element.
        private func next() throws -> ConfigurationDecoder {
            guard !isAtEnd else {
                throw ConfigurationError(.missingValue, "\(decoder.key) has no more values.", key: decoder.key)
            }
            let key = "\(decoder.key)[\(currentIndex)]"
            let values = AppConfiguration(values: [key: texts[currentIndex]])
            return ConfigurationDecoder(
                configuration: values, layers: try values.layers(), key: key, codingPath: decoder.codingPath)
        }
    }
}
