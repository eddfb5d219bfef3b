// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import RetortServer
import RetortWire

/// Takes the client's address, scheme and host from the headers of one's own proxies.
///
/// It is added as `.trustedProxies()`.
///
/// Values are counted from the right, because a proxy appends what it saw: those further left may be invented.
public struct TrustedProxiesMiddleware: Middleware {
    private let proxies: TrustedProxies

    /// The headers that are looked at.
    private let names: [HTTPField.Name]

    init(_ proxies: TrustedProxies) {
        self.proxies = proxies
        let all: [(Int, HTTPField.Name)] = [
            (proxies.for, .xForwardedFor), (proxies.proto, .xForwardedProto), (proxies.host, .xForwardedHost),
            (proxies.port, .xForwardedPort), (proxies.prefix, .xForwardedPrefix), (proxies.forwarded, .forwarded),
        ]
        names = all.compactMap { count, name in count > 0 ? name : nil }
    }

    /// Passes the request on with its ``Request/origin`` corrected.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - next: The rest of the way to the handler.
    /// - Returns: The response.
    /// - Throws: Nothing.
    public func handle(_ request: Request, next: Next) async throws -> Response {
        let headers = names.flatMap { name in
            request.headers(name).map { (name: name.canonicalName, value: $0) }
        }
        guard !headers.isEmpty else { return try await next(request) }
        var request = request
        let origin = request.origin
        let facts = proxies.corrected(
            ConnectionFacts(
                scheme: origin.scheme, hostHeader: origin.host.isEmpty ? nil : origin.host, rootPath: origin.rootPath),
            headers: headers)
        if let address = facts.clientAddress { request.origin.address = ClientNetwork.withoutPort(address) }
        request.origin.scheme = facts.scheme
        request.origin.host = facts.hostHeader ?? ""
        request.origin.rootPath = Self.withoutSlash(facts.rootPath)
        return try await next(request)
    }

    private static func withoutSlash(_ path: String) -> String {
        var bytes = path.utf8[...]
        while bytes.last == UInt8(ascii: "/") { bytes = bytes.dropLast() }
        return String(Substring(bytes))
    }
}

extension Middleware where Self == TrustedProxiesMiddleware {
    /// Believes what proxies say in `X-Forwarded-…` about the client.
    ///
    /// Trust a header only if each of the proxies sets it.
    ///
    /// - Parameters:
    ///   - for: How many proxies append to `X-Forwarded-For`, the address of the client.
    ///   - proto: How many proxies append to `X-Forwarded-Proto`, the scheme.
    ///   - host: How many proxies append to `X-Forwarded-Host`.
    ///   - port: How many proxies append to `X-Forwarded-Port`.
    ///   - prefix: How many proxies append to `X-Forwarded-Prefix`, the path under which the app is mounted.
    /// - Returns: The middleware. It belongs in front of all others.
    public static func trustedProxies(
        for: Int = 1, proto: Int = 1, host: Int = 0, port: Int = 0, prefix: Int = 0
    ) -> TrustedProxiesMiddleware {
        TrustedProxiesMiddleware(TrustedProxies(for: `for`, proto: proto, host: host, port: port, prefix: prefix))
    }

    /// Believes what proxies say in the standard header `Forwarded` about the client.
    ///
    /// - Parameter forwarded: How many proxies append to it.
    /// - Returns: The middleware. It belongs in front of all others.
    public static func trustedProxies(forwarded: Int) -> TrustedProxiesMiddleware {
        TrustedProxiesMiddleware(TrustedProxies(forwarded: forwarded))
    }
}
