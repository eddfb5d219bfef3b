// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension WireError.Code {
    /// The host that a request names is none of those for which the application answers.
    public static let hostNotTrusted = WireError.Code("host-not-trusted")
}

/// A host and a port, as the `Host` header names them.
///
/// Hosts are compared without regard to the case of ASCII letters.
///
/// Source: RFC 9110 §7.2.
public struct Authority: Sendable, CustomStringConvertible {
    /// The host as it was written, without the brackets of an IPv6 address.
    public let host: String

    /// The port, `1...65535`, or nil where none is written.
    public let port: Int?

    /// Parses the value of a `Host` header.
    ///
    /// The host is made of ASCII letters, digits, `.` and `-`, or is an IPv6 address in brackets. The port has no
    /// leading zero. Returns nil for everything else, among it an empty value, a user, and a space before or behind.
    ///
    /// - Parameter text: The value of the header.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        var end = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.count
        if bytes.first == UInt8(ascii: "[") {
            guard let close = bytes.firstIndex(of: UInt8(ascii: "]")), HostSyntax.isIPv6Address(bytes[1..<close])
            else { return nil }
            host = String(decoding: bytes[1..<close], as: UTF8.self)
            end = close + 1
        } else {
            guard end > 0, bytes[..<end].allSatisfy(Self.isNameByte) else { return nil }
            host = String(decoding: bytes[..<end], as: UTF8.self)
        }
        guard end < bytes.count else {
            port = nil
            return
        }
        guard bytes[end] == UInt8(ascii: ":"), let port = Self.port(bytes[(end + 1)...]) else { return nil }
        self.port = port
    }

    /// Creates an authority from a host that is known to be one.
    ///
    /// - Parameters:
    ///   - host: The host, without brackets.
    ///   - port: The port, `1...65535`, or nil.
    private init(host: String, port: Int?) {
        self.host = host
        self.port = port
    }

    /// The host, in brackets if it is an IPv6 address, and the port if there is one.
    public var description: String {
        let bracketed = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        return port.map { "\(bracketed):\($0)" } ?? bracketed
    }

    /// The same authority without the port that the scheme implies.
    ///
    /// - Parameter scheme: `http`, `https`, `ws` or `wss`; other schemes imply no port.
    /// - Returns: The authority without a port that equals the default, and unchanged otherwise.
    public func droppingDefaultPort(for scheme: String) -> Authority {
        port != nil && port == Self.defaultPort(for: scheme) ? Authority(host: host, port: nil) : self
    }

    /// The same host with another port.
    ///
    /// - Parameter port: The new port, `1...65535`, or nil for none.
    /// - Returns: The authority, or nil when the port is out of range.
    public func withPort(_ port: Int?) -> Authority? {
        if let port, !(1...65_535).contains(port) { return nil }
        return Authority(host: host, port: port)
    }

    /// The port that a scheme implies, or nil.
    ///
    /// - Parameter scheme: The scheme without its colon.
    /// - Returns: 80 or 443 for the schemes of HTTP and WebSocket, nil for others.
    public static func defaultPort(for scheme: String) -> Int? {
        switch scheme.asciiLowercased {
        case "http", "ws": 80
        case "https", "wss": 443
        default: nil
        }
    }

    /// The authority for which a request was made.
    ///
    /// The `Host` header counts; the address of the server stands in where a client sent none.
    ///
    /// - Parameters:
    ///   - hostHeader: The value of the `Host` header, or nil where there is none.
    ///   - scheme: The scheme of the request, whose default port is left out.
    ///   - server: The name or address of the server and its port, or nil where it has none, as with a Unix socket.
    ///   - trustedHosts: The hosts for which the application answers; every host when there is none.
    /// - Returns: The authority, or nil when there is none or its characters are not those of a host.
    /// - Throws: ``WireError`` with `.hostNotTrusted` (400) when hosts are listed and this is none of them.
    public static func ofRequest(
        hostHeader: String?, scheme: String, server: (name: String, port: Int)? = nil,
        trustedHosts: TrustedHosts = TrustedHosts()
    ) throws -> Authority? {
        let text: String
        if let hostHeader {
            text = hostHeader
        } else if let server {
            let needsBrackets = server.name.utf8.contains(UInt8(ascii: ":")) && server.name.utf8.first != 0x5B
            text = needsBrackets ? "[\(server.name)]:\(server.port)" : "\(server.name):\(server.port)"
        } else {
            return nil
        }
        let authority = Authority(text)?.droppingDefaultPort(for: scheme)
        guard trustedHosts.isEmpty || authority.map({ $0.isTrusted(by: trustedHosts) }) == true else {
            throw WireError(
                .hostNotTrusted, "The application does not answer for this host. Add it to the trusted hosts.")
        }
        return authority
    }

    /// Whether the host is one of the trusted ones.
    ///
    /// The port does not matter.
    ///
    /// - Parameter hosts: The trusted hosts; when there is none, every host is trusted.
    /// - Returns: Whether the application answers for the host.
    public func isTrusted(by hosts: TrustedHosts) -> Bool { hosts.contains(host) }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }

    private static func port(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.first != UInt8(ascii: "0"), (1...5).contains(digits.count), digits.allSatisfy(\.isASCIIDigit)
        else { return nil }
        let port = digits.reduce(0) { $0 * 10 + Int($1 & 15) }
        return port <= 65_535 ? port : nil
    }
}

extension Authority: Hashable {
    /// Whether both name the same host, without regard to case, and the same port.
    public static func == (left: Authority, right: Authority) -> Bool {
        left.port == right.port && left.host.equalsIgnoringASCIICase(right.host)
    }

    /// Feeds the host in small letters, and the port.
    public func hash(into hasher: inout Hasher) {
        for byte in host.utf8 { hasher.combine(byte.asciiLowercased) }
        hasher.combine(port)
    }
}
