// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file of settings, read once at start-up.
enum ConfigurationFile {
    /// More bytes than any such file has.
    static let mostBytes = 1_048_576

    /// The contents of a file; nil when there is none.
    static func read(_ path: String) throws -> [UInt8]? {
        guard let file = fopen(path, "re") else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw unreadable(path, String(cString: strerror(errno)))
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        while true {
            let piece = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
                count = fread(buffer.baseAddress, 1, buffer.count, file)
            }
            bytes += piece
            guard ferror(file) == 0 else { throw unreadable(path, String(cString: strerror(errno))) }
            guard bytes.count <= mostBytes else { throw unreadable(path, "it has more than a megabyte") }
            if piece.isEmpty { return bytes }
        }
    }

    private static func unreadable(_ path: String, _ reason: String) -> ConfigurationError {
        ConfigurationError(.unreadableFile, "The file \(path) cannot be read: \(reason).")
    }

    /// The values of a JSON file under dotted keys.
    ///
    /// Objects nest: `{"server": {"port": 8001}}` is `server.port`. A null is as good as nothing.
    static func entries(json bytes: [UInt8], name: String) throws -> [String: ConfigurationLayer.Entry] {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes)
        } catch let failure as JSONDecodingFailure {
            // The failure's own text would quote the file, which may hold secrets.
            throw ConfigurationError(
                .malformedFile, "\(name) is not JSON: there is a mistake in line \(failure.line).")
        }
        guard case .object(let object) = value else {
            throw ConfigurationError(.malformedFile, "\(name) must be a JSON object: {\"server\": {\"port\": 8000}}.")
        }
        var entries: [String: ConfigurationLayer.Entry] = [:]
        add(object, "", &entries)
        return entries
    }

    private static func add(
        _ object: JSONObject, _ prefix: String, _ entries: inout [String: ConfigurationLayer.Entry]
    ) {
        for (name, value) in zip(object.keys, object.values) {
            let key = prefix.isEmpty ? name : "\(prefix).\(name)"
            switch value {
            case .null: break
            case .object(let inner): add(inner, key, &entries)
            case .array(let elements):
                entries[key] = ConfigurationLayer.Entry(content: .list(elements.map(text)))
            default: entries[key] = ConfigurationLayer.Entry(content: .text(text(value)))
            }
        }
    }

    private static func text(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .int(let number): "\(number)"
        case .unsigned(let number): "\(number)"
        case .double(let number): Int64(exactly: number).map { "\($0)" } ?? "\(number)"
        case .null: ""
        case .array, .object: (try? value.text()) ?? ""
        }
    }
}
