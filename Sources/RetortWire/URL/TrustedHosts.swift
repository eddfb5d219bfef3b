// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The hosts for which an application answers.
///
/// `example.com` is that host alone, `.example.com` that host and every host below it. Ports do not matter. Without any
/// host in it, every host is trusted.
public struct TrustedHosts: Hashable, Sendable {
    fileprivate struct Pattern: Hashable, Sendable {
        var host: [UInt8]
        var includesSubdomains: Bool
    }

    private var patterns: [Pattern] = []

    /// Creates a set that trusts every host.
    public init() {}

    /// Creates a set of hosts.
    ///
    /// - Parameter hosts: Names in ASCII or not, such as `.example.com`, `bücher.example`, `127.0.0.1` or `[::1]`. A
    ///   port behind them is ignored.
    /// - Throws: ``WireError`` with `.invalidDomain` when one of them can be no host.
    public init(_ hosts: some Sequence<String>) throws {
        patterns = try hosts.map(Self.pattern)
    }

    /// Whether every host is trusted because none is listed.
    public var isEmpty: Bool { patterns.isEmpty }

    /// Whether a host is trusted.
    ///
    /// - Parameter host: The host in ASCII, without brackets and port. Case does not matter.
    /// - Returns: Whether it is listed, or below a host that is listed with a dot, or none is listed.
    public func contains(_ host: String) -> Bool {
        let bytes = host.utf8.map(\.asciiLowercased)
        return isEmpty || patterns.contains { $0.matches(bytes) }
    }

    private static func pattern(_ text: String) throws -> Pattern {
        if text.utf8.first == UInt8(ascii: "[") {
            let inner = text.utf8.dropFirst().prefix { $0 != UInt8(ascii: "]") }
            guard HostSyntax.isIPv6Address(inner) else {
                throw WireError(.invalidDomain, "The trusted host \(text) is no IPv6 address in brackets.")
            }
            return Pattern(host: inner.map(\.asciiLowercased), includesSubdomains: false)
        }
        let isSuffix = text.utf8.first == UInt8(ascii: ".")
        let name = text.utf8.dropFirst(isSuffix ? 1 : 0).prefix { $0 != UInt8(ascii: ":") }
        guard !name.isEmpty else {
            throw WireError(.invalidDomain, "A trusted host is empty. Write a name such as example.com.")
        }
        let ascii = try IDNA.toASCII(String(Substring(name)))
        return Pattern(host: ascii.utf8.map(\.asciiLowercased), includesSubdomains: isSuffix)
    }
}

extension TrustedHosts.Pattern {
    fileprivate func matches(_ bytes: [UInt8]) -> Bool {
        guard includesSubdomains, bytes.count > host.count else { return bytes == host }
        let dot = bytes.count - host.count - 1
        return bytes[dot] == UInt8(ascii: ".") && bytes[(dot + 1)...].elementsEqual(host)
    }
}
