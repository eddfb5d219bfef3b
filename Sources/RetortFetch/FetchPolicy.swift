// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import RetortWire

/// What may be fetched.
///
/// The default is for URLs that come from strangers: `http` and `https` on their own ports and on 8000, 8080 and 8443, to
/// addresses of the public internet only.
public struct FetchPolicy: Sendable {
    /// The schemes, in small letters.
    ///
    /// Others than `http` and `https` cannot be fetched at all.
    public var schemes: Set<String> = ["http", "https"]

    /// The ports, on hosts that are not named in ``allowed``; nil for all.
    public var ports: Set<Int>? = [80, 443, 8000, 8080, 8443]

    /// The hosts, as in a list of trusted hosts (a leading dot means subdomains); empty for all.
    public var hosts = TrustedHosts()

    /// Hosts and ports that may be reached whatever their address is.
    public var allowed: Set<Authority> = []

    /// Addresses that may be reached though they are not public.
    public var allowedAddresses: [AddressRange] = []

    /// Addresses that may not be reached though they are public.
    public var refusedAddresses: [AddressRange] = []

    /// The most redirects that are followed, each of which is checked like the first URL.
    public var redirects = 5

    /// Sizes and times.
    public var limits = FetchLimits()

    /// What requests say they are.
    public var userAgent = "Retort"

    /// Creates the policy for URLs that come from strangers.
    public init() {}

    /// Whether an address may be connected to.
    ///
    /// - Parameter address: The address.
    /// - Returns: Whether it is public or allowed, and not refused.
    func permits(_ address: IPAddress) -> Bool {
        if refusedAddresses.contains(where: { $0.contains(address) }) { return false }
        return address.isPublic || allowedAddresses.contains { $0.contains(address) }
    }
}

/// Sizes and times of fetching.
public struct FetchLimits: Sendable {
    /// The most bytes of a URL.
    public var urlBytes = 2_048

    /// The most bytes of an answer's body.
    public var bodyBytes = 20 << 20

    /// The most bytes of all header lines of an answer.
    public var headerBytes = 64 << 10

    /// The longest wait for a connection.
    public var connectTime = Duration.seconds(5)

    /// The longest time for everything together, redirects included.
    public var totalTime = Duration.seconds(15)

    /// The fewest bytes in a second, over five seconds.
    public var bytesPerSecond = 500

    /// Creates the default limits.
    public init() {}
}
