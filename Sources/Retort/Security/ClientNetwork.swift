// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The address of a client as what limits count by.
///
/// Whoever has one IPv6 address has the 2⁶⁴ addresses of its network, so the network counts.
enum ClientNetwork: Hashable, Sendable {
    case v4(UInt32)
    case v6Network(UInt64)
    case text(String)

    init(_ text: String) {
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            self = .v4(UInt32(bigEndian: four.s_addr))
            return
        }
        var six = in6_addr()
        guard inet_pton(AF_INET6, text, &six) == 1 else {
            self = .text(text)
            return
        }
        let (high, low) = withUnsafeBytes(of: six) { bytes in
            (
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
        // An IPv4 address in the form ::ffff:1.2.3.4 is that address.
        self = high == 0 && low >> 32 == 0xFFFF ? .v4(UInt32(truncatingIfNeeded: low)) : .v6Network(high)
    }

    /// An address without the port that some proxies append to it, and without brackets.
    static func withoutPort(_ text: String) -> String {
        let bytes = text.utf8
        if bytes.first == UInt8(ascii: "["), let close = bytes.firstIndex(of: UInt8(ascii: "]")) {
            return String(text[bytes.index(after: bytes.startIndex)..<close])
        }
        // More than one colon, and it is an IPv6 address.
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes.lastIndex(of: UInt8(ascii: ":")) == colon
        else { return text }
        return String(text[..<colon])
    }
}
