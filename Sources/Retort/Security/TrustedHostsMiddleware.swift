// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Logging
public import RetortServer
import RetortWire

/// Answers only for the hosts that an app is meant for.
///
/// It is added as `.trustedHosts([…])`.
///
/// Without it an attacker can make the app write links to another host, for example into a mail for a new password.
public struct TrustedHostsMiddleware: CheckedMiddleware {
    private let hosts: Result<TrustedHosts, SetupError>

    init(_ names: [String]) {
        hosts = Result { () throws(SetupError) in
            guard !names.isEmpty else {
                throw SetupError(
                    ".trustedHosts([]) trusts nobody. List the hosts, as in .trustedHosts([\"example.com\"]).")
            }
            do {
                return try TrustedHosts(names)
            } catch {
                throw SetupError(".trustedHosts() cannot be set up: \(error)")
            }
        }
    }

    /// Passes requests for the listed hosts on.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - next: The rest of the way to the handler.
    /// - Returns: The response.
    /// - Throws: ``HTTPError`` with status 400 for another host.
    public func handle(_ request: Request, next: Next) async throws -> Response {
        guard let authority = Authority(request.origin.host), authority.isTrusted(by: try hosts.get()) else {
            request.log.info(
                "refused a request for a host that is not trusted: add it to .trustedHosts() if it is yours",
                metadata: ["host": "\(LogText.escaped(request.origin.host))"])
            throw HTTPError(.badRequest, "This server does not answer for that host.", code: "host-not-trusted")
        }
        return try await next(request)
    }

    /// Looks for names that cannot be hosts.
    ///
    /// - Parameter outer: The middlewares in front of this one.
    /// - Throws: ``SetupError``.
    public func check(behind outer: [any Middleware]) throws { _ = try hosts.get() }
}

extension Middleware where Self == TrustedHostsMiddleware {
    /// Answers only for some hosts; requests for others are status 400.
    ///
    /// - Parameter hosts: The hosts, such as `example.com`, or `.example.com` for that host and all below it. Ports do
    ///   not matter.
    /// - Returns: The middleware. It belongs behind `.trustedProxies()`.
    public static func trustedHosts(_ hosts: [String]) -> TrustedHostsMiddleware { TrustedHostsMiddleware(hosts) }
}
