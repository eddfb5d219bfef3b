// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What one proxy wrote into a `Forwarded` header about the request that it received.
///
/// Source: RFC 7239.
public struct Forwarded: Hashable, Sendable, CustomStringConvertible {
    /// The client that sent the request to the proxy.
    public var client: ForwardedNode?

    /// The interface of the proxy at which the request came in.
    public var proxy: ForwardedNode?

    /// The value of the `Host` header that the proxy received.
    public var host: String?

    /// The scheme with which the request was made, such as `https`.
    public var scheme: String?

    /// Creates an element.
    ///
    /// - Parameters:
    ///   - client: The client that sent the request to the proxy (`for`).
    ///   - proxy: The interface of the proxy (`by`).
    ///   - host: The value of the `Host` header (`host`).
    ///   - scheme: The scheme of the request (`proto`).
    public init(
        client: ForwardedNode? = nil, proxy: ForwardedNode? = nil, host: String? = nil, scheme: String? = nil
    ) {
        self.client = client
        self.proxy = proxy
        self.host = host
        self.scheme = scheme
    }

    /// The element as a proxy writes it, such as `for=192.0.2.60;proto=http`.
    public var description: String {
        let pairs = [("for", client?.description), ("by", proxy?.description), ("host", host), ("proto", scheme)]
        return pairs.compactMap { name, value in value.map { name + "=" + Self.quotedIfNeeded($0) } }
            .joined(separator: ";")
    }

    /// Parses the values of all `Forwarded` headers of a message.
    ///
    /// The first element was written by the proxy that is nearest to the client, the last one by the nearest to the
    /// server. Only elements that own proxies wrote can be believed. Parameters that are not known are skipped.
    ///
    /// - Parameters:
    ///   - values: The values of the headers in their order.
    ///   - maximumElements: The most elements.
    ///   - maximumBytes: The most bytes of all values together.
    /// - Returns: The elements, or nil when a value is malformed, names a parameter twice or passes a limit.
    ///
    /// Source: RFC 7239 §4.
    public static func parse(
        _ values: some Sequence<String>, maximumElements: Int = 100, maximumBytes: Int = 10_000
    ) -> [Forwarded]? {
        var elements: [Forwarded] = []
        var room = maximumBytes
        for value in values {
            room -= value.utf8.count
            guard room >= 0 else { return nil }
            var parser = ForwardedParser(bytes: Array(value.utf8))
            while !parser.isAtEnd {
                guard let element = parser.element() else { return nil }
                guard let element else { continue }
                guard elements.count < maximumElements else { return nil }
                elements.append(element)
            }
        }
        return elements
    }

    private static func quotedIfNeeded(_ text: String) -> String {
        if !text.isEmpty, text.utf8.allSatisfy(\.isTokenByte) { return text }
        var bytes = [UInt8(ascii: "\"")]
        for byte in text.utf8 {
            // Control characters have no place in a header, quoted or not.
            guard byte >= 0x20, byte != 0x7F else { continue }
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(byte)
        }
        return String(decoding: bytes + [UInt8(ascii: "\"")], as: UTF8.self)
    }
}

/// The name of a client or proxy in a `Forwarded` header.
///
/// Source: RFC 7239 §6.
public struct ForwardedNode: Hashable, Sendable, CustomStringConvertible {
    /// The IP address without brackets, `unknown`, or a made-up name that begins with `_`.
    public let name: String

    /// The port behind the name: a number, or a made-up name that begins with `_`.
    public let port: String?

    /// The IP address, or nil when the name hides it.
    public var address: String? {
        HostSyntax.isIPv4Address(name.utf8) || HostSyntax.isIPv6Address(name.utf8) ? name : nil
    }

    /// Parses a node, such as `192.0.2.43:47011`, `[2001:db8::17]`, `unknown` or `_hidden`.
    ///
    /// Returns nil when the text is none of these.
    ///
    /// - Parameter text: The node without quotes.
    public init?(_ text: String) {
        var rest = text.utf8[...]
        if rest.first == UInt8(ascii: "[") {
            guard let close = rest.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            let address = rest[rest.index(after: rest.startIndex)..<close]
            guard HostSyntax.isIPv6Address(address) else { return nil }
            name = String(Substring(address))
            rest = rest[rest.index(after: close)...]
        } else {
            let end = rest.firstIndex(of: UInt8(ascii: ":")) ?? rest.endIndex
            name = String(Substring(rest[..<end]))
            rest = rest[end...]
            guard
                HostSyntax.isIPv4Address(name.utf8) || name.equalsIgnoringASCIICase("unknown")
                    || Self.isObfuscated(name.utf8)
            else { return nil }
        }
        guard !rest.isEmpty else {
            port = nil
            return
        }
        let digits = rest.dropFirst()
        guard rest.first == UInt8(ascii: ":"),
            Self.isObfuscated(digits) || ((1...5).contains(digits.count) && digits.allSatisfy(\.isASCIIDigit))
        else { return nil }
        port = String(Substring(digits))
    }

    /// The node as a proxy writes it, without quotes.
    public var description: String {
        let bracketed = name.utf8.contains(UInt8(ascii: ":")) ? "[\(name)]" : name
        return port.map { "\(bracketed):\($0)" } ?? bracketed
    }

    private static func isObfuscated(_ text: some Collection<UInt8>) -> Bool {
        text.count > 1 && text.first == UInt8(ascii: "_")
            && text.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || [0x2E, 0x5F, 0x2D].contains($0) }
    }
}
