// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// What browsers call an origin: scheme, host and port, such as `https://example.com`.
///
/// The port that the scheme implies is left out, so that two spellings of one origin are equal.
///
/// Source: RFC 6454 §6.2.
struct WebOrigin: Hashable, Sendable, CustomStringConvertible {
    /// `http` or `https`.
    let scheme: String
    let authority: Authority

    init(scheme: String, authority: Authority) {
        self.scheme = scheme.asciiLowercased
        self.authority = authority.droppingDefaultPort(for: scheme)
    }

    /// Reads an origin as browsers write it, without a path; nil for `null` and everything else.
    init?(_ text: some StringProtocol) {
        for scheme in ["https", "http"] {
            let start = scheme + "://"
            guard text.utf8.count > start.utf8.count,
                text.utf8.prefix(start.utf8.count).elementsEqual(start.utf8, by: { $0.asciiLowercased == $1 }),
                let authority = Authority(String(decoding: text.utf8.dropFirst(start.utf8.count), as: UTF8.self))
            else { continue }
            self.init(scheme: scheme, authority: authority)
            return
        }
        return nil
    }

    /// The origin of a whole URL, such as that of `Referer`; nil when it has none.
    init?(ofURL text: String) {
        guard let start = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let rest = text.utf8[start...].dropFirst()
        guard rest.starts(with: "//".utf8) else { return nil }
        let end =
            rest.dropFirst(2).firstIndex {
                $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#")
                    || $0 == UInt8(ascii: "\\")
            } ?? text.utf8.endIndex
        self.init(text[..<end])
    }

    /// The origin of the pages that this app serves, as the client sees them; nil when the host cannot be one.
    init?(of request: Request) {
        guard let authority = Authority(request.origin.host) else { return nil }
        self.init(scheme: request.origin.scheme, authority: authority)
    }

    var description: String { "\(scheme)://\(authority)" }

    static func == (left: WebOrigin, right: WebOrigin) -> Bool {
        left.scheme.hasSameBytes(as: right.scheme) && left.authority == right.authority
    }
}

/// Origins that were listed, exactly or with all subdomains.
struct OriginList: Sendable {
    private var origins: Set<WebOrigin> = []
    private var suffixes: [WebOrigin] = []

    /// Reads the origins.
    ///
    /// - Parameters:
    ///   - texts: Origins such as `https://example.com`, or `https://*.example.com` for all subdomains.
    ///   - owner: What they belong to, for the message.
    /// - Throws: ``SetupError`` for a text that is no origin.
    init(_ texts: [String], of owner: String) throws(SetupError) {
        for text in texts {
            let mark = Array("://*.".utf8)
            let bytes = Array(text.utf8)
            let place = bytes.indices.first { bytes[$0...].starts(with: mark) }
            let plain = place.map { bytes[..<$0] + Array("://".utf8) + bytes[($0 + mark.count)...] } ?? bytes[...]
            guard let origin = WebOrigin(String(decoding: plain, as: UTF8.self)) else {
                throw SetupError(
                    "\"\(LogText.escaped(text))\" in \(owner) is no origin. Write scheme, host and port alone, as in "
                        + "https://example.com or https://*.example.com.")
            }
            if place == nil { origins.insert(origin) } else { suffixes.append(origin) }
        }
    }

    func contains(_ origin: WebOrigin) -> Bool {
        origins.contains(origin) || suffixes.contains { origin.isBelow($0) }
    }
}

extension WebOrigin {
    /// Whether the host is a subdomain of another origin's, with the same scheme and port.
    fileprivate func isBelow(_ other: WebOrigin) -> Bool {
        let host = authority.host.utf8.map(\.asciiLowercased)
        let suffix = [UInt8(ascii: ".")] + other.authority.host.utf8.map(\.asciiLowercased)
        return scheme.hasSameBytes(as: other.scheme) && authority.port == other.authority.port
            && host.count > suffix.count && host.suffix(suffix.count).elementsEqual(suffix)
    }
}
