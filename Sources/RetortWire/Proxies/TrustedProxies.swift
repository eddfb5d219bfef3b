// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes

/// How many proxies stand in front of the server, and which headers they set.
///
/// A proxy appends what it saw to a header, so the last values are those of own proxies and the others may be invented
/// by anyone. The value that counts is the one that the farthest own proxy wrote: it is counted from the right. Where
/// fewer values came than there are proxies, the header is not believed.
///
/// Trust a header only if each of the proxies sets or replaces it.
public struct TrustedProxies: Hashable, Sendable {
    /// How many proxies append to `X-Forwarded-For`, the address of the client.
    public var `for`: Int

    /// How many proxies append to `X-Forwarded-Proto`, the scheme.
    public var proto: Int

    /// How many proxies append to `X-Forwarded-Host`, the `Host` header.
    public var host: Int

    /// How many proxies append to `X-Forwarded-Port`, the port of the server.
    public var port: Int

    /// How many proxies append to `X-Forwarded-Prefix`, the path under which the application is mounted.
    public var prefix: Int

    /// How many proxies append to `Forwarded`, which names client, scheme and host at once.
    ///
    /// It goes before the others.
    public var forwarded: Int

    /// Creates a description of the proxies that set `X-Forwarded-…`.
    ///
    /// - Parameters:
    ///   - for: Number of values of `X-Forwarded-For` to trust, 0 for none.
    ///   - proto: Number of values of `X-Forwarded-Proto` to trust, 0 for none.
    ///   - host: Number of values of `X-Forwarded-Host` to trust, 0 for none.
    ///   - port: Number of values of `X-Forwarded-Port` to trust, 0 for none.
    ///   - prefix: Number of values of `X-Forwarded-Prefix` to trust, 0 for none.
    public init(for: Int = 1, proto: Int = 1, host: Int = 0, port: Int = 0, prefix: Int = 0) {
        self.for = `for`
        self.proto = proto
        self.host = host
        self.port = port
        self.prefix = prefix
        forwarded = 0
    }

    /// Creates a description of proxies that set the standard header `Forwarded`, and none of the others.
    ///
    /// - Parameter forwarded: Number of elements to trust.
    public init(forwarded: Int) {
        self.init(for: 0, proto: 0)
        self.forwarded = forwarded
    }

    /// The facts as the client sees them.
    ///
    /// Names are compared without regard to case, and `X_Forwarded_For` is another name than `X-Forwarded-For`. Values
    /// that cannot be what they claim to be are not believed: a scheme that is none, a host that is none, a port
    /// outside `1...65535`, a prefix that does not begin with exactly one slash.
    ///
    /// - Parameters:
    ///   - facts: What the server sees.
    ///   - headers: The names and values of the header in their order.
    /// - Returns: The facts with those replaced that trusted proxies know better.
    public func corrected(
        _ facts: ConnectionFacts, headers: some Sequence<(name: String, value: String)>
    ) -> ConnectionFacts {
        var values = ForwardedValues()
        for (name, value) in headers { values.add(name, value) }
        return corrected(facts, values)
    }

    /// The facts as the client sees them.
    ///
    /// - Parameters:
    ///   - facts: What the server sees.
    ///   - headers: The header of the request.
    /// - Returns: The facts with those replaced that trusted proxies know better.
    public func corrected(_ facts: ConnectionFacts, headers: HTTPFields) -> ConnectionFacts {
        var values = ForwardedValues()
        for field in headers { values.add(field.name.rawName, field.value) }
        return corrected(facts, values)
    }

    private func corrected(_ facts: ConnectionFacts, _ values: ForwardedValues) -> ConnectionFacts {
        var facts = facts
        if let element = trustedElement(values.forwarded) {
            if let address = element.client?.address { facts.clientAddress = address }
            if let scheme = element.scheme { setScheme(scheme, of: &facts) }
            if let host = element.host { setHost(host, of: &facts) }
        }
        if let client = Self.trusted(values.for, `for`), client.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) {
            facts.clientAddress = client
        }
        if let scheme = Self.trusted(values.proto, proto) { setScheme(scheme, of: &facts) }
        if let host = Self.trusted(values.host, host) { setHost(host, of: &facts) }
        if let port = Self.trusted(values.port, port) { setPort(port, of: &facts) }
        if let prefix = Self.trusted(values.prefix, prefix), Self.isRootPath(prefix) { facts.rootPath = prefix }
        return facts
    }

    private func trustedElement(_ values: [String]) -> Forwarded? {
        guard forwarded > 0, let elements = Forwarded.parse(values), elements.count >= forwarded else { return nil }
        return elements[elements.count - forwarded]
    }

    /// The value that the farthest of these proxies wrote.
    ///
    /// Several headers of one name are one list.
    private static func trusted(_ values: [String], _ count: Int) -> String? {
        guard count > 0, !values.isEmpty else { return nil }
        let items = ListValue.items(values.joined(separator: ","))
        return items.count >= count ? items[items.count - count] : nil
    }

    private func setScheme(_ scheme: String, of facts: inout ConnectionFacts) {
        guard scheme.utf8.first?.isASCIILetter == true,
            scheme.utf8.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || [0x2B, 0x2D, 0x2E].contains($0) })
        else { return }
        facts.scheme = scheme.asciiLowercased
    }

    private func setHost(_ host: String, of facts: inout ConnectionFacts) {
        guard let authority = Authority(host) else { return }
        facts.hostHeader = host
        facts.serverName = authority.withPort(nil)?.description ?? authority.host
        if let port = authority.port { facts.serverPort = port }
    }

    private func setPort(_ text: String, of facts: inout ConnectionFacts) {
        guard text.utf8.count <= 5, text.utf8.allSatisfy(\.isASCIIDigit), let port = Int(text),
            (1...65_535).contains(port)
        else { return }
        facts.serverPort = port
        guard let host = facts.hostHeader, let authority = Authority(host)?.withPort(port) else { return }
        facts.hostHeader = authority.description
    }

    /// Whether links may begin with this.
    ///
    /// `//host` and `/\host` would lead to another host.
    private static func isRootPath(_ text: String) -> Bool {
        let bytes = text.utf8
        guard bytes.first == UInt8(ascii: "/"), bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return false }
        return !bytes.contains(UInt8(ascii: "\\")) && bytes.dropFirst().first != UInt8(ascii: "/")
    }
}

/// The values of the headers in question, by name.
private struct ForwardedValues {
    var `for`: [String] = []
    var proto: [String] = []
    var host: [String] = []
    var port: [String] = []
    var prefix: [String] = []
    var forwarded: [String] = []

    mutating func add(_ name: String, _ value: String) {
        // Most names are none of these; the first byte and the length tell.
        guard let first = name.utf8.first, first | 0x20 == 0x78 || first | 0x20 == 0x66, name.utf8.count >= 9 else {
            return
        }
        switch name.asciiLowercased {
        case "x-forwarded-for": `for`.append(value)
        case "x-forwarded-proto": proto.append(value)
        case "x-forwarded-host": host.append(value)
        case "x-forwarded-port": port.append(value)
        case "x-forwarded-prefix": prefix.append(value)
        case "forwarded": forwarded.append(value)
        default: break
        }
    }
}
