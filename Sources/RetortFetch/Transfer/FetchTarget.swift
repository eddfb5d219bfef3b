// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// One URL that has passed the policy, with the addresses at which it may be fetched.
struct FetchTarget {
    let reference: URLReference
    let host: String
    let port: Int
    let addresses: [IPAddress]

    /// Checks a URL and looks its host up.
    ///
    /// - Parameters:
    ///   - reference: The URL, in ASCII.
    ///   - policy: What may be fetched.
    ///   - resolver: Finds addresses. It may block.
    /// - Throws: ``FetchError`` with `.invalidURL`, `.refused` or `.unknownHost`.
    init(_ reference: URLReference, policy: FetchPolicy, resolver: any Resolver) throws {
        guard let scheme = reference.scheme, ["http", "https"].contains(scheme), policy.schemes.contains(scheme) else {
            let allowed = policy.schemes.sorted().joined(separator: " and ")
            throw FetchError(
                .refused, "The scheme '\(reference.scheme ?? "")' of the URL cannot be fetched; \(allowed) can.")
        }
        guard reference.userinfo == nil else {
            throw FetchError(.refused, "The URL has a user and a password, which are not sent.")
        }
        guard let host = reference.host, !host.isEmpty else {
            throw FetchError(.invalidURL, "The URL has no host.")
        }
        let port = reference.port ?? Authority.defaultPort(for: scheme) ?? 0
        let authority = Authority(host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)")
        let isNamed = authority.map(policy.allowed.contains) ?? false
        if !isNamed {
            guard policy.ports?.contains(port) ?? true else {
                throw FetchError(.refused, "Port \(port) of the URL may not be fetched from.")
            }
            guard policy.hosts.isEmpty || policy.hosts.contains(host) else {
                throw FetchError(.refused, "The host of the URL may not be fetched from.")
            }
        }
        let found = try resolver.addresses(of: host)
        guard !found.isEmpty else { throw FetchError(.unknownHost, "The host of the URL does not exist.") }
        let permitted = isNamed ? found : found.filter(policy.permits)
        guard !permitted.isEmpty else {
            throw FetchError(
                .refused, "The host of the URL is not on the public internet.",
                underlying: found.map(\.description).joined(separator: ", "))
        }
        self.reference = reference
        self.host = host
        self.port = port
        addresses = permitted
    }

    /// The URL without its fragment, which is nobody's business but the client's.
    var url: String {
        var sent = reference
        sent.fragment = nil
        if sent.path.isEmpty { sent.path = "/" }
        return sent.description
    }
}
