// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The addresses that share their first bits, such as `10.0.0.0/8` or `fc00::/7`.
public struct AddressRange: Hashable, Sendable, CustomStringConvertible {
    /// The first address.
    public let first: IPAddress

    /// How many bits are shared: `0...32` for IPv4, `0...128` for IPv6.
    public let prefixLength: Int

    private let highMask: UInt64
    private let lowMask: UInt64

    /// Parses a range in the notation of CIDR.
    ///
    /// - Parameter text: An address and a number of bits, such as `192.168.0.0/16`; an address alone is a range of one.
    ///   Bits behind the prefix are ignored.
    ///
    /// Source: RFC 4632 §3.1, RFC 4291 §2.3.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = IPAddress(String(Substring(parts[0]))) else { return nil }
        let most = address.isIPv4 ? 32 : 128
        var length = most
        if parts.count == 2 {
            guard let number = Int(Substring(parts[1])), (0...most).contains(number),
                parts[1].first != UInt8(ascii: "+"), parts[1].first != UInt8(ascii: "-")
            else { return nil }
            length = number
        }
        let bits = address.isIPv4 ? length + 96 : length
        highMask = bits >= 64 ? ~0 : ~(~0 >> UInt64(bits))
        lowMask = bits <= 64 ? 0 : bits == 128 ? ~0 : ~(~0 >> UInt64(bits - 64))
        first = IPAddress(high: address.high & highMask, low: address.low & lowMask)
        prefixLength = length
    }

    /// Whether an address lies in the range.
    ///
    /// - Parameter address: The address.
    /// - Returns: Whether its first bits are those of the range.
    public func contains(_ address: IPAddress) -> Bool {
        address.high & highMask == first.high && address.low & lowMask == first.low
    }

    /// The range in the notation of CIDR.
    public var description: String { "\(first)/\(prefixLength)" }
}
