// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension IPAddress {
    /// Whether the address belongs to a host of the public internet.
    ///
    /// Everything that leads back to this machine, its network, its cloud's services, a group of hosts or nowhere is not:
    /// private, loopback, link-local, shared, multicast, documentation, reserved, and all ways to write an IPv4 address
    /// inside an IPv6 one, since a gateway may lead from those to a private network.
    public var isPublic: Bool {
        if isIPv4 { return !SpecialAddresses.v4.contains { $0.contains(self) } }
        return SpecialAddresses.globalV6.contains { $0.contains(self) }
            && !SpecialAddresses.v6.contains { $0.contains(self) }
    }
}

/// Ranges with a meaning of their own.
///
/// Source: IANA registries of special-purpose addresses for IPv4 and IPv6 (RFC 6890 and what updates it).
enum SpecialAddresses {
    static let v4 = ranges(
        "0.0.0.0/8",  // this network, RFC 791
        "10.0.0.0/8",  // private, RFC 1918
        "100.64.0.0/10",  // shared by customers of one provider, RFC 6598
        "127.0.0.0/8",  // loopback, RFC 1122
        "168.63.129.16/32",  // the services of one large cloud, at an address that looks public
        "169.254.0.0/16",  // link-local, where clouds answer with credentials, RFC 3927
        "172.16.0.0/12",  // private, RFC 1918
        "192.0.0.0/24",  // protocol assignments, RFC 6890
        "192.0.2.0/24",  // documentation, RFC 5737
        "192.88.99.0/24",  // relays from IPv6, RFC 7526
        "192.168.0.0/16",  // private, RFC 1918
        "198.18.0.0/15",  // benchmarks, RFC 2544
        "198.51.100.0/24",  // documentation, RFC 5737
        "203.0.113.0/24",  // documentation, RFC 5737
        "224.0.0.0/4",  // multicast, RFC 5771
        "240.0.0.0/4")  // reserved, with the broadcast address, RFC 1112

    /// All that is handed out to hosts of the internet; what lies outside has a special meaning or none yet.
    static let globalV6 = ranges("2000::/3")

    static let v6 = ranges(
        "2001::/23",  // protocol assignments, with Teredo (an IPv4 address inside), RFC 2928, RFC 4380
        "2001:db8::/32",  // documentation, RFC 3849
        "2002::/16",  // 6to4 (an IPv4 address inside), RFC 3056
        "3fff::/20")  // documentation, RFC 9637

    private static func ranges(_ texts: String...) -> [AddressRange] { texts.compactMap(AddressRange.init) }
}
