// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Reads the elements of one `Forwarded` header.
///
/// Source: RFC 7239 §4.
struct ForwardedParser {
    private let bytes: [UInt8]
    private var position = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
        skipSpace()
    }

    /// Whether every byte is read.
    var isAtEnd: Bool { position == bytes.count }

    /// Reads up to the next comma.
    ///
    /// - Returns: The element, `.some(nil)` for an empty place in the list, or nil for a malformed one.
    mutating func element() -> Forwarded?? {
        var element = Forwarded()
        var names: [[UInt8]] = []
        while position < bytes.count, !take(UInt8(ascii: ",")) {
            if take(UInt8(ascii: ";")) { continue }
            guard let (name, value) = pair(), !names.contains(name), names.count < 16 else { return nil }
            names.append(name)
            guard assign(value, to: name, of: &element) else { return nil }
            guard position == bytes.count || [0x2C, 0x3B].contains(bytes[position]) else { return nil }
        }
        skipSpace()
        return names.isEmpty ? .some(nil) : element
    }

    private func assign(_ value: String, to name: [UInt8], of element: inout Forwarded) -> Bool {
        switch String(decoding: name, as: UTF8.self) {
        case "for":
            element.client = ForwardedNode(value)
            return element.client != nil
        case "by":
            element.proxy = ForwardedNode(value)
            return element.proxy != nil
        case "host": element.host = value
        case "proto": element.scheme = value
        default: break
        }
        return true
    }

    private mutating func pair() -> (name: [UInt8], value: String)? {
        let name = token().map(\.asciiLowercased)
        guard !name.isEmpty, take(UInt8(ascii: "="), skippingSpace: false) else { return nil }
        if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
            guard let value = quotedString() else { return nil }
            skipSpace()
            return (name, value)
        }
        let value = token()
        guard !value.isEmpty else { return nil }
        skipSpace()
        return (name, String(decoding: value, as: UTF8.self))
    }

    private mutating func token() -> ArraySlice<UInt8> {
        let start = position
        while position < bytes.count, bytes[position].isTokenByte { position += 1 }
        return bytes[start..<position]
    }

    private mutating func quotedString() -> String? {
        position += 1
        var value: [UInt8] = []
        while position < bytes.count {
            var byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: value, as: UTF8.self) }
            if byte == UInt8(ascii: "\\") {
                guard position < bytes.count else { return nil }
                byte = bytes[position]
                position += 1
            }
            guard byte >= 0x20 || byte == 0x09, byte != 0x7F else { return nil }
            value.append(byte)
        }
        return nil
    }

    private mutating func take(_ byte: UInt8, skippingSpace: Bool = true) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        if skippingSpace { skipSpace() }
        return true
    }

    private mutating func skipSpace() {
        while position < bytes.count, bytes[position].isHTTPWhitespace { position += 1 }
    }
}
