// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Finds the addresses of hosts.
public protocol Resolver: Sendable {
    /// Finds the addresses of a host.
    ///
    /// It is called on a thread that may be blocked.
    ///
    /// - Parameter host: The name in ASCII, or an address.
    /// - Returns: The addresses in the order in which they should be tried; empty when there is none.
    /// - Throws: An error when they cannot be found out.
    func addresses(of host: String) throws -> [IPAddress]
}

/// Answers from a table, for tests and for hosts that have no name elsewhere.
public struct TableResolver: Resolver {
    /// The addresses by host, in small letters.
    public var table: [String: [IPAddress]]

    /// Creates a resolver.
    ///
    /// - Parameter table: The addresses by host, in small letters.
    public init(_ table: [String: [IPAddress]]) { self.table = table }

    /// Looks a host up in the table; an address is its own.
    ///
    /// - Parameter host: The name in ASCII, or an address.
    /// - Returns: The addresses; empty when the table has none.
    public func addresses(of host: String) -> [IPAddress] { IPAddress(host).map { [$0] } ?? table[host] ?? [] }
}
