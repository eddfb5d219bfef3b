// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// How hosts and ports are written.
enum HostSyntax {
    /// Splits `host:port`, where the host may be an IPv6 address in brackets.
    ///
    /// - Parameter text: An authority without its user.
    /// - Returns: The host in small letters and without brackets, and the port if one is written.
    /// - Throws: ``WireError`` with `.invalidURL`.
    static func split(_ text: Substring) throws -> (host: String, port: Int?) {
        var rest = text.utf8
        let host: Substring.UTF8View
        if rest.first == UInt8(ascii: "[") {
            guard let close = rest.firstIndex(of: UInt8(ascii: "]")) else {
                throw WireError(.invalidURL, "The URL has an IPv6 address without its closing bracket.")
            }
            host = rest[rest.index(after: rest.startIndex)..<close]
            rest = rest[rest.index(after: close)...]
            guard isIPv6Address(host) else { throw WireError(.invalidURL, "The URL has no IPv6 address in brackets.") }
        } else {
            let end = rest.firstIndex(of: UInt8(ascii: ":")) ?? rest.endIndex
            host = rest[..<end]
            rest = rest[end...]
            guard !host.contains(where: isForbidden) else {
                throw WireError(.invalidURL, "The host of the URL has a character that no host has.")
            }
        }
        let name = lowercased(Substring(host))
        guard let colon = rest.first else { return (name, nil) }
        guard colon == UInt8(ascii: ":"), let port = portNumber(rest.dropFirst()) else {
            throw WireError(.invalidURL, "The port of the URL is no number from 0 to 65535.")
        }
        return (name, port)
    }

    /// The host in small letters, those outside ASCII too.
    private static func lowercased(_ host: Substring) -> String {
        if host.utf8.allSatisfy({ $0 < 128 }) { return String(host).asciiLowercased }
        return host.unicodeScalars.reduce(into: "") { $0 += $1.properties.lowercaseMapping }
    }

    /// The number of a port; `.some(nil)` for an empty port, nil for no port at all.
    private static func portNumber(_ digits: Substring.UTF8View) -> Int?? {
        if digits.isEmpty { return .some(nil) }
        var port = 0
        for byte in digits {
            guard byte.isASCIIDigit else { return nil }
            port = port * 10 + Int(byte & 15)
            if port > 65_535 { return nil }
        }
        return .some(port)
    }

    /// Whether the byte makes a host name impossible.
    ///
    /// Source: WHATWG URL §3.2.
    static func isForbidden(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x7F: true
        case UInt8(ascii: "#"), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "<"), UInt8(ascii: ">"),
            UInt8(ascii: "?"), UInt8(ascii: "@"), UInt8(ascii: "["), UInt8(ascii: "\\"), UInt8(ascii: "]"),
            UInt8(ascii: "^"), UInt8(ascii: "|"), UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "{"),
            UInt8(ascii: "}"):
            true
        default: false
        }
    }

    /// Whether the text is an IPv6 address, without brackets and zone.
    ///
    /// Source: RFC 4291 §2.2.
    static func isIPv6Address(_ text: some Collection<UInt8>) -> Bool {
        guard text.count <= 45 else { return false }
        let bytes = Array(text)
        var groups = 0
        var hasGap = false
        var index = 0
        if bytes.starts(with: "::".utf8) {
            hasGap = true
            index = 2
        }
        while index < bytes.count {
            let start = index
            while index < bytes.count, bytes[index].hexDigitValue != nil { index += 1 }
            if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
                groups += 2
                return (hasGap ? groups <= 7 : groups == 8) && isIPv4Address(bytes[start...])
            }
            guard (1...4).contains(index - start) else { return false }
            groups += 1
            if index == bytes.count { break }
            guard bytes[index] == UInt8(ascii: ":"), index + 1 < bytes.count else { return false }
            index += 1
            if bytes[index] == UInt8(ascii: ":") {
                guard !hasGap else { return false }
                hasGap = true
                index += 1
            }
        }
        return hasGap ? groups <= 7 : groups == 8
    }

    /// Whether the text is an IPv4 address of four decimal numbers without leading zeros.
    static func isIPv4Address(_ text: some Collection<UInt8>) -> Bool {
        guard text.count <= 15 else { return false }
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                (1...3).contains(part.count) && part.allSatisfy(\.isASCIIDigit)
                    && (part.count == 1 || part.first != UInt8(ascii: "0"))
                    && part.reduce(0) { $0 * 10 + Int($1 & 15) } <= 255
            }
    }
}
