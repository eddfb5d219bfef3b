// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Hosts and paths as cookies compare them.
///
/// Source: RFC 6265bis §5.1.
enum CookieDomain {
    /// The domain of a cookie in ASCII, without a port and leading dots; nil where it cannot be written so.
    static func ascii(_ domain: String) -> String? {
        let host = FieldSlice(domain.utf8).fieldSplit(UInt8(ascii: ":")).head.drop { $0 == UInt8(ascii: ".") }
        guard let name = host.allSatisfy({ $0 < 0x80 }) ? host.fieldText : domainToASCII(host.fieldText) else {
            return nil
        }
        let isSafe = name.utf8.allSatisfy { (0x21..<0x7F).contains($0) && $0 != 0x3B && $0 != 0x2C }
        return isSafe ? name : nil
    }

    /// Writes the name of a host that is not ASCII as punycode; nil where it is no such name.
    private static func domainToASCII(_ host: String) -> String? { try? IDNA.toASCII(host) }

    /// Whether the text can be the name of a host: labels of letters, digits, hyphens and underscores.
    static func isHostName(_ host: String) -> Bool {
        let labels = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return host.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.count)
                    && label.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == 0x2D || $0 == 0x5F }
            }
    }

    /// Whether the text is an IP address, which has no subdomains.
    static func isAddress(_ host: String) -> Bool {
        if host.utf8.contains(UInt8(ascii: ":")) { return true }
        let labels = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return labels.count == 4 && labels.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isASCIIDigit) }
    }

    /// Whether a host is the domain or a subdomain of it.
    ///
    /// Both are in lower case.
    static func matches(host: String, domain: String) -> Bool {
        if host.hasSameBytes(as: domain) { return true }
        let bytes = Array(host.utf8)
        let suffix = Array(domain.utf8)
        guard bytes.count > suffix.count, !suffix.isEmpty, bytes.suffix(suffix.count).elementsEqual(suffix) else {
            return false
        }
        return bytes[bytes.count - suffix.count - 1] == UInt8(ascii: ".") && !isAddress(host)
    }

    /// Whether the path of a request is the path of a cookie or below it.
    static func pathMatches(request: String, cookie: String) -> Bool {
        guard request.utf8.starts(with: cookie.utf8) else { return false }
        if request.utf8.count == cookie.utf8.count || cookie.utf8.last == UInt8(ascii: "/") { return true }
        return request.utf8.dropFirst(cookie.utf8.count).first == UInt8(ascii: "/")
    }

    /// The folder of a request, which is the path of a cookie that names none.
    static func defaultPath(_ request: String) -> String {
        let bytes = Array(request.utf8)
        guard bytes.first == UInt8(ascii: "/"), let slash = bytes.lastIndex(of: UInt8(ascii: "/")), slash > 0 else {
            return "/"
        }
        return String(decoding: bytes[..<slash], as: UTF8.self)
    }
}
