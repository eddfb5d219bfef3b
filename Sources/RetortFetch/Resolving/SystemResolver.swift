// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Asks the operating system: its table of hosts and its servers of names.
public struct SystemResolver: Resolver {
    /// The most addresses of a host that are looked at.
    static let mostAddresses = 16

    /// Creates a resolver.
    public init() {}

    /// Asks the operating system for the addresses of a host.
    ///
    /// - Parameter host: The name in ASCII, or an address.
    /// - Returns: The addresses; empty when there is none.
    /// - Throws: ``FetchError`` with `.unknownHost` when the question could not be asked.
    public func addresses(of host: String) throws -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_family = AF_UNSPEC
        hints.ai_flags = AI_ADDRCONFIG
        var first: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, nil, &hints, &first)
        defer { if let first { freeaddrinfo(first) } }
        guard code == 0 else {
            if code == EAI_NONAME { return [] }
            let reason = String(cString: gai_strerror(code))
            throw FetchError(.unknownHost, "The host of the URL could not be looked up.", underlying: reason)
        }
        var found: [IPAddress] = []
        var next = first
        while let entry = next, found.count < Self.mostAddresses {
            if let address = Self.address(entry.pointee), !found.contains(address) { found.append(address) }
            next = entry.pointee.ai_next
        }
        return found
    }

    private static func address(_ entry: addrinfo) -> IPAddress? {
        guard let raw = UnsafeRawPointer(entry.ai_addr) else { return nil }
        switch entry.ai_family {
        case AF_INET: return IPAddress(raw.loadUnaligned(as: sockaddr_in.self).sin_addr)
        case AF_INET6: return IPAddress(raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr)
        default: return nil
        }
    }
}
