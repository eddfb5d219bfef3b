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
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw unreadable(path, String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var isAtEnd = false
        while !isAtEnd {
            var failure: CInt = 0
            let piece = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
                let result = Self.readSome(descriptor, buffer)
                failure = result < 0 ? errno : 0
                count = max(result, 0)
            }
            guard failure == 0 else { throw unreadable(path, String(cString: strerror(failure))) }
            isAtEnd = piece.isEmpty
            bytes += piece
            guard bytes.count <= mostBytes else { throw unreadable(path, "it has more than a megabyte") }
        }
        return bytes
    }

    private static func readSome(_ descriptor: CInt, _ buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
        #if canImport(Glibc)
            Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        #elseif canImport(Musl)
            Musl.read(descriptor, buffer.baseAddress, buffer.count)
        #else
            Darwin.read(descriptor, buffer.baseAddress, buffer.count)
        #endif
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
