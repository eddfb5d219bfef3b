// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// One entry of `Sec-WebSocket-Extensions`: a name and parameters.
///
/// Source: RFC 6455 §9.1.
struct WebSocketExtension: Hashable {
    struct Parameter: Hashable {
        var name: String
        var value: String?
    }

    var name: String
    var parameters: [Parameter] = []

    /// The most entries, and the most parameters of one entry, that are read.
    static let maximumCount = 16

    /// Reads a list of entries.
    ///
    /// - Parameter text: The value of the field; several fields are joined by commas.
    /// - Returns: The entries in order, or nil when the text does not follow the grammar or is too long.
    static func parse(_ text: String) -> [WebSocketExtension]? {
        var scanner = Scanner(bytes: Array(text.utf8))
        var result: [WebSocketExtension] = []
        repeat {
            scanner.skipSpace()
            // Empty entries mean nothing in a list. Source: RFC 9110 §5.6.1.2.
            if scanner.isAtEnd || scanner.peek(UInt8(ascii: ",")) { continue }
            guard result.count < maximumCount, let entry = scanner.entry() else { return nil }
            result.append(entry)
        } while scanner.skip(UInt8(ascii: ","))
        return scanner.isAtEnd ? result : nil
    }

    private struct Scanner {
        let bytes: [UInt8]
        var index = 0

        init(bytes: [UInt8]) { self.bytes = bytes }

        var isAtEnd: Bool { index >= bytes.count }

        func peek(_ byte: UInt8) -> Bool { index < bytes.count && bytes[index] == byte }

        mutating func skip(_ byte: UInt8) -> Bool {
            guard peek(byte) else { return false }
            index += 1
            return true
        }

        mutating func skipSpace() {
            while index < bytes.count, bytes[index].isHTTPWhitespace { index += 1 }
        }

        mutating func token() -> String? {
            let start = index
            while index < bytes.count, bytes[index].isTokenByte { index += 1 }
            return start == index ? nil : String(decoding: bytes[start..<index], as: UTF8.self)
        }

        mutating func entry() -> WebSocketExtension? {
            guard let name = token() else { return nil }
            var result = WebSocketExtension(name: name)
            skipSpace()
            while skip(UInt8(ascii: ";")) {
                skipSpace()
                guard result.parameters.count < maximumCount, let name = token() else { return nil }
                skipSpace()
                var value: String?
                if skip(UInt8(ascii: "=")) {
                    skipSpace()
                    value = peek(UInt8(ascii: "\"")) ? quoted() : token()
                    guard value != nil else { return nil }
                    skipSpace()
                }
                result.parameters.append(Parameter(name: name, value: value))
            }
            return result
        }

        /// A quoted value, whose content has to be a token all the same.
        private mutating func quoted() -> String? {
            guard skip(UInt8(ascii: "\"")) else { return nil }
            var value: [UInt8] = []
            while index < bytes.count {
                var byte = bytes[index]
                index += 1
                if byte == UInt8(ascii: "\"") {
                    return value.isEmpty ? nil : String(decoding: value, as: UTF8.self)
                }
                if byte == UInt8(ascii: "\\") {
                    guard index < bytes.count else { return nil }
                    byte = bytes[index]
                    index += 1
                }
                guard byte.isTokenByte else { return nil }
                value.append(byte)
            }
            return nil
        }
    }
}
